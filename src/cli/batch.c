/* batch.c - see batch.h. Each line has an arena of its own, so that memory does not grow with the file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/judge.h"

#define BATCH_MAX_BYTES ((size_t)1 << 30)
#define ID_MAX 100

/* Ids become file names: [A-Za-z0-9._-]{1,100}, no leading dot. */
static bool is_id(const char *id)
{
	size_t length = strlen(id);
	return length >= 1 && length <= ID_MAX && id[0] != '.' &&
	       strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == length;
}

/* A string member; absent and null leave *out as it is. */
static bool read_string(const json_t *object, const char *key, const char **out, struct error *err)
{
	const json_t *value = json_object_get(object, key);
	if (value == NULL || json_is_null(value))
		return true;
	if (!json_is_string(value))
		return error_set(err, ERROR_INPUT, "\"%s\" is not a string", key);
	*out = json_string_value(value);
	return true;
}

static bool read_recipients(struct arena *arena, const json_t *envelope, struct judge_request *request, struct error *err)
{
	const json_t *list = json_object_get(envelope, "rcpt");
	if (list == NULL || json_is_null(list))
		return true;
	if (!json_is_array(list))
		return error_set(err, ERROR_INPUT, "\"rcpt\" is not a list");
	const char **recipients = arena_array(arena, json_array_size(list), sizeof *recipients);
	for (size_t i = 0; i < json_array_size(list); i++) {
		recipients[i] = json_string_value(json_array_get(list, i));
		if (recipients[i] == NULL)
			return error_set(err, ERROR_INPUT, "\"rcpt\" holds something that is not a string");
	}
	request->recipients = recipients;
	request->recipient_count = json_array_size(list);
	return true;
}

static bool read_request(struct arena *arena, const char *folder, const json_t *line, struct judge_request *request, struct error *err)
{
	const char *message = NULL, *at = NULL;
	const json_t *envelope = json_object_get(line, "envelope");
	if (envelope != NULL && !json_is_object(envelope))
		return error_set(err, ERROR_INPUT, "\"envelope\" is not an object");
	if (!read_string(line, "message", &message, err) || !read_string(line, "at", &at, err) ||
	    !read_string(envelope, "from", &request->from, err) || !read_string(envelope, "auth", &request->auth, err) ||
	    !read_string(envelope, "client", &request->client, err) || !read_recipients(arena, envelope, request, err))
		return false;
	if (message == NULL)
		return error_set(err, ERROR_INPUT, "no \"message\"");
	request->message = message[0] == '/' ? message : arena_printf(arena, "%s/%s", folder, message);
	request->at = clock_now();
	return at == NULL || clock_parse_rfc3339(at, &request->at, err);
}

static bool write_delivered(const struct batch *batch, struct arena *arena, const char *id, const struct judgement *judgement,
			    struct error *err)
{
	return batch->output_dir == NULL ||
	       judgement_write(arena, judgement, arena_printf(arena, "%s/%s.eml", batch->output_dir, id), err);
}

/* One line; `id_out` as soon as it is known, so that an error can be told apart. */
static bool judge_line(const struct batch *batch, struct arena *arena, const char *folder, const json_t *line,
		       struct pattern_scratch *scratch, const char **id_out, json_t **json_out, struct error *err)
{
	struct judge_request request = { 0 };
	const struct judgement *judgement;
	const char *id = NULL;
	if (!json_is_object(line))
		return error_set(err, ERROR_INPUT, "the line is not a JSON object");
	if (!read_string(line, "id", &id, err))
		return false;
	if (id == NULL || !is_id(id))
		return error_set(err, ERROR_INPUT, "\"id\" must be 1 to %d of A-Z a-z 0-9 . _ - and not begin with a dot", ID_MAX);
	*id_out = id;
	if (!read_request(arena, folder, line, &request, err) ||
	    !judge_file(arena, batch->snapshot, batch->state == NULL ? NULL : batch->state->memory, &request, scratch, &judgement, err) ||
	    !batch->commit(arena, batch->snapshot, batch->state, judgement, err) ||
	    !write_delivered(batch, arena, id, judgement, err))
		return false;
	*json_out = judgement_json(judgement, id);
	return true;
}

/* Judges and prints; false when the line could not be judged. */
static bool run_line(const struct batch *batch, const char *folder, struct bytes text, struct pattern_scratch *scratch)
{
	struct arena *arena = arena_new();
	struct error why = ERROR_INIT;
	json_error_t syntax;
	const char *id = NULL;
	json_t *answer = NULL;
	json_t *line = json_loadb(text.data, text.length, JSON_REJECT_DUPLICATES, &syntax);
	bool good = line != NULL ? judge_line(batch, arena, folder, line, scratch, &id, &answer, &why)
				 : error_set(&why, ERROR_INPUT, "not JSON: %s", syntax.text);
	if (!good)
		answer = json_pack("{s:i,s:o,s:o}", "v", 1, "id", json_text(id), "error", json_text(error_text(&why)));
	json_dumpf(answer, stdout, JSON_COMPACT);
	putchar('\n');
	fflush(stdout);
	json_decref(answer);
	json_decref(line);
	error_release(&why);
	arena_free(&arena);
	return good;
}

bool batch_run(const struct batch *batch, struct error *err)
{
	struct arena *arena = arena_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct bytes content, line;
	size_t offset = 0, bad = 0;
	bool good = file_read(arena, batch->path, BATCH_MAX_BYTES, ERROR_INPUT, &content, err);
	if (good && batch->output_dir != NULL && mkdir(batch->output_dir, 0777) < 0 && errno != EEXIST)
		good = error_set(err, ERROR_INPUT, "%s: %s", batch->output_dir, strerror(errno));
	const char *folder = strcmp(batch->path, "-") == 0 ? "." : dirname(arena_string(arena, batch->path));
	while (good && bytes_next_line(content, &offset, &line))
		if (!run_line(batch, folder, line, scratch))
			bad++;
	if (good && bad > 0)
		good = error_set(err, ERROR_INPUT, "%s: %zu line%s could not be judged", batch->path, bad, bad == 1 ? "" : "s");
	pattern_scratch_free(&scratch);
	arena_free(&arena);
	return good;
}
