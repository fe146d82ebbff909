#!/usr/bin/env python3
# coverage.py - `copyhold policy coverage`: clauses and rules held against each other and against the documents' words. With COPYHOLD_PROTOCOLS, a
# folder of the five documents, also that each word is theirs and that no paragraph of theirs is left out. What the shipped packs cover is COVERAGE,
# beside this file.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: coverage.py [COPYHOLD]     COPYHOLD in the environment serves make check; COVERAGE_NEW=FILE writes what COVERAGE should say."""
import glob
import json
import os
import re
import subprocess
import sys
import unittest

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import run

PACKS = os.path.join(here, '..', '..', 'conf', 'packs')
DOCUMENTS = {'elstree': 'Elstree and Borehamwood', 'dunstable': 'DUNSTABLE TOWN COUNCIL', 'maldon': 'Maldon District',
             'crickhowell': 'CRICKHOWELL TOWN COUNCIL', 'west-northants': 'West Northamptonshire'}
PACK = '''pack = { name = "ours"; document = "ours"; clauses = [ "why.conf", "clauses.conf" ]; };
rules = ( { id = "copy"; clause = "1"; quote = "Copies are \\"made clear\\"."; when = ( "sender is officer" ); action = "report"; says = { en = "A copy."; }; },
	{ id = "late"; clause = "2"; when = ( "sender is officer" ); action = "report"; mode = "off"; says = { en = "Late."; }; } );
'''
WHY = 'reasons = { tone = "Tone depends on people."; };\n'
CLAUSES = '''documents = ( { name = "ours"; title = "Our Protocol"; clauses = (
	{ clause = "1"; says = "Copies are “made clear”."; rules = [ "copy" ]; },
	{ clause = "2"; says = "Answers [...] in time"; rules = [ "late" ]; no_rule = "tone"; },
	{ clause = "3"; says = "Be kind."; no_rule = "tone"; } ); } );
'''
TEXT = 'OUR PROTOCOL\n\n1. Copies are\n"made clear".\n2. Answers are sent\n  in  time.\n3. *Be* kind.\n'


class Coverage(run.Council):
    def setUp(self):
        super().setUp()
        self.write('copyhold.conf', run.CONF.replace('"dunstable"', '"ours"').replace('"enforce"', '"observe"'))
        for name, text in (('ours.conf', PACK), ('why.conf', WHY), ('clauses.conf', CLAUSES), ('ours.txt', TEXT)):
            self.write(name, text)

    def mended(self, status=1, *arguments):
        return self.expect(status, 'policy', 'coverage', *arguments).stdout.partition('To be mended:\n')[2].splitlines()

    def change(self, wrong, right, name='clauses.conf', text=CLAUSES):
        self.assertIn(wrong, text)
        self.write(name, text.replace(wrong, right))

    def test_the_table(self):
        out = self.expect(0, 'policy', 'coverage').stdout
        self.assertEqual(out, '''ours: Our Protocol (pack ours)

  Clause  Rules that serve it, or why none does
  1       copy
  2       late (off); the rest: none (tone)
  3       none (tone)

  3 clauses: 2 served by rules, 1 by none on purpose, 0 open.

Why no rule serves a clause:
  tone           Tone depends on people.

''')
        self.assertIn('      "Be kind."\n', self.expect(0, 'policy', 'coverage', '--words').stdout)

    def test_json(self):
        answer = json.loads(self.expect(0, 'policy', 'coverage', '--json').stdout)
        clauses = answer['packs'][0]['documents'][0]['clauses']
        self.assertEqual(answer['version'], 1)
        self.assertEqual([clause['state'] for clause in clauses], ['served', 'served', 'left'])
        self.assertEqual(clauses[1]['rules'], [{'id': 'late', 'mode': 'off'}])
        self.assertEqual((clauses[2]['no_rule'], clauses[2]['because']), ('tone', 'Tone depends on people.'))

    def test_a_clause_whose_rule_is_not_there(self):
        self.change('[ "late" ]', '[ "latte" ]')
        wrong = self.mended()
        self.assertIn('clauses.conf:3: clause "2" of ours is to be served by the rule latte, which the pack ours does not have', wrong[0])
        self.assertIn('pack ours: no clause names the rule late', wrong[1])
        self.assertIn('latte (MISSING)', self.expect(1, 'policy', 'coverage').stdout)
        answer = json.loads(self.expect(1, 'policy', 'coverage', '--json').stdout)['packs'][0]
        self.assertEqual(answer['documents'][0]['clauses'][1]['state'], 'open')
        self.assertEqual(answer['rules_without_clause'], [{'id': 'late', 'because': None}])
        self.assertEqual(answer['to_be_mended'], [line for line in wrong if line])

    def test_a_rule_of_another_pack_does_not_serve(self):
        self.write('theirs.conf', PACK.replace('"ours"', '"theirs"').replace('"late"', '"later"').replace(' clauses = [ "why.conf", "clauses.conf" ];', ''))
        self.write('copyhold.conf', run.CONF.replace('"dunstable"', '"ours", "theirs"').replace('"enforce"', '"observe"'))
        self.change('"late"', '"later"')
        self.assertIn('which the pack ours does not have', self.mended()[0])
        self.assertEqual(self.expect(0, 'policy', 'coverage', '--pack', 'theirs').stdout, 'The pack theirs lists no clauses.\n\n')

    def test_an_open_clause(self):
        self.change('says = "Be kind."; no_rule = "tone";', 'says = "Be kind.";')
        self.assertIn('clause "3" of ours has no rule, and nothing says why', self.mended()[0])

    def test_rules_may_serve_no_clause_on_purpose(self):
        self.change(' rules = [ "late" ];', '')
        self.assertIn('no clause names the rule late', self.mended()[0])
        self.write('why.conf', WHY + 'without_clause = ( { rules = [ "late" ]; because = "Good practice."; } );')
        self.expect(0, 'policy', 'coverage', '--text', 'ours=ours.txt')
        self.assertIn('  late                     Good practice.\n', self.expect(0, 'policy', 'coverage').stdout)
        self.write('clauses.conf', CLAUSES)
        self.assertIn('serves a clause and stands under without_clause', self.mended()[0])
        self.write('why.conf', WHY + 'without_clause = ( { rules = [ "gone" ]; because = "Good practice."; } );')
        self.assertIn('without_clause names the rule gone', self.mended()[0])

    def test_words_are_looked_for(self):
        text = ('--text', 'ours=ours.txt')
        self.expect(0, 'policy', 'coverage', *text)
        for wrong, right, said in (('Be kind.', 'Be kinder.', 'Our Protocol does not say "Be kinder."'), ('[...]', '[...] always [...]', 'does not say'),
                                   ('Answers [...] in time', 'in time [...] Answers', 'does not say')):
            self.change(wrong, right)
            self.assertIn(said, self.mended(1, *text)[0])
        self.write('clauses.conf', CLAUSES)
        self.change('Copies are', 'No copies are', 'ours.conf', PACK)
        self.assertIn('rule copy quotes what no document says', self.mended(1, *text)[0])
        self.expect(0, 'policy', 'coverage')
        self.expect(65, 'policy', 'coverage', '--text', 'ours=not-there.txt')

    def test_mistakes_name_file_and_line(self):
        for wrong, right, said in (
                ('says = "Be kind."; no_rule = "tone"', 'says = "Be kind."; no_rule = "tones"', 'clauses.conf:4: clause "3": there is no reason "tones" (did you mean "tone"?)'),
                ('clause = "3"', 'clause = "2"', 'clause "2" of ours stands on line 3 already'),
                ('no_rule', 'norule', 'did you mean "no_rule"?'),
                ('says = "Be kind.";', '', 'lacks the key "says"')):
            self.change(wrong, right)
            self.assertIn(said, self.expect(78, 'policy', 'coverage').stderr)
        os.remove(self.path('clauses.conf'))
        self.assertIn('clauses.conf', self.expect(78, 'policy', 'coverage').stderr)

    def test_what_is_asked_for_must_be_there(self):
        self.assertIn('no pack "theirs"', self.expect(64, 'policy', 'coverage', '--pack', 'theirs').stderr)
        self.assertIn('a document "theirs"', self.expect(64, 'policy', 'coverage', '--document', 'theirs').stderr)
        self.assertIn('ours: Our Protocol', self.expect(0, 'policy', 'coverage', '--pack', 'ours', '--document', 'ours').stdout)
        self.assertIn('--text does not name', self.expect(64, 'policy', 'coverage', '--text', 'theirs=ours.txt').stderr)
        self.assertIn('NAME=FILE', self.expect(64, 'policy', 'coverage', '--text', 'ours.txt').stderr)
        for arguments in ((), ('covrage',), ('coverage', 'more')):
            self.expect(64, 'policy', *arguments)


def shipped(*arguments):
    """What the command says of the shipped packs, each by itself as a council would have it."""
    said = ''
    for pack in sorted(name[:-len('.conf')] for name in os.listdir(PACKS) if name.endswith('.conf') and not name.endswith('-tests.conf')):
        ran = subprocess.run([run.binary, '-c', os.path.join(PACKS, pack + '-tests.conf'), 'policy', 'coverage', '--pack', pack, *arguments],
                             capture_output=True, text=True, timeout=60)
        if ran.returncode > 1:
            raise AssertionError(ran.stderr)
        said += re.sub(r'(?m)^\S*/packs/(clauses/[\w-]+\.conf):\d+: ', r'\1: ', ran.stdout)
    return said


class Shipped(unittest.TestCase):
    maxDiff = None

    def test_coverage_is_what_it_was(self):
        now, golden = shipped(), os.path.join(here, 'COVERAGE')
        if os.environ.get('COVERAGE_NEW'):
            with open(os.environ['COVERAGE_NEW'], 'w', encoding='utf-8') as stream:
                stream.write(now)
            return
        with open(golden, encoding='utf-8') as stream:
            self.assertEqual(now, stream.read(), 'what packs cover has changed: look at it, then COVERAGE_NEW=tests/cli/COVERAGE tests/cli/coverage.py')


def blocks(text):
    """Paragraphs and points of a protocol, as long as a sentence; a page's end may stand in one."""
    parts = [[]]
    for line in text.split('\n'):
        if re.match(r'\s*(-|#+|\d+(\.\d+)*\.?|[a-l]\.)\s', line) or not line.strip():
            parts.append([])
        parts[-1].append(re.sub(r'^\s*(-|\d+(\.\d+)*\.?|[a-l]\.)\s+', '', line))
    whole = []
    for part in (' '.join(part).strip() for part in parts):
        if part and part[0].islower() and whole and whole[-1][-1] not in '.;:,”"' and not part.startswith(('to ', 'act ', 'do ', 'work ', 'treat ', 'be ')):
            whole[-1] += ' ' + part
        elif part:
            whole.append(part)
    return [block for block in whole if len(block.split()) >= 9 and block[-1] != ':' and '\t' not in block and not block.startswith(('#', '|', 'MEMBER/OFFICER'))]


def plain(text):
    for wrong, right in (('‘’', "'"), ('“”', '"'), ('–—', '-'), ('*', '')):
        for letter in wrong:
            text = text.replace(letter, right)
    return re.sub(r'\s+', ' ', text).strip().lower()


@unittest.skipUnless(os.environ.get('COPYHOLD_PROTOCOLS'), 'COPYHOLD_PROTOCOLS names no folder of the five documents')
class Words(unittest.TestCase):
    def setUp(self):
        self.texts = {}
        for path in glob.glob(os.path.join(os.environ['COPYHOLD_PROTOCOLS'], '*.txt')):
            with open(path, encoding='utf-8') as stream:
                text = stream.read()
            name = [name for name, words in DOCUMENTS.items() if words in text]
            self.assertEqual(len(name), 1, path)
            self.texts[name[0]] = (path, text)
        self.assertEqual(set(self.texts), set(DOCUMENTS))

    def test_every_word_is_the_documents_own(self):
        clauses = [option for name, (path, _) in self.texts.items() for option in ('--text', name + '=' + path)]
        for pack in ('dunstable', 'maldon', 'small-town'):
            ran = subprocess.run([run.binary, '-c', os.path.join(PACKS, pack + '-tests.conf'), 'policy', 'coverage', '--json', '--pack', pack, *self.of(pack, clauses)],
                                 capture_output=True, text=True, timeout=60)
            self.assertLess(ran.returncode, 2, ran.stderr)
            mend = json.loads(ran.stdout)['packs'][0]['to_be_mended']
            self.assertEqual([line for line in mend if 'does not say' in line or 'quotes' in line], [])

    @staticmethod
    def of(pack, options):
        names = {'small-town': ('elstree', 'crickhowell', 'west-northants')}.get(pack, (pack,))
        return [word for i in range(0, len(options), 2) if options[i + 1].split('=')[0] in names for word in options[i:i + 2]]

    def test_no_paragraph_is_left_out(self):
        for pack in ('dunstable', 'maldon', 'small-town'):
            ran = subprocess.run([run.binary, '-c', os.path.join(PACKS, pack + '-tests.conf'), 'policy', 'coverage', '--json', '--pack', pack],
                                 capture_output=True, text=True, timeout=60)
            for document in json.loads(ran.stdout)['packs'][0]['documents']:
                pieces = [plain(piece) for clause in document['clauses'] for piece in clause['says'].split('[...]')]
                for block in blocks(self.texts[document['name']][1]):
                    with self.subTest(document=document['name'], block=block):
                        said = plain(block)
                        self.assertTrue(any(piece in said or said in piece or overlap(said, piece) for piece in pieces))


def overlap(block, piece):
    """A piece that runs from one point into the next."""
    return any(part in block for part in re.split(r' - | [a-l]\. ', piece) if len(part) > 20)


if __name__ == '__main__':
    unittest.main()
