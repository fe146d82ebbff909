/* memory.h - what was seen before, for just long enough to see what one message does not show.
 *
 * Four things are remembered: the transactions of one message that came in several envelopes (DESIGN 5), and correspondence that later
 * mail may descend from: what was marked confidential, what a councillor wrote to officers, what was written to a political group
 * (DOMAIN: confidential-lineage, silent-forward, group-confidence). Whoever judges a message first asks memory_recall; what it
 * answers is data handed on to facts, so that the rest of a judgement stays pure. When the judgement stands, memory_remember adds
 * the message itself.
 *
 * Nothing readable is kept of correspondence: message ids, people, files and passages are keyed digests, and the key is changed and
 * thrown away with what it protected. Recipients of split envelopes are readable for as long as the window of their reunion. Memory is
 * of the lesser durability: a power cut may lose its last second, a crash nothing. It may be thrown away whole at any time; then
 * Copyhold judges each message by itself again.
 *
 * Two implementations pass one test of this contract: memory_volatile_open (in the process), and the store's (store/store_memory.h). */
#ifndef COPYHOLD_MEMORY_MEMORY_H
#define COPYHOLD_MEMORY_MEMORY_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "directory/directory.h"
#include "memory/trace.h"

/* Why a message is remembered, as bits. */
enum memory_kind {
	MEMORY_MARKED = 1 << 0,   /* marked confidential by the council, to a councillor or between its own people */
	MEMORY_ADVICE = 1 << 1,   /* the Monitoring Officer's to a councillor: confidential without a marking */
	MEMORY_LETTER = 1 << 2,   /* a councillor's to officers */
	MEMORY_GROUP = 1 << 3,    /* to the members of one political group and nobody else of the council */
	MEMORY_LEADER = 1 << 5,   /* from outside to the Leader in that capacity: by its ids alone, nothing of what it says */
	MEMORY_OPENED = 1 << 6,   /* an officer's to several councillors, who are one thread's company: by its ids and readers alone */
	MEMORY_ISSUED = 1 << 4,   /* the council's own, sent openly outside or to everybody: what it says is no secret */
};

/* How a message descends from one that is remembered; the surest first. */
enum descent {
	DESCENT_REFERENCES,   /* References or In-Reply-To name it, or one that descends from it */
	DESCENT_THREAD_INDEX, /* Outlook's Thread-Index */
	DESCENT_ENCLOSED,     /* it is attached, or its block shows its Message-ID */
	DESCENT_FILE,         /* it carries the same file, under whatever name */
	DESCENT_PASSAGES,     /* it repeats its words */
};
const char *descent_name(enum descent descent);

/* A remembered message that this one descends from. */
struct ancestor {
	enum descent how;            /* the surest of them */
	unsigned hows;               /* all of them, as 1 << enum descent bits */
	unsigned kinds;              /* enum memory_kind bits */
	const char *id;              /* reference of its judgement: "CH-20260302-3F7KQ2XM" */
	int64_t at;
	const struct person *author; /* NULL when nobody in the directory (any more) */
	const struct person *const *readers; /* whom it went to, as far as the directory knows them */
	size_t reader_count;
	const char *group;           /* the political group it went to, or NULL */
	bool carries;                /* this message has words or a file of it, not only its thread */
	size_t matched, of;          /* passages: how many of its prints, of how many */
	const size_t *prints;        /* those, as indices into this message's trace; as many as matched */
	double share;                /* of this message's own new prints, that are its */
	const char *where;           /* in this message: "part 1", "minutes.pdf (part 2)"; NULL for the thread alone */
	const struct ancestor *via;  /* a message between the two that was remembered as its descendant, or NULL */
};

/* What was seen of the same message in other envelopes. */
struct sibling {
	const char *recipient; /* of an earlier transaction; whether it was delivered, held or refused then */
	const char *id;        /* of that judgement */
	int64_t at;
	bool delivered;        /* passed on to them; false: held, or put off until more copies have come */
};
/* That somebody has been told of somebody's copy. Both are addresses, as given to memory_remember. */
struct told {
	const char *who, *of;
};

struct recall {
	const struct trace *trace;       /* that was asked about */
	const struct sibling *siblings;  /* none of this very envelope's recipients, unless they had it before: a retry */
	size_t sibling_count;
	const struct told *told;
	size_t told_count;
	int64_t first_at;                /* of the oldest transaction, this one when there is none before */
	const struct ancestor *ancestors; /* surest first; at most RECALL_ANCESTORS_MOST */
	size_t ancestor_count;
	bool ancestors_cut;              /* there were more */
};
#define RECALL_ANCESTORS_MOST 16

/* One judged message to be remembered. Borrowed for the call. */
struct remembrance {
	const struct trace *trace;
	const char *id;                  /* of its judgement */
	int64_t at;
	/* Of its envelope. principal NULL: a stranger's, whose copies are never joined with anybody's. */
	const char *principal;           /* who vouches: the person as authenticated or the trusted relay and whom it vouches for */
	const char *const *recipients;
	const bool *delivered;           /* parallel */
	const struct person *const *unlisted; /* parallel: protected correspondents (DOMAIN X2, X4), of whom a mark is kept and no address; NULL: none */
	size_t recipient_count;
	const struct told *told;         /* by this judgement's own notices and footer */
	size_t told_count;
	/* As correspondence. kinds 0 and no parent: only the envelope is remembered. */
	unsigned kinds;
	const struct person *author;
	const struct person *const *readers;
	size_t reader_count;
	const char *group;
	const struct ancestor *parents;  /* of what it descends from: it carries them on, with their kinds */
	size_t parent_count;
	const char *clears;              /* id of a remembered message that its own sender has issued again without its marking; or NULL */
};

struct memory;

/* What is known of a message before it is judged, all in the arena: it outlives the memory. Changes nothing. `principal` as in
 * remembrance. ERROR_RETRY when it cannot be told. */
bool memory_recall(struct memory *memory, struct arena *arena, const struct directory *directory, const struct trace *trace,
		   const char *principal, int64_t at, struct recall *out, struct error *err) MUST_CHECK;
/* Idempotent: the same id twice is once. */
bool memory_remember(struct memory *memory, const struct remembrance *remembrance, struct error *err) MUST_CHECK;

/* The judgement `id`, remembered as of `at`, was taken back: its copies were not delivered, and by it nobody was told. What the message says
 * stays known. */
bool memory_take_back(struct memory *memory, const char *id, int64_t at, struct error *err) MUST_CHECK;

/* The references of the remembered message that somebody names: by a reference or the only beginning of one, or by its Message-ID with the
 * brackets. The one named (or the first) comes first, then those of its other envelopes, all in the arena. None, with a count of 0, when
 * nothing is remembered so. ERROR_INPUT: it fits several messages. A Message-ID is anybody's to choose, and one that was sent on keeps it. */
bool memory_find(struct memory *memory, struct arena *arena, const char *named, const char *const **references_out, size_t *count_out,
		 struct error *err) MUST_CHECK;
/* By whoever may (cli `copyhold memory`): a message is forgotten with all that was remembered of it; or declassified: known, but what
 * descends from it is no longer noticed, from `from` on. *found_out is false when no such id is remembered; a unique prefix will do. */
bool memory_forget(struct memory *memory, const char *id, bool *found_out, struct error *err) MUST_CHECK;
bool memory_declassify(struct memory *memory, const char *id, int64_t from, bool *found_out, struct error *err) MUST_CHECK;

/* What counts. A print or file that the Council has issued (MEMORY_ISSUED), or that stands in several remembered letters of different days
 * with nothing else in common, counts for nothing; what was issued and nothing else is never an ancestor. Of a message that is remembered
 * with parents those are handed on that it names, has a file of, or repeats for a good part; nothing is its own ancestor, neither
 * tried again nor in another envelope. A letter that is declassified takes its words out of later ones, not out of those it quoted. */

/* How long things are remembered, seconds. */
struct memory_terms {
	int64_t reunion;         /* envelopes of one message */
	int64_t correspondence;  /* all kinds but issued */
	int64_t issued;
	int64_t key;             /* a key is used for new entries for so long */
};
#define MEMORY_TERMS_DEFAULT ((struct memory_terms){ 4 * 3600, 365 * 86400, 90 * 86400, 180 * 86400 })

/* Removes at most `most` entries that are past their time, keys without entries, and tells whether there is more to do. */
bool memory_expire(struct memory *memory, int64_t now, size_t most, bool *more_out, struct error *err) MUST_CHECK;

struct memory_figures {
	int64_t messages, prints, files, envelopes; /* entries */
	int64_t octets;                             /* on disk; 0 when there is none */
	int64_t oldest;                             /* time of the oldest entry, 0 when empty */
};
bool memory_figures(struct memory *memory, struct memory_figures *out, struct error *err) MUST_CHECK;

/* An implementation: one row of verbs. */
struct memory_verbs {
	bool (*recall)(struct memory *memory, struct arena *arena, const struct directory *directory, const struct trace *trace,
		       const char *principal, int64_t at, struct recall *out, struct error *err);
	bool (*remember)(struct memory *memory, const struct remembrance *remembrance, struct error *err);
	bool (*take_back)(struct memory *memory, const char *id, int64_t at, struct error *err);
	bool (*find)(struct memory *memory, struct arena *arena, const char *named, const char *const **references_out, size_t *count_out,
		     struct error *err);
	bool (*forget)(struct memory *memory, const char *id, bool *found_out, struct error *err);
	bool (*declassify)(struct memory *memory, const char *id, int64_t from, bool *found_out, struct error *err);
	bool (*expire)(struct memory *memory, int64_t now, size_t most, bool *more_out, struct error *err);
	bool (*figures)(struct memory *memory, struct memory_figures *out, struct error *err);
	void (*close)(struct memory *memory);
};
struct memory { /* the first member of every implementation */
	const struct memory_verbs *verbs;
};
void memory_close(struct memory **memory);

/* In this process, for tests and tools: gone with memory_close. */
struct memory *memory_volatile_open(const struct memory_terms *terms);

#endif
