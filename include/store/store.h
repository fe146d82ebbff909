/* store.h - what must outlive the process: holds, the journal, own mail waiting to go out, counts.
 *
 * Domain verbs, not SQL. One directory (0700, files 0600) with one SQLite database (WAL). A verb that returns true has
 * committed; holds are synchronous=FULL. Any failure is ERROR_RETRY with nothing half done. A store may be used by several
 * threads; several processes (daemon, CLI) may have it open at once. It is not carried over a fork: open it after. */
#ifndef COPYHOLD_STORE_STORE_H
#define COPYHOLD_STORE_STORE_H

#include <stdint.h>

#include "action/plan.h"
#include "base/arena.h"
#include "base/error.h"
#include "facts/facts.h"

struct store;

/* Opens, creating directory and schema as needed; numbered migrations. ERROR_RETRY when locked, full or unwritable,
 * ERROR_SETTINGS when the directory cannot be made or its permissions are loose, with what to do about it. */
bool store_open(const char *directory, struct store **out, struct error *err) MUST_CHECK;
/* Reads every page, which store_open has done for a database of 16 MB at most: then it is true at once. ERROR_RETRY, with what to do, when
 * the file is damaged or cannot be read. Takes seconds for some hundred megabytes: on a connection of its own, as nobody else can use this
 * one meanwhile. */
bool store_examine(struct store *store, struct error *err) MUST_CHECK;
void store_close(struct store **store);
const char *store_directory(const struct store *store); /* as it was opened */

/* The states of a held message for one recipient (DESIGN 7). Legal moves: hold_move_is_legal in review/queue.h. */
enum hold_state { HOLD_HELD, HOLD_RELEASING, HOLD_RELEASED, HOLD_RETURNED, HOLD_IN_DOUBT, HOLD_VOID };
const char *hold_state_name(enum hold_state state);

/* Does a recipient, as a person, stand in To or Cc (DESIGN 5)? */
enum openness { OPENNESS_UNKNOWN, OPENNESS_OPEN, OPENNESS_HIDDEN };

struct duty_changes;

#define FINDING_COUNTED "count" /* an action of findings that reports count, and list nowhere */
struct finding_record {
	const char *rule, *clause, *action, *mode, *explanation;
	const char *evidence; /* JSON array of {where,text} */
};

/* One judged message. `raw` is kept only when somebody's copy is held. */
struct record {
	const char *id;
	const char *content_key;      /* hex SHA-256 over sender, sorted recipients, headers but for trace, Date and
	                               * Message-ID, and body: a retry after a crash has the same (ENGINEERING B.6) */
	int64_t at;
	const struct envelope *envelope;
	const char *sender_name;      /* person as authenticated, or NULL */
	const char *sender_address;   /* their own directory address, for notices; or NULL */
	const char *header_from;      /* address of the first From mailbox, for recusal; or NULL */
	const char *direction, *outcome;
	const char *message_id, *subject; /* subject NULL when it must not be kept (marked confidential, exempt) */
	const char *thread;           /* what messages of one conversation have in common; or NULL */
	struct bytes traces;          /* by which whoever Subject, To or Cc name is known (review/queue.h), though they are not kept */
	bool marked;                  /* confidential, by its own words: then what it is about is not shown around */
	struct bytes raw;
	const enum outcome *recipient_outcomes; /* parallel to envelope->recipients */
	const enum openness *openness; /* parallel too; NULL: not known */
	const struct finding_record *findings;
	size_t finding_count;
	const struct exception *exceptions; /* exemptions used; kept as counts by rule and sentence */
	size_t exception_count;
	const struct notice *notices;
	size_t notice_count;
	const struct deferred_notice *deferred;
	size_t deferred_count;
	int notices_a_day;            /* to one person, of those that tell of a judgement; 0: any number */
	const char *own_token;        /* of the link in the notice to the sender; NULL: there is none */
	unsigned own_deeds;           /* what it offers, as 1 << enum remedy bits */
	const char *policy_digest, *directory_digest;
	/* How each rule answered (gateway/answers.h); answers NULL: not kept. */
	const char *rulebook_digest, *rulebook, *answers;
	const char *facts, *conclusion; /* and what it takes to decide again (gateway/past.h) */
	const char *footers;          /* lines added, joined with "\n", or NULL */
	const char *line;             /* who lacks them, or NULL: why the message has none (untouched_code), "companion": told in a note beside
				       * it, "late-told", "late-untold": had theirs before a hidden copy was known; apart by blanks */
	const struct duty_changes *duties; /* what it does to duties (store/duty.h), or NULL */
};

/* How long after `at` a notice may go out at the earliest: the judgement may still be taken back. */
#define STORE_NOTICE_DELAY 5

/* One transaction: message, holds, findings, outbox, journal. `duplicate_out`: the same content is already held
 * (or being decided) within `retry_days` for every recipient that is to be held now, or was recorded this very second with
 * nothing held: nothing new was written but a journal line, *id_out names the earlier one. Content that was voided and
 * comes again with the same judgement is revived under its earlier id (*id_out), with the notices composed then; that is no
 * duplicate. */
bool store_record(struct store *store, struct arena *arena, const struct record *record, int retry_days,
		  bool *duplicate_out, const char **id_out, struct error *err) MUST_CHECK;
/* Takes back what store_record has just written, because the MTA had gone before we could answer: its holds become
 * void, its unsent notices are withdrawn; a retry revives it. Its private notices name no entry: store_pass_take_back (store/passing.h). */
bool store_void(struct store *store, const char *id, int64_t at, struct error *err) MUST_CHECK;

struct held_recipient {
	const char *address;
	enum hold_state state;
	const char *last_reply;   /* of the release service, or NULL */
	const char *changed_by;   /* the reviewer, or NULL while nobody has decided */
	int64_t changed_at;
};
struct addressed { /* a recipient of the envelope, as judged */
	const char *outcome;      /* outcome_name */
	enum openness openness;
};
/* A message as the store remembers it; recipients are those it was held for, none when it was delivered. */
struct held {
	const char *id;
	int64_t at;
	const char *from;         /* envelope sender */
	const char *auth, *client, *sender_name, *sender_address, *header_from, *message_id, *thread, *subject, *direction, *outcome, *footers,
		*line; /* as in the record */
	const struct held_recipient *recipients;
	size_t recipient_count;
	const char *const *all_recipients; /* the whole envelope */
	const struct addressed *addressed; /* parallel to it */
	size_t all_recipient_count;
	const char *const *concerned; /* reviewers whom Subject, To or Cc named, of what was judged before there were traces */
	size_t concerned_count;
	struct bytes traces;
	const struct finding_record *findings;
	size_t finding_count;
	size_t size;              /* of raw, octets */
	bool escalated, marked;
};
struct held_list {
	const struct held *items;
	size_t count;
};
/* Held, releasing or in doubt for somebody, oldest first; `all`: decided ones too. No content. */
bool store_list_held(struct store *store, struct arena *arena, bool all, struct held_list *out, struct error *err) MUST_CHECK;
/* NULL in *out when there is no such id; a unique prefix of an id is enough (ERROR_INPUT when it fits several). */
bool store_find_held(struct store *store, struct arena *arena, const char *id, const struct held **out, struct error *err) MUST_CHECK;
bool store_read_raw(struct store *store, struct arena *arena, const char *id, struct bytes *out, struct error *err) MUST_CHECK;

struct deed { /* a reviewer's, for the journal */
	const char *by, *reason;
	int64_t at;
};
/* Compare and set for one recipient: *moved_out is false when the state was no longer `from` (somebody else was first).
 * The reply of the release service, if any, is kept and journalled. */
bool store_move(struct store *store, const char *id, const char *recipient, enum hold_state from, enum hold_state to,
		const struct deed *deed, const char *reply, bool *moved_out, struct error *err) MUST_CHECK;
/* Every recipient that is held or in doubt becomes returned and `notice` goes to the outbox, in one transaction; *moved_out
 * is how many there were, and with none nothing is written. */
bool store_return(struct store *store, const char *id, const struct deed *deed, const struct notice *notice, size_t *moved_out,
		  struct error *err) MUST_CHECK;
/* Journals that somebody looked. */
bool store_view(struct store *store, const char *id, const struct deed *deed, struct error *err) MUST_CHECK;
bool store_escalate(struct store *store, const char *id, const struct deed *deed, struct error *err) MUST_CHECK;

/* A legal hold: stops disposal of what it covers until it is lifted (review/retention.h). */
struct legal_hold {
	int64_t number;
	const char *scope;  /* "message", "person" or "all" */
	const char *what;   /* the message's id; the person's name, or an address the directory does not know; NULL for all */
	const char *addresses; /* the person's when the hold was set, blanks between; NULL otherwise */
	const char *by, *reason;
	int64_t at;
	int32_t review;     /* calendar date, or 0 */
};

/* Journal: append-only, each line carries the hash of the one before (SHA-256). Its one change, past its time (store/purge.h): a line
 * is reduced to number, time, kind and hash; `id` and `by` are NULL then and `detail` is {"reduced":N}, where N is the line that seals it.
 * The schema refuses every other change. */
struct journal_line {
	int64_t number, at;
	const char *what;   /* "held", "released", "viewed", "reload" ... */
	const char *id;     /* message concerned, or NULL */
	const char *by;     /* reviewer, "copyhold-milter" ... */
	const char *detail; /* JSON object text */
	const char *hash;   /* hex, of this line over the previous hash */
};
bool store_journal(struct store *store, const char *what, const char *id, const char *by, const char *detail, int64_t at,
		   struct error *err) MUST_CHECK;
/* Recomputes the chain and its seals: *broken_at_out is the first bad line or 0, *lines_out how many before it (or all) are good. */
bool store_journal_verify(struct store *store, int64_t *lines_out, int64_t *broken_at_out, struct error *err) MUST_CHECK;
bool store_journal_head(struct store *store, struct arena *arena, struct journal_line *out, struct error *err) MUST_CHECK;
bool store_journal_list(struct store *store, struct arena *arena, int64_t from, int64_t to, const struct journal_line **out,
			size_t *count_out, struct error *err) MUST_CHECK;

/* One line by its number; number 0 and an empty hash when there is none. */
bool store_journal_line(struct store *store, struct arena *arena, int64_t number, struct journal_line *out, struct error *err) MUST_CHECK;
/* The newest line, not reduced, that a program wrote about its configuration: `what` is "reload" (detail: {"digest":...}) or "reload-refused"
 * (detail: {"why":...}). Number 0 and an empty hash when there is none. */
bool store_journal_reload(struct store *store, struct arena *arena, const char *what, const char *by, struct journal_line *out,
			  struct error *err) MUST_CHECK;
/* Are lines written at `from` or later reduced by now, so that they tell no more what happened? */
bool store_journal_is_reduced(struct store *store, int64_t from, bool *answer_out, struct error *err) MUST_CHECK;
/* All lines of one kind, oldest first. */
bool store_journal_of(struct store *store, struct arena *arena, const char *what, const struct journal_line **out, size_t *count_out,
		      struct error *err) MUST_CHECK;

/* Outbox: own mail to be sent by whoever has the lease. */
struct outgoing {
	int64_t number;
	const char *id;       /* judgement it belongs to, or NULL */
	const char *kind, *to;
	struct bytes message;
	int tries;            /* this one included */
	int64_t made_at;      /* its first not_before */
};
bool store_outbox_add(struct store *store, const struct notice *notice, const char *id, int64_t not_before, struct error *err) MUST_CHECK;
/* The next due one, leased until `now` + lease seconds; *found_out false when none is due. */
bool store_outbox_take(struct store *store, struct arena *arena, int64_t now, int lease, bool *found_out, struct outgoing *out,
		       struct error *err) MUST_CHECK;
bool store_outbox_sent(struct store *store, int64_t number, const char *reply, int64_t at, struct error *err) MUST_CHECK;
/* Tried in vain: again at `retry_at`, or given up (journalled) when it is 0. */
bool store_outbox_failed(struct store *store, int64_t number, const char *reply, int64_t retry_at, int64_t at, struct error *err) MUST_CHECK;

/* Counts of all mail are kept per hour, never who wrote to whom. */
struct tally {
	int64_t examined, delivered, annotated, held, returned, retried, unreadable, internal, outgoing, incoming;
	/* Messages that came in several envelopes; whose hidden copy was known with the visible one, or later (companion notice); and of a
	 * trusted relay, those whose To or Cc name people of the council that no envelope has reached, or that nothing tells apart. The last
	 * goes down again in the hour in which they come. */
	int64_t split, reunited, reunited_late, not_reunited;
	int64_t marked_private; /* messages the Council has marked that a councillor or officer got at a private address */
};
bool store_tally_add(struct store *store, int64_t at, const struct tally *more, struct error *err) MUST_CHECK;

struct rule_count {
	const char *rule, *clause, *action;
	int64_t count;
};
struct exception_count {
	const char *rule, *sentence;
	int64_t count;
	int64_t quarter; /* of exemptions: in the calendar quarter in which the period ends, until then */
};
struct finding_entry { /* one fired rule on one message, for the report */
	const struct finding_record *finding;
	const struct held *message;
};
struct summary {
	struct tally tally;
	const struct rule_count *rules;
	size_t rule_count;
	const struct exception_count *exceptions;
	size_t exception_count;
	const struct exception_count *reasons; /* the clauses' own, for which reviewers released messages */
	size_t reason_count;
	const struct finding_entry *findings; /* newest first, at most `limit` */
	size_t finding_count;
	int64_t outbox_waiting, outbox_oldest; /* and the time of the oldest, 0 when none */
};
/* For [from, to); of the tally, the hours that begin in it. Judgements taken back do not count. */
bool store_summary(struct store *store, struct arena *arena, int64_t from, int64_t to, size_t limit, struct summary *out,
		   struct error *err) MUST_CHECK;

#endif
