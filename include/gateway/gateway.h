/* gateway.h - one message from end to end; the only place that joins all layers.
 *
 * gateway_judge is pure (DESIGN 2) but for the readers it asks: the daemon and `copyhold check` call the same function. */
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
	const char *reader_failure; /* why there is no more of a reading than the headers give; NULL: there is */
	const struct reading *reading;
	const struct trace *trace;
	const struct recall *recall; /* what was seen before; NULL: it was judged by itself */
	const char *principal;      /* who vouches for it (facts_principal), or NULL */
	const struct facts *facts;
	const struct verdict *verdict;
	const struct plan *plan;
	const char *own_token; /* in the notice, when the plan offers deeds; NULL: the Council has no console */
};

/* What cannot be read is a fact of the judgement. `raw` has CRLF line ends. Borrows all. False when there was nobody to read it
 * (ERROR_RETRY): then nothing is known of the message. The snapshot's reader must be open. `memory` NULL: each message is judged by itself. */
bool gateway_judge(struct arena *arena, const struct snapshot *snapshot, struct memory *memory, const struct envelope *envelope,
		   struct bytes raw, struct pattern_scratch *scratch, const struct judgement **out, struct error *err) MUST_CHECK;

/* The same message by another policy or changed words: facts, verdict and plan anew, of the reading there is. */
const struct judgement *gateway_judge_again(struct arena *arena, const struct snapshot *snapshot, const struct policy *policy,
					    const struct judgement *before, struct pattern_scratch *scratch);

/* Makes the judgement durable: findings, holds, notices in one transaction. Nothing is written for mail without
 * findings or exemptions used. After true, what the plan holds is ours alone. */
bool gateway_commit(struct arena *arena, const struct snapshot *snapshot, struct store *store, const struct judgement *judgement,
		    bool *duplicate_out, const char **id_out, struct error *err) MUST_CHECK;
/* The message was not passed on after all: neither its entry stands, nor the exemptions it used, nor what it ended or told and has not gone
 * out; when it comes again, that is no second time. `id` as gateway_commit gave it; `memory` NULL: gateway_remember did not keep it. */
bool gateway_take_back(struct arena *arena, const struct snapshot *snapshot, struct store *store, struct memory *memory,
		       const struct judgement *judgement, const char *id, int64_t at, struct error *err) MUST_CHECK;
/* What later messages are to be judged by, once the judgement stands: after gateway_commit, or before a message is put off. */
bool gateway_remember(struct arena *arena, struct memory *memory, const struct judgement *judgement, struct error *err) MUST_CHECK;
/* What is kept of a message without an entry, counted with others of its day that are alike (store_plain_add): the answers to the rules'
 * questions, without names, words or its time. NULL: it has an entry, or nothing of it may be kept. */
const char *gateway_plain_facts(struct arena *arena, const struct snapshot *snapshot, const struct judgement *judgement);
/* The same, kept at once. */
bool gateway_keep_plain(struct arena *arena, const struct snapshot *snapshot, struct store *store, const struct judgement *judgement,
			struct error *err) MUST_CHECK;
/* What one judgement adds to the day's counts. */
struct tally gateway_tally(const struct judgement *judgement);

#endif
