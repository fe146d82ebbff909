/* purge.h - taking out of the store what its time has come for, with proof, and what stops that. review/retention.h says when.
 *
 * Each class is disposed of in transactions of at most PURGE_MOST items, with a pause between them for others who want to
 * write. Each transaction that removed something carries its proof, a journal line "disposed" by `by`:
 *   class, count, before (RFC 3339), ids: the SHA-256 over the references removed, each preceded by its length as 8 octets, least
 *   significant first, in the order of their times.
 * Deleted content is overwritten in the database (PRAGMA secure_delete); store_tidy sees that it is in no file either. */
#ifndef COPYHOLD_STORE_PURGE_H
#define COPYHOLD_STORE_PURGE_H

#include "store/store.h"

#define PURGE_MOST 50
#define PURGE_LINES_MOST 500 /* of the journal */

enum purge_class {
	PURGE_BODIES,       /* octets of messages that wait for nobody, by the time of the last change to them */
	PURGE_NOTICES,      /* own mail that was sent, given up or withdrawn, by the time it was */
	PURGE_OBSERVATIONS, /* what names or quotes a person in entries that wait for nobody, by message or last change; their own mail too */
	PURGE_MEMORY,       /* fingerprints of entries */
	PURGE_REMAINS,      /* entries of which only counts are left */
	PURGE_COUNTS,       /* hours of the tally, days of exemptions used without an entry */
	PURGE_FACTS,        /* days of facts of messages that have no entry */
	PURGE_PAST,         /* what entries that are gone left behind to be counted */
	PURGE_HOLDS,        /* legal holds that were lifted */
	PURGE_CLASS_COUNT
};
const char *purge_class_name(enum purge_class class);

/* What the legal holds in force mean for something that is due: true when it stays. */
struct sparing {
	bool (*entry)(void *context, const struct legal_hold *holds, size_t count, const struct held *held);
	/* `held` is the entry the line concerns; NULL when there is none or it names nobody any more. */
	bool (*line)(void *context, const struct legal_hold *holds, size_t count, const struct journal_line *line, const struct held *held);
	void *context;
};
struct purge_order {
	int64_t before; /* what happened earlier than this is due */
	int64_t now;
	const char *by;
	bool dry;       /* count only */
	struct sparing sparing;
};
bool store_purge(struct store *store, enum purge_class class, const struct purge_order *order, int64_t *removed_out, int64_t *spared_out,
		 struct error *err) MUST_CHECK;

/* Journal lines older than `before` are reduced: number, time, kind and hash stay, so that the chain holds; id, by and detail go, and
 * detail becomes {"reduced":N}. Line N, written in the same transaction and never reduced itself, is their seal: "journal-reduced" with
 * count, first, last, before and `lines`, the SHA-256 over number, time, kind and hash of each. store_journal_verify recomputes
 * every seal. Lines that are proof of a disposal are kept whole. */
bool store_purge_journal(struct store *store, const struct purge_order *order, int64_t *removed_out, int64_t *spared_out, struct error *err) MUST_CHECK;

/* A run as a whole. claim: *claimed_out when the last one was finished before `due_before`, or is said to be later than `now`, and no
 * other process has claimed it within the hour. done: journals "retention-run" with what `detail` says (JSON object) and remembers it. */
bool store_purge_claim(struct store *store, int64_t due_before, int64_t now, bool *claimed_out, struct error *err) MUST_CHECK;
bool store_purge_done(struct store *store, const char *by, const char *detail, int64_t removed, int64_t now, struct error *err) MUST_CHECK;
struct purge_last {
	int64_t at, removed; /* 0: never */
};
bool store_purge_last(struct store *store, struct purge_last *out, struct error *err) MUST_CHECK;

/* If anything was removed since it last went through: rewrites the database without its free space and empties its log. A
 * database with more than TIDY_MOST octets of content is not rewritten, because nobody could write meanwhile. */
#define TIDY_MOST ((int64_t)256 << 20)
bool store_tidy(struct store *store, struct error *err) MUST_CHECK;

/* Legal holds; journalled "legal-hold" and "legal-hold-lifted". add: of scope "message", the
 * beginning of a reference that fits only one is enough; ERROR_INPUT when none or several fit. */
bool store_legal_hold_add(struct store *store, const struct legal_hold *hold, int64_t *number_out, struct error *err) MUST_CHECK;
/* *lifted_out is false when no such hold is in force. */
bool store_legal_hold_lift(struct store *store, int64_t number, const struct deed *deed, bool *lifted_out, struct error *err) MUST_CHECK;
/* Those in force, oldest first. */
bool store_legal_holds(struct store *store, struct arena *arena, const struct legal_hold **out, size_t *count_out, struct error *err) MUST_CHECK;

/* Entries that name somebody still, those taken back included, in the order of (time, id), after the one given (at INT64_MIN: from the
 * first). At most `most`. */
bool store_entries(struct store *store, struct arena *arena, int64_t after_at, const char *after_id, size_t most, const struct held **out,
		   size_t *count_out, struct error *err) MUST_CHECK;

#endif
