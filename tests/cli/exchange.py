#!/usr/bin/env python3
# exchange.py - `copyhold policy import-exchange`: exports of new and old Exchange servers, the drafts made of them, what is listed as not carried, and
# files that mean harm.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: exchange.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

HEAD = '<?xml version="1.0" encoding="utf-16" standalone="yes"?>\n<rules name="TransportVersioned">\n'


def cmdlet(name, command):
    return ('  <rule name="%s" id="f6d71858-c50f-4604-832b-135810ffac03" format="cmdlet">\n    <version requiredMinVersion="15.0.3.0">\n'
            '      <commandBlock><![CDATA[New-TransportRule -Name \'%s\' %s]]></commandBlock>\n    </version>\n  </rule>\n' % (name, name.replace("'", "''"), command))


EXPORT = HEAD + ''.join((
    cmdlet('Confidential stays in', "-Comments '\n\n' -Mode Enforce -FromScope InOrganization -SentToScope NotInOrganization "
           "-SubjectContainsWords 'CONFIDENTIAL','not for publication' -ExceptIfSubjectOrBodyContainsWords 'Ombudsman' "
           "-RejectMessageReasonText 'The Clerk''s leave is needed \"first\".' -RejectMessageEnhancedStatusCode '5.7.1' -SetAuditSeverity 'DoNotAudit'"),
    cmdlet('Press by name', "-Mode Enforce -FromMemberOf 'Councillors@marlbrook.example' -SentToScope NotInOrganization "
           "-ModerateMessageByUser @('clerk@marlbrook.example','deputy@marlbrook.example') -ExceptIfHasSenderOverride -StopRuleProcessing"),
    cmdlet('Company disclaimer', "-Mode Enforce -FromScope InOrganization -ApplyHtmlDisclaimerLocation Append "
           "-ApplyHtmlDisclaimerFallbackAction Wrap -ApplyHtmlDisclaimerText '<p>In confidence -SentToScope</p>'"),
    cmdlet('Words alone', "-SubjectOrBodyContainsWords 'bank details' -Quarantine $true -Enabled $false"),
    cmdlet('Patterns', "-SubjectMatchesPatterns '\\d{6}' -BlindCopyTo 'audit@marlbrook.example'"),
    cmdlet('Odd words', "-SubjectContainsWords '(a|b)' -FromScope InOrganization -SetSCL -1"))) + '</rules>\n'
OLD = '''<rules name="TransportVersioned">
  <rule name="Old one" comments="" enabled="false">
    <version minRequiredVersion="14.0.0.0">
      <condition><and><true />
        <contains property="Message.Subject"><value>tender</value><value>quotation</value></contains>
        <isInternal property="Message.From" />
        <not><contains property="Message.Subject"><value>published</value></contains></not>
      </and></condition>
      <action name="PrependSubject"><argument value="[TENDER] " /></action>
      <action name="LogEvent"><argument value="tender" /></action>
    </version>
  </rule>
</rules>
'''


class Exchange(run.Council):
    def draft(self, text, status=0, encoding='utf-16'):
        with open(self.path('rules.xml'), 'wb') as stream:
            stream.write(text.encode(encoding))
        return self.expect(status, 'policy', 'import-exchange', 'rules.xml')

    def rule(self, out, name):
        """The comments and the rule, or None when it was not written."""
        found = re.search(r'(?ms)^\t// ---- \d+\n((?:\t// .*?\n)*)\t\{\n(?:(?!^\t\}).)*?Draft from Exchange rule %s";.*?^\t\}' % re.escape(name), out)
        return found and found.group(0)

    def test_what_a_new_server_exports(self):
        out = self.draft(EXPORT).stdout
        rule = self.rule(out, 'Confidential stays in')
        self.assertIn('id = "exchange-1-confidential-stays-in";', rule)
        self.assertIn('when = ( "sender is of the council", "a recipient is outside the council", "the subject says exchange-1-1" );', rule)
        self.assertIn('unless = ( "it is about exchange-1-2" );', rule)
        self.assertIn('action = "hold";\n\t\tmode = "observe";', rule)
        self.assertIn('says = { en = "The Clerk\'s leave is needed \\"first\\"."; };', rule)
        self.assertIn('\texchange-1-1 = { any = ( "CONFIDENTIAL", "not for publication" ); };\n', out)
        self.assertEqual(rule.count('//'), 2, rule)
        self.assertEqual(self.draft(EXPORT, encoding='utf-8').stdout, out, 'saved by an editor as UTF-8')

    def test_what_is_not_carried_is_said_and_the_draft_is_off(self):
        out = self.draft(EXPORT).stdout
        rule = self.rule(out, 'Press by name')
        self.assertIn('// FromMemberOf: not carried: give these people a role, office or group in people.csv', rule)
        self.assertIn('// ExceptIfHasSenderOverride: not carried: there is no sentence for it', rule)
        self.assertIn('// StopRuleProcessing: every rule is asked', rule)
        self.assertIn('when = ( "a recipient is outside the council" );', rule)
        self.assertIn('action = "hold";\n\t\tmode = "off";', rule)
        self.assertIn('// SubjectContainsWords: not carried: write the words as phrases', self.rule(out, 'Odd words'))
        self.assertIn('// SetSCL: spam is not its business', self.rule(out, 'Odd words'))

    def test_deeds(self):
        out = self.draft(EXPORT).stdout
        rule = self.rule(out, 'Company disclaimer')
        self.assertIn('// ApplyHtmlDisclaimerText: the only lines that are added are those of footers', rule)
        self.assertIn('when = ( "sender is of the council" );\n\t\taction = "report";\n\t\tmode = "observe";', rule)
        rule = self.rule(out, 'Words alone')
        self.assertIn('// hold: words alone do not hold mail', rule)
        self.assertIn('action = "notify";\n\t\tmode = "off";', rule)

    def test_a_rule_without_anything_carried_is_only_listed(self):
        out = self.draft(EXPORT).stdout
        self.assertIsNone(self.rule(out, 'Patterns'))
        listed = out.partition('// Rule "Patterns":\n')[2]
        self.assertIn('SubjectMatchesPatterns: not carried', listed)
        self.assertIn('BlindCopyTo: no copy is sent to anybody', listed)
        self.assertIn('not written', listed)

    def test_what_an_old_server_exports(self):
        out = self.draft(OLD, encoding='utf-8').stdout
        rule = self.rule(out, 'Old one')
        self.assertIn('when = ( "the subject says exchange-1-1", "sender is of the council" );', rule)
        self.assertIn('exchange-1-1 = { any = ( "tender", "quotation" ); };', out)
        self.assertIn('// not: not carried', rule)
        self.assertIn('// action LogEvent: not carried', rule)
        self.assertIn('action = "flag";\n\t\tmode = "off";', rule)
        self.assertNotIn('published', out)

    def test_the_drafts_are_a_pack(self):
        """A name is text: it neither ends a comment nor a string."""
        evil = cmdlet('Break &quot;; }; } &#10;rules = ( x ) // \\', "-FromScope InOrganization -SentToScope InOrganization -NotifySender NotifyOnly")
        evil += cmdlet('Slots %{name} %{', "-FromScope InOrganization -RejectMessageReasonText '%{visible} and \\ and \"'")
        for text, encoding in ((EXPORT.replace('</rules>', evil + '</rules>'), 'utf-16'), (OLD, 'utf-8')):
            with open(self.path('exchange.conf'), 'w', encoding='utf-8') as stream:
                stream.write(self.draft(text, encoding=encoding).stdout)
            self.write('copyhold.conf', run.CONF.replace('"dunstable"', '"exchange"').replace('"enforce"', '"observe"'))
            self.assertIn(': good; ', self.expect(0, 'lint').stdout)
        self.assertIn('exchange-1-old-one', self.expect(0, 'rules').stdout)

    def test_words_that_a_word_processor_dressed_up(self):
        """Text is held against phrases in its plain form; a phrase with a curly quote would never match."""
        dressed = cmdlet('Dressed', "-FromScope InOrganization -SubjectContainsWords 'Clerk’s eyes only','not…'")
        self.assertIn('SubjectContainsWords: not carried', self.draft(HEAD + dressed + '</rules>').stdout)
        out = self.draft(HEAD + dressed.replace(",'not…'", '') + '</rules>').stdout
        self.assertIn('exchange-1-1 = { any = ( "Clerk\'s eyes only" ); };', out)

    def test_it_works(self):
        with open(self.path('exchange.conf'), 'w', encoding='utf-8') as stream:
            stream.write(self.draft(EXPORT).stdout)
        self.write('copyhold.conf', run.CONF.replace('"dunstable"', '"exchange"').replace('mode = "enforce";\n', ''))
        self.write('out.eml', run.BINS.replace('sadiq@ashdown', 'petrie@resident').replace('bins\n', 'Not for publication: bins\n', 1))
        found = self.expect(0, 'check', '--auth', 'dean', '--from', run.OFFICER, 'out.eml').stdout
        self.assertIn('exchange-1-confidential-stays-in', found)
        self.assertNotIn('exchange-2', found)

    def test_harm(self):
        laughs = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">%s]><rules><rule name="x"><version><commandBlock>&z;</commandBlock></version></rule></rules>' % \
            ''.join('<!ENTITY %s "%s">' % (chr(98 + i), ('&%s;' % chr(97 + i)) * 10) for i in range(25))
        outside = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rules><rule name="x"><commandBlock>&a;</commandBlock></rule></rules>'
        for text in (laughs, outside, EXPORT[:900], '', 'no XML', '<other/>', '<rules/>', '<a>' * 100000, '<rules><rule name="a">' * 2000):
            ran = self.draft(text, 65, 'utf-8')
            self.assertNotIn('root:', ran.stdout + ran.stderr)
            self.assertEqual(ran.stdout, '')
        self.draft(HEAD.replace('utf-16', 'utf-8') + '<rule name="r"/>' * 1001 + '</rules>', 65, 'utf-8')
        self.draft('<rules>' + ' ' * (9 << 20) + '</rules>', 65, 'utf-8')
        self.expect(65, 'policy', 'import-exchange', 'not-there.xml')
        self.expect(64, 'policy', 'import-exchange')
        self.expect(64, 'policy', 'import-exchange', 'a', 'b')
        for option in (('--json',), ('--words',), ('--pack', 'ours'), ('--document', 'ours'), ('--text', 'ours=a')):
            self.assertIn('belong to policy coverage', self.expect(64, 'policy', 'import-exchange', *option, 'rules.xml').stderr)

    def test_commands_that_are_torn(self):
        for command in ("-FromScope", "-FromScope 'InOrganization", "-", "-SubjectContainsWords @(", "'" * 99, '-From ' + "''," * 20000, '-FromScope ' + 'x,' * 50000):
            self.draft(HEAD + cmdlet('torn', command) + '</rules>')


if __name__ == '__main__':
    run.unittest.main()
