/* exchange.c - see exchange.h: questions to the desk, and the ways a request can end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/exchange.h"

#include "base/clock.h"
#include "console/pages.h"

#define CONSOLE_LANGUAGE "en-GB" /* what the pages are written in */

enum reply exchange_ask(struct exchange *exchange, const char *call, const char *session, json_t *arguments, const json_t **answer_out)
{
	json_t *request = arguments != NULL ? arguments : json_object(), *answer = NULL;
	struct error err = ERROR_INIT;
	*answer_out = NULL;
	json_object_set_new(request, "call", json_string(call));
	json_object_set_new(request, "session", session != NULL ? json_string(session) : json_null());
	json_object_set_new(request, "client", json_string(exchange->client));
	bool asked = exchange->kept_count < ANSWERS_MOST && exchange->console->desk.ask(exchange->console->desk.self, request, &answer, &err);
	json_decref(request);
	error_release(&err); /* whoever stands behind the door has logged it */
	if (!asked)
		return REPLY_AWAY;
	exchange->kept[exchange->kept_count++] = answer;
	*answer_out = answer;
	return answer_true(answer, "ok") ? REPLY_GOOD : REPLY_NO;
}

const char *reply_kind(const json_t *answer)
{
	return answer_string(answer, "error");
}

const char *reply_sentence(struct exchange *exchange, const json_t *answer)
{
	const char *text = answer_string(answer, "text"), *by = answer_string(answer, "by");
	int64_t at = answer_number(answer, "at");
	if (by[0] == '\0' || strstr(text, by) != NULL)
		return text;
	if (at == 0)
		return arena_printf(exchange->arena, "%s (%s)", text, by);
	return arena_printf(exchange->arena, "%s (%s, %s)", text, by, clock_format_local(exchange->arena, at));
}

static struct page page_of(struct exchange *exchange, struct markup *markup)
{
	const char *secret = exchange_secret(exchange);
	const char *council = answer_string(exchange->me, "council");
	return (struct page){
		.markup = markup,
		.council = council[0] != '\0' ? council : exchange->console->council,
		.language = CONSOLE_LANGUAGE,
		.path = exchange->shown,
		.csrf = secret != NULL ? token_for_form(exchange->arena, secret) : NULL,
		.style = exchange->console->style,
		.problem = exchange->problem,
		.fields = exchange->posted.count > 0 ? &exchange->posted : &exchange->asked,
		.me = exchange->me,
		.now = exchange->now,
	};
}

/* The sentence that the address carries, when it is ours and young. */
static const char *said_here(struct exchange *exchange)
{
	size_t number = 0;
	const char *path = arena_string_of(exchange->arena, exchange->path);
	if (exchange->problem != NULL || !token_sentence(exchange->arena, fields_only(&exchange->asked, "said"), exchange->session, path,
							 exchange->now, &number))
		return NULL;
	const struct route *route = route_at(number);
	return route != NULL ? route->said : NULL;
}

void exchange_show(struct exchange *exchange, int status, void (*show)(struct page *, const json_t *), const json_t *answer)
{
	struct markup markup = MARKUP_INIT(exchange->arena);
	struct page page = page_of(exchange, &markup);
	page.said = said_here(exchange);
	show(&page, answer);
	exchange->answer->status = status;
	exchange->answer->body = markup_end(&markup);
	answer_set(exchange->answer, "Content-Type", "text/html; charset=utf-8");
}

/* What was typed into a form that the desk did not take, and that the page of trouble has no field for. */
static json_t *typed_words(const struct exchange *exchange)
{
	/* Beside a note, the reason is one that was chosen from a list. */
	const char *const names[] = { fields_count(&exchange->posted, "note") > 0 ? "note" : "reason", "text" };
	json_t *typed = json_array();
	for (size_t i = 0; exchange->ours && i < sizeof names / sizeof *names; i++) {
		const char *words = fields_only(&exchange->posted, names[i]);
		if (words != NULL && *words != '\0')
			json_array_append_new(typed, json_string(words));
	}
	return typed;
}

void exchange_trouble(struct exchange *exchange, int status, const char *title, const char *detail)
{
	json_t *answer = json_object();
	json_object_set_new(answer, "title", json_string(title));
	json_object_set_new(answer, "text", json_string(detail != NULL ? detail : ""));
	json_object_set_new(answer, "typed", typed_words(exchange));
	if (exchange->route != NULL && exchange->route->back != NULL)
		json_object_set_new(answer, "back", json_string(exchange_fill(exchange, exchange->route->back)));
	else if (exchange->ours) /* the page of the form, which could not be shown again either */
		json_object_set_new(answer, "back", json_string(exchange->shown));
	exchange->problem = NULL;
	exchange_show(exchange, status, page_trouble, answer);
	json_decref(answer);
}

static const struct refusal {
	const char *kind;
	int status;
	const char *title;
} refusals[] = {
	{ "refused", 403, "This is not yours to do or see" },
	{ "denied", 403, "This cannot be done" },
	{ "code", 403, "A one-time code is needed" },
	{ "input", 400, "This cannot be done as it was asked" },
	{ "retry", 503, "Please try again in a moment" },
	{ "conflict", 409, "Somebody else was first" },
	{ "gone", 404, "There is no such message" },
	{ "throttled", 429, "Too many attempts" },
};

static void retry_after(struct exchange *exchange, int64_t seconds)
{
	answer_set(exchange->answer, "Retry-After", arena_printf(exchange->arena, "%lld", (long long)(seconds > 0 ? seconds : 1)));
}

static const struct refusal *refusal_of(const json_t *answer)
{
	static const struct refusal unknown = { "", 502, "The desk gave an answer that was not expected" };
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (strcmp(refusals[i].kind, reply_kind(answer)) == 0)
			return &refusals[i];
	return &unknown;
}

int reply_status(const json_t *answer)
{
	return refusal_of(answer)->status;
}

void exchange_retry(struct exchange *exchange, const json_t *answer)
{
	int status = reply_status(answer);
	if (status == 503)
		retry_after(exchange, 5);
	if (status == 429)
		retry_after(exchange, answer_number(answer, "wait"));
}

static void desk_is_away(struct exchange *exchange)
{
	const char *detail = "No message is lost by it. Please try again in a minute; if it stays so, tell whoever looks after the mail server.";
	if (exchange->posted.count > 0 && !exchange->route->open)
		detail = "What you sent may or may not have been done: in a minute, the page you came from says. "
			 "Sending it once more is safe; nothing is done twice.";
	retry_after(exchange, 30);
	exchange_trouble(exchange, 503, "The desk does not answer just now", detail);
}

void exchange_refusal(struct exchange *exchange, const json_t *answer)
{
	if (answer == NULL) {
		desk_is_away(exchange);
		return;
	}
	const struct refusal *refusal = refusal_of(answer);
	exchange_retry(exchange, answer);
	exchange_trouble(exchange, refusal->status, refusal->title, reply_sentence(exchange, answer));
}

void exchange_go(struct exchange *exchange, const char *path)
{
	exchange->answer->status = 303;
	exchange->answer->body = BYTES_EMPTY;
	answer_set(exchange->answer, "Location", path);
}

void exchange_log_in(struct exchange *exchange, const char *to, const char *why)
{
	const char *path = "/login";
	if (to != NULL && strcmp(to, "/") != 0)
		path = arena_printf(exchange->arena, "/login?to=%s", markup_url_part(exchange->arena, to));
	if (why != NULL)
		path = arena_printf(exchange->arena, "%s%cwhy=%s", path, strchr(path, '?') != NULL ? '&' : '?', why);
	exchange_go(exchange, path);
}

const char *exchange_secret(const struct exchange *exchange)
{
	/* A page of trouble for an unknown path has no form but the log-out. */
	return exchange->route != NULL && exchange->route->open ? exchange->before : exchange->session;
}

void exchange_need_before(struct exchange *exchange)
{
	if (exchange->before != NULL)
		return;
	exchange->before = token_random(exchange->arena);
	answer_set(exchange->answer, "Set-Cookie", cookie_set(exchange->arena, COOKIE_BEFORE, exchange->console->https, exchange->before));
}

const char *exchange_fill(struct exchange *exchange, const char *pattern)
{
	struct bytes whole = bytes_of(pattern);
	size_t open = bytes_find_char(whole, '{', 0), close = bytes_find_char(whole, '}', 0);
	if (open == (size_t)-1 || exchange->part == NULL)
		return pattern;
	return arena_printf(exchange->arena, "%.*s%s%s", (int)open, pattern, markup_url_part(exchange->arena, exchange->part), pattern + close + 1);
}
