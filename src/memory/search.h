/* search.h - one recall in progress: what was found on the shelf before it is weighed. Private to src/memory. */
#ifndef COPYHOLD_MEMORY_SEARCH_H
#define COPYHOLD_MEMORY_SEARCH_H

#include "memory/shelf.h"

/* A remembered message that something points to. */
struct seen {
	struct shelf_entry entry;
	bool alive;               /* within its time, and not this very message */
	bool cleared;             /* what it says is no secret any more */
	unsigned hows;            /* enum descent bits */
	size_t matched;           /* prints */
	const struct seen *via;
	size_t file;              /* of the trace, when hows has DESCENT_FILE */
};

/* Something of this message that is on the shelf, once or more. */
struct item {
	enum descent how;
	size_t what;              /* index of a file, or of a print (shelf_prints) */
	bool issued, common;
	const int64_t *numbers;
	size_t count;
};

struct matched_print {
	const struct seen *seen;
	size_t at;                /* index in trace->prints */
};

struct search {
	struct arena *arena;
	struct shelf *shelf;
	const struct trace *trace;
	const char *principal;
	int64_t at;
	const struct memory_key *keys;
	size_t key_count;
	struct shelf_prints prints;
	struct item *items;
	size_t item_count;
	struct seen **seen;       /* by number */
	size_t seen_count;
	struct matched_print *matched;
	size_t matched_count;
	size_t own_prints;        /* of this message that are neither issued nor common */
};

const struct memory_key *search_key(const struct search *search, int64_t number);
/* NULL: not among those found. */
struct seen *search_seen(const struct search *search, int64_t number);
/* search.c: everything on the shelf that this message points to, has or repeats; then what those descend from. */
bool search_run(struct search *search, struct error *err) MUST_CHECK;

/* ancestors.c: the surest of them, in the words of memory.h. */
void ancestors_take(const struct search *search, const struct directory *directory, struct recall *out);

#endif
