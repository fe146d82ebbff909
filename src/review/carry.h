/* carry.h - carrying out what was decided, recipient by recipient; whether it may be done was asked before. Private to src/review. */
#ifndef COPYHOLD_REVIEW_CARRY_H
#define COPYHOLD_REVIEW_CARRY_H

#include "review/queue.h"
#include "who_has.h"

/* Done by the clock, not by a person. */
#define DECISION_OF_CLOCK "copyhold"

struct carriage {
	struct desk *desk;
	struct arena *arena;
	const struct held *held;
	const struct deed *deed;
	const char *const *recipients; /* none: all that are held */
	size_t recipient_count;
	int64_t doubted_before;        /* a named recipient in doubt is sent to again when the doubt is no younger than this */
	const char *const *lines;      /* to be put at the foot */
	size_t line_count;
	struct bytes letter;           /* carry_release makes it */
	bool store_failed;             /* how far it came is not known here */
};

/* True when all of them are released, now or before; else the first trouble is the error. Each has its result. *any_out: some went
 * out just now. */
bool carry_release(struct carriage *carriage, const struct queue_result **results_out, size_t *result_count_out, bool *any_out,
		   struct error *err) MUST_CHECK;
/* *moved_out is how many recipients waited. */
bool carry_return(const struct carriage *carriage, size_t *moved_out, struct error *err) MUST_CHECK;
/* The subject as a letter of ours may repeat it; NULL: a marked message's is not, be it kept or not. */
const char *carry_subject_to_quote(const struct held *held);
/* What the sender is told of it, and for whom when that is not everybody. */
struct notice carry_notice(const struct desk *desk, struct arena *arena, const struct held *held, const struct deed *deed,
			   enum notice_kind kind, struct some_recipients about);

/* queue.c: by and reason are there; the person is a reviewer, be they recused or not. */
bool queue_deed_is_complete(const struct deed *deed, struct error *err) MUST_CHECK;
bool queue_must_be_reviewer(const struct desk *desk, const struct held *held, const char *by, struct error *err) MUST_CHECK;

bool carry_find(struct desk *desk, struct arena *arena, const char *id, const struct held **out, struct error *err) MUST_CHECK;
bool carry_are_held_for(const struct held *held, const char *const *wanted, size_t count, struct error *err) MUST_CHECK;
bool carry_can_be_returned(const struct held *held, struct error *err) MUST_CHECK;
/* "released by ruth on Monday 2 March 2026, 09:05" */
const char *carry_who_and_when(struct arena *arena, const struct held_recipient *recipient);
bool carry_is_waiting(enum hold_state state); /* held, releasing or in doubt */
/* An interrupted release is nobody's any more after so many seconds. */
int64_t carry_stale_after(const struct desk *desk);

#endif
