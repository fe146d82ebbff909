/* test_conclude.c - whole messages through the table of callbacks, with each call to libmilter failing in its turn.
 *
 * Field lessons: M1 a hold with any words is held; M2 a failed call is a 4xx with nothing half done; M6 the next message is
 * served; M7 nothing is decided before the end of a message, so nothing of one lets the next one past.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "council_folder.h"
#include "fake_milter.h"
#include "milter/callbacks.h"
#include "store/store_memory.h"

#define CLERK "clerk@marlbrook.example"
#define MOSS "<cllr.moss@marlbrook.example>"
#define KHAN "<cllr.khan@marlbrook.example>"
#define WEBB "<ivy.webb@post.example>"
#define TEXT_HEADERS(subject) NAMED_HEADERS(subject, subject)
#define NAMED_HEADERS(subject, id) \
	{ "From", " Ruth Ames <" CLERK ">" }, { "To", " cllr.moss@marlbrook.example" }, { "Subject", " " subject }, \
		{ "Content-Type", " text/plain; charset=utf-8" }, { "Message-ID", " <" id "@marlbrook.example>" }

static const char people[] = "name,role,offices,addresses\n"
			     "Ruth Ames,officer,clerk," CLERK "\n"
			     "Carl Moss,councillor,,cllr.moss@marlbrook.example\n"
			     "Amir Khan,councillor,,cllr.khan@marlbrook.example\n"
			     "Helen Marsh,oversight,monitoring-officer,mo@wexshire.example\n";
static const char configuration[] =
	"council = { name = \"Marlbrook Town Council\"; domains = [ \"marlbrook.example\" ];\n"
	"  authority = { minute = \"1\"; date = \"2026-01-12\"; }; notice_from = \"postmaster@marlbrook.example\";\n"
	"  second_reviewer = \"mo@wexshire.example\"; };\n"
	"directory = \"people.csv\"; store = \"state\"; mode = \"enforce\";\n"
	"release = { socket = \"/nonexistent/release\"; };\n"
	"phrases = { whole = ( \"whole\" ); some = ( \"some\" ); back = ( \"back\" ); sign = ( \"sign\" ); quiet = ( \"quiet\" ); speak = ( \"speak\" ); };\n"
	"permissions = ( { kind = \"spokesperson\"; who = \"" CLERK "\"; from = \"2020-01-01\"; minute = \"1\"; } );\n"
	"rules = (\n"
	"  { id = \"whole\"; clause = \"1\"; when = ( \"the subject says whole\" ); action = \"hold\"; whole_message = true;\n"
	"    also = ( \"notify\" ); says = { en = \"Whole.\"; }; },\n"
	"  { id = \"some\"; clause = \"2\"; when = ( \"the subject says some\", \"this recipient is a third party\" ); action = \"hold\";\n"
	"    also = ( \"notify\", \"flag\" ); says = { en = \"Some.\"; }; },\n"
	"  { id = \"back\"; clause = \"100% of \\\"3\\\"\\n\xc3\xa2\"; when = ( \"the subject says back\" ); action = \"return\";\n"
	"    says = { en = \"Back.\"; }; },\n"
	"  { id = \"sign\"; clause = \"4\"; when = ( \"the subject says sign\" ); action = \"flag\"; says = { en = \"Sign.\"; }; },\n"
	"  { id = \"quiet\"; clause = \"7\"; when = ( \"the subject says quiet\" ); action = \"notify\"; kept = \"nothing\";\n"
	"    says = { en = \"Quiet.\"; }; },\n"
	"  { id = \"speak\"; clause = \"6\"; when = ( \"the subject says speak\" ); unless = ( \"sender has permission spokesperson\" );\n"
	"    action = \"flag\"; says = { en = \"Speak.\"; }; },\n"
	"  { id = \"copy\"; clause = \"5\"; when = ( \"a hidden councillor is not named at the foot\" ); action = \"footer\";\n"
	"    also = ( \"notify\" ); says = { en = \"Copy.\"; }; }\n"
	");\n";

struct house {
	const char *folder;
	struct arena *arena;
	struct gate gate;
};

static struct house *open_house(void)
{
	struct house *house = calloc(1, sizeof *house);
	struct error err = ERROR_INIT;
	assert_non_null(house);
	house->arena = arena_new();
	house->folder = folder_new(house->arena, "house");
	folder_put(house->arena, house->folder, "people.csv", people);
	house->gate.conf = folder_put(house->arena, house->folder, "copyhold.conf", configuration);
	pthread_mutex_init(&house->gate.lock, NULL);
	pthread_cond_init(&house->gate.changed, NULL);
	if (!snapshot_load(house->gate.conf, &house->gate.snapshot, &err) || !store_open(house->gate.snapshot->store_directory, &house->gate.store, &err) ||
	    !callbacks_register(&house->gate, &err))
		fail_msg("%s", error_text(&err));
	const struct store_memory_options options = { .terms = house->gate.snapshot->memory_terms, .journal = house->gate.store };
	if (!store_memory_open(house->gate.snapshot->store_directory, &options, &house->gate.memory, &err))
		fail_msg("%s", error_text(&err));
	house->gate.snapshot->reader = reader_here(house->gate.snapshot->lexicon, NULL);
	return house;
}

static void close_house(struct house **closing)
{
	struct house *house = *closing;
	assert_int_equal(house->gate.in_flight, 0);
	assert_int_equal(house->gate.budget.used, 0);
	memory_close(&house->gate.memory);
	gate_flush_tally(&house->gate); /* as at the gate's end: what is counted and not yet kept */
	store_close(&house->gate.store);
	gate_drop_snapshot(&house->gate, &house->gate.snapshot);
	while (house->gate.scratches != NULL) {
		struct pattern_scratch *scratch = gate_take_scratch(&house->gate);
		pattern_scratch_free(&scratch);
	}
	folder_remove(house->arena, house->folder);
	arena_free(&house->arena);
	free(house);
	*closing = NULL;
}

static size_t held_messages(struct house *house)
{
	struct held_list held;
	assert_true(store_list_held(house->gate.store, house->arena, false, &held, NULL));
	return held.count;
}

/* Own mail that would ever go out. Leases last beyond the test, so each is counted once. */
static size_t waiting_notices(struct house *house)
{
	struct outgoing outgoing;
	bool found = true;
	size_t count = 0;
	while (store_outbox_take(house->gate.store, house->arena, clock_now() + 86400, 86400, &found, &outgoing, NULL) && found)
		count++;
	return count;
}

static const struct row {
	struct fake_mail mail;
	sfsistat answer;
	size_t held, changes;
	const char *call; /* one that is made for it */
	size_t notices;   /* to anybody */
} rows[] = {
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS, WEBB }, { TEXT_HEADERS("whole") }, "Text.\r\n" }, SMFIS_DISCARD, 1, 0, "smfi_progress", 1 },
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS, WEBB }, { TEXT_HEADERS("some") }, "Text.\r\n" }, SMFIS_CONTINUE, 1, 2, "smfi_delrcpt", 1 },
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS, WEBB }, { TEXT_HEADERS("back") }, "Text.\r\n" }, SMFIS_REJECT, 0, 0, "smfi_setreply", 1 },
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS, WEBB }, { TEXT_HEADERS("sign") }, "Text.\r\n" }, SMFIS_CONTINUE, 0, 1, "smfi_insheader", 0 },
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS, KHAN }, { TEXT_HEADERS("copy") }, "Text.\r\n" }, SMFIS_CONTINUE, 0, 1, "smfi_replacebody", 1 },
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS, KHAN, WEBB }, { NAMED_HEADERS("some", "line") }, "Text.\r\n" }, SMFIS_CONTINUE, 1, 3, "smfi_replacebody", 1 },
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS }, { NAMED_HEADERS("plain", "forged"), { "X-Copyhold-Id", " forged" } }, "Text.\r\n" },
	  SMFIS_CONTINUE, 0, 1, "smfi_chgheader", 0 },
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS }, { TEXT_HEADERS("plain") }, "Text.\r\n" }, SMFIS_CONTINUE, 0, 0, NULL, 0 },
	/* has no entry, and yet its sender is told, once */
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS }, { TEXT_HEADERS("quiet"), { "X-Copyhold-Id", " forged" } }, "Text.\r\n" },
	  SMFIS_CONTINUE, 0, 1, "smfi_chgheader", 1 },
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS }, { NAMED_HEADERS("quiet", "unchanged") }, "Text.\r\n" }, SMFIS_CONTINUE, 0, 0, "smfi_progress", 1 },
	/* the same beside something that has one */
	{ { "<" CLERK ">", "clerk@marlbrook.example", { MOSS }, { NAMED_HEADERS("quiet sign", "beside") }, "Text.\r\n" },
	  SMFIS_CONTINUE, 0, 1, "smfi_insheader", 1 },
};
#define ROW_COUNT (sizeof rows / sizeof *rows)

static struct fake_result send_once(const struct row *row, size_t fail_at)
{
	struct fake_result result = { .answer = SMFIS_TEMPFAIL };
	if (!fake_connect(EVERY_ACTION, EVERY_STEP, fail_at)) {
		result.failed = "smfi_setsymlist";
		return result;
	}
	result = fake_send(&row->mail);
	fake_close();
	return result;
}

/* A call fails; then the sender comes again. */
static const char *check_failure(const struct row *row, size_t fail_at, size_t notices)
{
	struct house *house = open_house();
	struct fake_result failed = send_once(row, fail_at);
	assert_non_null(failed.failed);
	bool words_only = strcmp(failed.failed, "smfi_setreply") == 0;
	if (failed.answer != (words_only ? row->answer : SMFIS_TEMPFAIL) || (failed.code[0] != '\0' && strcmp(failed.code, "451") != 0))
		fail_msg("%s: %s fails: answer %d, reply \"%s\"", row->mail.headers[2][1], failed.failed, failed.answer, failed.code);
	if (!words_only) {
		assert_int_equal(held_messages(house), 0);
		assert_int_equal(waiting_notices(house), 0);
		struct fake_result again = send_once(row, 0);
		if (again.answer != row->answer || again.changes != row->changes || held_messages(house) != row->held)
			fail_msg("%s: after %s failed: answer %d, %zu changes", row->mail.headers[2][1], failed.failed, again.answer, again.changes);
		assert_int_equal(waiting_notices(house), notices);
	}
	close_house(&house);
	return failed.failed;
}

static void test_every_call_may_fail(void **state)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		struct house *house = open_house();
		struct fake_result result = send_once(&rows[i], 0);
		if (result.answer != rows[i].answer || result.changes != rows[i].changes || held_messages(house) != rows[i].held)
			fail_msg("%s: answer %d, %zu changes, %zu held", rows[i].mail.headers[2][1], result.answer, result.changes, held_messages(house));
		assert_int_equal(strstr(result.words, "reference CH-") != NULL, rows[i].answer == SMFIS_REJECT);
		size_t notices = waiting_notices(house);
		if (notices != rows[i].notices)
			fail_msg("%s: %zu notices", rows[i].mail.headers[2][1], notices);
		close_house(&house);
		bool seen = rows[i].call == NULL;
		for (size_t n = 1; n <= result.calls; n++)
			seen |= strcmp(check_failure(&rows[i], n, notices), rows[i].call == NULL ? "" : rows[i].call) == 0;
		assert_true(seen);
	}
}

static void test_nothing_is_assumed_of_the_mail_server(void **state)
{
	struct house *house = open_house();
	assert_true(fake_connect(EVERY_ACTION, EVERY_STEP, 0));
	unsigned long wanted = fake_wanted_actions();
	fake_close();
	assert_int_equal(wanted & (SMFIF_QUARANTINE | SMFIF_ADDRCPT | SMFIF_CHGFROM), 0); /* never used */
	for (unsigned long bit = 1; bit <= EVERY_ACTION; bit <<= 1) {
		bool taken = fake_connect(EVERY_ACTION & ~bit, EVERY_STEP, 0);
		assert_int_equal(taken, (wanted & bit) == 0);
		if (taken)
			fake_close();
	}
	assert_false(fake_connect(EVERY_ACTION, 0, 0));
	close_house(&house);
}

static void test_nothing_is_decided_before_the_end(void **state)
{
	struct house *house = open_house();
	for (size_t first = 0; first < ROW_COUNT; first++)
		for (size_t second = 0; second < ROW_COUNT; second++) {
			assert_true(fake_connect(EVERY_ACTION, EVERY_STEP, 0));
			struct fake_result one = fake_send(&rows[first].mail);
			assert_true(one.at_end && one.answer == rows[first].answer);
			fake_abort(&rows[second].mail); /* after DATA the client is gone: the next message is no less examined */
			struct fake_result two = fake_send(&rows[second].mail);
			if (!two.at_end || two.answer != rows[second].answer || two.changes != rows[second].changes)
				fail_msg("%s after %s: answer %d, %zu changes", rows[second].mail.headers[2][1], rows[first].mail.headers[2][1], two.answer,
					 two.changes);
			fake_close();
		}
	assert_int_equal(fake_early_verdicts(), 0);
	close_house(&house);
}

/* A mail server that leaves steps out gets no verdict to deliver by. */
static void test_steps_out_of_order(void **state)
{
	struct house *house = open_house();
	const struct smfiDesc *table = fake_table();
	char *from[] = { (char *)"<" CLERK ">", NULL };
	assert_true(fake_connect(EVERY_ACTION, EVERY_STEP, 0));
	assert_int_equal(table->xxfi_eom(fake_context()), SMFIS_TEMPFAIL);
	assert_int_equal(table->xxfi_data(fake_context()), SMFIS_TEMPFAIL);
	table->xxfi_header(fake_context(), (char *)"Subject", (char *)" whole");
	table->xxfi_body(fake_context(), (unsigned char *)(void *)"x", 1);
	assert_int_equal(table->xxfi_abort(fake_context()), SMFIS_CONTINUE);
	assert_int_equal(table->xxfi_envfrom(fake_context(), from), SMFIS_CONTINUE);
	assert_int_equal(table->xxfi_eom(fake_context()), SMFIS_TEMPFAIL); /* nobody to send it to */
	fake_close();
	assert_int_equal(table->xxfi_eom(fake_context()), SMFIS_TEMPFAIL);
	assert_int_equal(held_messages(house), 0);
	close_house(&house);
}

/* While the gate ends, what is under way is finished and what comes is asked to come again. */
static void test_draining_asks_to_come_again(void **state)
{
	struct house *house = open_house();
	house->gate.draining = true;
	for (size_t i = 0; i < ROW_COUNT; i++)
		assert_int_equal(send_once(&rows[i], 0).answer, SMFIS_TEMPFAIL);
	house->gate.draining = false;
	assert_int_equal(send_once(&rows[0], 0).answer, SMFIS_DISCARD);
	close_house(&house);
}

static enum reader_end read_badly(struct reader *reader, struct arena *arena, struct message *message, struct pattern_scratch *scratch,
				  const struct reading **out, const char **why_out)
{
	*why_out = "the reader stopped on it";
	return READER_FAILED;
}

static enum reader_end read_never(struct reader *reader, struct arena *arena, struct message *message, struct pattern_scratch *scratch,
				  const struct reading **out, const char **why_out)
{
	*why_out = "all readers are busy";
	return READER_AWAY;
}

static void end_nothing(struct reader *reader)
{
}

/* The reader died of the text: what the headers say holds all the same, and the text stays as it is. */
static void test_headers_are_judged_when_the_text_cannot_be_read(void **state)
{
	struct house *house = open_house();
	struct reader bad = { read_badly, end_nothing };
	reader_free(&house->gate.snapshot->reader);
	house->gate.snapshot->reader = &bad;
	assert_int_equal(send_once(&rows[0], 0).answer, SMFIS_DISCARD);
	assert_int_equal(send_once(&rows[1], 0).answer, SMFIS_CONTINUE);
	assert_int_equal(held_messages(house), 2);
	struct fake_result copy = send_once(&rows[4], 0); /* a line at a foot nobody has seen: left alone, but passed on */
	assert_int_equal(copy.answer, SMFIS_CONTINUE);
	assert_int_equal(send_once(&rows[7], 0).answer, SMFIS_CONTINUE);
	close_house(&house);
}

static void test_without_a_reader_senders_try_again(void **state)
{
	struct house *house = open_house();
	struct reader away = { read_never, end_nothing };
	reader_free(&house->gate.snapshot->reader);
	house->gate.snapshot->reader = &away;
	for (size_t i = 0; i < ROW_COUNT; i++)
		assert_int_equal(send_once(&rows[i], 0).answer, SMFIS_TEMPFAIL);
	assert_int_equal(held_messages(house), 0);
	assert_int_equal(waiting_notices(house), 0);
	close_house(&house);
}

/* An exemption is used once, however often its message had to come; that of a protected person's mail, which has no entry, too. */
static const struct fake_mail exempted[] = {
	{ "<" CLERK ">", "clerk@marlbrook.example", { WEBB }, { TEXT_HEADERS("speak"), { "X-Copyhold-Id", " forged" } }, "Text.\r\n" },
	{ "<" CLERK ">", "clerk@marlbrook.example", { "<mo@wexshire.example>" }, { TEXT_HEADERS("some"), { "X-Copyhold-Id", " forged" } }, "Text.\r\n" },
};

static void check_exemptions(struct house *house, int64_t wanted)
{
	struct summary summary = { 0 };
	struct error err = ERROR_INIT;
	int64_t now = clock_now();
	if (!store_summary(house->gate.store, house->arena, now - 86400 - now % 86400, now + 86400, 0, &summary, &err))
		fail_msg("%s", error_text(&err));
	assert_int_equal(summary.exception_count, wanted > 0);
	if (wanted > 0)
		assert_int_equal(summary.exceptions[0].count, wanted);
}

/* Past this second: the same content of one second has one id, and would be known again by that. */
static void next_second(void)
{
	for (int64_t now = clock_now(); clock_now() == now;)
		usleep(20000);
}

static void test_an_exemption_is_counted_once(void **state)
{
	for (size_t i = 0; i < sizeof exempted / sizeof *exempted; i++) {
		const struct row row = { .mail = exempted[i] };
		struct house *house = open_house();
		for (int64_t sent = 1; sent <= 2; sent++) {
			size_t failing = 0;
			for (size_t n = 1; failing < 2; n++) {
				struct fake_result failed = send_once(&row, n);
				assert_non_null(failed.failed);
				if (failed.answer == SMFIS_TEMPFAIL && strcmp(failed.failed, "smfi_chgheader") == 0)
					failing++, n--;
				check_exemptions(house, sent - 1);
			}
			next_second();
			assert_int_equal(send_once(&row, 0).answer, SMFIS_CONTINUE);
			check_exemptions(house, sent);
			next_second();
		}
		close_house(&house);
	}
}

static void in_memory(struct house *house, const char *sql)
{
	sqlite3 *base = NULL;
	const char *path = arena_printf(house->arena, "%s/memory.db", house->gate.snapshot->store_directory);
	if (sqlite3_open(path, &base) != SQLITE_OK || sqlite3_exec(base, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(base));
	sqlite3_close(base);
}

/* What memory does not take is not passed on, and nobody has been told of it. */
static void test_what_cannot_be_remembered_did_nothing(void **state)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		struct house *house = open_house();
		in_memory(house, "CREATE TRIGGER full BEFORE INSERT ON copy BEGIN SELECT RAISE(ABORT, 'full'); END");
		struct fake_result refused = send_once(&rows[i], 0);
		if (refused.answer != SMFIS_TEMPFAIL || refused.changes != 0 || held_messages(house) != 0 || waiting_notices(house) != 0)
			fail_msg("%s: answer %d, %zu changes", rows[i].mail.headers[2][1], refused.answer, refused.changes);
		in_memory(house, "DROP TRIGGER full");
		assert_int_equal(send_once(&rows[i], 0).answer, rows[i].answer);
		assert_int_equal(held_messages(house), rows[i].held);
		assert_int_equal(waiting_notices(house), rows[i].notices);
		close_house(&house);
	}
}

int main(void)
{
	log_open("test_conclude", LOG_FORM_JSON, LOG_LEVEL_ERROR);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_call_may_fail),
		cmocka_unit_test(test_nothing_is_assumed_of_the_mail_server),
		cmocka_unit_test(test_nothing_is_decided_before_the_end),
		cmocka_unit_test(test_steps_out_of_order),
		cmocka_unit_test(test_draining_asks_to_come_again),
		cmocka_unit_test(test_headers_are_judged_when_the_text_cannot_be_read),
		cmocka_unit_test(test_without_a_reader_senders_try_again),
		cmocka_unit_test(test_an_exemption_is_counted_once),
		cmocka_unit_test(test_what_cannot_be_remembered_did_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
