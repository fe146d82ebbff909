/* digest_slot.c - see digest_slot.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/digest_slot.h"

#include <stdlib.h>

#include "base/clock.h"
#include "database.h"
#include "detail.h"

#define KEPT ((int64_t)366 * 86400)

static bool last_within(struct store *store, const char *reader, struct digest_mark *out, struct error *err)
{
	return database_number(store, "SELECT max(slot) FROM digest_slot WHERE reader = ?", VALUES(value_text(reader)), &out->slot, err) &&
	       database_number(store, "SELECT at FROM digest_slot WHERE reader = ? ORDER BY slot DESC LIMIT 1", VALUES(value_text(reader)),
			       &out->made_at, err) &&
	       database_number(store, "SELECT min(at) FROM digest_slot WHERE reader = ?", VALUES(value_text(reader)), &out->first_at, err) &&
	       database_number(store, "SELECT max(at) FROM digest_slot WHERE reader = ? AND outcome = 'mailed'", VALUES(value_text(reader)),
			       &out->mailed_at, err);
}

bool store_digest_last(struct store *store, const char *reader, struct digest_mark *out, struct error *err)
{
	*out = (struct digest_mark){ 0 };
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, last_within(store, reader, out, err), err);
}

static bool journal_claim(struct store *store, const char *reader, int64_t slot, int64_t at, struct error *err)
{
	struct arena *arena = arena_new();
	char *detail = detail_text(DETAILS({ "to", reader }, { "due", clock_format_rfc3339(arena, slot) }));
	bool good = journal_append(store, "digest", NULL, "copyhold", detail, at, err);
	free(detail);
	arena_free(&arena);
	return good;
}

/* Later slots shut out earlier ones: after a clock that was wrong nothing is made up for twice. */
static bool claim_within(struct store *store, const char *reader, int64_t slot, int64_t at, const struct notice *mail, bool *mine_out,
			 struct error *err)
{
	if (!database_run(store,
			  "INSERT INTO digest_slot (reader, slot, at, outcome) SELECT ?1, ?2, ?3, ?4"
			  " WHERE NOT EXISTS (SELECT 1 FROM digest_slot WHERE reader = ?1 AND slot >= ?2)",
			  VALUES(value_text(reader), value_integer(slot), value_integer(at), value_text(mail == NULL ? "silent" : "mailed")), err))
		return false;
	*mine_out = database_changes(store) > 0;
	if (*mine_out && !database_run(store, "DELETE FROM digest_slot WHERE reader = ? AND slot < ?",
				       VALUES(value_text(reader), value_integer(slot - KEPT)), err))
		return false;
	if (!*mine_out || mail == NULL)
		return true;
	return outbox_insert(store, mail, NULL, at, err) && journal_claim(store, reader, slot, at, err);
}

bool store_digest_claim(struct store *store, const char *reader, int64_t slot, int64_t at, const struct notice *mail, bool *mine_out,
			struct error *err)
{
	*mine_out = false;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, claim_within(store, reader, slot, at, mail, mine_out, err), err);
}

bool store_digest_newest(struct store *store, int64_t *at_out, struct error *err)
{
	*at_out = 0;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, database_number(store, "SELECT max(at) FROM digest_slot WHERE outcome = 'mailed'", NULL, 0, at_out, err), err);
}
