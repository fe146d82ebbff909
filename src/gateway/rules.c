/* rules.c - the phrases and rules of libraries, packs and the configuration, merged in that order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digest.h"
#include "base/file.h"
#include "gateway/build.h"
#include "gateway/policy_test.h"
#include "gateway/rulebook.h"
#include "policy/lint.h"

#define DISCLAIMERS_MOST ((size_t)1 << 20)

/* The Council's own boilerplate, beside what the reader takes for boilerplate by itself. */
static bool learn_disclaimers(struct build *build, struct error *err)
{
	const struct string_list *files = &build->top.disclaimers;
	for (size_t i = 0; i < files->count; i++) {
		const char *path = build_beside(build, files->items[i]);
		struct bytes content;
		if (!file_read(build->arena, path, DISCLAIMERS_MOST, ERROR_SETTINGS, &content, err))
			return error_context(err, "%s:%d: disclaimers", build->snapshot->path, files->lines[i]);
		if (!lexicon_learn(build->snapshot->lexicon, path, content, err))
			return false;
	}
	return true;
}

static bool add_phrases(struct lexicon *lexicon, const struct pack_files *files, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < files->count; i++) {
		good &= files->items[i].phrases == NULL || lexicon_add(lexicon, files->items[i].phrases, err);
		if (!good && !error_gathered(err))
			return false;
	}
	return good;
}

static bool add_own_phrases(struct build *build, struct error *err)
{
	return build->top.phrases == NULL || lexicon_add(build->snapshot->lexicon, build->top.phrases, err);
}

static bool add_labels(struct build *build, struct error *err)
{
	return build->top.labels == NULL || lexicon_add_labels(build->snapshot->lexicon, build->top.labels, err);
}

static bool add_library_phrases(struct build *build, struct error *err)
{
	return add_phrases(build->snapshot->lexicon, &build->libraries, err);
}

static bool add_pack_phrases(struct build *build, struct error *err)
{
	return add_phrases(build->snapshot->lexicon, &build->packs, err);
}

static bool check_phrases(struct build *build, struct error *err)
{
	return lexicon_check(build->snapshot->lexicon, err);
}

/* Stops at the first that fails, unless somebody gathers what is wrong. */
static bool each_part(struct build *build, bool (*const *parts)(struct build *, struct error *), size_t count, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < count; i++) {
		good &= parts[i](build, err);
		if (!good && !error_gathered(err))
			return false;
	}
	return good;
}

static bool build_lexicon(struct build *build, struct error *err)
{
	static bool (*const parts[])(struct build *, struct error *) = { add_library_phrases, add_pack_phrases, add_own_phrases, add_labels,
									   learn_disclaimers, build_permissions, check_phrases };
	build->snapshot->lexicon = lexicon_new();
	return each_part(build, parts, sizeof parts / sizeof *parts, err);
}

static bool add_remember(const struct snapshot *snapshot, const struct pack_files *files, struct error *err)
{
	for (size_t i = 0; i < files->count; i++)
		if (files->items[i].remember != NULL &&
		    !policy_add_remember(snapshot->policy, files->items[i].remember, snapshot->lexicon, err))
			return false;
	return true;
}

static bool build_remember(struct build *build, struct error *err)
{
	const struct snapshot *snapshot = build->snapshot;
	if (!add_remember(snapshot, &build->libraries, err) || !add_remember(snapshot, &build->packs, err))
		return false;
	return build->top.remember == NULL || policy_add_remember(snapshot->policy, build->top.remember, snapshot->lexicon, err);
}

static bool add_rules(const struct snapshot *snapshot, const struct pack_files *files,
		      bool (*add)(struct policy *, const struct settings_node *, const struct lexicon *, struct error *), struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < files->count; i++) {
		good &= files->items[i].rules == NULL || add(snapshot->policy, files->items[i].rules, snapshot->lexicon, err);
		if (!good && !error_gathered(err))
			return false;
	}
	return good;
}

static bool add_library_rules(struct build *build, struct error *err)
{
	return add_rules(build->snapshot, &build->libraries, policy_add_shared, err);
}

static bool add_pack_rules(struct build *build, struct error *err)
{
	return add_rules(build->snapshot, &build->packs, policy_add, err);
}

static bool add_own_rules(struct build *build, struct error *err)
{
	return build->top.rules == NULL || policy_add(build->snapshot->policy, build->top.rules, build->snapshot->lexicon, err);
}

/* An action that is not done must not surprise anybody, nor one that is done against what the file says of the rule. */
static void tell_what_is_not_as_written(struct build *build)
{
	struct findings found = { .arena = build->arena };
	policy_tell_capped(build->snapshot->policy, &found);
	policy_tell_overridden(build->snapshot->policy, build->snapshot->path, &found);
	for (size_t i = 0; i < found.count; i++)
		build_found(build, found.items[i].class, found.items[i].file, found.items[i].line, found.items[i].reason);
}

bool build_rules(struct build *build, struct error *err)
{
	static bool (*const parts[])(struct build *, struct error *) = { build_lexicon, add_library_rules, add_pack_rules, add_own_rules,
									   build_remember };
	struct snapshot *snapshot = build->snapshot;
	snapshot->policy = policy_new();
	if (!each_part(build, parts, sizeof parts / sizeof *parts, err))
		return false;
	if (!policy_finish(snapshot->policy, snapshot->mode, (enum unknown_means)build->top.unknown, err))
		return false;
	tell_what_is_not_as_written(build);
	snapshot->rulebook = rulebook_write(build->arena, snapshot->policy, snapshot->lexicon);
	snapshot->rulebook_digest = digest_of(build->arena, bytes_of(snapshot->rulebook));
	if (policy_count(snapshot->policy) == 0)
		build_warn(build, GATEWAY_NO_RULES, snapshot->path, 0, "no rules: name a pack or write rules");
	return true;
}

bool build_tests(struct build *build, struct error *err)
{
	struct policy_tests *tests = arena_alloc(build->arena, sizeof *tests);
	build->snapshot->tests = tests;
	return build->top.tests == NULL || (policy_tests_read(build->arena, build->top.tests, tests, err) &&
					    policy_tests_fit(tests, build->snapshot->policy, err));
}
