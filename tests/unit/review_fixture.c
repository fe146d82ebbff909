/* review_fixture.c - see review_fixture.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "review/tend.h"

static const char people[] =
	"name,role,addresses,offices,logins,group\r\n"
	"Ruth Ames,officer,ruth@marlbrook.example;clerk@marlbrook.example,clerk,ruth,\r\n"
	"Dewi Pugh,officer,dewi@marlbrook.example,deputy-clerk,dewi,\r\n"
	"Amir Khan,councillor,amir.khan@marlbrook.example,,akhan,\r\n"
	"Carl Moss,councillor,carl@marlbrook.example,,cmoss,\r\n"
	"Mo Lee,oversight,mo@wexshire.example,monitoring-officer,mo,\r\n";
static const char *const reviewers[] = { "clerk@marlbrook.example", "dewi@marlbrook.example" };
static const char *const domains[] = { "marlbrook.example" };
const char *const fixture_to[] = { "o'neill+x@firm.example", "si\xc3\xa2n@elsewhere.example" };

#define RULE(id, more) \
	"{ id = \"" id "\"; clause = \"Correspondence, paragraph 2\"; when = ( \"sender is known\" ); action = \"hold\"; mode = \"enforce\";" \
	" says = { en = \"It binds the Council.\"; }; " more " }"
static const char rules[] =
	"rules = ( " RULE("plain", "reasons = ( \"First exception\", \"Second exception\" );") ", "
	RULE("two", "two_persons = true;") ", " RULE("back", "on_expiry = \"return\";") ", "
	RULE("line", "on_expiry = \"release-annotated\"; reasons = ( \"Third exception\" );") " );";

static bool open_letter(void *context, struct arena *arena, const struct held *held, struct bytes raw, const char *const **lines,
			size_t *line_count, struct bytes *letter_out, struct error *err)
{
	static const char *const usual[] = { "CC councillor Carl Moss" };
	struct fixture *fixture = context;
	if (fixture->opening == CANNOT_READ)
		return error_set(err, ERROR_RETRY, "nobody can read %s just now", held->id);
	if (fixture->opening == CANNOT_OPEN)
		return error_set(err, ERROR_REFUSED, "%s cannot take the line: the message is signed", held->id);
	if (*line_count == 0 && fixture->opening == OPENS_NOTHING)
		return error_set(err, ERROR_REFUSED, "%s hides no copy from anybody that a line could make plain", held->id);
	if (*line_count == 0) {
		*lines = usual;
		*line_count = 1;
	}
	struct text letter = TEXT_INIT;
	text_add_bytes(&letter, raw);
	for (size_t i = 0; i < *line_count; i++)
		text_printf(&letter, "%s\r\n", (*lines)[i]);
	*letter_out = text_to_arena(&letter, arena);
	return true;
}

static bool is_let_through(void *context, struct arena *arena, const struct held *held, struct bytes letter, bool *through_out,
			   struct error *err)
{
	struct fixture *fixture = context;
	(void)arena;
	(void)held;
	(void)err;
	*through_out = fixture->lets_through && bytes_find(letter, BYTES("CC councillor"), 0) != (size_t)-1;
	return true;
}

static void load_policy(struct fixture *fixture)
{
	struct settings_file *file = NULL;
	if (!settings_open_string("rules", rules, &file, &fixture->err) ||
	    !policy_add(fixture->policy, settings_find(settings_root(file), "rules"), fixture->lexicon, &fixture->err) ||
	    !policy_finish(fixture->policy, -1, UNKNOWN_REPORTS, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	settings_close(&file);
}

static void load_directory(struct fixture *fixture)
{
	const char *path = arena_printf(fixture->arena, "%s/people.csv", fixture->base);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(people, file);
	fclose(file);
	struct string_list list = { domains, 1, NULL };
	if (!directory_load(path, &list, &fixture->directory, fixture->arena, NULL, NULL, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
}

static struct desk desk_over(struct fixture *fixture, struct store *store)
{
	return (struct desk){
		.store = store, .directory = fixture->directory, .reviewers = reviewers, .reviewer_count = 2,
		.second_reviewer = "mo@wexshire.example", .policy = fixture->policy, .terms = REVIEW_TERMS_DEFAULT,
		.opener = { fixture, open_letter, is_let_through },
		.notices = { .council_name = "Marlbrook Town Council", .notice_from = "protocol-help@marlbrook.example" },
	};
}

int fixture_set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	fixture->arena = arena_new();
	/* In memory where there is such a folder: thousands of commits need no disk to be looked at. */
	fixture->base = arena_printf(fixture->arena, "%s/copyhold-review-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp((char *)fixture->base));
	fixture->state = arena_printf(fixture->arena, "%s/state", fixture->base);
	fixture->lexicon = lexicon_new();
	fixture->policy = policy_new();
	load_directory(fixture);
	load_policy(fixture);
	assert_true(store_open(fixture->state, &fixture->store, &fixture->err));
	fixture->desk = desk_over(fixture, fixture->store);
	*state = fixture;
	return 0;
}

int fixture_tear_down(void **state)
{
	struct fixture *fixture = *state;
	int64_t lines, broken;
	assert_true(store_journal_verify(fixture->store, &lines, &broken, &fixture->err));
	assert_int_equal(broken, 0);
	store_close(&fixture->store);
	directory_free(&fixture->directory);
	policy_free(&fixture->policy);
	lexicon_free(&fixture->lexicon);
	assert_int_equal(system(arena_printf(fixture->arena, "rm -rf %s", fixture->base)), 0);
	error_release(&fixture->err);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

struct desk fixture_desk_again(struct fixture *fixture, struct store **store_out)
{
	assert_true(store_open(fixture->state, store_out, &fixture->err));
	return desk_over(fixture, *store_out);
}

void fixture_hold(struct fixture *fixture, const char *id, const char *rule, int64_t at)
{
	static const enum outcome held_for_all[] = { OUTCOME_HOLD, OUTCOME_HOLD };
	struct envelope envelope = { .from = "amir.khan@marlbrook.example", .recipients = fixture_to, .recipient_count = 2, .auth = "akhan",
				     .client = "192.0.2.7", .at = at };
	struct finding_record finding = { rule, "Correspondence, paragraph 2", "hold", "enforce", "It binds the Council.", "[]" };
	struct record record = {
		.id = id, .content_key = id, .at = at, .envelope = &envelope, .sender_name = "Amir Khan",
		.sender_address = "amir.khan@marlbrook.example", .direction = "outgoing", .outcome = "hold",
		.message_id = "<t1@marlbrook.example>", .subject = "Tender", .marked = fixture->marks,
		.raw = BYTES("From: amir.khan@marlbrook.example\r\nSubject: Tender\r\n\r\nWe accept.\r\n.\r\nSi\xc3\xa2n\r\n"),
		.recipient_outcomes = held_for_all, .findings = &finding, .finding_count = 1,
	};
	bool duplicate;
	const char *kept;
	if (!store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &kept, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
}

const struct held *fixture_look(struct fixture *fixture, const char *id)
{
	const struct held *held = NULL;
	assert_true(store_find_held(fixture->store, fixture->arena, id, &held, &fixture->err));
	assert_non_null(held);
	return held;
}

enum hold_state fixture_state(struct fixture *fixture, const char *id, size_t recipient)
{
	return fixture_look(fixture, id)->recipients[recipient].state;
}

const struct decision *fixture_decision(struct fixture *fixture, int64_t number)
{
	const struct decision *decision = NULL;
	assert_true(store_decision_find(fixture->store, fixture->arena, number, &decision, &fixture->err));
	assert_non_null(decision);
	return decision;
}

size_t fixture_journalled(struct fixture *fixture, const char *what)
{
	const struct journal_line *lines = NULL;
	size_t count = 0, found = 0;
	assert_true(store_journal_list(fixture->store, fixture->arena, 0, INT64_MAX, &lines, &count, &fixture->err));
	for (size_t i = 0; i < count; i++)
		found += strcmp(lines[i].what, what) == 0;
	return found;
}

size_t fixture_letters(struct fixture *fixture, const char *kind, const char *to)
{
	size_t count = 0;
	for (;;) {
		struct outgoing out;
		bool found = false;
		assert_true(store_outbox_take(fixture->store, fixture->arena, NOW + 400 * DAY, 400 * DAY, &found, &out, &fixture->err));
		if (!found)
			return count;
		count += strcmp(out.kind, kind) == 0 && (to == NULL || strcmp(out.to, to) == 0);
	}
}

bool fixture_decide(struct fixture *fixture, const char *id, enum decision_deed deed, const char *by, int64_t at, struct decision_answer *out)
{
	struct wish wish = { .id = id, .deed = deed, .why = { by, "because", at } };
	return decide_make(&fixture->desk, fixture->arena, &wish, out, &fixture->err);
}

void fixture_tend(struct fixture *fixture, int64_t now, size_t carried_out)
{
	struct tended tended;
	if (!tend_run(&fixture->desk, now, &tended, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	assert_int_equal(tended.carried_out, carried_out);
}
