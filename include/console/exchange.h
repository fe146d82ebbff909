/* exchange.h - one request being answered: what is known of it so far, and the ways it can end. Inside the console only. */
#ifndef COPYHOLD_CONSOLE_EXCHANGE_H
#define COPYHOLD_CONSOLE_EXCHANGE_H

#include "console/console.h"
#include "console/cookie.h"
#include "console/route.h"

#define ANSWERS_MOST 6 /* questions one request may put to the desk */

struct exchange {
	const struct console *console;
	const struct request *request;
	struct arena *arena;
	struct answer *answer;
	const struct route *route;
	const char *part;               /* what stood for the {part} of the path, or NULL */
	struct bytes path, query;
	struct fields asked;            /* the query's fields */
	struct fields posted;           /* the form's; empty for a GET */
	bool ours;                      /* it is a form of our own: what stands in it was typed by whoever looks at the answer */
	const char *session, *before;   /* tokens in the cookies, or NULL */
	const char *client;
	int64_t now;
	const json_t *me;
	const char *shown;              /* the address of the page that is shown, for the page itself */
	const char *problem;            /* for the page, or NULL */
	int problem_status;
	json_t *kept[ANSWERS_MOST];     /* answers of the desk, freed at the end */
	size_t kept_count;
};

/* What became of a question to the desk. */
enum reply { REPLY_GOOD, REPLY_NO, REPLY_AWAY };

/* Asks the desk; `arguments` is an object that is used up, or NULL; `session` NULL: asks as nobody. *answer_out is the whole answer,
 * good or not, and lasts as long as the exchange; NULL when the desk is away. */
enum reply exchange_ask(struct exchange *exchange, const char *call, const char *session, json_t *arguments, const json_t **answer_out);
/* What a refusal is of: "login", "conflict" ...; "" when the desk does not say. */
const char *reply_kind(const json_t *answer);
/* Its sentence, with who was first where it does not say so itself. */
const char *reply_sentence(struct exchange *exchange, const json_t *answer);

/* The arguments of the route's call, from path, query and form; NULL, with a sentence, when one is none (no date, no number). */
json_t *exchange_arguments(struct exchange *exchange, const char **wrong_out);

/* Ends with a page of that function. */
void exchange_show(struct exchange *exchange, int status, void (*show)(struct page *, const json_t *), const json_t *answer);
/* Ends with a page that says what is wrong and what to do; `detail` may be NULL. */
void exchange_trouble(struct exchange *exchange, int status, const char *title, const char *detail);
/* The status that says a refusal of the desk; 502 for one it should not give. */
int reply_status(const json_t *answer);
/* Says when to come back, after a refusal that passes. */
void exchange_retry(struct exchange *exchange, const json_t *answer);
/* Ends with the page for a refusal of the desk, or for its being away (`answer` NULL). */
void exchange_refusal(struct exchange *exchange, const json_t *answer);
/* Ends with 303 to a path of ours. */
void exchange_go(struct exchange *exchange, const char *path);
/* Ends at the log-in, which leads back to `to`; `why` is a word of login.c, or NULL. */
void exchange_log_in(struct exchange *exchange, const char *to, const char *why);

/* The secret that this route's forms are keyed by: the session's token, or for an open route the cookie before the log-in. */
const char *exchange_secret(const struct exchange *exchange);
/* Gives the browser the cookie before the log-in, where it has none. */
void exchange_need_before(struct exchange *exchange);
/* A path pattern with its {parts} filled from this request's path, or else its form. */
const char *exchange_fill(struct exchange *exchange, const char *pattern);

/* console.c: whoever asks again to be known, so that the page can say who looks; false when the exchange has ended in saying why not. */
bool exchange_know(struct exchange *exchange) MUST_CHECK;

/* login.c */
void login_answer(struct exchange *exchange);
void logout_answer(struct exchange *exchange);
void home_answer(struct exchange *exchange);
/* Where a log-in may lead: a page of ours that can be got; else "/". */
const char *login_return(struct exchange *exchange, const char *to);

#endif
