/* foot_style.c - see foot_style.h. White paragraphs on the dark cells of a newsletter are white below its table too.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/foot_style.h"

#define NOWHERE ((size_t)-1)

static bool is_name(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '_';
}

/* The selector's last step names the paragraph or the page by its tag alone; ":first-child" and the like may follow. */
static bool meets_paragraphs(struct bytes selector)
{
	static const char *const tags[] = { "p", "body", "html", "*" };
	selector = bytes_trim(selector);
	size_t start = selector.length;
	while (start > 0 && !ascii_is_space(selector.data[start - 1]) && selector.data[start - 1] != '>' && selector.data[start - 1] != '+' &&
	       selector.data[start - 1] != '~')
		start--;
	struct bytes step = bytes_slice(selector, start, selector.length);
	size_t colon = bytes_find_char(step, ':', 0);
	step = bytes_slice(step, 0, colon);
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (bytes_equal_nocase(step, bytes_of(tags[i])))
			return true;
	return false;
}

static bool any_meets_paragraphs(struct bytes selectors)
{
	for (size_t at = 0; at < selectors.length;) {
		size_t comma = bytes_find_char(selectors, ',', at);
		if (meets_paragraphs(bytes_slice(selectors, at, comma)))
			return true;
		at = comma == NOWHERE ? selectors.length : comma + 1;
	}
	return false;
}

/* The name in front of a colon, wherever it stands. */
static bool decides_sight(struct bytes declarations)
{
	static const char *const properties[] = { "color", "background", "background-color", "display", "visibility", "opacity", "font",
						  "font-size", "position", "height", "max-height", "line-height", "text-indent" };
	for (size_t colon = bytes_find_char(declarations, ':', 0); colon != NOWHERE; colon = bytes_find_char(declarations, ':', colon + 1)) {
		size_t end = colon;
		while (end > 0 && ascii_is_space(declarations.data[end - 1]))
			end--;
		size_t start = end;
		while (start > 0 && is_name(declarations.data[start - 1]))
			start--;
		struct bytes name = bytes_slice(declarations, start, end);
		for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++)
			if (bytes_equal_nocase(name, bytes_of(properties[i])))
				return true;
	}
	return false;
}

/* The offset behind blanks, comments and the marks that hide a sheet from old browsers. */
static size_t skip_to_rule(struct bytes sheet, size_t at)
{
	for (;;) {
		struct bytes rest = bytes_slice(sheet, at, sheet.length);
		if (rest.length > 0 && (ascii_is_space(rest.data[0]) || rest.data[0] == '}' || rest.data[0] == ';'))
			at++;
		else if (bytes_starts_with(rest, BYTES("<!--")))
			at += 4;
		else if (bytes_starts_with(rest, BYTES("-->")))
			at += 3;
		else if (bytes_starts_with(rest, BYTES("/*")))
			at = bytes_find(sheet, BYTES("*/"), at + 2) == NOWHERE ? sheet.length : bytes_find(sheet, BYTES("*/"), at + 2) + 2;
		else
			return at;
	}
}

/* What stands in front of a rule's brace, behind statements such as @import that end before it. */
static struct bytes prelude_of(struct bytes front)
{
	size_t start = front.length;
	while (start > 0 && front.data[start - 1] != ';')
		start--;
	return bytes_trim(bytes_slice(front, start, front.length));
}

static bool is_group(struct bytes prelude)
{
	static const char *const groups[] = { "@media", "@supports", "@layer", "@container" };
	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
		if (bytes_starts_with_nocase(prelude, bytes_of(groups[i])))
			return true;
	return false;
}

/* Rules within @media and the like count as if that always held. */
static bool sheet_sets(struct bytes sheet)
{
	for (size_t at = skip_to_rule(sheet, 0); at < sheet.length; at = skip_to_rule(sheet, at)) {
		size_t open = bytes_find_char(sheet, '{', at);
		if (open == NOWHERE)
			return false;
		struct bytes prelude = prelude_of(bytes_slice(sheet, at, open));
		at = open + 1;
		if (is_group(prelude))
			continue;
		size_t close = bytes_find_char(sheet, '}', at);
		if (any_meets_paragraphs(prelude) && decides_sight(bytes_slice(sheet, at, close)))
			return true;
		at = close == NOWHERE ? sheet.length : close + 1;
	}
	return false;
}

bool foot_style_is_set(struct bytes html)
{
	for (size_t at = bytes_find_nocase(html, BYTES("<style"), 0); at != NOWHERE;) {
		size_t start = bytes_find_char(html, '>', at), end;
		if (start == NOWHERE)
			return false;
		end = bytes_find_nocase(html, BYTES("</style"), start);
		if (sheet_sets(bytes_slice(html, start + 1, end)))
			return true;
		at = end == NOWHERE ? NOWHERE : bytes_find_nocase(html, BYTES("<style"), end);
	}
	return false;
}
