/* login.c - the log-in in one or two steps, the log-out, and the first page after it.
 *
 * The password is asked for once: for the second step it travels sealed with this process's key, tied to this browser and good for a
 * few minutes, because the console keeps nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/exchange.h"
#include "console/pages.h"

#define CARRIED_SECONDS 300
#define CARRIED_LONGEST ((size_t)4096)
#define RETURN_LONGEST ((size_t)1024)

const char *login_return(struct exchange *exchange, const char *to)
{
	struct request wanted = { .target = to };
	struct bytes path, query;
	const char *part, *methods;
	if (to == NULL || strlen(to) > RETURN_LONGEST || !request_target(&wanted, &path, &query))
		return "/";
	const struct route *route = route_find(exchange->arena, METHOD_GET, path, &part, &methods);
	return route == NULL || (route->open && route->kind != ROUTE_LINK) ? "/" : to;
}

/* Why somebody is asked to log in. The words are ours, so the address may choose among them. */
static const struct {
	const char *word, *sentence;
} reasons[] = {
	{ "ended", "Your log-in had ended. Please log in again." },
	{ "lost", "Your log-in had ended, and what you sent was not done. Please log in again and send it once more." },
	{ "out", "You are logged out." },
};

static void show_form(struct exchange *exchange, int status, const char *problem)
{
	const char *why = fields_only(&exchange->asked, "why");
	exchange_need_before(exchange);
	for (size_t i = 0; problem == NULL && why != NULL && i < sizeof reasons / sizeof *reasons; i++)
		if (strcmp(why, reasons[i].word) == 0)
			problem = reasons[i].sentence;
	exchange->problem = problem;
	exchange_show(exchange, status, page_login, NULL);
}

static const char *carry(struct exchange *exchange, const char *login, const char *password)
{
	json_t *carried = json_pack("{s:s, s:s, s:s, s:I}", "login", login, "password", password, "before", exchange->before, "at",
				    (json_int_t)exchange->now);
	char *plain = json_dumps(carried, JSON_COMPACT);
	const char *sealed = token_seal(exchange->arena, exchange->console->key, bytes_of(plain));
	sodium_memzero(plain, strlen(plain));
	free(plain);
	json_decref(carried);
	return sealed;
}

/* What was carried, when it is from this browser and young; lasts as long as the exchange. */
static const json_t *carried_here(struct exchange *exchange, const char *sealed)
{
	struct bytes plain;
	if (strlen(sealed) > CARRIED_LONGEST || exchange->kept_count == ANSWERS_MOST ||
	    !token_open(exchange->arena, exchange->console->key, sealed, &plain))
		return NULL;
	json_t *carried = json_loadb(plain.data, plain.length, 0, NULL);
	exchange->kept[exchange->kept_count++] = carried;
	int64_t at = answer_number(carried, "at");
	bool good = strcmp(answer_string(carried, "before"), exchange->before) == 0 && at <= exchange->now && exchange->now - at <= CARRIED_SECONDS;
	return good ? carried : NULL;
}

static void show_code(struct exchange *exchange, int status, const char *sealed, const char *problem)
{
	json_t *answer = json_pack("{s:s}", "carried", sealed);
	const char *to = fields_only(&exchange->posted, "to");
	json_object_set_new(answer, "to", json_string(login_return(exchange, to)));
	exchange->problem = problem;
	exchange_show(exchange, status, page_code, answer);
	json_decref(answer);
}

static void logged_in(struct exchange *exchange, const json_t *answer)
{
	const struct console *console = exchange->console;
	const char *session = answer_string(answer, "session");
	if (!cookie_is_token(bytes_of(session))) {
		exchange_trouble(exchange, 502, "The desk gave an answer that was not expected", NULL);
		return;
	}
	answer_set(exchange->answer, "Set-Cookie", cookie_set(exchange->arena, COOKIE_SESSION, console->https, session));
	answer_set(exchange->answer, "Set-Cookie", cookie_set(exchange->arena, COOKIE_BEFORE, console->https, NULL));
	exchange_go(exchange, login_return(exchange, fields_only(&exchange->posted, "to")));
}

static void throttled(struct exchange *exchange, const json_t *answer)
{
	int64_t wait = answer_number(answer, "wait");
	if (wait < 1)
		wait = 1;
	const char *how_long = wait < 120 ? arena_printf(exchange->arena, "%lld seconds", (long long)wait) :
					    arena_printf(exchange->arena, "%lld minutes", (long long)((wait + 59) / 60));
	exchange_retry(exchange, answer);
	show_form(exchange, 429, arena_printf(exchange->arena, "There were too many attempts. Please wait %s and try again.", how_long));
}

static void try_to_log_in(struct exchange *exchange, const char *login, const char *password, const char *code, const char *sealed)
{
	const json_t *answer;
	json_t *arguments = json_pack("{s:s, s:s}", "login", login, "password", password);
	if (code != NULL)
		json_object_set_new(arguments, "code", json_string(code));
	enum reply reply = exchange_ask(exchange, "login", NULL, arguments, &answer);
	const char *kind = reply_kind(answer);
	if (reply == REPLY_GOOD)
		logged_in(exchange, answer);
	else if (reply == REPLY_AWAY)
		exchange_refusal(exchange, NULL);
	else if (strcmp(kind, "throttled") == 0)
		throttled(exchange, answer);
	else if (strcmp(kind, "code") == 0 || (strcmp(kind, "denied") == 0 && sealed != NULL))
		show_code(exchange, code != NULL ? 403 : 200, sealed != NULL ? sealed : carry(exchange, login, password),
			  code != NULL ? "This code is not right, or was used already. Wait for the next one and try again." : NULL);
	else if (strcmp(kind, "denied") == 0 || strcmp(kind, "input") == 0)
		show_form(exchange, 403, answer_string(answer, "text"));
	else
		exchange_refusal(exchange, answer);
}

/* Authenticator programs show "123 456". */
static const char *digits_of(struct arena *arena, const char *code)
{
	char *digits = arena_string(arena, code);
	size_t length = 0;
	for (const char *c = code; *c != '\0'; c++)
		if (!ascii_is_space(*c))
			digits[length++] = *c;
	digits[length] = '\0';
	return digits;
}

static void posted_answer(struct exchange *exchange)
{
	const char *sealed = fields_only(&exchange->posted, "carried");
	const char *login = fields_only(&exchange->posted, "login"), *password = fields_only(&exchange->posted, "password");
	if (sealed != NULL) {
		const json_t *carried = carried_here(exchange, sealed);
		const char *code = fields_only(&exchange->posted, "code");
		if (carried == NULL)
			show_form(exchange, 403, "That took too long. Please give your name and password again.");
		else
			try_to_log_in(exchange, answer_string(carried, "login"), answer_string(carried, "password"),
				      digits_of(exchange->arena, code != NULL ? code : ""), sealed);
	} else if (login == NULL || password == NULL || login[0] == '\0' || password[0] == '\0') {
		show_form(exchange, 400, "Please give both your name and your password.");
	} else {
		try_to_log_in(exchange, login, password, NULL, NULL);
	}
}

void login_answer(struct exchange *exchange)
{
	const json_t *answer = NULL;
	if (exchange->route->method == METHOD_POST) {
		posted_answer(exchange);
		return;
	}
	const char *to = fields_only(&exchange->asked, "to");
	if (exchange->session != NULL && exchange_ask(exchange, "me", exchange->session, NULL, &answer) == REPLY_GOOD)
		exchange_go(exchange, login_return(exchange, to));
	else
		show_form(exchange, 200, NULL);
}

/* The cookie goes whatever the desk says: whoever leaves the machine has left it. */
void logout_answer(struct exchange *exchange)
{
	const json_t *answer;
	enum reply reply = exchange_ask(exchange, "logout", exchange->session, NULL, &answer);
	answer_set(exchange->answer, "Set-Cookie", cookie_set(exchange->arena, COOKIE_SESSION, exchange->console->https, NULL));
	if (reply == REPLY_AWAY)
		exchange_trouble(exchange, 503, "You are logged out of this browser",
				 "The desk does not answer just now, so the log-in itself ends by its own time.");
	else
		exchange_log_in(exchange, NULL, "out");
}

void home_answer(struct exchange *exchange)
{
	static const char *const firsts[][2] = { { "desk", "/desk" }, { "statistics", "/statistics" }, { "status", "/status" }, { "own", "/own" } };
	if (!exchange_know(exchange))
		return;
	const struct page page = { .me = exchange->me };
	for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
		if (page_may(&page, firsts[i][0])) {
			exchange_go(exchange, firsts[i][1]);
			return;
		}
	}
	exchange_trouble(exchange, 403, "There is nothing for you here",
			 "Your account has a role for which no page is set up. Please ask the administrator.");
}
