/* batch.h - judging many messages: JSON Lines in, JSON Lines out, in order (DESIGN 8). */
#ifndef COPYHOLD_CLI_BATCH_H
#define COPYHOLD_CLI_BATCH_H

#include "gateway/gateway.h"

/* What --state DIR names: what was held, and what was seen. */
struct state {
	struct store *store;
	struct memory *memory;
};

struct batch {
	const char *path;       /* of CASES.jsonl, or "-" */
	const char *output_dir; /* or NULL; made when it is not there */
	const struct snapshot *snapshot;
	struct state *state;    /* or NULL: each line is judged alone */
	bool (*commit)(struct arena *arena, const struct snapshot *snapshot, struct state *state, const struct judgement *judgement,
		       struct error *err);
};

/* Runs to the end whatever single lines are like; ERROR_INPUT when some could not be judged. */
bool batch_run(const struct batch *batch, struct error *err) MUST_CHECK;

#endif
