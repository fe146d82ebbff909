#!/usr/bin/env python3
"""What the rules on acts and orders find in sentences that others have labelled: requests, commitments, pledges. PUBLIC says what it shows.

Each sentence is put into a letter from the Leader to a contractor and a member of staff, once signed for the Council, where whatever binds or orders
does so, and once by a first name only.
Exit 1: a rule finds nothing in a sentence that it must know, or fires in more than MOST of the sentences without a label.
  public.py [-v] [COPYHOLD]      -v lists the sentences in which a rule fires"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import corpus  # noqa: E402

LABELLED = os.path.join(os.environ.get('COPYHOLD_CORPUS', ''), 'labelled')
PEOPLE = '''id,name,role,addresses,offices,group
price,Gareth Price,councillor,leader@ashdown-tc.gov.uk,leader,
ames,Ruth Ames,officer,clerk@ashdown-tc.gov.uk,clerk,
fox,Lena Fox,officer,lena.fox@ashdown-tc.gov.uk,,
oakes,Dan Oakes,contractor,contracts@oakfield.example,,
'''
MAIL = '''From: Gareth Price <leader@ashdown-tc.gov.uk>
To: Dan Oakes <contracts@oakfield.example>, Lena Fox <lena.fox@ashdown-tc.gov.uk>
Subject: our letter
Date: Mon, 02 Mar 2026 09:00:00 +0000
Message-ID: <letter@ashdown-tc.gov.uk>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Dear all,

%s

Yours sincerely,

%s
'''
FOR_COUNCIL, BY_NAME = 'Gareth Price\nLeader of the Council\nAshdown Town Council', 'Gareth'
# What stands in the table: rules, in a letter signed so.
COLUMNS = {'binds': ('obligation-by-councillor', FOR_COUNCIL), 'money': ('financial-commitment-by-councillor', FOR_COUNCIL),
           'to staff': ('instruction-to-staff', FOR_COUNCIL), 'by name only': ('obligation-by-councillor', BY_NAME)}
KNOWN = {'binds': 'Please start on Monday, and consider it done.', 'money': 'We accept your quotation of £2,310.',
         'to staff': 'I want the bins in the park emptied by noon. See to it today.', 'by name only': 'We accept your quotation.'}
MOST = {'binds': 1 / 50, 'money': 1 / 100, 'to staff': 1 / 50, 'by name only': 1 / 50}  # of sentences without a label


class Sentence:
    def __init__(self, group, label, text):
        self.group, self.label, self.text = group, label, ' '.join(text.split())

    def envelope(self):
        return {'from': 'leader@ashdown-tc.gov.uk', 'rcpt': ['contracts@oakfield.example', 'lena.fox@ashdown-tc.gov.uk'], 'auth': 'leader@ashdown-tc.gov.uk',
                'client': '10.1.2.3'}

    def signed(self, signature):
        return Letter(self, signature)


class Letter:
    def __init__(self, sentence, signature):
        self.envelope = sentence.envelope
        self.raw = (MAIL % (sentence.text, signature)).replace('\n', '\r\n').encode()


def rows_of(name):
    with open(os.path.join(LABELLED, name), encoding='utf-8', newline='') as stream:
        yield from csv.DictReader(stream, delimiter='\t', quoting=csv.QUOTE_NONE)


def of_bc3():
    """Three people labelled each sentence. Two of them: the label counts as theirs; one: as doubtful."""
    for row in rows_of('rows/bc3.share.tsv'):
        marks = {'commitment': int(row['cmt']), 'request': int(row['req']), 'proposal': int(row['prop'])}
        most = max(marks, key=marks.get)
        label = most if marks[most] > 1 else 'by one of three' if marks[most] else 'none'
        yield Sentence('BC3', label, row['text'])


def of_parakweet():
    with open(os.path.join(LABELLED, 'parakweet', 'Ask0729-fixed.txt'), encoding='utf-8', errors='replace') as stream:
        for line in stream:
            answer, _, text = line.partition('\t')
            if answer in ('Yes', 'No') and text.strip():
                yield Sentence('Parakweet', 'request or proposal' if answer == 'Yes' else 'none', text)


def of_pledges():
    """The English ones; the others are Swedish."""
    for row in rows_of('rows/pledges.share.tsv'):
        if row['country'] == 'India' and row['text'].strip():
            yield Sentence('pledges', {'0': 'none', '1': 'pledge', '2': 'precise pledge'}[row['pledge']], row['text'])


def council(folder):
    with open(os.path.join(folder, 'people.csv'), 'w', encoding='utf-8') as file:
        file.write(PEOPLE)
    with open(os.path.join(here, '..', 'contract', 'copyhold.conf'), encoding='utf-8') as file:
        text = file.read()
    rules = ['{ id = "%s"; mode = "observe"; }' % rule for rule in sorted({rule for rule, _ in COLUMNS.values()})]
    text, count = re.subn(r'rules = \(\);', lambda _: 'rules = ( %s );' % ',\n'.join(rules), text)
    if count != 1:
        sys.exit('public.py: the contract has no line of rules')
    with open(os.path.join(folder, 'copyhold.conf'), 'w', encoding='utf-8') as file:
        file.write(text)


def judge(binary, sentences):
    """For each sentence the columns in which a rule fires."""
    fired = [set() for _ in sentences]
    with tempfile.TemporaryDirectory(prefix='copyhold-public-') as folder:
        council(folder)
        for signature in (FOR_COUNCIL, BY_NAME):
            lines = corpus.judge(binary, [sentence.signed(signature) for sentence in sentences], folder)
            for columns, line in zip(fired, lines):
                rules = {finding['rule'] for finding in line['findings']}
                columns.update(column for column, (rule, under) in COLUMNS.items() if under == signature and rule in rules)
    return list(zip(sentences, fired))


def share(part, whole):
    return '%5d %5.3f' % (part, part / whole) if whole else '%5d     -' % part


def show(judged):
    """One line for each set and label; then, of what fired, how much is labelled. What fired in sentences without a label comes back."""
    groups = list(dict.fromkeys((sentence.group, sentence.label) for sentence, _ in judged))
    print('%-11s %-20s %9s' % ('set', 'label', 'sentences') + ''.join('%14s' % column for column in COLUMNS))
    for group, label in sorted(groups, key=lambda pair: (pair[0], pair[1] == 'none', pair[1])):
        found = [columns for sentence, columns in judged if (sentence.group, sentence.label) == (group, label)]
        print('%-11s %-20s %9d' % (group, label, len(found)) +
              ''.join('   ' + share(sum(column in columns for columns in found), len(found)) for column in COLUMNS))
    print('\nof what fired, what has a label')
    for group in dict.fromkeys(group for group, _ in groups):
        print('%-42s' % group + ''.join('   ' + share(*labelled(judged, group, column)) for column in COLUMNS))
    plain = [columns for sentence, columns in judged if sentence.label == 'none']
    return {column: sum(column in columns for columns in plain) / max(len(plain), 1) for column in COLUMNS}


def labelled(judged, group, column):
    found = [sentence for sentence, columns in judged if sentence.group == group and column in columns]
    return sum(sentence.label != 'none' for sentence in found), len(found)


def main(arguments):
    if not os.environ.get('COPYHOLD_CORPUS'):
        print('skipped: tests/accuracy/public.py needs COPYHOLD_CORPUS')
        return 77
    loud = '-v' in arguments
    binary = os.path.abspath(([a for a in arguments if a != '-v'] or [os.environ.get('COPYHOLD', './copyhold')])[0])
    known = [Sentence('known', column, text) for column, text in KNOWN.items()]
    sentences = [*of_bc3(), *of_parakweet(), *of_pledges()]
    judged = judge(binary, known + sentences)
    wrong = ['it does not know "%s"' % sentence.text for sentence, columns in judged[:len(known)] if sentence.label not in columns]
    for sentence, columns in judged[len(known):] if loud else ():
        if columns:
            print('%s | %s | %s | %s' % (sentence.group, sentence.label, ' '.join(sorted(columns)), sentence.text[:200]))
    for column, part in show(judged[len(known):]).items():
        if part > MOST[column]:
            wrong.append('"%s" fires in %.4f of the sentences without a label, more than %.4f' % (column, part, MOST[column]))
    for line in wrong:
        print('AIM MISSED: ' + line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
