/* form.h - what a person filled in: the fields of a posted form or of the query of an address.
 *
 * application/x-www-form-urlencoded and nothing else. Values are UTF-8 without NUL, with LF line ends; what is not (or is too long,
 * or too many) is refused whole. A name may stand several times (ticked boxes): whoever reads a field that must stand once asks for it
 * by fields_only, so that two readers can never see two values of it. */
#ifndef COPYHOLD_CONSOLE_FORM_H
#define COPYHOLD_CONSOLE_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

#define FIELDS_MOST ((size_t)600)       /* of one form: a bulk decision ticks up to 500 */
#define FORM_LONGEST ((size_t)65536)    /* octets of one body */

struct field {
	const char *name, *value;
};
struct fields {
	const struct field *items;
	size_t count;
};

/* Takes an encoded form or query apart. ERROR_INPUT, with a sentence for the person, when it cannot be used:
 * then there are no fields. */
bool fields_read(struct arena *arena, struct bytes encoded, struct fields *out, struct error *err) MUST_CHECK;
/* The value of a field that stands once; NULL when it is not there, or there twice. */
const char *fields_only(const struct fields *fields, const char *name);
/* How often a name stands. */
size_t fields_count(const struct fields *fields, const char *name);
/* The next value of a name from *position on (start with 0), or NULL. */
const char *fields_next(const struct fields *fields, const char *name, size_t *position);
/* Whether a name stands with this very value: for boxes that were ticked. */
bool fields_has(const struct fields *fields, const char *name, const char *value);

/* Decodes %XX; with `plus`, '+' is a blank too. NULL when an escape is broken, or the result has a NUL or is no UTF-8. */
const char *percent_decode(struct arena *arena, struct bytes encoded, bool plus);

#endif
