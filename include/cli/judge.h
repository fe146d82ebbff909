/* judge.h - judging message files from the command line, for check and explain.
 *
 * The same gateway_judge as the daemon's; only where envelope and bytes come from differs. */
#ifndef COPYHOLD_CLI_JUDGE_H
#define COPYHOLD_CLI_JUDGE_H

#include <jansson.h>

#include "gateway/gateway.h"

#define JUDGE_MAX_MESSAGE ((size_t)256 << 20)

struct judge_request {
	const char *message;           /* path, or "-" */
	const char *from;              /* NULL: Return-Path, else From */
	const char *const *recipients;
	size_t recipient_count;        /* 0: To and Cc */
	const char *auth, *client;
	int64_t at;
};

/* Reads the file and judges it. ERROR_INPUT when it cannot be read. */
bool judge_file(struct arena *arena, const struct snapshot *snapshot, struct memory *memory, const struct judge_request *request,
		struct pattern_scratch *scratch, const struct judgement **out, struct error *err) MUST_CHECK;
/* Writes the message those recipients get that are not held; when all are held, returned or tried again, sees that no file
 * of an earlier run stands there. */
bool judgement_write(struct arena *arena, const struct judgement *judgement, const char *path, struct error *err) MUST_CHECK;

/* The JSON of one judgement (DESIGN 8), version 1. `id` is the caller's; NULL: the judgement's own. New reference. */
json_t *judgement_json(const struct judgement *judgement, const char *id);
/* A string of any bytes as JSON: what is not UTF-8 becomes U+FFFD. NULL becomes null. */
json_t *json_text(const char *string);
/* On standard output, for people: outcome, recipients, findings, what was added; what the message says is made harmless for a terminal. */
void judgement_print(struct arena *arena, const struct judgement *judgement);

#endif
