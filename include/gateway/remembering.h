/* remembering.h - what of one judged message is to be remembered, while the reasons for it are gathered. */
#ifndef COPYHOLD_GATEWAY_REMEMBERING_H
#define COPYHOLD_GATEWAY_REMEMBERING_H

#include "gateway/gateway.h"

struct remembering {
	struct arena *arena;
	const struct judgement *judgement;
	unsigned kinds;              /* enum memory_kind bits */
	bool *texts, *files;         /* those of the trace that are remembered, parallel */
	const struct person *author;
	const char *group;           /* political, or NULL */
};

/* remember_confidential.c: marked, advice, issued. */
void remember_confidential(struct remembering *remembering);
/* remember_letters.c: letters, groups, the Leader's mail, threads that were opened. */
void remember_letters(struct remembering *remembering);
/* How many of what the message makes public (facts, reissued) are so from now on: none while it is kept back. */
size_t remembering_cleared(const struct judgement *judgement);
/* The trace with only the texts and files that were chosen. */
const struct trace *remembering_trace(const struct remembering *remembering);

#endif
