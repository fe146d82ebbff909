/* test_marking.c - what marks a message as confidential, and what only has the word in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reading/marking.h"
#include "reading_case.h"

enum verdict { NONE, WEAK, EXPLICIT, INHERITED, FORWARDED, CANCELLED };

static const struct {
	const char *subject;
	enum verdict verdict;
} subjects[] = {
	{ "CONFIDENTIAL", EXPLICIT },
	{ "CONFIDENTIAL: staffing", EXPLICIT },
	{ "Confidential - staffing", EXPLICIT },
	{ "Confidential \xe2\x80\x93 staffing", EXPLICIT },
	{ "[CONFIDENTIAL] staffing", EXPLICIT },
	{ "Staffing (confidential)", EXPLICIT },
	{ "Staffing (Private & Confidential) report", EXPLICIT },
	{ "Staffing - STRICTLY PRIVATE AND CONFIDENTIAL", EXPLICIT },
	{ "CONFIDENTIAL staffing report", EXPLICIT },
	{ "[EXTERNAL] CONFIDENTIAL: staffing", EXPLICIT },
	{ "In confidence: staffing", EXPLICIT },
	{ "Restricted: staffing", EXPLICIT },
	{ "OFFICIAL \xe2\x80\x93 SENSITIVE [COMMERCIAL] tender scores", EXPLICIT },
	{ "OFFICIAL-SENSITIVE: tender", EXPLICIT },
	{ "EXEMPT - Part 2, para 3 Schedule 12A", EXPLICIT },
	{ "Preifat a chyfrinachol: staff", EXPLICIT },
	{ "=?utf-8?B?Q09ORklERU5USUFMOiBzdGFmZmluZw==?=", EXPLICIT },
	{ "C\xe2\x80\x8bONFIDENTIAL: staffing", EXPLICIT },
	{ "\xef\xbc\xa3\xef\xbc\xaf\xef\xbc\xae\xef\xbc\xa6\xef\xbc\xa9\xef\xbc\xa4\xef\xbc\xa5\xef\xbc\xae\xef\xbc\xb4\xef\xbc\xa9\xef\xbc\xa1\xef\xbc\xac", EXPLICIT },
	{ "=?utf-8?Q?CONFI=00DENTIAL=3A_staffing?=", EXPLICIT },
	{ "Re: CONFIDENTIAL: staffing", INHERITED },
	{ "Staffing\nSubject: CONFIDENTIAL: staffing", EXPLICIT },
	{ "CONFIDENTIAL: staffing\nSubject: Staffing", EXPLICIT },
	{ "Staffing\nSubject: Confidentiality training", NONE },
	{ "RE: FW: [CONFIDENTIAL] staffing", INHERITED },
	{ "Fwd: CONFIDENTIAL: staffing", FORWARDED },
	{ "YML: Cyfrinachol - staff", FORWARDED },
	{ "[CONFIDENTIAL] Fwd: staffing", EXPLICIT },
	{ "Confidentiality training dates", NONE },
	{ "Confidential waste collection", WEAK },
	{ "CONFIDENTIAL WASTE COLLECTION", WEAK },
	{ "CONFIDENTIAL waste collection", WEAK },
	{ "Confidential Reporting Policy - review", WEAK },
	{ "The confidential session of the meeting", WEAK },
	{ "Notice: this email is not confidential", CANCELLED },
	{ "No longer confidential: staffing", CANCELLED },
	{ "Staffing - not confidential", CANCELLED },
	{ "NON-CONFIDENTIAL: staffing", CANCELLED },
	{ "Cleared by the clerk: confidential", CANCELLED },
	{ "Is this confidential?", WEAK },
	{ "Confidential?", WEAK },
	{ "OFFICIAL: bin collections", NONE },
	{ "Exempt accommodation in Marlbrook", NONE },
	{ "Private hire licence", NONE },
	{ "Exempt - Part II: exclusion of the press and public", NONE },
	{ "Without prejudice: settlement", NONE },
	{ "Not protectively marked", CANCELLED },
};

static enum verdict verdict_of(const struct letter *letter)
{
	enum verdict verdict = letter->unmarked ? CANCELLED : NONE;
	for (size_t i = 0; i < letter->marking_count; i++) {
		const struct marking *marking = &letter->markings[i];
		enum verdict one = marking->strength == MARKING_WEAK ? WEAK :
				   marking->behind_forward	     ? FORWARDED :
				   marking->inherited		     ? INHERITED :
								       EXPLICIT;
		verdict = one > verdict ? one : verdict;
	}
	return verdict;
}

static void test_subjects(void **state)
{
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		struct text headers = TEXT_INIT;
		text_printf(&headers, PLAIN_FROM("%s"), subjects[i].subject);
		struct reading_case c = reading_open(text_string(&headers), BYTES("Dear Carl\n"));
		if (verdict_of(c.reading->outer) != subjects[i].verdict)
			fail_msg("%s: %d", subjects[i].subject, verdict_of(c.reading->outer));
		text_release(&headers);
		reading_close(&c);
	}
}

static const struct {
	const char *body;
	enum verdict verdict;
} bodies[] = {
	{ "CONFIDENTIAL\n\nDear Carl\n", EXPLICIT },
	{ "Dear Carl,\n\nIn confidence: para 2 only.\n", EXPLICIT },
	{ "Confidential - please keep to yourself.\n", EXPLICIT },
	{ "Dear Carl,\nThis email is confidential.\nRuth\n", EXPLICIT },
	{ "Dear Carl,\nPlease treat this as strictly confidential.\n", EXPLICIT },
	{ "Annwyl Huw,\n\nMae'r nodyn yn gyfrinachol.\n", EXPLICIT },
	{ "One.\n\nTwo.\n\nThree.\n\nFour.\n\n*** STRICTLY CONFIDENTIAL ***\n\nFive.\n", EXPLICIT },
	{ "Dear Carl\n\nthe panel agreed that all of what was said there would have to be\nconfidential\nfor now.\n", WEAK },
	{ "Dear Carl\n\nThe confidential waste is collected on Monday.\n", WEAK },
	{ "Dear Carl\n\nIs the report confidential?\n", WEAK },
	{ "Dear Carl\n\nIf this is confidential I will not share it.\n", WEAK },
	{ "Dear Carl\n\nThis is not confidential.\n", CANCELLED },
	{ "Dear Carl\n\nThis is no longer confidential and may be shared.\n", CANCELLED },
	{ "Dear Carl\n\nIs this no longer confidential?\n", NONE },
	{ "Dear Carl\n\nNothing confidential here.\n", CANCELLED },
	{ "Dear Carl\n\nThe attached letter may now be shared.\n", CANCELLED },
	{ "Dear Carl\n\nThe attached letter may not be shared.\n", NONE },
	{ "Dear Carl\n\nThe minutes are now published.\n", NONE },
	{ "Dear Carl\n\nI share the following with you in confidence.\n", EXPLICIT },
	{ "Dear Carl\n\nYou can ring the helpline in confidence.\n", WEAK },
	{ "CONFIDENTIAL\n\nThe summary is not confidential.\n", EXPLICIT },
	{ "Hello\n\nRegards\nRuth Ames\n\nThis email is confidential and intended solely for the addressee.\n", NONE },
	{ "Hello\n\nRegards\nRuth Ames\n\nCONFIDENTIAL\n\nThis email is intended solely for the addressee.\n", NONE },
	{ "Hello\n\nRegards\nRuth Ames\n\nConfidentiality notice: this message may contain confidential information. If you are not the intended recipient delete it.\n", NONE },
	{ "Hello\n\nThe panel met.\n\nIt rose.\n\nRegards\nRuth Ames\n\nCONFIDENTIAL\n", EXPLICIT },
	{ "Hello\n\nThe panel met.\n\nIt rose.\n\nRegards\nRuth Ames\nConfidential Services Unit\n", WEAK },
	{ "Hello\n\n> CONFIDENTIAL\n> old\n", NONE },
	{ "LEGALLY PRIVILEGED AND CONFIDENTIAL\n\nCounsel thinks that we would lose.\n", EXPLICIT },
	{ "Legally privileged advice was given to the confidential panel.\n", WEAK },
	{ "Hello\n\nKind regards\n\nRuth Ames\nTown Clerk\n\n*** STRICTLY CONFIDENTIAL ***\n", EXPLICIT },
	{ "Hello\n\nRegards\nRuth Ames\n\nThis email is intended solely for the addressee.\n\nStrictly private and confidential\n", EXPLICIT },
	{ "Hello\n\nRegards\nRuth Ames\n\nLEGALLY PRIVILEGED AND CONFIDENTIAL\n\nThis email is intended solely for the addressee.\n", NONE },
	{ "One.\n\nTwo.\n\nThree.\n\nRegards\nRuth Ames\nConfidential\nTown Clerk\n", WEAK },
	{ "Hello\n\nRegards\nRuth Ames\n\nConfidential waste: 01234 567890\n", WEAK },
};

/* ---- attached documents: the text of one place ---------------------------------------------------------------- */

static const struct {
	const char *place, *text;
	enum verdict verdict;
} documents[] = {
	{ "", "CONFIDENTIAL\n\nStaffing report\n\nThe panel met.\n", EXPLICIT },
	{ "", "Staffing report\n\nThis report is confidential.\n\nThe panel met.\n", EXPLICIT },
	{ "", "One.\nTwo.\nThree.\nFour.\nFive.\nStrictly confidential: staffing\n", EXPLICIT },
	{ "page 3", "Four.\n\nFive.\n\nSix.\n\nSeven.\n\nOFFICIAL-SENSITIVE\n", EXPLICIT },
	{ "header", "Marlbrook Town Council | 2 March 2026 | Confidential\n", EXPLICIT },
	{ "minutes.docx, footer", "Page 2 of 9 - confidential\n", EXPLICIT },
	{ "watermark", "CONFIDENTIAL\n", EXPLICIT },
	{ "properties", "Keywords: confidential\n", EXPLICIT },
	{ "properties", "Title: Confidential waste contract\n", WEAK },
	{ "header", "Confidentiality policy, version 3\n", NONE },
	{ "", "Staff handbook\n\nOne.\n\nTwo.\n\nThree.\n\nPersonal files are confidential.\n\nFour.\n\nFive.\n\nSix.\n\nSeven.\n", WEAK },
	{ "sheet Contacts", "Ref\tName\nOne\nTwo\nThree\nFour\nConfidential\nFive\nSix\nSeven\nEight\n", WEAK },
	{ "page 2", "Nine.\n\nTen.\n\nEleven.\n\nTwelve.\n\nThirteen.\n", NONE },
};

static void test_documents(void **state)
{
	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
		struct reading_case c = reading_open(PLAIN_FROM("Report"), BYTES("Dear Carl\n"));
		struct wording wording = { c.lexicon, lexicon_stock(c.lexicon), c.scratch };
		struct markings markings = { .arena = c.arena, .wording = &wording };
		struct text_lines lines = lines_of_plain(c.arena, bytes_of(documents[i].text), 1000);
		size_t count;
		struct found_letter **found = letters_find(c.arena, &lines, false, 0, &count);
		boilerplate_mark(c.arena, &wording, found[0]);
		markings_of_document(&markings, found[0], "report.docx", documents[i].place, "2");
		enum verdict verdict = NONE;
		for (size_t m = 0; m < markings.count; m++)
			if (markings.items[m].strength == MARKING_EXPLICIT || verdict == NONE)
				verdict = markings.items[m].strength == MARKING_EXPLICIT ? EXPLICIT : WEAK;
		if (verdict != documents[i].verdict)
			fail_msg("%s: %s: %d", documents[i].place, documents[i].text, verdict);
		reading_close(&c);
	}
}

static void test_nul_hides_nothing(void **state)
{
	static const char plain[] = "Dear Carl\n\nCONFI\0DENTIAL\n\nSee the note.\n", waste[] = "Dear Carl\n\nCONFI\0GURATION\n";
	struct reading_case c = reading_open(PLAIN_FROM("Staffing"), (struct bytes){ plain, sizeof plain - 1 });
	assert_int_equal(verdict_of(c.reading->outer), EXPLICIT);
	reading_close(&c);
	c = reading_open(PLAIN_FROM("Staffing"), (struct bytes){ waste, sizeof waste - 1 });
	assert_int_equal(verdict_of(c.reading->outer), NONE);
	reading_close(&c);
}

/* The text between the two ends of a message with two boundaries. */
static struct reading_case open_two_ways(const char *other, const char *shown)
{
	struct text body = TEXT_INIT;
	text_printf(&body, "--aaa\nContent-Type: text/plain\n\n%s\n--aaa--\n--bbb\nContent-Type: text/plain\n\n%s\n--bbb--\n", shown, other);
	struct reading_case c = reading_open("From: c@x.example\nSubject: note\nMIME-Version: 1.0\n"
					     "Content-Type: multipart/mixed; boundary=aaa; boundary=bbb\n",
					     bytes_of(text_string(&body)));
	text_release(&body);
	return c;
}

static void test_other_readings_are_letters_too(void **state)
{
#define FORWARDED_AS(subject, text) \
	"---------- Forwarded message ---------\nFrom: Ruth <r@x.example>\nTo: c@x.example\nSubject: " subject "\n\n" text "\n"
	static const struct {
		const char *other, *shown;
		bool marked;
	} cases[] = {
		{ "CONFIDENTIAL\n\nCounsel says no.", "See you.", true },
		{ FORWARDED_AS("CONFIDENTIAL: steps", "The note."), "See you.", true },
		{ FORWARDED_AS("steps", "IN CONFIDENCE\n\nThe note."), "See you.", true },
		{ FORWARDED_AS("Re: CONFIDENTIAL: steps", "The note."), "See you.", false },
		{ FORWARDED_AS("steps", "The confidential waste is collected."), "See you.", false },
		{ FORWARDED_AS("CONFIDENTIAL: steps", "The note."), FORWARDED_AS("CONFIDENTIAL: steps", "The note."), false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reading_case c = open_two_ways(cases[i].other, cases[i].shown);
		if (c.reading->other_text_marked != cases[i].marked)
			fail_msg("case %zu", i);
		reading_close(&c);
	}
}

/* Bytes as they stand beside a part that was decoded: its own quoted label is nothing new. */
static void test_undecoded_text_is_known(void **state)
{
	struct reading_case c = reading_open("From: c@x.example\nSubject: note\nSubject: note\nMIME-Version: 1.0\nContent-Type: text/plain\n"
					     "Content-Transfer-Encoding: quoted-printable\n",
					     BYTES("See below=2E\n\n-----Original Message-----\nFrom: Ruth <r@x.example>\nTo: c@x.example\n"
						   "Subject: steps\n\nConfidential - for=20you alone\n\nThe note.\n"));
	assert_int_equal(c.reading->letter_count, 2);
	assert_int_equal(verdict_of(c.reading->letters[1]), EXPLICIT);
	assert_false(c.reading->other_text_marked);
	reading_close(&c);
}

static void test_bodies(void **state)
{
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct reading_case c = reading_open(PLAIN_FROM("Staffing"), bytes_of(bodies[i].body));
		if (verdict_of(c.reading->outer) != bodies[i].verdict)
			fail_msg("%s: %d", bodies[i].body, verdict_of(c.reading->outer));
		reading_close(&c);
	}
}

static void test_quoted_letters_are_judged_alike(void **state)
{
	struct reading_case c = reading_open(PLAIN_FROM("Fwd: staffing"),
					     BYTES("See below.\n\n---------- Forwarded message ---------\nFrom: Ruth <r@x.example>\n"
						   "Date: Tue, 3 Mar 2026 at 10:02\nSubject: Re: CONFIDENTIAL: staffing\nTo: <c@x.example>\n\nIn confidence.\n"));
	assert_int_equal(c.reading->letter_count, 2);
	assert_int_equal(verdict_of(c.reading->outer), NONE);
	const struct letter *forwarded = c.reading->letters[1];
	assert_int_equal(forwarded->kind, LETTER_FORWARDED);
	assert_int_equal(forwarded->marking_count, 2);
	assert_true(forwarded->markings[0].inherited);
	assert_int_equal(forwarded->markings[0].place, MARKING_IN_SUBJECT);
	assert_int_equal(forwarded->markings[1].strength, MARKING_EXPLICIT);
	assert_string_equal(forwarded->markings[1].words, "In confidence.");
	assert_string_equal(forwarded->bare_subject, "CONFIDENTIAL: staffing");
	reading_close(&c);
}

static const struct {
	const char *sensitivity;
	enum verdict verdict;
} sensitivities[] = {
	{ "Company-Confidential", EXPLICIT }, { "company-confidential ", EXPLICIT }, { "Personal", NONE }, { "Private", NONE }, { "Normal", NONE },
};

static void test_sensitivity(void **state)
{
	for (size_t i = 0; i < sizeof sensitivities / sizeof *sensitivities; i++) {
		struct text headers = TEXT_INIT;
		text_printf(&headers, PLAIN_FROM("x") "Sensitivity: %s\n", sensitivities[i].sensitivity);
		struct reading_case c = reading_open(text_string(&headers), BYTES("Hello\n"));
		assert_int_equal(verdict_of(c.reading->outer), sensitivities[i].verdict);
		text_release(&headers);
		reading_close(&c);
	}
}

static void test_every_subject_and_nul(void **state)
{
	struct reading_case c = reading_open(PLAIN_FROM("Parking") "Subject: CONFIDENTIAL: staffing\n", BYTES("Hello\n"));
	assert_int_equal(verdict_of(c.reading->outer), EXPLICIT);
	reading_close(&c);
	c = reading_open(PLAIN_FROM("x"), BYTES("CONFI\0DENTIAL\n\nHello\n"));
	assert_int_equal(verdict_of(c.reading->outer), EXPLICIT);
	reading_close(&c);
}

static void test_html_and_hidden(void **state)
{
#define HTML_FROM "From: r@x.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
	struct reading_case c = reading_open(HTML_FROM, BYTES("<p>CON<b>FIDENTIAL</b></p><p>Hello</p>"));
	assert_int_equal(verdict_of(c.reading->outer), EXPLICIT);
	reading_close(&c);
	c = reading_open(HTML_FROM, BYTES("<body bgcolor=white><p style='color:#fff'>CONFIDENTIAL</p><p>Hello</p>"));
	assert_int_equal(verdict_of(c.reading->outer), WEAK);
	assert_int_equal(c.reading->outer->markings[0].place, MARKING_IN_OTHER_TEXT);
	reading_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_quoted_letters_are_judged_alike),
		cmocka_unit_test(test_sensitivity),
		cmocka_unit_test(test_every_subject_and_nul),
		cmocka_unit_test(test_html_and_hidden),
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_nul_hides_nothing),
		cmocka_unit_test(test_other_readings_are_letters_too),
		cmocka_unit_test(test_undecoded_text_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
