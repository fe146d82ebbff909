/* test_copies.c - hidden copies, as people; copy lines in the foot; and what the author says in the text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "case.h"

#define MOSS "cllr.moss@marlbrook.example"
#define KHAN "cllr.khan@marlbrook.example"
#define LOWE "cllr.lowe@marlbrook.example"
#define PRICE "cllr.price@marlbrook.example"
#define HEAD "From: Ruth Ames <clerk@marlbrook.example>\nSubject: Allotments\n"
#define TO_MOSS HEAD "To: Carl Moss <" MOSS ">\n"
#define TEXT "\nDear Carl,\n\nThe fees are unchanged this year.\n\nKind regards\n\nRuth Ames\nTown Clerk\n"

/* The names of the hidden, with "(list)" behind those reached by one. */
static const struct {
	const char *rcpt, *message, *hidden;
	size_t public_count;
} hidden_cases[] = {
	{ MOSS " " KHAN, TO_MOSS TEXT, "Amir Khan", 0 },
	{ MOSS, TO_MOSS TEXT, "", 0 },
	{ MOSS " " KHAN, TO_MOSS "Cc: " KHAN "\n" TEXT, "", 0 },
	/* a person, not an address: alias, private address, case, +tag, Gmail's dots, IDN */
	{ MOSS " carl.moss@marlbrook.example", TO_MOSS TEXT, "", 0 },
	{ MOSS " CarlMoss.77+x@googlemail.com", TO_MOSS TEXT, "", 0 },
	{ "carl.moss77@gmail.com", TO_MOSS TEXT, "", 0 },
	{ MOSS " AMIR+post@home.example", TO_MOSS TEXT, "Amir Khan", 0 },
	{ MOSS " amir@home.example mayor@marlbrook.example " KHAN, TO_MOSS TEXT, "Amir Khan", 0 },
	{ MOSS " sian@xn--t-foa.example", TO_MOSS "Cc: cllr.pritchard@marlbrook.example\n" TEXT, "", 0 },
	{ MOSS " cllr.webb-hall@wexshire.example", TO_MOSS TEXT, "Priscilla Webb-Hall", 0 },
	/* H21, H22 */
	{ MOSS " " KHAN, HEAD "To: Members: " MOSS ", \"Khan, Amir\" <" KHAN "> (the Mayor);\n" TEXT, "", 0 },
	{ MOSS " " KHAN, HEAD "To: undisclosed-recipients:;\n" TEXT, "Carl Moss, Amir Khan", 0 },
	/* the sender, at whichever address */
	{ MOSS " ruth.ames@marlbrook.example clerk@marlbrook.example", TO_MOSS TEXT, "", 0 },
	{ MOSS " archive@marlbrook.example", TO_MOSS TEXT, "", 0 },
	{ MOSS " mo@wexshire.example", TO_MOSS TEXT, "Helen Marsh", 1 },
	{ MOSS " cllr.dunn@wexshire.example stranger@post.example", TO_MOSS TEXT, "Peter Dunn", 2 },
	{ MOSS " stranger@marlbrook.example", TO_MOSS TEXT, "", 0 },
	{ MOSS " cllr.todd@marlbrook.example", TO_MOSS TEXT, "Ray Todd", 1 },
	/* lists on both sides */
	{ MOSS " blue@marlbrook.example", TO_MOSS TEXT, "Amir Khan (Blue group), Gareth Price (Blue group)", 0 },
	{ MOSS " planning@marlbrook.example " LOWE, TO_MOSS "Cc: planning@marlbrook.example\n" TEXT, "", 0 },
	{ MOSS " planning@marlbrook.example", TO_MOSS "Cc: " LOWE ", sam.cole@marlbrook.example\n" TEXT, "Gareth Price (Planning committee)", 0 },
	{ MOSS " news@marlbrook.example", TO_MOSS TEXT, "", 1 },
	{ MOSS " allcouncillors@marlbrook.example", HEAD "To: allcouncillors@marlbrook.example\n" TEXT, "", 0 },
	/* the list was expanded before the gate */
	{ KHAN " " LOWE, HEAD "To: AllCouncillors@marlbrook.example\n" TEXT, "", 0 },
};

static const char *hidden_names(struct arena *arena, const struct facts *facts)
{
	const char *names = "";
	for (size_t i = 0; i < facts->hidden_count; i++) {
		const struct hidden *hidden = &facts->hidden[i];
		names = arena_printf(arena, "%s%s%s%s%s%s", names, i > 0 ? ", " : "", hidden->person->name, hidden->via_list == NULL ? "" : " (",
				     hidden->via_list == NULL ? "" : hidden->via_list->name, hidden->via_list == NULL ? "" : ")");
	}
	return names;
}

static void test_hidden(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof hidden_cases / sizeof *hidden_cases; i++) {
		const struct case_of of = { "clerk", "clerk@marlbrook.example", NULL, hidden_cases[i].rcpt, hidden_cases[i].message };
		const struct facts *facts = facts_of(&fixture, &of);
		const char *names = hidden_names(fixture.arena, facts);
		if (strcmp(names, hidden_cases[i].hidden) != 0 || facts->hidden_public_count != hidden_cases[i].public_count)
			fail_msg("case %zu: \"%s\", public %zu", i, names, facts->hidden_public_count);
	}
	fixture_free(&fixture);
}

static void test_all_hidden(void **state)
{
	struct fixture fixture = fixture_new();
	struct case_of of = { "clerk", "", NULL, "allcouncillors@marlbrook.example", HEAD "To: clerk@marlbrook.example\n" TEXT };
	const struct facts *facts = facts_of(&fixture, &of);
	assert_non_null(facts->hidden_all_list);
	assert_true(facts->visible_only_sender);
	assert_int_equal(facts->hidden_count, 9);
	of.rcpt = "blue@marlbrook.example";
	assert_null(facts_of(&fixture, &of)->hidden_all_list);
	/* a job share: neither half is hidden from their own mailbox */
	of = (struct case_of){ "deputy", "", NULL, MOSS " nia.rees@marlbrook.example", TO_MOSS TEXT };
	assert_int_equal(facts_of(&fixture, &of)->hidden_count, 0);
	of.auth = "sam.cole";
	assert_int_equal(facts_of(&fixture, &of)->hidden_count, 1);
	fixture_free(&fixture);
}

static void test_visible(void **state)
{
	static const struct {
		const char *message;
		size_t to_councillors, visible_councillors;
		bool list, only_sender, all_council;
	} cases[] = {
		{ TO_MOSS TEXT, 1, 1, false, false, true },
		{ HEAD "To: " MOSS ", carl.moss77@gmail.com\nCc: " KHAN "\n" TEXT, 1, 2, false, false, true },
		{ HEAD "To: " MOSS ", " KHAN "\n" TEXT, 2, 2, false, false, true },
		{ HEAD "To: blue@marlbrook.example\n" TEXT, 0, 2, true, false, true },
		{ HEAD "To: liaison@marlbrook.example\n" TEXT, 0, 1, true, false, false },
		{ TO_MOSS "Cc: ivy.webb@post.example\n" TEXT, 1, 1, false, false, false },
		{ TO_MOSS "Cc: mo@wexshire.example\n" TEXT, 1, 1, false, false, false },
		{ TO_MOSS "Cc: stranger@marlbrook.example\n" TEXT, 1, 1, false, false, false },
		{ HEAD "To: ruth.ames@marlbrook.example\n" TEXT, 0, 0, false, true, true },
		{ HEAD "To: undisclosed-recipients:;\n" TEXT, 0, 0, false, true, false },
		{ HEAD TEXT, 0, 0, false, true, false },
		{ HEAD "To: cllr.todd@marlbrook.example\n" TEXT, 0, 0, false, false, false },
	};
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct case_of of = { "clerk", "", NULL, MOSS, cases[i].message };
		const struct facts *facts = facts_of(&fixture, &of);
		if (facts->to_councillor_count != cases[i].to_councillors || facts->visible_councillor_count != cases[i].visible_councillors ||
		    facts->visible_list != cases[i].list || facts->visible_only_sender != cases[i].only_sender ||
		    facts->visible_all_council != cases[i].all_council)
			fail_msg("case %zu: %zu %zu %d %d %d", i, facts->to_councillor_count, facts->visible_councillor_count, facts->visible_list,
				 facts->visible_only_sender, facts->visible_all_council);
	}
	fixture_free(&fixture);
}

/* What stands behind the signature; Khan, Price and Huw Jones are hidden. */
static const struct {
	const char *foot;
	const char *in_foot;    /* first letters of those made clear: K, P, J */
	const char *doubtful, *not_copied; /* one of them, or NULL */
	bool all;
} feet[] = {
	{ "CC councillor Khan\n", "K", NULL, NULL, false },
	{ "CC councillor Amir Khan\n", "K", NULL, NULL, false },
	{ "cc: Cllr Khan.\n", "K", NULL, NULL, false },
	{ "c.c. Cllr. A Khan\n", "K", NULL, NULL, false },
	{ "Copy to: Councillor Khan (Mayor)\n", "K", NULL, NULL, false },
	{ "Copied to Cllr Amir Khan - for information\n", "K", NULL, NULL, false },
	{ "Copies to Cllrs Khan and Price\n", "KP", NULL, NULL, false },
	{ "cc Cllrs A. Khan, G. Price & F. Lowe\n", "KP", NULL, "Frances Lowe", false },
	{ "CC Cllrs Khan,\nPrice and Huw Jones\n", "KPJ", NULL, NULL, false },
	{ "CC Councillors Huw and Bronwen Jones\n", "J", NULL, "Bronwen Jones", false },
	{ "cc:\nCllr Khan\nCllr Price\n", "KP", NULL, NULL, false },
	{ "CC: Khan\nCC: Price\n", "KP", NULL, NULL, false },
	{ "*CC:* Cllr Khan\n", "K", NULL, NULL, false },
	{ "Bcc: Cllr Khan\n", "K", NULL, NULL, false },
	{ "cc: Cyng. Huw Jones\n", "J", NULL, NULL, false },
	{ "Copi at: Cynghorydd Khan\n", "K", NULL, NULL, false },
	{ "Cop\xc3\xaf" "au at Cyng. Khan a Cyng. Price\n", "KP", NULL, NULL, false },
	{ "CC the Mayor\n", "K", NULL, NULL, false },
	{ "CC " KHAN "\n", "K", NULL, NULL, false },
	{ "CC all councillors\n", "KPJ", NULL, "Frances Lowe", true },
	{ "Copi at: pob cynghorydd\n", "KPJ", NULL, "Frances Lowe", true },
	/* near misses */
	{ "CC councillor Lowe\n", "", NULL, "Frances Lowe", false },
	{ "CC Cllr Jones\n", "", "Jones", NULL, false },
	{ "CC Cllr Ali Khan\n", "", NULL, NULL, false },
	{ "CC Cllr Moss\n", "", NULL, NULL, false },        /* the reader */
	{ "CC Cllr Todd\n", "", NULL, NULL, false },        /* no longer a councillor */
	{ "The mower is 190cc Khan\n", "", NULL, NULL, false },
	{ "cc'd Khan you last week\n", "", NULL, NULL, false },
	{ "Copy Cllr Khan in when you answer\n", "", NULL, NULL, false },
	{ "CC Khan if you like\n", "", NULL, NULL, false },
	{ "ccllr Khan\n", "", NULL, NULL, false },
	{ "Accounts: Cllr Khan\n", "", NULL, NULL, false },
	{ "> CC councillor Khan\n", "", NULL, NULL, false },
	{ "\nOn Mon, 2 Mar 2026 at 09:00, Carl Moss <" MOSS "> wrote:\n> Dear Ruth\n> CC councillor Khan\n", "", NULL, NULL, false },
	{ "\n-----Original Message-----\nFrom: Carl Moss\nTo: Ruth Ames\nSubject: Fees\n\nDear Ruth\n\nCC councillor Khan\n", "", NULL, NULL, false },
	{ "\n", "", NULL, NULL, false },
};

static const char *clear_in_foot(struct arena *arena, const struct facts *facts)
{
	const char *clear = "";
	for (size_t i = 0; i < facts->hidden_count; i++)
		if (facts->hidden[i].in_foot) {
			const char *name = facts->hidden[i].person->name;
			clear = arena_printf(arena, "%s%c", clear, name[0] == 'A' ? 'K' : name[0] == 'G' ? 'P' : 'J');
			assert_non_null(facts->hidden[i].foot_line);
		}
	return clear;
}

static bool lines_have(const struct facts *facts, bool doubtful, const char *name)
{
	size_t all = 0;
	bool found = false;
	for (size_t i = 0; i < facts->copy_line_count; i++) {
		const struct copy_line *line = &facts->copy_lines[i];
		size_t count = doubtful ? line->doubtful_count : line->not_copied_count;
		all += count;
		for (size_t j = 0; j < count && name != NULL; j++)
			found |= strstr((doubtful ? line->doubtful : line->not_copied)[j], name) != NULL;
	}
	return name == NULL ? all == 0 : found;
}

static void test_feet(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof feet / sizeof *feet; i++) {
		const char *message = arena_printf(fixture.arena, "%s%s%s", TO_MOSS TEXT "\n", feet[i].foot, "");
		const struct case_of of = { "clerk", "", NULL, MOSS " " KHAN " " PRICE " cllr.jones@marlbrook.example", message };
		const struct facts *facts = facts_of(&fixture, &of);
		const char *clear = clear_in_foot(fixture.arena, facts);
		if (strcmp(clear, feet[i].in_foot) != 0)
			fail_msg("\"%s\" makes \"%s\" clear", feet[i].foot, clear);
		if (!lines_have(facts, true, feet[i].doubtful) || !lines_have(facts, false, feet[i].not_copied))
			fail_msg("\"%s\": doubtful or not copied", feet[i].foot);
		assert_int_equal(facts->copy_line_count > 0 && facts->copy_lines[0].all_councillors, feet[i].all);
	}
	fixture_free(&fixture);
}

#define PARTS(plain, html)                                                                                                       \
	TO_MOSS "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n" plain       \
		"\n--b\nContent-Type: text/html\n\n" html "\n--b--\n"

static void test_places(void **state)
{
	static const struct {
		const char *message;
		bool in_foot;
		size_t lines;
	} cases[] = {
		{ PARTS("Dear Carl\n\nRegards\nRuth\n\nCC councillor Khan", "<p>Dear Carl</p><p>Regards<br>Ruth</p><p>CC councillor Khan</p>"), true, 1 },
		{ PARTS("Dear Carl\n\nRegards\nRuth\n\nCC councillor Khan", "<p>Dear Carl</p><p>Regards<br>Ruth</p>"), false, 1 },
		{ PARTS("Dear Carl\n\nRegards\nRuth", "<p>Dear Carl</p><p>Regards<br>Ruth</p><p>CC councillor Khan</p>"), false, 1 },
		{ PARTS("", "<p>Dear Carl</p><p>Regards<br>Ruth</p><p>CC councillor Khan</p>"), true, 1 },
		{ TO_MOSS "Content-Type: text/html\n\n<p>Dear Carl</p><p>Ruth</p><p>CC <b>councillor</b> Khan</p>", true, 1 },
		/* far above the foot, and no sign-off before it */
		{ TO_MOSS "\nCC councillor Khan\n\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", false, 0 },
		{ TO_MOSS "\nCC councillor Khan\n\n1\n2\n", true, 1 },
		/* below the disclaimer */
		{ TO_MOSS TEXT "\nThis email is confidential and intended solely for the addressee.\n\nCC councillor Khan\n", true, 1 },
		{ TO_MOSS TEXT "\n1\n2\n3\n4\n5\n6\n7\n8\nCC councillor Khan\n9\n10\n11\n12\n13\n14\n15\n16\n", true, 1 },
	};
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct case_of of = { "clerk", "", NULL, MOSS " " KHAN, cases[i].message };
		const struct facts *facts = facts_of(&fixture, &of);
		if (facts->hidden_count != 1 || facts->hidden[0].in_foot != cases[i].in_foot || facts->copy_line_count != cases[i].lines)
			fail_msg("case %zu: in foot %d, %zu lines", i, facts->hidden[0].in_foot, facts->copy_line_count);
	}
	fixture_free(&fixture);
}

static const struct {
	const char *sentence;
	bool told; /* of Khan, the Mayor */
} sentences[] = {
	{ "I have copied in Cllr Khan.", true },
	{ "Exceptionally I am copying Cllr Khan because the deadline is today.", true },
	{ "I've cc'd Amir Khan, who can help you.", true },
	{ "I am copying this to Cllrs Price and Khan for information.", true },
	{ "This has also been sent to Cllr Amir Khan.", true },
	{ "I am sharing this with Cllr Khan.", true },
	{ "I have shared your email with Amir Khan as ward member.", true },
	{ "I am letting Cllr Khan know.", true },
	{ "I am letting Cllr Khan have sight of this.", true },
	{ "Cllr Khan has been copied in.", true },
	{ "Cllr Khan is copied in so that you both know.", true },
	{ "Copied to Cllr Khan.", true },
	{ "I have copied in the Mayor.", true },
	{ "Please note that I have copied in Councillor Khan.", true },
	{ "I attach the form, with a copy to Cllr Khan.", true },
	{ "Anfonaf hwn atoch, gyda chopi at Cyng. Khan.", true },
	{ "You should know that Amir Khan is getting this too.", true },
	{ "Cllr Khan will receive this e-mail as well.", true },
	{ "As Mayor, Cllr Khan gets this because it is his signature.", true },
	{ "Cllr Khan has this.", true },
	{ "Cllr Khan also has the same message.", true },
	{ "Councillor Khan is seeing this too, since he signs it.", true },
	{ "Mae'r Cyng. Khan hefyd yn cael y neges hon.", true },
	{ "Amir Khan will have a copy of this, because he signs the letter.", true },
	{ "Cllr Khan is getting a copy.", true },
	{ "Councillor Khan has been blind copied.", true },
	{ "Cllr Khan is on copy.", true },
	{ "This e-mail goes to Cllr Khan too.", true },
	{ "This reply is also going to Cllr Khan.", true },
	{ "I have included Cllr Khan in this reply.", true },
	{ "I have brought Cllr Khan into this conversation.", true },
	{ "I'm adding Amir Khan to the thread.", true },
	{ "I have looped in Cllr Khan.", true },
	{ "I've looped Cllr Khan in.", true },
	{ "Cllr Khan will have a copy of the lease when it is signed.", false },
	{ "The lease goes to Cllr Khan for signature.", false },
	{ "Your e-mail about the lease is good and it goes to show what Cllr Khan says.", false },
	{ "I have included Cllr Khan in the list of guests.", false },
	{ "I have added Cllr Khan to the working party.", false },
	{ "Cllr Khan has added himself to this e-mail list.", false },
	{ "I have not added Cllr Khan to this e-mail.", false },
	{ "I have brought Cllr Khan into the hall.", false },
	{ "Cllr Khan will get this done.", false },
	{ "Cllr Khan has this in hand.", false },
	{ "Cllr Khan will see this as a slight.", false },
	{ "Cllr Khan will see this.", false },
	{ "Cllr Khan has the message.", false },
	{ "Cllr Khan has the same problem.", false },
	{ "I do not think that Cllr Khan gets this.", false },
	{ "If Cllr Khan gets this too, he will be cross.", false },
	{ "Cllr Khan will not get this.", false },
	{ "Will Cllr Khan get this too?", false },
	{ "Cllr Price is getting this too.", false },
	{ "Please note that Cllr Khan is getting this too.", true },
	{ "Please see that Cllr Khan gets this.", false },
	{ "I trust that Cllr Khan has this.", false },
	{ "I doubt that Cllr Khan has this.", false },
	{ "I don't believe that Cllr Khan has this.", false },
	{ "I didn't say that Cllr Khan gets this too.", false },
	{ "I suppose Cllr Khan has this.", false },
	{ "Perhaps Cllr Khan gets this too.", false },
	{ "I expect that Cllr Khan has this.", false },
	{ "It's high time you knew that Cllr Khan is getting this too.", true },
	{ "I have added Cllr Khan to this e-mail.", true },
	{ "I have added Cllr Khan to the e-mail list.", false },
	{ "This e-mail goes to show how wrong Cllr Khan was.", false },
	{ "I have copied in the Blue group.", false },
	{ "I have not copied in Cllr Khan.", false },
	{ "I haven't copied Cllr Khan.", false },
	{ "I write without copying Cllr Khan.", false },
	{ "Should I copy in Cllr Khan?", false },
	{ "I could copy in Cllr Khan.", false },
	{ "Please copy Cllr Khan in your answer.", false },
	{ "Thank you for copying in Cllr Khan.", false },
	{ "You copied in Cllr Khan.", false },
	{ "I copied Cllr Khan into my message last week.", false },
	{ "Cllr Khan asked about the fees.", false },
	{ "I spoke to Cllr Khan and enclose a copy of the lease.", false },
	{ "This was copied from Cllr Khan's leaflet.", false },
	{ "I was told by Cllr Khan that the shed leaks.", false },
	{ "I have shared the plans with Cllr Khan.", false },
	{ "Cllr Khan has a copy of the lease.", false },
	{ "Cllr Khan sent me a copy.", false },
	{ "I have copied in Khan.", false },
	{ "I have copied in Amir.", false },
	{ "I have copied in Cllr Ali Khan.", false },
	{ "I have copied in Cllr Price.", false },
	{ "I have copied in the Deputy Mayor.", false },
	{ "I have copied in colleagues.", false },
	{ "The clerk said \"I have copied in Cllr Khan\".", false },
};

static void test_sentences(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		const char *message = arena_printf(fixture.arena, "%s\nDear Carl,\n\nThe fees are unchanged. %s\n\nKind regards\n\nRuth Ames\nTown Clerk\n",
						   TO_MOSS, sentences[i].sentence);
		const struct case_of of = { "clerk", "", NULL, MOSS " " KHAN, message };
		const struct facts *facts = facts_of(&fixture, &of);
		if (facts->hidden_count != 1 || facts->hidden[0].in_text != sentences[i].told)
			fail_msg("%s", sentences[i].sentence);
	}
	fixture_free(&fixture);
}

static void test_told_of_lists(void **state)
{
	struct fixture fixture = fixture_new();
	struct case_of of = { "clerk", "", NULL, MOSS " blue@marlbrook.example", TO_MOSS "\nDear Carl,\n\nI have copied in the Blue group.\n\nRuth\n" };
	const struct facts *facts = facts_of(&fixture, &of);
	assert_int_equal(facts->hidden_count, 2);
	assert_true(facts->hidden[0].in_text && facts->hidden[1].in_text);
	of.message = TO_MOSS "\nDear Carl,\n\nThe Blue group met yesterday.\n\nRuth\n\nCC Blue Group\n";
	facts = facts_of(&fixture, &of);
	assert_false(facts->hidden[0].in_text);
	assert_true(facts->hidden[0].in_foot && facts->hidden[1].in_foot);
	/* what was quoted is not said now */
	of = (struct case_of){ "clerk", "", NULL, MOSS " " KHAN, TO_MOSS "\nNoted.\n\nOn Mon, 2 Mar 2026 at 09:00, Carl Moss <" MOSS "> wrote:\n> I have copied in Cllr Khan.\n" };
	assert_false(facts_of(&fixture, &of)->hidden[0].in_text);
	fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hidden), cmocka_unit_test(test_all_hidden), cmocka_unit_test(test_visible), cmocka_unit_test(test_feet),
		cmocka_unit_test(test_places), cmocka_unit_test(test_sentences),  cmocka_unit_test(test_told_of_lists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
