#!/usr/bin/env python3
"""measure.py SECONDS QUIET TARGET... - runs fuzz targets that are built in the current folder until nothing new turns up.

Each runs for SECONDS at most and ends sooner when QUIET seconds brought no new edge. One line a target for RESULTS: inputs
at the start and in the end, seconds, executions, edges at half time and in the end, findings. Seeds are those of SEEDS and, with
$COPYHOLD_CORPUS, for addresses and decoding the fields of its messages one by one, for HTML pieces of their pages. Build first:
run 1 TARGET.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import hashlib
import os
import re
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
CORPUS = os.environ.get('COPYHOLD_CORPUS')
MOST = 32768
MOST_OF = {'fuzz_reading': 4096, 'fuzz_splice': 4096}  # the slow ones: many small messages find more than a few long ones
STOPPED = 72  # libFuzzer's exit code when it is told to end
FIELDS = {
	'fuzz_address': rb'(?im)^(?:From|To|Cc|Bcc|Reply-To|Sender|Return-Path):[ \t]*((?:.|\n[ \t])*)',
	'fuzz_decode': rb'(?im)^(?:Subject|From|Content-Type|Content-Disposition):[ \t]*((?:.|\n[ \t])*)',
	'fuzz_html': rb'(?is)(<(?:html|body|div|table|blockquote)\b.{1,3000})',
}


def row_of(target):
	"""What SEEDS says of it: its folders, its words."""
	with open(os.path.join(HERE, 'SEEDS')) as table:
		rows = dict(line.rstrip('\n').split('\t') for line in table if not line.startswith('#'))
	if target not in rows:
		sys.exit('tests/fuzz/SEEDS says nothing of ' + target)
	words = rows[target].split()
	options = [word for word in words if word in ('words', 'unwind')]
	own = [os.path.join(SOURCE, word) for word in words if word not in options and word[0] != '@']
	foreign = [os.path.join(CORPUS, word[1:]) for word in words if word[0] == '@'] if CORPUS else []
	return own + foreign, options


def messages(folder):
	for base, _, names in os.walk(folder):
		for name in sorted(names):
			with open(os.path.join(base, name), 'rb') as message:
				yield message.read(MOST)


def write_pieces(target, folder):
	"""The fields or pieces of the corpus' messages, each once, as inputs of their own."""
	os.makedirs(folder, exist_ok=True)
	for message in messages(os.path.join(CORPUS, 'mime')):
		for value in re.findall(FIELDS[target], message):
			with open(os.path.join(folder, hashlib.sha1(value).hexdigest()), 'wb') as out:
				out.write(value)


def files_below(folders):
	return sum(len(names) for folder in folders for _, _, names in os.walk(folder))


class Watch:
	"""Reads libFuzzer's lines: edges over time, executions, and whether it still finds something."""

	def __init__(self, process):
		self.process, self.began = process, time.monotonic()
		self.executions = self.edges = 0
		self.began_mutating = None
		self.history = []

	def read(self, log):
		for line in self.process.stderr:
			log.write(line)
			if line.startswith('stat::number_of_executed_units:'):
				self.executions = int(line.split()[1])
			found = re.match(r'#(\d+)\s+(\w+)\s+cov: (\d+)', line)
			if not found:
				continue
			now = time.monotonic() - self.began
			self.executions = int(found[1])
			if found[2] == 'INITED':
				self.began_mutating = now
			if int(found[3]) > self.edges:
				self.edges = int(found[3])
				self.history.append((now, self.edges))

	def is_dry(self, quiet):
		now = time.monotonic() - self.began
		return self.began_mutating is not None and now - max(self.history[-1][0], self.began_mutating) > quiet

	def edges_at(self, moment):
		return max([edges for when, edges in self.history if when <= moment] or [0])


def run(target, seconds, quiet):
	seeds, options = row_of(target)
	if CORPUS and target in FIELDS:
		seeds.append(os.path.join('work', target + '-fields'))
		write_pieces(target, seeds[-1])
	work = os.path.join('work', target)
	os.makedirs(work, exist_ok=True)
	os.makedirs('findings', exist_ok=True)
	words = ['-dict=' + os.path.join(HERE, 'mail.dict')] if 'words' in options else []
	start = files_below(seeds + [work])
	unwinding = {'ASAN_OPTIONS': 'fast_unwind_on_malloc=0'} if 'unwind' in options else {}
	leaks = {'LSAN_OPTIONS': 'suppressions=%s:print_suppressions=0' % os.path.join(HERE, 'leaks')}
	process = subprocess.Popen(['./' + target, '-max_total_time=%d' % seconds, '-max_len=%d' % MOST_OF.get(target, MOST), '-timeout=20', '-rss_limit_mb=2048',
				    '-print_final_stats=1', '-artifact_prefix=findings/%s-' % target, *words, work, *seeds],
				   stderr=subprocess.PIPE, text=True, errors='replace', env=dict(os.environ, **leaks, **unwinding))
	watch = Watch(process)
	with open(os.path.join('work', target + '.log'), 'w') as log:
		reader = threading.Thread(target=watch.read, args=(log,))
		reader.start()
		while process.poll() is None:
			time.sleep(1)
			if watch.is_dry(quiet):
				process.terminate()  # libFuzzer ends orderly, with its figures
		reader.join()
	took = time.monotonic() - watch.began
	finding = process.returncode not in (0, STOPPED)
	print('%-14s %6d %6d %5d %10d %7d %7d %s' % (target, start, files_below([work]), took, watch.executions, watch.edges_at(took / 2),
						     watch.edges, 'FOUND' if finding else 'none'), flush=True)
	return finding


def main():
	seconds, quiet = int(sys.argv[1]), int(sys.argv[2])
	print('%-14s %6s %6s %5s %10s %7s %7s %s' % ('target', 'seeds', 'kept', 's', 'runs', 'at half', 'edges', 'findings'), flush=True)
	sys.exit(1 if any([run(target, seconds, quiet) for target in sys.argv[3:]]) else 0)


main()
