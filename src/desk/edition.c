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

void edition_look_ahead(const struct edition *edition, struct store *store, const bool *stop)
{
	const struct snapshot *snapshot = edition->snapshot;
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	const struct waiting_message *waiting;
	size_t count = 0, asked = 0;
	bool good = store_waiting(store, arena, &waiting, &count, &err);
	const char **ids = arena_array(arena, count + 1, sizeof *ids), **reviewers = arena_array(arena, snapshot->reviewer_count + 1, sizeof *reviewers);
	for (size_t i = 0; i < count; i++)
		ids[i] = waiting[i].id;
	for (size_t i = 0; i < snapshot->reviewer_count; i++)
		reviewers[asked++] = snapshot->reviewers[i];
	if (snapshot->second_reviewer != NULL)
		reviewers[asked++] = snapshot->second_reviewer;
	if (!good || !recusals_ahead(edition->recusals, store, reviewers, asked, ids, count, stop, &err))
		log_warning("the first look at the desk will take longer: %s", error_text(&err));
	else if (!__atomic_load_n(stop, __ATOMIC_RELAXED))
		log_info("%zu messages wait for a decision", count);
	error_release(&err);
	arena_free(&arena);
}

bool edition_open(const char *configuration, bool starts, int64_t now, struct edition **out, struct error *err)
{
	struct snapshot *snapshot = NULL;
	if (!(starts ? snapshot_load_to_start(configuration, &snapshot, err) : snapshot_load(configuration, &snapshot, err)))
		return false;
	if (!snapshot_open_reader(snapshot, READERS_READY, tell_of_readers, err)) {
		snapshot_drop(&snapshot);
		return false;
	}
	struct edition *edition = memory_must(calloc(1, sizeof *edition));
	*edition = (struct edition){ snapshot, recusals_new(snapshot->directory), now, 1 };
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
