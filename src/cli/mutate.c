/* mutate.c - see mutate.h. Each test's message is read once; only a family of phrases that the reader itself knows needs another reading.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mutate.h"

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "gateway/policy_test.h"
#include "policy/mutation.h"
#include "reading/reading.h"

/* The tests with their messages as judged by the whole policy. */
struct bench {
	struct arena *arena;
	struct snapshot *snapshot;
	struct policy *policy; /* enforced, otherwise whole */
	struct pattern_scratch *scratch;
	const struct judgement **judgements; /* parallel to the tests */
};

static bool judge_all(struct bench *bench, struct error *err)
{
	const struct policy_tests *tests = bench->snapshot->tests;
	bench->judgements = arena_array(bench->arena, tests->count, sizeof *bench->judgements);
	for (size_t i = 0; i < tests->count; i++)
		if (!policy_test_judge(bench->arena, &tests->items[i], bench->snapshot, bench->policy, bench->scratch, &bench->judgements[i], err) ||
		    !policy_test_holds(&tests->items[i], bench->judgements[i], err))
			return false;
	return true;
}

/* The first test that the damage breaks, or NULL. */
static const struct policy_test *first_to_fail(const struct bench *bench, const struct policy *policy)
{
	const struct policy_tests *tests = bench->snapshot->tests;
	for (size_t i = 0; i < tests->count; i++) {
		struct arena *arena = arena_new();
		const struct judgement *judgement = gateway_judge_again(arena, bench->snapshot, policy, bench->judgements[i], bench->scratch);
		bool holds = policy_test_holds(&tests->items[i], judgement, NULL);
		arena_free(&arena);
		if (!holds)
			return &tests->items[i];
	}
	return NULL;
}

static bool reader_knows(const char *family)
{
	for (const char *const *name = reading_families; *name != NULL; name++)
		if (strcmp(*name, family) == 0)
			return true;
	return false;
}

static bool reopen_reader(struct bench *bench, struct error *err)
{
	reader_free(&bench->snapshot->reader);
	return snapshot_open_reader(bench->snapshot, 1, NULL, err);
}

/* The messages read by a reader that was told the words as they are now. */
static bool read_anew(const struct bench *bench, const struct policy_test **noticed_out, struct error *err)
{
	const struct policy_tests *tests = bench->snapshot->tests;
	for (size_t i = 0; i < tests->count && *noticed_out == NULL; i++) {
		struct arena *arena = arena_new();
		const struct judgement *judgement = NULL;
		bool good = policy_test_judge(arena, &tests->items[i], bench->snapshot, bench->policy, bench->scratch, &judgement, err);
		if (good && !policy_test_holds(&tests->items[i], judgement, NULL))
			*noticed_out = &tests->items[i];
		arena_free(&arena);
		if (!good)
			return false;
	}
	return true;
}

static bool try_family(struct bench *bench, const char *family, const struct policy_test **noticed_out, struct error *err)
{
	struct lexicon *lexicon = bench->snapshot->lexicon;
	bool good = true;
	lexicon_mute(lexicon, family);
	if (reader_knows(family))
		good = reopen_reader(bench, err) && read_anew(bench, noticed_out, err);
	else
		*noticed_out = first_to_fail(bench, bench->policy);
	lexicon_mute(lexicon, NULL);
	return good && (!reader_knows(family) || reopen_reader(bench, err));
}

static bool try_mutation(struct bench *bench, const struct mutation *mutation, const struct policy_test **noticed_out, struct error *err)
{
	if (mutation->kind == MUTATION_FAMILY_GONE)
		return try_family(bench, mutation->family, noticed_out, err);
	struct policy *policy = mutation_apply(bench->policy, mutation);
	*noticed_out = first_to_fail(bench, policy);
	policy_free(&policy);
	return true;
}

/* Those that are asked for, and whose muting reaches all that is made of them. */
static const char *const *families_to_mute(const struct bench *bench)
{
	const char **families = NULL;
	size_t count = 0;
	for (const char *const *name = policy_families(bench->arena, bench->policy, bench->snapshot->lexicon, false); *name != NULL; name++)
		if (!lexicon_fills_others(bench->snapshot->lexicon, *name))
			*ARENA_PUSH(bench->arena, families, count) = *name;
	*ARENA_PUSH(bench->arena, families, count) = NULL;
	return families;
}

/* A change, and the first test that noticed it. */
struct attempt {
	const char *key, *sentence;
	const struct policy_test *noticed;
};
struct attempts {
	struct arena *arena;
	const char *pack; /* whose changes count; NULL: those of every snapshot */
	struct attempt *items;
	size_t count;
};

static bool is_of_pack(const struct snapshot *snapshot, const char *pack)
{
	for (size_t i = 0; pack != NULL && i < snapshot->pack_count; i++)
		if (strcmp(snapshot->packs[i].name, pack) == 0)
			return true;
	return pack == NULL;
}

/* NULL for a change that only another pack has. */
static struct attempt *attempt_of(struct attempts *all, const struct bench *bench, const struct mutation *mutation)
{
	const char *key = mutation_key(bench->arena, bench->policy, mutation);
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->items[i].key, key) == 0)
			return &all->items[i];
	if (!is_of_pack(bench->snapshot, all->pack))
		return NULL;
	struct attempt *attempt = ARENA_PUSH(all->arena, all->items, all->count);
	*attempt = (struct attempt){ arena_string(all->arena, key), mutation_sentence(all->arena, bench->policy, mutation), NULL };
	return attempt;
}

static bool mutate_each(struct bench *bench, struct attempts *all, struct error *err)
{
	size_t count;
	const struct mutation *mutations = mutations_of(bench->arena, bench->policy, families_to_mute(bench), &count);
	for (size_t i = 0; i < count; i++) {
		struct attempt *attempt = attempt_of(all, bench, &mutations[i]);
		command_progress(i, count);
		if (attempt != NULL && attempt->noticed == NULL && !try_mutation(bench, &mutations[i], &attempt->noticed, err))
			return false;
	}
	command_progress(count, count);
	return true;
}

static bool mutate_by(struct snapshot *snapshot, struct attempts *all, struct error *err)
{
	struct bench bench = { .arena = arena_new(), .snapshot = snapshot, .scratch = pattern_scratch_new() };
	bench.policy = policy_in_mode(snapshot->policy, MODE_ENFORCE);
	bool good = judge_all(&bench, err) && mutate_each(&bench, all, err);
	policy_free(&bench.policy);
	pattern_scratch_free(&bench.scratch);
	arena_free(&bench.arena);
	return good;
}

/* Those that have the pack first: by them it is known which changes there are. */
static bool mutate_by_each(struct snapshot *const *snapshots, size_t count, struct attempts *all, struct error *err)
{
	for (int of_pack = 1; of_pack >= 0; of_pack--)
		for (size_t i = 0; i < count; i++)
			if (is_of_pack(snapshots[i], all->pack) == (of_pack == 1) && snapshots[i]->tests->count > 0 && !mutate_by(snapshots[i], all, err))
				return false;
	return true;
}

static void show(const struct attempt *attempt, bool verbose)
{
	if (attempt->noticed == NULL)
		printf("not noticed: %s\n", attempt->sentence);
	else if (verbose)
		printf("noticed: %s (%s, %s)\n", attempt->sentence, attempt->noticed->name, attempt->noticed->message.where);
}

bool mutate_all(struct snapshot *const *snapshots, size_t count, const char *pack, bool verbose, struct mutated *out, struct error *err)
{
	struct attempts all = { .arena = arena_new(), .pack = pack };
	*out = (struct mutated){ 0 };
	bool good = mutate_by_each(snapshots, count, &all, err);
	for (size_t i = 0; i < all.count && good; i++) {
		show(&all.items[i], verbose);
		out->tried++;
		out->noticed += all.items[i].noticed != NULL;
	}
	arena_free(&all.arena);
	return good;
}
