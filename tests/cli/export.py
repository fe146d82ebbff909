#!/usr/bin/env python3
# export.py - what one person may have of what is kept on them, and that nobody else's address, name or subject goes with it.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: export.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import re
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

PEOPLE = run.PEOPLE.replace('Imran Sadiq,councillor,,sadiq@ashdown.example', 'Imran Sadiq,councillor,,sadiq@ashdown.example;imran@home.example') + \
    '''Tom O'Neill,officer,,tom@ashdown.example
Siân Rhys,councillor,,sian@ashdown.example
Whitt Surfacing,contractor,,whitt@surfacing.example
'''
LETTER = '''From: %s
To: %s
Subject: %s
Message-ID: <%s@x.example>

%s
'''
HIDDEN_COPY = ('dean@ashdown.example', ['sadiq@ashdown.example'], ['vaughan@ashdown.example'], 'Allotment fees for Siân', 'The fees rise in May.')
CONFIDENTIAL = ('clerk@ashdown.example', ['petrie@resident.example', 'unlisted.person@farm.example'], [], 'CONFIDENTIAL: staffing', 'The statement is below.')
ORDER = ('sadiq@ashdown.example', ['whitt@surfacing.example'], [], 'Zebra crossing',
         'On behalf of the Council I instruct you to begin the crossing by the school of Tom O\'Neill at once.\n\nImran Sadiq')
OTHERS = ('tom@ashdown.example', ['sian@ashdown.example'], ['vaughan@ashdown.example'], 'Heron survey', 'The herons are counted.')

FILLED = tempfile.TemporaryDirectory()


class Export(run.Council):
    whole_pack = True
    ids = []

    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)
        if not Export.ids:
            self.fill()
            shutil.copytree(self.path('state'), FILLED.name, dirs_exist_ok=True)
        else:
            shutil.copytree(FILLED.name, self.path('state'))

    def fill(self):
        """Four letters, judged once and copied for every test after the first."""
        for number, (sender, to, bcc, subject, words) in enumerate((HIDDEN_COPY, CONFIDENTIAL, ORDER, OTHERS)):
            self.write('m%d.eml' % number, LETTER % (sender, ', '.join(to), subject, number, words))
            recipients = [word for address in to + bcc for word in ('--rcpt', address)]
            answer = json.loads(self.expect(0, 'check', '--json', '--at', run.AT, '--auth', sender, '--from', sender, *recipients, '--state', 'state',
                                            'm%d.eml' % number).stdout)
            self.assertTrue(answer['findings'], subject)
            Export.ids.append(answer['id'])

    def export(self, person, *options, status=0):
        return self.expect(status, 'export', '--person', person, '--reason', 'request 26/9', '--at', '2026-03-03T09:00:00Z', '--state', 'state', *options)

    def json(self, person, *options):
        return json.loads(self.export(person, '--form', 'json', *options).stdout)

    def assert_lacks(self, text, *words):
        for word in words:
            self.assertIsNone(re.search(re.escape(word), text, re.I), word)

    def entry(self, model, number):
        found = [entry for entry in model['entries'] if entry['id'] == self.ids[number]]
        return found[0] if found else None

    def test_the_sender(self):
        model = self.json('dean')
        self.assertEqual([entry['id'] for entry in model['entries']], [self.ids[0]])
        entry = model['entries'][0]
        self.assertEqual(entry['as'], ['sender', 'named'])
        self.assertEqual(entry['sender'], {'who': 'Dean Hollis', 'address': 'dean@ashdown.example'})
        self.assertEqual(entry['subject'], 'Allotment fees for a councillor')
        self.assertEqual([recipient['who'] for recipient in entry['recipients']], ['a councillor', 'a councillor'])
        self.assertIn('a councillor', entry['findings'][0]['explanation'])
        for form in ('json', 'text', 'html'):
            self.assert_lacks(self.export('dean', '--form', form).stdout, 'sadiq', 'vaughan', 'imran', 'eleri', 'siân', 'heron', 'calder', 'petrie')

    def test_who_was_written_to_learns_of_no_hidden_copy(self):
        model = self.json('imran@home.example')
        entry = self.entry(model, 0)
        self.assertEqual((entry['as'], entry['subject'], len(entry['recipients'])), (['recipient', 'named'], 'Allotment fees for a councillor', 1))
        self.assert_lacks(json.dumps(model, ensure_ascii=False), 'vaughan', 'eleri', 'dean', 'hollis', 'whitt', 'o\'neill', 'tom@', 'calder')
        self.assertIsNone(self.entry(model, 3))

    def test_own_words_but_not_the_names_in_them(self):
        entry = self.entry(self.json('sadiq'), 2)
        words = json.dumps(entry['findings'], ensure_ascii=False)
        self.assertIn('I instruct you to begin', words)
        self.assertIn('Imran Sadiq', words)
        self.assert_lacks(words, 'o\'neill', 'tom')

    def test_somebody_elses_words_are_withheld(self):
        model = self.json('Whitt Surfacing')
        entry = self.entry(model, 2)
        self.assertEqual(entry['as'], ['recipient', 'named'])
        self.assertIsNone(entry['subject'])  # it is held: they have not been given it
        self.assert_lacks(json.dumps(model), 'I instruct', 'crossing', 'zebra', 'sadiq', 'imran')
        self.assertIn('subjects', [item['what'] for item in model['withheld']])
        self.assertIn('words found in messages', [item['what'] for item in model['withheld']])

    def test_marked_mail(self):
        entry = self.entry(self.json('clerk'), 1)
        self.assertIsNone(entry['subject'])
        self.assert_lacks(json.dumps(entry), 'petrie', 'unlisted', 'farm', 'statement is below', 'staffing')
        self.assertIn('u...n@...', json.dumps(entry))
        entry = self.entry(self.json('clerk', '--marked-words'), 1)
        self.assert_lacks(json.dumps(entry), 'petrie', 'statement is below', 'staffing')

    def test_an_address_the_directory_does_not_know(self):
        model = self.json('Unlisted.Person@farm.example')
        entry = self.entry(model, 1)
        self.assertEqual(entry['as'][0], 'recipient')
        self.assert_lacks(json.dumps(model), 'petrie', 'calder', 'clerk@', 'staffing')

    def test_who_only_decided(self):
        self.expect(0, 'queue', 'release', '--by', 'mo@principal.example', '--reason', 'Joan Petrie asked; ring tom@ashdown.example', '--at',
                    '2026-03-02T12:00:00Z', '--state', 'state', self.ids[1])
        model = self.json('Mona Hart')
        self.assertEqual(self.entry(model, 1)['as'], ['reviewer'])
        self.assertTrue(model['own_deeds'])
        self.assert_lacks(json.dumps(model), 'petrie', 'joan', 'calder', 'staffing', 'tom@')
        self.assertEqual(self.json('Mona Hart', '--own-only')['entries'], [])
        history = json.dumps(self.entry(self.json('clerk'), 1)['journal'])
        self.assertIn('asked; ring', history)
        self.assert_lacks(history, 'mona', 'hart', 'mo@', 'petrie', 'joan', 'tom@')

    def test_for_the_public(self):
        model = self.json('clerk', '--redact')
        text = json.dumps(model)
        self.assertIn('Ruth Calder', text)
        self.assert_lacks(text, 'petrie', 'farm', 'staffing', 'statement')
        self.assertEqual(model['own_deeds'], [])
        model = self.json('dean', '--redact')  # below that level, though it is about them
        text = json.dumps(model, ensure_ascii=False)
        self.assertIn('Imran Sadiq', text)
        self.assertIn('Eleri Vaughan', text)
        self.assert_lacks(text, 'dean', 'hollis', 'allotment')
        self.assertEqual(model['person']['name'], 'an officer')

    def test_journalled(self):
        self.export('dean', '--by', 'clerk')
        line = [words for words in self.journal() if words[2] == 'exported'][0]
        self.assertEqual(line[4], 'clerk')
        self.assertIn('"reason":"request', ' '.join(line))
        self.assertIn('"entries":1', ' '.join(line))
        self.assert_lacks(' '.join(line), 'allotment', 'sadiq')

    def test_refusals(self):
        self.expect(64, 'export', '--person', 'dean', '--state', 'state')
        self.expect(64, 'export', '--reason', 'x', '--state', 'state')
        self.export('dean', '--form', 'pdf', status=64)
        for person in ('Nobody Atall', '@', 'a@', 'a b@c.example'):
            self.export(person, status=65)
        self.write('people.csv', PEOPLE + 'Dean Hollis,resident,,dean@elsewhere.example\nEverybody,list,,all@ashdown.example\n')
        self.assertIn('may be several', self.export('Dean Hollis', status=65).stderr)
        self.assertIn('is a list', self.export('all@ashdown.example', status=65).stderr)
        self.assertFalse([words for words in self.journal() if words[2] == 'exported'])

    def test_hostile_text_stays_text(self):
        self.write('x.eml', LETTER % ('dean@ashdown.example', 'sadiq@ashdown.example', '<script>alert(1)</script>\x1b[31m "x"', 'h', 'Fees.'))
        self.expect(0, 'check', '--json', '--at', '2026-03-02T09:30:00Z', '--auth', 'dean', '--rcpt', 'sadiq@ashdown.example', '--rcpt',
                    'vaughan@ashdown.example', '--state', 'state', 'x.eml')
        page = self.export('dean', '--form', 'html').stdout
        self.assertIn('&lt;script&gt;', page)
        self.assertNotIn('<script', page)
        self.assertNotIn('\x1b', self.export('dean', '--form', 'text').stdout)


if __name__ == '__main__':
    unittest.main()
