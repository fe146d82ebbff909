/* reduce.c - the journal's lines past their time: reduced to number, time, kind and hash, under a seal; see purge.h.
 *
 * A reduced line can no longer prove its own hash, so a stranger could change its kind or time unseen. The seal closes that: it is
 * an ordinary line of the chain, whose digest is over all that is left of the lines it reduced. The schema allows no other change
 * to the journal than this one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "chain.h"
#include "detail.h"
#include "purge_order.h"

#define REDUCED "{\"reduced\":"

int64_t line_seal(const struct journal_line *line)
{
	struct bytes detail = bytes_of(line->detail);
	char *end = NULL;
	if (line->id != NULL || line->by != NULL || !bytes_starts_with(detail, BYTES(REDUCED)))
		return 0;
	long long number = strtoll(line->detail + sizeof REDUCED - 1, &end, 10);
	return strcmp(end, "}") == 0 && number > line->number ? number : 0;
}

void seal_add(struct digest *digest, const struct journal_line *line)
{
	struct text left = TEXT_INIT;
	text_printf(&left, "%lld %lld %s %s\n", (long long)line->number, (long long)line->at, line->what, line->hash);
	digest_add(digest, text_bytes(&left));
	text_release(&left);
}

/* The lines that are due after `cursor`, whatever stops them. */
static bool select_due(struct store *store, struct arena *arena, int64_t before, int64_t cursor, struct journal_line **out, size_t *count_out,
		       struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false, good = true;
	if (!database_query(store,
			    LINE_COLUMNS "WHERE substr(detail, 1, 11) <> '" REDUCED "' AND number > ? AND at < ?"
					 " AND what NOT IN ('disposed', '" SEAL "') ORDER BY number LIMIT ?",
			    VALUES(value_integer(cursor), value_integer(before), value_integer(PURGE_LINES_MOST)), &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found) {
		struct journal_line line = line_of(query);
		*ARENA_PUSH(arena, *out, *count_out) = line_copy(arena, &line);
	}
	database_finish(&query);
	return good;
}

static bool is_spared(struct store *store, struct arena *arena, const struct purge_order *order, const struct holds *holds,
		      const struct journal_line *line, bool *answer_out, struct error *err)
{
	const struct held *held = NULL;
	*answer_out = false;
	if (holds->count == 0)
		return true;
	if (line->id != NULL && !held_load(store, arena, line->id, &held, err))
		return false;
	*answer_out = order->sparing.line(order->sparing.context, holds->items, holds->count, line, held);
	return true;
}

static bool write_seal(struct store *store, struct arena *arena, const struct purge_order *order, const struct journal_line *lines,
		       size_t count, struct error *err)
{
	struct digest digest;
	digest_begin(&digest);
	for (size_t i = 0; i < count; i++)
		seal_add(&digest, &lines[i]);
	char *detail = detail_text(DETAILS({ "count", arena_printf(arena, "%zu", count) },
					   { "first", arena_printf(arena, "%lld", (long long)lines[0].number) },
					   { "last", arena_printf(arena, "%lld", (long long)lines[count - 1].number) },
					   { "before", clock_format_rfc3339(arena, order->before) }, { "lines", digest_end(&digest, arena) }));
	bool good = journal_append(store, SEAL, NULL, order->by, detail, order->now, err);
	free(detail);
	return good;
}

static bool reduce_lines(struct store *store, struct arena *arena, const struct purge_order *order, const struct journal_line *lines,
			 size_t count, struct error *err)
{
	struct journal_line head;
	if (!write_seal(store, arena, order, lines, count, err) || !journal_head(store, arena, &head, err))
		return false;
	const char *detail = arena_printf(arena, REDUCED "%lld}", (long long)head.number);
	for (size_t i = 0; i < count; i++)
		if (!database_run(store, "UPDATE journal SET id = NULL, by = NULL, detail = ? WHERE number = ?",
				  VALUES(value_text(detail), value_integer(lines[i].number)), err))
			return false;
	return purge_untidy(store, err);
}

struct batch {
	int64_t cursor, removed, spared;
	bool more;
};

static bool batch_within(struct store *store, struct arena *arena, const struct purge_order *order, struct batch *batch, struct error *err)
{
	struct holds holds = { 0 };
	struct journal_line *due = NULL, *going = NULL;
	size_t count = 0, going_count = 0;
	if (!holds_load(store, arena, &holds, err) || !select_due(store, arena, order->before, batch->cursor, &due, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool spared = false;
		if (!is_spared(store, arena, order, &holds, &due[i], &spared, err))
			return false;
		if (!spared)
			*ARENA_PUSH(arena, going, going_count) = due[i];
	}
	if (going_count > 0 && !order->dry && !reduce_lines(store, arena, order, going, going_count, err))
		return false;
	batch->more = count == PURGE_LINES_MOST;
	batch->cursor = count > 0 ? due[count - 1].number : batch->cursor;
	batch->removed += (int64_t)going_count;
	batch->spared += (int64_t)(count - going_count);
	return true;
}

bool store_purge_journal(struct store *store, const struct purge_order *order, int64_t *removed_out, int64_t *spared_out, struct error *err)
{
	struct batch batch = { .more = true };
	bool good = true;
	while (good && batch.more) {
		struct arena *arena = arena_new();
		batch.more = false;
		good = order->dry ? database_begin_read(store, err) : database_begin_write(store, err);
		good = good && database_end(store, batch_within(store, arena, order, &batch, err), err);
		arena_free(&arena);
		if (good && batch.more)
			purge_pause(order);
	}
	*removed_out = batch.removed;
	*spared_out = batch.spared;
	return good;
}
