#!/usr/bin/env python3
# directory.py - who is who, shown and checked; and what lists from elsewhere (a spreadsheet, Microsoft 365, LDAP, an address book) would change
# in the people file: told before it is done, never guessed, never half written.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: directory.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import csv
import grp
import json
import os
import shutil
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

PEOPLE = '''id,name,role,offices,group,ward,addresses,from,to,logins,members,owner,welsh_name,notes
khan,Amir Khan,councillor,mayor,Blue,Castle,cllr.khan@ashdown.example;mayor@ashdown.example;amir.khan@mailbox.example,2023-05-09,,,,,,
todd,Ray Todd,councillor,,Blue,Mill,cllr.todd@ashdown.example;ray.todd@mailbox.example;ray@todd.example,2019-05-07,,,,,,"Keeps bees, and knows it"
moss,Carl Moss,councillor,,Red,Mill,cllr.moss@ashdown.example,2023-05-09,,,,,,
shaw,Beth Shaw,councillor,,Green,Castle,cllr.shaw@ashdown.example,2023-05-09,,,,,,
old,Una Price,councillor,,Red,Mill,cllr.price@ashdown.example,2011-05-09,2019-05-06,,,,,
ames,Ruth Ames,officer,clerk,,,clerk@ashdown.example;ruth.ames@ashdown.example,2018-09-03,,rames,,,,
,Dev Patel,officer,rfo,,,rfo@ashdown.example,,,,,,,
,Helen Marsh,oversight,monitoring-officer,,,mo@wexshire.example,,,,,,,
,Marlbrook Gazette,press,,,,newsdesk@gazette.example,,,,,,,
,All councillors,list,,councillors,,allcouncillors@ashdown.example,,,,,clerk@ashdown.example,,
,Finance committee,list,,,,finance@ashdown.example,,,,cllr.khan@ashdown.example;cllr.todd@ashdown.example,,,
'''
HEADER = PEOPLE.split('\n')[0]


def row(**fields):
    return {column: fields.get(column, '') for column in HEADER.split(',')}


class Directory(run.Council):
    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)

    def read(self, name='people.csv'):
        with open(self.path(name), 'rb') as stream:
            return stream.read()

    def rows(self):
        with open(self.path('people.csv'), encoding='utf-8-sig', newline='') as stream:
            return list(csv.DictReader(stream))

    def person(self, name):
        found = [each for each in self.rows() if each['name'] == name]
        self.assertEqual(len(found), 1, (name, found))
        return found[0]

    def put(self, name, text, encoding='utf-8'):
        with open(self.path(name), 'wb') as stream:
            stream.write(text.encode(encoding))

    def learn(self, status, form, name, *options):
        """What an import says; the people file as it was unless --write is given."""
        before = self.read()
        answer = self.expect(status, 'directory', 'import', form, name, *options)
        if status != 0 or '--write' not in options:
            self.assertEqual(self.read(), before)
        return answer.stdout + answer.stderr

    def changed(self, text, **others):
        """The people file with some rows of it otherwise."""
        for name, line in others.items():
            text = '\n'.join(line if each.startswith(name + ',') else each for each in text.split('\n') if line is not None or not each.startswith(name + ','))
        return text


class Show(Directory):
    def test_one_line_for_each_with_all_that_grep_may_look_for(self):
        lines = self.expect(0, 'directory', 'show', '--on', '2025-01-01').stdout.splitlines()
        self.assertEqual(len(lines), 11)
        khan = [line for line in lines if 'amir.khan@mailbox.example' in line][0]
        for word in ('Amir Khan', 'councillor', 'mayor', '[Blue]', '(Castle)', 'cllr.khan@ashdown.example'):
            self.assertIn(word, khan)
        everybody = [line for line in lines if 'allcouncillors@' in line][0]
        self.assertIn('reaches: Amir Khan, Ray Todd, Carl Moss, Beth Shaw', everybody)
        self.assertNotIn('Una Price', everybody)

    def test_on_another_day(self):
        price = [line for line in self.expect(0, 'directory', 'show', '--on', '2019-05-06').stdout.splitlines() if 'Una Price' in line][0]
        self.assertIn('councillor', price)
        self.assertIn('Una Price', self.expect(0, 'directory', 'show', 'allcouncillors@ashdown.example', '--on', '2015-01-01').stdout)
        self.expect(64, 'directory', 'show', '--on', '6 May 2019')
        self.expect(64, 'directory', 'show', '--on', '2019-02-30')

    def test_one_person_by_address_id_or_name(self):
        for who in ('CLLR.Todd@ashdown.example', 'todd', 'Ray Todd', 'Cllr Todd', 'ray@todd.example'):
            answer = self.expect(0, 'directory', 'show', who, '--on', '2025-01-01').stdout
            for word in ('Ray Todd: on 1 January 2025 councillor', 'group Blue, ward Mill, from 7 May 2019', 'ray.todd@mailbox.example',
                         'reached by: Finance committee finance@ashdown.example', 'reached by: All councillors', 'Keeps bees, and knows it'):
                self.assertIn(word, answer)
            self.assertNotIn('Amir Khan', answer)

    def test_nobody(self):
        self.assertIn('a third party', self.expect(1, 'directory', 'show', 'stranger@elsewhere.example').stderr)
        self.assertIn("domain of the Council's own", self.expect(1, 'directory', 'show', 'nobody@ashdown.example').stderr)
        self.assertIn('nobody in the directory is called "Zoe Zed"', self.expect(1, 'directory', 'show', 'Zoe Zed').stderr)

    def test_usage(self):
        for words in ([], ['shw'], ['show', 'a', 'b'], ['check', 'a', 'b'], ['show', '--write'], ['check', '--map', 'a=b'], ['check', '--on', '2025-01-01'],
                      ['import'], ['import', 'csv'], ['import', 'xlsx', 'people.csv'], ['import', 'csv', 'people.csv', '--map', 'name'],
                      ['import', 'csv', 'people.csv', '--map', 'a=councilor'], ['import', 'csv', 'people.csv', '--ends', 'soon'],
                      ['import', 'csv', 'people.csv', '--on', '2025-01-01']):
            self.expect(64, 'directory', *words)


class Check(Directory):
    def test_good(self):
        self.assertIn('11 people and lists; the directory can be used', self.expect(0, 'directory', 'check').stdout)

    def test_every_error_is_named_with_its_line(self):
        self.write('people.csv', PEOPLE.replace('shaw,Beth Shaw,councillor', 'shaw,Beth Shaw,concillor').replace('2018-09-03', '03/09/2018'))
        answer = self.expect(78, 'directory', 'check')
        self.assertIn('error: ./people.csv:5: column "role": unknown role "concillor" (did you mean "councillor"?)', answer.stdout)
        self.assertIn('error: ./people.csv:7: column "from"', answer.stdout)
        self.assertIn('2 errors: a daemon that is running keeps the directory it has', answer.stderr)

    def test_another_file_before_it_is_put_in_place(self):
        self.write('new.csv', PEOPLE + ',Nobody,officer,,,,,,,,,,,\n')
        answer = self.expect(0, 'directory', 'check', 'new.csv').stdout
        self.assertIn('warning: new.csv:13: officer Nobody has no address', answer)
        self.write('new.csv', 'rubbish\n')
        self.expect(78, 'directory', 'check', 'new.csv')
        self.expect(78, 'directory', 'check', 'missing.csv')

    def test_needs_no_rules(self):
        """Who mends the people must not wait for who mends the rules."""
        self.write('copyhold.conf', run.CONF.replace('"dunstable"', '"nothing-of-that-name"'))
        self.expect(0, 'directory', 'check')
        self.expect(0, 'directory', 'show')

    def test_a_stale_file(self):
        os.utime(self.path('people.csv'), (1500000000, 1500000000))
        self.assertIn('not changed since 14 July 2017', self.expect(0, 'directory', 'check').stdout)

    def test_a_file_is_stale_when_lint_says_so(self):
        """report.directory_days and directory_reviewed count for both."""
        def old(days, report=''):
            self.write('copyhold.conf', run.CONF + report)
            then = time.time() - days * 86400
            os.utime(self.path('people.csv'), (then, then))
            told = 'not changed since' in self.expect(0, 'directory', 'check').stdout
            found = json.loads(self.run_copyhold('lint', '--json').stdout)['findings']
            self.assertEqual(told, any(one['class'] == 'directory-old' for one in found), (days, report))
            return told
        self.assertFalse(old(380))
        self.assertTrue(old(420))
        self.assertTrue(old(40, 'report = { directory_days = 30; };\n'))
        self.assertFalse(old(420, 'report = { directory_days = 430; };\n'))
        self.assertFalse(old(4000, 'report = { directory_days = 0; };\n'))
        today = time.strftime('%Y-%m-%d')
        self.assertFalse(old(4000, 'report = { directory_reviewed = "%s"; };\n' % today))
        # What the Council went through was not the file that is to replace it.
        shutil.copyfile(self.path('people.csv'), self.path('new.csv'))
        os.utime(self.path('new.csv'), (1500000000, 1500000000))
        self.assertIn('not changed since 14 July 2017', self.expect(0, 'directory', 'check', 'new.csv').stdout)
        # A report that is at fault keeps nobody from mending the people.
        self.write('copyhold.conf', run.CONF + 'report = { directory_dayz = 3; };\n')
        self.assertIn('not changed since', self.expect(0, 'directory', 'check').stdout)


class OwnFile(Directory):
    def test_the_same_file_changes_nothing(self):
        self.put('list.csv', PEOPLE)
        self.assertIn('Nothing would change', self.learn(0, 'csv', 'list.csv', '--write'))
        self.assertFalse(os.path.exists(self.path('people.csv.1')))

    def test_a_term_ends(self):
        self.put('list.csv', PEOPLE.replace('2019-05-07,,,,,,"Keeps', '2019-05-07,2027-05-05,,,,,"Keeps'))
        said = self.learn(0, 'csv', 'list.csv')
        self.assertIn('Ends\n  Ray Todd ends as councillor on 5 May 2027; 3 addresses will become third parties from 6 May 2027: '
                      'cllr.todd@ashdown.example, ray.todd@mailbox.example, ray@todd.example', said)
        self.assertIn('1 change. Nothing was written', said)
        self.learn(0, 'csv', 'list.csv', '--write')
        self.assertEqual(self.person('Ray Todd')['to'], '2027-05-05')
        self.assertEqual(self.read('people.csv.1').decode(), PEOPLE)
        # Nothing else has moved: the row is the only line that differs.
        differing = [new for new, old in zip(self.read().decode().split('\n'), PEOPLE.split('\n')) if new != old]
        self.assertEqual(len(differing), 1, differing)

    def test_who_is_missing_ends_and_is_told(self):
        self.put('list.csv', self.changed(PEOPLE, moss=None))
        said = self.learn(0, 'csv', 'list.csv', '--write', '--ends', '2027-01-31')
        self.assertIn('Carl Moss ends as councillor on 31 January 2027; 1 address will become a third party from 1 February 2027', said)
        self.assertEqual(self.person('Carl Moss')['to'], '2027-01-31')

    def test_former_members_stay_where_a_list_of_the_sitting_lacks_them(self):
        self.put('list.csv', self.changed(PEOPLE, old=None))
        self.assertIn('Nothing would change', self.learn(0, 'csv', 'list.csv'))

    def test_an_address_goes_or_moves(self):
        self.put('list.csv', PEOPLE.replace(';ray@todd.example', '').replace(';mayor@ashdown.example', '').replace(
            'cllr.moss@ashdown.example', 'cllr.moss@ashdown.example;mayor@ashdown.example'))
        said = self.learn(0, 'csv', 'list.csv')
        self.assertIn('Ray Todd loses ray@todd.example: mail there becomes mail to a third party', said)
        self.assertIn('Amir Khan loses mayor@ashdown.example, which becomes that of Carl Moss', said)
        self.assertIn('Carl Moss gains mayor@ashdown.example, which was that of Amir Khan', said)

    def test_a_wrong_file_is_refused(self):
        self.put('list.csv', HEADER + '\n' + PEOPLE.split('\n')[1] + '\n')
        said = self.learn(1, 'csv', 'list.csv', '--write')
        self.assertIn('3 of 4 in the role "councillor" would be nobody any more', said)
        self.learn(0, 'csv', 'list.csv', '--write', '--force')
        self.assertNotEqual(self.person('Carl Moss')['to'], '')
        self.assertEqual(self.person('Ruth Ames')['to'], '')  # the list has no officers, and says nothing of them

    def test_a_result_that_fails_the_check_is_refused_whatever_is_said(self):
        self.put('list.csv', PEOPLE + 'new,Lee Marsh,councillor,,,,clerk@ashdown.example,,,,,,,\n')
        said = self.learn(1, 'csv', 'list.csv', '--write', '--force')
        self.assertIn('"clerk@ashdown.example" is Ruth Ames\'s', said)
        self.assertIn('does not pass the check', said)

    def test_a_post_that_passes_on_does_not_rename_its_holder(self):
        self.put('list.csv', 'name,role,offices,addresses\nLee New,officer,clerk,clerk@ashdown.example\n')
        said = self.learn(1, 'csv', 'list.csv', '--write', '--force')
        self.assertIn("Lee New <clerk@ashdown.example> has an address that is Ruth Ames's in the directory", said)

    def test_what_is_new_in_the_findings_is_told(self):
        self.put('list.csv', PEOPLE + 'new,Lee Marsh,councillor,,,,,,,,,,,\n')
        self.assertIn('councillor Lee Marsh has no address', self.learn(0, 'csv', 'list.csv'))

    def test_somebody_becomes_an_officer(self):
        self.put('list.csv', PEOPLE.replace('todd,Ray Todd,councillor,,Blue,Mill,', 'todd,Ray Todd,councillor,,Blue,Mill,', 1).replace(
            '2019-05-07,,,,,,"Keeps', '2019-05-07,2026-03-31,,,,,"Keeps') + 'todd,Ray Todd,officer,head-of-service,,,,2026-04-01,,,,,,\n')
        said = self.learn(0, 'csv', 'list.csv', '--write')
        self.assertIn('Ray Todd ends as councillor on 31 March 2026', said)
        self.assertNotIn('third part', said)
        self.assertIn('Ray Todd is also officer, head-of-service, from 1 April 2026', said)
        self.expect(0, 'directory', 'check')

    def test_without_a_present_file_all_are_new(self):
        self.put('list.csv', PEOPLE)
        os.remove(self.path('people.csv'))
        said = self.expect(0, 'directory', 'import', 'csv', 'list.csv', '--write').stdout
        self.assertIn('Amir Khan, councillor, mayor, group Blue, ward Castle, from 9 May 2023: cllr.khan@ashdown.example', said)
        self.assertIn('Written: ', said)
        self.assertEqual(self.read().decode(), PEOPLE)

    def test_a_present_file_with_faults_is_mended_first(self):
        self.put('list.csv', PEOPLE)
        self.write('people.csv', PEOPLE.replace('councillor', 'concillor', 1))
        self.assertIn('mend it first', self.learn(78, 'csv', 'list.csv', '--write'))


class Spreadsheet(Directory):
    HEADINGS = 'Name;Position;Role;E-mail;Party;Ward;Elected;Term ends;Dietary needs\r\n'
    BODY = ('Cllr Amir Khan ;Town Mayor;Councillor;cllr.khan@ashdown.example;Blue;Castle;09/05/2023;;\r\n'
            'Ray  Todd;;Cllr;cllr.todd@ashdown.example;Blue;Mill;7 May 2019;5/5/27;none\r\n'
            '"Moss, Carl";;Elected member;cllr.moss@ashdown.example, carl@moss.example;Red;Mill;45055;;\r\n'
            'Beth Shaw;Chairman;Cllr;cllr.shaw@ashdown.example;Green;Castle;2023-05-09 00:00:00;;"nuts; fish"\r\n'
            'Siân Pritchard;;Cllr;cllr.pritchard@ashdown.example;Red;Mill;09.05.23;;\r\n')

    def test_words_dates_and_charsets_of_excel(self):
        for encoding in ('cp1252', 'utf-8', 'utf-8-sig', 'utf-16'):
            with self.subTest(encoding):
                self.write('people.csv', PEOPLE)
                self.put('list.csv', self.HEADINGS + self.BODY, encoding)
                said = self.learn(0, 'csv', 'list.csv', '--write')
                self.assertIn('Siân Pritchard, councillor, group Red, ward Mill, from 9 May 2023: cllr.pritchard@ashdown.example', said)
                self.assertIn('Ray Todd ends as councillor on 5 May 2027', said)
                self.assertIn('Carl Moss gains carl@moss.example', said)
                self.assertIn('the column "Dietary needs"', said)
                self.assertNotIn('loses', said)
                self.assertEqual(self.person('Beth Shaw')['offices'], 'chair')
                self.assertEqual(self.person('Carl Moss')['from'], '2023-05-09')
                self.assertEqual(self.person('Amir Khan')['addresses'], 'cllr.khan@ashdown.example;mayor@ashdown.example;amir.khan@mailbox.example')
                self.expect(0, 'directory', 'check')

    def test_private_addresses_and_those_the_sheet_does_not_speak_of_stay(self):
        self.put('list.csv', self.HEADINGS + self.BODY)
        said = self.learn(0, 'csv', 'list.csv')
        self.assertIn('officer (2)', said)
        self.assertNotIn('ray@todd.example: mail', said)

    def test_a_date_that_is_none(self):
        self.put('list.csv', self.HEADINGS + self.BODY.replace('5/5/27', '5/23/27'))
        said = self.learn(1, 'csv', 'list.csv', '--write')
        self.assertIn('line 3: "5/23/27" is no date of the kind 9/5/2023', said)
        self.assertIn('could not be read in 1 place', said)

    def test_a_role_nobody_knows_is_never_guessed(self):
        self.put('list.csv', self.HEADINGS + self.BODY + 'Odd One;;Aelod;odd@ashdown.example;;;;;\r\n')
        said = self.learn(0, 'csv', 'list.csv', '--write')
        self.assertIn('Odd One <odd@ashdown.example>, "Aelod": new, and the list does not say what they are', said)
        self.assertNotIn('Odd One', [each['name'] for each in self.rows()])
        self.learn(0, 'csv', 'list.csv', '--write', '--map', 'Aelod=councillor')
        self.assertEqual(self.person('Odd One')['role'], 'councillor')

    def test_a_further_row_without_a_role_changes_nothing(self):
        self.put('list.csv', 'Name,Role,Email\nDev Patel,officer,rfo@ashdown.example\nDev Patel,Aelod,rfo@ashdown.example\n')
        said = self.learn(0, 'csv', 'list.csv', '--ends', '2027-01-31', '--force')
        self.assertIn('Dev Patel <rfo@ashdown.example>, "Aelod": a further row without a role', said)
        self.assertNotIn('Dev Patel: the id', said)

    def test_other_headings(self):
        self.put('list.csv', 'Who,What,Where\nAmir Khan,Councillor,khan.new@ashdown.example\n')
        self.assertIn('--map "Old heading=name"', self.learn(65, 'csv', 'list.csv'))
        said = self.learn(1, 'csv', 'list.csv', '--map', 'Who=name', '--map', 'What=role', '--map', 'Where=addresses')
        self.assertIn('Amir Khan gains khan.new@ashdown.example', said)
        self.assertIn('taken for Amir Khan of the directory by the name alone', said)

    def test_one_row_for_each_office(self):
        self.put('list.csv', 'person_id,name,role,detail,address,address_kind,group,ward,from,to,notes\n'
                 'lee,Lee Marsh,councillor,,cllr.marsh@ashdown.example,council,Red,Mill,2026-05-08,,\n'
                 'lee,Lee Marsh,councillor,committee-chair,lee@marsh.example,private,Red,Mill,2026-06-01,,\n')
        self.learn(0, 'csv', 'list.csv', '--write', '--force')
        self.assertEqual(self.expect(0, 'directory', 'show', 'lee@marsh.example').stdout.count('from'), 2)

    def test_formulas_are_defused(self):
        self.put('list.csv', 'name,role,email,notes\n=HYPERLINK(1),officer,f@ashdown.example,@SUM(A1)\nEve,officer,=cmd@ashdown.example,\n')
        said = self.learn(1, 'csv', 'list.csv', '--write')
        self.assertIn('line 3: "cmd@ashdown.example" is no mail address that could be taken', said)
        self.learn(0, 'csv', 'list.csv', '--write', '--force')
        for line in self.rows():
            for field in line.values():
                self.assertFalse(field.startswith(('=', '+', '@', '-')), line)

    def test_no_table(self):
        for text in ('', '\n\n', ',' * 400 + '\n'):
            self.put('list.csv', text)
            self.learn(65, 'csv', 'list.csv')
        self.learn(65, 'csv', 'missing.csv')


class Microsoft(Directory):
    CENTRE = ('Block credential,Display name,First name,Last name,Licenses,Object Id,Proxy addresses,Title,User principal name,Alternate email addresses\n'
              'False,Amir Khan,Amir,Khan,Business Basic,1,SMTP:cllr.khan@ashdown.example+smtp:a.khan@ashdown.example+SIP:x@ashdown.example,,cllr.khan@ashdown.example,\n'
              'True,Ray Todd,Ray,Todd,,2,SMTP:cllr.todd@ashdown.example,,cllr.todd@ashdown.example,ray77@gmail.example\n'
              'False,"Marsh, Lee",Lee,Marsh,,3,SMTP:lee.marsh@ashdown.example,Councillor,lee.marsh@ashdown.example,\n')

    def test_the_admin_centre(self):
        self.put('users.csv', self.CENTRE)
        said = self.learn(0, 'm365', 'users.csv')
        for sentence in ('Amir Khan gains a.khan@ashdown.example', 'Ray Todd may not sign in any more',
                         'ray77@gmail.example: is it an address of Ray Todd?', 'Lee Marsh <lee.marsh@ashdown.example>, "Councillor": new; say what they are',
                         'Carl Moss (councillor) is not in the list', 'mayor@ashdown.example of Amir Khan is not in the list'):
            self.assertIn(sentence, said)
        self.assertNotIn('Marlbrook Gazette', said)
        self.assertIn('1 change.', said)

    def test_nobody_is_a_councillor_by_their_title(self):
        self.put('users.csv', self.CENTRE)
        self.learn(0, 'm365', 'users.csv', '--write')
        self.assertNotIn('Lee Marsh', [each['name'] for each in self.rows()])
        self.learn(0, 'm365', 'users.csv', '--write', '--map', 'lee.marsh@ashdown.example=officer')
        self.assertEqual(self.person('Lee Marsh'), row(name='Lee Marsh', role='officer', addresses='lee.marsh@ashdown.example'))

    def test_roles_and_private_addresses_stay(self):
        self.put('users.csv', self.CENTRE)
        self.learn(0, 'm365', 'users.csv', '--write')
        self.assertEqual(self.person('Amir Khan')['offices'], 'mayor')
        self.assertIn('ray@todd.example', self.person('Ray Todd')['addresses'])
        self.assertEqual(self.person('Carl Moss')['to'], '')

    def test_who_has_no_account_ends_on_the_day_that_is_said(self):
        self.put('users.csv', self.CENTRE + 'False,Ruth Ames,Ruth,Ames,,4,SMTP:clerk@ashdown.example,,clerk@ashdown.example,\n'
                 'False,Dev Patel,Dev,Patel,,5,SMTP:rfo@ashdown.example,,rfo@ashdown.example,\n'
                 'False,Beth Shaw,Beth,Shaw,,6,SMTP:cllr.shaw@ashdown.example,,cllr.shaw@ashdown.example,\n')
        said = self.learn(0, 'm365', 'users.csv', '--ends', '2027-05-05')
        self.assertIn('Carl Moss ends as councillor on 5 May 2027', said)
        self.assertEqual(said.count(' ends as '), 1)

    def test_mailboxes_of_powershell(self):
        self.put('boxes.csv', '#TYPE Selected.Microsoft.Exchange.Data.Directory.Management.Mailbox\r\n'
                 '"DisplayName","PrimarySmtpAddress","EmailAddresses","RecipientTypeDetails","ForwardingSmtpAddress"\r\n'
                 '"Ruth Ames","clerk@ashdown.example","SMTP:clerk@ashdown.example;smtp:townclerk@ashdown.example;X500:/o=x","UserMailbox",""\r\n'
                 '"Carl Moss","cllr.moss@ashdown.example","SMTP:cllr.moss@ashdown.example","UserMailbox","smtp:carl@gmail.example"\r\n'
                 '"RFO","rfo@ashdown.example","SMTP:rfo@ashdown.example","SharedMailbox",""\r\n'
                 '"Info","info@ashdown.example","SMTP:info@ashdown.example","SharedMailbox",""\r\n'
                 '"Chamber","chamber@ashdown.example","SMTP:chamber@ashdown.example","RoomMailbox",""\r\n', 'utf-16')
        said = self.learn(0, 'm365', 'boxes.csv')
        for sentence in ('Ruth Ames gains townclerk@ashdown.example', 'carl@gmail.example: is it an address of Carl Moss?',
                         'RFO <rfo@ashdown.example> is a shared mailbox; in the directory it is Dev Patel\'s', 'Info <info@ashdown.example> (a shared mailbox): new'):
            self.assertIn(sentence, said)
        self.assertNotIn('chamber@', said)

    def test_an_account_that_passed_on_gives_nothing_to_who_had_it(self):
        self.put('boxes.csv', 'DisplayName,PrimarySmtpAddress,EmailAddresses\nLee New,clerk@ashdown.example,SMTP:clerk@ashdown.example;smtp:lee.new@ashdown.example\n')
        said = self.learn(0, 'm365', 'boxes.csv', '--write')
        self.assertIn('Lee New <clerk@ashdown.example;lee.new@ashdown.example> is Ruth Ames in the directory: if it has passed on', said)
        self.assertIn('Nothing would change', said)

    def test_what_powershell_spoils_is_said_with_the_cure(self):
        self.put('boxes.csv', 'DisplayName,PrimarySmtpAddress,EmailAddresses\nRuth Ames,clerk@ashdown.example,Microsoft.Exchange.Data.ProxyAddressCollection\n')
        self.assertIn("$_.EmailAddresses -join ';'", self.learn(65, 'm365', 'boxes.csv', '--write'))

    def graph(self, **other):
        return dict({'@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users', 'value': [
            {'id': 'a', 'displayName': 'Amir Khan', 'mail': 'cllr.khan@ashdown.example', 'userPrincipalName': 'akhan@ashdown.example', 'accountEnabled': True,
             'proxyAddresses': ['SMTP:cllr.khan@ashdown.example', 'smtp:amir@ashdown.example'], 'otherMails': [], 'jobTitle': None},
            {'id': 'g', 'displayName': 'Pat Guest', 'mail': 'pat@union.example', 'userPrincipalName': 'pat_union.example#EXT#@ashdown.example'},
            {'@odata.type': '#microsoft.graph.group', 'id': 'f', 'displayName': 'Finance committee', 'mail': 'finance@ashdown.example',
             'members': [{'id': 'a'}, {'mail': 'cllr.moss@ashdown.example'}]},
            {'@odata.type': '#microsoft.graph.group', 'id': 'h', 'displayName': 'Staffing', 'mail': 'staffing@ashdown.example', 'members': [{'id': 'a'}]}]}, **other)

    def test_graph(self):
        self.put('users.json', json.dumps(self.graph()))
        said = self.learn(0, 'm365', 'users.json', '--write')
        for sentence in ('Amir Khan gains amir@ashdown.example', 'Amir Khan gains the login akhan@ashdown.example', 'Finance committee gains the member cllr.moss@ashdown.example',
                         'Finance committee loses the member cllr.todd@ashdown.example', 'Staffing, list: staffing@ashdown.example; reaches cllr.khan@ashdown.example',
                         'Pat Guest <pat@union.example>: new; say what they are'):
            self.assertIn(sentence, said)
        self.expect(0, 'directory', 'check')

    def test_a_page_of_graph_is_not_all(self):
        self.put('users.json', json.dumps(self.graph(**{'@odata.nextLink': 'https://graph.microsoft.com/next'})))
        self.assertIn('fetch all pages', self.learn(65, 'm365', 'users.json', '--write'))
        for text in ('{"value": 5}', '[1]', '{', '[' * 5000):
            self.put('users.json', text)
            self.learn(65, 'm365', 'users.json', '--write')


class Ldif(Directory):
    ENTRIES = '''version: 1

dn: CN=Amir Khan,OU=Members,DC=ashdown,DC=example
objectClass: user
cn: Amir Khan
sn: Khan
givenName: Amir
displayName: Khan, Amir
mail: cllr.khan@ashdown.example
proxyAddresses: SMTP:cllr.khan@ashdown.example
proxyAddresses: smtp:old.khan@ashdown
 .example
sAMAccountName: akhan
userAccountControl: 512
memberOf: CN=Members of Council,OU=Groups,DC=ashdown,DC=example

# Siân, in base64
dn:: Q049U2nDom4sT1U9TWVtYmVycyxEQz1hc2hkb3duLERDPWV4YW1wbGU=
objectClass: user
cn:: U2nDom4gUHJpdGNoYXJk
cn;lang-cy:: U2nDom4gUHJ5ZGRlcmNo
mail: cllr.pritchard@ashdown.example
title: Councillor
memberOf: CN=Members of Council,OU=Groups,DC=ashdown,DC=example
jpegPhoto:< file:///etc/hostname

dn: CN=Ray Todd,OU=Leavers,DC=ashdown,DC=example
cn: Ray Todd
mail: cllr.todd@ashdown.example
userAccountControl: 514

dn: CN=Finance committee,OU=Groups,DC=ashdown,DC=example
objectClass: group
cn: Finance committee
mail: finance@ashdown.example
member: CN=Amir Khan,OU=Members,DC=ashdown,DC=example
member: CN=Siân,OU=Members,DC=ashdown,DC=example

dn: CN=PC-07,OU=Machines,DC=ashdown,DC=example
objectClass: computer
cn: PC-07
'''

    def test_active_directory(self):
        self.put('ad.ldif', self.ENTRIES)
        said = self.learn(0, 'ldif', 'ad.ldif')
        for sentence in ('Amir Khan gains old.khan@ashdown.example', 'Amir Khan gains the login akhan', 'Ray Todd may not sign in any more',
                         'Siân Pritchard <cllr.pritchard@ashdown.example>, "Councillor", in Members of Council: new; say what they are',
                         'Finance committee loses the member cllr.todd@ashdown.example', 'Finance committee gains the member cllr.pritchard@ashdown.example',
                         '1 entries that are deleted'):
            self.assertIn(sentence, said)

    def test_a_group_is_what_somebody_says_it_is(self):
        self.put('ad.ldif', self.ENTRIES)
        self.learn(0, 'ldif', 'ad.ldif', '--write', '--map', 'Members of Council=councillor')
        self.assertEqual(self.person('Siân Pritchard'), row(name='Siân Pritchard', role='councillor', addresses='cllr.pritchard@ashdown.example',
                                                            welsh_name='Siân Prydderch'))
        self.expect(0, 'directory', 'check')
        self.assertIn('Nothing would change', self.learn(0, 'ldif', 'ad.ldif'))

    def test_what_is_no_list_of_entries(self):
        for text, why in (('dn: cn=a\nchangetype: delete\n', 'a list of changes'), ('hello\n', 'no LDIF'), ('', 'no entries'),
                          ('dn: cn=a\nmail: b@x.example\nrubbish\n', 'ad.ldif:3: no LDIF')):
            self.put('ad.ldif', text)
            self.assertIn(why, self.learn(65, 'ldif', 'ad.ldif', '--write'))
        self.put('ad.ldif', 'dn: cn=a\ncn:: ***\nmail: cllr.khan@ashdown.example\n')
        self.assertIn('line 2: no base64', self.learn(1, 'ldif', 'ad.ldif', '--write'))


class Cards(Directory):
    CARDS = ('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cllr Carl Moss\r\nN:Moss;Carl;;Cllr;\r\nEMAIL;TYPE=HOME:carl@moss.exa\r\n mple\r\n'
             'EMAIL;TYPE=PREF:cllr.moss@ashdown.example\r\nTITLE:Chair of Planning\r\nEND:VCARD\r\n'
             'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Echo Newspaper\r\nEMAIL:desk@echo.example\r\nCATEGORIES:Press\\, local,Suppliers\r\nEND:VCARD\r\n'
             'BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Ren=E9 Low\r\nEMAIL:rene@low.example\r\nEND:VCARD\r\n')

    def test_cards(self):
        self.put('book.vcf', self.CARDS)
        said = self.learn(0, 'vcard', 'book.vcf', '--map', 'Press, local=press', '--write')
        for sentence in ('Carl Moss gains carl@moss.example', 'Echo Newspaper, press: desk@echo.example', 'René Low <rene@low.example>: new; say what they are'):
            self.assertIn(sentence, said)
        self.assertEqual(self.person('Carl Moss')['addresses'], 'cllr.moss@ashdown.example;carl@moss.example')

    def test_an_address_of_somebody_else_stays_with_them(self):
        self.put('book.vcf', self.CARDS.replace('carl@moss.exa\r\n mple', 'ray@todd.example'))
        said = self.learn(0, 'vcard', 'book.vcf')
        self.assertIn('ray@todd.example: the list has it with Carl Moss, the directory with Ray Todd; it stays there', said)

    def test_a_private_address_does_not_come_in_by_a_name_alone(self):
        self.put('book.vcf', self.CARDS.replace('cllr.moss@ashdown.example', 'moss@other.example'))
        said = self.learn(0, 'vcard', 'book.vcf', '--write')
        self.assertIn('is it an address of Carl Moss? Only the name says so; it is not taken', said)
        self.assertEqual(self.person('Carl Moss')['addresses'], 'cllr.moss@ashdown.example')

    def test_cut_off(self):
        self.put('book.vcf', self.CARDS[:-len('END:VCARD\r\n')])
        self.assertIn('cut off: card 3 has no end', self.learn(65, 'vcard', 'book.vcf', '--write'))
        self.put('book.vcf', 'no cards\n')
        self.learn(65, 'vcard', 'book.vcf')


class Written(Directory):
    def setUp(self):
        super().setUp()
        self.put('list.csv', PEOPLE.replace('2019-05-07,,', '2019-05-07,2027-05-05,'))

    def test_mode_owner_and_form_stay(self):
        text = '\ufeff' + PEOPLE.replace('\n', '\r\n')
        with open(self.path('people.csv'), 'wb') as stream:
            stream.write(text.encode())
        os.chmod(self.path('people.csv'), 0o640)
        if os.getuid() == 0:
            os.chown(self.path('people.csv'), 0, grp.getgrnam('mail').gr_gid)
        before = os.stat(self.path('people.csv'))
        self.learn(0, 'csv', 'list.csv', '--write')
        for name in ('people.csv', 'people.csv.1'):
            after = os.stat(self.path(name))
            self.assertEqual((after.st_mode, after.st_uid, after.st_gid), (before.st_mode, before.st_uid, before.st_gid), name)
        self.assertTrue(self.read().startswith(b'\xef\xbb\xbfid,name,role'))
        self.assertEqual(self.read().count(b'\r\n'), self.read().count(b'\n'))
        self.assertEqual(self.read('people.csv.1'), text.encode())

    def test_a_link_stays_a_link(self):
        os.mkdir(self.path('real'))
        os.rename(self.path('people.csv'), self.path('real/people.csv'))
        os.symlink('real/people.csv', self.path('people.csv'))
        self.learn(0, 'csv', 'list.csv', '--write')
        self.assertTrue(os.path.islink(self.path('people.csv')))
        self.assertEqual(sorted(os.listdir(self.path('real'))), ['people.csv', 'people.csv.1'])

    def test_columns_and_their_order_stay(self):
        self.put('people.csv', 'role,addresses,name\ncouncillor,cllr.todd@ashdown.example,Ray Todd\n')
        self.put('list.csv', 'name,role,addresses\n"Todd, Ray",councillor,cllr.todd@ashdown.example\nO\'Hara "Bud" Lee,councillor,b@x.example\n')
        self.learn(0, 'csv', 'list.csv', '--write')
        self.assertEqual(self.read().decode().split('\n')[0], 'role,addresses,name')
        self.assertEqual(self.rows()[1]['name'], 'O\'Hara "Bud" Lee')

    def test_nothing_is_left_behind(self):
        self.learn(0, 'csv', 'list.csv', '--write')
        self.assertEqual(sorted(name for name in os.listdir(self.folder) if name.startswith('people')), ['people.csv', 'people.csv.1'])


class Size(Directory):
    def test_ten_thousand(self):
        lines = ['p%d,Person %d,councillor,,,,p%d@ashdown.example,,,,,,,' % (i, i, i) for i in range(10000)]
        self.write('people.csv', HEADER + '\n' + '\n'.join(lines) + '\n')
        self.put('list.csv', HEADER + '\n' + '\n'.join(line.replace('councillor', 'officer') if i % 1000 == 0 else line for i, line in enumerate(lines)) + '\n')
        said = self.learn(0, 'csv', 'list.csv')
        self.assertEqual(said.count('becomes officer'), 10)

    def test_too_much(self):
        self.put('list.csv', 'name,role,email\n' + 'x,officer,x@x.example\n' * 20001)
        self.assertIn('more than 20000 people', self.learn(65, 'csv', 'list.csv'))
        self.put('list.csv', 'x' * (17 << 20))
        self.assertIn('larger than', self.learn(65, 'csv', 'list.csv'))
        self.put('list.csv', 'name,role,email\nx,officer,' + ';'.join('a%d@x.example' % i for i in range(5000)) + '\n')
        self.assertIn('more than 50 addresses', self.learn(1, 'csv', 'list.csv'))


if __name__ == '__main__':
    unittest.main()
