/* guard.c - what libetpan must never be given.
 *
 * Measured on the packaged version: it crashes on a boundary that is one escaped quote, recurses once for each nested
 * comment and enclosed message, re-reads the whole content of each nested multipart, and cuts strings at NUL. Each row
 * below is counted over the raw bytes, wherever they stand, and is generous to real mail; what does not pass is only
 * denied the second opinion.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "internal.h"

#define MESSAGE_MOST ((size_t)64 << 20)
#define COMMENT_DEPTH_MOST 64
#define FIELD_MOST ((size_t)1 << 20)      /* one line with its continuation lines */
#define FIELDS_MOST ((size_t)200000)      /* lines that could be fields */
#define DELIMITERS_MOST ((size_t)10000)   /* lines that begin with "--" */
#define COMPOSITES_MOST ((size_t)100)     /* fields that could nest another part */
#define NESTED_WORK_MOST ((size_t)256 << 20) /* those fields times the bytes of the message */

struct tally {
	size_t fields, delimiters, composites;
	size_t field_length, comment_depth; /* of the line at hand and those it continues */
	bool content_type;                  /* that line is a Content-Type field */
	bool composite;                     /* and was counted */
	bool refused;
};

/* The deepest nesting any reader that starts anywhere in these lines could see. */
static void count_comments(struct tally *tally, struct bytes line)
{
	for (size_t i = 0; i < line.length; i++) {
		char c = line.data[i];
		if (c == '(' && ++tally->comment_depth > COMMENT_DEPTH_MOST)
			tally->refused = true;
		else if (c == ')' && tally->comment_depth > 0 && (i == 0 || line.data[i - 1] != '\\'))
			tally->comment_depth--;
	}
}

static void count_line(struct tally *tally, struct bytes line)
{
	bool folded = line.length > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
	if (!folded) {
		tally->field_length = tally->comment_depth = 0;
		tally->composite = false;
		tally->content_type = bytes_starts_with_nocase(line, BYTES("content-type"));
		tally->delimiters += bytes_starts_with(line, BYTES("--"));
		tally->fields += bytes_find_char(bytes_slice(line, 0, 80), ':', 0) != NOT_FOUND;
	}
	tally->field_length += line.length;
	count_comments(tally, line);
	if (tally->content_type && !tally->composite &&
	    (bytes_find_nocase(line, BYTES("multipart"), 0) != NOT_FOUND ||
	     bytes_find_nocase(line, BYTES("message"), 0) != NOT_FOUND)) {
		tally->composite = true;
		tally->composites++;
	}
}

static bool within_limits(const struct tally *tally, size_t length)
{
	return !tally->refused && tally->field_length <= FIELD_MOST && tally->fields <= FIELDS_MOST &&
	       tally->delimiters <= DELIMITERS_MOST && tally->composites <= COMPOSITES_MOST &&
	       tally->composites * length <= NESTED_WORK_MOST;
}

static bool has_poison(struct bytes bytes)
{
	return bytes_find_char(bytes, '\0', 0) != NOT_FOUND || bytes_find(bytes, BYTES("\"\\\"\""), 0) != NOT_FOUND;
}

bool guard_message(struct bytes raw)
{
	struct tally tally = { 0 };
	struct bytes line;
	if (raw.length > MESSAGE_MOST || has_poison(raw))
		return false;
	for (size_t at = 0; bytes_next_line(raw, &at, &line);) {
		count_line(&tally, line);
		if (!within_limits(&tally, raw.length))
			return false;
	}
	return true;
}

bool guard_field(struct bytes value)
{
	struct tally tally = { 0 };
	count_comments(&tally, value);
	return value.length <= FIELD_MOST && !tally.refused && !has_poison(value);
}
