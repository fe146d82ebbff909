/* policy_test.c - see policy_test.h. A test's message is judged as any other is: by the reader, the facts and the policy in force.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/policy_test.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "gateway/envelope_of.h"
#include "message/address.h"

#define LARGEST_FILE ((size_t)4 << 20)

/* A value with a line break would be another field. */
static bool add_field(struct text *out, const struct test_message *message, const char *name, const char *value, struct error *err)
{
	if (value == NULL)
		return true;
	if (strpbrk(value, "\r\n") != NULL)
		return error_set(err, ERROR_SETTINGS, "%s: \"%s\" is one line; further fields go into \"fields\"", message->where, name);
	text_printf(out, "%s: %s\n", name, value);
	return true;
}

static bool add_other_fields(struct text *out, const struct test_message *message, struct error *err)
{
	for (size_t i = 0; i < message->fields.count; i++) {
		const char *field = message->fields.items[i];
		if (strchr(field, ':') == NULL || strpbrk(field, "\r\n") != NULL)
			return error_set(err, ERROR_SETTINGS, "%s: \"%s\" is no header field: \"Name: value\" on one line", message->where, field);
		text_printf(out, "%s\n", field);
	}
	return true;
}

static bool gives_field(const struct test_message *message, const char *name)
{
	bool given = false;
	for (size_t i = 0; i < message->fields.count; i++)
		given |= bytes_starts_with_nocase(bytes_of(message->fields.items[i]), bytes_of(name));
	return given;
}

static bool compose(struct arena *arena, const struct test_message *message, size_t index, struct bytes *out, struct error *err)
{
	struct text text = TEXT_INIT;
	text_printf(&text, "Date: %s\nMIME-Version: 1.0\n", clock_format_rfc5322(arena, message->at));
	if (!gives_field(message, "Message-ID:"))
		text_printf(&text, "Message-ID: <test-%zu@copyhold.invalid>\n", index);
	bool good = add_field(&text, message, "From", message->from, err) && add_field(&text, message, "To", message->to, err) &&
		    add_field(&text, message, "Cc", message->cc, err) && add_field(&text, message, "Subject", message->subject, err) &&
		    add_other_fields(&text, message, err);
	if (!gives_field(message, "Content-Type:"))
		text_add(&text, "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n");
	text_printf(&text, "\n%s\n", message->text == NULL ? "" : message->text);
	*out = message_to_crlf(arena, text_to_arena(&text, arena));
	return good;
}

static const struct envelope *envelope_of(struct arena *arena, const struct test_message *message, struct bytes raw)
{
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	const struct part *root = message_scan(arena, raw, &limits)->root;
	struct mailbox_list from = mailboxes_of_ours(arena, root, "From");
	struct envelope *envelope = arena_alloc(arena, sizeof *envelope);
	envelope->at = message->at;
	envelope->client = message->client;
	envelope->from = from.count > 0 ? from.items[0].address : "";
	envelope->auth = message->auth == NULL ? envelope->from : message->auth;
	if (strcmp(envelope->auth, "none") == 0 || envelope->auth[0] == '\0')
		envelope->auth = NULL;
	envelope_add(arena, envelope, message->rcpt.items, message->rcpt.count);
	if (message->rcpt.count == 0)
		envelope_add_addressed(arena, envelope, root);
	envelope_add(arena, envelope, message->hidden.items, message->hidden.count);
	return envelope;
}

/* A message of a test with its envelope. */
struct test_letter {
	const struct envelope *envelope;
	struct bytes raw; /* CRLF line ends */
};

/* `index` numbers it among those of its test. */
static bool make_letter(struct arena *arena, const struct test_message *message, size_t index, struct test_letter *out, struct error *err)
{
	struct bytes raw;
	if (message->file == NULL) {
		if (!compose(arena, message, index, &raw, err))
			return false;
	} else {
		if (!file_read(arena, message->file, LARGEST_FILE, ERROR_SETTINGS, &raw, err))
			return error_context(err, "%s", message->where);
		raw = message_to_crlf(arena, raw);
	}
	*out = (struct test_letter){ envelope_of(arena, message, raw), raw };
	return out->envelope->recipient_count > 0 ||
	       error_set(err, ERROR_SETTINGS, "%s: the message goes to nobody: give \"to\", \"rcpt\" or \"hidden\"", message->where);
}

/* ---- is it as wanted? --------------------------------------------------------------------------------------- */

static bool list_has(const struct string_list *list, const char *word)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], word) == 0)
			return true;
	return false;
}

static bool complain(const struct policy_test *test, struct error *err, const char *format, ...) __attribute__((format(printf, 3, 4)));
static bool complain(const struct policy_test *test, struct error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	error_vset(err, ERROR_REFUSED, format, args);
	va_end(args);
	return error_context(err, "%s: test \"%s\"", test->message.where, test->name);
}

/* The condition that kept a rule from firing, for whoever wonders. */
static const char *why_not(const struct opinion *opinion)
{
	for (size_t i = 0; i < opinion->asked_count; i++) {
		const struct asked *asked = &opinion->asked[i];
		if ((asked->part == ASKED_WHEN && asked->answer != YES) || (asked->part == ASKED_UNLESS && asked->answer == YES))
			return asked->sentence;
	}
	return "its conditions hold for no recipient";
}

static bool rule_is_as_wanted(const struct policy_test *test, const struct opinion *opinion, struct error *err)
{
	const char *id = opinion->rule->id;
	bool wanted = list_has(&test->fires, id);
	if (list_has(&test->may, id) || wanted == (opinion->fires == YES))
		return true;
	if (wanted)
		return complain(test, err, "rule %s does not fire (%s)", id, why_not(opinion));
	return complain(test, err, "rule %s fires: %s", id, opinion->explanation);
}

/* Whether its duty is met, of a rule that has one. */
static bool duty_is_as_wanted(const struct policy_test *test, const struct opinion *opinion, struct error *err)
{
	bool wanted = list_has(&test->meets, opinion->rule->id);
	if (!test->tells_meets || wanted == (opinion->meets == YES))
		return true;
	return complain(test, err, "the duty of rule %s is %s", opinion->rule->id, wanted ? "not met" : "met");
}

/* A rule that is off has no opinion. */
static bool every_wanted_is_on(const struct policy_test *test, const struct verdict *verdict, struct error *err)
{
	for (size_t i = 0; i < test->fires.count; i++) {
		bool found = false;
		for (size_t j = 0; j < verdict->opinion_count && !found; j++)
			found = strcmp(verdict->opinions[j].rule->id, test->fires.items[i]) == 0;
		if (!found)
			return complain(test, err, "rule %s is off", test->fires.items[i]);
	}
	return true;
}

static bool notices_are_as_wanted(const struct policy_test *test, const struct plan *plan, struct error *err)
{
	bool wanted[NOTICE_TOLD_COUNT] = { false }, sent[NOTICE_TOLD_COUNT] = { false };
	for (size_t i = 0; i < plan->notice_count; i++)
		sent[plan->notices[i].kind] = true;
	for (int kind = 0; kind < NOTICE_TOLD_COUNT && test->notices.count > 0; kind++) {
		const char *name = notice_kind_name((enum notice_kind)kind);
		wanted[kind] = list_has(&test->notices, name);
		if (wanted[kind] != sent[kind])
			return complain(test, err, "%s notice of kind \"%s\" is sent", sent[kind] ? "a" : "no", name);
	}
	return true;
}

bool policy_test_holds(const struct policy_test *test, const struct judgement *judgement, struct error *err)
{
	const struct verdict *verdict = judgement->verdict;
	const struct plan *plan = judgement->plan;
	if (!every_wanted_is_on(test, verdict, err))
		return false;
	for (size_t i = 0; i < verdict->opinion_count; i++)
		if (!rule_is_as_wanted(test, &verdict->opinions[i], err) || !duty_is_as_wanted(test, &verdict->opinions[i], err))
			return false;
	if (!notices_are_as_wanted(test, plan, err))
		return false;
	if (test->outcome >= 0 && plan->outcome != (enum outcome)test->outcome)
		return complain(test, err, "the outcome is %s, not %s", outcome_name(plan->outcome), outcome_name((enum outcome)test->outcome));
	return true;
}

static bool judge_one(struct arena *arena, const struct test_message *message, size_t index, const struct snapshot *snapshot,
		      struct memory *memory, struct pattern_scratch *scratch, const struct judgement **out, struct error *err)
{
	struct test_letter letter;
	return make_letter(arena, message, index, &letter, err) &&
	       gateway_judge(arena, snapshot, memory, letter.envelope, letter.raw, scratch, out, err);
}

/* With what was seen before it in memory. */
static bool judge_last(struct arena *arena, const struct policy_test *test, const struct snapshot *snapshot, struct memory *memory,
		       struct pattern_scratch *scratch, const struct judgement **out, struct error *err)
{
	for (size_t i = 0; i < test->before_count; i++)
		if (!judge_one(arena, &test->before[i], i, snapshot, memory, scratch, out, err) ||
		    !gateway_remember(arena, memory, *out, err))
			return false;
	return judge_one(arena, &test->message, test->before_count, snapshot, memory, scratch, out, err);
}

bool policy_test_judge(struct arena *arena, const struct policy_test *test, const struct snapshot *snapshot, const struct policy *policy,
		       struct pattern_scratch *scratch, const struct judgement **out, struct error *err)
{
	static const struct memory_terms terms = MEMORY_TERMS_DEFAULT;
	struct memory *memory = test->before_count == 0 ? NULL : memory_volatile_open(&terms);
	const struct judgement *judgement = NULL;
	bool good = judge_last(arena, test, snapshot, memory, scratch, &judgement, err);
	memory_close(&memory);
	if (good)
		*out = gateway_judge_again(arena, snapshot, policy, judgement, scratch);
	return good;
}

bool policy_test_run(const struct policy_test *test, const struct snapshot *snapshot, const struct policy *policy,
		     struct pattern_scratch *scratch, struct error *err)
{
	struct arena *arena = arena_new();
	const struct judgement *judgement = NULL;
	bool good = policy_test_judge(arena, test, snapshot, policy, scratch, &judgement, err) && policy_test_holds(test, judgement, err);
	arena_free(&arena);
	return good;
}

bool policy_tests_run(const struct policy_tests *tests, const struct snapshot *snapshot, struct error *err)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct policy *enforced = policy_in_mode(snapshot->policy, MODE_ENFORCE);
	bool good = true;
	for (size_t i = 0; i < tests->count && good; i++)
		good = policy_test_run(&tests->items[i], snapshot, enforced, scratch, err);
	policy_free(&enforced);
	pattern_scratch_free(&scratch);
	if (!good && err != NULL && err->kind == ERROR_REFUSED) {
		err->kind = ERROR_SETTINGS;
		error_context(err, "the policy fails a test of its own");
	}
	return good;
}
