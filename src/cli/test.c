/* test.c - `copyhold test`: the tests that a policy carries, the Council's own and those of its packs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/mutate.h"
#include "gateway/policy_test.h"

#define LEAST_NOTICED "95"

struct test_options {
	bool own, mutate, verbose;
	const char *least;
};

static const struct option_row test_options_rows[] = {
	{ "own", OPTION_FLAG, offsetof(struct test_options, own), NULL, "only the tests of this configuration, not those of its packs" },
	{ "mutate", OPTION_FLAG, offsetof(struct test_options, mutate), NULL, "take away each rule, condition, exception and family of phrases in turn, and name what no test notices" },
	{ "verbose", OPTION_FLAG, offsetof(struct test_options, verbose), NULL, "with --mutate: say of each change which test notices it" },
	{ "least", OPTION_VALUE, offsetof(struct test_options, least), "PERCENT", "with --mutate: how many must be noticed; default " LEAST_NOTICED },
};

struct tested {
	size_t run, failed;
	struct mutated mutated;
	struct arena *arena;
	const char **paths; /* that were run: two packs may name one file */
	size_t path_count;
};

/* Every test is run, whatever the others say; false when one could not be run. */
static bool run_all(const struct snapshot *snapshot, struct tested *tested, struct error *err)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct policy *enforced = policy_in_mode(snapshot->policy, MODE_ENFORCE);
	struct error why = ERROR_INIT;
	bool good = true;
	for (size_t i = 0; i < snapshot->tests->count && good; i++) {
		command_progress(i, snapshot->tests->count);
		tested->run++;
		if (policy_test_run(&snapshot->tests->items[i], snapshot, enforced, scratch, &why))
			continue;
		good = why.kind == ERROR_REFUSED;
		if (good)
			printf("FAIL %s\n", error_text(&why));
		else
			error_set(err, why.kind, "%s", error_text(&why));
		tested->failed++;
		error_release(&why);
	}
	command_progress(1, 1);
	policy_free(&enforced);
	pattern_scratch_free(&scratch);
	return good;
}

/* What one of them notices counts: a pack has several configurations of tests, each for some of its rules. */
static bool mutate_together(struct snapshot *const *snapshots, size_t count, const char *pack, bool verbose, struct tested *tested, struct error *err)
{
	struct mutated here;
	const char *title = pack == NULL ? snapshots[0]->path : pack;
	if (!mutate_all(snapshots, count, pack, verbose, &here, err))
		return false;
	if (here.tried > 0)
		printf("%s: %zu of %zu changes noticed (%zu %%)\n", title, here.noticed, here.tried, here.noticed * 100 / here.tried);
	tested->mutated.tried += here.tried;
	tested->mutated.noticed += here.noticed;
	return true;
}

static bool was_run(const struct tested *tested, const char *path)
{
	for (size_t i = 0; i < tested->path_count; i++)
		if (strcmp(tested->paths[i], path) == 0)
			return true;
	return false;
}

static bool test_one(const char *path, struct snapshot **out, struct tested *tested, struct error *err)
{
	struct tested here = { 0 };
	if (!command_snapshot_to_judge(path, out, err))
		return false;
	if (was_run(tested, path))
		return true;
	*ARENA_PUSH(tested->arena, tested->paths, tested->path_count) = path;
	if (!run_all(*out, &here, err))
		return false;
	printf("%s: %zu tests, %zu failed\n", path, here.run, here.failed);
	tested->run += here.run;
	tested->failed += here.failed;
	return true;
}

static bool test_together(struct arena *arena, const struct string_list *paths, const char *pack, const struct test_options *options,
			  struct tested *tested, struct error *err)
{
	struct snapshot **snapshots = arena_array(arena, paths->count, sizeof *snapshots);
	size_t failed = tested->failed, with_tests = 0;
	bool good = true;
	for (size_t i = 0; i < paths->count && good; i++) {
		good = test_one(paths->items[i], &snapshots[i], tested, err);
		with_tests += good && snapshots[i]->tests->count > 0;
	}
	if (good && options->mutate && tested->failed == failed && with_tests > 0)
		good = mutate_together(snapshots, paths->count, pack, options->verbose, tested, err);
	for (size_t i = 0; i < paths->count; i++)
		snapshot_drop(&snapshots[i]);
	return good;
}

/* A pack's tests name the pack, which names them. */
static bool is_same_file(const char *a, const char *b)
{
	struct stat first, second;
	return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* Those of the pack, but for the configuration itself: it was tested. */
static struct string_list tests_of_pack(struct arena *arena, const struct string_list *all, const char *configuration)
{
	const char **paths = arena_array(arena, all->count, sizeof *paths);
	size_t count = 0;
	for (size_t i = 0; i < all->count; i++)
		if (!is_same_file(all->items[i], configuration))
			paths[count++] = all->items[i];
	return (struct string_list){ paths, count, NULL };
}

static bool test_packs(struct invocation *invocation, const struct test_options *options, struct tested *tested, struct error *err)
{
	struct snapshot *snapshot = NULL;
	if (!snapshot_load(invocation->configuration, &snapshot, err))
		return false;
	bool good = true;
	for (size_t i = 0; i < snapshot->pack_count && good; i++) {
		struct string_list paths = tests_of_pack(invocation->arena, &snapshot->packs[i].tests, invocation->configuration);
		good = test_together(invocation->arena, &paths, snapshot->packs[i].name, options, tested, err);
	}
	snapshot_drop(&snapshot);
	return good;
}

static bool test_own(struct invocation *invocation, const struct test_options *options, struct tested *tested, struct error *err)
{
	struct string_list path = { &invocation->configuration, 1, NULL };
	return test_together(invocation->arena, &path, NULL, options, tested, err);
}

static bool percent_of(const char *text, long *out, struct error *err)
{
	char *end;
	*out = strtol(text, &end, 10);
	return (end != text && *end == '\0' && *out >= 0 && *out <= 100) ||
	       error_set(err, ERROR_USAGE, "--least wants a number from 0 to 100, not \"%s\"", text);
}

static bool test_run(struct invocation *invocation, struct error *err)
{
	struct test_options options = { .least = LEAST_NOTICED };
	struct tested tested = { .arena = invocation->arena };
	const char *const *operands;
	long least;
	if (!options_parse(invocation->arena, test_options_rows, sizeof test_options_rows / sizeof *test_options_rows, invocation->argc,
			   invocation->argv, &options, &operands, err) ||
	    !command_operands(operands, 0, "no operand", err) || !percent_of(options.least, &least, err) ||
	    !test_own(invocation, &options, &tested, err) ||
	    (!options.own && !test_packs(invocation, &options, &tested, err)))
		return false;
	if (tested.run == 0)
		printf("There is nothing to test: write tests = ( ... ); in %s (copyhold.conf(5)).\n", invocation->configuration);
	if (tested.failed > 0)
		return error_set(err, ERROR_REFUSED, "%zu of %zu tests failed", tested.failed, tested.run);
	const struct mutated *mutated = &tested.mutated;
	return mutated->noticed * 100 >= mutated->tried * (size_t)least ||
	       error_set(err, ERROR_REFUSED, "the tests notice %zu of %zu changes, fewer than %ld %%", mutated->noticed, mutated->tried, least);
}

const struct command test_command = {
	.name = "test",
	.summary = "run the tests that the policy and its packs carry",
	.options = test_options_rows,
	.option_count = sizeof test_options_rows / sizeof *test_options_rows,
	.run = test_run,
};
