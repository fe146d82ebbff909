/* route.h - the table of all that can be asked of the console: method, path, what is asked of the desk, and the page that shows it.
 *
 * GET shows and never acts. What acts is posted, with the token, and is answered by 303 to a page (`then`), so that "reload" repeats
 * nothing; only what no page may show later (the text of a message, a document, a bulk's results) is the answer itself. When the desk says no to a
 * post (input, conflict, retry, refused), the page at `back` is shown again with the problem on it and the form as it was filled in.
 *
 * In a path, {id} stands for one part: 1 to 600 octets of UTF-8 without '/', control or NUL, percent-decoded once. */
#ifndef COPYHOLD_CONSOLE_ROUTE_H
#define COPYHOLD_CONSOLE_ROUTE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "console/page.h"

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER }; /* HEAD is a GET whose body is not sent */

/* How a field of the path, query or form becomes an argument of the call. */
enum argument_kind {
	ARGUMENT_PATH,    /* the {part} of the path */
	ARGUMENT_TEXT,    /* a string; "" when absent, for the desk to complain of */
	ARGUMENT_MAYBE,   /* a string, or left out when absent or empty */
	ARGUMENT_NULL,    /* a string, or null when absent or empty */
	ARGUMENT_TEXTS,   /* all fields of that name, as an array */
	ARGUMENT_NUMBER,  /* a whole number; left out when absent */
	ARGUMENT_YES,     /* true when it stands with "yes" */
	ARGUMENT_FROM,    /* a date: the seconds at which it begins in London; left out when absent */
	ARGUMENT_TO,      /* a date: the seconds at which it ends */
	ARGUMENT_SINCE,   /* as FROM, twelve weeks ago when absent */
	ARGUMENT_UNTIL,   /* as TO; when absent the end of this second, so that what has just come in is in it */
};
struct argument {
	const char *name; /* of the field and of the argument; NULL ends the row */
	enum argument_kind kind;
};
#define ARGUMENTS_MOST 9

enum route_kind {
	ROUTE_PAGE,     /* ask, show */
	ROUTE_DEED,     /* ask, 303 to `then` */
	ROUTE_DOCUMENT, /* ask, send the answer's document to be saved */
	ROUTE_LOGIN,    /* the rest are the console's own */
	ROUTE_LOGOUT,
	ROUTE_HOME,
	ROUTE_LINK,
	ROUTE_STYLE,
	ROUTE_ICON,
	ROUTE_ROBOTS,
};

struct route {
	enum method method;
	const char *path;
	enum route_kind kind;
	const char *call;                      /* of the desk; NULL: none */
	struct argument arguments[ARGUMENTS_MOST];
	void (*show)(struct page *page, const json_t *answer);
	const char *then;                      /* where a deed leads: a path, {…} filled from the path or else from the form */
	const char *back;                      /* the page with the form, to show again with a problem */
	const char *said;                      /* the sentence shown there once */
	const char *leads;                     /* the call that the page's form leads to: no form is shown to whoever may not make it */
	bool open;                             /* needs no log-in */
	bool idle;                             /* without any field in the query the desk is asked nothing, and the page shown without an answer */
};

/* The route of a path; NULL when there is none. `*methods_out` says which methods the path has, as for Allow ("GET, HEAD, POST");
 * it is NULL for an unknown path. `*part_out` is what stood for the {part}, decoded, or NULL. */
const struct route *route_find(struct arena *arena, enum method method, struct bytes path, const char **part_out, const char **methods_out);
const struct route *route_at(size_t index); /* NULL past the end */

#endif
