#!/usr/bin/env python3
# table_test.py - that the table of what each rule gets right counts as the labels say, and that whatever gets worse in it is seen: in made-up cases,
# and in every row of tests/accuracy/TABLE.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import copy
import glob
import io
import os
import re
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import casefile
import table

RULES = casefile.RULES + casefile.LATER_RULES
COPY, OBLIGATION = 'silent-copy', 'obligation-by-councillor'


def case(name, kind, fires='', more=''):
    return ('=== %s\nwhat: x\nkind: %s\nfrom: a@marlbrook.example\nrcpt: b@marlbrook.example\noutcome: deliver\n%s%s--- message\nSubject: x\n\n%s\n\n'
            % (name, kind, 'fires: %s\n' % fires if fires else '', more, name))


OPEN = case('cp-told', 'V', COPY) + case('cp-again', 'V', COPY) + case('cp-shown', 'N') + case('ob-yes', 'V', OBLIGATION) + \
    case('ob-cy', 'V', OBLIGATION, 'language: cy\n') + case('ob-perhaps', 'B', '', 'may: %s\n' % OBLIGATION) + case('ob-asks', 'N')
HELD = case('held-yes', 'V', OBLIGATION) + case('held-no', 'N')


class Made(unittest.TestCase):
    """Two files of cases, and a program that fires as it is told."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        kept = table.TABLE, table.FIRST
        self.addCleanup(lambda: (setattr(table, 'TABLE', kept[0]), setattr(table, 'FIRST', kept[1])))
        table.TABLE, table.FIRST = (os.path.join(self.folder, name) for name in ('TABLE', 'FIRST'))
        self.files = {'made.cases': OPEN, 'made-heldback.cases': HELD}
        self.save(table.FIRST, '# nothing yet\n')

    def save(self, path, text):
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(text)

    def load(self, path):
        with open(path, encoding='utf-8') as stream:
            return stream.read()

    def run_over(self, missed=(), false=()):
        """Fires what is labelled, but for the cases missed, and the obligation in the cases that are false."""
        cases = []
        for name, text in self.files.items():
            self.save(os.path.join(self.folder, name), text)
            cases += casefile.read(os.path.join(self.folder, name))
        fired = [(case.rules('fires') if case.id not in missed else set()) | ({OBLIGATION} if case.id in false else set()) for case in cases]
        lines = [{'findings': [{'rule': rule} for rule in rules]} for rules in fired]
        return cases, lines

    def count(self, *arguments):
        cases, lines = self.run_over(*arguments)
        return table.count(cases, lines, RULES), cases

    def said(self, function, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            result = function(*self.count(*arguments))
        return result, out.getvalue()

    def figures(self, counted, *key):
        row = counted.rows[key]
        return row.due, row.right, row.false, row.near

    def test_it_counts_what_the_labels_say(self):
        counted, _ = self.count(['cp-again', 'ob-cy'], ['cp-shown', 'ob-perhaps', 'held-no'])
        self.assertEqual(self.figures(counted, COPY, 'en', 'open'), (2, 1, 0, 1))
        self.assertEqual(self.figures(counted, OBLIGATION, 'en', 'open'), (1, 1, 1, 1))
        self.assertEqual(self.figures(counted, OBLIGATION, 'cy', 'open'), (1, 0, 0, 0))
        self.assertEqual(self.figures(counted, OBLIGATION, 'en', 'held-back'), (1, 1, 1, 1))
        self.assertEqual(counted.rows[OBLIGATION, 'en', 'open'].wrong, {'missed': set(), 'false': {'cp-shown'}})
        self.assertEqual(counted.files['made.cases'][0], 7)

    def test_it_reads_what_it_writes(self):
        counted, _ = self.count(['cp-again'], ['cp-shown'])
        again = table.parse(table.render(counted, {}))
        for key, row in counted.rows.items():
            self.assertEqual((vars(again.rows[key])), vars(row), key)
        self.assertEqual(again.files, counted.files)

    def test_the_rows(self):
        self.save(table.FIRST, 'made-heldback.cases %s - 1 0 2\n' % OBLIGATION)
        text = table.render(self.count(['cp-again'], ['held-no'])[0], table.read_first())
        rows = [line.split() for line in text.split('\n')]
        self.assertIn([COPY, 'en', '2', '1', '0', '1.00', '0.50', '1', '0', '0', '0', '-', '-', '0'], [row[:14] for row in rows])
        self.assertIn([OBLIGATION, 'all', '2', '2', '0', '1.00', '1.00', '1', '1', '1', '1', '0.50', '1.00', '1', '1', '0', '2', '0.00', '0.00'], rows)
        self.assertIn([OBLIGATION, 'en', '1', '1', '0', '1.00', '1.00', '1', '1', '1', '1', '0.50', '1.00', '1', 'not', 'kept'], rows)

    def test_what_is_worse_fails_and_is_not_written(self):
        self.assertFalse(self.said(table.judge)[0], 'no table')
        self.assertEqual(self.said(table.write), (True, ''))
        self.assertEqual(self.said(table.judge), (True, ''))
        before = self.load(table.TABLE)
        held = {case.id: table.name_of(case) for case in self.run_over()[0] if case.heldback}
        for missed, false, said in ((['ob-yes'], [], '%s en, open cases, missed: 1, was 0: ob-yes' % OBLIGATION),
                                    (['held-yes'], [], '%s en, held-back cases, missed: 1, was 0: %s' % (OBLIGATION, held['held-yes'])),
                                    ([], ['held-no'], '%s en, held-back cases, false: 1, was 0: %s' % (OBLIGATION, held['held-no']))):
            for function in (table.judge, table.write):
                good, out = self.said(function, missed, false)
                self.assertFalse(good)
                self.assertIn('WORSE ' + said + '\n', out)
        self.assertEqual(self.load(table.TABLE), before)

    def test_no_held_back_case_is_told(self):
        self.said(table.write, ['held-yes', 'ob-yes'], ['held-no'])
        self.assertNotIn('held-yes', self.load(table.TABLE))
        self.assertNotIn('held-no', self.load(table.TABLE))
        self.assertIn('ob-yes', self.load(table.TABLE))

    def test_what_is_better_is_said_and_written(self):
        self.said(table.write, ['ob-yes'])
        good, out = self.said(table.judge)
        self.assertTrue(good)
        self.assertIn('"make accuracy-table-new" writes it', out)
        self.said(table.write)
        self.assertEqual(self.said(table.judge), (True, ''))

    def test_a_gain_does_not_pay_for_a_loss_of_another_kind(self):
        self.said(table.write, ['cp-told', 'cp-again', 'ob-yes'])
        self.assertFalse(self.said(table.judge, ['cp-told', 'cp-again'], ['held-no'])[0])

    def test_added_cases_excuse_themselves_and_no_others(self):
        self.said(table.write)
        self.files['more.cases'] = case('new-one', 'V', OBLIGATION)
        self.assertFalse(self.said(table.judge, ['new-one'])[0])
        self.assertFalse(self.said(table.write, ['ob-yes'])[0], 'another case')
        self.assertFalse(self.said(table.write, ['new-one', 'ob-yes'])[0], 'another case, too')
        good, out = self.said(table.write, ['new-one'])
        self.assertTrue(good)
        self.assertIn('worse, by cases added or relabelled: %s en, open cases, missed: 1, was 0: new-one' % OBLIGATION, out)

    def test_cases_do_not_vanish_or_change_their_label_unseen(self):
        self.said(table.write)
        for text in (OPEN.replace(case('ob-asks', 'N'), ''), OPEN.replace('kind: N', 'kind: X'), OPEN.replace('fires: %s\n' % COPY, '', 1)):
            self.files['made.cases'] = text
            self.assertFalse(self.said(table.judge)[0])
        self.assertTrue(self.said(table.write)[0])
        del self.files['made-heldback.cases']
        self.assertFalse(self.said(table.judge)[0])

    def test_who_takes_a_worse_figure_on_purpose_takes_the_lines_out(self):
        self.said(table.write)
        self.assertFalse(self.said(table.write, ['ob-yes'])[0])
        self.save(table.TABLE, '\n'.join(line for line in self.load(table.TABLE).split('\n') if not line.startswith(OBLIGATION)))
        self.assertTrue(self.said(table.write, ['ob-yes'])[0])

    def test_a_line_or_a_file_that_was_taken_out_is_missed(self):
        self.said(table.write)
        kept = self.load(table.TABLE)
        for begins, named in ((OBLIGATION + ' +cy ', OBLIGATION + ' cy open'), (COPY + ' +en ', COPY + ' en open'), ('made.cases', 'made.cases')):
            self.save(table.TABLE, '\n'.join(line for line in kept.split('\n') if not re.match(begins, line)))
            good, out = self.said(table.judge)
            self.assertFalse(good)
            self.assertIn('has nothing about ' + named, out)
        self.save(table.TABLE, kept)
        self.assertEqual(self.said(table.judge), (True, ''))

    def test_a_rule_under_another_name_does_not_begin_anew(self):
        self.said(table.write)
        before = self.load(table.TABLE)
        self.files = {name: text.replace(OBLIGATION, 'unreadable') for name, text in self.files.items()}
        good, out = self.said(table.write, ['ob-yes'])
        self.assertFalse(good)
        self.assertIn('WORSE %s cy, open cases, due: 0, was 1' % OBLIGATION, out)
        self.assertEqual(self.load(table.TABLE), before)

    def test_the_first_run_is_noted_once(self):
        for missed in (['held-yes'], []):
            table.note_first(*self.run_over(missed, ['held-no']), RULES)
        self.assertEqual(self.load(table.FIRST), '# nothing yet\nmade-heldback.cases %s en 1 0 1\n' % OBLIGATION)
        self.assertEqual(vars(table.read_first()[OBLIGATION, 'en'])['false'], 1)


class Kept(unittest.TestCase):
    """The table that is kept, and what was kept of first runs."""

    def setUp(self):
        self.table, self.text = table.read()

    def test_its_figures_and_its_lists_agree(self):
        self.assertGreater(len(self.table.rows), 100)
        for key, row in self.table.rows.items():
            self.assertEqual((row.missed, row.false), (len(row.wrong['missed']), len(row.wrong['false'])), key)

    def test_every_file_is_known_and_every_rule_has_its_rows(self):
        paths = glob.glob(os.path.join(os.path.dirname(table.__file__), '*.cases'))
        self.assertEqual(set(self.table.files), {os.path.basename(path) for path in paths})
        rows = {(rule, case.language, table.PARTS[case.heldback]) for path in paths for case in casefile.read(path)
                for rule in set(case.judged) - case.rules('may')}
        self.assertLessEqual(rows, set(self.table.rows))
        self.assertEqual({rule for rule, _, _ in rows}, set(self.table.rules()))

    def test_a_worse_figure_in_any_row_fails(self):
        for key in self.table.rows:
            for what, step in (('right', -1), ('false', 1), ('due', -1), ('near', -1)):
                seeded, row = copy.copy(self.table), copy.copy(self.table.rows[key])
                setattr(row, what, getattr(row, what) + step)
                seeded.rows = {**self.table.rows, key: row}
                self.assertTrue(table.worse(self.table, seeded, []), (key, what))
        self.assertEqual(table.worse(self.table, self.table, []), [])

    def test_first_runs_are_of_held_back_files(self):
        with open(table.FIRST, encoding='utf-8') as stream:
            names = {line.split()[0] for line in stream if line.strip() and not line.startswith('#')}
        self.assertLessEqual(names, set(self.table.files))
        self.assertTrue(all(name.endswith('-heldback.cases') for name in names))
        rows = table.read_first()
        for rule in self.table.rules():
            held = table.added(row for key, row in self.table.rows.items() if (key[0], key[2]) == (rule, 'held-back'))
            self.assertLessEqual(table.added(row for key, row in rows.items() if key[0] == rule).due, held.due, rule)


class Labels(Made):
    def test_one_that_nothing_could_contradict_is_refused(self):
        for kind in casefile.NOTICES:
            self.files = {'made.cases': case('any', 'N', '', 'no-notice: %s\n' % kind)}
            self.assertEqual(len(self.run_over()[0]), 1)
        self.files = {'made.cases': case('none', 'N', '', 'no-notice: instruction\n')}
        self.assertRaisesRegex(casefile.BadCase, 'no-notice of a kind that is never sent', self.run_over)


if __name__ == '__main__':
    unittest.main()
