/* test_signature.c - who signs, and in what capacity.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reading/greeting.h"
#include "reading_case.h"

/* Flags: c councillor, o officer, t for the council (town), b for another body, p personal. */
static const struct {
	const char *block;
	const char *wanted; /* "name/flags/office", several joined by " + " */
} cases[] = {
	{ "Kind regards,\n\nRuth Ames\nTown Clerk\n", "Ruth Ames/o/clerk" },
	{ "Kind regards,\n\nCllr Amir Khan\nTown Mayor 2025/26\n", "Amir Khan/c/mayor" },
	{ "Regards\nCllr. Mrs J. Smith BEM\n", "J. Smith/c/-" },
	{ "Yours sincerely\n\nCOUNCILLOR AMIR KHAN MBE\n", "AMIR KHAN/c/-" },
	{ "Regards\nCllr Pat Lowe\nChair of Planning Committee, on behalf of Marlbrook Town Council\n", "Pat Lowe/ct/committee-chair" },
	{ "Regards\nPat Lowe - Chair of the Council\n", "Pat Lowe/c/chair" },
	{ "Cofion\n\nCyng. Huw Jones\nArweinydd y Cyngor\n", "Huw Jones/c/leader" },
	{ "Cofion gorau / Kind regards\nSiân Rees\nClerc y Dref | Town Clerk\n", "Siân Rees/o/clerk" },
	{ "Regards\nAmir\n\nCllr Amir Khan\nMayor of Marlbrook\n", "Amir Khan/c/mayor" },
	{ "Kind regards\nRuth Ames\nTown Clerk\n\nAmir Khan\nMayor\n", "Ruth Ames/o/clerk + Amir Khan/c/mayor" },
	{ "Kind regards\nRuth Ames, Town Clerk / Cllr Amir Khan, Mayor\n", "Ruth Ames/o/clerk + Amir Khan/c/mayor" },
	{ "Ruth Ames                      Cllr Amir Khan\nTown Clerk                     Town Mayor\n", "Ruth Ames/o/clerk + Amir Khan/c/mayor" },
	{ "Yours sincerely\n\nRuth Ames      Amir Khan\nTown Clerk     Chair of the Council\n", "Ruth Ames/o/clerk + Amir Khan/c/chair" },
	{ "Yours sincerely\n\nRuth Ames   Nia Rees   Sam Cole   Lena Fox   Cllr Amir Khan\n",
	  "Ruth Ames//- + Nia Rees//- + Sam Cole//- + Lena Fox//- + Amir Khan/c/-" },
	{ "Monday to Friday   Nine to Five\n", "" },
	{ "Kind regards\nNia Rees and Sam Cole\nDeputy Town Clerk (job share)\n", "Nia Rees/o/deputy-clerk + Sam Cole/o/deputy-clerk" },
	{ "Regards\nLena Fox\npp Cllr Amir Khan\n", "Amir Khan/c/-" },
	{ "Sent on behalf of Cllr Amir Khan\n", "Amir Khan/c/-" },
	{ "Regards\nLena Fox\nSecretary to the Mayor\n", "Lena Fox/o/-" },
	{ "Regards\nLena Fox\nMayor's Secretary\nMayor's Parlour\n", "Lena Fox/o/-" },
	{ "Regards\nRuth Ames\nClerk & RFO\nMarlbrook Town Council\nTown Hall, High Street\nTel: 01234 567890\n", "Ruth Ames/o/clerk" },
	{ "Regards\nDev Patel | Responsible Finance Officer\n", "Dev Patel/o/rfo" },
	{ "Regards\nTom Birch, Head of Grounds\n", "Tom Birch/o/head-of-service" },
	{ "Regards\nHuw Jones\nTrustee, on behalf of the Hall Trustees\n", "Huw Jones/b/-" },
	{ "Regards\nCllr Jo Reid\nWard member for North Ward\n", "Jo Reid/cp/-" },
	{ "Regards\nCllr Jo Reid\nThese are my personal views, not those of the Council\n", "Jo Reid/cp/-" },
	{ "Kind regards, Ruth Ames\n", "Ruth Ames//-" },
	{ "--\nRuth Ames\nTown Clerk\n", "Ruth Ames/o/clerk" },
	{ "Cllr Carl Moss\n", "Carl Moss/c/-" },
	{ "Town Clerk\nMarlbrook Town Council\n", "-/o/clerk" },
	{ "Regards\nRuth Ames\nTown Clerk\n\nCC councillor Amir Khan\n", "Ruth Ames/o/clerk" },
	{ "Regards\nRuth Ames\nTown Clerk\n\nSent from my iPhone\n", "Ruth Ames/o/clerk" },
	{ "Carl\nCllr Carl Moss\nIndependent Member for North Ward\nMarlbrook Town Council\n", "Carl Moss/cp/-" },
	{ "Many thanks for your patience,\nRuth\n\nRuth Ames, PSLCC\nTown Clerk\n", "Ruth Ames/o/clerk" },
	{ "Regards\nGwen Hart\nSenior Planning Officer\n", "Gwen Hart/o/-" },
	{ "Regards\nRuth Ames Town Clerk\n", "Ruth Ames/o/clerk" },
	{ "Sent from my iPhone\n", "" },
	{ "See you on Monday.\n", "" },
	{ "Please speak to Cllr Khan about it.\n", "" },
};

static void add_signature(struct text *out, const struct signature *signature)
{
	text_printf(out, "%s%s/", out->length == 0 ? "" : " + ", signature->name == NULL ? "-" : signature->name);
	text_printf(out, "%s%s%s%s%s/", signature->as_councillor ? "c" : "", signature->as_officer ? "o" : "", signature->for_council ? "t" : "",
		    signature->for_other_body ? "b" : "", signature->personal ? "p" : "");
	text_add(out, signature->office == NULL ? "-" : signature->office);
}

static void check(const char *block, const char *wanted)
{
	struct text body = TEXT_INIT, seen = TEXT_INIT;
	text_printf(&body, "Dear Carl,\n\nThe hedge will be cut on Monday next week.\n\n%s", block);
	struct reading_case c = reading_open("From: clerk@marlbrook.example\nSubject: x\nMIME-Version: 1.0\n"
					     "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n",
					     text_bytes(&body));
	for (size_t i = 0; i < c.reading->outer->signature_count; i++)
		add_signature(&seen, &c.reading->outer->signatures[i]);
	if (strcmp(text_string(&seen), wanted) != 0)
		fail_msg("%s: %s", block, text_string(&seen));
	text_release(&body);
	text_release(&seen);
	reading_close(&c);
}

static void test_signatures(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].block, cases[i].wanted);
}

static void test_sent_on_behalf_at_the_top(void **state)
{
	struct reading_case c = reading_open(PLAIN_FROM("x"), BYTES("Sent on behalf of Cllr Amir Khan\n\nDear Carl,\n\nI accept.\n\nRegards\nLena Fox\n"));
	assert_int_equal(c.reading->outer->signature_count, 1);
	assert_string_equal(c.reading->outer->signatures[0].name, "Amir Khan");
	assert_true(c.reading->outer->signatures[0].as_councillor);
	reading_close(&c);
}

static void test_only_the_topmost_counts(void **state)
{
	check("Regards\nCllr Amir Khan\nMayor\n\n-----Original Message-----\nFrom: Ruth Ames <clerk@marlbrook.example>\n"
	      "Sent: 03 March 2026 10:02\nTo: Amir Khan\nSubject: x\n\nHello\n\nRegards\nRuth Ames\nTown Clerk\n",
	      "Amir Khan/c/mayor");
}

static void test_greetings(void **state)
{
	static const struct {
		const char *line;
		enum greeting greeting;
	} lines[] = {
		{ "Dear Carl,", GREETING_FORMAL },	   { "DEAR SIRS", GREETING_FORMAL },  { "Annwyl Siân", GREETING_FORMAL },
		{ "To whom it may concern", GREETING_FORMAL }, { "Hi", GREETING_WARM },	      { "Hi, Ruth", GREETING_WARM },
		{ "Good morning all", GREETING_WARM },	   { "Bore da,", GREETING_WARM },     { "Prynhawn da", GREETING_WARM },
		{ "", GREETING_NONE },			   { "Dearham Parish", GREETING_NONE }, { "Hi-vis jackets", GREETING_NONE },
		{ "Good Neighbours Scheme", GREETING_NONE }, { "Hilary", GREETING_NONE },     { "Oh dear", GREETING_NONE },
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (greeting_of(bytes_of(lines[i].line)) != lines[i].greeting)
			fail_msg("%s: %d", lines[i].line, greeting_of(bytes_of(lines[i].line)));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_signatures), cmocka_unit_test(test_sent_on_behalf_at_the_top),
					    cmocka_unit_test(test_only_the_topmost_counts),
					    cmocka_unit_test(test_greetings) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
