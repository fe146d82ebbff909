/* uuencode.c - files written into a text: uuencode, the same with base64 (both POSIX), and yEnc.
 *
 * Outlook and others show them as attachments. A file ends with its end line, with the text, or with a line that cannot be
 * of it; a decoder that stops earlier sees less.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "others.h"

enum style { STYLE_NONE, STYLE_UU, STYLE_BASE64, STYLE_YENC };

static bool is_mode(struct bytes line, size_t at, size_t *name_out)
{
	size_t start = at;
	while (at < line.length && line.data[at] >= '0' && line.data[at] <= '7')
		at++;
	*name_out = at + 1;
	return (at - start == 3 || at - start == 4) && at + 1 < line.length && line.data[at] == ' ';
}

static enum style style_of(struct bytes line, struct bytes *name_out)
{
	size_t name = 0;
	if (line.length < 8 || (line.data[0] != 'b' && line.data[0] != '='))
		return STYLE_NONE;
	if (bytes_starts_with(line, BYTES("=ybegin "))) {
		name = bytes_find(line, BYTES("name="), 0);
		*name_out = name == NOT_FOUND ? BYTES_EMPTY : bytes_trim(bytes_slice(line, name + 5, line.length));
		return STYLE_YENC;
	}
	bool base64 = bytes_starts_with(line, BYTES("begin-base64 "));
	if (!base64 && !bytes_starts_with(line, BYTES("begin ")))
		return STYLE_NONE;
	if (!is_mode(line, base64 ? 13 : 6, &name))
		return STYLE_NONE;
	*name_out = bytes_trim(bytes_slice(line, name, line.length));
	return base64 ? STYLE_BASE64 : STYLE_UU;
}

bool uuencode_begins(struct bytes line)
{
	struct bytes name;
	return style_of(line, &name) != STYLE_NONE;
}

static unsigned uu_value(struct bytes line, size_t at)
{
	return at < line.length ? (unsigned)(line.data[at] - ' ') & 63u : 0; /* blanks at the end may be lost on the way */
}

/* False when the line is none of a uuencoded file. */
static bool add_uu_line(struct text *out, struct bytes line)
{
	size_t count = line.length == 0 ? 0 : uu_value(line, 0);
	if (line.length == 0 || line.data[0] < ' ' || line.data[0] > '`' || line.length > 2 + (count + 2) / 3 * 4 + 2)
		return false;
	for (size_t at = 1; count > 0; at += 4) {
		unsigned bits = uu_value(line, at) << 18 | uu_value(line, at + 1) << 12 | uu_value(line, at + 2) << 6 | uu_value(line, at + 3);
		for (int shift = 16; shift >= 0 && count > 0; shift -= 8, count--)
			text_add_char(out, (char)(bits >> shift));
	}
	return true;
}

static void add_yenc_line(struct text *out, struct bytes line)
{
	for (size_t i = 0; i < line.length; i++) {
		unsigned char c = (unsigned char)line.data[i];
		if (c == '=' && i + 1 < line.length)
			c = (unsigned char)((unsigned char)line.data[++i] - 64);
		text_add_char(out, (char)(c - 42));
	}
}

static bool ends_file(enum style style, struct bytes line)
{
	line = bytes_trim(line);
	switch (style) {
	case STYLE_YENC:
		return bytes_starts_with(line, BYTES("=yend"));
	case STYLE_BASE64:
		return bytes_starts_with(line, BYTES("===="));
	default:
		return bytes_equal(line, BYTES("end"));
	}
}

/* The file whose lines begin at `*at`; leaves `*at` behind it. */
static struct bytes decode_file(struct arena *arena, struct bytes text, size_t *at, enum style style)
{
	struct text out = TEXT_INIT;
	struct bytes line;
	size_t start = *at, end = start;
	bool clean;
	for (size_t next = start; bytes_next_line(text, &next, &line); *at = next) {
		if (ends_file(style, line)) {
			*at = next;
			break;
		}
		if (style == STYLE_YENC && !bytes_starts_with(line, BYTES("=ypart")))
			add_yenc_line(&out, line);
		else if (style == STYLE_UU && !add_uu_line(&out, line) && bytes_trim(line).length > 0)
			break;
		end = next;
	}
	if (style == STYLE_BASE64) {
		text_release(&out);
		return base64_to_bytes(arena, bytes_slice(text, start, end), &clean);
	}
	return text_to_arena(&out, arena);
}

static void take_file(struct collector *collector, const struct part *part, struct bytes name, struct bytes content)
{
	bool clean;
	const char *named = arena_string_of(collector->arena, charset_to_utf8(collector->arena, name, NULL, &clean));
	others_add_file(collector, part, "encoded in the text", named, content);
	if (collector->depth >= OTHERS_DEEP)
		return;
	collector->depth++;
	text_guess(collector, part, "decoded from the text", content);
	segments_take(collector, part, content);
	collector->depth--;
}

void uuencode_take(struct collector *collector, const struct part *part, struct bytes text, bool headless)
{
	struct bytes line, name = BYTES_EMPTY;
	for (size_t at = 0; !collector->spent && (headless || bytes_next_line(text, &at, &line));) {
		enum style style = headless ? STYLE_UU : style_of(line, &name);
		headless = false;
		if (style == STYLE_NONE)
			continue;
		size_t start = at;
		struct bytes content = decode_file(collector->arena, text, &at, style);
		if (content.length > 0 && others_spend(collector, at - start))
			take_file(collector, part, name, content);
	}
}
