/* queue.h - what the files of `copyhold queue` share. */
#ifndef COPYHOLD_CLI_QUEUE_H
#define COPYHOLD_CLI_QUEUE_H

#include "cli/command.h"
#include "review/decide.h"

struct queue_flags {
	bool json, all, raw, open, later;
	const char *by, *reason, *at, *state, *rule, *judged;
	struct option_values rcpt;
};

struct queue_call {
	struct arena *arena;
	const struct queue_flags *flags;
	struct desk *desk;
	const struct digest_job *digest;
	struct deed deed;
	const char *id; /* the operand: of a message, or the number of a decision */
};

bool queue_list(struct queue_call *call, struct error *err) MUST_CHECK;
bool queue_show_one(struct queue_call *call, struct error *err) MUST_CHECK;
/* Foreign text on a terminal: control characters are shown, not obeyed. */
void queue_print_foreign(const char *string);
/* "decision 3: ..." and what can be done with it. */
void queue_print_decision(const struct decision *decision, struct arena *arena);

#endif
