/* test_remedy.c - a sender's own link: looking never acts, each deed is done once, and only what was offered and can still be done.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "council_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "action/notice_words.h"
#include "review/export.h"
#include "review/remedy.h"
#include "review/tend.h"

#define NOW ((int64_t)1772442000) /* Monday 2026-03-02T09:00:00Z */
#define DAY ((int64_t)86400)
#define BIT(remedy) (1u << (remedy))
#define ALL (BIT(REMEDY_OPEN_COPY) | BIT(REMEDY_DROP_HIDDEN) | BIT(REMEDY_WITHDRAW) | BIT(REMEDY_REASON))

static const char people[] = "name,role,addresses,offices,logins,group\r\n"
			     "Ruth Ames,officer,ruth@marlbrook.example;clerk@marlbrook.example,clerk,ruth,\r\n"
			     "Amir Khan,councillor,amir.khan@marlbrook.example,,akhan,\r\n"
			     "Si\xc3\xa2n O'Neill,councillor,sian.oneill@marlbrook.example,,sian,\r\n"
			     "Carl Moss,councillor,carl@marlbrook.example,,cmoss,\r\n"
			     "Mo Lee,oversight,mo@wexshire.example,monitoring-officer,,\r\n";
static const char *const reviewers[] = { "clerk@marlbrook.example" };
static const char *const lines_of_the_foot[] = { "CC councillor Amir Khan" };

struct own {
	bool other_rule_holds;
	enum error_kind opener_says; /* ERROR_NONE: it takes the line */
};

static bool open_letter(void *context, struct arena *arena, const struct held *held, struct bytes raw, const char *const **lines,
			size_t *line_count, struct bytes *letter_out, struct error *err)
{
	struct fixture *fixture = context;
	if (fixture->own->opener_says != ERROR_NONE)
		return error_set(err, fixture->own->opener_says, "the message is signed");
	*lines = lines_of_the_foot;
	*line_count = 1;
	*letter_out = raw;
	return true;
}

static bool is_let_through(void *context, struct arena *arena, const struct held *held, struct bytes letter, bool *through_out,
			   struct error *err)
{
	*through_out = !((struct fixture *)context)->own->other_rule_holds;
	return true;
}

static int set_up(void **state)
{
	struct fixture *fixture = *state = council_case_new(people);
	fixture->own = arena_alloc(fixture->arena, sizeof *fixture->own);
	fixture->desk = (struct desk){
		.store = fixture->store, .directory = fixture->directory, .reviewers = reviewers, .reviewer_count = 1,
		.second_reviewer = "mo@wexshire.example", .terms = REVIEW_TERMS_DEFAULT,
		.notices = { .council_name = "Marlbrook Town Council", .notice_from = "help@marlbrook.example",
			     .footer_format = "CC councillor %s", .footer_all = "CC all councillors" },
		.opener = { fixture, open_letter, is_let_through },
	};
	return 0;
}

static const char *const recipients[] = { "carl@marlbrook.example", "amir.khan@marlbrook.example", "sian.oneill@marlbrook.example" };

/* Ruth wrote to Carl; Amir and Sian had hidden copies. Yields the token of her link. */
static const char *keep(struct fixture *fixture, const char *id, enum outcome outcome, unsigned deeds)
{
	const enum outcome outcomes[] = { outcome, outcome, outcome };
	const enum openness openness[] = { OPENNESS_OPEN, OPENNESS_HIDDEN, OPENNESS_HIDDEN };
	struct envelope envelope = { .from = "ruth@marlbrook.example", .recipients = recipients, .recipient_count = 3, .auth = "ruth", .at = NOW };
	const struct finding_record findings[] = {
		{ "copied-councillor", "Correspondence, paragraph 9", "hold", "observe", "It is only observed.", "[]" },
		{ "silent-copy", "Correspondence, paragraph 1", "hold", "enforce", "It also went to others.", "[]" },
	};
	const char *token = own_token_make(fixture->arena), *kept;
	struct record record = {
		.id = id, .content_key = id, .at = NOW, .envelope = &envelope, .sender_name = "Ruth Ames",
		.sender_address = "ruth@marlbrook.example", .direction = "internal", .outcome = outcome_name(outcome),
		.message_id = "<1@marlbrook.example>", .subject = "Allotments", .raw = BYTES("Subject: Allotments\r\n\r\nHello.\r\n"),
		.recipient_outcomes = outcomes, .openness = openness, .findings = findings, .finding_count = 2,
		.own_token = token, .own_deeds = deeds,
	};
	bool duplicate;
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &kept, &fixture->err));
	assert_int_equal(strlen(token), OWN_TOKEN_LENGTH);
	return token;
}

static struct remedy_page look(struct fixture *fixture, const char *token, int64_t now)
{
	struct remedy_page page;
	assert_true(remedy_look(&fixture->desk, fixture->arena, token, now, &page, &fixture->err));
	assert_non_null(page.text);
	return page;
}

static unsigned offered(const struct remedy_page *page)
{
	unsigned deeds = 0;
	for (size_t i = 0; i < page->offer_count; i++)
		deeds |= BIT(page->offers[i].remedy);
	return deeds;
}

static const char *act(struct fixture *fixture, const char *token, enum remedy remedy, const char *said, int64_t now)
{
	const char *text = NULL;
	error_release(&fixture->err);
	return remedy_act(&fixture->desk, fixture->arena, token, remedy, said, now, &text, &fixture->err) ? text : NULL;
}

static void refused(struct fixture *fixture, const char *token, enum remedy remedy, int64_t now, enum error_kind kind, const char *why)
{
	assert_null(act(fixture, token, remedy, NULL, now));
	assert_int_equal(fixture->err.kind, kind);
	if (strstr(error_text(&fixture->err), why) == NULL)
		fail_msg("\"%s\" is not in: %s", why, error_text(&fixture->err));
}

static const char *states(struct fixture *fixture, const char *id)
{
	const struct held *held = NULL;
	char *words = arena_string(fixture->arena, "");
	assert_true(store_find_held(fixture->store, fixture->arena, id, &held, &fixture->err));
	for (size_t i = 0; i < held->recipient_count; i++)
		words = arena_printf(fixture->arena, "%s%s%s", words, i == 0 ? "" : " ", hold_state_name(held->recipients[i].state));
	return words;
}

static void tend(struct fixture *fixture, int64_t now)
{
	struct tended tended;
	assert_true(tend_run(&fixture->desk, now, &tended, &fixture->err));
}

/* "KIND to ADDRESS", of the next waiting in the outbox; NULL when there is none. */
static const char *next_mail(struct fixture *fixture, const char *must_have)
{
	struct outgoing mail;
	bool found;
	assert_true(store_outbox_take(fixture->store, fixture->arena, NOW + 30 * DAY, 60, &found, &mail, &fixture->err));
	if (!found)
		return NULL;
	if (must_have != NULL && bytes_find(mail.message, bytes_of(must_have), 0) == (size_t)-1)
		fail_msg("\"%s\" is not in %.*s", must_have, (int)mail.message.length, mail.message.data);
	assert_true(store_outbox_sent(fixture->store, mail.number, "250 ok", NOW, &fixture->err));
	return arena_printf(fixture->arena, "%s to %s", mail.kind, mail.to);
}

static void looking_never_acts(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	for (int i = 0; i < 3; i++) {
		struct remedy_page page = look(fixture, token, NOW + 60);
		assert_int_equal(page.standing, REMEDY_OPEN);
		assert_int_equal(offered(&page), ALL);
		assert_string_equal(page.held->id, "CH-1");
		assert_string_equal(page.person, "ruth@marlbrook.example");
	}
	assert_string_equal(states(fixture, "CH-1"), "held held held");
	assert_null(next_mail(fixture, NULL));
}

static void links_that_are_not_good(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	const char *const bad[] = { NULL, "", "x", "../../../etc/passwd", "' OR 1=1 --", own_token_make(fixture->arena),
				    arena_printf(fixture->arena, "%s=", token), arena_printf(fixture->arena, "%.42s", token) };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct remedy_page page = look(fixture, bad[i], NOW);
		assert_int_equal(page.standing, REMEDY_UNKNOWN);
		assert_null(page.held);
		refused(fixture, bad[i], REMEDY_WITHDRAW, NOW, ERROR_INPUT, "not one that Copyhold made");
	}
	for (size_t i = 0; i < OWN_TOKEN_LENGTH; i++) {
		char *other = arena_string(fixture->arena, token);
		other[i] = other[i] == 'Q' ? 'R' : 'Q';
		assert_int_equal(look(fixture, other, NOW).standing, REMEDY_UNKNOWN);
	}
	struct remedy_page late = look(fixture, token, NOW + OWN_LINK_DAYS * DAY);
	assert_int_equal(late.standing, REMEDY_EXPIRED);
	assert_int_equal(late.offer_count, 0);
	refused(fixture, token, REMEDY_REASON, NOW + OWN_LINK_DAYS * DAY, ERROR_REFUSED, "expired");
	assert_string_equal(states(fixture, "CH-1"), "held held held");
}

static void only_what_was_offered(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, BIT(REMEDY_WITHDRAW) | BIT(REMEDY_REASON));
	struct remedy_page page = look(fixture, token, NOW);
	assert_int_equal(offered(&page), BIT(REMEDY_WITHDRAW) | BIT(REMEDY_REASON));
	refused(fixture, token, REMEDY_OPEN_COPY, NOW, ERROR_REFUSED, "cannot be done");
	refused(fixture, token, (enum remedy)17, NOW, ERROR_REFUSED, "cannot be done");
	assert_int_equal(look(fixture, token, NOW).standing, REMEDY_OPEN);
}

static void withdrawn_once(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL), *other = keep(fixture, "CH-2", OUTCOME_HOLD, ALL);
	assert_non_null(act(fixture, token, REMEDY_WITHDRAW, NULL, NOW + 5));
	assert_string_equal(states(fixture, "CH-1"), "returned returned returned");
	assert_string_equal(states(fixture, "CH-2"), "held held held");
	assert_string_equal(next_mail(fixture, "message/rfc822"), "returned to ruth@marlbrook.example");
	struct remedy_page page = look(fixture, token, NOW + 9);
	assert_int_equal(page.standing, REMEDY_USED);
	assert_int_equal(page.used_at, NOW + 5);
	assert_string_equal(page.used_for, "withdraw");
	refused(fixture, token, REMEDY_WITHDRAW, NOW + 9, ERROR_REFUSED, "was used on");
	refused(fixture, token, REMEDY_REASON, NOW + 9, ERROR_REFUSED, "was used on");
	assert_int_equal(look(fixture, other, NOW + 9).standing, REMEDY_OPEN);
	assert_null(next_mail(fixture, NULL));
}

static void hidden_copies_dropped(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	assert_non_null(act(fixture, token, REMEDY_DROP_HIDDEN, NULL, NOW));
	assert_string_equal(states(fixture, "CH-1"), "held returned returned");
	tend(fixture, NOW + 1);
	assert_string_equal(states(fixture, "CH-1"), "released returned returned");
}

static void held_copy_made_plain(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	struct decision_list list;
	assert_non_null(act(fixture, token, REMEDY_OPEN_COPY, "The deadline is today.", NOW));
	assert_true(store_decision_list(fixture->store, fixture->arena, "CH-1", &list, &fixture->err));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].deed, DEED_RELEASE_OPEN);
	assert_string_equal(list.items[0].lines[0], "CC councillor Amir Khan");
	assert_string_equal(list.items[0].by, "ruth@marlbrook.example");
	tend(fixture, NOW + 1);
	assert_string_equal(states(fixture, "CH-1"), "released released released");
	bool found = false;
	struct sender_reply reply;
	assert_true(store_sender_reply_find(fixture->store, fixture->arena, "CH-1", &found, &reply, &fixture->err));
	assert_true(found);
	assert_string_equal(reply.text, "The deadline is today.");
}

static void held_by_another_rule_too(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	fixture->own->other_rule_holds = true;
	refused(fixture, token, REMEDY_OPEN_COPY, NOW, ERROR_REFUSED, "A reviewer has to decide");
	assert_string_equal(states(fixture, "CH-1"), "held held held");
	assert_int_equal(look(fixture, token, NOW).standing, REMEDY_OPEN);
}

/* The rules of today count: one that asks for two persons since leaves nothing that lets the message go to its sender alone. */
static void two_persons_are_asked_for_since(void **state)
{
	static const char rules[] = "rules = ( { id = \"silent-copy\"; clause = \"1\"; when = ( \"sender is known\" ); action = \"hold\"; mode = \"enforce\";"
				    " two_persons = true; says = { en = \"It also went to others.\"; }; } );";
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	struct settings_file *file = NULL;
	struct lexicon *lexicon = lexicon_new();
	struct policy *policy = policy_new();
	assert_true(settings_open_string("rules", rules, &file, &fixture->err));
	assert_true(policy_add(policy, settings_find(settings_root(file), "rules"), lexicon, &fixture->err));
	assert_true(policy_finish(policy, -1, UNKNOWN_REPORTS, &fixture->err));
	settings_close(&file);
	fixture->desk.policy = policy;
	refused(fixture, token, REMEDY_OPEN_COPY, NOW, ERROR_REFUSED, "A reviewer has to decide");
	refused(fixture, token, REMEDY_DROP_HIDDEN, NOW, ERROR_REFUSED, "A reviewer has to decide");
	fixture->own->opener_says = ERROR_REFUSED;
	refused(fixture, token, REMEDY_OPEN_COPY, NOW, ERROR_REFUSED, "A reviewer has to decide");
	assert_string_equal(states(fixture, "CH-1"), "held held held");
	assert_non_null(act(fixture, token, REMEDY_WITHDRAW, NULL, NOW));
	assert_string_equal(states(fixture, "CH-1"), "returned returned returned");
	policy_free(&policy);
	lexicon_free(&lexicon);
}

/* A signed message takes no line: those written to are told by mail. With nobody to read it just now, nothing is done. */
static void held_copy_that_takes_no_line(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	fixture->own->opener_says = ERROR_RETRY;
	refused(fixture, token, REMEDY_OPEN_COPY, NOW, ERROR_RETRY, "signed");
	assert_int_equal(look(fixture, token, NOW).standing, REMEDY_OPEN);
	fixture->own->opener_says = ERROR_REFUSED;
	assert_non_null(act(fixture, token, REMEDY_OPEN_COPY, NULL, NOW + 2));
	assert_string_equal(next_mail(fixture, "Correspondence, paragraph 1."), "companion to carl@marlbrook.example");
	tend(fixture, NOW + 3);
	assert_string_equal(states(fixture, "CH-1"), "released released released");
}

static void delivered_copy_made_plain(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_DELIVER, BIT(REMEDY_OPEN_COPY) | BIT(REMEDY_REASON));
	struct remedy_page page = look(fixture, token, NOW);
	assert_int_equal(offered(&page), BIT(REMEDY_OPEN_COPY) | BIT(REMEDY_REASON));
	assert_non_null(act(fixture, token, REMEDY_OPEN_COPY, NULL, NOW));
	assert_string_equal(next_mail(fixture, "Its sender has asked that you know of it"), "companion to carl@marlbrook.example");
	assert_null(next_mail(fixture, NULL)); /* never to the hidden ones, nor to the sender */
}

static void a_reason_for_the_reviewer(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	refused(fixture, token, REMEDY_REASON, NOW, ERROR_INPUT, "the text is empty");
	char *long_text = arena_alloc(fixture->arena, REMEDY_TEXT_MOST + 2);
	memset(long_text, 'x', REMEDY_TEXT_MOST + 1);
	assert_null(act(fixture, token, REMEDY_REASON, long_text, NOW));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	assert_non_null(act(fixture, token, REMEDY_REASON, "  <b>It is urgent</b> \xff ", NOW + 1));
	bool found = false;
	struct sender_reply reply;
	assert_true(store_sender_reply_find(fixture->store, fixture->arena, "CH-1", &found, &reply, &fixture->err));
	assert_true(found);
	assert_string_equal(reply.text, "<b>It is urgent</b> \xef\xbf\xbd");
	assert_string_equal(reply.by, "ruth@marlbrook.example");
	assert_string_equal(states(fixture, "CH-1"), "held held held");
}

/* Whose access request it is has their own words; nobody else's export has them. */
static void words_are_the_senders_to_have(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	assert_non_null(act(fixture, token, REMEDY_REASON, "The hearing is tomorrow.", NOW + 1));
	static const struct {
		const char *person;
		bool redact, shown;
	} rows[] = { { "ruth", false, true }, { "ruth", true, false }, { "carl@marlbrook.example", false, false } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct export_request request = { .person = rows[i].person, .by = "mo@wexshire.example", .reason = "request 7", .council = "Marlbrook",
						  .at = NOW + 2, .form = EXPORT_JSON, .redact = rows[i].redact };
		struct export_document document;
		if (!export_make(fixture->store, fixture->directory, fixture->arena, &request, &document, &fixture->err))
			fail_msg("%s", error_text(&fixture->err));
		assert_int_equal(bytes_find(document.document, BYTES("The hearing is tomorrow."), 0) != (size_t)-1, rows[i].shown);
		assert_true(bytes_find(document.document, BYTES("sender_said"), 0) != (size_t)-1);
	}
}

static void a_reviewer_was_first(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, BIT(REMEDY_WITHDRAW) | BIT(REMEDY_OPEN_COPY));
	const struct decision *made, *earlier;
	bool is_made = false;
	struct decision wish = { .id = "CH-1", .deed = DEED_RELEASE, .recipients = recipients, .recipient_count = 3, .by = "mo@wexshire.example",
				 .reason = "fine", .at = NOW, .due_at = NOW + 300, .state = DECISION_WAITING };
	assert_true(store_decision_make(fixture->store, fixture->arena, &wish, NULL, 0, &is_made, &made, &earlier, &fixture->err));
	assert_true(is_made);
	assert_int_equal(look(fixture, token, NOW + 1).standing, REMEDY_DECIDED);
	refused(fixture, token, REMEDY_WITHDRAW, NOW + 1, ERROR_REFUSED, "has been made");
	tend(fixture, NOW + 301);
	assert_string_equal(states(fixture, "CH-1"), "released released released");
	refused(fixture, token, REMEDY_WITHDRAW, NOW + 302, ERROR_REFUSED, "has been made");
}

static void in_both_languages(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_HOLD, ALL);
	const struct catalogue *catalogue = NULL;
	struct notice_words *welsh = NULL;
	assert_true(catalogue_read("po/cy/LC_MESSAGES/copyhold.mo", fixture->arena, &catalogue, &fixture->err));
	assert_true(notice_words_translate(fixture->arena, catalogue, &welsh, &fixture->err));
	fixture->desk.notices.words_cy = welsh;
	fixture->desk.notices.welsh_first = true;
	struct remedy_page page = look(fixture, token, NOW);
	assert_string_equal(page.offers[2].label, "Ei thynnu'n \xc3\xb4l / Withdraw it");
	assert_string_equal(remedy_label(&fixture->desk, fixture->arena, REMEDY_WITHDRAW), page.offers[2].label);
	size_t count = 0;
	const struct remedy_word *words = remedy_page_words(&fixture->desk, fixture->arena, &count);
	assert_true(count > 10);
	assert_string_equal(words[0].key, "title");
	assert_string_equal(words[0].text, "Eich neges / Your message");
	for (size_t i = 0; i < count; i++)
		assert_non_null(strstr(words[i].text, " / "));
	fixture->desk.notices.welsh_first = false;
	assert_string_equal(remedy_page_words(&fixture->desk, fixture->arena, &count)[0].text, "Your message / Eich neges");
	fixture->desk.notices.words_cy = NULL;
	assert_string_equal(remedy_page_words(&fixture->desk, fixture->arena, &count)[0].text, "Your message");
	fixture->desk.notices.words_cy = welsh;
	fixture->desk.notices.welsh_first = true;
	assert_non_null(strstr(act(fixture, token, REMEDY_WITHDRAW, NULL, NOW), " / The message is withdrawn."));
	page = look(fixture, token, NOW + 1);
	const char *date = strstr(page.text, "Dydd Llun 2 Mawrth 2026");
	assert_non_null(date);
	assert_non_null(strstr(date + 1, "Monday 2 March 2026"));
}

/* Eight processes press at once: one acts. */
static void once_among_processes(void **state)
{
	struct fixture *fixture = *state;
	const char *token = keep(fixture, "CH-1", OUTCOME_DELIVER, BIT(REMEDY_OPEN_COPY));
	const char *folder = arena_printf(fixture->arena, "%s/state", fixture->base);
	int done = 0;
	store_close(&fixture->store);
	for (int i = 0; i < 8; i++) {
		if (fork() != 0)
			continue;
		if (!store_open(folder, &fixture->desk.store, &fixture->err))
			_exit(2);
		_exit(act(fixture, token, REMEDY_OPEN_COPY, NULL, NOW) != NULL);
	}
	for (int i = 0; i < 8; i++) {
		int status = 0;
		wait(&status);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
		done += WEXITSTATUS(status);
	}
	assert_int_equal(done, 1);
	assert_true(store_open(folder, &fixture->store, &fixture->err));
	assert_string_equal(next_mail(fixture, NULL), "companion to carl@marlbrook.example");
	assert_null(next_mail(fixture, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(looking_never_acts, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(links_that_are_not_good, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(only_what_was_offered, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(withdrawn_once, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(hidden_copies_dropped, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(held_copy_made_plain, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(held_by_another_rule_too, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(two_persons_are_asked_for_since, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(held_copy_that_takes_no_line, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(delivered_copy_made_plain, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(a_reason_for_the_reviewer, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(words_are_the_senders_to_have, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(a_reviewer_was_first, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(in_both_languages, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(once_among_processes, set_up, council_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
