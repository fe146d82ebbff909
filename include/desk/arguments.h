/* arguments.h - what a call may be given: one row for each argument, checked before any call sees it.
 *
 * A request comes from a program that may have been taken over: it is parsed by jansson, must be one object without duplicate keys, and
 * have for its call no other keys than the rows name, each of its type and within its bounds. Pure. */
#ifndef COPYHOLD_DESK_ARGUMENTS_H
#define COPYHOLD_DESK_ARGUMENTS_H

#include <jansson.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

enum argument_type {
	ARGUMENT_LINE,    /* text without control characters, of least..most octets */
	ARGUMENT_WORDS,   /* text that may have line ends and tabs, too */
	ARGUMENT_INTEGER, /* least..most */
	ARGUMENT_FLAG,
	ARGUMENT_LINES,   /* a list of least..most texts as ARGUMENT_LINE, each of 1 to ARGUMENT_ITEM_MOST octets */
	ARGUMENT_WORD,    /* one of `words` */
};
#define ARGUMENT_ITEM_MOST 400

struct argument {
	const char *name;
	enum argument_type type;
	bool required;
	bool or_null;             /* null may be written; that counts as given */
	int64_t least, most;
	const char *const *words; /* NULL-terminated */
};

/* One JSON object, or ERROR_INPUT. The caller's, for json_decref. */
bool arguments_parse(struct bytes content, json_t **out, struct error *err) MUST_CHECK;
/* ERROR_INPUT names the key that is unknown, missing, of the wrong type or out of bounds, and never repeats its value. */
bool arguments_check(const json_t *request, const struct argument *rows, size_t count, struct error *err) MUST_CHECK;

/* Of a checked request. NULL, 0 or false when it is not given. */
const char *argument_text(const json_t *request, const char *name);
int64_t argument_integer(const json_t *request, const char *name, int64_t otherwise);
bool argument_flag(const json_t *request, const char *name);
const char *const *argument_lines(struct arena *arena, const json_t *request, const char *name, size_t *count_out);

#endif
