# table.py - what each rule gets right and wrong in the labelled cases, by language: counted, written as tests/accuracy/TABLE, read back and
# compared, since it may only improve; and tests/accuracy/FIRST, what the rules got right in held-back cases when they first met them.
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import hashlib
import itertools
import os
import re
import textwrap

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'accuracy')
TABLE, FIRST = os.path.join(folder, 'TABLE'), os.path.join(folder, 'FIRST')
PARTS = ('open', 'held-back')
COLUMNS = ('due', 'right', 'false', 'near')
ABOUT = '''The labelled cases of tests/cases, by rule and language: "make accuracy-table" prints it, "make accuracy-table-new" writes it.

due     cases labelled to fire the rule            right   of these, those in which it fired; the others are missed
false   cases in which it fired and should not     near    near misses (kind N) that are near to this rule: of the cases of their file
prec.   right / (right + false)                            whose ids begin alike, the rule is what most, or half as many, fire
recall  right / due                                cy      Welsh, or Welsh and English; en: all others

A case that the label leaves open ("may") counts for nothing in that rule's row. Known faults are counted as what they are. "The first run": the
same held-back cases as the program first met them, as far as that was kept (FIRST); where fewer are due there, the rest was not kept. Of held-back
cases only a digest of the id is told: who reads this is not to learn which wording is not known yet.
'''


class Row:
    """One rule in one language and one part: how many are due, and what went wrong, by the cases' names (name_of)."""

    def __init__(self):
        self.due = self.right = self.false = self.near = 0
        self.wrong = {'missed': set(), 'false': set()}

    @property
    def missed(self):
        return self.due - self.right

    def add(self, other):
        for column in COLUMNS:
            setattr(self, column, getattr(self, column) + getattr(other, column))

    def figures(self):
        return '%5d%6d%6d%7s%8s' % (self.due, self.right, self.false, share(self.right, self.right + self.false), share(self.right, self.due))


class Table:
    def __init__(self):
        self.rows = collections.defaultdict(Row)  # (rule, language, part)
        self.files = {}                           # name: (number of cases, digest of all that is in them)
        self.unlabelled = collections.Counter()   # rule: cases of files that do not judge it, in which it fired

    def rules(self):
        return list(dict.fromkeys(rule for rule, _, _ in self.rows))

    def languages(self, rule):
        return [language for language in ('en', 'cy') if any((rule, language, part) in self.rows for part in PARTS)]


def name_of(case):
    return hashlib.sha256(case.id.encode()).hexdigest()[:10] if case.heldback else case.id


def share(part, whole):
    return '%.2f' % (part / whole) if whole else '-'


def near_rules(cases):
    """Which rules each near miss is near to, by its id."""
    files = collections.defaultdict(list)
    for case in cases:
        files[os.path.basename(case.path).replace('-heldback', '')].append((case.id.split('-'), case))
    for members in files.values():
        for words, case in members:
            for length in range(len(words) - 1, -1, -1):
                fired = collections.Counter(rule for other, one in members if other[:length] == words[:length] for rule in one.rules('fires'))
                if case.get('kind') != 'N' or fired:
                    break
            most = max(fired.values(), default=0)
            yield case.id, {rule for rule, number in fired.items() if 2 * number >= most and case.get('kind') == 'N'}


def files_of(cases):
    """For each file how many cases it has, and a digest that changes with a message or a label."""
    texts = collections.defaultdict(list)
    for case in cases:
        label = [case.id, case.language, case.judged, case.packs, case.settings + case.people, case.at, case.envelope(), case.origin.body]
        texts[os.path.basename(case.path)].append(repr(label + [case.get(key) for key in ('kind', 'fires', 'may')]))
    return {name: (len(all_of), hashlib.sha256('\n'.join(all_of).encode()).hexdigest()[:12]) for name, all_of in texts.items()}


def count(cases, lines, order):
    """The table of a run; the rules stand in that order."""
    table, near = Table(), dict(near_rules(cases))
    by_rule = {rule: [] for rule in order}
    for case, line in zip(cases, lines):
        fired = {finding['rule'] for finding in line.get('findings', [])}
        table.unlabelled.update(fired - set(case.judged))
        for rule in set(case.judged) - case.rules('may'):
            by_rule[rule].append((case, rule in fired))
    for rule in order:
        for case, fired in by_rule[rule]:
            row = table.rows[rule, case.language, PARTS[case.heldback]]
            due = rule in case.rules('fires')
            row.due += due
            row.right += due and fired
            row.false += fired and not due
            row.near += rule in near[case.id]
            if due != fired:
                row.wrong['missed' if due else 'false'].add(name_of(case))
    table.files = files_of(cases)
    return table


def added(rows):
    total = Row()
    for row in rows:
        total.add(row)
    return total


def read_first():
    """FIRST as rows: (rule, language), language "-" where it was not kept."""
    rows = collections.defaultdict(Row)
    with open(FIRST, encoding='utf-8') as stream:
        for line in stream:
            if line.strip() and not line.startswith('#'):
                _, rule, language, *figures = line.split()
                row = Row()
                row.due, row.right, row.false = map(int, figures)
                rows[rule, language].add(row)
    return rows


def note_first(cases, lines, order):
    """Adds the first run over new held-back cases to FIRST."""
    with open(FIRST, encoding='utf-8') as stream:
        known = {line.split()[0] for line in stream if line.strip()}
    noted = []
    for path in sorted({case.path for case in cases if case.heldback and os.path.basename(case.path) not in known}):
        part = count(*zip(*[(case, line) for case, line in zip(cases, lines) if case.path == path]), order)
        noted += ['%s %s %s %d %d %d\n' % (os.path.basename(path), rule, language, row.due, row.right, row.false)
                  for (rule, language, _), row in part.rows.items() if row.due or row.false]
    with open(FIRST, 'a', encoding='utf-8') as stream:
        stream.writelines(noted)


def line_of(name, language, parts, first):
    known = first.figures() if first.due or first.false else '%13s' % 'not kept' if parts[1].due else ''
    return '%-34s %-4s%s%6d  %s%6d  %s' % (name, language, parts[0].figures(), parts[0].near, parts[1].figures(), parts[1].near, known)


def lines_of(name, languages, rows, first):
    """All languages together where there are several, then each. rows(language, part) and first(language) give what is added up."""
    for chosen in ([languages] if len(languages) > 1 else []) + [[language] for language in languages]:
        whole = chosen == languages
        parts = [added(row for language in chosen for row in rows(language, part)) for part in PARTS]
        met = added(row for language in chosen + ['-'] * whole for row in first(language))
        yield line_of(name, 'all' if len(chosen) > 1 else chosen[0], parts, met).rstrip()


def render(table, first):
    head = '%-34s %-4s%-38s  %-38s  %s\n' % ('', '', ' open cases', ' held-back cases, now', ' the first run')
    columns = '%5s%6s%6s%7s%8s' % ('due', 'right', 'false', 'prec.', 'recall')
    out = [ABOUT, head + '%-34s %-4s%s%6s  %s%6s  %s' % ('rule', '', columns, 'near', columns, 'near', columns)]
    for rule in table.rules():
        out += lines_of(rule, table.languages(rule), lambda language, part: [table.rows[rule, language, part]] if (rule, language, part) in table.rows else [],
                        lambda language: [first[rule, language]] if (rule, language) in first else [])
    out += lines_of('(every rule)', ['en', 'cy'], lambda language, part: [row for key, row in table.rows.items() if key[1:] == (language, part)],
                    lambda language: [row for (_, one), row in first.items() if one == language])
    out.append('\nWhat is wrong:\n')
    for rule, language, part in itertools.product(table.rules(), ('en', 'cy'), PARTS):
        for what, ids in table.rows[rule, language, part].wrong.items() if (rule, language, part) in table.rows else ():
            out += ['%s %s %s %s: %s' % (rule, language, part, what, ids) for ids in textwrap.wrap(' '.join(sorted(ids)), 90, break_on_hyphens=False)]
    out.append('\nFired in cases of files that do not judge the rule, so that no label says whether rightly:\n')
    out += ['%s %d' % pair for pair in sorted(table.unlabelled.items())]
    out.append('\nThe files, how many cases each has, and a digest of messages and labels:\n')
    out += ['%-44s %4d %s' % (name, *about) for name, about in sorted(table.files.items())]
    return '\n'.join(out) + '\n'


def parse(text):
    table = Table()
    for line in text.split('\n'):
        words = line.split()
        wrong = re.fullmatch(r'([a-z0-9-]+) (en|cy) (open|held-back) (missed|false): (.*)', line)
        if wrong:
            table.rows[wrong.group(1, 2, 3)].wrong[wrong.group(4)].update(wrong.group(5).split())
        elif re.match(r'[a-z0-9-]+ +(en|cy) +\d', line):
            for part, figures in zip(PARTS, (words[2:8], words[8:14])):
                row = table.rows[words[0], words[1], part]
                row.due, row.right, row.false, row.near = (int(figures[i]) for i in (0, 1, 2, 5))
        elif re.fullmatch(r'\S+\.cases +\d+ [0-9a-f]{12}', line):
            table.files[words[0]] = int(words[1]), words[2]
    return table


class Worse:
    """A figure that is worse than it was. Excused: the cases it is of were added or relabelled."""

    def __init__(self, what, before, now, ids=(), excused=True):
        self.what, self.before, self.now, self.ids, self.excused = what, before, now, sorted(ids), excused

    def __str__(self):
        return '%s: %d, was %d%s' % (self.what, self.now, self.before, ': ' + ' '.join(self.ids) if self.ids else '')


def worse_rows(old, new, changed):
    """changed: the names of cases in files that are new or not what they were."""
    relabelled = bool(changed) or old.files.keys() > new.files.keys()
    for key, before in old.rows.items():
        now = new.rows[key] if key in new.rows else Row()
        name = '%s %s, %s cases' % key
        gone = before.due > 0 and now.due == 0  # by another name the rule would begin anew
        for what in ('missed', 'false'):
            ids, more = now.wrong[what] - before.wrong[what], getattr(now, what) - getattr(before, what)
            if more > 0:
                yield Worse('%s, %s' % (name, what), getattr(before, what), getattr(now, what), ids, len(ids & changed) >= more)
        for what in ('due', 'near'):
            if getattr(now, what) < getattr(before, what):
                yield Worse('%s, %s' % (name, what), getattr(before, what), getattr(now, what), excused=relabelled and not gone)


def worse(old, new, cases):
    different = {name for name, about in new.files.items() if old.files.get(name) != about}
    changed = {name_of(case) for case in cases if os.path.basename(case.path) in different}
    found = list(worse_rows(old, new, changed))
    for name, (number, _) in old.files.items():
        if new.files.get(name, (0, ''))[0] < number:
            found.append(Worse('%s, cases' % name, number, new.files.get(name, (0, ''))[0]))
    return found


def read():
    if not os.path.exists(TABLE):
        return Table(), ''
    with open(TABLE, encoding='utf-8') as stream:
        text = stream.read()
    return parse(text), text


def judge(table, cases):
    """Compares with TABLE. True: it has every row and file, and nothing is worse."""
    text, (old, golden) = render(table, read_first()), read()
    found = worse(old, table, cases)
    for one in found:
        print('WORSE %s' % one)
    absent = [' '.join(key) for key in table.rows if key not in old.rows] + sorted(table.files.keys() - old.files.keys())
    if not golden:
        print('tests/accuracy/TABLE is not there')
    elif absent and not found:
        print('tests/accuracy/TABLE has nothing about %s: "make accuracy-table-new"' % ', '.join(absent))
    elif found:
        print('tests/accuracy/TABLE may only improve: mend the rule, or, where cases were added or relabelled, "make accuracy-table-new"')
    elif text != golden:
        print('tests/accuracy/TABLE is not what it could be, and nothing is worse: "make accuracy-table-new" writes it')
    return bool(golden) and not found and not absent


def write(table, cases):
    """Writes TABLE, unless a figure got worse for which no case was added or relabelled. True: written."""
    found = worse(read()[0], table, cases)
    for one in found:
        print('%s %s' % ('worse, by cases added or relabelled:' if one.excused else 'WORSE', one))
    if not all(one.excused for one in found):
        print('tests/accuracy/TABLE is not written: no case was added or relabelled that explains this. Mend the rule; who takes the worse figure on '
              'purpose takes that rule\'s lines out of TABLE by hand, runs this again and says why in the commit')
        return False
    with open(TABLE, 'w', encoding='utf-8') as stream:
        stream.write(render(table, read_first()))
    return True
