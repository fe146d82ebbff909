"""large_policy.py FOLDER [SHARE]: a policy of 1,000 rules, 10,000 phrases and 10,000 people, made from a seed: what a very large council, or
several that share one gate, would come to. SHARE, 0.25 say, makes a smaller one of the same kind.

One pack of its own and nothing shipped, so that its figures do not follow what the packs grow to. Phrases have the shapes of the shipped ones
(tests/bench/RESULTS says how long those are): plain words, alternatives, options, gaps, families filled in, expressions; a tenth is Welsh.
Each rule has a family that only it asks for, and in it a marker, a phrase of two names that nothing else in the policy has, so that a message
with it fires that rule and no other: by that the pack and the council have tests.
"""
import csv
import os
import random
import sys

RULES, PHRASES, PEOPLE = 1000, 10000, 10000
PACK_TESTS, COUNCIL_TESTS = 1000, 50
IN_FAMILY = PHRASES // RULES

NOUNS = ('allotment application appeal agreement account agenda adviser asset auction award balance boundary bridge budget building bursary '
         'campaign cemetery charter church claim clinic coach committee complaint concern contract copyright corner county court crossing culvert '
         'debt decision deed delivery deposit design developer dispute ditch donation drain easement election employer enquiry estate estimate '
         'evidence exhibition expense festival figure file fixture footpath fund garage garden grant grievance guarantee guideline hall harbour '
         'hearing hedge highway holding hospital hostel household inquiry inspection insurance interest interview invoice junction kennel kerb '
         'laboratory landlord lease ledger letter levy liability library licence loan lottery magistrate manager market meadow measure meeting '
         'memorandum merger minute mooring mortgage museum nomination notice objection occupant offer office opinion option order orchard '
         'ordinance overdraft owner parade parapet parking partner pavement pavilion payment penalty pension permit petition pipeline planner '
         'platform playground plot policy pond portfolio position possession precept premises procedure proceeding programme project promise '
         'proposal prosecution protest provider purchase quarry quotation railing receipt recital record reference refund register rehearsal '
         'relocation remittance rental repair report reserve reservoir resident resignation resolution restriction retainer revenue review river '
         'roadside roof routine salary sanction schedule scheme school seat section sector security seminar service settlement shelter shop '
         'signature solicitor sponsor square stable station statute steward storage stream street subsidy summons supplier survey surplus '
         'syllabus takeover tariff tender tenancy terrace timetable towpath trader transfer treasurer tribunal trustee tunnel turbine undertaking '
         'union valuation vehicle venture verdict viaduct village volunteer voucher wage waiver walkway warden warrant waterway weir wharf '
         'widening witness woodland workshop yard').split()
VERBS = ('accept acknowledge adjourn administer advertise advise agree allocate amend announce apologise approve arrange assess assign attend '
         'authorise award balance borrow build cancel certify circulate close collect commission commit compensate complete concede conclude '
         'confirm consent consult contest contribute convene convert correct counter decline defer delay delegate deliver demand demolish '
         'deposit disclose discount dismiss dispute distribute donate draft employ enclose encourage endorse enforce engage enlarge ensure enter '
         'examine exclude execute exempt extend finance forward fulfil fund grant guarantee hand help hire honour identify implement impose '
         'include inform inspect install instruct insure intend investigate invite issue join justify keep launch lease lend levy license lodge '
         'maintain mediate mention merge minute negotiate nominate notify object obtain occupy offer omit oppose order organise overrule owe '
         'pass pause pay permit pledge postpone prepare present press print proceed produce prohibit promise promote propose prosecute protect '
         'provide publish purchase question ratify receive recommend reconsider record recover redraft refer refund refuse register reject '
         'release remove renew rent repair repeat replace reply report represent request require rescind reserve resign resolve restore retain '
         'review revise scrap secure select sell send settle share sign sponsor start submit subscribe suggest supervise support surrender '
         'suspend terminate transfer treat undertake update uphold urge value visit vote waive warn welcome withdraw withhold witness').split()
ADJECTIVES = ('final formal further full fresh fair firm written annual approved binding local joint interim initial informal private public '
              'proposed provisional revised regular recent relevant reasonable separate standing statutory temporary urgent verbal voluntary '
              'agreed amended current disputed draft early earlier formal former independent internal likely limited main new official old open '
              'outstanding overdue own partial possible preferred previous prompt proper signed special sole strict substantial unpaid usual whole').split()
SMALL = 'the a our your their this that any all each no such some'.split()
TURNS = ('subject to', 'on behalf of', 'in respect of', 'without prejudice to', 'in the light of', 'with regard to', 'as soon as', 'by way of',
         'on condition of', 'in return for', 'at the expense of', 'in accordance with', 'for the purposes of', 'in line with', 'ahead of')
WELSH = ('cytundeb cytuno cais ceisiadau cyngor cynghorydd cynghorwyr cyfarfod cofnodion cwyn cwynion taliad talu anfoneb archeb contract '
         'les tenantiaeth trwydded caniatâd penderfyniad penderfynu cymeradwyo cymeradwyaeth gwrthod gwrthwynebu ymrwymo ymrwymiad addo addewid '
         'llythyr neges adroddiad cyfrif cyllideb grant rhodd cronfa prosiect cynllun cynllunio datblygu datblygwr adeilad neuadd llyfrgell '
         'ysgol eglwys mynwent maes chwarae llwybr ffordd pont afon glan coed gardd rhandir marchnad siop busnes cwmni ymddiriedolaeth elusen '
         'aelod aelodau swyddog swyddogion clerc maer arweinydd trysorydd cadeirydd pwyllgor gweithgor etholiad pleidlais deiseb ymgynghoriad '
         'wasg datganiad cyhoeddi rhannu cyfrinachol preifat brys terfynol ffurfiol ysgrifenedig blynyddol lleol newydd blaenorol tŷ dŵr').split()
WELSH_SMALL = "y yr ein eich ar gyfer o'r i'r gan am ynghylch yn unol â heb dim holl".split()
ONSETS = 'bramble coster dunnock elver fallow gorse hazel inkle jarrow kestrel lomax marram nettle orrin pellow quill rowan saffron tansy ulver'.split()
ENDS = 'by combe dale fell gate ham hurst ing ley mere ness owe pool rig stead thorpe ton wick worth yard'.split()


def plural(word):
    return word[:-1] + 'ies' if word.endswith('y') and word[-2] not in 'aeou' else word + 's'


def some(rng, words, least, most):
    return rng.sample(words, rng.randint(least, most))


def noun(rng):
    word = rng.choice(NOUNS)
    return rng.choice([word, word, plural(word), word + '[s]'])


def either(rng, words, least=2, most=9):
    return '(%s)' % '|'.join(some(rng, words, least, most))


def plain(rng):
    return rng.choice(['%(verb)s %(small)s %(noun)s', '%(adjective)s %(noun)s', '%(turn)s %(small)s %(adjective)s %(noun)s',
                       '%(noun)s %(turn)s %(noun2)s', '%(verb)s %(small)s %(adjective)s %(noun)s']) % {
        'verb': rng.choice(VERBS), 'small': rng.choice(SMALL), 'noun': rng.choice(NOUNS), 'noun2': plural(rng.choice(NOUNS)),
        'adjective': rng.choice(ADJECTIVES), 'turn': rng.choice(TURNS)}


def alternatives(rng):
    return '%s %s %s' % (either(rng, VERBS), rng.choice([rng.choice(SMALL), either(rng, SMALL, 2, 5)]),
                         rng.choice([noun(rng), either(rng, NOUNS), either(rng, NOUNS, 4, 14)]))


def options(rng):
    return '%s [%s] [%s] %s [%s]' % (either(rng, VERBS, 2, 6), '|'.join(some(rng, SMALL, 1, 4)), '|'.join(some(rng, ADJECTIVES, 1, 6)),
                                     rng.choice([noun(rng), either(rng, NOUNS)]), rng.choice(TURNS))


def gap(rng):
    return '%s ... %s' % (either(rng, VERBS, 1, 5), either(rng, NOUNS, 1, 8))


def lengthy(rng):
    return '%s [%s] %s ... %s' % (either(rng, VERBS, 5, 14), '|'.join(some(rng, SMALL, 2, 5)), either(rng, NOUNS, 5, 16), either(rng, NOUNS, 3, 10))


def stem(rng):
    return '%s* %s %s' % (rng.choice(VERBS)[:6], rng.choice(SMALL), noun(rng))


def expression(rng):
    one, two = '|'.join(some(rng, VERBS, 2, 6)), '|'.join(some(rng, NOUNS, 2, 8))
    return rng.choice([r'/\\b(?:%s)(?:s|ed|ing)?\\s+(?:%s\\s+)?(?:%s)s?\\b/' % (one, '|'.join(some(rng, SMALL, 2, 5)), two),
                       r'/\\b(?:%s)\\s+(?:[\\w\'-]+\\s+){0,4}?(?:%s)\\b(?!\\s+(?:%s))/' % (one, two, '|'.join(some(rng, ADJECTIVES, 2, 4))),
                       r'/\\b%s\\s*(?:no|number|ref)\\.?\\s*\\d{3,}\\b/' % rng.choice(NOUNS)])


def welsh(rng):
    word = rng.choice(WELSH)
    return rng.choice(['%s %s %s' % (word, rng.choice(WELSH_SMALL), rng.choice(WELSH)),
                       '%s [%s] %s' % (either(rng, WELSH, 2, 8), rng.choice(WELSH_SMALL), either(rng, WELSH, 1, 6)),
                       '%s ... %s' % (word, either(rng, WELSH, 1, 7)),
                       r'/\\b(?:%s)\\s+(?:%s\\s+)?(?:%s)\\b/' % ('|'.join(some(rng, WELSH, 2, 5)), '|'.join(some(rng, WELSH_SMALL, 2, 4)),
                                                              '|'.join(some(rng, WELSH, 2, 6)))])


# How many of a hundred phrases have which shape.
SHAPES = ((plain, 20), (alternatives, 21), (options, 12), (gap, 7), (lengthy, 12), (stem, 3), (expression, 14), (welsh, 11))


def marker(number):
    """Two made-up names that no other phrase has."""
    first, second = divmod(number, len(ENDS) * len(ONSETS))
    return '%s%s %saffair' % (ONSETS[second % len(ONSETS)], ENDS[second // len(ONSETS)], ONSETS[first] + ' ' if first else '')


def family_name(number):
    return 'matter-%04d' % number


def make_families(rng, rules, phrases):
    """A family for each rule; the last phrase of every third is made of the family before it."""
    shapes, weights = zip(*SHAPES)
    families, seen = [], set()
    for number in range(rules):
        wanted = phrases // rules + (number < phrases % rules)
        family = [marker(number)]
        while len(family) < wanted:
            phrase = '%s {names-%02d}' % (rng.choice(VERBS), number % 40) if number % 3 == 0 and len(family) == wanted - 1 else rng.choices(shapes, weights)[0](rng)
            if phrase not in seen:
                family.append(phrase)
                seen.add(phrase)
        families.append(family)
    return families


# Who writes to whom: the head of a test's message; conditions that hold of it; exceptions that could hold of such mail, and not of this message.
SCENES = (
    ({'from': 'Ruth Ames <clerk@marlbrook.example>', 'to': 'Cllr Carl Moss <cllr.moss@marlbrook.example>'},
     ('sender is officer', 'addressed to one councillor', 'mail is internal', 'every recipient is of the council', 'it reaches a councillor'),
     ('it carries an explicit marking', 'a list is visible', 'a councillor is hidden', 'it claims to be automatic', 'a file is attached')),
    ({'from': 'Cllr Carl Moss <cllr.moss@marlbrook.example>', 'to': 'Tom Birch <tom.birch@marlbrook.example>'},
     ('sender is councillor', 'addressed to one officer', 'an addressee is officer', 'mail is internal'),
     ('it carries an explicit marking', 'a recipient is a third party', 'it reaches a councillor', 'it claims to be automatic', 'a file is attached')),
    ({'from': 'Cllr Carl Moss <cllr.moss@marlbrook.example>', 'to': 'sales@contractor.example'},
     ('sender is councillor', 'mail is outgoing', 'a recipient is a third party', 'a recipient is outside the council'),
     ('it carries an explicit marking', 'a recipient is officer', 'it reaches a councillor', 'it claims to be automatic', 'a recipient is press')),
    ({'from': 'Dev Patel <rfo@marlbrook.example>', 'to': 'sales@contractor.example'},
     ('sender is officer', 'sender holds office rfo', 'mail is outgoing', 'a recipient is outside the council', 'sender is of the council'),
     ('it carries an explicit marking', 'it reaches a councillor', 'the author cancels the marking', 'a recipient is auditor', 'a recipient is bank')),
)
ACTIONS = ('report', 'notify', 'notify', 'flag', 'report')
MODES = ('observe', 'observe', 'advise', 'enforce')


def rule_of(rng, number, rules):
    """(what it is in settings, the scene of its test)"""
    head, holds, excepts = SCENES[number % len(SCENES)]
    words = 'the author %s %s' % (rng.choice(['says', 'says', 'states']), family_name(number))
    others = [other for other in some(rng, range(rules), 4, 4) if other != number]
    rare, *excepts = some(rng, excepts, len(excepts), len(excepts))
    if rng.random() < 0.3:
        words += ' or: it is about %s and: %s' % (family_name(others[0]), rare)
    when = some(rng, holds, 1, 3) + [words]
    unless = some(rng, excepts, 0, 2)
    if rng.random() < 0.6:
        unless.append('the author %s %s' % (rng.choice(['says', 'states']), family_name(others[1])))
    if rng.random() < 0.2:
        unless.append('it is about %s and: it is about %s' % (family_name(others[2]), family_name(others[0])))
    ladder = ''
    if rng.random() < 0.15:
        ladder = '\t\tprovided = ( "not: it is about %s" );\n\t\totherwise = "report";\n' % family_name(others[-1])
    lists = ''.join('\t\t%s = (\n%s\n\t\t);\n' % (key, ',\n'.join('\t\t\t"%s"' % sentence for sentence in sentences))
                    for key, sentences in (('when', when), ('unless', unless)) if sentences)
    thing, deed = rng.choice(NOUNS), rng.choice(VERBS)
    return ('\t{\n\t\tid = "rule-%04d";\n\t\tclause = "Large Protocol, Part %d, paragraph %d";\n'
            '\t\tquote = "No %s shall be put forward where the Council has yet to %s a %s, save as the Clerk may %s.";\n%s'
            '\t\taction = "%s";\n%s\t\tmode = "%s";\n'
            '\t\treasons = ( "The Council had agreed to it", "The %s was of another matter" );\n'
            '\t\tsays = {\n\t\t\ten = "It looks as though this message would %s a %s, which is for the Council to do.";\n'
            '\t\t\tcy = "Mae\'r neges hon yn ymdrin â mater y mae\'r Cyngor i benderfynu arno.";\n\t\t};\n'
            '\t\tremedy = {\n\t\t\ten = "Ask the Clerk to put the %s on the agenda.";\n\t\t\tcy = "Gofynnwch i\'r Clerc roi\'r mater ar yr agenda.";\n\t\t};\n\t}' % (
                number, number // 50 + 1, number % 50 + 1, thing, deed, rng.choice(NOUNS), rng.choice(VERBS), lists, rng.choice(ACTIONS), ladder,
                rng.choice(MODES), thing, deed, thing, thing))


def test_of(number):
    head = SCENES[number % len(SCENES)][0]
    return ('\t{\n\t\tname = "%s";\n\t\tfrom = "%s";\n\t\tto = "%s";\n\t\tsubject = "Thursday";\n'
            '\t\ttext = "Hello,\\n\\nThere is the %s to be gone into.\\n\\nThanks";\n\t\tfires = [ "rule-%04d" ];\n\t}' % (
                family_name(number), head['from'], head['to'], marker(number), number))


def write_phrases(out, families):
    rng = random.Random(40)
    out.write('phrases = {\n\tnot-meant = ( "by no means", "nothing to do with", "far from (it|that)", "dim byd i\'w wneud â" );\n')
    for number in range(40):
        out.write('\tnames-%02d = ( %s );\n' % (number, ', '.join('"%s"' % word for word in some(rng, NOUNS, 3, 8))))
    for number, family in enumerate(families):
        unless = '\t\tunless = ( "not-meant" );\n' if number % 20 == 19 else ''
        out.write('\t%s = {\n\t\tany = (\n%s\n\t\t);\n%s\t};\n' % (family_name(number), ',\n'.join('\t\t\t"%s"' % phrase for phrase in family), unless))
    out.write('};\n\n')


def write_pack(folder, rng, rules, phrases):
    families = make_families(rng, rules, phrases)
    os.makedirs(os.path.join(folder, 'packs'), exist_ok=True)
    with open(os.path.join(folder, 'packs', 'large.conf'), 'w', encoding='utf-8') as out:
        out.write('pack = { name = "large"; title = "a large policy"; document = "Large Protocol"; tests = [ "large-tests.conf" ]; };\n\n')
        write_phrases(out, families)
        out.write('rules = (\n%s\n);\n' % ',\n'.join(rule_of(rng, number, rules) for number in range(rules)))
    with open(os.path.join(folder, 'packs', 'large-tests.conf'), 'w', encoding='utf-8') as out:
        out.write('%sdirectory = "../people.csv";\npacks = [ "large" ];\nmode = "enforce";\nreviewers = [ "clerk@marlbrook.example" ];\n\ntests = (\n%s\n);\n' % (
            COUNCIL, ',\n'.join(test_of(number) for number in range(min(rules, PACK_TESTS)))))


SURNAMES = ('Ashby Barlow Bevan Bright Carver Clarke Cooper Davies Dixon Ellis Evans Foster Gibbs Griffiths Hale Harris Holt Hughes Iqbal James '
            'Jenkins Kaur Kelly Lewis Lloyd Mason Mills Morgan Nash Norris Owen Parry Patel Pugh Quinn Rees Roberts Rowe Shah Smith Sykes Taylor '
            'Thomas Turner Vaughan Walsh Watts Webb Williams Young').split()
FIRST = ('Aled Alice Amina Ben Beth Carys Chloe Daniel Dylan Elin Emma Farah Ffion George Gwen Harri Helen Ioan Isla Jack Jasmine Karen Kofi Lena '
         'Liam Mair Megan Nia Noah Olga Owain Priya Rhys Rosa Sara Sion Tariq Tegan Tom Una Victor Wendy Yusuf Zoe').split()
WARDS = ['Castle', 'Mill', 'Priory', 'Harbour', 'Northfield', 'Westgate']
GROUPS = ['Blue', 'Green', 'Red', 'Independent', 'Yellow']
# Of a hundred people: how many have which role.
ROLES = ((70, 'resident'), (8, 'officer'), (7, 'contractor'), (4, 'authority'), (3, 'councillor'), (3, 'press'), (2, 'adviser'), (1, 'bank'), (1, 'auditor'), (1, 'protected'))


def person(rng, number, role, columns):
    name = '%s %s' % (rng.choice(FIRST), rng.choice(SURNAMES))
    if number % 3 == 0:
        name = '%s %s-%s' % (name.split()[0], rng.choice(SURNAMES), name.split()[1])
    local = '%s.%d' % (name.lower().replace(' ', '.'), number)
    row = {'id': 'p%d' % number, 'name': name, 'role': role, 'addresses': local + ('@marlbrook.example' if role in ('councillor', 'officer') else '@post.example')}
    if number % 4 == 0:
        row['addresses'] += ';%s@mailbox.example' % local
    if role == 'councillor':
        row.update(group=rng.choice(GROUPS), ward=rng.choice(WARDS), offices='committee-chair' if number % 9 == 0 else '')
    if role in ('councillor', 'officer'):
        row.update({'from': '20%02d-05-0%d' % (rng.randint(10, 24), rng.randint(1, 9)), 'logins': 'user%d' % number})
    if number % 11 == 0:
        row['welsh_name'] = '%s ap %s' % (rng.choice(FIRST), rng.choice(SURNAMES))
    return [row.get(column, '') for column in columns]


def write_people(folder, sample, rng, people):
    """The sample council first; a list for every hundred people."""
    with open(os.path.join(sample, 'people.csv'), encoding='utf-8', newline='') as source:
        rows = list(csv.reader(source))
    columns, roles = rows[0], [role for count, role in ROLES for _ in range(count)]
    for number in range(people - len(rows) + 1 - people // 100):
        rows.append(person(rng, number, roles[number % 100], columns))
    within = [row[columns.index('addresses')].split(';')[0] for row in rows if row[columns.index('role')] in ('councillor', 'officer')]
    for number in range(people // 100):
        row = {'name': 'Working party %d' % number, 'role': 'list', 'addresses': 'party%d@marlbrook.example' % number,
               'members': ';'.join(some(rng, within, 3, 12)), 'owner': 'clerk@marlbrook.example'}
        rows.append([row.get(column, '') for column in columns])
    with open(os.path.join(folder, 'people.csv'), 'w', encoding='utf-8', newline='') as out:
        csv.writer(out, lineterminator='\n').writerows(rows)


COUNCIL = ('council = { name = "Marlbrook Town Council"; domains = [ "marlbrook.example" ]; authority = { minute = "25/044"; '
           'date = "2026-01-12"; }; second_reviewer = "mo@wexshire.example"; notice_from = "protocol-help@marlbrook.example"; };\n')
DOORS = 'milter = { socket = "unix:/run/copyhold-bench.sock"; };\nrelease = { socket = "no-such-socket"; };\n'


def write_large(sample, folder, share=1.0, council_tests=COUNCIL_TESTS, doors=DOORS, more=''):
    """The configuration in `folder`; its path. `doors` says where gate and MTA meet, `more` goes into the council's own file too."""
    rng = random.Random(20261126)
    rules, phrases, people = (int(count * share) for count in (RULES, PHRASES, PEOPLE))
    os.makedirs(folder, exist_ok=True)
    write_pack(folder, rng, rules, phrases)
    write_people(folder, sample, rng, people)
    tests = 'tests = (\n%s\n);\n' % ',\n'.join(test_of(number * rules // council_tests) for number in range(council_tests)) if council_tests else ''
    path = os.path.join(folder, 'copyhold.conf')
    with open(path, 'w', encoding='utf-8') as out:
        out.write('%sdirectory = "people.csv";\npacks = [ "large" ];\nreviewers = [ "clerk@marlbrook.example" ];\nstore = "state";\n%s%s%s' % (
            COUNCIL, doors, more, tests))
    return path


if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__))
    print(write_large(os.path.join(here, '../../conf/sample'), sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1.0))
