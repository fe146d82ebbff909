/* html_style.c - see html_style.h. Style sheets are not read: what hides by class alone counts as shown, which is the
 * safe side for everything this program looks for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/html_style.h"

#include <stddef.h>

static bool next_declaration(struct bytes declarations, size_t *at, struct bytes *name_out, struct bytes *value_out)
{
	while (*at < declarations.length) {
		size_t end = bytes_find_char(declarations, ';', *at);
		if (end == (size_t)-1)
			end = declarations.length;
		struct bytes one = bytes_slice(declarations, *at, end);
		*at = end + 1;
		size_t colon = bytes_find_char(one, ':', 0);
		if (colon == (size_t)-1)
			continue;
		*name_out = bytes_trim(bytes_slice(one, 0, colon));
		*value_out = bytes_trim(bytes_slice(one, colon + 1, one.length));
		return true;
	}
	return false;
}

struct bytes html_property(struct bytes declarations, const char *name)
{
	struct bytes found = BYTES_EMPTY, key, value;
	for (size_t at = 0; next_declaration(declarations, &at, &key, &value);)
		if (bytes_equal_nocase(key, bytes_of(name)))
			found = value; /* the last one counts */
	return found;
}

static long hex_colour(struct bytes digits)
{
	long colour = 0;
	if (digits.length != 3 && digits.length != 6)
		return COLOUR_UNKNOWN;
	for (size_t i = 0; i < digits.length; i++) {
		int digit = ascii_hex_value(digits.data[i]);
		if (digit < 0)
			return COLOUR_UNKNOWN;
		colour = colour << 4 | digit;
		if (digits.length == 3)
			colour = colour << 4 | digit;
	}
	return colour;
}

static long rgb_colour(struct bytes value)
{
	long colour = 0;
	int parts = 0;
	for (size_t i = 0; i < value.length && parts < 3;) {
		if (!ascii_is_digit(value.data[i])) {
			i++;
			continue;
		}
		long part = 0;
		for (; i < value.length && ascii_is_digit(value.data[i]); i++)
			part = part > 255 ? part : part * 10 + (value.data[i] - '0');
		colour = colour << 8 | (part > 255 ? 255 : part);
		parts++;
	}
	return parts == 3 ? colour : COLOUR_UNKNOWN;
}

long html_colour(struct bytes value)
{
	static const struct {
		const char *name;
		long colour;
	} names[] = { { "white", 0xffffff }, { "black", 0x000000 }, { "red", 0xff0000 }, { "yellow", 0xffff00 },
		      { "blue", 0x0000ff },  { "green", 0x008000 }, { "gray", 0x808080 }, { "grey", 0x808080 } };
	value = bytes_trim(value);
	if (bytes_starts_with(value, BYTES("#")))
		return hex_colour(bytes_slice(value, 1, value.length));
	if (bytes_starts_with_nocase(value, BYTES("rgb")))
		return rgb_colour(value);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (bytes_starts_with_nocase(value, bytes_of(names[i].name)))
			return names[i].colour;
	return COLOUR_UNKNOWN;
}

/* "0", "0px", "0.0em": a length of nothing. */
static bool is_zero(struct bytes value)
{
	if (value.length == 0 || (value.data[0] != '0' && value.data[0] != '.'))
		return false;
	for (size_t i = 0; i < value.length; i++) {
		if (value.data[i] >= '1' && value.data[i] <= '9')
			return false;
		if (value.data[i] != '0' && value.data[i] != '.')
			break;
	}
	return true;
}

static bool value_begins(struct bytes declarations, const char *name, struct bytes with)
{
	return bytes_starts_with_nocase(html_property(declarations, name), with);
}

void html_style_apply(struct html_style *style, struct bytes declarations)
{
	bool clipped = value_begins(declarations, "overflow", BYTES("hidden")) &&
		       (is_zero(html_property(declarations, "max-height")) || is_zero(html_property(declarations, "height")) ||
			is_zero(html_property(declarations, "max-width")) || is_zero(html_property(declarations, "width")));
	if (clipped || value_begins(declarations, "display", BYTES("none")) ||
	    value_begins(declarations, "visibility", BYTES("hidden")) || is_zero(html_property(declarations, "opacity")))
		style->hidden = true;
	struct bytes size = html_property(declarations, "font-size");
	if (size.length > 0)
		style->size_zero = is_zero(size);
	if (value_begins(declarations, "white-space", BYTES("pre")))
		style->preformatted = true;
	long colour = html_colour(html_property(declarations, "color"));
	if (colour != COLOUR_UNKNOWN)
		style->colour = colour;
	long ground = html_colour(html_property(declarations, "background-color"));
	if (ground == COLOUR_UNKNOWN)
		ground = html_colour(html_property(declarations, "background"));
	if (ground != COLOUR_UNKNOWN)
		style->ground = ground;
}

bool html_style_hides(const struct html_style *style)
{
	return style->hidden || style->size_zero || (style->colour != COLOUR_UNKNOWN && style->colour == style->ground);
}
