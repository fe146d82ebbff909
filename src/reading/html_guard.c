/* html_guard.c - see html_guard.h.
 *
 * A model of the parser's stack of open elements that is meant to err on the deep side. An end tag that matches the
 * innermost element closes it, and that is sure. One that reaches over others closes them here, but perhaps not there
 * (end tags do not reach out of a table; misnested formatting is opened again): each such element is counted as
 * doubtful for good, and doubtful and open elements together have a limit too.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/html_guard.h"

#include <stdbool.h>
#include <stdlib.h>

#define DOUBTFUL_MOST 2000

static const char *const never_open[] = { "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img",
					  "input", "link", "meta", "param", "source", "track", "wbr", "html", "head", "body",
					  /* closed by the next of their kind or by what contains them */
					  "p", "li", "td", "th", "tr", "dd", "dt", "option", "thead", "tbody", "tfoot",
					  "colgroup", NULL };
static const char *const raw_text[] = { "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", NULL };

struct guard {
	struct bytes html;
	struct bytes *open; /* names, innermost last */
	size_t count, most;
	size_t doubtful;
};

static bool is_one_of(struct bytes name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (bytes_equal_nocase(name, bytes_of(*names)))
			return true;
	return false;
}

static struct bytes tag_name(struct bytes html, size_t at)
{
	size_t end = at;
	while (end < html.length && !ascii_is_space(html.data[end]) && html.data[end] != '>' && html.data[end] != '/')
		end++;
	return bytes_slice(html, at, end);
}

/* The ">" that ends a tag; attribute values in quotes may hold others. */
static size_t tag_end(struct bytes html, size_t at)
{
	char quote = '\0';
	for (; at < html.length; at++) {
		char c = html.data[at];
		if (quote != '\0') {
			if (c == quote)
				quote = '\0';
		} else if ((c == '"' || c == '\'') && html.data[at - 1] == '=') {
			quote = c;
		} else if (c == '>') {
			return at + 1;
		}
	}
	return html.length;
}

static size_t skip_raw_text(struct bytes html, struct bytes name, size_t at)
{
	for (;;) {
		at = bytes_find(html, BYTES("</"), at);
		if (at == (size_t)-1)
			return html.length;
		at += 2;
		if (bytes_starts_with_nocase(bytes_slice(html, at, html.length), name))
			return at - 2;
	}
}

static void close_element(struct guard *guard, struct bytes name)
{
	for (size_t i = guard->count; i-- > 0;) {
		if (!bytes_equal_nocase(guard->open[i], name))
			continue;
		guard->doubtful += guard->count - 1 - i;
		guard->count = i;
		return;
	}
}

/* Offset behind the tag at `at`, which is '<'; names kept on the stack. */
static size_t take_tag(struct guard *guard, size_t at)
{
	struct bytes html = guard->html;
	bool closing = at + 1 < html.length && html.data[at + 1] == '/';
	size_t name_at = at + 1 + closing;
	if (name_at >= html.length || !ascii_is_alpha(html.data[name_at]))
		return at + 1;
	struct bytes name = tag_name(html, name_at);
	size_t end = tag_end(html, name_at);
	if (closing)
		close_element(guard, name);
	else if (is_one_of(name, raw_text))
		return skip_raw_text(html, name, end);
	else if (!is_one_of(name, never_open) && guard->count < guard->most)
		guard->open[guard->count++] = name;
	return end;
}

static size_t skip_comment(struct bytes html, size_t at)
{
	size_t end = bytes_find(html, BYTES("-->"), at + 2);
	return end == (size_t)-1 ? html.length : end + 3;
}

size_t html_guard_prefix(struct bytes html, size_t depth)
{
	struct guard guard = { .html = html, .most = depth + 1 };
	guard.open = calloc(guard.most, sizeof *guard.open);
	if (guard.open == NULL)
		abort();
	size_t good = html.length;
	for (size_t at = bytes_find_char(html, '<', 0); at < html.length;) {
		size_t tag = at;
		if (bytes_starts_with(bytes_slice(html, at, html.length), BYTES("<!--")))
			at = skip_comment(html, at);
		else
			at = take_tag(&guard, at);
		if (guard.count > depth || guard.count + guard.doubtful > DOUBTFUL_MOST) {
			good = tag;
			break;
		}
		at = bytes_find_char(html, '<', at);
	}
	free(guard.open);
	return good;
}
