/* test_marked.c - markings, and whose they are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "case.h"

#define WEBB "ivy.webb@post.example"
#define MOSS "cllr.moss@marlbrook.example"
#define NOTE "Dear Carl\n\nThe post of assistant clerk goes.\n\nRuth\n"
#define BLOCK(from, to, subject) "\n-----Original Message-----\nFrom: " from "\nSent: 27 February 2026 10:00\nTo: " to "\nSubject: " subject "\n\n"
#define CLERK "Ruth Ames <clerk@marlbrook.example>"
#define FROM_CLERK "From: " CLERK "\n"
#define FROM_MOSS "From: Carl Moss <" MOSS ">\n"
#define TO_WEBB "To: Ivy Webb <" WEBB ">\n"

struct expected {
	bool council, officer, to_councillor; /* of some explicit marking that is no boilerplate */
	bool theirs;                          /* the first recipient's own */
	bool unmarked;
};

static const struct {
	const char *auth, *rcpt, *message;
	bool marked;
	struct expected is;
} cases[] = {
	/* B08: the clerk's own, to a councillor, with a copy outside */
	{ "clerk", WEBB " " MOSS, FROM_CLERK "To: " MOSS "\nCc: " WEBB "\nSubject: CONFIDENTIAL: staffing\n\n" NOTE, true, { true, true, true, false, false } },
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: Staffing\n\n" NOTE, false, { 0 } },
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: CONFIDENTIAL: staffing\n\n" NOTE, true, { true, true, false, false, false } },
	/* B16: a header */
	{ "clerk", WEBB " " MOSS, FROM_CLERK "To: " MOSS "\nSensitivity: Company-Confidential\nSubject: Staffing\n\n" NOTE, true, { true, true, true, false, false } },
	/* B01: passed on by the councillor */
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: Fwd: CONFIDENTIAL: staffing\n\nSee below\n" BLOCK(CLERK, "Carl Moss", "CONFIDENTIAL: staffing") NOTE, true, { true, true, true, false, false } },
	/* B02: only the quoted line still says so */
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: staffing\n\nSee below\n" BLOCK(CLERK, "Carl Moss", "staffing") "In confidence\n\n" NOTE, true, { true, true, true, false, false } },
	/* the block names the author without an address */
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: Fw: x\n\nSee below\n" BLOCK("Ames, Ruth", "Moss, Carl", "CONFIDENTIAL: staffing") NOTE, true, { true, true, true, false, false } },
	/* two of that name, both of the council */
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: Fw: x\n\nSee below\n" BLOCK("Cllr Jones", "Moss, Carl", "CONFIDENTIAL: staffing") NOTE, true, { true, false, true, false, false } },
	/* stripped but for the subject: nobody can tell, and we send it on */
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: Fwd: CONFIDENTIAL: staffing\n\nThe post goes.\n", true, { true, false, false, false, false } },
	/* B07: returned to its author */
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: RE: Private and confidential\n\nThank you.\n", true, { true, false, false, true, false } },
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: RE: Private and confidential\n\nThank you.\n" BLOCK("Ivy Webb <" WEBB ">", CLERK, "Private and confidential") "Private and confidential\n\nMy neighbour drinks.\n", true, { false, false, false, true, false } },
	/* ... with our earlier answer between */
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: RE: Private and confidential\n\nThank you.\n" BLOCK("Ivy Webb <" WEBB ">", CLERK, "RE: Private and confidential") "Any news?\n" BLOCK(CLERK, "Ivy Webb", "RE: Private and confidential") "We look into it.\n" BLOCK("Ivy Webb <" WEBB ">", CLERK, "Private and confidential") "My neighbour drinks.\n", true, { true, true, false, true, false } },
	/* a copy to a councillor is no third party */
	{ "clerk", WEBB " " MOSS, FROM_CLERK TO_WEBB "Cc: " MOSS "\nSubject: RE: Private and confidential\n\nThank you.\n", true, { true, false, true, true, false } },
	/* ... but with a councillor in To it is their thread, and "Re:" proves nothing */
	{ "clerk", WEBB " " MOSS, FROM_CLERK "To: " MOSS "\nCc: " WEBB "\nSubject: RE: CONFIDENTIAL: staffing\n\nThank you.\n", true, { true, false, true, false, false } },
	{ "clerk", WEBB " " MOSS, FROM_CLERK "To: " MOSS ", " WEBB "\nSubject: RE: CONFIDENTIAL: staffing\n\nThank you.\n", true, { true, false, true, false, false } },
	/* a second third party */
	{ "clerk", WEBB " contracts@oakfield.example", FROM_CLERK TO_WEBB "Cc: contracts@oakfield.example\nSubject: RE: Private and confidential\n\nThank you.\n", true, { true, false, false, false, false } },
	/* an unlisted correspondent at one address, tagged */
	{ "clerk", "bob@post.example Bob+x@post.example", FROM_CLERK "To: bob@post.example\nSubject: RE: Private and confidential\n\nThank you.\n", true, { true, false, false, true, false } },
	{ "clerk", "bob@post.example", FROM_CLERK "To: Bob Unlisted <bob@post.example>\nSubject: Your letter\n\nThank you.\n" BLOCK("Bob Unlisted", CLERK, "Hedge") "Private and confidential\n\nMy neighbour drinks.\n", true, { false, false, false, true, false } },
	{ "clerk", "bob@post.example", FROM_CLERK "To: Bob Other <bob@post.example>\nSubject: Your letter\n\nThank you.\n" BLOCK("Bob Unlisted", CLERK, "Hedge") "Private and confidential\n\nMy neighbour drinks.\n", true, { false, false, false, false, false } },
	/* a third party's own marking goes to another: theirs, not the council's, not the recipient's */
	{ "clerk", "contracts@oakfield.example", FROM_CLERK "To: contracts@oakfield.example\nSubject: Hedge\n\nPlease see.\n" BLOCK("Ivy Webb <" WEBB ">", CLERK, "Hedge") "Private and confidential\n\nMy neighbour drinks.\n", true, { false, false, false, false, false } },
	/* the answer to her carries the council's own marked note */
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: RE: Private and confidential\n\nThank you.\n" BLOCK(CLERK, "Carl Moss", "Hedge") "CONFIDENTIAL\n\n" NOTE, true, { true, true, true, false, false } },
	/* a forward is no answer */
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: FW: Private and confidential\n\nPlease see.\n", true, { true, false, false, false, false } },
	/* B13: taken off by its author */
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: Fwd: staffing\n\nSee below\n" BLOCK(CLERK, "Carl Moss", "RE: CONFIDENTIAL: staffing") "This is no longer confidential and may be shared.\n", false, { 0 } },
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: Fwd: CONFIDENTIAL: staffing\n\nSee below\n" BLOCK(CLERK, "Carl Moss", "RE: CONFIDENTIAL: staffing") "This is no longer confidential and may be shared.\n", true, { false, false, false, false, false } },
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: Fwd: CONFIDENTIAL: staffing\n\nThis is no longer confidential and may be shared.\n" BLOCK(CLERK, "Carl Moss", "CONFIDENTIAL: staffing") NOTE, true, { true, true, true, false, true } },
	/* ... not by the councillor it was sent to */
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: Fwd: CONFIDENTIAL: staffing\n\nThis is no longer confidential and may be shared.\n" BLOCK(CLERK, "Carl Moss", "CONFIDENTIAL: staffing") NOTE, true, { true, true, true, false, false } },
	/* B06 */
	{ "clerk", WEBB, FROM_CLERK TO_WEBB "Subject: Bins\n\nDear Mrs Webb\n\nOn Tuesday.\n\nRegards\nRuth Ames\nTown Clerk\n\nThis email is confidential and intended solely for the addressee. If you have received this in error, delete it.\n", false, { 0 } },
	/* a stranger's */
	{ NULL, MOSS, "From: Ivy Webb <" WEBB ">\nTo: " MOSS "\nSubject: Private and confidential\n\nMy neighbour drinks.\n", true, { false, false, true, false, false } },
	/* a stranger with the clerk's name */
	{ NULL, WEBB, FROM_CLERK TO_WEBB "Subject: CONFIDENTIAL: staffing\n\n" NOTE, true, { false, false, false, false, false } },
	/* to a former councillor: his own, and not */
	{ "clerk", "ray@home.example", FROM_CLERK "To: ray@home.example\nSubject: RE: Private and confidential\n\nThank you.\n", true, { true, false, false, true, false } },
	{ "clerk", "ray@home.example", FROM_CLERK "To: ray@home.example\nSubject: Staffing\n\nCONFIDENTIAL\n\n" NOTE, true, { true, true, false, false, false } },
	/* B40-like: an enclosed message */
	{ "carl", WEBB, FROM_MOSS TO_WEBB "Subject: Note\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee attached.\n--b\nContent-Type: message/rfc822\n\n" FROM_CLERK "To: " MOSS "\nSubject: CONFIDENTIAL: staffing\n\n" NOTE "--b--\n", true, { true, true, true, false, false } },
};

static void test_cases(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct case_of of = { cases[i].auth, "someone@post.example", NULL, cases[i].rcpt, cases[i].message };
		const struct facts *facts = facts_of(&fixture, &of);
		struct expected is = { .theirs = facts->recipients[0].marking_is_theirs, .unmarked = facts->unmarked };
		bool marked = false;
		for (size_t j = 0; j < facts->marked_count; j++) {
			const struct marked *one = &facts->marked[j];
			if (one->boilerplate || one->marking->strength != MARKING_EXPLICIT)
				continue;
			marked = true;
			is.council |= one->council_author;
			is.officer |= one->officer_author;
			is.to_councillor |= one->to_councillor;
		}
		const struct expected *wanted = &cases[i].is;
		bool same = is.council == wanted->council && is.officer == wanted->officer && is.theirs == wanted->theirs &&
			    is.unmarked == wanted->unmarked && is.to_councillor == wanted->to_councillor;
		if (marked != cases[i].marked || (marked && !same))
			fail_msg("case %zu: marked %d, council %d, officer %d, to councillor %d, theirs %d, unmarked %d", i, marked, is.council,
				 is.officer, is.to_councillor, is.theirs, is.unmarked);
	}
	fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
