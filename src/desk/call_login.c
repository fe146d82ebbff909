/* call_login.c - the calls login, logout, me.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "handlers.h"

#include <stdlib.h>

#include "base/log.h"

static struct session_terms terms_of(const struct snapshot *snapshot)
{
	const struct desk_settings *settings = &snapshot->desk;
	return (struct session_terms){ settings->idle_minutes * (int64_t)60, settings->session_hours * (int64_t)3600, (size_t)settings->sessions };
}

/* Who came and went, for the day somebody asks. The store may be locked: that keeps nobody out. */
static void journal(const struct request *request, const char *what)
{
	struct error err = ERROR_INIT;
	json_t *detail = json_pack("{s:s, s:s}", "login", request->login->name, "role", desk_role_words[request->login->role]);
	char *written = json_dumps(detail, JSON_COMPACT);
	if (!store_journal(request->store, what, NULL, request->login->address, written, request->now, &err))
		log_warning("a %s of \"%s\" is not in the journal: %s", what, request->login->name, error_text(&err));
	error_release(&err);
	free(written);
	json_decref(detail);
}

/* One sentence for a name that does not exist, a password that is wrong and a code that is. */
static bool deny(struct request *request, const char *name, struct error *err)
{
	log_info("a log-in failed: \"%s\" from %s", name, request->client);
	return request_fail(request, err, "denied", "Name, password or code is not right.");
}

static bool check_login(struct request *request, const char *name, struct error *err)
{
	const char *code = argument_text(request->asked, "code");
	bool serves = false;
	if (!house_password_serves(request->house, argument_text(request->asked, "password"), request->login) || request->login == NULL)
		return deny(request, name, err);
	if (request->login->totp == NULL)
		return true;
	if (code == NULL) {
		throttle_forgive(house_throttle(request->house), name, request->client, request->now);
		return request_fail(request, err, "code", "Please give the one-time code as well.");
	}
	if (!house_code_serves(request->house, request->login, code, request->now, &serves, err)) {
		throttle_forgive(house_throttle(request->house), name, request->client, request->now);
		return false; /* unless it is noted that a code has served, it does not */
	}
	return serves || deny(request, name, err);
}

static void add_identity(struct request *request)
{
	const struct login *login = request->login;
	request->person = directory_by_address(request->snapshot->directory, login->address);
	request_add(request, "login", json_string(login->name));
	request_add(request, "name", json_string(request->person == NULL ? login->name : request->person->name));
	request_add(request, "role", json_string(desk_role_words[login->role]));
	request_add(request, "address", json_string(login->address));
}

bool call_login(struct request *request, struct error *err)
{
	const char *typed = argument_text(request->asked, "login"), *name = login_name(request->arena, typed);
	struct throttle *throttle = house_throttle(request->house);
	if (name == NULL)
		name = "?"; /* nobody's; it waits and takes as long as any other */
	if (!house_login(request->house, request->arena, request->snapshot, name, &request->login, err))
		return false;
	int64_t wait = throttle_begin(throttle, name, request->client, request->login == NULL ? 0 : request->login->unlocked_at, request->now);
	if (wait > 0) {
		log_info("a log-in has to wait %lld seconds: \"%s\" from %s", (long long)wait, name, request->client);
		request_add(request, "wait", json_integer(wait));
		return request_fail(request, err, "throttled", "Too many attempts; please wait %lld seconds.", (long long)wait);
	}
	if (!check_login(request, name, err) || !account_fits(request->snapshot, request->login, err))
		return false;
	throttle_succeed(throttle, name, request->client, request->now);
	struct session_terms terms = terms_of(request->snapshot);
	const char *token = sessions_open(house_sessions(request->house), request->arena, &terms, request->login, request->client, request->now);
	int64_t life = terms.idle < terms.absolute ? terms.idle : terms.absolute;
	request_add(request, "session", json_string(token));
	request_add(request, "expires_at", json_integer(request->now + life));
	add_identity(request);
	log_info("logged in: \"%s\", %s, from %s", name, desk_role_words[request->login->role], request->client);
	journal(request, "login");
	return true;
}

bool call_logout(struct request *request, struct error *err)
{
	sessions_end(house_sessions(request->house), request->token);
	journal(request, "logout");
	return true;
}

bool call_me(struct request *request, struct error *err)
{
	const struct snapshot *snapshot = request->snapshot;
	const struct call *call;
	json_t *may = json_array();
	for (size_t i = 0; (call = call_at(i)) != NULL; i++)
		if ((call->roles & CALL_ROLE(request->login->role)) != 0)
			json_array_append_new(may, json_string(call->name));
	add_identity(request);
	request_add(request, "council", json_string(snapshot->council.name));
	request_add(request, "mode", json_string(snapshot->mode < 0 ? "as each rule says" : mode_name((enum mode)snapshot->mode)));
	request_add(request, "language", json_string("en-GB"));
	request_add(request, "expires_at", json_integer(request->session.expires_at));
	request_add(request, "may", may);
	return true;
}
