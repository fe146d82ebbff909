/* session.c - see session.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "milter/session.h"

#include <stdlib.h>
#include <string.h>

struct session *session_new(struct budget *budget, const char *client)
{
	struct session *session = calloc(1, sizeof *session);
	if (session == NULL)
		abort();
	session->budget = budget;
	if (client != NULL && (session->client = strdup(client)) == NULL)
		abort();
	return session;
}

void session_free(struct session **session)
{
	if (*session == NULL)
		return;
	session_reset(*session);
	free((*session)->client);
	free(*session);
	*session = NULL;
}

/* False when all messages together would take more than the configuration allows. */
static bool reserve(struct session *session, size_t octets)
{
	size_t limit = session->snapshot->max_in_flight;
	size_t before = atomic_fetch_add(&session->budget->used, octets);
	if (before > limit || octets > limit - before) {
		atomic_fetch_sub(&session->budget->used, octets);
		session->starved = true;
		return false;
	}
	session->reserved += octets;
	return true;
}

/* Appends as much as the limits allow; what is left out is never forgotten. */
static void append(struct session *session, struct bytes bytes)
{
	if (session->starved || session->truncated)
		return;
	size_t room = session->snapshot->max_message - session->raw.length;
	struct bytes taken = bytes_slice(bytes, 0, room);
	if (!reserve(session, taken.length))
		return;
	session->truncated = taken.length < bytes.length;
	text_add_bytes(&session->raw, taken);
}

void session_begin(struct session *session, const char *argument, const char *auth, bool local)
{
	session_reset(session);
	session->arena = arena_new();
	session->from = path_without_brackets(session->arena, argument);
	session->auth = arena_string(session->arena, auth);
	session->local = local;
}

void session_add_recipient(struct session *session, const char *argument)
{
	if (session->starved || !reserve(session, strlen(argument) + sizeof(char *)))
		return;
	const char *address = path_without_brackets(session->arena, argument);
	*ARENA_PUSH(session->arena, session->recipients, session->recipient_count) = address;
	*ARENA_PUSH(session->arena, session->arguments, session->argument_count) = arena_string(session->arena, argument);
}

void session_add_header(struct session *session, const char *name, const char *value)
{
	append(session, bytes_of(name));
	append(session, BYTES(":"));
	struct bytes rest = bytes_of(value), line;
	size_t offset = 0;
	while (bytes_next_line(rest, &offset, &line)) {
		append(session, line);
		append(session, BYTES("\r\n"));
	}
	if (rest.length == 0)
		append(session, BYTES("\r\n"));
}

void session_end_headers(struct session *session)
{
	if (!session->headers_ended)
		append(session, BYTES("\r\n"));
	session->headers_ended = true;
}

void session_add_body(struct session *session, struct bytes chunk)
{
	session_end_headers(session);
	append(session, chunk);
}

void session_reset(struct session *session)
{
	atomic_fetch_sub(&session->budget->used, session->reserved);
	text_release(&session->raw);
	arena_free(&session->arena);
	*session = (struct session){ .budget = session->budget, .client = session->client };
}

const char *path_without_brackets(struct arena *arena, const char *argument)
{
	struct bytes path = bytes_trim(bytes_of(argument));
	if (path.length >= 2 && path.data[0] == '<' && path.data[path.length - 1] == '>')
		path = bytes_slice(path, 1, path.length - 1);
	return arena_string_of(arena, path);
}

struct envelope session_envelope(const struct session *session, int64_t at)
{
	return (struct envelope){
		.from = session->from,
		.recipients = session->recipients,
		.recipient_count = session->recipient_count,
		.auth = session->auth,
		.client = session->local ? NULL : session->client,
		.at = at,
	};
}

struct bytes session_message(struct session *session)
{
	session_end_headers(session);
	return text_bytes(&session->raw);
}
