/* test_queue.c - a reviewer's deeds: who may, once only, what goes out, what is remembered.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "council_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reading/reading.h"
#include "review/queue.h"
#include "smtp_server.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */

static const char people[] =
	"name,role,addresses,offices,logins,group,to\r\n"
	"Ruth Ames,officer,ruth@marlbrook.example;clerk@marlbrook.example,clerk,ruth,,\r\n"
	"Dewi Pugh,officer,dewi@marlbrook.example,deputy-clerk,dewi,,\r\n"
	"Amir Khan,councillor,amir.khan@marlbrook.example,,akhan,,\r\n"
	"Carl Moss,councillor,carl@marlbrook.example,,cmoss,,\r\n"
	"Nia Left,officer,nia@marlbrook.example,,nia,,2025-12-31\r\n"
	"Mo Lee,oversight,mo@wexshire.example,monitoring-officer,,,\r\n"
	"All officers,list,officers@marlbrook.example,,,officers,\r\n";
static const char *const reviewers[] = { "clerk@marlbrook.example", "dewi@marlbrook.example", "nia@marlbrook.example", "aud@firm.example" };

static int set_up(void **state)
{
	struct fixture *fixture = *state = council_case_new(people);
	fixture->desk = (struct desk){
		.store = fixture->store, .directory = fixture->directory, .reviewers = reviewers, .reviewer_count = 4,
		.second_reviewer = "mo@wexshire.example",
		.notices = { .council_name = "Marlbrook Town Council", .notice_from = "protocol-help@marlbrook.example" },
	};
	return 0;
}

static const char *const outside[] = { "resident@elsewhere.example", "o'neill+x@firm.example" };
static const enum outcome held_for_all[] = { OUTCOME_HOLD, OUTCOME_HOLD };

/* Held: from Amir Khan to `recipients`, with one finding that says `explanation`. */
static void hold(struct fixture *fixture, const char *id, const char *auth, const char *const *recipients, const char *explanation,
		 const char *header_from)
{
	struct envelope envelope = { .from = "amir.khan@marlbrook.example", .recipients = recipients, .recipient_count = 2, .auth = auth,
				     .client = "192.0.2.7", .at = NOW };
	struct finding_record finding = { "obligation-by-councillor", "Correspondence, paragraph 2", "hold", "enforce", explanation,
					  "[{\"where\":\"text\",\"text\":\"we accept your tender\"}]" };
	struct record record = {
		.id = id, .content_key = id, .at = NOW, .envelope = &envelope, .sender_name = "Amir Khan",
		.sender_address = auth == NULL ? NULL : "amir.khan@marlbrook.example", .header_from = header_from, .direction = "outgoing",
		.outcome = "hold", .message_id = "<t1@marlbrook.example>", .subject = "Tender",
		.raw = BYTES("From: amir.khan@marlbrook.example\r\nSubject: Tender\r\n\r\nWe accept.\r\n.\r\nSi\xc3\xa2n\r\n"),
		.recipient_outcomes = held_for_all, .findings = &finding, .finding_count = 1,
	};
	bool duplicate;
	const char *kept;
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &kept, &fixture->err));
}

static const struct held *look(struct fixture *fixture, const char *id)
{
	const struct held *held = NULL;
	assert_true(store_find_held(fixture->store, fixture->arena, id, &held, &fixture->err));
	assert_non_null(held);
	return held;
}

static void moves_are_the_design(void **state)
{
	static const char *const legal[] = { "held releasing", "held returned", "releasing released", "releasing held", "releasing in-doubt",
					     "in-doubt releasing", "in-doubt released", "in-doubt returned" };
	size_t count = 0;
	for (enum hold_state from = HOLD_HELD; from <= HOLD_VOID; from++) {
		for (enum hold_state to = HOLD_HELD; to <= HOLD_VOID; to++) {
			char pair[40];
			bool listed = false;
			snprintf(pair, sizeof pair, "%s %s", hold_state_name(from), hold_state_name(to));
			for (size_t i = 0; i < sizeof legal / sizeof legal[0]; i++)
				listed = listed || strcmp(pair, legal[i]) == 0;
			assert_int_equal(hold_move_is_legal(from, to), listed);
			count += listed;
		}
	}
	assert_int_equal(count, sizeof legal / sizeof legal[0]);
	(void)state;
}

static void recusal_is_by_person(void **state)
{
	struct fixture *fixture = *state;
	static const char *const to_list[] = { "officers@marlbrook.example", "x@elsewhere.example" };
	static const char *const to_alias[] = { "Ruth+filed@Marlbrook.example", "x@elsewhere.example" };
	static const struct {
		const char *by, *auth, *explanation, *header_from;
		const char *const *recipients;
		const char *refused; /* part of why; NULL: may */
	} cases[] = {
		{ "clerk@marlbrook.example", "akhan", "It binds the Council.", NULL, outside, NULL },
		{ "ruth", "akhan", "It binds the Council.", NULL, outside, NULL },
		{ "RUTH@marlbrook.example", "akhan", "It binds the Council.", NULL, outside, NULL },
		{ "mo@wexshire.example", "akhan", "It binds the Council.", NULL, outside, NULL },
		{ "aud@firm.example", "akhan", "It binds the Council.", NULL, outside, NULL },
		{ "akhan", "akhan", "It binds the Council.", NULL, outside, "not a reviewer" },
		{ "cmoss", "akhan", "It binds the Council.", NULL, outside, "not a reviewer" },
		{ "stranger@x.example", "akhan", "It binds the Council.", NULL, outside, "not a reviewer" },
		{ "nia", "akhan", "It binds the Council.", NULL, outside, "no role" },
		{ "ruth", "ruth@marlbrook.example", "It binds the Council.", NULL, outside, "they sent it" },
		{ "ruth", "clerk", "It binds the Council.", NULL, outside, "they sent it" },
		{ "clerk@marlbrook.example", "akhan", "It binds the Council.", "ruth@marlbrook.example", outside, "they sent it" },
		{ "ruth", "akhan", "It binds the Council.", NULL, to_list, "sent to them" },
		{ "mo@wexshire.example", "akhan", "It binds the Council.", NULL, to_list, NULL },
		{ "ruth", "akhan", "It binds the Council.", NULL, to_alias, "sent to them" },
		{ "dewi", "akhan", "It binds the Council.", NULL, to_alias, NULL },
		{ "ruth", "akhan", "The letter is signed by Ruth Ames.", NULL, outside, "name them" },
		{ "ruth", "akhan", "The letter is signed by Mrs AMES.", NULL, outside, "name them" },
		{ "ruth", "akhan", "The letter is signed by Ruth Amesbury, of Ames Lane.", NULL, outside, NULL },
		{ "dewi", "akhan", "The letter is signed by Ruth Ames.", NULL, outside, NULL },
		{ "ruth", "akhan", "It also went to ruth@marlbrook.example.", NULL, outside, "name them" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *id = arena_printf(fixture->arena, "CH-%02zu", i);
		hold(fixture, id, cases[i].auth, cases[i].recipients, cases[i].explanation, cases[i].header_from);
		bool may = queue_may_review(&fixture->desk, look(fixture, id), cases[i].by, NOW, &fixture->err);
		if (may != (cases[i].refused == NULL) || (!may && strstr(error_text(&fixture->err), cases[i].refused) == NULL))
			fail_msg("case %zu: %d %s", i, may, error_text(&fixture->err));
	}
	hold(fixture, "CH-who", "ruth", outside, "x", NULL);
	assert_false(queue_may_review(&fixture->desk, look(fixture, "CH-who"), "ruth", NOW, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_REFUSED);
	assert_non_null(strstr(error_text(&fixture->err), "dewi@marlbrook.example"));
	assert_non_null(strstr(error_text(&fixture->err), "mo@wexshire.example"));
	assert_null(strstr(error_text(&fixture->err), "may: clerk@"));
}

/* Who is named in the Subject or stands in To or Cc, though neither is kept: be they reviewers then or not. */
static void recusal_is_by_headers_too(void **state)
{
	struct fixture *fixture = *state;
	static const struct {
		const char *subject, *to_name, *to, *cc;
		const char *named; /* joined by blanks */
	} cases[] = {
		{ "CONFIDENTIAL: about Ruth Ames", NULL, "x@elsewhere.example", NULL, "ruth" },
		{ "CONFIDENTIAL: ABOUT RUTH  AMES and Mr Pugh", NULL, "x@elsewhere.example", NULL, "ruth dewi" },
		{ "Re: ruth@marlbrook.example", NULL, "x@elsewhere.example", NULL, "ruth" },
		{ "(mailto:aud@firm.example)", NULL, "x@elsewhere.example", NULL, "aud@firm.example" },
		{ "Conduct of M\xc5\x8d Lee", NULL, "x@elsewhere.example", NULL, "" },
		{ "Complaint: Mo Lee", NULL, "x@elsewhere.example", NULL, "mo@wexshire.example" },
		{ "Ruth Amesbury of Ames Lane, Ruth", NULL, "x@elsewhere.example", NULL, "" },
		{ NULL, NULL, "Ruth+filed@Marlbrook.example", NULL, "ruth" },
		{ "Bins", "Ruth Ames", "ruthie@home.example", NULL, "ruth" },
		{ "Bins", "Ruth", "ruthie@home.example", NULL, "" },
		{ "Bins", NULL, "x@elsewhere.example", "officers@marlbrook.example", "ruth dewi" },
		{ "Bins", NULL, "x@elsewhere.example", "aud@firm.example", "aud@firm.example" },
		{ "Bins for Amir Khan", NULL, "carl@marlbrook.example", NULL, "akhan cmoss" }, /* no reviewers, but they may become some */
		{ "", NULL, "", NULL, "" },
	};
	static const char *const asked[] = { "ruth", "dewi", "mo@wexshire.example", "aud@firm.example", "akhan", "cmoss", "newcomer@marlbrook.example" };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct mailbox to = { cases[i].to_name, cases[i].to, NULL }, cc = { NULL, cases[i].cc, NULL };
		struct letter letter = { .subject = cases[i].subject, .to = { &to, 1, false }, .cc = { &cc, cases[i].cc != NULL, false } };
		struct held held = { .id = "CH-20260302-AB", .at = NOW, .from = "" };
		const char *told = "";
		held.traces = queue_traces(fixture->arena, fixture->directory, held.id, &letter, NOW);
		for (size_t k = 0; k < sizeof asked / sizeof *asked; k++)
			if (queue_recusal(fixture->directory, &held, asked[k]) != NULL)
				told = arena_printf(fixture->arena, "%s%s%s", told, *told == '\0' ? "" : " ", asked[k]);
		if (strcmp(told, cases[i].named) != 0)
			fail_msg("case %zu: \"%s\"", i, told);
	}
}

/* Marked mail about somebody who joins the council long after, and sees to reviews then. */
static void traces_outlast_the_directory(void **state)
{
	struct fixture *fixture = *state;
	struct envelope envelope = { .from = "amir.khan@marlbrook.example", .recipients = outside, .recipient_count = 2, .auth = "akhan", .at = NOW };
	struct mailbox to = { "Personnel", "newcomer@home.example", NULL };
	struct letter letter = { .subject = "CONFIDENTIAL: shall we appoint Si\xc3\xa2n Newcomer-Pugh?", .to = { &to, 1, false } };
	struct record record = { .id = "CH-1", .content_key = "1", .at = NOW, .envelope = &envelope, .outcome = "hold", .marked = true,
				 .raw = BYTES("Subject: x\r\n\r\n"), .recipient_outcomes = held_for_all };
	const char *path = arena_printf(fixture->arena, "%s/later.csv", fixture->base);
	static const char *const domain = "marlbrook.example";
	struct string_list domains = { &domain, 1, NULL };
	struct directory *later = NULL;
	bool duplicate;
	const char *kept;
	record.traces = queue_traces(fixture->arena, fixture->directory, record.id, &letter, NOW);
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &kept, &fixture->err));
	const struct held *held = look(fixture, "CH-1");
	assert_null(held->subject);
	assert_null(strstr(arena_string_of(fixture->arena, held->traces), "Newcomer"));
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("name,role,offices,addresses\nSi\xc3\xa2n Newcomer-Pugh,officer,clerk,clerk@marlbrook.example\nJo Newcomer,officer,,newcomer@home.example\n"
	      "Ruth Ames,officer,,ruth@marlbrook.example\nSi\xc3\xa2n Pugh,officer,,pugh@marlbrook.example\n", file);
	fclose(file);
	if (!directory_load(path, &domains, &later, fixture->arena, NULL, NULL, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	assert_string_equal(queue_recusal(later, held, "clerk@marlbrook.example"), "its subject, To or Cc names them");
	assert_string_equal(queue_recusal(later, held, "newcomer@home.example"), "its subject, To or Cc names them");
	assert_null(queue_recusal(later, held, "ruth@marlbrook.example"));
	assert_null(queue_recusal(later, held, "pugh@marlbrook.example"));
	directory_free(&later);
}

static void concerned_reviewers_are_recused(void **state)
{
	struct fixture *fixture = *state;
	static const char *const concerned[] = { "clerk@marlbrook.example", "aud@firm.example" };
	struct held before = { .id = "CH-1", .at = NOW, .from = "", .concerned = concerned, .concerned_count = 2 };
	assert_string_equal(queue_recusal(fixture->directory, &before, "ruth"), "its subject, To or Cc names them");
	assert_non_null(queue_recusal(fixture->directory, &before, "aud@firm.example"));
	assert_null(queue_recusal(fixture->directory, &before, "dewi"));
	/* A subject that is kept is asked itself. */
	struct held open = { .id = "CH-2", .at = NOW, .from = "", .subject = "Grievance of Carl Moss" };
	assert_non_null(queue_recusal(fixture->directory, &open, "cmoss"));
	assert_null(queue_recusal(fixture->directory, &open, "ruth"));
}

static bool release(struct fixture *fixture, const char *id, const char *const *to, size_t count, const char *by, int64_t at,
		    const struct queue_result **results)
{
	struct deed deed = { by, "a duty to reply", at };
	size_t found = 0;
	return queue_release(&fixture->desk, fixture->arena, id, to, count, &deed, results, &found, &fixture->err);
}

static void release_sends_stored_bytes_once(void **state)
{
	struct fixture *fixture = *state;
	struct server server;
	struct release_service service = { .socket = server.path, .timeout = 10, .helo = "mail.marlbrook.example" };
	const struct queue_result *results = NULL;
	struct bytes raw;
	hold(fixture, "CH-20260302-AB", "akhan", outside, "It binds the Council.", NULL);
	fixture->desk.service = &service;
	server_start(&server, WELL, true);
	assert_true(release(fixture, "CH-2026", &outside[1], 1, "ruth", NOW + 60, &results));
	server_wait(&server);
	assert_int_equal(results[0].state, HOLD_RELEASED);
	assert_false(results[0].already);
	assert_non_null(strstr(text_string(&server.commands), "MAIL FROM:<amir.khan@marlbrook.example>"));
	assert_non_null(strstr(text_string(&server.commands), "RCPT TO:<o'neill+x@firm.example>\r\nDATA"));
	static const char trace[] = "Received: from [192.0.2.7] by mail.marlbrook.example with copyhold id CH-20260302-AB;\r\n"
				    "\tMon, 02 Mar 2026 09:01:00 +0000\r\nX-Copyhold-Released: id=CH-20260302-AB\r\n";
	assert_true(bytes_starts_with(text_bytes(&server.data), BYTES(trace)));
	assert_true(store_read_raw(fixture->store, fixture->arena, "CH-20260302-AB", &raw, &fixture->err));
	assert_true(bytes_equal(bytes_slice(text_bytes(&server.data), sizeof trace - 1, server.data.length), raw));
	server_free(&server);

	/* nobody listens any more: a second sending would fail */
	assert_true(release(fixture, "CH-2026", &outside[1], 1, "dewi", NOW + 120, &results));
	assert_true(results[0].already);
	assert_string_equal(results[0].reply, "released by ruth on Monday 2 March 2026, 09:01");
	assert_int_equal(look(fixture, "CH-2026")->recipients[0].state, HOLD_HELD);
}

static void failures_keep_it_held(void **state)
{
	static const struct {
		enum mood mood;
		enum hold_state state;
		enum error_kind kind;
	} cases[] = {
		{ RCPT_450, HOLD_HELD, ERROR_RETRY },
		{ RCPT_550, HOLD_HELD, ERROR_REFUSED },
		{ END_451, HOLD_HELD, ERROR_RETRY },
		{ END_CLOSES, HOLD_IN_DOUBT, ERROR_RETRY },
	};
	struct fixture *fixture = *state;
	struct server server;
	struct release_service service = { .socket = server.path, .timeout = 10 };
	const struct queue_result *results = NULL;
	fixture->desk.service = &service;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *id = arena_printf(fixture->arena, "CH-%zu", i);
		hold(fixture, id, "akhan", outside, "It binds the Council.", NULL);
		server_start(&server, cases[i].mood, true);
		assert_false(release(fixture, id, outside, 1, "ruth", NOW, &results));
		server_wait(&server);
		server_free(&server);
		assert_int_equal(fixture->err.kind, cases[i].kind);
		assert_int_equal(look(fixture, id)->recipients[0].state, cases[i].state);
		assert_non_null(look(fixture, id)->recipients[0].last_reply);
	}
	/* in doubt: not by the way, only when named */
	assert_false(release(fixture, "CH-3", NULL, 0, "ruth", NOW, &results));
	assert_int_equal(look(fixture, "CH-3")->recipients[0].state, HOLD_IN_DOUBT);
	server_start(&server, WELL, true);
	assert_true(release(fixture, "CH-3", outside, 1, "ruth", NOW, &results));
	server_wait(&server);
	server_free(&server);
	assert_int_equal(look(fixture, "CH-3")->recipients[0].state, HOLD_RELEASED);
}

static void interrupted_release_is_in_doubt(void **state)
{
	struct fixture *fixture = *state;
	const struct queue_result *results = NULL;
	struct deed deed = { "ruth", "x", NOW };
	bool moved;
	hold(fixture, "CH-1", "akhan", outside, "It binds the Council.", NULL);
	assert_true(store_move(fixture->store, "CH-1", outside[0], HOLD_HELD, HOLD_RELEASING, &deed, NULL, &moved, &fixture->err));
	assert_false(release(fixture, "CH-1", outside, 1, "dewi", NOW + 60, &results));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);
	assert_int_equal(look(fixture, "CH-1")->recipients[0].state, HOLD_RELEASING);
	assert_false(release(fixture, "CH-1", NULL, 0, "dewi", NOW + 3600, &results));
	assert_int_equal(look(fixture, "CH-1")->recipients[0].state, HOLD_IN_DOUBT);
	assert_int_equal(look(fixture, "CH-1")->recipients[1].state, HOLD_RELEASED);
}

static bool next_outgoing(struct fixture *fixture, struct outgoing *out)
{
	bool found = false;
	assert_true(store_outbox_take(fixture->store, fixture->arena, NOW + 86400, 60, &found, out, &fixture->err));
	return found;
}

static void return_carries_the_original(void **state)
{
	struct fixture *fixture = *state;
	struct deed deed = { "mo@wexshire.example", "please ask the Clerk to write", NOW + 60 };
	const struct queue_result *results = NULL;
	struct outgoing out;
	struct bytes raw;
	hold(fixture, "CH-1", "akhan", outside, "It binds the Council.", NULL);
	assert_true(queue_return(&fixture->desk, fixture->arena, "CH-1", &deed, &fixture->err));
	assert_true(next_outgoing(fixture, &out));
	assert_string_equal(out.to, "amir.khan@marlbrook.example");
	assert_string_equal(out.kind, "returned");
	assert_true(store_read_raw(fixture->store, fixture->arena, "CH-1", &raw, &fixture->err));
	size_t type = bytes_find(out.message, BYTES("Content-Type: message/rfc822\r\n"), 0);
	assert_true(type != (size_t)-1);
	assert_true(bytes_find(out.message, raw, type) != (size_t)-1);
	assert_false(next_outgoing(fixture, &out));
	assert_false(queue_return(&fixture->desk, fixture->arena, "CH-1", &deed, &fixture->err));
	assert_non_null(strstr(error_text(&fixture->err), "returned by mo@wexshire.example on Monday 2 March 2026, 09:01"));
	assert_false(release(fixture, "CH-1", NULL, 0, "ruth", NOW + 90, &results));
	assert_int_equal(fixture->err.kind, ERROR_REFUSED);

	hold(fixture, "CH-2", NULL, outside, "It binds the Council.", NULL);
	assert_false(queue_return(&fixture->desk, fixture->arena, "CH-2", &deed, &fixture->err));
	assert_int_equal(look(fixture, "CH-2")->recipients[0].state, HOLD_HELD);
}

static void deeds_are_complete_and_journalled(void **state)
{
	struct fixture *fixture = *state;
	struct deed good = { "ruth", "a look", NOW }, nameless = { "", "x", NOW }, reasonless = { "ruth", NULL, NOW };
	const struct queue_result *results = NULL;
	const struct held *held = NULL;
	struct journal_line head;
	size_t count = 0;
	hold(fixture, "CH-1", "akhan", outside, "It binds the Council.", NULL);
	assert_false(queue_return(&fixture->desk, fixture->arena, "CH-1", &nameless, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_USAGE);
	assert_false(queue_release(&fixture->desk, fixture->arena, "CH-1", NULL, 0, &reasonless, &results, &count, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_USAGE);
	assert_false(queue_show(&fixture->desk, fixture->arena, "CH-404", &good, &held, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	const char *nobody = "nobody@x.example";
	assert_false(release(fixture, "CH-1", &nobody, 1, "ruth", NOW, &results));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);

	assert_true(queue_show(&fixture->desk, fixture->arena, "CH-1", &good, &held, &fixture->err));
	assert_true(store_journal_head(fixture->store, fixture->arena, &head, &fixture->err));
	assert_string_equal(head.what, "viewed");
	assert_string_equal(head.by, "ruth");
	assert_true(queue_escalate(&fixture->desk, fixture->arena, "CH-1", &good, &fixture->err));
	assert_true(look(fixture, "CH-1")->escalated);
	assert_true(store_journal_head(fixture->store, fixture->arena, &head, &fixture->err));
	assert_string_equal(head.what, "escalated");
	assert_non_null(strstr(head.detail, "a look"));
	struct deed stranger = { "cmoss", "x", NOW };
	assert_false(queue_show(&fixture->desk, fixture->arena, "CH-1", &stranger, &held, &fixture->err));
	assert_false(queue_escalate(&fixture->desk, fixture->arena, "CH-1", &stranger, &fixture->err));

	/* without a service, deeds are recorded as if accepted */
	assert_true(release(fixture, "CH-1", NULL, 0, "ruth", NOW, &results));
	assert_string_equal(look(fixture, "CH-1")->recipients[1].last_reply, "recorded only");
	assert_string_equal(look(fixture, "CH-1")->recipients[1].changed_by, "ruth");
	struct outgoing out;
	assert_true(next_outgoing(fixture, &out));
	assert_string_equal(out.kind, "released");
	assert_false(next_outgoing(fixture, &out));
}

static void outbox_tries_again_and_gives_up(void **state)
{
	struct fixture *fixture = *state;
	struct server server;
	struct release_service service = { .socket = server.path, .timeout = 10 };
	struct notice notice = { .kind = NOTICE_HELD, .to = "amir.khan@marlbrook.example", .message = BYTES("Subject: held\r\n\r\nx\r\n") };
	struct summary summary;
	assert_true(store_outbox_add(fixture->store, &notice, "CH-1", NOW, &fixture->err));
	server_start(&server, RCPT_550, true);
	assert_int_equal(outbox_run(fixture->store, &service, NOW, &fixture->err), 0);
	server_wait(&server);
	server_free(&server);
	assert_int_equal(outbox_run(fixture->store, &service, NOW + 59, &fixture->err), 0);
	server_start(&server, WELL, true);
	assert_int_equal(outbox_run(fixture->store, &service, NOW + 60, &fixture->err), 1);
	server_wait(&server);
	assert_non_null(strstr(text_string(&server.commands), "MAIL FROM:<>"));
	assert_true(bytes_equal(text_bytes(&server.data), notice.message));
	server_free(&server);

	assert_true(store_outbox_add(fixture->store, &notice, "CH-2", NOW, &fixture->err));
	for (int64_t at = NOW; at < NOW + 6 * 86400; at += 3600)
		assert_int_equal(outbox_run(fixture->store, &service, at, &fixture->err), 0);
	assert_true(store_summary(fixture->store, fixture->arena, NOW, NOW + 1, 1, &summary, &fixture->err));
	assert_int_equal(summary.outbox_waiting, 0);
	struct journal_line head;
	assert_true(store_journal_head(fixture->store, fixture->arena, &head, &fixture->err));
	assert_string_equal(head.what, "notice-given-up");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moves_are_the_design),
		cmocka_unit_test_setup_teardown(recusal_is_by_person, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(recusal_is_by_headers_too, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(traces_outlast_the_directory, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(concerned_reviewers_are_recused, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(release_sends_stored_bytes_once, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(failures_keep_it_held, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(interrupted_release_is_in_doubt, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(return_carries_the_original, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(deeds_are_complete_and_journalled, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(outbox_tries_again_and_gives_up, set_up, council_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
