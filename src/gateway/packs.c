/* packs.c - finding the packs a configuration names, and merging their rules and phrases with its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "gateway/answers.h"
#include "gateway/build.h"
#include "gateway/policy_test.h"

#define DISCLAIMERS_MOST ((size_t)1 << 20)

struct pack_keys {
	const char *name, *title, *document, *tests;
};
static const struct setting_row pack_rows[] = {
	{ "name", SETTING_STRING, offsetof(struct pack_keys, name), true, 0, 0, NULL, "of the pack" },
	{ "title", SETTING_STRING, offsetof(struct pack_keys, title), false, 0, 0, NULL, "one line" },
	{ "document", SETTING_STRING, offsetof(struct pack_keys, document), false, 0, 0, NULL, "the protocol it follows" },
	{ "tests", SETTING_STRING, offsetof(struct pack_keys, tests), false, 0, 0, NULL, "a configuration beside it that holds its tests" },
};
static const struct setting_row pack_top_rows[] = {
	{ "pack", SETTING_GROUP, offsetof(struct pack_top, pack), true, 0, 0, NULL, "what this pack is" },
	{ "phrases", SETTING_GROUP, offsetof(struct pack_top, phrases), false, 0, 0, NULL, "families of phrases" },
	{ "rules", SETTING_LIST, offsetof(struct pack_top, rules), false, 0, 0, NULL, "rules" },
	{ "remember", SETTING_GROUP, offsetof(struct pack_top, remember), false, 0, 0, NULL, "what is remembered" },
};

/* Where the program itself lies: a prefix that was moved still finds its packs, and so does a build folder. */
const char *build_beside_program(struct build *build, const char *path)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	if (length <= 0)
		return path;
	program[length] = '\0';
	return arena_printf(build->arena, "%s/%s", dirname(program), path);
}

/* NAME.conf beside the configuration, then in packs/ beside it, then among the shipped ones. COPYHOLD_PACKS stands for
 * where those are. */
static const char *find_pack(struct build *build, const char *name)
{
	const char *file = arena_printf(build->arena, "%s.conf", name), *shipped = getenv("COPYHOLD_PACKS");
	const char *folders[] = {
		build_beside(build, "."),
		build_beside(build, "packs"),
		shipped == NULL ? PACKDIR : shipped,
		build_beside_program(build, "../share/copyhold/packs"),
		build_beside_program(build, "conf/packs"),
		build_beside_program(build, "../conf/packs"),
	};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		const char *path = arena_printf(build->arena, "%s/%s", folders[i], file);
		if (access(path, R_OK) == 0)
			return path;
	}
	return NULL;
}

static void note_tests(struct build *build, const char *pack, const char *tests)
{
	const char **paths = (const char **)build->snapshot->pack_tests;
	const char *folder = dirname(arena_string(build->arena, pack));
	*ARENA_PUSH(build->arena, paths, build->snapshot->pack_test_count) = arena_printf(build->arena, "%s/%s", folder, tests);
	build->snapshot->pack_tests = paths;
}

bool build_packs(struct build *build, struct error *err)
{
	const struct string_list *names = &build->top.packs;
	const struct settings_node *node = settings_find(build_root(build), "packs");
	build->packs = arena_array(build->arena, names->count, sizeof *build->packs);
	build->pack_tops = arena_array(build->arena, names->count, sizeof *build->pack_tops);
	for (size_t i = 0; i < names->count; i++) {
		struct pack_keys keys = { 0 };
		if (strchr(names->items[i], '/') != NULL)
			return settings_complain(node, err, "packs: \"%s\" is a path; write the pack's name only", names->items[i]);
		const char *path = find_pack(build, names->items[i]);
		if (path == NULL)
			return settings_complain(node, err, "packs: there is no pack \"%s\" (looked for %s.conf beside this file, in packs/ beside it, and among the shipped ones)",
						 names->items[i], names->items[i]);
		if (!settings_open(path, &build->packs[i], err))
			return false;
		build->pack_count = i + 1;
		const struct settings_node *top = settings_root(build->packs[i]);
		if (!settings_fill(top, ROWS(pack_top_rows), build->arena, &build->pack_tops[i], err) ||
		    !settings_fill(build->pack_tops[i].pack, ROWS(pack_rows), build->arena, &keys, err))
			return false;
		if (keys.tests != NULL)
			note_tests(build, path, keys.tests);
	}
	return true;
}

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

static bool build_lexicon(struct build *build, struct error *err)
{
	struct lexicon *lexicon = lexicon_new();
	build->snapshot->lexicon = lexicon;
	for (size_t i = 0; i < build->pack_count; i++)
		if (build->pack_tops[i].phrases != NULL && !lexicon_add(lexicon, build->pack_tops[i].phrases, err))
			return false;
	if (build->top.phrases != NULL && !lexicon_add(lexicon, build->top.phrases, err))
		return false;
	if (build->top.labels != NULL && !lexicon_add_labels(lexicon, build->top.labels, err))
		return false;
	return learn_disclaimers(build, err) && lexicon_check(lexicon, err);
}

static bool build_remember(struct build *build, struct error *err)
{
	const struct snapshot *snapshot = build->snapshot;
	for (size_t i = 0; i < build->pack_count; i++)
		if (build->pack_tops[i].remember != NULL &&
		    !policy_add_remember(snapshot->policy, build->pack_tops[i].remember, snapshot->lexicon, err))
			return false;
	return build->top.remember == NULL || policy_add_remember(snapshot->policy, build->top.remember, snapshot->lexicon, err);
}

bool build_rules(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	snapshot->policy = policy_new();
	if (!build_lexicon(build, err))
		return false;
	for (size_t i = 0; i < build->pack_count; i++)
		if (build->pack_tops[i].rules != NULL && !policy_add(snapshot->policy, build->pack_tops[i].rules, snapshot->lexicon, err))
			return false;
	if (build->top.rules != NULL && !policy_add(snapshot->policy, build->top.rules, snapshot->lexicon, err))
		return false;
	if (!build_remember(build, err))
		return false;
	if (!policy_finish(snapshot->policy, snapshot->mode, (enum unknown_means)build->top.unknown, err))
		return false;
	snapshot->rulebook = answers_rulebook(build->arena, snapshot->policy);
	if (policy_count(snapshot->policy) == 0)
		build_warn(build, "%s: no rules: name a pack or write rules", snapshot->path);
	return true;
}

bool build_tests(struct build *build, struct error *err)
{
	struct policy_tests *tests = arena_alloc(build->arena, sizeof *tests);
	build->snapshot->tests = tests;
	return build->top.tests == NULL || (policy_tests_read(build->arena, build->top.tests, tests, err) &&
					    policy_tests_fit(tests, build->snapshot->policy, err));
}
