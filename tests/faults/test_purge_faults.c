/* test_purge_faults.c - disposal that fails or dies at any write: nothing is gone that has to stay, what is gone is proved, and the
 * next run does the rest.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/purge_fixture.h"
#include "faulty_vfs.h"

#define MOST_FAULTS 3000
#define DUE 60 /* more than one transaction's */
#define LATER (NOW + 100 * DAY)

static const struct {
	enum purge_class class;
	int64_t expected;
} classes[] = {
	{ PURGE_BODIES, 2 }, { PURGE_NOTICES, 0 }, { PURGE_OBSERVATIONS, DUE }, { PURGE_MEMORY, DUE }, { PURGE_REMAINS, DUE },
};

/* Entries that are due, one that waits, one under legal hold, one that is younger. */
static void fill(struct fixture *fixture)
{
	int64_t hold = 0;
	keep(fixture, "CH-WAITS", NOW, OUTCOME_HOLD, "waits");
	keep(fixture, "CH-KEPT", NOW, OUTCOME_HOLD, "kept");
	decide(fixture, "CH-KEPT", "kept", NOW);
	keep(fixture, "CH-YOUNG", LATER, OUTCOME_HOLD, "young");
	decide(fixture, "CH-YOUNG", "young", LATER);
	for (int i = 0; i < DUE; i++) {
		const char *id = arena_printf(fixture->arena, "CH-%03d", i), *secret = arena_printf(fixture->arena, "VANISH-%d", i);
		keep(fixture, id, NOW + i, i < 2 ? OUTCOME_HOLD : OUTCOME_DELIVER, secret);
		if (i < 2)
			decide(fixture, id, secret, NOW + i);
	}
	struct legal_hold order = { .scope = "message", .what = "CH-KEPT", .by = "clerk", .reason = "claim", .at = NOW };
	must(fixture, store_legal_hold_add(fixture->store, &order, &hold, &fixture->err));
}

/* The whole of a run; stops where it fails, as retention_run does. */
static bool run(const char *directory, bool *tidied)
{
	struct store *store = NULL;
	struct purge_order order = { .before = LATER, .now = LATER + 50 * DAY, .by = "copyhold", .sparing = { stays, line_stays, NULL } };
	int64_t removed, spared;
	bool good = store_open(directory, &store, NULL);
	for (size_t i = 0; good && i < sizeof classes / sizeof *classes; i++)
		good = store_purge(store, classes[i].class, &order, &removed, &spared, NULL);
	order.before = NOW + 50 * DAY;
	good = good && store_purge_journal(store, &order, &removed, &spared, NULL) &&
	       store_purge_done(store, "copyhold", "{}", 1, order.now, NULL);
	*tidied = good && store_tidy(store, NULL);
	store_close(&store);
	return good;
}

/* What must be there, however far the run came. */
static void assert_nothing_lost(struct fixture *fixture)
{
	static const char *const staying[] = { "CH-WAITS", "CH-KEPT", "CH-YOUNG" };
	struct bytes raw;
	assert_int_equal(broken_at(fixture), 0);
	for (size_t i = 0; i < sizeof staying / sizeof *staying; i++) {
		const struct held *held = NULL;
		must(fixture, store_find_held(fixture->store, fixture->arena, staying[i], &held, &fixture->err));
		assert_non_null(held);
		assert_non_null(held->subject);
		assert_non_null(held->findings[0].explanation);
		must(fixture, store_read_raw(fixture->store, fixture->arena, staying[i], &raw, &fixture->err));
	}
}

static int64_t proved(struct fixture *fixture, const char *class)
{
	return number(fixture, arena_printf(fixture->arena, "SELECT coalesce(sum(json_extract(detail, '$.count')), 0) FROM journal"
							    " WHERE what = 'disposed' AND json_extract(detail, '$.class') = '%s'", class));
}

/* Every removal has its proof, and every proof its removal. */
static void assert_proof_is_exact(struct fixture *fixture)
{
	int64_t disposed = number(fixture, "SELECT count(*) FROM message WHERE disposed = 1");
	int64_t all = number(fixture, "SELECT count(*) FROM message");
	int64_t forgotten = number(fixture, "SELECT count(*) FROM message WHERE content_key = ''");
	assert_int_equal(proved(fixture, "remains"), DUE + 3 - all);
	assert_int_equal(proved(fixture, "observations"), disposed + DUE + 3 - all);
	assert_int_equal(proved(fixture, "memory"), forgotten + DUE + 3 - all);
}

static void open_again(struct fixture *fixture)
{
	must(fixture, store_open(fixture->directory, &fixture->store, &fixture->err));
}

static void every_fault_leaves_what_must_stay(void **state)
{
	struct fixture *fixture = *state;
	const char *base = fixture->directory;
	bool tidied = false;
	fill(fixture);
	store_close(&fixture->store);
	for (enum fault fault = FAULT_ONCE; fault < FAULT_COUNT; fault++) {
		/* Steps after the first ones keep it short; the three kinds begin apart. */
		int nth = 1 + (int)fault;
		for (; nth < MOST_FAULTS; nth = faulty_vfs_next(nth < 30 ? nth : nth + 10)) {
			fixture->directory = arena_printf(fixture->arena, "%s/%d-%d", base, (int)fault, nth);
			assert_int_equal(system(arena_printf(fixture->arena, "mkdir -m 700 %s && cp %s/store.db* %s/", fixture->directory, base, fixture->directory)), 0);
			faulty_vfs_arm(nth, fault);
			run(fixture->directory, &tidied);
			bool struck = faulty_vfs_struck();
			faulty_vfs_arm(0, fault);
			open_again(fixture);
			assert_nothing_lost(fixture);
			assert_proof_is_exact(fixture);
			store_close(&fixture->store);
			assert_true(run(fixture->directory, &tidied) && tidied);
			open_again(fixture);
			assert_nothing_lost(fixture);
			for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
				assert_int_equal(proved(fixture, purge_class_name(classes[i].class)), classes[i].expected);
			assert_int_equal(traces(fixture, "VANISH"), 0);
			store_close(&fixture->store);
			assert_int_equal(system(arena_printf(fixture->arena, "rm -rf %s", fixture->directory)), 0);
			if (!struck)
				break;
		}
		assert_true(nth > 40 && nth < MOST_FAULTS);
	}
	fixture->directory = base;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_fault_leaves_what_must_stay, set_up, tear_down),
	};
	faulty_vfs_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
