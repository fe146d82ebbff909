/* people_kept.h - the last people file that could be used, kept in the store's folder for a start that finds a bad one.
 *
 * A reload keeps what is in force by itself; a start, and a gate that is replaced, has nothing else to begin with. */
#ifndef COPYHOLD_GATEWAY_PEOPLE_KEPT_H
#define COPYHOLD_GATEWAY_PEOPLE_KEPT_H

#include "gateway/build.h"

/* Keeps the snapshot's people file, 0600, in place of the one before; nothing when that snapshot uses the kept one itself. */
bool people_keep(const struct snapshot *snapshot, struct error *err) MUST_CHECK;
/* The kept one, in place of that which err complains of: takes the complaint over into snapshot->people_trouble, or adds to it why there is no other. */
bool people_kept_load(struct build *build, const struct string_list *domains, const struct directory_problem **problems_out, size_t *problem_count_out,
		      struct error *err) MUST_CHECK;
/* Where it is. */
const char *people_kept_path(struct arena *arena, const struct snapshot *snapshot);

#endif
