/* test_figures.c - reports of figures: every form from one store, nothing of a person in any, and what verifying finds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "review/statistics.h"
#include "store/decision.h"
#include "store/purge.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */
#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)

struct own {
	struct statistics_options options;
};

static int set_up(void **state)
{
	store_case_set_up(state);
	struct fixture *fixture = *state;
	fixture->own = arena_alloc(fixture->arena, sizeof *fixture->own);
	fixture->own->options = (struct statistics_options){
		.council_name = "Marlbrook & Llan <Town> \"Council\"", .mode = "as each rule says", .authority_minute = "26/017",
		.authority_date = "2026-01-19", .directory_reviewed = "2026-02-03", .from = NOW - 30 * DAY, .to = NOW + 30 * DAY, .now = NOW + 3 * DAY,
	};
	return 0;
}

/* Everything that names or quotes somebody; none of it may be in a report. */
static const char *const personal[] = {
	"Ruth", "Ames", "ruth@", "clerk@marlbrook", "Amir", "Khan", "amir.khan@", "neill", "Neill", "elsewhere.example", "marlbrook.example",
	"Allotment", "192.0.2.7", "zanzibar", "CH-2026", "unique@id", "26 Acacia", "Lowe", "Sian", "Si\xc3\xa2n",
};

static const char *const recipients[] = { "amir.khan@marlbrook.example", "o'neill@elsewhere.example" };
static const struct envelope envelope = { .from = "ruth@marlbrook.example", .recipients = recipients, .recipient_count = 2, .auth = "ruth",
					  .client = "192.0.2.7", .at = NOW };

static void keep(struct fixture *fixture, const char *id, int64_t at, const struct finding_record *findings, size_t count, bool held)
{
	static const enum outcome outcomes[2][2] = { { OUTCOME_DELIVER, OUTCOME_ANNOTATE }, { OUTCOME_HOLD, OUTCOME_HOLD } };
	static const struct exception exempt = { "=silent-copy", "hidden recipient is exempt", "auditor" };
	bool duplicate;
	const char *stored;
	struct record record = {
		.id = id, .content_key = id, .at = at, .envelope = &envelope, .sender_name = "Ruth Ames", .sender_address = "ruth@marlbrook.example",
		.header_from = "clerk@marlbrook.example", .direction = "outgoing", .outcome = held ? "hold" : "annotate", .message_id = "<unique@id>",
		.subject = "Allotments at 26 Acacia Road", .raw = BYTES("Subject: zanzibar\r\n\r\nAmir Khan\r\n"), .recipient_outcomes = outcomes[held],
		.findings = findings, .finding_count = count, .exceptions = &exempt, .exception_count = 1, .policy_digest = "p",
		.directory_digest = "d", .footers = "CC councillor Amir Khan",
	};
	struct tally tally = { .examined = 1, .held = held, .annotated = !held, .outgoing = 1 };
	if (!store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &stored, &fixture->err) ||
	    !store_tally_add(fixture->store, at, &tally, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
}

static const struct finding_record findings[] = {
	{ "confidential", "Protocol, \"Correspondence\", para 3 <b>", "hold", "enforce", "Amir Khan wrote zanzibar.", "[{\"where\":\"subject\",\"text\":\"zanzibar\"}]" },
	{ "=silent-copy", "=HYPERLINK(\"http://x\")", "footer", "enforce", "Si\xc3\xa2n O'Neill could not be seen.", "[]" },
	{ "obligation", "@clause", "hold", "observe", "Mr Lowe.", "[]" },
};

static void move(struct fixture *fixture, const char *id, const char *to, enum hold_state from, enum hold_state state, int64_t at)
{
	struct deed deed = { "ruth@marlbrook.example", "Mr Lowe of 26 Acacia Road agreed", at };
	bool moved = false;
	assert_true(store_move(fixture->store, id, to, from, state, &deed, "250 Ok zanzibar", &moved, &fixture->err));
	assert_true(moved);
}

/* Four messages: one released after two hours, one returned after a day, one waiting in part, one that only got a line. */
static void fill(struct fixture *fixture)
{
	struct notice notice = { .kind = NOTICE_RETURNED, .to = "ruth@marlbrook.example", .message = BYTES("Subject: zanzibar\r\n\r\nx\r\n") };
	struct deed deed = { "clerk@marlbrook.example", "Mr Lowe", NOW + DAY + 30 };
	size_t returned = 0;
	keep(fixture, "CH-20260302-A", NOW, findings, 2, true);
	keep(fixture, "CH-20260302-B", NOW, findings, 1, true);
	keep(fixture, "CH-20260301-C", NOW - DAY, findings, 3, true);
	keep(fixture, "CH-20260220-D", NOW - 10 * DAY, findings + 1, 1, false);
	/* Three came in several envelopes; whom one of the three others had to wait for came an hour later. */
	const struct tally split = { .split = 3, .reunited = 1, .reunited_late = 1, .not_reunited = 3, .marked_private = 2 },
			   came = { .not_reunited = -1, .marked_private = 1 };
	assert_true(store_tally_add(fixture->store, NOW, &split, &fixture->err) && store_tally_add(fixture->store, NOW + HOUR, &came, &fixture->err));
	for (int i = 0; i < 2; i++) {
		move(fixture, "CH-20260302-A", recipients[i], HOLD_HELD, HOLD_RELEASING, NOW + 2 * HOUR);
		move(fixture, "CH-20260302-A", recipients[i], HOLD_RELEASING, HOLD_RELEASED, NOW + 2 * HOUR);
	}
	assert_true(store_return(fixture->store, "CH-20260302-B", &deed, &notice, &returned, &fixture->err));
	move(fixture, "CH-20260301-C", recipients[0], HOLD_HELD, HOLD_RELEASING, NOW);
	move(fixture, "CH-20260301-C", recipients[0], HOLD_RELEASING, HOLD_IN_DOUBT, NOW);
	assert_true(store_mark(fixture->store, "CH-20260302-A", "confidential", JUDGED_WRONG, &deed, &fixture->err));
	assert_true(store_journal(fixture->store, "retention-run", NULL, "copyhold", "{}", NOW - DAY, &fixture->err));
	assert_true(store_journal(fixture->store, "retention-run", NULL, "copyhold", "{}", NOW + DAY, &fixture->err));
}

static const char *made(struct fixture *fixture, enum statistics_form form)
{
	struct statistics_document document;
	if (!statistics_make(fixture->store, fixture->arena, &fixture->own->options, form, &document, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	return arena_string_of(fixture->arena, document.content);
}

static const enum statistics_form plain_forms[] = { STATISTICS_TEXT, STATISTICS_HTML, STATISTICS_JSON, STATISTICS_CSV, STATISTICS_ANNUAL };
#define PLAIN_FORMS (sizeof plain_forms / sizeof plain_forms[0])

static void no_form_says_who(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture);
	for (size_t i = 0; i < PLAIN_FORMS; i++) {
		const char *document = made(fixture, plain_forms[i]);
		for (size_t k = 0; k < sizeof personal / sizeof personal[0]; k++)
			if (strstr(document, personal[k]) != NULL)
				fail_msg("form %d has \"%s\"", (int)plain_forms[i], personal[k]);
	}
	const struct journal_line *lines;
	size_t count;
	assert_true(store_journal_of(fixture->store, fixture->arena, "reported", &lines, &count, &fixture->err));
	assert_int_equal(count, PLAIN_FORMS);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sizeof personal / sizeof personal[0]; k++)
			assert_null(strstr(lines[i].detail, personal[k]));
}

static void every_form_has_the_figures(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture);
	const char *text = made(fixture, STATISTICS_TEXT), *html = made(fixture, STATISTICS_HTML), *annual = made(fixture, STATISTICS_ANNUAL);
	static const char *const in_text[] = {
		"Messages examined: 4\n", "Messages held: 3\n", "Released: 1\n", "Returned to the sender: 1\n", "Still waiting: 1\n", "Release in doubt: 1\n",
		"Share released, of those decided: 50%\n", "Median time to a decision: 13 hours\n", "False alarms marked by reviewers: 1\n",
		"Internal mail seen: none", "Authority: minute 26/017 of 19 January 2026\n", "Directory last reviewed: 3 February 2026\n",
		"Retention runs: 2, the first on 1 March 2026, the last on 3 March 2026\n", "January to March 2026, =silent-copy: hidden recipient is exempt: 4\n",
		"Messages in several envelopes: 3; hidden copy known in time 1, late 1; not brought together 2\n",
	};
	for (size_t i = 0; i < sizeof in_text / sizeof in_text[0]; i++)
		if (strstr(text, in_text[i]) == NULL)
			fail_msg("no \"%s\" in:\n%s", in_text[i], text);
	static const char *const in_html[] = {
		"<th scope=\"row\">Messages held</th>\n<td>3</td>", "<th scope=\"row\">Median time to a decision</th>\n<td>13 hours</td>",
		"Marlbrook &amp; Llan &lt;Town&gt; &quot;Council&quot;", "minute 26/017 of 19 January 2026", "chain whole", "Content-Security-Policy",
	};
	for (size_t i = 0; i < sizeof in_html / sizeof in_html[0]; i++) {
		assert_non_null(strstr(html, in_html[i]));
		assert_non_null(strstr(annual, in_html[i]));
	}
	assert_null(strstr(html, "<b>"));
	assert_null(strstr(html, "<script"));
	assert_non_null(strstr(html, "<svg"));
	assert_non_null(strstr(html, "para 3 &lt;b&gt;"));
}

static void json_is_as_the_desk_says(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture);
	json_t *root = json_loads(made(fixture, STATISTICS_JSON), 0, NULL), *rule = NULL;
	assert_non_null(root);
	assert_int_equal(json_integer_value(json_object_get(root, "held")), 3);
	assert_true(json_real_value(json_object_get(root, "share_released")) == 0.5);
	assert_int_equal(json_integer_value(json_object_get(root, "median_minutes")), 780);
	const json_t *reunion = json_object_get(json_object_get(root, "blind"), "reunion");
	assert_int_equal(json_integer_value(json_object_get(reunion, "split")), 3);
	assert_int_equal(json_integer_value(json_object_get(reunion, "in_time")), 1);
	assert_int_equal(json_integer_value(json_object_get(reunion, "late")), 1);
	assert_int_equal(json_integer_value(json_object_get(reunion, "not")), 2);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "tally"), "marked_private")), 3);
	assert_true(json_is_true(json_object_get(json_object_get(root, "blind"), "internal_unseen")));
	assert_int_equal(json_array_size(json_object_get(root, "weeks")), 10);
	for (size_t i = 0; i < json_array_size(json_object_get(root, "rules")); i++) {
		json_t *item = json_array_get(json_object_get(root, "rules"), i);
		if (strcmp(json_string_value(json_object_get(item, "rule")), "confidential") == 0)
			rule = item;
	}
	assert_non_null(rule);
	assert_int_equal(json_integer_value(json_object_get(rule, "findings")), 3);
	assert_int_equal(json_integer_value(json_object_get(rule, "held")), 3);
	assert_int_equal(json_integer_value(json_object_get(rule, "wrong")), 1);
	assert_int_equal(json_array_size(json_object_get(json_object_get(rule, "weekly"), "held")), 10);
	assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(root, "exceptions"), 0), "quarter")), "2026-Q1");
	json_decref(root);
}

/* Reads RFC 4180 as strictly as it is written: CRLF, six fields a record, quotes doubled. */
static size_t read_csv(const char *csv, const char *wanted_rule, const char *wanted_measure, char value[400])
{
	size_t records = 0, field = 0, length = 0;
	char fields[6][400];
	for (const char *c = csv; *c != '\0';) {
		assert_true(field < 6);
		length = 0;
		bool quoted = *c == '"';
		for (c += quoted; quoted ? (*c != '"' || c[1] == '"') : (*c != ',' && *c != '\r'); c++) {
			assert_true(*c != '\0' && (unsigned char)*c >= 0x20);
			c += quoted && *c == '"';
			assert_true(length < 399);
			fields[field][length++] = *c;
		}
		fields[field++][length] = '\0';
		c += quoted;
		if (*c == ',') {
			c++;
			continue;
		}
		assert_memory_equal(c, "\r\n", 2);
		c += 2;
		assert_int_equal(field, 6);
		field = 0;
		records++;
		for (int i = 0; i < 6; i++)
			assert_true(fields[i][0] == '\0' || strchr("=+-@\t", fields[i][0]) == NULL);
		if (strcmp(fields[0], "Rule") == 0 && strcmp(fields[2], wanted_rule) == 0 && strcmp(fields[4], wanted_measure) == 0)
			memcpy(value, fields[5], sizeof fields[5]);
	}
	return records;
}

static void csv_is_a_table_and_no_formula(void **state)
{
	struct fixture *fixture = *state;
	char value[400] = "";
	fill(fixture);
	const char *csv = made(fixture, STATISTICS_CSV);
	assert_memory_equal(csv, "\xef\xbb\xbfSection,From,Rule,Clause,Measure,Value\r\n", 42);
	assert_true(read_csv(csv + 3, "'=silent-copy", "Findings", value) > 60);
	assert_string_equal(value, "3");
	read_csv(csv + 3, "confidential", "Median minutes to a decision", value);
	assert_string_equal(value, "780");
	read_csv(csv + 3, "obligation", "Median minutes to a decision", value);
	assert_string_equal(value, "none held");
	assert_non_null(strstr(csv, "\"'=HYPERLINK(\"\"http://x\"\")\""));
	assert_non_null(strstr(csv, "\"'@clause\""));
}

static void an_empty_period_says_so(void **state)
{
	struct fixture *fixture = *state;
	fixture->own->options.to = fixture->own->options.from;
	for (size_t i = 0; i < PLAIN_FORMS; i++)
		assert_true(strlen(made(fixture, plain_forms[i])) > 200);
	assert_non_null(strstr(made(fixture, STATISTICS_TEXT), "Median time to a decision: none held\n"));
	fixture->own->options = (struct statistics_options){ .from = NOW, .to = NOW + 1, .now = NOW };
	for (size_t i = 0; i < PLAIN_FORMS; i++)
		assert_true(strlen(made(fixture, plain_forms[i])) > 200);
	assert_non_null(strstr(made(fixture, STATISTICS_TEXT), "Authority: none recorded"));
}

static char *counted_as_json(struct fixture *fixture)
{
	struct statistics counted;
	assert_true(store_statistics(fixture->store, fixture->arena, fixture->own->options.from, fixture->own->options.to, &counted, &fixture->err));
	json_t *root = statistics_json(fixture->arena, &counted);
	json_object_del(root, "journal");
	char *text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(root);
	return text;
}

/* Neither the machine's zone nor its language has a say. */
static void zone_and_locale_have_no_say(void **state)
{
	struct fixture *fixture = *state;
	static const char *const zones[] = { "Pacific/Kiritimati", "America/Los_Angeles", "UTC" };
	fill(fixture);
	char *before = counted_as_json(fixture);
	for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		setlocale(LC_ALL, "de_DE.UTF-8");
		char *after = counted_as_json(fixture);
		assert_string_equal(before, after);
		free(after);
	}
	setlocale(LC_ALL, "C");
	free(before);
}

/* --- verifying --- */

static bool verified(struct fixture *fixture, const char *document, const char **told)
{
	error_release(&fixture->err);
	return statistics_verify(fixture->store, fixture->arena, bytes_of(document), told, &fixture->err);
}

static void must_refuse(struct fixture *fixture, const char *document, const char *why)
{
	const char *told = NULL;
	assert_false(verified(fixture, document, &told));
	assert_int_equal(fixture->err.kind, ERROR_REFUSED);
	if (strstr(error_text(&fixture->err), why) == NULL)
		fail_msg("not because of %s: %s", why, error_text(&fixture->err));
}

static void do_sql(struct fixture *fixture, const char *sql)
{
	sqlite3 *raw = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &raw), SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(raw));
	sqlite3_close(raw);
}

static void a_report_is_verified_later(void **state)
{
	struct fixture *fixture = *state;
	const char *documents[PLAIN_FORMS], *told = NULL;
	fill(fixture);
	for (size_t i = 0; i < PLAIN_FORMS; i++)
		documents[i] = made(fixture, plain_forms[i]);
	/* Life goes on: another message, another decision, a purge. */
	keep(fixture, "CH-20260303-E", NOW + HOUR, findings, 1, true);
	move(fixture, "CH-20260301-C", recipients[0], HOLD_IN_DOUBT, HOLD_RELEASED, NOW + 4 * DAY);
	do_sql(fixture, "DELETE FROM finding; DELETE FROM recipient WHERE message = 'CH-20260302-A'");
	for (size_t i = 0; i < PLAIN_FORMS; i++) {
		if (!verified(fixture, documents[i], &told))
			fail_msg("%s", error_text(&fixture->err));
		assert_non_null(strstr(told, "all: findings=7 held=3 released=1 returned=1 waiting=1 in_doubt=1 median_minutes=780\n"));
		assert_non_null(strstr(told, "rule confidential: findings=3 held=3"));
	}
	const char *again = made(fixture, STATISTICS_CSV);
	assert_true(verified(fixture, again, &told));
	assert_non_null(strstr(told, "all: findings=8 held=4"));
}

static void a_changed_report_is_told(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture);
	for (size_t i = 0; i < PLAIN_FORMS; i++) {
		char *document = arena_string(fixture->arena, made(fixture, plain_forms[i]));
		char *digit = document + strcspn(document, "0123456789"); /* far from the hash */
		*digit = *digit == '1' ? '2' : '1';
		must_refuse(fixture, document, "no report with these octets was issued");
		assert_non_null(strstr(error_text(&fixture->err), "It names line"));
	}
	must_refuse(fixture, "", "no report with these octets was issued");
}

static void a_changed_store_is_told(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture);
	const char *before = made(fixture, STATISTICS_CSV);
	do_sql(fixture, "UPDATE recipient SET state = 'released' WHERE message = 'CH-20260302-B'");
	must_refuse(fixture, before, "the store was changed past the journal");
	/* A report made from the changed store does not have the journal's figures. */
	must_refuse(fixture, made(fixture, STATISTICS_CSV), "the journal does not give the report's figures");
	do_sql(fixture, "UPDATE recipient SET state = 'returned' WHERE message = 'CH-20260302-B'");
	const char *told = NULL;
	assert_true(verified(fixture, before, &told));
	do_sql(fixture, "UPDATE recipient SET changed_at = changed_at - 86000 WHERE message = 'CH-20260302-B'");
	must_refuse(fixture, before, "the store was changed past the journal");
	do_sql(fixture, "UPDATE recipient SET changed_at = changed_at + 86000 WHERE message = 'CH-20260302-B';"
			"UPDATE finding SET rule = 'other' WHERE message = 'CH-20260302-A' AND position = 0");
	must_refuse(fixture, before, "the store was changed past the journal");
}

static void a_changed_journal_is_told(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture);
	const char *document = made(fixture, STATISTICS_TEXT);
	do_sql(fixture, "DROP TRIGGER journal_no_update; UPDATE journal SET detail = replace(detail, '\"copies\":\"2\"', '\"copies\":\"1\"') WHERE number = 2");
	must_refuse(fixture, document, "the journal's chain is broken at line 2");
}

/* Whoever owns the machine can write another journal whose chain is whole, with an issue of this very document in it. */
static void a_journal_written_anew_is_told(void **state)
{
	struct fixture *fixture = *state, other = *fixture;
	struct own own = *fixture->own;
	const struct journal_line *lines;
	const char *told = NULL;
	size_t count;
	fill(fixture);
	const char *document = made(fixture, STATISTICS_TEXT);
	assert_true(store_journal_of(fixture->store, fixture->arena, "reported", &lines, &count, &fixture->err));
	other.store = NULL;
	other.own = &own;
	other.directory = arena_printf(fixture->arena, "%s/other", fixture->directory);
	assert_true(store_open(other.directory, &other.store, &other.err));
	fill(&other);
	assert_true(store_journal(other.store, "reported", NULL, "copyhold", lines[0].detail, NOW, &other.err));
	assert_true(verified(&other, document, &told)); /* the same things done at the same times hash alike */
	store_close(&other.store);
	other.directory = arena_printf(fixture->arena, "%s/third", fixture->directory);
	assert_true(store_open(other.directory, &other.store, &other.err));
	own.options.now++;
	fill(&other);
	struct deed deed = { "somebody", "else", NOW };
	assert_true(store_view(other.store, "CH-20260302-A", &deed, &other.err));
	char *detail = arena_string(fixture->arena, lines[0].detail), *line = strstr(detail, "\"line\":");
	assert_non_null(line);
	line[7 + strspn(line + 7, "0123456789") - 1]++; /* one line later; no nine here */
	assert_true(store_journal(other.store, "reported", NULL, "copyhold", detail, NOW, &other.err));
	must_refuse(&other, document, "the journal was written anew");
	error_release(&other.err);
	store_close(&other.store);
}

static bool spare_no_entry(void *context, const struct legal_hold *holds, size_t count, const struct held *held)
{
	return false;
}

static bool spare_no_line(void *context, const struct legal_hold *holds, size_t count, const struct journal_line *line, const struct held *held)
{
	return false;
}

/* Class after class goes by its schedule: the figures stay, and can be verified as long as the journal's lines are whole. */
static void figures_outlive_what_they_count(void **state)
{
	struct fixture *fixture = *state;
	static const enum purge_class classes[] = { PURGE_BODIES, PURGE_NOTICES, PURGE_OBSERVATIONS, PURGE_MEMORY, PURGE_REMAINS };
	struct purge_order order = { .before = NOW + 100 * DAY, .now = NOW + 400 * DAY, .by = "copyhold", .sparing = { spare_no_entry, spare_no_line, NULL } };
	const char *told = NULL, *document;
	int64_t removed = 0, spared = 0;
	fill(fixture);
	document = made(fixture, STATISTICS_CSV);
	char *before = counted_as_json(fixture);
	for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
		if (!store_purge(fixture->store, classes[i], &order, &removed, &spared, &fixture->err))
			fail_msg("%s", error_text(&fixture->err));
		char *after = counted_as_json(fixture);
		assert_string_equal(before, after);
		free(after);
		if (!verified(fixture, document, &told))
			fail_msg("%s", error_text(&fixture->err));
	}
	assert_int_equal(removed, 3); /* all but the message that waits */
	free(before);
	assert_true(store_purge_journal(fixture->store, &(struct purge_order){ .before = NOW - DAY, .now = order.now, .by = "copyhold", .sparing = order.sparing },
					&removed, &spared, &fixture->err));
	assert_true(removed > 0);
	must_refuse(fixture, document, "are past their time");
	assert_true(store_purge_journal(fixture->store, &order, &removed, &spared, &fixture->err));
	must_refuse(fixture, document, "no report with these octets");
}

/* The year's page has room for twenty lines of rules; the last stands for all the others, and says as much of them. */
static void the_other_rules_have_figures(void **state)
{
	struct fixture *fixture = *state;
	struct deed deed = { "clerk@marlbrook.example", "Mr Lowe", NOW + HOUR };
	struct notice notice = { .kind = NOTICE_RETURNED, .to = "ruth@marlbrook.example", .message = BYTES("Subject: zanzibar\r\n\r\nx\r\n") };
	static const char *const wanted[] = { "6 other rules</th>", ">6<", ">2<", ">6<", ">0<", ">1<", ">5<", ">in the full report<", "</tr>" };
	size_t returned = 0;
	for (int i = 0; i < 25; i++) {
		struct finding_record finding = findings[0];
		finding.rule = arena_printf(fixture->arena, "rule-%02d", i);
		keep(fixture, arena_printf(fixture->arena, "CH-20260302-%02d", i), NOW + i, &finding, 1, true);
	}
	assert_true(store_return(fixture->store, "CH-20260302-24", &deed, &notice, &returned, &fixture->err));
	assert_true(store_mark(fixture->store, "CH-20260302-24", "rule-24", JUDGED_WRONG, &deed, &fixture->err));
	assert_true(store_mark(fixture->store, "CH-20260302-20", "rule-20", JUDGED_WRONG, &deed, &fixture->err));
	const char *at = made(fixture, STATISTICS_ANNUAL), *row = strstr(at, wanted[0]);
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		at = at == NULL ? NULL : strstr(at, wanted[i]);
		if (at == NULL)
			fail_msg("no %s in its turn: %.400s", wanted[i], row == NULL ? "no row" : row);
		at += strlen(wanted[i]) - 1;
	}
}

static void forms_have_their_names(void **state)
{
	static const char *const names[] = { "text", "html", "json", "csv", "pdf", "annual", "annual-pdf" };
	enum statistics_form form;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		assert_true(statistics_form_parse(names[i], &form));
		assert_int_equal(form, i);
	}
	assert_false(statistics_form_parse("PDF", &form));
	assert_false(statistics_form_parse("", &form));
	assert_false(statistics_form_parse(NULL, &form));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_form_says_who, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(every_form_has_the_figures, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(json_is_as_the_desk_says, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(csv_is_a_table_and_no_formula, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(an_empty_period_says_so, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(zone_and_locale_have_no_say, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_report_is_verified_later, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_changed_report_is_told, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_changed_store_is_told, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_changed_journal_is_told, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_journal_written_anew_is_told, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(figures_outlive_what_they_count, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(the_other_rules_have_figures, set_up, store_case_tear_down),
		cmocka_unit_test(forms_have_their_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
