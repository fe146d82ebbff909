/* test_facts.c - who sends, which way, who is a third party, and in whose name it is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "case.h"

static void test_networks(void **state)
{
	static const struct {
		const char *network, *client;
		bool valid, within;
	} cases[] = {
		{ "10.0.0.0/8", "10.1.2.3", true, true },
		{ "10.0.0.0/8", "11.1.2.3", true, false },
		{ "10.0.0.0/8", "::ffff:10.1.2.3", true, true },
		{ "192.0.2.7", "192.0.2.7", true, true },
		{ "192.0.2.7", "192.0.2.8", true, false },
		{ "192.0.2.4/30", "192.0.2.7", true, true },
		{ "192.0.2.4/30", "192.0.2.8", true, false },
		{ "0.0.0.0/0", "203.0.113.1", true, true },
		{ "0.0.0.0/0", "2001:db8::1", true, false },
		{ "2001:db8::/32", "2001:db8:1::5", true, true },
		{ "2001:db8::/32", "2001:db9::5", true, false },
		{ "2001:db8::/33", "2001:db8:8000::5", true, false },
		{ "2001:DB8::/32", "IPv6:2001:db8::5", true, true },
		{ "::/0", "2001:db8::5", true, true },
		{ "10.0.0.0/33", "10.0.0.1", false, false },
		{ "10.0.0.0/", "10.0.0.1", false, false },
		{ "10.0.0.0/-1", "10.0.0.1", false, false },
		{ "10.0.0.0/8x", "10.0.0.1", false, false },
		{ "10.0.0/8", "10.0.0.1", false, false },
		{ "mail.example", "10.0.0.1", false, false },
		{ "", "", false, false },
		{ "10.0.0.0/8", "unknown", true, false },
		{ "2001:db8::/129", "2001:db8::1", false, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (network_is_valid(cases[i].network) != cases[i].valid ||
		    network_contains(cases[i].network, cases[i].client) != cases[i].within)
			fail_msg("%s and %s", cases[i].network, cases[i].client);
}

#define TO(address) "To: " address "\n\nHello\n"
#define FROM(address) "From: " address "\n"

static const struct {
	struct case_of of;
	const char *sender; /* NULL: a stranger */
	enum role role;
	enum direction direction;
} senders[] = {
	{ { "clerk@marlbrook.example", "clerk@marlbrook.example", NULL, "cllr.moss@marlbrook.example", TO("a@b.example") }, "Ruth Ames", ROLE_OFFICER, DIRECTION_INTERNAL },
	{ { "RAMES", "info@marlbrook.example", NULL, "x@post.example cllr.moss@marlbrook.example", TO("a@b.example") }, "Ruth Ames", ROLE_OFFICER, DIRECTION_OUTGOING },
	{ { "lena.fox", "cllr.khan@marlbrook.example", NULL, "x@post.example", FROM("cllr.khan@marlbrook.example") TO("a@b.example") }, "Lena Fox", ROLE_OFFICER, DIRECTION_OUTGOING },
	/* a councillor's private address is outside the domains */
	{ { "carl", NULL, NULL, "amir@home.example", TO("a@b.example") }, "Carl Moss", ROLE_COUNCILLOR, DIRECTION_OUTGOING },
	{ { "cllr.todd@marlbrook.example", NULL, NULL, "clerk@marlbrook.example", TO("a@b.example") }, "Ray Todd", ROLE_NONE, DIRECTION_INTERNAL },
	{ { "deputy", NULL, NULL, "clerk@marlbrook.example", TO("a@b.example") }, "Deputy", ROLE_OFFICER, DIRECTION_INTERNAL },
	{ { "planning@marlbrook.example", NULL, NULL, "clerk@marlbrook.example", TO("a@b.example") }, "Planning committee", ROLE_LIST, DIRECTION_INTERNAL },
	{ { "nobody", "clerk@marlbrook.example", NULL, "clerk@marlbrook.example", TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
	/* a connector signs in under a name of its own; the relay still vouches, but not one that is not trusted */
	{ { "connector", "clerk@marlbrook.example", "192.0.2.1", "clerk@marlbrook.example", TO("a@b.example") }, "Ruth Ames", ROLE_OFFICER, DIRECTION_INTERNAL },
	{ { "connector", "clerk@marlbrook.example", "203.0.113.9", "clerk@marlbrook.example", TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
	/* H01: From is not asked */
	{ { NULL, "cllr.khan@marlbrook.example", "203.0.113.9", "clerk@marlbrook.example", FROM("cllr.khan@marlbrook.example") TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
	{ { NULL, "cllr.khan@marlbrook.example", NULL, "clerk@marlbrook.example", TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
	{ { NULL, "cllr.khan@marlbrook.example", NULL, "x@post.example", TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_OUTGOING },
	{ { NULL, "CLLR.Khan+a@marlbrook.example", "192.0.2.1", "clerk@marlbrook.example", TO("a@b.example") }, "Amir Khan", ROLE_COUNCILLOR, DIRECTION_INTERNAL },
	/* council domains only */
	{ { NULL, "amir@home.example", "192.0.2.1", "clerk@marlbrook.example", TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
	{ { NULL, "stranger@marlbrook.example", "192.0.2.1", "clerk@marlbrook.example", TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
	{ { NULL, "", "192.0.2.1", "clerk@marlbrook.example", FROM("clerk@marlbrook.example") TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
	{ { NULL, "srs=x@relay.example", "198.51.100.7", "clerk@marlbrook.example", FROM("Ruth <clerk@marlbrook.example>") TO("a@b.example") }, "Ruth Ames", ROLE_OFFICER, DIRECTION_INTERNAL },
	{ { NULL, "x@relay.example", "2001:db8::9", "ivy.webb@post.example", FROM("clerk@marlbrook.example") TO("a@b.example") }, "Ruth Ames", ROLE_OFFICER, DIRECTION_OUTGOING },
	{ { NULL, "x@relay.example", "198.51.100.7", "clerk@marlbrook.example", FROM("clerk@marlbrook.example, cllr.khan@marlbrook.example") TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
	{ { NULL, "clerk@marlbrook.example", "198.51.100.8", "clerk@marlbrook.example", FROM("clerk@marlbrook.example") TO("a@b.example") }, NULL, ROLE_NONE, DIRECTION_INCOMING },
};

static void test_senders(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof senders / sizeof *senders; i++) {
		const struct facts *facts = facts_of(&fixture, &senders[i].of);
		const char *name = facts->sender.person == NULL ? NULL : facts->sender.person->name;
		if (facts->sender_known != (senders[i].sender != NULL) || (name == NULL) != (senders[i].sender == NULL) ||
		    (name != NULL && strcmp(name, senders[i].sender) != 0))
			fail_msg("case %zu: sender %s", i, name == NULL ? "nobody" : name);
		if (facts->sender.role != senders[i].role)
			fail_msg("case %zu: role %s", i, role_name(facts->sender.role));
		if (facts->direction != senders[i].direction)
			fail_msg("case %zu: %s", i, direction_name(facts->direction));
		assert_int_equal(facts->sender_by != NULL, facts->sender_known);
		assert_non_null(facts->sender.address);
	}
	fixture_free(&fixture);
}

static const struct {
	const char *address;
	enum role role;
	bool third_party;
	const char *exempt;
} parties[] = {
	{ "cllr.khan@marlbrook.example", ROLE_COUNCILLOR, false, NULL },
	{ "AMIR+x@home.example", ROLE_COUNCILLOR, false, NULL },       /* a private address is the councillor */
	{ "cllr.webb-hall@wexshire.example", ROLE_COUNCILLOR, false, NULL },
	{ "sian@xn--t-foa.example", ROLE_COUNCILLOR, false, NULL },
	{ "clerk@marlbrook.example", ROLE_OFFICER, false, NULL },
	{ "cllr.todd@marlbrook.example", ROLE_NONE, true, NULL },      /* out of office, at the council's address */
	{ "stranger@marlbrook.example", ROLE_NONE, false, NULL },      /* an unlisted mailbox of the council */
	{ "stranger@old-marlbrook.example", ROLE_NONE, false, NULL },
	{ "stranger@post.example", ROLE_NONE, true, NULL },
	{ "carl.moss@gmail.com", ROLE_NONE, true, NULL },              /* nearly his */
	{ "carlmoss77@gmail.com", ROLE_COUNCILLOR, false, NULL },
	{ "k.lamb@lambkeyes.example", ROLE_ADVISER, false, "adviser" },
	{ "other@lambkeyes.example", ROLE_NONE, true, NULL },          /* a person, not a domain */
	{ "audit@audit.example", ROLE_AUDITOR, false, "auditor" },
	{ "mo@wexshire.example", ROLE_OVERSIGHT, false, "oversight" },
	{ "p.doyle@union.example", ROLE_PROTECTED, false, "protected" },
	{ "newsdesk@gazette.example", ROLE_PRESS, true, NULL },
	{ "ps@communities.example", ROLE_MINISTER, true, NULL },
	{ "cllr.dunn@wexshire.example", ROLE_AUTHORITY, true, NULL },
	{ "ivy.webb@post.example", ROLE_COMPLAINANT, true, NULL },
	{ "contracts@oakfield.example", ROLE_CONTRACTOR, true, NULL },
	{ "jo.vale@post.example", ROLE_COMPLAINANT, true, NULL },      /* an adviser who complains */
	{ "cllr.aziz@marlbrook.example", ROLE_COUNCILLOR, false, NULL }, /* a councillor who once complained */
	{ "allcouncillors@marlbrook.example", ROLE_LIST, false, NULL },
	{ "planning@marlbrook.example", ROLE_LIST, false, NULL },
	{ "archive@marlbrook.example", ROLE_LIST, false, NULL },
	{ "news@marlbrook.example", ROLE_LIST, true, NULL },
	{ "liaison@marlbrook.example", ROLE_LIST, true, NULL },        /* the press is on it */
	{ "advisers@marlbrook.example", ROLE_LIST, false, "adviser" },
	{ "not an address", ROLE_NONE, true, NULL },
};

static void test_parties(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
		const char *recipients[] = { parties[i].address };
		struct envelope envelope = { "", recipients, 1, NULL, NULL, 1772442000 };
		const struct facts *any = facts_of(&fixture, &(struct case_of){ .rcpt = "x@y.example", .message = TO("x@y.example") });
		const struct facts *facts = facts_gather(fixture.arena, &envelope, any->reading, NULL, fixture.people.directory, &case_council,
							 fixture.lexicon, fixture.scratch);
		const struct party *party = &facts->recipients[0].party;
		if (party->role != parties[i].role || party->third_party != parties[i].third_party ||
		    (party->exempt == NULL) != (parties[i].exempt == NULL))
			fail_msg("%s: %s, third party %d, exempt %s", parties[i].address, role_name(party->role), party->third_party,
				 party->exempt == NULL ? "no" : party->exempt);
		if (parties[i].exempt != NULL)
			assert_string_equal(party->exempt, parties[i].exempt);
	}
	fixture_free(&fixture);
}

#define KHAN "From: Amir Khan <cllr.khan@marlbrook.example>\nTo: contracts@oakfield.example\nSubject: Fence\n\n"
#define CLERK "From: Marlbrook Town Council <clerk@marlbrook.example>\nTo: contracts@oakfield.example\nSubject: Fence\n\n"
#define BODY "Dear Sirs,\n\nWe accept your quotation for the fence. Please proceed.\n\n"

static const struct {
	const char *auth, *message;
	enum name_source source;
	const char *person; /* NULL: not one */
	bool councillor, officer;
} names[] = {
	{ "cllr.khan", KHAN BODY "Kind regards\n\nAmir Khan\nTown Mayor\nOn behalf of Marlbrook Town Council\n", NAME_FROM_SIGNATURE, "Amir Khan", true, false },
	{ "clerk", CLERK BODY "Kind regards\n\nRuth Ames\nTown Clerk\n", NAME_FROM_SIGNATURE, "Ruth Ames", false, true },
	/* C03: the clerk's mailbox, a councillor's name */
	{ "clerk", CLERK BODY "Yours sincerely\n\nCllr Amir Khan\nMayor\n", NAME_FROM_SIGNATURE, "Amir Khan", true, false },
	/* C39 */
	{ "cllr.khan", KHAN BODY "Yours sincerely\n\nRuth Ames\nTown Clerk\n", NAME_FROM_SIGNATURE, "Ruth Ames", false, true },
	/* a title counts when the name is nobody's we know */
	{ "clerk", CLERK BODY "Yours sincerely\n\nCllr Zachary Quill\nWard Member\n", NAME_FROM_SIGNATURE, NULL, true, false },
	/* two of one surname */
	{ "clerk", CLERK BODY "Yours sincerely\n\nCllr Jones\n", NAME_FROM_SIGNATURE, NULL, true, false },
	{ "cllr.khan", KHAN BODY "Thanks\n", NAME_FROM_FROM, "Amir Khan", true, false },
	{ "lena.fox", "From: info@marlbrook.example\nTo: x@y.example\n\n" BODY, NAME_FROM_FROM, "Lena Fox", false, true },
	/* C04: From is the councillor's, whoever sends */
	{ "lena.fox", "From: cllr.khan@marlbrook.example\nSender: lena.fox@marlbrook.example\nTo: x@y.example\n\n" BODY, NAME_FROM_FROM, "Amir Khan", true, false },
	{ "lena.fox", "From: Cllr Amir Khan <info@marlbrook.example>\nTo: x@y.example\n\n" BODY, NAME_FROM_FROM, "Amir Khan", true, false },
	{ "lena.fox", "From: parlour@marlbrook.example\nSender: cllr.khan@marlbrook.example\nTo: x@y.example\n\n" BODY, NAME_FROM_SENDER, "Amir Khan", true, false },
	{ "lena.fox", "From: parlour@marlbrook.example\nTo: x@y.example\n\n" BODY, NAME_FROM_SENDER, "Lena Fox", false, true },
	{ "deputy", "From: deputy@marlbrook.example\nTo: x@y.example\n\n" BODY, NAME_FROM_FROM, NULL, false, true },
	{ NULL, "From: x@post.example\nTo: x@y.example\n\n" BODY, NAME_UNKNOWN, NULL, false, false },
	/* H01: a stranger with a councillor's name */
	{ NULL, KHAN BODY "Yours sincerely\n\nCllr Amir Khan\nMayor\n", NAME_UNKNOWN, NULL, false, false },
	/* somebody else's name in a councillor's mail */
	{ "cllr.khan", KHAN BODY "Kind regards\n\nJane Doe\n", NAME_FROM_FROM, "Amir Khan", true, false },
};

static const struct {
	struct case_of of;
	const char *another, *note; /* words of it, or NULL */
} from_lines[] = {
	{ { "lena.fox", "", NULL, "x@y.example", FROM("cllr.khan@marlbrook.example") TO("x@y.example") }, "Amir Khan", "Lena Fox sent it, but From gives cllr.khan@" },
	{ { "carl", "", NULL, "x@y.example", FROM("Clerk <clerk@marlbrook.example>") TO("x@y.example") }, "Ruth Ames", "Carl Moss sent it, but From gives clerk@" },
	{ { "lena.fox", "", NULL, "x@y.example", FROM("info@marlbrook.example") TO("x@y.example") }, NULL, NULL },
	{ { "lena.fox", "", NULL, "x@y.example", FROM("ivy.webb@post.example") TO("x@y.example") }, NULL, NULL },
	{ { "lena.fox", "", NULL, "x@y.example", TO("x@y.example") }, NULL, NULL },
	/* H01: nobody vouches */
	{ { NULL, "cllr.khan@marlbrook.example", "203.0.113.9", "clerk@marlbrook.example", FROM("cllr.khan@marlbrook.example") TO("a@b.example") }, NULL,
	  "From gives cllr.khan@marlbrook.example, but nobody signed in" },
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("nobody.we.know@marlbrook.example") TO("a@b.example") }, NULL,
	  "From gives nobody.we.know@marlbrook.example" },
	/* C31: a stranger by somebody's name */
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("Amir Khan <x@post.example>") TO("a@b.example") }, NULL,
	  "From gives the name of Amir Khan, but x@post.example" },
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("\"Cllr Amir Khan, Mayor\" <x@post.example>") TO("a@b.example") }, NULL,
	  "the name of Amir Khan" },
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("\"KHAN, Amir\" <x@post.example>") TO("a@b.example") }, NULL,
	  "the name of Amir Khan" },
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example",
	    FROM("\"Amir Khan <cllr.khan@marlbrook.example>\" <x@post.example>") TO("a@b.example") }, NULL,
	  "From gives the name of Amir Khan, but x@post.example" },
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("Ruth Ames <x@post.example>") TO("a@b.example") }, NULL,
	  "the name of Ruth Ames" },
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("Mr Khan <x@post.example>") TO("a@b.example") }, NULL, NULL },
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("Khan <x@post.example>") TO("a@b.example") }, NULL, NULL },
	{ { NULL, "x@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("Amina Khan <x@post.example>") TO("a@b.example") }, NULL, NULL },
	{ { NULL, "ivy.webb@post.example", "203.0.113.9", "clerk@marlbrook.example", FROM("Ivy Webb <ivy.webb@post.example>") TO("a@b.example") }, NULL, NULL },
	{ { NULL, "", NULL, "clerk@marlbrook.example", TO("a@b.example") }, NULL, NULL },
	/* protected correspondents are in no log */
	{ { NULL, "x@post.example", "203.0.113.9", "p.doyle@union.example", FROM("cllr.khan@marlbrook.example") TO("a@b.example") }, NULL, NULL },
	{ { "lena.fox", "", NULL, "p.doyle@union.example", FROM("cllr.khan@marlbrook.example") TO("a@b.example") }, "Amir Khan", NULL },
};

/* Somebody else's address in From is nobody's word for it, and is told. */
static void test_from_lines(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof from_lines / sizeof *from_lines; i++) {
		const struct facts *facts = facts_of(&fixture, &from_lines[i].of);
		const char *another = facts->from_another == NULL ? "nobody" : facts->from_another->person->name;
		const char *wanted = from_lines[i].another == NULL ? "nobody" : from_lines[i].another;
		const char *note = facts->from_note == NULL ? "" : facts->from_note;
		if (strcmp(another, wanted) != 0 || (from_lines[i].note == NULL) != (facts->from_note == NULL) ||
		    (from_lines[i].note != NULL && strstr(note, from_lines[i].note) == NULL))
			fail_msg("case %zu: %s, \"%s\"", i, another, note);
	}
	fixture_free(&fixture);
}

/* To whom it is granted, under whose address, and while it is in force. */
static void test_granted_from_lines(void **state)
{
	static const struct case_of of = { "lena.fox", "", NULL, "x@y.example", FROM("cllr.khan@marlbrook.example") TO("x@y.example") };
	struct fixture fixture = fixture_new();
	const struct person *fox = directory_by_address(fixture.people.directory, "lena.fox@marlbrook.example");
	const struct person *khan = directory_by_address(fixture.people.directory, "cllr.khan@marlbrook.example");
	const struct permission granted = { .kind = PERMISSION_SEND_AS, .who = { .people = &fox, .count = 1 }, .with = { .people = &khan, .count = 1 },
					    .from = 20260301, .to = 20260302 };
	struct permission permissions[] = { granted, granted, granted, granted };
	struct council council = case_council;
	permissions[1].to = 20260301;
	permissions[2].with.people = &fox;
	permissions[3].kind = PERMISSION_INSTRUCTION;
	council.permission_count = 1;
	fixture.council = &council;
	for (size_t i = 0; i < sizeof permissions / sizeof *permissions; i++) {
		council.permissions = &permissions[i];
		const struct facts *facts = facts_of(&fixture, &of);
		assert_ptr_equal(facts->from_another, &facts->header_from);
		if ((facts->from_note == NULL) != (i == 0))
			fail_msg("permission %zu: %s", i, facts->from_note == NULL ? "silent" : facts->from_note);
	}
	fixture_free(&fixture);
}

static void test_names(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct case_of of = { names[i].auth, "", NULL, "contracts@oakfield.example", names[i].message };
		const struct in_name_of *name = &facts_of(&fixture, &of)->name;
		const char *person = name->person == NULL ? NULL : name->person->name;
		if (name->source != names[i].source || name->councillor != names[i].councillor || name->officer != names[i].officer ||
		    (person == NULL) != (names[i].person == NULL) || (person != NULL && strcmp(person, names[i].person) != 0))
			fail_msg("case %zu: source %d, %s, councillor %d, officer %d, \"%s\"", i, name->source, person == NULL ? "nobody" : person,
				 name->councillor, name->officer, name->text == NULL ? "" : name->text);
	}
	fixture_free(&fixture);
}

static void test_capacity(void **state)
{
	struct fixture fixture = fixture_new();
	struct case_of of = { "cllr.khan", "", NULL, "contracts@oakfield.example",
			      KHAN BODY "Yours sincerely\n\nRuth Ames\nTown Clerk\n\nCllr Amir Khan\nTown Mayor\n" };
	const struct in_name_of *name = &facts_of(&fixture, &of)->name;
	assert_true(name->councillor && name->officer); /* jointly */
	assert_true(name->for_council);
	assert_int_equal(name->offices & OFFICE_CHAIR, OFFICE_CHAIR);

	of.message = KHAN BODY "Regards\n\nAmir Khan\nTrustee, on behalf of the Village Hall Trustees\n";
	name = &facts_of(&fixture, &of)->name;
	assert_true(name->councillor);
	assert_true(name->for_other_body);

	of.message = KHAN BODY "Regards\n\nCllr Carl Moss\nWard member - personal views, not those of the Council\n";
	name = &facts_of(&fixture, &of)->name;
	assert_true(name->councillor && name->personal);
	assert_int_equal(name->offices, 0);
	fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_networks), cmocka_unit_test(test_senders),  cmocka_unit_test(test_parties),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_from_lines), cmocka_unit_test(test_granted_from_lines), cmocka_unit_test(test_capacity),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
