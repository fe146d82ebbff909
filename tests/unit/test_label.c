/* test_label.c - labels in header fields, and the council's own map of labels.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reading/marking.h"
#include "reading_case.h"

#define SENSITIVE "8d1c3f60-5b7e-4c7a-9d55-2f0c9a1e7b44"
#define OPEN "0c2e9d11-7a44-4b53-8b0e-b1f4b3f0a222"
#define PARTNERS "5a5a5a5a-0000-4000-8000-000000000001"
#define OTHER "77777777-1111-4222-8333-444444444444"
#define US "3b0f7c1e-9a52-4f7b-8c1d-6a5e2d9b8f10"
#define PARTNER "11111111-9a52-4f7b-8c1d-6a5e2d9b8f10"
#define STRANGER "99999999-8888-4777-8666-555555555555"
#define P(guid) "MSIP_Label_" guid "_"

static const char map[] =
	"labels = (\n"
	"  { name = \"Marlbrook sensitive\"; guid = \"" SENSITIVE "\"; tenant = \"" US "\"; marks = true; },\n"
	"  { name = \"OFFICIAL\"; guid = \"" OPEN "\"; tenant = \"" US "\"; marks = false; },\n"
	"  { guid = \"" PARTNERS "\"; tenant = \"" PARTNER "\"; marks = true; },\n"
	"  { name = \"Controlled (staff)\"; marks = true; },\n"
	"  { name = \"Restricted\"; marks = false; }\n"
	");\n";

enum verdict { NONE, WEAK, EXPLICIT };

static enum verdict verdict_of(const struct letter *letter, enum marking_place place)
{
	enum verdict verdict = NONE;
	for (size_t i = 0; i < letter->marking_count; i++)
		if (letter->markings[i].place == place && (enum verdict)(letter->markings[i].strength + 1) > verdict)
			verdict = (enum verdict)(letter->markings[i].strength + 1);
	return verdict;
}

static enum verdict verdict_of_field(const char *field, const char *labels)
{
	struct text headers = TEXT_INIT;
	text_printf(&headers, PLAIN_FROM("note") "%s\n", field);
	struct reading_case c = reading_open_with(text_string(&headers), BYTES("Hello\n"), labels);
	enum verdict verdict = verdict_of(c.reading->outer, MARKING_IN_HEADER);
	text_release(&headers);
	reading_close(&c);
	return verdict;
}

static const struct {
	const char *field;
	enum verdict with_map, without;
} fields[] = {
	{ "msip_labels: " P(SENSITIVE) "Enabled=True; " P(SENSITIVE) "SiteId=" US "; " P(SENSITIVE) "Name=x", EXPLICIT, NONE },
	{ "MSIP_Labels: " P(SENSITIVE) "Enabled=true;\n " P(SENSITIVE) "SiteId=" US ";", EXPLICIT, NONE },
	{ "msip_labels: " P(SENSITIVE) "Enabled=False; " P(SENSITIVE) "SiteId=" US ";", NONE, NONE },
	{ "msip_labels: " P(SENSITIVE) "SiteId=" US ";", NONE, NONE },
	{ "msip_labels: " P(SENSITIVE) "Enabled=True; " P(SENSITIVE) "SiteId=" STRANGER "; " P(SENSITIVE) "Name=Confidential", WEAK, EXPLICIT },
	{ "msip_labels: " P(OPEN) "Enabled=True; " P(OPEN) "SiteId=" US "; " P(OPEN) "Name=Confidential", NONE, EXPLICIT },
	{ "msip_labels: " P(PARTNERS) "Enabled=True; " P(PARTNERS) "SiteId=" PARTNER ";", EXPLICIT, NONE },
	{ "msip_labels: " P(OTHER) "Enabled=True; " P(OTHER) "SiteId=" US "; " P(OTHER) "Name=Confidential - Staff", EXPLICIT, EXPLICIT },
	{ "msip_labels: " P(OTHER) "Enabled=True; " P(OTHER) "SiteId=" US "; " P(OTHER) "Name=General", NONE, NONE },
	{ "msip_labels: " P(OTHER) "Enabled=True; " P(OTHER) "Name=Confidential; " P(SENSITIVE) "Enabled=True", EXPLICIT, EXPLICIT },
	{ "msip_labels: MSIP_Label_; _Enabled=True;;;=;MSIP_Label_x_Enabled=True", NONE, NONE },
	{ "X-Protective-Marking: VER=2018.6, NS=gov.au, SEC=OFFICIAL:Sensitive, ORIGIN=a@x.example", EXPLICIT, EXPLICIT },
	{ "X-Protective-Marking: VER=2018.6, NS=gov.au, SEC=OFFICIAL, ORIGIN=confidential@x.example", NONE, NONE },
	{ "X-Protective-Marking: VER=2018.6, NS=gov.au, SEC=PROTECTED, EXPIRES=2030-01-01", EXPLICIT, EXPLICIT },
	{ "x-protective-marking: [SEC=SECRET]", NONE, NONE },
	{ "x-protective-marking: Official Sensitive", EXPLICIT, EXPLICIT },
	{ "X-Protective-Marking: NOT PROTECTIVELY MARKED", NONE, NONE },
	{ "X-Classification: Confidential", EXPLICIT, EXPLICIT },
	{ "X-Classification: Public", NONE, NONE },
	{ "X-Classification: Restricted", NONE, EXPLICIT },
	{ "X-Classification: Controlled (Staff)", EXPLICIT, NONE },
	{ "X-Classification: {" OPEN "} Confidential", NONE, EXPLICIT },
	{ "X-TitusProperties-Classification: =?utf-8?Q?Official=E2=80=93Sensitive?=", EXPLICIT, EXPLICIT },
	{ "X-MS-Exchange-Organization-Classification: Company Confidential", EXPLICIT, EXPLICIT },
	{ "X-Classification: not confidential", NONE, NONE },
	{ "X-Classification-Mailer: Confidential", NONE, NONE },
	{ "X-Spam-Report: CONFIDENTIAL", NONE, NONE },
	{ "X-Classification: " , NONE, NONE },
	{ "Sensitivity: Private", NONE, NONE },
	{ "Sensitivity: Company-Confidential", EXPLICIT, EXPLICIT },
};

static void test_fields(void **state)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		enum verdict with = verdict_of_field(fields[i].field, map), without = verdict_of_field(fields[i].field, NULL);
		if (with != fields[i].with_map || without != fields[i].without)
			fail_msg("%s: %d with the map, %d without", fields[i].field, with, without);
	}
}

static void test_names_in_text(void **state)
{
	static const struct {
		const char *subject;
		enum verdict verdict;
	} subjects[] = {
		{ "CONTROLLED (STAFF): rota", EXPLICIT }, { "Staff rota [Controlled (staff)]", EXPLICIT },
		{ "The controlled (staff) entrance", NONE }, { "Restricted: staffing", NONE }, { "Restricted - CONFIDENTIAL", EXPLICIT },
		{ "Marlbrook sensitive - rota", EXPLICIT },
	};
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		struct text headers = TEXT_INIT;
		text_printf(&headers, PLAIN_FROM("%s"), subjects[i].subject);
		struct reading_case c = reading_open_with(text_string(&headers), BYTES("Hello\n"), map);
		if (verdict_of(c.reading->outer, MARKING_IN_SUBJECT) != subjects[i].verdict)
			fail_msg("%s: %d", subjects[i].subject, verdict_of(c.reading->outer, MARKING_IN_SUBJECT));
		text_release(&headers);
		reading_close(&c);
	}
}

static void test_properties(void **state)
{
	struct reading_case c = reading_open_with(PLAIN_FROM("x"), BYTES("Hello\n"), map);
	struct wording wording = { c.lexicon, lexicon_stock(c.lexicon), c.scratch };
	struct markings markings = { .arena = c.arena, .wording = &wording };
	markings_of_properties(&markings, BYTES("Title: Rota\n" P(SENSITIVE) "Enabled: true\n" P(SENSITIVE) "SiteId: " US "\n"), "rota.docx, properties");
	assert_int_equal(markings.count, 1);
	assert_int_equal(markings.items[0].place, MARKING_IN_DOCUMENT);
	assert_int_equal(markings.items[0].strength, MARKING_EXPLICIT);
	assert_string_equal(markings.items[0].words, "Marlbrook sensitive");
	markings.count = 0;
	markings_of_properties(&markings, BYTES(P(OPEN) "Enabled: true\n" P(OPEN) "SiteId: " US "\n"), "rota.docx, properties");
	assert_int_equal(markings.count, 0);
	reading_close(&c);
}

/* The name alone would be an empty or endless phrase, the number alone nobody's. */
static void test_bad_maps(void **state)
{
	static const struct {
		const char *labels, *complaint;
	} bad[] = {
		{ "labels = ( { name = \"Controlled\"; } );", "marks" },
		{ "labels = ( { marks = true; } );", "a name, a guid, or both" },
		{ "labels = ( { name = \"A1\"; marks = true; } );", "too short" },
		{ "labels = ( { guid = \"{" SENSITIVE "}\"; marks = true; } );", "no guid" },
		{ "labels = ( { guid = \"" SENSITIVE "\"; tenant = \"marlbrook\"; marks = true; } );", "no tenant" },
		{ "labels = ( { name = \"Controlled\"; tenant = \"" US "\"; marks = true; } );", "there is no guid" },
		{ "labels = (\n{ guid = \"" SENSITIVE "\"; marks = true; },\n{ guid = \"8D1C3F60-5b7e-4c7a-9d55-2f0c9a1e7b44\"; marks = false; } );", ":3:" },
		{ "labels = ( \"Controlled\" );", "each is a group" },
		{ "labels = ( { name = \"Controlled\"; mark = true; } );", "did you mean" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct settings_file *file = NULL;
		struct error err = ERROR_INIT;
		struct lexicon *lexicon = lexicon_new();
		assert_true(settings_open_string("test.conf", bad[i].labels, &file, &err));
		assert_false(lexicon_add_labels(lexicon, settings_find(settings_root(file), "labels"), &err));
		if (strstr(error_text(&err), bad[i].complaint) == NULL || strstr(error_text(&err), "test.conf:") == NULL)
			fail_msg("%s", error_text(&err));
		error_release(&err);
		settings_close(&file);
		lexicon_free(&lexicon);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_names_in_text),
		cmocka_unit_test(test_properties),
		cmocka_unit_test(test_bad_maps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
