/* console.c - see console.h: what a request must be before anything is done for it, and what is done.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/console.h"

#include "console/exchange.h"
#include "console/pages.h"

/* Who has to log in, or was and is no more. */
static void log_in_again(struct exchange *exchange)
{
	const char *to = exchange->shown, *why = exchange->session != NULL ? "ended" : NULL;
	if (exchange->posted.count > 0) {
		to = exchange->route->back != NULL ? exchange_fill(exchange, exchange->route->back) : "/";
		why = "lost";
	}
	answer_set(exchange->answer, "Set-Cookie", cookie_set(exchange->arena, COOKIE_SESSION, exchange->console->https, NULL));
	exchange_log_in(exchange, to, why);
}

static void refuse(struct exchange *exchange, enum reply reply, const json_t *answer)
{
	if (reply == REPLY_NO && strcmp(reply_kind(answer), "login") == 0)
		log_in_again(exchange);
	else
		exchange_refusal(exchange, answer);
}

bool exchange_know(struct exchange *exchange)
{
	const json_t *answer;
	if (exchange->session == NULL) {
		exchange_log_in(exchange, exchange->shown, NULL);
		return false;
	}
	enum reply reply = exchange_ask(exchange, "me", exchange->session, NULL, &answer);
	if (reply != REPLY_GOOD) {
		refuse(exchange, reply, answer);
		return false;
	}
	exchange->me = answer;
	return true;
}

static void get_answer(struct exchange *exchange);

/* The page a form stood on, with what was wrong with it and all that was filled in. */
static void show_again(struct exchange *exchange, int status, const char *sentence)
{
	const char *shown = exchange_fill(exchange, exchange->route->back), *part, *methods;
	exchange->problem = sentence;
	exchange->problem_status = status;
	exchange->route = route_find(exchange->arena, METHOD_GET, bytes_of(shown), &part, &methods);
	exchange->part = part;
	exchange->shown = shown;
	exchange->asked = exchange->posted;
	get_answer(exchange);
}

static void not_as_asked(struct exchange *exchange, const char *sentence)
{
	if (exchange->route->back != NULL)
		show_again(exchange, 400, sentence);
	else
		exchange_trouble(exchange, 400, "This cannot be done as it was asked", sentence);
}

/* Puts the route's question. False when the exchange has ended in saying why not. */
static bool ask(struct exchange *exchange, const json_t **answer_out)
{
	const char *wrong = NULL;
	json_t *arguments = exchange_arguments(exchange, &wrong);
	if (arguments == NULL) {
		not_as_asked(exchange, wrong);
		return false;
	}
	enum reply reply = exchange_ask(exchange, exchange->route->call, exchange->session, arguments, answer_out);
	if (reply == REPLY_GOOD)
		return true;
	bool again = reply == REPLY_NO && exchange->route->back != NULL && strcmp(reply_kind(*answer_out), "login") != 0 &&
		     strcmp(reply_kind(*answer_out), "gone") != 0;
	if (again) {
		exchange_retry(exchange, *answer_out);
		show_again(exchange, reply_status(*answer_out), reply_sentence(exchange, *answer_out));
	} else {
		refuse(exchange, reply, *answer_out);
	}
	return false;
}

/* Whether the desk would take what the page's form asks of it. By its own table, which `me` answers from: this only spares people an
 * empty form that would be refused. */
static bool may_begin(struct exchange *exchange)
{
	const struct page page = { .me = exchange->me };
	if (exchange->route->leads == NULL || page_may(&page, exchange->route->leads))
		return true;
	exchange_trouble(exchange, 403, "This is not yours to do or see",
			 arena_printf(exchange->arena, "This is not open to the role \"%s\".", page_role(&page)));
	return false;
}

static void page_answer(struct exchange *exchange)
{
	const json_t *answer = NULL;
	bool asks = exchange->route->call != NULL && !(exchange->route->idle && exchange->asked.count == 0);
	if (exchange->route->open)
		exchange_need_before(exchange);
	else if (!exchange_know(exchange) || !may_begin(exchange))
		return;
	if (asks && !ask(exchange, &answer))
		return;
	exchange_show(exchange, exchange->problem != NULL ? exchange->problem_status : 200, exchange->route->show, answer);
}

/* A link for reviewers leads to the message, by way of the log-in; a sender's own shows it. Neither does anything. */
static void link_answer(struct exchange *exchange)
{
	const json_t *answer;
	exchange_need_before(exchange);
	if (!ask(exchange, &answer))
		return;
	if (strcmp(answer_string(answer, "purpose"), "desk") == 0) {
		const char *id = answer_string(answer, "id");
		exchange_go(exchange, arena_printf(exchange->arena, "/message/%s", markup_url_part(exchange->arena, id)));
		return;
	}
	exchange_show(exchange, exchange->problem != NULL ? exchange->problem_status : 200, exchange->route->show, answer);
}

static void deed_answer(struct exchange *exchange)
{
	const json_t *answer;
	if (!ask(exchange, &answer))
		return;
	size_t number = 0;
	while (route_at(number) != exchange->route)
		number++;
	const char *then = exchange_fill(exchange, exchange->route->then);
	exchange_go(exchange, arena_printf(exchange->arena, "%s?said=%s", then,
					   token_for_sentence(exchange->arena, exchange->session, then, number, exchange->now)));
}

static struct bytes decoded_document(struct exchange *exchange, const char *document)
{
	size_t length = strlen(document), got = 0;
	unsigned char *octets = arena_alloc(exchange->arena, length / 4 * 3 + 3);
	if (sodium_base642bin(octets, length / 4 * 3 + 3, document, length, "\r\n ", &got, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
		return BYTES_EMPTY;
	return (struct bytes){ (const char *)octets, got };
}

/* A name that is safe on any disk. */
static const char *file_name(struct arena *arena, const char *name)
{
	char *safe = arena_string(arena, name[0] != '\0' ? name : "document");
	for (char *c = safe; *c != '\0'; c++)
		if (!ascii_is_alpha(*c) && !ascii_is_digit(*c) && strchr("-_.", *c) == NULL)
			*c = '-';
	if (safe[0] == '.')
		safe[0] = '-';
	return safe;
}

/* To be saved, never shown in place: what is in it was not made for our pages. */
static void document_answer(struct exchange *exchange)
{
	static const char *const types[] = { "text/html", "text/plain", "text/csv", "application/json", "application/pdf" };
	const json_t *answer;
	if (exchange->session == NULL) {
		log_in_again(exchange);
		return;
	}
	if (!ask(exchange, &answer))
		return;
	const char *document = answer_string(answer, "document"), *type = answer_string(answer, "type"), *known = NULL;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (bytes_starts_with_nocase(bytes_of(type), bytes_of(types[i])))
			known = types[i];
	bool pdf = known != NULL && strcmp(known, "application/pdf") == 0;
	/* A copy: the desk's answer ends before ours is sent. */
	struct bytes body = pdf ? decoded_document(exchange, document) : arena_bytes(exchange->arena, bytes_of(document));
	if (known == NULL || body.length == 0) {
		exchange_trouble(exchange, 502, "The desk gave a document that cannot be sent on", NULL);
		return;
	}
	exchange->answer->status = 200;
	exchange->answer->body = body;
	answer_set(exchange->answer, "Content-Type", strncmp(known, "text/", 5) == 0 ? arena_printf(exchange->arena, "%s; charset=utf-8", known) : known);
	answer_set(exchange->answer, "Content-Disposition",
		   arena_printf(exchange->arena, "attachment; filename=\"%s\"", file_name(exchange->arena, answer_string(answer, "name"))));
}

static void style_answer(struct exchange *exchange)
{
	if (!bytes_equal(exchange->path, bytes_of(exchange->console->style))) {
		exchange_trouble(exchange, 404, "There is no such page", NULL);
		return;
	}
	exchange->answer->body = style_sheet(exchange->arena);
	answer_set(exchange->answer, "Content-Type", "text/css; charset=utf-8");
	answer_set(exchange->answer, "Cache-Control", "public, max-age=31536000, immutable");
}

static void icon_answer(struct exchange *exchange)
{
	exchange->answer->body = BYTES("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><rect width=\"16\" height=\"16\" rx=\"3\" fill=\"#1d4f5f\"/>"
				       "<path d=\"M3 5h10v6H3zM3 5l5 4 5-4\" fill=\"none\" stroke=\"#fff\" stroke-width=\"1.2\"/></svg>\n");
	answer_set(exchange->answer, "Content-Type", "image/svg+xml");
	answer_set(exchange->answer, "Cache-Control", "public, max-age=86400");
}

static void robots_answer(struct exchange *exchange)
{
	exchange->answer->body = BYTES("User-agent: *\nDisallow: /\n");
	answer_set(exchange->answer, "Content-Type", "text/plain; charset=utf-8");
}

static void get_answer(struct exchange *exchange)
{
	static void (*const answers[])(struct exchange *) = {
		[ROUTE_PAGE] = page_answer, [ROUTE_DEED] = deed_answer, [ROUTE_DOCUMENT] = document_answer, [ROUTE_LOGIN] = login_answer,
		[ROUTE_LOGOUT] = logout_answer, [ROUTE_HOME] = home_answer, [ROUTE_LINK] = link_answer, [ROUTE_STYLE] = style_answer,
		[ROUTE_ICON] = icon_answer, [ROUTE_ROBOTS] = robots_answer,
	};
	answers[exchange->route->kind](exchange);
}

/* The authority of our address: what a browser that was sent to us puts into Host. */
static struct bytes own_host(const struct console *console)
{
	struct bytes address = bytes_of(console->address);
	size_t slashes = bytes_find(address, BYTES("://"), 0);
	return slashes == (size_t)-1 ? address : bytes_slice(address, slashes + 3, address.length);
}

/* A request that no browser sends, or that was meant for somebody else: a name that leads here by another's doing (DNS rebinding). */
static bool is_whole(struct exchange *exchange)
{
	const struct request *request = exchange->request;
	const char *host = request_header(request, "Host");
	if (request_is_swollen(request)) {
		exchange_trouble(exchange, 431, "Your browser sent more than we take", "Remove this site's cookies and try again.");
	} else if (strlen(request->target) > TARGET_LONGEST) {
		exchange_trouble(exchange, 414, "This address is too long", NULL);
	} else if (!request_target(request, &exchange->path, &exchange->query)) {
		exchange_trouble(exchange, 400, "This is not an address of ours", NULL);
	} else if (host == NULL) {
		exchange_trouble(exchange, 400, "Your browser did not say whom it asked", NULL);
	} else if (!bytes_equal_nocase(bytes_of(host), own_host(exchange->console))) {
		exchange_trouble(exchange, 421, "This address is not the one this console is set up for",
				 arena_printf(exchange->arena, "Please use %s/", exchange->console->address));
	} else {
		return true;
	}
	return false;
}

/* Whether the browser itself says that another site had it send this. Old browsers say nothing; the token decides then. "null" is
 * what a browser says of our own forms, because our pages ask for no referrer. */
static bool comes_from_us(const struct exchange *exchange)
{
	const struct request *request = exchange->request;
	const char *site = request_header(request, "Sec-Fetch-Site"), *origin = request_header(request, "Origin");
	if (request_header_count(request, "Sec-Fetch-Site") > 1 || request_header_count(request, "Origin") > 1)
		return false;
	if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	return origin == NULL || strcmp(origin, "null") == 0 ||
	       bytes_equal_nocase(bytes_of(origin), bytes_of(exchange->console->address));
}

/* A page of ours is looked at, not loaded into something of another site. */
static bool may_be_got(const struct exchange *exchange)
{
	const char *site = request_header(exchange->request, "Sec-Fetch-Site"), *mode = request_header(exchange->request, "Sec-Fetch-Mode");
	return site == NULL || mode == NULL || strcmp(site, "cross-site") != 0 || strcmp(mode, "navigate") == 0;
}

static bool is_form(const struct request *request)
{
	struct bytes type = bytes_of(request_header(request, "Content-Type"));
	struct bytes word = bytes_trim(bytes_slice(type, 0, bytes_find_char(type, ';', 0)));
	return bytes_equal_nocase(word, BYTES("application/x-www-form-urlencoded"));
}

/* Whether a post is one of our own forms, filled in by whoever we gave it to. */
static bool is_ours(struct exchange *exchange)
{
	struct error err = ERROR_INIT;
	const char *secret = exchange_secret(exchange);
	bool good = false;
	if (exchange->request->body_too_long) {
		exchange_trouble(exchange, 413, "This form is longer than we take", NULL);
	} else if (!comes_from_us(exchange)) {
		exchange_trouble(exchange, 403, "This was sent by another site, and nothing was done", NULL);
	} else if (!is_form(exchange->request)) {
		exchange_trouble(exchange, 415, "Only forms of this site can be sent here", NULL);
	} else if (!fields_read(exchange->arena, exchange->request->body, &exchange->posted, &err)) {
		exchange_trouble(exchange, 400, "The form cannot be read", error_text(&err));
	} else if (secret == NULL && !exchange->route->open) {
		log_in_again(exchange);
	} else if (!token_is_of_form(fields_only(&exchange->posted, "csrf"), secret)) {
		exchange_trouble(exchange, 403, "This form is no longer good, and nothing was done",
				 "Go back, load the page again and fill it in once more. Your browser must accept this site's cookies.");
	} else {
		good = exchange->ours = true;
	}
	error_release(&err);
	return good;
}

static enum method method_of(const char *method)
{
	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		return METHOD_GET;
	return strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_OTHER;
}

static void find_and_answer(struct exchange *exchange)
{
	struct error err = ERROR_INIT;
	const char *methods;
	enum method method = method_of(exchange->request->method);
	exchange->route = route_find(exchange->arena, method, exchange->path, &exchange->part, &methods);
	if (methods == NULL) {
		exchange_trouble(exchange, 404, "There is no such page", "The address may be mistyped, or from an older mail.");
	} else if (exchange->route == NULL) {
		answer_set(exchange->answer, "Allow", methods);
		exchange_trouble(exchange, 405, "This page cannot be asked for in that way", NULL);
	} else if (!fields_read(exchange->arena, exchange->query, &exchange->asked, &err)) {
		exchange_trouble(exchange, 400, "This address cannot be read", error_text(&err));
	} else if (method == METHOD_POST ? is_ours(exchange) : may_be_got(exchange)) {
		get_answer(exchange);
	} else if (method == METHOD_GET) {
		exchange_trouble(exchange, 403, "This page cannot be part of another site", NULL);
	}
	error_release(&err);
}

void console_answer(const struct console *console, const struct request *request, struct arena *arena, struct answer *answer)
{
	struct bytes cookies = bytes_of(request_header(request, "Cookie"));
	struct exchange exchange = {
		.console = console,
		.request = request,
		.arena = arena,
		.answer = answer,
		.session = cookie_find(arena, cookies, COOKIE_SESSION, console->https),
		.before = cookie_find(arena, cookies, COOKIE_BEFORE, console->https),
		.client = request_client(request, console->behind_proxy, arena),
		.now = console->now(),
		.shown = "/",
	};
	answer_begin(answer, arena, console->https);
	if (is_whole(&exchange)) {
		exchange.shown = strstr(request->target, "?said=") != NULL ? arena_string_of(arena, exchange.path) : request->target;
		find_and_answer(&exchange);
	}
	for (size_t i = 0; i < exchange.kept_count; i++)
		json_decref(exchange.kept[i]);
}
