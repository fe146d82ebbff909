/* edition.h - one configuration as the desk works by it: the snapshot and what is remembered under it, counted together.
 *
 * Every call keeps the one it began with. A reload swaps in a new one only when all of it is good; what was wrong with the last that was
 * not is remembered for the status page. */
#ifndef COPYHOLD_DESK_EDITION_H
#define COPYHOLD_DESK_EDITION_H

#include <stdint.h>

#include "desk/recusals.h"
#include "gateway/snapshot.h"
#include "store/store.h"

struct edition {
	struct snapshot *snapshot;  /* its reader is open */
	struct recusals *recusals;
	int64_t loaded_at;
	int count;
};

/* Loads and starts the readers. `starts`: the desk has no other yet, and takes the last good people file for a bad one. */
bool edition_open(const char *configuration, bool starts, int64_t now, struct edition **out, struct error *err) MUST_CHECK;
/* Asks about every message that waits, for every reviewer, so that nobody waits for that later; until *stop is set. */
void edition_look_ahead(const struct edition *edition, struct store *store, const bool *stop);
struct edition *edition_hold(struct edition *edition); /* under the lock that hands it out */
void edition_drop(struct edition **edition);

#endif
