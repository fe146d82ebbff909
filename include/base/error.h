/* error.h - what went wrong, and what we must tell the sender or administrator about it.
 *
 * A function that can fail returns bool and takes `struct error *err` last. On success err is untouched;
 * on failure it holds a kind and one complete sentence, fit to be logged as it is. Callers may add
 * context on the way up; only the faces (milter, cli, console) log or reply, so nothing is told twice. */
#ifndef COPYHOLD_BASE_ERROR_H
#define COPYHOLD_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

enum error_kind {
	ERROR_NONE,
	ERROR_RETRY,       /* passing trouble: SMTP 4xx, exit 75 */
	ERROR_REFUSED,     /* the answer is no, for good: SMTP 5xx, exit 1 */
	ERROR_SETTINGS,    /* configuration or directory: do not start, exit 78 */
	ERROR_INPUT,       /* what was given to us cannot be used, exit 65 */
	ERROR_USAGE,       /* the command line, exit 64 */
	ERROR_UNAVAILABLE, /* a service we need does not answer, exit 69 */
};

/* Whoever wants to hear of every mistake of a file, and not only of the first. */
struct error_gatherer {
	void (*take)(void *context, const char *text);
	void *context;
};

struct error {
	enum error_kind kind;
	char *text; /* owned; NULL when kind is ERROR_NONE */
	const struct error_gatherer *gatherer; /* NULL: the first mistake ends it */
};

#define ERROR_INIT ((struct error){ ERROR_NONE, NULL, NULL })

/* Sets or replaces. Always returns false, so that `return error_set(...)` reads well. err may be NULL. */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool error_vset(struct error *err, enum error_kind kind, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));
/* Puts "context: " before the text that is there; the kind stays. Returns false. */
bool error_context(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *error_text(const struct error *err); /* never NULL */
/* sysexits(3) code of a kind; 0 for ERROR_NONE. */
int error_exit_code(enum error_kind kind);
/* Frees the text; there is no error any more. */
void error_release(struct error *err);
/* Called where a reader could go on behind a mistake, and fail at the end. Hands the error to whoever gathers them, and it is none any
 * more: a failure with an empty error has been told. False when nobody gathers, and the mistake ends the reading. */
bool error_gathered(struct error *err);

#define MUST_CHECK __attribute__((warn_unused_result))

#endif
