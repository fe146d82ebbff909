#!/usr/bin/env python3
"""run.py BUILDDIR SRCDIR [--quick] [--memory] [--load]: what Copyhold costs, as ratios to a filter that does nothing, in one run (make bench).

Each figure is the median of several rounds in which floor and gate take turns, because the machine may be shared and noisy. Absolute
numbers say something about this machine only; ratios and growth are what to keep. --memory: only what memory costs; --load: only what
reading a configuration costs.
"""
import contextlib
import json
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import inputs
import large_policy

AUTH = 'clerk@marlbrook.example'


def answers(path):
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
            return True
        except OSError:
            return False


class Filter:
    """A filter process on a socket of its own; ends with the block."""

    def __init__(self, name, command, path, env=None):
        self.name, self.command, self.socket, self.env = name, command, path, env

    def __enter__(self):
        self.log = open(self.socket + '.log', 'wb')
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log, env=self.env)
        for _ in range(400):
            if answers(self.socket):
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
    path = os.path.join(place, 'm.sock')
    conf = inputs.write_council(os.path.join(source, 'conf/sample'), place, path, **council)
    env = dict(os.environ, COPYHOLD_PACKS=os.path.join(source, 'conf/packs'))
    return Filter(name, [os.path.join(build, 'copyhold-milter'), '-f', '-c', conf], path, env)


RSPAMD = """
options { pidfile = "%(place)s/pid"; filters = "regexp"; tempdir = "%(place)s"; url_tld = "%(place)s/tlds"; hs_cache_dir = "%(place)s";
	stats_file = "%(place)s/stats"; control_socket = "%(place)s/control.sock mode=0600"; dns { nameserver = ["127.0.0.1:1"]; } }
logging { type = "console"; level = "error"; }
worker "rspamd_proxy" { bind_socket = "%(place)s/m.sock mode=0600"; milter = yes; timeout = 120s; count = %(cores)d;
	upstream "local" { default = yes; self_scan = yes; } }
regexp {
	ONE { re = "/\\bconfidential\\b/i{mime}"; score = 1.0; }
	TWO { re = "/accept\\s+your\\s+(quotation|quote|tender)/i{mime}"; score = 1.0; }
	THREE { re = "Subject=/minutes/i{header}"; score = 1.0; }
}
"""


def rspamd(folder):
    """rspamd as a milter with three regular expressions and nothing else, a worker for each core."""
    place = os.path.join(folder, 'rspamd')
    os.mkdir(place)
    with open(os.path.join(place, 'tlds'), 'w') as out:
        out.write('com\nuk\nexample\n')
    with open(os.path.join(place, 'conf'), 'w') as out:
        out.write(RSPAMD % {'place': place, 'cores': os.cpu_count()})
    command = ['rspamd', '-f', '-c', os.path.join(place, 'conf')] + (['-i'] if os.geteuid() == 0 else [])
    return Filter('rspamd', command, os.path.join(place, 'm.sock'))


def machine():
    with open('/proc/meminfo') as memory:
        kilobytes = int(memory.readline().split()[1])
    with open('/proc/cpuinfo') as cpu:
        model = next((line.split(':')[1].strip() for line in cpu if line.startswith('model name')), platform.machine())
    return '%s; %s, %d cores; %.0f GB; Linux %s; load %.1f at the start' % (
        time.strftime('%Y-%m-%d'), model, os.cpu_count(), kilobytes / 1e6, platform.release().split('-')[0], os.getloadavg()[0])


SIZES = (('plain-4k', 1, 800), ('alternative-20k', 1, 400), ('alternative-20k', 8, 600), ('alternative-20k', 64, 600), ('attachment-1m', 4, 80),
         ('attachment-25m', 1, 8), ('attachment-25m', 8, 24))
VISIBLE = ['cllr.moss@marlbrook.example']
DEEDS = (('footer added', 'plain-4k', VISIBLE + ['cllr.khan@marlbrook.example']),
         ('held for one', 'confidential-4k', VISIBLE + ['ivy.webb@post.example']))


def beside_others(client, filters, files, rounds, scale):
    print('\nmessages and connections                     per second, to the floor; latency, CPU for each, peak memory with the supervisor')
    for name, connections, messages in SIZES:
        figures = compare(client, filters, [files[name]], connections, max(int(messages * scale), connections), VISIBLE, rounds)
        for target in filters:
            row('%s: %s, %d' % (target.name, name, connections), figures[target.name], None if target is filters[0] else figures['floor'])


def alone(client, gate_, files, rounds, scale):
    print()
    for what, name, rcpts in DEEDS:
        row('copyhold: %s, 4' % what, medians([measure(client, gate_, [files[name]], 4, max(int(300 * scale), 4), rcpts) for _ in range(rounds)]))
    quiet, slow = [], {'attachment-25m': [], 'text-5m': []}
    for _ in range(rounds):
        quiet.append(measure(client, gate_, [files['plain-4k']], 4, int(1200 * scale), VISIBLE))
        for name, figures in slow.items():
            figures.append(measure(client, gate_, [files['plain-4k']], 4, int(1200 * scale), VISIBLE, files[name]))
    row('copyhold: plain-4k, 4', medians(quiet))
    for name, figures in slow.items():
        row('copyhold: plain-4k, 4, beside %s' % name, medians(figures))
        print('    p99 beside it / p99 alone: %.2f' % (medians(figures)['p99_ms'] / medians(quiet)['p99_ms']))


def reader_cost(build, source, folder, files):
    """Reading in a process of its own, to reading in this one."""
    print('\nthe reader: what a process of its own costs')
    place = os.path.join(folder, 'cost')
    os.mkdir(place)
    conf = inputs.write_council(os.path.join(source, 'conf/sample'), place, os.path.join(place, 'm.sock'))
    env = dict(os.environ, COPYHOLD_PACKS=os.path.join(source, 'conf/packs'))
    names = ('plain-4k', 'alternative-20k', 'attachment-1m', 'attachment-25m', 'text-5m')
    subprocess.run([os.path.join(build, 'reader_cost'), conf] + [files[name] for name in names], env=env, check=True)


def growth(client, build, source, folder, files, rounds, scale):
    for label, sizes in (('people', (10, 10000)), ('phrases', (10, 100, 1000))):
        print()
        with contextlib.ExitStack() as stack:
            targets = [stack.enter_context(gate(build, source, folder, '%s-%d' % (label, size), **{label: size})) for size in sizes]
            figures = compare(client, targets, [files['alternative-20k']], 1, int(300 * scale), VISIBLE, rounds)
            for size, target in zip(sizes, targets):
                row('copyhold: alternative-20k, 1, %d %s' % (size, label), figures[target.name])
        print('    CPU of %d / CPU of %d: %.2f' % (sizes[-1], sizes[0], figures[targets[-1].name]['cpu_us'] / figures[targets[0].name]['cpu_us']))


def with_memory(client, build, source, folder, scale):
    """Messages a second with memory and without; then what it costs by itself beside ten million prints."""
    print('\nmemory')
    letters, rounds = inputs.write_letters(folder, 200), 5
    with contextlib.ExitStack() as stack:
        targets = [stack.enter_context(gate(build, source, folder, name, memory=kept)) for name, kept in (('without memory', False), ('with memory', True))]
        for connections in (1, 8):
            figures = compare(client, targets, letters, connections, int(1000 * scale), VISIBLE, rounds)
            for target in targets:
                row('copyhold %s: plain-4k, 1 in 10 marked, %d' % (target.name, connections), figures[target.name], figures[targets[0].name])
    subprocess.run([os.path.join(build, 'memory_cost'), os.path.join(folder, 'memory'), '10000000'], check=True)


def load_figures(build, conf, rounds, env):
    run = subprocess.run([os.path.join(build, 'load_cost'), conf, str(rounds)], env=env, capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit('%s: %s' % (conf, run.stderr))
    return {name: (float(one), float(other)) for name, one, other in (line.split() for line in run.stdout.splitlines())}


def commands(build, conf, env, rounds):
    """Seconds that two commands take from start to end, with all that a load does; medians."""
    took = {}
    for words in (['copyhold', '-c', conf, 'lint'], ['copyhold-milter', '-t', '-c', conf]):
        times = []
        for _ in range(rounds):
            began = time.monotonic()
            subprocess.run([os.path.join(build, words[0])] + words[1:], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            times.append(time.monotonic() - began)
        took[words[0]] = statistics.median(times)
    return took


def load(build, source, folder, rounds):
    """Reading a large policy, parts of it, and each shipped pack."""
    print('\nreading a configuration: milliseconds by the clock, in brackets of CPU; end to end in seconds; peak memory in kB')
    env = dict(os.environ, COPYHOLD_PACKS=os.path.join(source, 'conf/packs'))
    sample = os.path.join(source, 'conf/sample')
    kinds = [('%d rules, %d phrases, %d people' % tuple(int(count * share) for count in (large_policy.RULES, large_policy.PHRASES, large_policy.PEOPLE)),
              large_policy.write_large(sample, os.path.join(folder, 'large-%g' % share), share)) for share in (0.25, 0.5, 1)]
    for pack in ('dunstable', 'maldon', 'small-town', 'practice'):
        place = os.path.join(folder, pack)
        os.mkdir(place)
        kinds.append(('pack %s' % pack, inputs.write_council(sample, place, os.path.join(place, 'm.sock'), pack=pack)))
    for what, conf in kinds:
        figures, took = load_figures(build, conf, rounds, env), commands(build, conf, env, rounds)
        print('%-40s %s  lint %.2f s  milter -t %.2f s  peak %d to read, %d at all' % (
            what, '  '.join('%s %.0f (%.0f)' % (name, *figures[name]) for name in ('read', 'readers', 'tests', 'lint', 'end')),
            took['copyhold'], took['copyhold-milter'], *figures['peak']), flush=True)


def main():
    build, source = sys.argv[1:3]
    rounds, scale = (1, 0.2) if '--quick' in sys.argv else (3, 0.6)
    client = os.path.join(build, 'milter_load')
    print('%s; medians of %d rounds' % (machine(), rounds))
    with tempfile.TemporaryDirectory(prefix='copyhold-bench-') as folder, contextlib.ExitStack() as stack:
        if '--memory' in sys.argv:
            with_memory(client, build, source, folder, scale)
            return
        if '--load' in sys.argv:
            load(build, source, folder, 5)
            return
        files = inputs.write_messages(folder)
        path = os.path.join(folder, 'floor.sock')
        filters = [stack.enter_context(Filter('floor', [os.path.join(build, 'floor'), 'unix:' + path], path)),
                   stack.enter_context(gate(build, source, folder, 'copyhold'))]
        if shutil.which('rspamd'):
            filters.append(stack.enter_context(rspamd(folder)))
        beside_others(client, filters, files, rounds, scale)
        alone(client, filters[1], files, rounds, scale)
        sys.stdout.flush()
        reader_cost(build, source, folder, files)
        growth(client, build, source, folder, files, rounds, scale)
        with_memory(client, build, source, folder, scale)
        load(build, source, folder, rounds)


if __name__ == '__main__':
    main()
