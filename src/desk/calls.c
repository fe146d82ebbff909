/* calls.c - see call.h: from the bytes of a request to those of its answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "desk/protocol.h"
#include "gateway/reviewing.h"
#include "store/browse.h"

bool request_fail(struct request *request, struct error *err, const char *kind, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	error_vset(err, ERROR_REFUSED, format, args);
	va_end(args);
	request->kind = kind;
	return false;
}

void request_add(struct request *request, const char *key, json_t *value)
{
	json_object_set_new(request->answer, key, value == NULL ? json_null() : value);
}

struct desk request_desk(const struct request *request)
{
	return reviewing_desk(request->edition->snapshot, request->store, true);
}

struct deed request_deed(const struct request *request, const char *reason)
{
	return (struct deed){ request->login->address, reason, request->now };
}

bool request_message(struct request *request, const struct held **out, struct error *err)
{
	const char *id = argument_text(request->asked, "id");
	const struct held *const *messages;
	struct desk desk = request_desk(request);
	if (!store_messages(request->store, request->arena, &id, 1, &messages, err))
		return false;
	if (messages[0] == NULL)
		return request_fail(request, err, "gone", "There is no message under that reference, or it is no longer kept.");
	*out = messages[0];
	return queue_may_review(&desk, messages[0], request->login->address, request->now, err);
}

/* --- who asks --- */

static bool login_again(struct request *request, struct error *err)
{
	return request_fail(request, err, "login", "Please log in: there is no session, or it has ended.");
}

/* The account as it is at this moment decides, not as it was at the log-in. */
static bool find_login(struct request *request, struct error *err)
{
	const struct desk_settings *settings = &request->snapshot->desk;
	struct session_terms terms = { settings->idle_minutes * (int64_t)60, settings->session_hours * (int64_t)3600, (size_t)settings->sessions };
	request->token = argument_text(request->asked, "session");
	if (request->token == NULL || !sessions_find(house_sessions(request->house), request->arena, &terms, request->token, request->now,
						     &request->session))
		return login_again(request, err);
	if (!house_login(request->house, request->arena, request->snapshot, request->session.login, &request->login, err))
		return false;
	if (!sessions_still_of(house_sessions(request->house), &request->session, request->login))
		return login_again(request, err);
	if (!account_fits(request->snapshot, request->login, err))
		return false;
	request->person = directory_by_address(request->snapshot->directory, request->login->address);
	return true;
}

bool request_login(struct request *request, unsigned roles, struct error *err)
{
	if (!find_login(request, err))
		return false;
	if ((roles & CALL_ROLE(request->login->role)) != 0)
		return true;
	return request_fail(request, err, "refused", "This is not open to the role \"%s\".", desk_role_words[request->login->role]);
}

/* --- one request --- */

static const struct call *find_call(const char *name)
{
	const struct call *call;
	for (size_t i = 0; (call = call_at(i)) != NULL; i++)
		if (name != NULL && strcmp(call->name, name) == 0)
			return call;
	return NULL;
}

static bool check_request(struct request *request, struct error *err)
{
	request->call = find_call(argument_text(request->asked, "call"));
	if (request->call == NULL)
		return error_set(err, ERROR_INPUT, "there is no such call");
	const char *client = argument_text(request->asked, "client");
	request->client = client == NULL ? "" : client;
	return arguments_check(request->asked, request->call->arguments, request->call->argument_count, err);
}

/* Who may not call it takes no place. */
static bool serve(struct request *request, struct error *err)
{
	const struct call *call = request->call;
	if (call->roles != 0 && !request_login(request, call->roles, err))
		return false;
	if (call->weight == LIGHT)
		return call->answer(request, err);
	if (!house_begin_heavy(request->house, err))
		return false;
	bool good = call->answer(request, err);
	house_end_heavy(request->house);
	return good;
}

static const char *kind_of(const struct request *request, enum error_kind kind)
{
	static const char *const kinds[] = {
		[ERROR_RETRY] = "retry", [ERROR_REFUSED] = "refused", [ERROR_SETTINGS] = "retry",
		[ERROR_INPUT] = "input", [ERROR_USAGE] = "input",     [ERROR_UNAVAILABLE] = "retry",
	};
	return request->kind != NULL ? request->kind : kinds[kind];
}

/* What is wrong with the machine is for the log; the person is told that it is. */
static const char *text_of(const struct error *err)
{
	switch (err->kind) {
	case ERROR_RETRY:
	case ERROR_SETTINGS:
	case ERROR_UNAVAILABLE:
		log_warning("%s", error_text(err));
		return err->kind == ERROR_RETRY ? "This cannot be done just now; nothing is lost. Please try again in a minute."
						: "The desk is not in order; the administrator finds the reason in its log.";
	default:
		return error_text(err);
	}
}

static void refuse(struct request *request, const struct error *err)
{
	json_object_set_new(request->answer, "ok", json_false());
	json_object_set_new(request->answer, "error", json_string(kind_of(request, err->kind)));
	json_object_set_new(request->answer, "text", json_string(text_of(err)));
}

static struct bytes dump(struct arena *arena, json_t *answer)
{
	size_t length = json_dumpb(answer, NULL, 0, JSON_COMPACT);
	if (length == 0 || length > DESK_ANSWER_MOST)
		return BYTES("{\"ok\":false,\"error\":\"input\",\"text\":\"The answer would be too long; ask for less at once.\"}");
	char *written = arena_alloc(arena, length);
	json_dumpb(answer, written, length, JSON_COMPACT);
	return (struct bytes){ written, length };
}

static void answer_request(struct request *request, struct error *err)
{
	bool good = check_request(request, err);
	struct edition *edition = good && request->house != NULL ? house_edition(request->house) : NULL;
	if (good && edition == NULL)
		good = request_fail(request, err, "retry", "Nobody is at the desk.");
	if (good) {
		request->edition = edition;
		request->snapshot = edition->snapshot;
		request->store = house_store(request->house);
		good = serve(request, err);
	}
	if (good)
		json_object_set_new(request->answer, "ok", json_true());
	else
		refuse(request, err);
	edition_drop(&edition);
}

struct bytes calls_answer(struct arena *arena, struct house *house, struct bytes content, int64_t now)
{
	struct error err = ERROR_INIT;
	json_t *asked = NULL;
	struct request request = { .arena = arena, .house = house, .now = now, .answer = json_object() };
	if (arguments_parse(content, &asked, &err)) {
		request.asked = asked;
		answer_request(&request, &err);
	} else {
		refuse(&request, &err);
	}
	struct bytes written = dump(arena, request.answer);
	json_decref(request.answer);
	json_decref(asked);
	error_release(&err);
	return written;
}
