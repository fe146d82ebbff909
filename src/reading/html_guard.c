/* html_guard.c - see html_guard.h.
 *
 * A model of the parser's stack of open elements that is meant to err on the deep side. An end tag that matches the
 * innermost element closes it, and that is sure. One that reaches over others closes them here, but perhaps not there
 * (end tags do not reach out of a table; misnested formatting is opened again): each such element is counted as
 * doubtful for good, and doubtful and open elements together have a limit too.
 *
 * All of it rests on seeing the tags that the parser sees, so tags, comments and their kin end here exactly where HTML
 * says. Whether the text of <style> is markup, the parser alone knows once <svg>, <math>, <select> or <frameset> have
 * been there. From then on nothing is sure, and every "<" counts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/html_guard.h"

#include <stdbool.h>
#include <stdlib.h>

#define DOUBTFUL_MOST 2000
/* Each attribute of a tag is compared with those before it. */
#define COMPARISONS_MOST ((size_t)20 * 1000 * 1000)
#define UNSURE_TAG_MOST 4096

static const char *const never_open[] = { "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img",
					  "input", "link", "meta", "param", "source", "track", "wbr", "html", "head", "body",
					  /* closed by the next of their kind or by what contains them */
					  "p", "li", "td", "th", "tr", "dd", "dt", "option", "thead", "tbody", "tfoot",
					  "colgroup", NULL };
static const char *const raw_text[] = { "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", NULL };
static const char *const other_worlds[] = { "svg", "math", "select", "frameset", NULL };
static const char *const merged[] = { "html", "body", NULL };

struct guard {
	struct bytes html;
	struct bytes *open; /* names, innermost last */
	size_t count, most;
	size_t doubtful;
	size_t comparisons;
	size_t merged_attributes; /* repeated <html> and <body> give theirs to the first */
	bool other_world;
	bool unsure;
};

struct tag {
	struct bytes name;
	bool closing;
	size_t attributes;
	size_t end; /* behind its ">" */
};

static bool is_one_of(struct bytes name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (bytes_equal_nocase(name, bytes_of(*names)))
			return true;
	return false;
}

/* HTML's own: a vertical tab is none. */
static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static size_t skip_space(struct bytes html, size_t at)
{
	while (at < html.length && is_space(html.data[at]))
		at++;
	return at;
}

/* `at` is behind the "="; only what begins with a quote may hold a ">". */
static size_t skip_value(struct bytes html, size_t at)
{
	at = skip_space(html, at);
	if (at < html.length && (html.data[at] == '"' || html.data[at] == '\'')) {
		size_t end = bytes_find_char(html, html.data[at], at + 1);
		return end < html.length ? end + 1 : html.length;
	}
	while (at < html.length && !is_space(html.data[at]) && html.data[at] != '>')
		at++;
	return at;
}

/* A name may begin with "=". */
static size_t skip_attribute(struct bytes html, size_t at)
{
	do
		at++;
	while (at < html.length && !is_space(html.data[at]) && html.data[at] != '/' && html.data[at] != '>' && html.data[at] != '=');
	size_t equals = skip_space(html, at);
	return equals < html.length && html.data[equals] == '=' ? skip_value(html, equals + 1) : at;
}

/* False when no tag begins at `at`, which is '<'. */
static bool tag_at(struct bytes html, size_t at, struct tag *tag)
{
	*tag = (struct tag){ .closing = at + 1 < html.length && html.data[at + 1] == '/' };
	size_t start = at + 1 + tag->closing;
	if (start >= html.length || !ascii_is_alpha(html.data[start]))
		return false;
	at = start;
	while (at < html.length && !is_space(html.data[at]) && html.data[at] != '>' && html.data[at] != '/')
		at++;
	tag->name = bytes_slice(html, start, at);
	while (at < html.length && html.data[at] != '>') {
		if (is_space(html.data[at]) || html.data[at] == '/') {
			at++;
			continue;
		}
		at = skip_attribute(html, at);
		tag->attributes++;
	}
	tag->end = at < html.length ? at + 1 : at;
	return true;
}

/* Offset of the end tag, or of the end of all. */
static size_t raw_text_end(struct bytes html, struct bytes name, size_t at)
{
	for (;; at += 2) {
		at = bytes_find(html, BYTES("</"), at);
		if (at == (size_t)-1)
			return html.length;
		size_t behind = at + 2 + name.length;
		if (!bytes_starts_with_nocase(bytes_slice(html, at + 2, html.length), name) || behind >= html.length)
			continue;
		if (is_space(html.data[behind]) || html.data[behind] == '/' || html.data[behind] == '>')
			return at;
	}
}

/* A script in a comment in a script: its end tag ends the inner one only. */
static bool holds_a_script(struct bytes content)
{
	size_t comment = bytes_find(content, BYTES("<!--"), 0);
	return comment != (size_t)-1 && bytes_find_nocase(content, BYTES("<script"), comment) != (size_t)-1;
}

static size_t skip_raw_text(struct guard *guard, const struct tag *tag)
{
	size_t end = raw_text_end(guard->html, tag->name, tag->end);
	struct bytes content = bytes_slice(guard->html, tag->end, end);
	guard->unsure = (guard->other_world && bytes_find_char(content, '<', 0) < content.length) ||
			(bytes_equal_nocase(tag->name, BYTES("script")) && holds_a_script(content));
	return guard->unsure ? tag->end : end;
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

static void count_attributes(struct guard *guard, const struct tag *tag)
{
	size_t others = tag->attributes;
	if (is_one_of(tag->name, merged)) {
		guard->merged_attributes += tag->attributes;
		others += guard->merged_attributes;
	}
	guard->comparisons += tag->attributes * others / 2;
}

static size_t take_tag(struct guard *guard, const struct tag *tag)
{
	count_attributes(guard, tag);
	if (tag->closing) {
		close_element(guard, tag->name);
		return tag->end;
	}
	guard->other_world = guard->other_world || is_one_of(tag->name, other_worlds);
	if (is_one_of(tag->name, raw_text))
		return skip_raw_text(guard, tag);
	if (!is_one_of(tag->name, never_open) && guard->count < guard->most)
		guard->open[guard->count++] = tag->name;
	return tag->end;
}

/* "<!-->" is a comment, and so is "<!-- --!>". */
static size_t skip_comment(struct bytes html, size_t at)
{
	struct bytes rest = bytes_slice(html, at + 4, html.length);
	if (bytes_starts_with(rest, BYTES(">")) || bytes_starts_with(rest, BYTES("->")))
		return bytes_find_char(html, '>', at) + 1;
	for (at += 4; (at = bytes_find(html, BYTES("--"), at)) != (size_t)-1; at++) {
		rest = bytes_slice(html, at + 2, html.length);
		if (bytes_starts_with(rest, BYTES(">")) || bytes_starts_with(rest, BYTES("!>")))
			return bytes_find_char(html, '>', at) + 1;
	}
	return html.length;
}

/* What looks like nothing is text if no letter, "/", "!" or "?" follows, and else a comment up to the next ">". */
static size_t skip_other(struct guard *guard, size_t at)
{
	struct bytes html = guard->html, rest = bytes_slice(html, at, html.length);
	if (bytes_starts_with(rest, BYTES("<!--")))
		return skip_comment(html, at);
	if (guard->other_world && bytes_starts_with(rest, BYTES("<![CDATA[")))
		guard->unsure = true;
	if (rest.length < 2 || (rest.data[1] != '/' && rest.data[1] != '!' && rest.data[1] != '?'))
		return at + 1;
	size_t end = bytes_find_char(html, '>', at);
	return end < html.length ? end + 1 : html.length;
}

/* Every "<" may begin an element; the next one may lie inside this one. */
static size_t take_unsure(struct guard *guard, size_t at)
{
	struct tag tag;
	struct bytes near = bytes_slice(guard->html, 0, at + UNSURE_TAG_MOST);
	guard->doubtful++;
	if (!tag_at(near, at, &tag))
		return at + 1;
	count_attributes(guard, &tag);
	if (tag.end == near.length && near.length < guard->html.length)
		guard->doubtful = DOUBTFUL_MOST + 1;
	return at + 1;
}

/* Offset behind what begins at `at`, which is '<'. */
static size_t take(struct guard *guard, size_t at)
{
	struct tag tag;
	if (guard->unsure)
		return take_unsure(guard, at);
	return tag_at(guard->html, at, &tag) ? take_tag(guard, &tag) : skip_other(guard, at);
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
		at = take(&guard, at);
		if (guard.count > depth || guard.count + guard.doubtful > DOUBTFUL_MOST || guard.comparisons > COMPARISONS_MOST) {
			good = tag;
			break;
		}
		at = bytes_find_char(html, '<', at);
	}
	free(guard.open);
	return good;
}
