/* gateway.h - one message from end to end; the only place that joins all layers.
 *
 * gateway_judge is pure (DESIGN 2): the daemon, `copyhold check`, tests and fuzzers call the same function. */
#ifndef COPYHOLD_GATEWAY_GATEWAY_H
#define COPYHOLD_GATEWAY_GATEWAY_H

#include "action/plan.h"
#include "facts/facts.h"
#include "gateway/snapshot.h"
#include "store/store.h"

struct judgement {
	const char *id;
	const struct envelope *envelope;
	struct message *message;
	const struct reading *reading;
	const struct facts *facts;
	const struct verdict *verdict;
	const struct plan *plan;
};

/* Always returns a judgement: what cannot be read is a fact of it. `raw` has CRLF line ends. Borrows all. */
const struct judgement *gateway_judge(struct arena *arena, const struct snapshot *snapshot, const struct envelope *envelope,
				      struct bytes raw, struct pattern_scratch *scratch);

/* Makes the judgement durable: findings, holds, notices in one transaction. Nothing is written for mail without
 * findings or exemptions used. After true, what the plan holds is ours alone. */
bool gateway_commit(struct arena *arena, const struct snapshot *snapshot, struct store *store, const struct judgement *judgement,
		    bool *duplicate_out, const char **id_out, struct error *err) MUST_CHECK;
/* What one judgement adds to the day's counts. */
struct tally gateway_tally(const struct judgement *judgement);

#endif
