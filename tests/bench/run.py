#!/usr/bin/env python3
"""run.py BUILDDIR SRCDIR [--quick]: what Copyhold costs, as ratios to a filter that does nothing, in one run (make bench).

Each figure is the median of several rounds in which floor and gate take turns, because the machine may be shared and noisy. Absolute
numbers say something about this machine only; ratios and growth are what to keep.
"""
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import inputs

AUTH = 'clerk@marlbrook.example'


class Filter:
    """A filter process on a socket of its own; ends with the block."""

    def __init__(self, name, command, socket, env=None):
        self.name, self.command, self.socket, self.env = name, command, socket, env

    def __enter__(self):
        self.log = open(self.socket + '.log', 'wb')
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log, env=self.env)
        for _ in range(200):
            if os.path.exists(self.socket):
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit('%s did not start: %s' % (self.name, open(self.socket + '.log').read()[-400:]))

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def measure(client, target, files, connections, messages, rcpts, slow=None):
    command = [client, '--socket', target.socket, '--pid', str(target.process.pid), '--connections', str(connections),
               '--messages', str(messages), '--per-session', '10', '--from', AUTH, '--auth', AUTH, '--client', '127.0.0.1']
    for rcpt in rcpts:
        command += ['--rcpt', rcpt]
    if slow:
        command += ['--slow', slow]
    run = subprocess.run(command + files, capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit('%s: %s %s' % (target.name, run.stdout, run.stderr))
    return json.loads(run.stdout)


def medians(rounds):
    return {key: statistics.median(figures[key] for figures in rounds) for key in rounds[0]}


def compare(client, filters, files, connections, messages, rcpts, count):
    """`count` rounds, the filters in turn; the median of each figure."""
    rounds = {target.name: [] for target in filters}
    for _ in range(count):
        for target in filters:
            rounds[target.name].append(measure(client, target, files, connections, messages, rcpts))
    return {name: medians(list_) for name, list_ in rounds.items()}


def row(what, figures, against=None):
    ratio = '' if against is None else '%.2f' % (figures['per_second'] / against['per_second'])
    print('%-44s %9.1f/s %5s  p50 %8.3f  p95 %8.3f  p99 %8.3f  max %9.3f ms  CPU %9.1f us  peak %7d kB' % (
        what, figures['per_second'], ratio, figures['p50_ms'], figures['p95_ms'], figures['p99_ms'], figures['max_ms'],
        figures['cpu_us'], figures['peak_kb']), flush=True)


def gate(build, source, folder, name, **council):
    place = os.path.join(folder, name)
    os.mkdir(place)
    socket = os.path.join(place, 'm.sock')
    conf = inputs.write_council(os.path.join(source, 'conf/sample'), place, socket, **council)
    env = dict(os.environ, COPYHOLD_PACKS=os.path.join(source, 'conf/packs'))
    return Filter(name, [os.path.join(build, 'copyhold-milter'), '-f', '-c', conf], socket, env)


def rspamd(folder):
    """rspamd with three regular expressions as a milter, where it is installed."""
    if shutil.which('rspamd') is None:
        print('rspamd is not installed: not compared')
    return None


def main():
    build, source = sys.argv[1:3]
    rounds, scale = (1, 0.1) if '--quick' in sys.argv else (5, 1.0)
    client = os.path.join(build, 'milter_load')
    visible, hidden = ['cllr.moss@marlbrook.example'], ['cllr.moss@marlbrook.example', 'cllr.khan@marlbrook.example']
    third = ['cllr.moss@marlbrook.example', 'ivy.webb@post.example']
    with tempfile.TemporaryDirectory(prefix='copyhold-bench-') as folder:
        os.chmod(folder, 0o755)
        files = inputs.write_messages(folder)
        socket = os.path.join(folder, 'floor.sock')
        with Filter('floor', [os.path.join(build, 'floor'), 'unix:' + socket], socket) as floor, gate(build, source, folder, 'copyhold') as copyhold:
            print('message and connections                       per second ratio to floor, latency, CPU for each, peak memory')
            for name, connections, messages in (('plain-4k', 1, 3000), ('alternative-20k', 1, 2000), ('alternative-20k', 8, 4000),
                                                ('alternative-20k', 64, 4000), ('attachment-1m', 4, 200), ('attachment-25m', 1, 10)):
                figures = compare(client, [floor, copyhold], [files[name]], connections, max(int(messages * scale), connections), visible, rounds)
                row('floor: %s, %d' % (name, connections), figures['floor'])
                row('copyhold: %s, %d' % (name, connections), figures['copyhold'], figures['floor'])
            for what, name, rcpts, messages in (('footer added', 'plain-4k', hidden, 500), ('held for one', 'confidential-4k', third, 200)):
                row('copyhold: %s, 4' % what, medians([measure(client, copyhold, [files[name]], 4, max(int(messages * scale), 4), rcpts)
                                                       for _ in range(rounds)]))
            alone = medians([measure(client, copyhold, [files['plain-4k']], 4, int(2000 * scale), visible) for _ in range(rounds)])
            beside = medians([measure(client, copyhold, [files['plain-4k']], 4, int(2000 * scale), visible, files['attachment-25m']) for _ in range(rounds)])
            row('copyhold: fast ones alone, 4', alone)
            row('copyhold: fast ones beside 25 MB, 4', beside, alone)
        for label, key, sizes in (('people', 'people', (10, 10000)), ('phrases', 'phrases', (10, 100, 1000))):
            for size in sizes:
                with gate(build, source, folder, '%s-%d' % (label, size), **{key: size}) as target:
                    row('copyhold: alternative-20k, 1, %d %s' % (size, label),
                        medians([measure(client, target, [files['alternative-20k']], 1, int(1000 * scale), visible) for _ in range(rounds)]))
        rspamd(folder)


if __name__ == '__main__':
    main()
