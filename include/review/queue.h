/* queue.h - the life of a held message in the hands of a reviewer.
 *
 * States and legal moves (DESIGN 7), per recipient:
 *   held -> releasing -> released
 *           releasing -> held      4xx, 5xx or no connection; the reply is kept
 *           releasing -> in-doubt  the reply was lost: a person decides
 *   held -> returned, in-doubt -> releasing, in-doubt -> released (a person knows it arrived), in-doubt -> returned
 * Releasing twice delivers once. Nobody reviews mail they sent, received or are the subject of (recusal): the
 * directory decides. Every view and deed is journalled. */
#ifndef COPYHOLD_REVIEW_QUEUE_H
#define COPYHOLD_REVIEW_QUEUE_H

#include "directory/directory.h"
#include "policy/policy.h"
#include "review/release_service.h"
#include "review/retention.h"
#include "review/terms.h"
#include "store/store.h"

bool hold_move_is_legal(enum hold_state from, enum hold_state to);

/* Puts lines at the foot of a held letter as the gate would have; it takes a reader, so the gateway gives it. */
struct letter_opener {
	void *context;
	/* No lines: those that make its hidden copies plain, which are handed back in the arena. ERROR_REFUSED says why the letter cannot
	 * take them, or that there is nothing to make plain; ERROR_RETRY when nobody can read it just now. */
	bool (*open)(void *context, struct arena *arena, const struct held *held, struct bytes raw, const char *const **lines,
		     size_t *line_count, struct bytes *letter_out, struct error *err);
	/* Would the gate let this form of the letter go to all its recipients today? */
	bool (*is_let_through)(void *context, struct arena *arena, const struct held *held, struct bytes letter, bool *through_out,
			       struct error *err);
};

struct desk { /* what a reviewer's deed needs; all borrowed */
	struct store *store;
	const struct directory *directory;
	const struct release_service *service; /* NULL: nothing is sent (--state): moves are recorded as if accepted */
	const char *const *reviewers;  /* addresses, the first reviewer(s) */
	size_t reviewer_count;
	const char *second_reviewer;
	struct plan_options notices;
	const struct policy *policy;   /* what the rules ask of reviewers; NULL: nothing */
	struct review_terms terms;     /* of decide.h and tend.h */
	const struct retention_schedule *retention; /* of tend.h; NULL: nothing is disposed of */
	struct letter_opener opener;   /* .open NULL: no line can be added */
};

/* May this person decide on this message? Resolves `by` through the directory (address, login); refuses strangers and
 * people who are neither reviewer nor second reviewer, the authenticated or From sender, any recipient, anyone the findings, the Subject,
 * To or Cc name.
 * The error (ERROR_REFUSED) says why and who may. */
bool queue_may_review(const struct desk *desk, const struct held *held, const char *by, int64_t at, struct error *err) MUST_CHECK;

/* Why the person of that address or login may not see it, reviewer or not: "they sent it"; NULL when nothing stands against it. It depends
 * on the message and the directory alone. */
const char *queue_recusal(const struct directory *directory, const struct held *held, const char *by);

/* What is kept of whom the outer letter's Subject, To and Cc name (record.traces): it can be asked for a name, and names nobody. */
struct letter;
struct bytes queue_traces(struct arena *arena, const struct directory *directory, const char *id, const struct letter *letter, int64_t at);

struct queue_result { /* per recipient */
	const char *recipient;
	enum hold_state state;
	const char *reply;
	bool already;  /* somebody had done it before; `reply` says who and when */
	bool later;    /* nothing was taken for a passing reason: trying again makes sense */
};
/* Carries a release out at once, leaving no decision (decide.h does); refused where a rule asks for two persons.
 * Releases to the recipients named, or to all that are held when recipient_count is 0. Sends the stored bytes with a
 * Received and an X-Copyhold-Released-style trace field on top, to the stored envelope. True when every one of them is released (or was
 * before); otherwise ERROR_RETRY or ERROR_REFUSED with the first reply, and results_out tells each. */
bool queue_release(struct desk *desk, struct arena *arena, const char *id, const char *const *recipients, size_t recipient_count,
		   const struct deed *deed, const struct queue_result **results_out, size_t *result_count_out, struct error *err) MUST_CHECK;
/* Returns to the sender with a reason: a notice with the original attached as message/rfc822 goes to the authenticated
 * person's own directory address, through the outbox; refused for a sender without one. */
bool queue_return(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err) MUST_CHECK;
bool queue_escalate(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err) MUST_CHECK;
/* Looking at one held message; journalled, and only for who may decide on it. */
bool queue_show(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, const struct held **out,
		struct error *err) MUST_CHECK;
/* Looking at no more than a list tells, by nobody in particular: journalled under whatever `deed` names. */
bool queue_glance(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, const struct held **out,
		  struct error *err) MUST_CHECK;

/* Sends what waits in the outbox; returns how many went. Own mail that fails is tried again with growing pauses for five
 * days, then given up and journalled. */
size_t outbox_run(struct store *store, const struct release_service *service, int64_t now, struct error *err);

#endif
