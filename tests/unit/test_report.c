/* test_report.c - the clerk's report: order, recusal, foreign text made harmless, the three forms and the mail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "council_case.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "review/report.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */
#define HOUR ((int64_t)3600)

static const char people[] = "name,role,addresses,offices,logins\r\n"
			     "Ruth Ames,officer,ruth@marlbrook.example;clerk@marlbrook.example,clerk,ruth\r\n"
			     "Amir Khan,councillor,amir.khan@marlbrook.example,,akhan\r\n";

struct own {
	struct report_options options;
};

static int set_up(void **state)
{
	struct fixture *fixture = *state = council_case_new(people);
	fixture->own = arena_alloc(fixture->arena, sizeof *fixture->own);
	fixture->own->options = (struct report_options){ .council_name = "Marlbrook <Town> Council", .mode = "as each rule says",
						    .from = NOW - 24 * HOUR, .to = NOW, .now = NOW, .escalate_hours = 24 };
	return 0;
}

struct sample {
	const char *id, *rule, *action, *recipient, *subject, *explanation, *footers, *line;
	enum outcome outcome;
	int64_t hours_ago;
};

/* A hostile subject, an old hold, one of the clerk's own, a footer, an unreadable one. */
static const struct sample samples[] = {
	{ "CH-OLD", "confidential-third-party", "hold", "resident@elsewhere.example", "<script>alert(1)</script> & \x1b[31mred \xe2\x80\xaelaed",
	  "Part of it is marked \"confidential\".", NULL, NULL, OUTCOME_HOLD, 30 },
	{ "CH-NEW", "obligation-by-councillor", "hold", "o'neill@firm.example", "Tender", "It appears to bind the Council.", NULL, NULL, OUTCOME_HOLD, 2 },
	{ "CH-CLERK", "confidential-third-party", "hold", "clerk@marlbrook.example", "About the clerk", "It was sent to the clerk.", NULL, NULL,
	  OUTCOME_HOLD, 5 },
	{ "CH-FOOT", "silent-copy", "footer", "carl@marlbrook.example", "Allotments", "A councillor could not be seen.",
	  "CC councillor Amir Khan\nCC councillor Si\xc3\xa2n O'Neill", "late-told", OUTCOME_ANNOTATE, 3 },
	{ "CH-SIGNED", "silent-copy", "footer", "carl@marlbrook.example", "Ledger", "A councillor could not be seen.", NULL, "signed companion",
	  OUTCOME_ANNOTATE, 3 },
	{ "CH-UNTOLD", "silent-copy", "footer", "carl@marlbrook.example", "Keys", "A councillor could not be seen.", "CC councillor Amir Khan",
	  "late-untold", OUTCOME_ANNOTATE, 3 },
	{ "CH-DARK", "unreadable", "report", "x@elsewhere.example", NULL, "An attachment could not be read.", NULL, NULL, OUTCOME_DELIVER, 4 },
};

static void keep(struct fixture *fixture, const struct sample *sample)
{
	const char *const recipients[] = { sample->recipient };
	struct envelope envelope = { .from = "amir.khan@marlbrook.example", .recipients = recipients, .recipient_count = 1, .auth = "akhan" };
	struct finding_record finding = { sample->rule, "Correspondence, paragraph 1", sample->action, "enforce", sample->explanation,
					  "[{\"where\":\"subject\",\"text\":\"<b>words\\u001b[2J</b>\"},{\"where\":\"envelope\",\"text\":\"second\"}]" };
	struct exception exception = { "silent-copy", "hidden recipient is exempt", "auditor" };
	struct record record = {
		.id = sample->id, .content_key = sample->id, .at = NOW - sample->hours_ago * HOUR, .envelope = &envelope,
		.sender_name = "Amir Khan", .sender_address = "amir.khan@marlbrook.example", .direction = "outgoing",
		.outcome = outcome_name(sample->outcome), .subject = sample->subject, .raw = BYTES("A: b\r\n\r\nx\r\n"),
		.recipient_outcomes = &sample->outcome, .findings = &finding, .finding_count = 1, .exceptions = &exception,
		.exception_count = 1, .footers = sample->footers, .line = sample->line,
	};
	bool duplicate;
	const char *id;
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &id, &fixture->err));
}

static void keep_all(struct fixture *fixture)
{
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
		keep(fixture, &samples[i]);
	assert_true(store_tally_add(fixture->store, NOW - 2 * HOUR,
				    &(struct tally){ .examined = 124, .delivered = 120, .annotated = 1, .held = 3, .unreadable = 1, .outgoing = 100,
						     .incoming = 24, .split = 5, .reunited = 2, .reunited_late = 1, .not_reunited = 4, .marked_private = 6 },
				    &fixture->err));
}

static const char *made(struct fixture *fixture, enum report_form form)
{
	struct bytes out = BYTES_EMPTY;
	assert_true(report_make(fixture->store, fixture->directory, fixture->arena, &fixture->own->options, form, &out, &fixture->err));
	return arena_string_of(fixture->arena, out);
}

static void assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is missing in:\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" is in:\n%s", part, text);
}

/* Each part comes after the one before. */
static void assert_order(const char *text, const char *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *found = strstr(text, parts[i]);
		if (found == NULL)
			fail_msg("\"%s\" is missing or too early in:\n%s", parts[i], text);
		text = found;
	}
}

static void text_is_in_order_and_harmless(void **state)
{
	static const char *const parts[] = { "Correspondence report: Marlbrook <Town> Council", "124 messages examined", "No internal mail was seen", "Marked mail to private addresses: 6.",
					     "Mode: as each rule says", "chain whole", "Own mail: none waiting", "Waiting for a decision", "CH-OLD",
					     "30 hours, OVERDUE", "resident@elsewhere.example: held", "CH-CLERK", "CH-NEW", "2 hours\n",
					     "copyhold queue release", "Findings in this period", "confidential-third-party", "silent-copy: 3",
					     "\"CC councillor Amir Khan\"", "Not read in full", "unreadable: 1", "CH-DARK", "(withheld)", "Exceptions used",
					     "hidden recipient is exempt: ", " (in this quarter " };
	struct fixture *fixture = *state;
	keep_all(fixture);
	const char *text = made(fixture, REPORT_TEXT);
	assert_order(text, parts, sizeof parts / sizeof parts[0]);
	assert_lacks(text, "\x1b");
	assert_lacks(text, "\xe2\x80\xae");
	struct journal_line head;
	assert_true(store_journal_head(fixture->store, fixture->arena, &head, &fixture->err));
	assert_has(text, head.hash);
}

static void html_escapes_and_stands_alone(void **state)
{
	static const char *const absent[] = { "<script", "<b>", "\x1b", "http://", "https://", "src=", "href=", "url(", "@import", "<Town>", "\xe2\x80\xae" };
	static const char *const present[] = { "<html lang=\"en-GB\">", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; ", "o&#39;neill@firm.example",
					       "<caption>", "scope=\"col\"", "<title>", "@page{size:A4", "OVERDUE" };
	struct fixture *fixture = *state;
	keep_all(fixture);
	const char *html = made(fixture, REPORT_HTML);
	for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
		assert_lacks(html, absent[i]);
	for (size_t i = 0; i < sizeof present / sizeof present[0]; i++)
		assert_has(html, present[i]);
	const char *keepsake = getenv("COPYHOLD_KEEP_REPORT");
	if (keepsake != NULL) {
		FILE *file = fopen(keepsake, "w");
		assert_non_null(file);
		fputs(html, file);
		fclose(file);
	}
}

static void who_lacks_the_line_is_told(void **state)
{
	struct fixture *fixture = *state;
	keep_all(fixture);
	const char *html = made(fixture, REPORT_HTML); /* which does not wrap */
	assert_has(html, "Si\xc3\xa2n O&#39;Neill&quot;. Those who had theirs already, without the line, were told in a note.");
	assert_has(html, "Delivered. No line added: the message is signed. Those who see it were told in a note.");
	assert_has(html, "Amir Khan&quot;. Some had theirs already, without the line, and were not told.");
	assert_has(made(fixture, REPORT_JSON), "\"line\":\"signed companion\"");
}

static void readers_do_not_see_their_own(void **state)
{
	struct fixture *fixture = *state;
	keep_all(fixture);
	assert_has(made(fixture, REPORT_TEXT), "About the clerk");
	fixture->own->options.reader = "clerk@marlbrook.example";
	for (enum report_form form = REPORT_TEXT; form <= REPORT_JSON; form++) {
		const char *seen = made(fixture, form);
		assert_lacks(seen, "About the clerk");
		assert_lacks(seen, "CH-CLERK");
		assert_has(seen, "CH-OLD");
	}
	assert_has(made(fixture, REPORT_TEXT), "1 item went to the second reviewer.");
	fixture->own->options.reader = "amir.khan@marlbrook.example";
	assert_has(made(fixture, REPORT_TEXT), "3 items went to the second reviewer.");
	assert_lacks(made(fixture, REPORT_HTML), "CH-OLD");
}

static void json_is_versioned(void **state)
{
	struct fixture *fixture = *state;
	keep_all(fixture);
	fixture->own->options.reader = "clerk@marlbrook.example";
	json_t *root = json_loads(made(fixture, REPORT_JSON), 0, NULL);
	assert_non_null(root);
	assert_int_equal(json_integer_value(json_object_get(root, "v")), 1);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "tally"), "examined")), 124);
	json_t *waiting = json_object_get(root, "waiting");
	assert_int_equal(json_array_size(waiting), 2);
	assert_string_equal(json_string_value(json_object_get(json_array_get(waiting, 0), "id")), "CH-OLD");
	assert_true(json_is_true(json_object_get(json_array_get(waiting, 0), "overdue")));
	assert_false(json_is_true(json_object_get(json_array_get(waiting, 1), "overdue")));
	assert_string_equal(json_string_value(json_object_get(json_array_get(waiting, 0), "subject")), samples[0].subject);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "second_reviewer"), "waiting")), 1);
	assert_int_equal(json_array_size(json_object_get(root, "findings")), 5);
	assert_true(json_is_array(json_object_get(root, "overdue")));
	assert_true(json_is_null(json_object_get(json_object_get(root, "journal"), "broken_at")));
	json_decref(root);
}

static void an_empty_store_says_so(void **state)
{
	struct fixture *fixture = *state;
	const char *text = made(fixture, REPORT_TEXT);
	assert_has(text, "Nothing is waiting for you.");
	assert_has(text, "0 messages examined");
	assert_has(text, "Journal: empty so far.");
	assert_lacks(text, "second reviewer.");
	assert_has(made(fixture, REPORT_HTML), "Nothing is waiting for you.");
}

static void mail_is_well_formed(void **state)
{
	struct fixture *fixture = *state;
	struct bytes mail, line;
	size_t offset = 0;
	keep_all(fixture);
	assert_true(report_mail(fixture->store, fixture->directory, fixture->arena, &fixture->own->options, "clerk@marlbrook.example",
				"protocol-help@marlbrook.example", &mail, &fixture->err));
	while (bytes_next_line(mail, &offset, &line)) {
		assert_true(mail.data[offset - 2] == '\r');
		assert_true(line.length <= 998);
		for (size_t i = 0; i < line.length; i++)
			assert_true((unsigned char)line.data[i] < 0x80);
	}
	const char *text = arena_string_of(fixture->arena, mail);
	assert_has(text, "\r\nTo: <clerk@marlbrook.example>\r\n");
	assert_has(text, "\r\nAuto-Submitted: auto-generated\r\n");
	assert_has(text, "Content-Type: multipart/alternative");
	const char *keepsake = getenv("COPYHOLD_KEEP_MAIL");
	if (keepsake != NULL) {
		FILE *file = fopen(keepsake, "w");
		assert_non_null(file);
		fputs(text, file);
		fclose(file);
	}
	assert_false(report_mail(fixture->store, fixture->directory, fixture->arena, &fixture->own->options, "a@b\r\nBcc: x@y",
				 "protocol-help@marlbrook.example", &mail, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
}

/* Headings and labels in the Council's order; without Welsh nothing has a language of its own. */
static void headings_are_in_both_languages(void **state)
{
	struct fixture *fixture = *state;
	const struct catalogue *catalogue = NULL;
	struct notice_words *welsh = NULL;
	keep_all(fixture);
	assert_true(catalogue_read("po/cy/LC_MESSAGES/copyhold.mo", fixture->arena, &catalogue, &fixture->err));
	assert_true(notice_words_translate(fixture->arena, catalogue, &welsh, &fixture->err));
	assert_has(made(fixture, REPORT_TEXT), "\n    From:     Amir Khan\n");
	assert_lacks(made(fixture, REPORT_HTML), "lang=\"cy\"");
	fixture->own->options.words_cy = welsh;
	const char *english_first = made(fixture, REPORT_TEXT);
	assert_has(english_first, "\nWaiting for a decision / Yn aros am benderfyniad\n------------------------------------------------\n\n");
	fixture->own->options.welsh_first = true;
	const char *text = made(fixture, REPORT_TEXT), *html = made(fixture, REPORT_HTML);
	assert_has(text, "\nYn aros am benderfyniad / Waiting for a decision\n------------------------------------------------\n\n");
	assert_has(text, "\n    Oddi wrth / From:       Amir Khan\n");
	assert_has(text, "\nCofnodlyfr / Journal: ");
	assert_has(html, "<h2><span lang=\"cy\">Yn aros am benderfyniad</span> / <span lang=\"en\">Waiting for a decision</span></h2>");
	assert_has(html, "<th scope=\"col\"><span lang=\"cy\">Rheol</span>");
	assert_has(html, "<html lang=\"en-GB\">");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(text_is_in_order_and_harmless, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(html_escapes_and_stands_alone, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(who_lacks_the_line_is_told, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(readers_do_not_see_their_own, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(json_is_versioned, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(an_empty_store_says_so, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(mail_is_well_formed, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(headings_are_in_both_languages, set_up, council_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
