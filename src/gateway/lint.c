/* lint.c - see lint.h: rules, phrases and what only a whole configuration shows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/lint.h"

#include <string.h>

#include "base/clock.h"
#include "gateway/people_file.h"
#include "gateway/policy_test.h"
#include "lint_clauses.h"
#include "gateway/snapshot.h"
#include "policy/lint.h"
#include "reading/reading.h"

/* ---- rules without a test ----------------------------------------------------------------------------------- */

struct tested {
	struct arena *arena;
	const char **rules; /* ids that some test wants to fire */
	size_t count;
};

static void note_tests(struct tested *tested, const struct policy_tests *tests)
{
	for (size_t i = 0; i < tests->count; i++)
		for (size_t k = 0; k < tests->items[i].fires.count; k++)
			*ARENA_PUSH(tested->arena, tested->rules, tested->count) = tests->items[i].fires.items[k];
}

/* The tests of a pack stand in configurations of their own; what is wrong in one is told when they are run. */
static void note_pack_tests(struct tested *tested, const char *path)
{
	struct settings_file *file = NULL;
	struct error err = ERROR_INIT;
	struct policy_tests tests = { NULL, 0 };
	if (settings_open(path, &file, &err)) {
		const struct settings_node *list = settings_find(settings_root(file), "tests");
		if (list != NULL && policy_tests_read(tested->arena, list, &tests, &err))
			note_tests(tested, &tests);
		settings_close(&file);
	}
	error_release(&err);
}

static bool is_tested(const struct tested *tested, const char *id)
{
	for (size_t i = 0; i < tested->count; i++)
		if (strcmp(tested->rules[i], id) == 0)
			return true;
	return false;
}

static void check_tests(const struct snapshot *snapshot, struct arena *arena, struct findings *found)
{
	struct tested tested = { .arena = arena };
	note_tests(&tested, snapshot->tests);
	for (size_t i = 0; i < snapshot->pack_count; i++)
		for (size_t k = 0; k < snapshot->packs[i].tests.count; k++)
			note_pack_tests(&tested, snapshot->packs[i].tests.items[k]);
	for (size_t i = 0; i < policy_count(snapshot->policy); i++) {
		const struct rule *rule = policy_at(snapshot->policy, i);
		if (rule->mode != MODE_OFF && !is_tested(&tested, rule->id))
			findings_add(found, &gateway_classes[GATEWAY_NO_TEST], rule->file, rule->line, "no test wants rule \"%s\" to fire", rule->id);
	}
}

/* ---- the whole ---------------------------------------------------------------------------------------------- */

static void check_second_reviewer(const struct snapshot *snapshot, struct findings *found)
{
	for (size_t i = 0; snapshot->second_reviewer == NULL && i < policy_count(snapshot->policy); i++) {
		const struct rule *rule = policy_at(snapshot->policy, i);
		if (rule->mode == MODE_OFF || (rule->action < ACTION_HOLD && rule->otherwise < ACTION_HOLD))
			continue;
		findings_add(found, &gateway_classes[GATEWAY_NO_SECOND_REVIEWER], snapshot->path, 0,
			     "council.second_reviewer is not set, and rule \"%s\" would hold mail once it is enforced", rule->id);
		return;
	}
}

static void check_age(const struct snapshot *snapshot, struct arena *arena, struct findings *found)
{
	calendar_date since, today = clock_date_of(clock_now());
	if (people_file_is_old(snapshot->directory_path, snapshot->directory_reviewed, snapshot->directory_days, today, &since))
		findings_add(found, &gateway_classes[GATEWAY_DIRECTORY_OLD], snapshot->directory_path, 0,
			     "nobody has touched it since %s: people leave and come within %d days", clock_format_date(arena, since),
			     snapshot->directory_days);
}

void snapshot_lint(const struct snapshot *snapshot, struct findings *found)
{
	struct arena *arena = arena_new();
	const struct policy_linting linting = {
		.findings = found,
		.policy = snapshot->policy,
		.lexicon = snapshot->lexicon,
		.directory = snapshot->directory,
		.on = clock_date_of(clock_now()),
		.libraries = snapshot->libraries,
	};
	policy_lint(&linting);
	lexicon_lint(snapshot->lexicon, found);
	check_tests(snapshot, arena, found);
	check_second_reviewer(snapshot, found);
	check_age(snapshot, arena, found);
	lint_clauses(snapshot, arena, found);
	arena_free(&arena);
}
