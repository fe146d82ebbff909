/* test_digest.c - when a digest is due, for whom, what is in it, and that it is made once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "council_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "action/notice_words.h"
#include "base/text.h"
#include "message/decode.h"
#include "review/digest.h"
#include "review/link.h"
#include "store/digest_slot.h"
#include "store/own_link.h"

#define DAY ((int64_t)86400)
#define HOUR ((int64_t)3600)
#define DESK "https://desk.marlbrook.example"

static const char people[] = "name,role,addresses,offices,logins\r\n"
			     "Ruth Ames,officer,ruth@marlbrook.example;clerk@marlbrook.example,clerk,ruth\r\n"
			     "Amir Khan,councillor,amir.khan@marlbrook.example,,akhan\r\n"
			     "Si\xc3\xa2n O'Neill,councillor,sian.o'neill@marlbrook.example,,sian\r\n"
			     "Mo Lee,oversight,mo@wexshire.example,monitoring-officer,\r\n";
static const char *const reviewers[] = { "clerk@marlbrook.example" };

struct own {
	struct digest_job job;
};

static int set_up(void **state)
{
	struct fixture *fixture = *state = council_case_new(people);
	fixture->own = arena_alloc(fixture->arena, sizeof *fixture->own);
	fixture->desk = (struct desk){
		.store = fixture->store, .directory = fixture->directory, .reviewers = reviewers, .reviewer_count = 1,
		.second_reviewer = "mo@wexshire.example", .terms = REVIEW_TERMS_DEFAULT,
		.notices = { .council_name = "Marlbrook <Town> Council", .notice_from = "help@marlbrook.example",
			     .footer_format = "CC councillor %s", .footer_all = "CC all councillors" },
	};
	fixture->own->job = (struct digest_job){
		.desk = &fixture->desk, .settings = DIGEST_SETTINGS_DEFAULT, .mode = "as each rule says", .report_days = 1,
		.store_directory = arena_printf(fixture->arena, "%s/state", fixture->base), .console_address = DESK,
	};
	return 0;
}

/* Wall clock of Europe/London. */
static int64_t london(calendar_date date, int hours, int minutes)
{
	return clock_at_local(date, hours * 60 + minutes);
}

static void due_on_working_days_by_the_wall_clock(void **state)
{
	static const struct {
		calendar_date now;
		int hours, minutes;
		calendar_date slot;
	} rows[] = {
		{ 20260303, 8, 0, 20260303 },  /* Tuesday, at the minute */
		{ 20260303, 7, 59, 20260302 }, { 20260303, 23, 59, 20260303 },
		{ 20260307, 12, 0, 20260306 }, /* a weekend */
		{ 20260309, 7, 0, 20260306 },  { 20260309, 9, 0, 20260309 },
		{ 20260330, 8, 30, 20260330 }, /* the clocks went forward the day before */
		{ 20261026, 8, 30, 20261026 }, /* and back */
		{ 20260407, 7, 0, 20260402 },  /* Good Friday to Easter Monday */
		{ 20261228, 12, 0, 20261224 }, /* Boxing Day was a Saturday: the 28th is in lieu */
	};
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	struct digest_settings settings = DIGEST_SETTINGS_DEFAULT;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t slot = digest_slot(&settings, &office, london(rows[i].now, rows[i].hours, rows[i].minutes));
		if (slot != london(rows[i].slot, 8, 0))
			fail_msg("row %zu: slot on %d", i, (int)clock_date_of(slot));
	}
	settings.days = 1u << 5; /* Saturdays */
	assert_int_equal(clock_date_of(digest_slot(&settings, &office, london(20260311, 9, 0))), 20260307);
	settings.at = DIGEST_NEVER;
	assert_int_equal(digest_slot(&settings, &office, london(20260311, 9, 0)), 0);
}

struct sample {
	const char *id, *recipient, *subject, *auth, *why;
	enum outcome outcome;
	int64_t at;
};

static void keep(struct fixture *fixture, const struct sample *sample)
{
	const char *const recipients[] = { sample->recipient, "sian.o'neill@marlbrook.example" };
	const enum outcome outcomes[] = { sample->outcome, OUTCOME_DELIVER };
	const enum openness openness[] = { OPENNESS_OPEN, OPENNESS_HIDDEN };
	struct envelope envelope = { .from = "amir.khan@marlbrook.example", .recipients = recipients, .recipient_count = 2, .auth = sample->auth,
				     .at = sample->at };
	struct finding_record finding = { "obligation-by-councillor", "Correspondence, paragraph 2", sample->outcome == OUTCOME_HOLD ? "hold" : "report",
					  "enforce", sample->why, "[]" };
	struct record record = {
		.id = sample->id, .content_key = sample->id, .at = sample->at, .envelope = &envelope, .sender_name = "Amir Khan",
		.sender_address = "amir.khan@marlbrook.example", .direction = "outgoing", .outcome = outcome_name(sample->outcome),
		.subject = sample->subject, .raw = BYTES("A: b\r\n\r\nx\r\n"), .recipient_outcomes = outcomes, .openness = openness,
		.findings = &finding, .finding_count = 1,
	};
	bool duplicate;
	const char *id;
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &id, &fixture->err));
}

static void keep_held(struct fixture *fixture, const char *id, int64_t at)
{
	keep(fixture, &(struct sample){ id, "ivy@elsewhere.example", "Tender", "akhan", "It appears to bind the Council.", OUTCOME_HOLD, at });
}

static size_t run(struct fixture *fixture, int64_t now)
{
	size_t made = 0;
	if (!digest_run(&fixture->own->job, now, &made, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	return made;
}

/* The next digest of the outbox: to whom, subject, both forms. */
struct read_digest {
	const char *to, *subject, *text, *html;
};

static bool next(struct fixture *fixture, struct read_digest *out)
{
	struct outgoing mail;
	bool found = false;
	struct bytes text, html;
	assert_true(store_outbox_take(fixture->store, fixture->arena, london(20270101, 0, 0), 60, &found, &mail, &fixture->err));
	if (!found)
		return false;
	assert_true(store_outbox_sent(fixture->store, mail.number, "250 ok", 0, &fixture->err));
	assert_string_equal(mail.kind, "digest");
	struct message *message = message_scan(fixture->arena, mail.message, &MESSAGE_LIMITS_DEFAULT);
	const struct part *first = message->root->first_child;
	assert_non_null(first);
	assert_true(part_text(fixture->arena, first, &text));
	assert_true(part_text(fixture->arena, first->next, &html));
	assert_true(bytes_find(mail.message, BYTES("\r\nAuto-Submitted: auto-generated\r\n"), 0) != (size_t)-1);
	*out = (struct read_digest){ mail.to, strstr(arena_string_of(fixture->arena, mail.message), "Subject: "),
				     arena_string_of(fixture->arena, text), arena_string_of(fixture->arena, html) };
	return true;
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

/* The token of the link in a text. */
static const char *token_in(struct fixture *fixture, const char *text)
{
	const char *start = strstr(text, DESK "/link/");
	assert_non_null(start);
	start += strlen(DESK "/link/");
	return arena_printf(fixture->arena, "%.*s", (int)strcspn(start, " \r\n\"<"), start);
}

static void once_a_day_with_a_link_for_its_reader(void **state)
{
	struct fixture *fixture = *state;
	struct read_digest mail;
	const struct link_keys *keys;
	const char *id = NULL;
	int64_t now = london(20260303, 8, 0);
	keep_held(fixture, "CH-OLD", now - 20 * HOUR);
	keep_held(fixture, "CH-NEW", now - HOUR);
	assert_int_equal(run(fixture, now), 1);
	for (int i = 1; i < 5; i++)
		assert_int_equal(run(fixture, now + i * 3 * HOUR), 0);
	assert_true(next(fixture, &mail));
	assert_false(next(fixture, &(struct read_digest){ 0 }));
	assert_string_equal(mail.to, "clerk@marlbrook.example");
	assert_has(mail.subject, "Subject: 2 messages wait for your decision: Marlbrook <Town> Council\r\n");
	assert_true(strstr(mail.text, "CH-OLD") < strstr(mail.text, "CH-NEW"));
	assert_has(mail.text, "20 hours");
	assert_has(mail.text, "It appears to bind the Council.");
	assert_has(mail.text, "ivy@elsewhere.example (held)");
	assert_has(mail.text, "Correspondence, paragraph 2");
	assert_true(link_keys_load(fixture->own->job.store_directory, now, fixture->arena, &keys, &fixture->err));
	const char *token = token_in(fixture, mail.text);
	assert_int_equal(link_check(fixture->arena, keys, fixture->directory, token, "ruth", now + HOUR, &id), LINK_GOOD);
	assert_string_equal(id, "CH-OLD");
	assert_int_equal(link_check(fixture->arena, keys, fixture->directory, token, "mo@wexshire.example", now, &id), LINK_SOMEBODY_ELSES);
	assert_int_equal(link_check(fixture->arena, keys, fixture->directory, token, "ruth", now + LINK_DAYS * DAY, &id), LINK_EXPIRED);
	assert_int_equal(link_check(fixture->arena, keys, fixture->directory, token_in(fixture, mail.html), "ruth", now, &id), LINK_GOOD);
	/* It still waits on the next day. */
	assert_int_equal(run(fixture, now + DAY), 1);
}

/* Down for a week: one digest when it is up again, none for each day. */
static void missed_times_are_made_up_for_once(void **state)
{
	struct fixture *fixture = *state;
	keep_held(fixture, "CH-1", london(20260302, 7, 0));
	assert_int_equal(run(fixture, london(20260302, 8, 0)), 1);
	assert_int_equal(run(fixture, london(20260311, 15, 0)), 1);
	assert_int_equal(run(fixture, london(20260311, 16, 0)), 0);
	assert_int_equal(run(fixture, london(20260312, 8, 0)), 1);
	/* A clock that was wrong and goes back makes nothing twice. */
	assert_int_equal(run(fixture, london(20260310, 9, 0)), 0);
}

/* A gate just started says nothing of what came after the time. */
static void the_first_one(void **state)
{
	struct fixture *fixture = *state;
	keep_held(fixture, "CH-1", london(20260303, 10, 0));
	assert_int_equal(run(fixture, london(20260303, 10, 1)), 0);
	assert_int_equal(run(fixture, london(20260304, 8, 0)), 1);
}

static void silence_and_a_sign_of_life(void **state)
{
	struct fixture *fixture = *state;
	struct read_digest mail;
	assert_int_equal(run(fixture, london(20260302, 8, 0)), 0); /* just started */
	for (calendar_date day = 20260303; day <= 20260308; day++)
		assert_int_equal(run(fixture, london(day, 8, 0)), 0);
	assert_int_equal(run(fixture, london(20260309, 8, 0)), 1);
	assert_true(next(fixture, &mail));
	assert_string_equal(mail.to, "clerk@marlbrook.example");
	assert_has(mail.subject, "Nothing waits and nothing is new");
	assert_has(mail.text, "Nothing is waiting for you.");
	assert_has(mail.text, "Journal: ");
	for (calendar_date day = 20260310; day <= 20260315; day++)
		assert_int_equal(run(fixture, london(day, 8, 0)), 0);
	/* New, though nothing waits. */
	assert_int_equal(run(fixture, london(20260316, 8, 0)), 1);
	assert_true(next(fixture, &mail));
	keep(fixture, &(struct sample){ "CH-SEEN", "ivy@elsewhere.example", "Hello", "akhan", "Seen.", OUTCOME_DELIVER, london(20260317, 7, 0) });
	assert_int_equal(run(fixture, london(20260317, 8, 0)), 1);
	assert_true(next(fixture, &mail));
	assert_has(mail.subject, "Nothing waits, 1 new observation");
	assert_has(mail.text, "obligation-by-councillor: 1 (Correspondence, paragraph 2)");
	assert_int_equal(run(fixture, london(20260318, 8, 0)), 0);
	/* Easter Monday is closed: the sign of life comes on Tuesday. */
	for (calendar_date day = 20260323; day <= 20260331; day++)
		run(fixture, london(day, 8, 0));
	while (next(fixture, &mail))
		;
	assert_int_equal(run(fixture, london(20260406, 8, 0)), 0);
	assert_int_equal(run(fixture, london(20260407, 8, 0)), 1);
	fixture->own->job.settings.heartbeat = DIGEST_NEVER;
	assert_int_equal(run(fixture, london(20260413, 8, 0)), 0);
}

/* The clerk's own goes to the second reviewer, who hears of nothing else; what was passed on too. */
static void each_sees_their_own(void **state)
{
	struct fixture *fixture = *state;
	struct read_digest clerk, second;
	int64_t now = london(20260303, 8, 0);
	keep_held(fixture, "CH-ANY", now - 3 * HOUR);
	keep(fixture, &(struct sample){ "CH-CLERK", "clerk@marlbrook.example", "About the clerk", "akhan", "Sent to her.", OUTCOME_HOLD, now - 2 * HOUR });
	keep(fixture, &(struct sample){ "CH-NAMED", "ivy@elsewhere.example", "Complaint", "akhan", "It names Ruth Ames.", OUTCOME_HOLD, now - HOUR });
	keep_held(fixture, "CH-PASSED", now - HOUR);
	assert_true(store_escalate(fixture->store, "CH-PASSED", &(struct deed){ "ruth", "passed", now }, &fixture->err));
	assert_int_equal(run(fixture, now), 2);
	assert_true(next(fixture, &clerk));
	assert_true(next(fixture, &second));
	assert_string_equal(clerk.to, "clerk@marlbrook.example");
	assert_string_equal(second.to, "mo@wexshire.example");
	const char *const forms[] = { clerk.text, clerk.html };
	for (size_t i = 0; i < 2; i++) {
		assert_has(forms[i], "CH-ANY");
		assert_has(forms[i], "3 items went to the second reviewer.");
		assert_lacks(forms[i], "CH-CLERK");
		assert_lacks(forms[i], "CH-NAMED");
		assert_lacks(forms[i], "About the clerk");
		assert_lacks(forms[i], "CH-PASSED");
	}
	assert_lacks(second.text, "CH-ANY");
	assert_has(second.text, "CH-CLERK");
	assert_has(second.text, "CH-NAMED");
	assert_has(second.text, "CH-PASSED");
	assert_lacks(second.text, "New since");
}

static void foreign_text_is_harmless(void **state)
{
	struct fixture *fixture = *state;
	struct read_digest mail;
	int64_t now = london(20260303, 8, 0);
	keep(fixture, &(struct sample){ "CH-1", "o'neill+<b>@firm.example", "<script>alert(1)</script> & \x1b[31m \xe2\x80\xaetxet", "akhan",
					"It says \"<img src=x onerror=alert(1)>\".", OUTCOME_HOLD, now - HOUR });
	struct deed said = { "amir.khan@marlbrook.example", "</dd><a href=\"javascript:x\">urgent</a>", now };
	assert_true(store_sender_reply(fixture->store, "CH-1", &said, &fixture->err));
	assert_int_equal(run(fixture, now), 1);
	assert_true(next(fixture, &mail));
	static const char *const absent[] = { "<script", "<img", "<b>", "\x1b", "\xe2\x80\xae", "<Town>", "href=\"javascript", "@import", "url(" };
	for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
		assert_lacks(mail.html, absent[i]);
	assert_has(mail.html, "&lt;script&gt;");
	assert_has(mail.html, "@page{size:A4");
	assert_has(mail.html, "urgent");
	assert_lacks(mail.text, "\x1b");
	assert_lacks(mail.text, "\xe2\x80\xae");
	const char *keepsake = getenv("COPYHOLD_KEEP_DIGEST");
	if (keepsake != NULL) {
		FILE *file = fopen(keepsake, "w");
		assert_non_null(file);
		fputs(mail.html, file);
		fclose(file);
	}
}

static void without_a_console_there_are_commands(void **state)
{
	struct fixture *fixture = *state;
	struct read_digest mail;
	int64_t now = london(20260303, 8, 0);
	fixture->own->job.console_address = NULL;
	keep_held(fixture, "CH-1", now - HOUR);
	assert_int_equal(run(fixture, now), 1);
	assert_true(next(fixture, &mail));
	assert_has(mail.text, "copyhold queue release REFERENCE");
	assert_lacks(mail.html, "href=");
	assert_lacks(mail.text, "://");
}

static void many_are_counted(void **state)
{
	struct fixture *fixture = *state;
	struct read_digest mail;
	int64_t now = london(20260303, 8, 0);
	for (int i = 0; i < 60; i++)
		keep_held(fixture, arena_printf(fixture->arena, "CH-%02d", i), now - (100 - i) * 60);
	assert_int_equal(run(fixture, now), 1);
	assert_true(next(fixture, &mail));
	assert_has(mail.subject, "60 messages wait");
	assert_has(mail.text, "10 more wait; these are the oldest 50.");
	assert_has(mail.text, "CH-00");
	assert_lacks(mail.text, "CH-50");
}

/* Eight processes at the same second: each reader gets one. */
static void once_among_processes(void **state)
{
	struct fixture *fixture = *state;
	int64_t now = london(20260303, 8, 0);
	size_t mails = 0;
	keep_held(fixture, "CH-1", now - HOUR);
	store_close(&fixture->store);
	for (int i = 0; i < 8; i++) {
		if (fork() != 0)
			continue;
		size_t made = 0;
		bool good = store_open(fixture->own->job.store_directory, &fixture->desk.store, &fixture->err) &&
			    digest_run(&fixture->own->job, now, &made, &fixture->err);
		_exit(good ? (int)made : 9);
	}
	for (int i = 0; i < 8; i++) {
		int status = 0;
		wait(&status);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 9);
		mails += (size_t)WEXITSTATUS(status);
	}
	assert_int_equal(mails, 1);
	assert_true(store_open(fixture->own->job.store_directory, &fixture->store, &fixture->err));
	assert_true(next(fixture, &(struct read_digest){ 0 }));
	assert_false(next(fixture, &(struct read_digest){ 0 }));
	int64_t newest = 0;
	assert_true(store_digest_newest(fixture->store, &newest, &fixture->err));
	assert_int_equal(newest, now);
}

static size_t times_in(const char *text, const char *part)
{
	size_t count = 0;
	for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
		count++;
	return count;
}

/* What the settings of `languages` come to: English is always there, and whoever asks for Welsh has it first. */
static const struct {
	const char *setting;
	bool welsh, welsh_first;
	const char *subject, *tags, *html_tag, *heading, *label;
} settings_of_language[] = {
	{ "en", false, false, "Subject: 2 messages wait for your decision: ", "en-GB\r\n", "<html lang=\"en-GB\">", "\r\nWaiting for your decision\r\n-----", "    Why:" },
	{ "cy", true, true, "Subject: Mae 2 neges yn aros am eich penderfyniad: ", "cy, en\r\n", "<html lang=\"cy\">",
	  "\r\nYn aros am eich penderfyniad / Waiting for your decision\r\n--------------------------------------------------------\r\n\r\n", "    Pam / Why:" },
	{ "en+cy", true, false, "Subject: 2 messages wait for your decision: ", "en, cy\r\n", "<html lang=\"en-GB\">",
	  "\r\nWaiting for your decision / Yn aros am eich penderfyniad\r\n--------------------------------------------------------\r\n\r\n", "    Why / Pam:" },
	{ "cy+en", true, true, "Subject: Mae 2 neges yn aros am eich penderfyniad: ", "cy, en\r\n", "<html lang=\"cy\">",
	  "\r\nYn aros am eich penderfyniad / Waiting for your decision\r\n--------------------------------------------------------\r\n\r\n", "    Pam / Why:" },
};

static void check_languages(size_t row, const struct read_digest *mail)
{
	bool welsh = settings_of_language[row].welsh, welsh_first = settings_of_language[row].welsh_first;
	static const char *const english[] = { "OVERDUE", "waiting 1 hour", "Tuesday 3 March 2026, 07:00", "Mode: as each rule says", "chain whole",
					       "new observation since", "messages examined (" };
	static const char *const cymraeg[] = { "YN HWYR", "yn aros ers 1 awr", "Dydd Mawrth 3 Mawrth 2026, 07:00", "Modd: fel y dywed pob rheol",
					       "mae'r gadwyn yn gyfan", "arsylwad newydd ers", "Archwiliwyd " };
	assert_has(mail->subject, settings_of_language[row].subject);
	assert_has(mail->subject, settings_of_language[row].tags);
	assert_has(mail->text, settings_of_language[row].heading);
	assert_has(mail->text, settings_of_language[row].label);
	assert_has(mail->html, settings_of_language[row].html_tag);
	for (size_t i = 0; i < sizeof english / sizeof english[0]; i++) {
		const char *ours = strstr(mail->text, english[i]), *theirs = strstr(mail->text, cymraeg[i]);
		if (ours == NULL || (theirs != NULL) != welsh || (welsh && (theirs < ours) != welsh_first))
			fail_msg("%s: \"%s\" and \"%s\" in:\n%s", settings_of_language[row].setting, english[i], cymraeg[i], mail->text);
	}
	if (welsh)
		assert_has(mail->text, welsh_first ? "ivy@elsewhere.example (wedi'i dal / held)\r\n" : "ivy@elsewhere.example (held / wedi'i dal)\r\n");
	/* Each item, link and kept sentence stands once. */
	assert_int_equal(times_in(mail->text, "CH-OLD"), 1);
	assert_int_equal(times_in(mail->text, DESK "/link/"), 2);
	assert_int_equal(times_in(mail->html, DESK "/link/"), 2);
	assert_int_equal(times_in(mail->html, "It appears to bind the Council."), 2);
	assert_int_equal(times_in(mail->html, "<dd lang=\"en\"><bdi>It appears to bind the Council."), welsh ? 2 : 0);
	assert_int_equal(times_in(mail->html, "<span lang=\"cy\">Pam</span>"), welsh ? 2 : 0);
	assert_int_equal(times_in(mail->html, ">Dydd Mawrth 3 Mawrth 2026, 07:00</time>"), welsh ? 1 : 0);
	if (!welsh)
		assert_lacks(mail->html, "lang=\"cy\"");
	else
		assert_true((strstr(mail->html, "<p lang=\"cy\">2 yn aros") < strstr(mail->html, "<p lang=\"en\">2 waiting")) == welsh_first);
	assert_lacks(mail->text, "%{");
	assert_lacks(mail->html, "%{");
}

static void in_the_languages_of_the_council(void **state)
{
	for (size_t row = 0; row < sizeof settings_of_language / sizeof settings_of_language[0]; row++) {
		const struct catalogue *catalogue = NULL;
		struct notice_words *welsh = NULL;
		struct read_digest mail;
		int64_t now = london(20260303, 8, 0);
		set_up(state);
		struct fixture *fixture = *state;
		assert_true(catalogue_read("po/cy/LC_MESSAGES/copyhold.mo", fixture->arena, &catalogue, &fixture->err));
		assert_true(notice_words_translate(fixture->arena, catalogue, &welsh, &fixture->err));
		fixture->desk.notices.words_cy = settings_of_language[row].welsh ? welsh : NULL;
		fixture->desk.notices.welsh_first = settings_of_language[row].welsh_first;
		keep_held(fixture, "CH-OLD", now - 20 * DAY);
		keep_held(fixture, "CH-NEW", now - HOUR);
		assert_int_equal(run(fixture, now), 1);
		assert_true(next(fixture, &mail));
		assert_false(next(fixture, &(struct read_digest){ 0 }));
		check_languages(row, &mail);
		council_case_tear_down(state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(due_on_working_days_by_the_wall_clock),
		cmocka_unit_test_setup_teardown(once_a_day_with_a_link_for_its_reader, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(missed_times_are_made_up_for_once, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(the_first_one, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(silence_and_a_sign_of_life, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(each_sees_their_own, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(foreign_text_is_harmless, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(without_a_console_there_are_commands, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(many_are_counted, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(once_among_processes, set_up, council_case_tear_down),
		cmocka_unit_test(in_the_languages_of_the_council),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
