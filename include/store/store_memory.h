/* store_memory.h - memory on disk: memory.db beside store.db, in a directory of the same kind (0700, files 0600).
 *
 * A file of its own, because it may be lost whole: what is held and what was done is not in it. A commit survives the end of the process at
 * once and a power cut within a second. It may be used by several threads, and by several processes at once.
 *
 * Trouble: locked, full or unwritable is ERROR_RETRY, of recalling and of remembering alike. To judge without memory would let a hidden
 * copy or a leak pass and never say so, and what is not remembered is missed later; any doubt of ours is a 4xx (DESIGN 1.5), which stops the
 * mail loudly and loses none. `memory = { keep = false; }` is how an administrator decides otherwise. A damaged file is no reason to stop
 * for longer than one message: it is set aside as memory.db.damaged-TIME, told and journalled ("memory-set-aside"), and a new one is
 * begun. So is one that has been taken away under a running gate. */
#ifndef COPYHOLD_STORE_STORE_MEMORY_H
#define COPYHOLD_STORE_STORE_MEMORY_H

#include "memory/memory.h"
#include "store/store.h"

struct store_memory_options {
	struct memory_terms terms;
	struct store *journal;              /* borrowed; NULL: nothing is journalled */
	void (*tell)(const char *sentence); /* hears what the administrator should know, from any thread; or NULL */
	bool serve;                         /* a thread writes commits through to the disk each second; else whoever commits does at times */
};

/* The directory as for store_open; ERROR_SETTINGS when it is loose or cannot be made. */
bool store_memory_open(const char *directory, const struct store_memory_options *options, struct memory **out, struct error *err) MUST_CHECK;
/* For what is remembered from now on. */
void store_memory_set_terms(struct memory *memory, const struct memory_terms *terms);
/* How many damaged files were set aside in a directory and are still there. */
size_t store_memory_set_aside(const char *directory);

#endif
