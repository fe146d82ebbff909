/* policy_test_read.c - the tests of a policy from the configuration, with complaints an administrator can act on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "gateway/policy_test.h"

#define BEFORE_MOST ((size_t)50)
#define ROWS(rows) (rows), sizeof(rows) / sizeof *(rows)

static const char *const outcome_words[] = { "deliver", "annotate", "hold", "return", "retry", NULL };

struct message_keys {
	struct test_message message;
	const char *at;
};
#define MESSAGE(member) (offsetof(struct message_keys, message) + offsetof(struct test_message, member))
#define MESSAGE_ROWS \
	{ "file", SETTING_STRING, MESSAGE(file), false, 0, 0, NULL, "a whole message, in a file beside this one" }, \
	{ "from", SETTING_STRING, MESSAGE(from), false, 0, 0, NULL, "who writes, as in From" }, \
	{ "to", SETTING_STRING, MESSAGE(to), false, 0, 0, NULL, "as in To" }, \
	{ "cc", SETTING_STRING, MESSAGE(cc), false, 0, 0, NULL, "as in Cc" }, \
	{ "subject", SETTING_STRING, MESSAGE(subject), false, 0, 0, NULL, "as in Subject" }, \
	{ "text", SETTING_STRING, MESSAGE(text), false, 0, 0, NULL, "what is written; \\n ends a line" }, \
	{ "fields", SETTING_STRINGS, MESSAGE(fields), false, 0, 0, NULL, "further header fields: \"Sensitivity: Private\"" }, \
	{ "auth", SETTING_STRING, MESSAGE(auth), false, 0, 0, NULL, "who authenticated; \"none\": nobody; default: the address in From" }, \
	{ "client", SETTING_STRING, MESSAGE(client), false, 0, 0, NULL, "address of the SMTP client" }, \
	{ "rcpt", SETTING_STRINGS, MESSAGE(rcpt), false, 0, 0, NULL, "envelope recipients; default: To and Cc" }, \
	{ "hidden", SETTING_STRINGS, MESSAGE(hidden), false, 0, 0, NULL, "envelope recipients besides" }, \
	{ "at", SETTING_STRING, offsetof(struct message_keys, at), false, 0, 0, NULL, "RFC 3339 time; default: 2026-03-02T09:00:00Z" }

struct test_keys {
	struct message_keys own; /* first, as MESSAGE_ROWS count from it */
	const char *name;
	struct string_list fires, may, meets, notices;
	int outcome;
	const struct settings_node *before;
};
static const struct setting_row message_rows[] = { MESSAGE_ROWS };
static const struct setting_row test_rows[] = {
	{ "name", SETTING_STRING, offsetof(struct test_keys, name), true, 0, 0, NULL, "what happens, in plain words" },
	MESSAGE_ROWS,
	{ "fires", SETTING_STRINGS, offsetof(struct test_keys, fires), false, 0, 0, NULL, "ids of exactly the rules that fire" },
	{ "may", SETTING_STRINGS, offsetof(struct test_keys, may), false, 0, 0, NULL, "ids of rules that may fire or not" },
	{ "meets", SETTING_STRINGS, offsetof(struct test_keys, meets), false, 0, 0, NULL, "ids of exactly the rules whose duty it meets" },
	{ "notices", SETTING_STRINGS, offsetof(struct test_keys, notices), false, 0, 0, NULL, "exactly the kinds of notice people get; \"none\"" },
	{ "outcome", SETTING_WORD, offsetof(struct test_keys, outcome), false, 0, 0, outcome_words, "the strictest thing done" },
	{ "before", SETTING_LIST, offsetof(struct test_keys, before), false, 0, 0, NULL, "messages seen before it, in order" },
};

/* 2 March 2026, a working Monday. */
#define DEFAULT_AT "2026-03-02T09:00:00Z"

static bool complete_message(struct arena *arena, const struct settings_node *node, struct message_keys *keys, struct error *err)
{
	struct test_message *message = &keys->message;
	struct error why = ERROR_INIT;
	message->where = arena_printf(arena, "%s:%d", settings_file_of(node), settings_line(node));
	if (!clock_parse_rfc3339(keys->at == NULL ? DEFAULT_AT : keys->at, &message->at, &why)) {
		settings_complain(settings_find(node, "at"), err, "at: %s", error_text(&why));
		error_release(&why);
		return false;
	}
	if (message->file == NULL)
		return message->from != NULL || settings_complain(node, err, "a test wants \"from\" and \"text\", or the \"file\" of a whole message");
	static const char *const words[] = { "from", "to", "cc", "subject", "text", "fields" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (settings_find(node, words[i]) != NULL)
			return settings_complain(settings_find(node, words[i]), err, "\"%s\" stands beside \"file\", which is a whole message already", words[i]);
	message->file = file_beside(arena, settings_file_of(node), message->file);
	return true;
}

static bool read_before(struct arena *arena, const struct settings_node *list, struct policy_test *test, struct error *err)
{
	size_t count = list == NULL ? 0 : settings_count(list);
	if (count > BEFORE_MOST)
		return settings_complain(list, err, "before: at most %zu messages", BEFORE_MOST);
	struct test_message *messages = arena_array(arena, count, sizeof *messages);
	for (size_t i = 0; i < count; i++) {
		struct message_keys keys = { 0 };
		const struct settings_node *node = settings_at(list, i);
		if (!settings_fill(node, ROWS(message_rows), arena, &keys, err) || !complete_message(arena, node, &keys, err))
			return false;
		messages[i] = keys.message;
	}
	test->before = messages;
	test->before_count = count;
	return true;
}

static bool kinds_are_known(const struct settings_node *node, const struct string_list *kinds, struct error *err)
{
	for (size_t i = 0; i < kinds->count; i++) {
		bool known = strcmp(kinds->items[i], "none") == 0;
		for (int kind = 0; kind < NOTICE_TOLD_COUNT && !known; kind++)
			known = strcmp(kinds->items[i], notice_kind_name((enum notice_kind)kind)) == 0;
		if (!known)
			return settings_complain(node, err, "notices: \"%s\" is no kind of notice (copyhold.conf(5) lists them), nor \"none\"", kinds->items[i]);
	}
	return true;
}

static bool read_test(struct arena *arena, const struct settings_node *node, struct policy_test *test, struct error *err)
{
	struct test_keys keys = { .outcome = -1 };
	if (!settings_fill(node, ROWS(test_rows), arena, &keys, err) || !complete_message(arena, node, &keys.own, err))
		return false;
	if (!kinds_are_known(settings_find(node, "notices"), &keys.notices, err))
		return false;
	*test = (struct policy_test){ .name = keys.name, .message = keys.own.message, .fires = keys.fires, .may = keys.may,
				      .meets = keys.meets, .tells_meets = settings_find(node, "meets") != NULL, .notices = keys.notices, .outcome = keys.outcome };
	return read_before(arena, keys.before, test, err);
}

bool policy_tests_read(struct arena *arena, const struct settings_node *tests, struct policy_tests *out, struct error *err)
{
	size_t count = settings_count(tests);
	if (count > POLICY_TESTS_MOST)
		return settings_complain(tests, err, "tests: at most %zu in one file", POLICY_TESTS_MOST);
	struct policy_test *items = arena_array(arena, count, sizeof *items);
	bool good = true;
	for (size_t i = 0; i < count; i++) {
		good &= read_test(arena, settings_at(tests, i), &items[i], err);
		if (!good && !error_gathered(err))
			return false;
	}
	if (good)
		*out = (struct policy_tests){ items, count };
	return good;
}

static bool names_rules(const struct policy_test *test, const struct string_list *ids, const struct policy *policy, const char *const *known,
			struct error *err)
{
	for (size_t i = 0; i < ids->count; i++) {
		bool found = false;
		for (size_t j = 0; j < policy_count(policy) && !found; j++)
			found = strcmp(policy_at(policy, j)->id, ids->items[i]) == 0;
		if (found)
			continue;
		const char *close = settings_suggest(ids->items[i], known);
		return error_set(err, ERROR_SETTINGS, "%s: test \"%s\": there is no rule \"%s\"%s%s%s", test->message.where, test->name, ids->items[i],
				 close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
	}
	return true;
}

bool policy_tests_fit(const struct policy_tests *tests, const struct policy *policy, struct error *err)
{
	struct arena *arena = arena_new();
	const char **known = arena_array(arena, policy_count(policy) + 1, sizeof *known);
	for (size_t i = 0; i < policy_count(policy); i++)
		known[i] = policy_at(policy, i)->id;
	bool good = true;
	for (size_t i = 0; i < tests->count; i++) {
		good &= names_rules(&tests->items[i], &tests->items[i].fires, policy, known, err) &&
			names_rules(&tests->items[i], &tests->items[i].may, policy, known, err) &&
			names_rules(&tests->items[i], &tests->items[i].meets, policy, known, err);
		if (!good && !error_gathered(err))
			break;
	}
	arena_free(&arena);
	return good;
}
