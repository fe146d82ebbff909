/* due_work.h - what a message does to duties, in the making. Private to src/gateway: due.c has the replies, due_duty.c all else. */
#ifndef COPYHOLD_GATEWAY_DUE_WORK_H
#define COPYHOLD_GATEWAY_DUE_WORK_H

#include "gateway/due.h"
#include "review/duties_due.h"

struct due_work {
	struct arena *arena;
	const struct snapshot *snapshot;
	const struct judgement *judgement;
	const struct facts *facts;
	struct pattern_scratch *scratch; /* NULL until something is asked of the text */
	struct string_list references;   /* of the conversation, this message's own last */
	const char *thread, *topic;
	struct duty_start *starts;       /* what comes of it */
	size_t start_count;
	struct duty_deed *deeds;
	size_t deed_count;
};

struct due_names {
	const char **items;
	size_t count;
};
/* Once each, by the pointer: addresses are the directory's own. NULL is no name. */
void due_add(struct due_work *work, struct due_names *names, const char *name);
/* The address that stands for somebody; NULL when they have none. */
const char *due_address(const struct person *person);
void due_add_holders(struct due_work *work, struct due_names *addresses, const struct person *post);
/* Councillors whom it reaches, lists of them included; not those from whom it is kept. */
struct due_names due_members_reached(struct due_work *work);
/* A duty of that rule, as far as the message itself says: who waits, whose it is and by when are the caller's to add. */
void due_describe(const struct due_work *work, const struct opinion *opinion, struct duty_start *out);
void due_set_times(struct duty_start *start, struct due_times times);

/* What it does to the duties of a rule that has one. */
void due_duty(struct due_work *work, const struct opinion *opinion);

#endif
