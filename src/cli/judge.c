/* judge.c - from a message file to a judgement; see judge.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/judge.h"

#include <string.h>

#include "base/file.h"
#include "gateway/envelope_of.h"
#include "message/address.h"
#include "message/header.h"

/* Return-Path, else From: what an MTA would most likely have had as MAIL FROM. */
static const char *sender_of(struct arena *arena, const struct part *root)
{
	static const char *const fields[] = { "Return-Path", "From" };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct mailbox_list list = mailboxes_of_ours(arena, root, fields[i]);
		if (list.count > 0)
			return list.items[0].address;
	}
	return "";
}

static const char *without_brackets(struct arena *arena, const char *path)
{
	struct bytes bytes = bytes_trim(bytes_of(path));
	if (bytes.length >= 2 && bytes.data[0] == '<' && bytes.data[bytes.length - 1] == '>')
		bytes = bytes_slice(bytes, 1, bytes.length - 1);
	return arena_string_of(arena, bytes);
}

static const struct envelope *envelope_of(struct arena *arena, const struct judge_request *request, struct bytes raw,
					  const struct message_limits *limits)
{
	struct envelope *envelope = arena_alloc(arena, sizeof *envelope);
	envelope->auth = request->auth;
	envelope->client = request->client;
	envelope->at = request->at;
	const char **recipients = arena_array(arena, request->recipient_count, sizeof *recipients);
	for (size_t i = 0; i < request->recipient_count; i++)
		recipients[i] = without_brackets(arena, request->recipients[i]);
	envelope->recipients = recipients;
	envelope->recipient_count = request->recipient_count;
	if (request->from != NULL)
		envelope->from = without_brackets(arena, request->from);
	if (request->from != NULL && request->recipient_count > 0)
		return envelope;
	const struct part *root = message_scan(arena, raw, limits)->root;
	if (request->from == NULL)
		envelope->from = sender_of(arena, root);
	if (request->recipient_count == 0) {
		envelope->recipients = NULL;
		envelope_add_addressed(arena, envelope, root);
	}
	return envelope;
}

/* A file cut out of an mbox begins with a line that is the mailbox's, not the message's. */
static struct bytes without_mbox_line(struct bytes raw)
{
	struct bytes line;
	size_t offset = 0;
	if (!bytes_starts_with(raw, BYTES("From ")) || !bytes_next_line(raw, &offset, &line))
		return raw;
	return bytes_slice(raw, offset, raw.length);
}

bool judge_file(struct arena *arena, const struct snapshot *snapshot, struct memory *memory, const struct judge_request *request,
		struct pattern_scratch *scratch, const struct judgement **out, struct error *err)
{
	struct bytes raw;
	if (!file_read(arena, request->message, JUDGE_MAX_MESSAGE, ERROR_INPUT, &raw, err))
		return false;
	raw = message_to_crlf(arena, without_mbox_line(raw));
	const struct envelope *envelope = envelope_of(arena, request, raw, &snapshot->limits);
	if (envelope->recipient_count == 0)
		return error_set(err, ERROR_INPUT, "%s: no recipient: give --rcpt, or a message with To or Cc", request->message);
	return gateway_judge(arena, snapshot, memory, envelope, raw, scratch, out, err);
}

static bool judgement_delivered(struct arena *arena, const struct judgement *judgement, struct bytes *out)
{
	const struct plan *plan = judgement->plan;
	for (size_t i = 0; i < judgement->envelope->recipient_count; i++) {
		if (plan->recipients[i] > OUTCOME_ANNOTATE)
			continue;
		*out = edits_apply(arena, judgement->message->raw, &plan->edits);
		return true;
	}
	return false;
}

bool judgement_write(struct arena *arena, const struct judgement *judgement, const char *path, struct error *err)
{
	struct bytes delivered;
	if (judgement_delivered(arena, judgement, &delivered))
		return file_write(path, delivered, err);
	return file_remove(path, err);
}
