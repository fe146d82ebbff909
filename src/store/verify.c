/* verify.c - the journal's chain recomputed from the first line to the last, and every seal over reduced lines with it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "chain.h"

/* A seal that lines met so far name, until its own line is met. */
struct pending {
	int64_t number, first, count;
	struct digest digest;
	bool settled;
};

struct walk {
	struct arena *arena;
	struct pending *pending;
	size_t pending_count, latest;
	int64_t broken_at;
};

static struct pending *find_pending(struct walk *walk, int64_t number)
{
	if (walk->latest < walk->pending_count && walk->pending[walk->latest].number == number)
		return &walk->pending[walk->latest];
	for (size_t i = 0; i < walk->pending_count; i++)
		if (walk->pending[i].number == number) {
			walk->latest = i;
			return &walk->pending[i];
		}
	return NULL;
}

static void add_reduced(struct walk *walk, const struct journal_line *line, int64_t seal)
{
	struct pending *pending = find_pending(walk, seal);
	if (pending == NULL) {
		pending = ARENA_PUSH(walk->arena, walk->pending, walk->pending_count);
		*pending = (struct pending){ .number = seal, .first = line->number };
		digest_begin(&pending->digest);
	}
	seal_add(&pending->digest, line);
	pending->count++;
}

/* Is what the seal says of its lines what they are? A seal without lines says so of some that are gone or whole again. */
static void settle(struct walk *walk, const struct journal_line *line)
{
	struct pending *pending = find_pending(walk, line->number);
	json_t *detail = json_loads(line->detail, 0, NULL);
	const char *count = json_string_value(json_object_get(detail, "count"));
	const char *lines = json_string_value(json_object_get(detail, "lines"));
	bool good = pending != NULL && count != NULL && lines != NULL && strtoll(count, NULL, 10) == pending->count &&
		    strcmp(lines, digest_end(&pending->digest, walk->arena)) == 0;
	json_decref(detail);
	if (pending != NULL)
		pending->settled = good;
	else
		walk->broken_at = line->number;
}

static bool line_holds(struct walk *walk, const struct journal_line *line, const char *previous)
{
	if (strcmp(line_hash(walk->arena, line, previous), line->hash) == 0) {
		if (strcmp(line->what, SEAL) == 0)
			settle(walk, line);
		return true;
	}
	int64_t seal = line_seal(line);
	if (seal == 0 || strlen(line->hash) != DIGEST_HEX_LENGTH)
		return false;
	add_reduced(walk, line, seal);
	return true;
}

/* Stops at the first line whose number or hash is not what follows from the one before. */
static bool walk_chain(struct store *store, struct walk *walk, sqlite3_stmt *query, int64_t *lines_out, struct error *err)
{
	const char *previous = "";
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found) {
		struct journal_line line = line_of(query);
		if (line.number != *lines_out + 1 || !line_holds(walk, &line, previous)) {
			walk->broken_at = line.number;
			return true;
		}
		if (walk->broken_at != 0)
			return true;
		*lines_out = line.number;
		previous = arena_string(walk->arena, line.hash);
	}
	for (size_t i = 0; good && i < walk->pending_count; i++)
		if (!walk->pending[i].settled && (walk->broken_at == 0 || walk->pending[i].first < walk->broken_at))
			walk->broken_at = walk->pending[i].first;
	return good;
}

bool store_journal_verify(struct store *store, int64_t *lines_out, int64_t *broken_at_out, struct error *err)
{
	*lines_out = *broken_at_out = 0;
	if (!database_begin_read(store, err))
		return false;
	struct walk walk = { .arena = arena_new() };
	sqlite3_stmt *query = NULL;
	bool good = database_query(store, LINE_COLUMNS "ORDER BY number", NULL, 0, &query, err) &&
		    walk_chain(store, &walk, query, lines_out, err);
	database_finish(&query);
	*broken_at_out = walk.broken_at;
	if (walk.broken_at != 0 && *lines_out >= walk.broken_at)
		*lines_out = walk.broken_at - 1;
	arena_free(&walk.arena);
	return database_end(store, good, err);
}
