/* retention.h - how long what the store knows of people is kept, what stops its disposal, and the proof that it went.
 *
 * Classes, each for its own time (`retention` in copyhold.conf(5)):
 *   bodies        the octets of held messages, from the last decision on them; never of one that still waits for anybody
 *   notices       own mail that was sent or given up: to whom and how it went; its octets go when it is sent
 *   observations  whatever names or quotes a person in an entry: addresses, names, subject, Message-ID, explanation, evidence, footers, the
 *                 reviewer and the reason; from the message or the last decision on it, whichever is later. What stays of the entry
 *                 counts by rule and outcome and says nothing of anybody. With them what each message was answered by the rules, those
 *                 without an entry included, though they name nobody
 *   memory        fingerprints by which the same content is known again
 *   journal       the journal's lines: reduced to number, time, kind and hash (store.h); with them what is left of entries that old
 *   counts        the hourly counts of all mail
 *
 * A legal hold (on one message, one person, or everything) stops all of it for what it covers, until it is lifted.
 *
 * Disposal runs in small transactions, so that mail is never kept waiting, and each carries its own proof: a journal line
 * "disposed" with class, count, the time before which and a digest over the references removed. Interrupted at any point,
 * nothing is gone that has to stay, and the next run does the rest. Then the database's free pages are given back and its write-ahead log
 * is emptied, so that the octets are in no file any more. */
#ifndef COPYHOLD_REVIEW_RETENTION_H
#define COPYHOLD_REVIEW_RETENTION_H

#include "base/period.h"
#include "directory/directory.h"
#include "store/store.h"

enum retention_class {
	RETENTION_BODIES,
	RETENTION_NOTICES,
	RETENTION_OBSERVATIONS,
	RETENTION_MEMORY,
	RETENTION_JOURNAL,
	RETENTION_COUNTS,
	RETENTION_CLASS_COUNT
};
struct retention_rule {
	const char *name;                 /* the key of the configuration */
	const char *usual, *least, *most; /* periods */
	const char *meaning;              /* for people */
};
const struct retention_rule *retention_rule_of(enum retention_class class);

struct retention_schedule {
	struct period keep[RETENTION_CLASS_COUNT];
};
struct retention_schedule retention_usual(void);
/* Within the bounds of each class, and no class outlived by what it rests on. The error names the class (*class_out). */
bool retention_check(const struct retention_schedule *schedule, enum retention_class *class_out, struct error *err) MUST_CHECK;

struct retention_result {
	int64_t removed[RETENTION_CLASS_COUNT]; /* bodies, notices, entries and days of facts, fingerprints, journal lines, hours */
	int64_t kept_by_hold;                   /* entries that were due and are under legal hold */
};
/* Disposes of all that is due at `now`, in the name of `by`. `dry`: counts what would go, changes nothing. */
bool retention_run(struct store *store, const struct directory *directory, const struct retention_schedule *schedule, const char *by,
		   int64_t now, bool dry, struct retention_result *out, struct error *err) MUST_CHECK;
/* For tend_run: retention_run when none has been finished since it was last 3 o'clock UTC, an hour when little mail comes. Of
 * several processes that call it at once, one runs; one that was interrupted is run again after an hour. *ran_out tells. */
bool retention_tend(struct store *store, const struct directory *directory, const struct retention_schedule *schedule, int64_t now,
		    bool *ran_out, struct error *err) MUST_CHECK;

struct retention_last {
	int64_t at;      /* 0: never */
	int64_t next_at; /* the earliest that retention_tend will run again; 0: at once */
	int64_t removed; /* by the last run, all classes together */
};
bool retention_last_run(struct store *store, struct retention_last *out, struct error *err) MUST_CHECK;
/* When the entry's observations go, by schedule and without a legal hold; 0 while it waits for a decision. */
int64_t retention_until(const struct retention_schedule *schedule, const struct held *held);

/* Legal holds. */
enum keep_scope { KEEP_MESSAGE, KEEP_PERSON, KEEP_ALL };
struct keep_order {
	enum keep_scope scope;
	const char *what;   /* reference of the message, or an address, login or name of the person; NULL for all */
	const char *by, *reason;
	int64_t at;
	calendar_date review; /* when it is to be looked at again; DATE_NONE: the caller names none */
};
/* Journalled. ERROR_INPUT when there is no such message, or several fit. A person need not be in the directory, but then it
 * takes an address. Keeping what is kept already adds another hold: each is lifted by itself. */
bool retention_keep(struct store *store, const struct directory *directory, struct arena *arena, const struct keep_order *order,
		    int64_t *number_out, struct error *err) MUST_CHECK;
/* Lifts one hold by its number; or with number 0 all that stand on exactly what the order names. ERROR_INPUT when there is none. */
bool retention_unkeep(struct store *store, const struct directory *directory, struct arena *arena, const struct keep_order *order,
		      int64_t number, struct error *err) MUST_CHECK;
/* Those in force, oldest first. */
bool retention_holds(struct store *store, struct arena *arena, const struct legal_hold **out, size_t *count_out, struct error *err) MUST_CHECK;
/* The first hold in force that covers the entry, or NULL in *out. */
bool retention_hold_on(struct store *store, const struct directory *directory, struct arena *arena, const struct held *held,
		       const struct legal_hold **out, struct error *err) MUST_CHECK;

/* The disposal certificate of [from, to): each class and day with counts and digests, from journal lines whose chain holds; no content.
 * Text for people, to print and sign. */
bool retention_certificate(struct store *store, struct arena *arena, const char *council, int64_t from, int64_t to, int64_t now,
			   struct bytes *out, struct error *err) MUST_CHECK;

#endif
