/* settings_scan.c - see settings_scan.h. A lexer for libconfig's strings, comments and brackets, no more.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/settings_scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"

#define SCAN_MAX_NESTING 100
#define SCAN_MAX_NUMBER 2147483647 /* libconfig lets larger ones wrap around, unsaid */

struct opening {
	char bracket;
	int line;
};

struct scan {
	const char *name;
	struct bytes content;
	size_t at;
	int line;
	struct opening open[SCAN_MAX_NESTING];
	size_t depth;
};

static bool looking_at(const struct scan *scan, const char *wanted)
{
	return bytes_starts_with(bytes_slice(scan->content, scan->at, scan->content.length), bytes_of(wanted));
}

static void step(struct scan *scan, size_t count)
{
	for (; count > 0 && scan->at < scan->content.length; count--)
		if (scan->content.data[scan->at++] == '\n')
			scan->line++;
}

static bool skip_string(struct scan *scan, struct error *err)
{
	int opened = scan->line;
	step(scan, 1);
	while (scan->at < scan->content.length) {
		char c = scan->content.data[scan->at];
		if (c == '"') {
			step(scan, 1);
			return true;
		}
		step(scan, c == '\\' ? 2 : 1);
	}
	return error_set(err, ERROR_SETTINGS, "%s:%d: the quote opened on this line, or one before it, is not closed", scan->name,
			 opened);
}

static void skip_line(struct scan *scan)
{
	while (scan->at < scan->content.length && scan->content.data[scan->at] != '\n')
		step(scan, 1);
}

static bool skip_comment(struct scan *scan, struct error *err)
{
	int opened = scan->line;
	size_t end = bytes_find(scan->content, BYTES("*/"), scan->at + 2);
	if (end == (size_t)-1)
		return error_set(err, ERROR_SETTINGS, "%s:%d: the comment opened here with /* is not closed", scan->name, opened);
	step(scan, end + 2 - scan->at);
	return true;
}

static bool open_bracket(struct scan *scan, struct error *err)
{
	if (scan->depth == SCAN_MAX_NESTING)
		return error_set(err, ERROR_SETTINGS, "%s:%d: brackets are nested more than %d deep", scan->name, scan->line,
				 SCAN_MAX_NESTING);
	scan->open[scan->depth++] = (struct opening){ scan->content.data[scan->at], scan->line };
	step(scan, 1);
	return true;
}

static bool close_bracket(struct scan *scan, struct error *err)
{
	static const char pairs[] = "{}[]()";
	char c = scan->content.data[scan->at];
	if (scan->depth == 0)
		return error_set(err, ERROR_SETTINGS, "%s:%d: this '%c' closes nothing", scan->name, scan->line, c);
	struct opening last = scan->open[--scan->depth];
	if (strchr(pairs, last.bracket)[1] != c)
		return error_set(err, ERROR_SETTINGS, "%s:%d: '%c' does not close the '%c' of line %d", scan->name, scan->line, c,
				 last.bracket, last.line);
	step(scan, 1);
	return true;
}

static bool skip_number(struct scan *scan, struct error *err)
{
	char *end = NULL;
	errno = 0;
	unsigned long value = strtoul(scan->content.data + scan->at, &end, 0);
	if (errno != 0 || value > SCAN_MAX_NUMBER)
		return error_set(err, ERROR_SETTINGS, "%s:%d: this number is larger than %d", scan->name, scan->line, SCAN_MAX_NUMBER);
	step(scan, (size_t)(end - (scan->content.data + scan->at)));
	return true;
}

static bool is_word(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_' || c == '-' || c == '*';
}

static void skip_word(struct scan *scan)
{
	while (scan->at < scan->content.length && is_word(scan->content.data[scan->at]))
		step(scan, 1);
}

/* One token, or one byte of anything else. */
static bool scan_one(struct scan *scan, struct error *err)
{
	char c = scan->content.data[scan->at];
	if (c == '"')
		return skip_string(scan, err);
	if (looking_at(scan, "/*"))
		return skip_comment(scan, err);
	if (strchr("{[(", c) != NULL)
		return open_bracket(scan, err);
	if (strchr("}])", c) != NULL)
		return close_bracket(scan, err);
	if (ascii_is_digit(c))
		return skip_number(scan, err);
	if (looking_at(scan, "@include"))
		return error_set(err, ERROR_SETTINGS,
				 "%s:%d: @include is not used: name packs in \"packs\"; files are merged by rule id", scan->name,
				 scan->line);
	if (c == '#' || looking_at(scan, "//"))
		skip_line(scan);
	else if (is_word(c))
		skip_word(scan);
	else
		step(scan, 1);
	return true;
}

static bool check_bytes(const char *name, struct bytes content, struct error *err)
{
	struct bytes line;
	size_t offset = 0;
	for (int number = 1; bytes_next_line(content, &offset, &line); number++) {
		if (bytes_find_char(line, '\0', 0) != (size_t)-1)
			return error_set(err, ERROR_SETTINGS, "%s:%d: a NUL byte: not a text file, or saved as UTF-16", name, number);
		if (!unicode_is_utf8(line))
			return error_set(err, ERROR_SETTINGS, "%s:%d: not UTF-8: save the file as UTF-8", name, number);
	}
	return true;
}

bool settings_scan(const char *name, struct bytes content, struct error *err)
{
	if (!check_bytes(name, content, err))
		return false;
	struct scan scan = { .name = name, .content = content, .line = 1 };
	while (scan.at < content.length)
		if (!scan_one(&scan, err))
			return false;
	if (scan.depth > 0) {
		struct opening last = scan.open[scan.depth - 1];
		return error_set(err, ERROR_SETTINGS, "%s:%d: the '%c' opened on this line is not closed", name, last.line,
				 last.bracket);
	}
	return true;
}

/* The next word of the line that '=' or ':' follows, outside strings; empty at the end. */
static struct bytes next_key(struct bytes line, size_t *at)
{
	while (*at < line.length) {
		char c = line.data[*at];
		if (c == '"')
			for ((*at)++; *at < line.length && line.data[*at] != '"';)
				*at += line.data[*at] == '\\' ? 2 : 1;
		if (!is_word(c)) {
			(*at)++;
			continue;
		}
		size_t from = *at;
		while (*at < line.length && is_word(line.data[*at]))
			(*at)++;
		size_t to = *at;
		while (*at < line.length && ascii_is_space(line.data[*at]))
			(*at)++;
		if (*at < line.length && (line.data[*at] == '=' || line.data[*at] == ':'))
			return bytes_slice(line, from, to);
	}
	return BYTES_EMPTY;
}

static bool key_stands_before(struct bytes line, struct bytes key)
{
	size_t at = 0;
	for (struct bytes other; (other = next_key(line, &at)).length > 0 && other.data < key.data;)
		if (bytes_equal(other, key))
			return true;
	return false;
}

struct bytes settings_scan_repeated_key(struct bytes content, int wanted)
{
	struct bytes line = BYTES_EMPTY, only = BYTES_EMPTY, key;
	size_t offset = 0, at = 0, keys = 0;
	for (int number = 0; number < wanted; number++)
		if (!bytes_next_line(content, &offset, &line))
			return BYTES_EMPTY;
	for (; (key = next_key(line, &at)).length > 0; keys++) {
		if (key_stands_before(line, key))
			return key;
		only = key;
	}
	return keys == 1 ? only : BYTES_EMPTY;
}
