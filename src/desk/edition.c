/* edition.c - see edition.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/edition.h"

#include <stdlib.h>

#include "base/log.h"
#include "store/browse.h"

#define READERS_READY 1 /* previews are rare */

static void tell_of_readers(const char *sentence)
{
	log_warning("%s", sentence);
}

static bool ask_of(const struct edition *edition, struct arena *arena, struct store *store, const char *address, const char *const *ids,
		   size_t count, struct error *err)
{
	const bool *recused;
	return address == NULL || recusals_ask(edition->recusals, arena, store, address, ids, count, &recused, err);
}

static void ask_ahead(const struct edition *edition, struct store *store)
{
	const struct snapshot *snapshot = edition->snapshot;
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	const struct waiting_message *waiting;
	size_t count = 0;
	bool good = store_waiting(store, arena, &waiting, &count, &err);
	const char **ids = arena_array(arena, count + 1, sizeof *ids);
	for (size_t i = 0; i < count; i++)
		ids[i] = waiting[i].id;
	for (size_t i = 0; good && i < snapshot->reviewer_count; i++)
		good = ask_of(edition, arena, store, snapshot->reviewers[i], ids, count, &err);
	if (!good || !ask_of(edition, arena, store, snapshot->second_reviewer, ids, count, &err))
		log_warning("the first look at the desk will take longer: %s", error_text(&err));
	error_release(&err);
	arena_free(&arena);
}

bool edition_open(const char *configuration, struct store *store, int64_t now, struct edition **out, struct error *err)
{
	struct snapshot *snapshot = NULL;
	if (!snapshot_load(configuration, &snapshot, err))
		return false;
	if (!snapshot_open_reader(snapshot, READERS_READY, tell_of_readers, err)) {
		snapshot_drop(&snapshot);
		return false;
	}
	struct edition *edition = memory_must(calloc(1, sizeof *edition));
	*edition = (struct edition){ snapshot, recusals_new(snapshot->directory), now, 1 };
	if (store != NULL)
		ask_ahead(edition, store);
	*out = edition;
	return true;
}

struct edition *edition_hold(struct edition *edition)
{
	__atomic_add_fetch(&edition->count, 1, __ATOMIC_RELAXED);
	return edition;
}

void edition_drop(struct edition **edition)
{
	struct edition *mine = *edition;
	*edition = NULL;
	if (mine == NULL || __atomic_sub_fetch(&mine->count, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	recusals_free(&mine->recusals);
	snapshot_drop(&mine->snapshot);
	free(mine);
}
