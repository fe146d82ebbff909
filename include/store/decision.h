/* decision.h - what reviewers decided, and what they said of single findings.
 *
 * A decision waits: for a second person (confirming), then until it is due (waiting); whoever claims it carries it out (doing). Every
 * step is compare and set and one journal line. Of one message and one recipient at most one decision is open at a time.
 *   confirming -> waiting | undone      waiting -> doing | undone      doing -> done | failed | waiting (again later)
 * A claim is a lease: when it runs out the decision is claimed anew, and the states of the recipients tell how far it had come. */
#ifndef COPYHOLD_STORE_DECISION_H
#define COPYHOLD_STORE_DECISION_H

#include "store/store.h"

enum decision_deed { DEED_RELEASE, DEED_RELEASE_OPEN, DEED_RETURN, DEED_PASS, DEED_RELEASE_ANNOTATED, DEED_COUNT };
const char *decision_deed_name(enum decision_deed deed); /* "release", "release-open", "return", "pass", "release-annotated" */
bool decision_deed_parse(const char *name, enum decision_deed *out);
/* True of those that hand the message on. */
bool decision_deed_releases(enum decision_deed deed);

enum decision_state { DECISION_CONFIRMING, DECISION_WAITING, DECISION_DOING, DECISION_DONE, DECISION_UNDONE, DECISION_FAILED, DECISION_STATE_COUNT };
const char *decision_state_name(enum decision_state state); /* "confirming" ... */
bool decision_move_is_legal(enum decision_state from, enum decision_state to);

struct decision {
	int64_t number;
	const char *id;                    /* of the message */
	enum decision_deed deed;
	const char *const *recipients;     /* those it is about, fixed when it was made */
	size_t recipient_count;
	const char *const *lines;          /* to stand at the foot; of release-open and release-annotated */
	size_t line_count;
	const char *by, *reason, *note;    /* note: free text besides, or NULL */
	const char *rule;                  /* whose own exception the reason is, or NULL: in somebody's own words */
	int64_t at, due_at;                /* due_at 0: not before a second person confirms */
	enum decision_state state;
	const char *second_by;             /* who confirmed, or NULL */
	int64_t second_at;
	const char *undone_by;             /* or NULL */
	int64_t undone_at;
	int tries;                         /* how often it was claimed; names the claim */
	const char *text;                  /* what came of it, one sentence; or NULL */
	int64_t done_at;                   /* when it was done or failed; 0 */
};
struct decision_list {
	const struct decision *items;
	size_t count;
};

/* Makes it unless another stands in its way: *made_out is false and *earlier_out names the decision that was first (open, or
 * done, for one of these recipients); NULL when a recipient was dealt with without one, or waits no longer. `wish` needs id,
 * deed, recipients, by, reason, at, state (confirming, waiting or done) and due_at. A pass escalates in the same
 * transaction, and the notices go out with it. */
bool store_decision_make(struct store *store, struct arena *arena, const struct decision *wish, const struct notice *notices,
			 size_t notice_count, bool *made_out, const struct decision **made_decision_out,
			 const struct decision **earlier_out, struct error *err) MUST_CHECK;
/* NULL in *out when there is none of that number. */
bool store_decision_find(struct store *store, struct arena *arena, int64_t number, const struct decision **out, struct error *err) MUST_CHECK;
/* Of one message, newest first. */
bool store_decision_list(struct store *store, struct arena *arena, const char *id, struct decision_list *out, struct error *err) MUST_CHECK;
/* Open ones of all messages: confirming, waiting, doing. */
bool store_decision_open(struct store *store, struct arena *arena, struct decision_list *out, struct error *err) MUST_CHECK;

/* Each *moved_out is false when the state was no longer the one expected. */
bool store_decision_confirm(struct store *store, int64_t number, const struct deed *deed, int64_t due_at, bool *moved_out, struct error *err) MUST_CHECK;
bool store_decision_undo(struct store *store, int64_t number, const struct deed *deed, bool *moved_out, struct error *err) MUST_CHECK;
/* The oldest that is due, or whose claim ran out; with a number that one alone, due or not. Leased to the caller until now + lease. */
bool store_decision_claim(struct store *store, struct arena *arena, int64_t number, int64_t now, int64_t lease, bool *found_out,
			  const struct decision **out, struct error *err) MUST_CHECK;
/* Ends the claim that `claimed` was read with: done, failed, or waiting again until due_at; the notices go out with it. */
struct decision_end {
	enum decision_state to;
	const char *text;
	int64_t due_at, at;
	const struct notice *notices;
	size_t notice_count;
};
bool store_decision_finish(struct store *store, const struct decision *claimed, const struct decision_end *end, bool *moved_out,
			   struct error *err) MUST_CHECK;

/* Marks: a reviewer says of a finding that it was wrong (a false alarm) or right. */
enum judged { JUDGED_NONE, JUDGED_WRONG, JUDGED_RIGHT };
const char *judged_name(enum judged judged); /* NULL, "wrong", "right" */
struct finding_mark {
	const char *rule;
	enum judged judged;
	const char *by, *reason;
	int64_t at;
};
/* Sets or (JUDGED_NONE) takes away. ERROR_INPUT when the message has no finding of that rule. */
bool store_mark(struct store *store, const char *id, const char *rule, enum judged judged, const struct deed *deed, struct error *err) MUST_CHECK;
bool store_mark_list(struct store *store, struct arena *arena, const char *id, const struct finding_mark **out, size_t *count_out,
		     struct error *err) MUST_CHECK;
struct mark_count {
	const char *rule;
	int64_t wrong, right;
};
/* Per rule, of messages judged in [from, to). */
bool store_mark_counts(struct store *store, struct arena *arena, int64_t from, int64_t to, const struct mark_count **out, size_t *count_out,
		       struct error *err) MUST_CHECK;

/* Messages that came before `before` and wait for a decision: no decision open but one that awaits a second person. */
enum tending { TEND_LOOK, TEND_ESCALATE, TEND_EXPIRE, TENDING_COUNT };
bool store_tending_due(struct store *store, struct arena *arena, enum tending what, int64_t before, size_t limit, const char *const **ids_out,
		       size_t *count_out, struct error *err) MUST_CHECK;
/* Notes that it was done to the message, with what follows from it, in one transaction: notices go out; TEND_ESCALATE
 * escalates; `decision` (or NULL) is made after an unconfirmed one was withdrawn. *moved_out is false when it had been done
 * before or somebody has decided since. */
bool store_tending_done(struct store *store, const char *id, enum tending what, const struct deed *deed, const struct decision *decision,
			const struct notice *notices, size_t notice_count, bool *moved_out, struct error *err) MUST_CHECK;

#endif
