/* recusals.h - who may not see which message, remembered: with ten thousand held, nobody is asked twice.
 *
 * An answer holds as long as the directory does, so each snapshot has a memory of its own. Shared by threads. */
#ifndef COPYHOLD_DESK_RECUSALS_H
#define COPYHOLD_DESK_RECUSALS_H

#include "directory/directory.h"
#include "store/store.h"

struct recusals;

struct recusals *recusals_new(const struct directory *directory); /* borrowed */
void recusals_free(struct recusals **recusals);
/* For each id: is the person of that address recused (queue_recusal)? A message that is gone counts as one they may not see. */
bool recusals_ask(struct recusals *recusals, struct arena *arena, struct store *store, const char *address, const char *const *ids,
		  size_t count, const bool **recused_out, struct error *err) MUST_CHECK;
/* Asks about all of `ids` for all of these people and remembers it, so that nobody waits for it later. Ends early when *stop is set, or
 * when the store is in trouble: then with false. */
bool recusals_ahead(struct recusals *recusals, struct store *store, const char *const *addresses, size_t address_count,
		    const char *const *ids, size_t count, const bool *stop, struct error *err) MUST_CHECK;

#endif
