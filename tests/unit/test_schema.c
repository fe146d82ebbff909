/* test_schema.c - a store of any earlier version, with a row in every table, is brought to the newest by opening it, and no row is lost.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <sqlite3.h>
#include <string.h>

#include "database.h"

static sqlite3 *open_raw(const struct fixture *fixture)
{
	sqlite3 *raw = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &raw), SQLITE_OK);
	return raw;
}

static void run_sql(sqlite3 *raw, const char *sql)
{
	char *why = NULL;
	if (sqlite3_exec(raw, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", why, sql);
}

/* The first column of the first row. */
static int64_t number_of(sqlite3 *raw, const char *sql)
{
	sqlite3_stmt *query = NULL;
	assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &query, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(query), SQLITE_ROW);
	int64_t number = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return number;
}

static struct string_list texts_of(struct arena *arena, sqlite3 *raw, const char *sql)
{
	const char **items = NULL;
	size_t count = 0;
	sqlite3_stmt *query = NULL;
	assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &query, NULL), SQLITE_OK);
	while (sqlite3_step(query) == SQLITE_ROW)
		*ARENA_PUSH(arena, items, count) = arena_string(arena, (const char *)sqlite3_column_text(query, 0));
	sqlite3_finalize(query);
	return (struct string_list){ items, count, NULL };
}

#define TABLES "FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"

/* One row in every table that has none, all of whose keys fit each other. */
static void populate(struct arena *arena, sqlite3 *raw)
{
	struct string_list inserts = texts_of(arena, raw,
		"SELECT 'INSERT OR IGNORE INTO ' || name || ' VALUES (' || (SELECT group_concat(CASE type WHEN 'INTEGER' THEN '1' WHEN 'BLOB' THEN"
		" 'x''00''' ELSE '''x''' END) FROM pragma_table_info(name)) || ')' " TABLES);
	run_sql(raw, "PRAGMA ignore_check_constraints = ON");
	for (size_t i = 0; i < inserts.count; i++)
		run_sql(raw, inserts.items[i]);
}

static void make_version(const struct fixture *fixture, size_t version, struct string_list *tables_out, int64_t *counts)
{
	sqlite3 *raw = open_raw(fixture);
	for (size_t i = 0; i < version; i++)
		run_sql(raw, store_kind.migrations[i]);
	run_sql(raw, arena_printf(fixture->arena, "PRAGMA application_id = %d; PRAGMA user_version = %zu", store_kind.application, version));
	populate(fixture->arena, raw);
	*tables_out = texts_of(fixture->arena, raw, "SELECT name " TABLES);
	for (size_t i = 0; i < tables_out->count; i++)
		counts[i] = number_of(raw, arena_printf(fixture->arena, "SELECT count(*) FROM %s", tables_out->items[i]));
	assert_int_equal(sqlite3_close(raw), SQLITE_OK);
}

/* What another table has taken the place of. */
static const char *name_now(const char *table)
{
	return strcmp(table, "reply_clock") == 0 ? "duty" : table;
}

static void every_version_is_carried_over(void **state)
{
	struct fixture *fixture = *state;
	for (size_t version = 1; version <= store_kind.migration_count; version++) {
		int64_t counts[100];
		struct string_list tables;
		store_close(&fixture->store);
		assert_int_equal(system(arena_printf(fixture->arena, "rm -f %s/store.db*", fixture->directory)), 0);
		make_version(fixture, version, &tables, counts);
		assert_true(tables.count >= 5 && tables.count < 100);
		if (!store_open(fixture->directory, &fixture->store, &fixture->err))
			fail_msg("version %zu: %s", version, error_text(&fixture->err));
		sqlite3 *raw = open_raw(fixture);
		assert_int_equal(number_of(raw, "PRAGMA user_version"), store_kind.migration_count);
		assert_int_equal(number_of(raw, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
		for (size_t i = 0; i < tables.count; i++) {
			const char *sql = arena_printf(fixture->arena, "SELECT count(*) FROM %s", name_now(tables.items[i]));
			if (number_of(raw, sql) != counts[i])
				fail_msg("version %zu: %s has lost a row", version, tables.items[i]);
		}
		assert_int_equal(sqlite3_close(raw), SQLITE_OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_version_is_carried_over, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
