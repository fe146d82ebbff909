/* text_guess.c - bytes of unknown kind as the texts a mail client could show of them.
 *
 * Only charsets in which ASCII letters are written otherwise matter for finding words in Latin letters: UTF-16 and UTF-32 show in
 * their NULs, UTF-7 must be named somewhere, ISO 2022 shows in its escapes, overlong UTF-8 in its lead bytes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "others.h"

/* Characters of text between bytes that are none: a word of ASCII, or more with others among it. */
#define STRETCH_ASCII 6
#define STRETCH_LEAST 12
#define STRETCH_HIGH 4 /* bytes beyond ASCII in a row */
#define HTML_PROBE 4096

static bool is_control(char c)
{
	return ((unsigned char)c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 0x7f;
}

/* Few control characters, and mostly letters, digits and blanks: tells text from decoded noise. */
bool looks_like_text(struct bytes bytes)
{
	size_t control = 0, letters = 0;
	for (size_t i = 0; i < bytes.length; i++) {
		char c = bytes.data[i];
		control += is_control(c);
		letters += ascii_is_alpha(c) || ascii_is_digit(c) || ascii_is_space(c) || (unsigned char)c >= 0x80;
	}
	return bytes.length > 0 && control <= bytes.length / 20 && letters >= bytes.length / 2;
}

static bool looks_like_html(struct bytes bytes)
{
	static const char *const tags[] = { "<!doctype html", "<html", "<body", "<div", "<p>", "<p ", "<br", "<span", "<font", "<b>", "<i>",
					    "<table", "<bold>", "</" };
	struct bytes probe = bytes_slice(bytes, 0, HTML_PROBE);
	if (bytes_find_char(probe, '<', 0) == NOT_FOUND)
		return false;
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (bytes_find_nocase(probe, bytes_of(tags[i]), 0) != NOT_FOUND)
			return true;
	return false;
}

bool looks_like_document(struct bytes bytes)
{
	static const struct bytes beginnings[] = {
		{ "PK\3\4", 4 },       { "%PDF-", 5 },      { "\xD0\xCF\x11\xE0", 4 }, { "{\\rtf", 5 },
		{ "7z\xBC\xAF", 4 },   { "\x1F\x8B", 2 },   { "\x78\x9F\x3E\x22", 4 }, { "BEGIN:VCALENDAR", 15 },
		{ "BEGIN:VCARD", 11 },
	};
	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
		if (bytes_starts_with(bytes, beginnings[i]))
			return true;
	return false;
}

/* The length of the escape sequence at `at` that chooses another set of characters; 0 when there is none. */
static size_t iso2022_escape(struct bytes bytes, size_t at)
{
	if (bytes.data[at] == '\x0E' || bytes.data[at] == '\x0F')
		return 1;
	size_t end = at + 1;
	if (bytes.data[at] != '\x1B')
		return 0;
	while (end < bytes.length && end < at + 4 && bytes.data[end] >= ' ' && bytes.data[end] <= '/')
		end++;
	return end > at + 1 && end < bytes.length && bytes.data[end] >= '0' && bytes.data[end] <= '~' ? end + 1 - at : 0;
}

bool has_iso2022_escape(struct bytes bytes)
{
	for (size_t at = bytes_find_char(bytes, '\x1B', 0); at != NOT_FOUND; at = bytes_find_char(bytes, '\x1B', at + 1))
		if (iso2022_escape(bytes, at) > 0)
			return true;
	return false;
}

/* The length of an ASCII character at `at` in more bytes than it needs; 0 when there is none. */
static size_t overlong(struct bytes bytes, size_t at, char *character)
{
	const unsigned char *data = (const unsigned char *)bytes.data + at;
	size_t left = bytes.length - at;
	size_t length = (data[0] == 0xC0 || data[0] == 0xC1) ? 2 : data[0] == 0xE0 ? 3 : data[0] == 0xF0 ? 4 : 0;
	if (length == 0 || left < length || (length == 2 && (data[1] & 0xC0) != 0x80))
		return 0;
	for (size_t i = 1; length > 2 && i + 2 < length; i++)
		if (data[i] != 0x80)
			return 0;
	if (length > 2 && ((data[length - 2] & 0xFE) != 0x80 || (data[length - 1] & 0xC0) != 0x80))
		return 0;
	unsigned high = length == 2 ? data[0] & 1u : data[length - 2] & 1u;
	*character = (char)(high << 6 | (data[length - 1] & 0x3Fu));
	return length;
}

bool has_overlong(struct bytes bytes)
{
	char character;
	for (size_t i = 0; i < bytes.length; i++)
		if ((unsigned char)bytes.data[i] >= 0xC0 && overlong(bytes, i, &character) > 0)
			return true;
	return false;
}

bool charset_is_shifty(const char *charset)
{
	struct bytes name = bytes_of(charset_canonical(charset));
	return bytes_starts_with(name, BYTES("UTF-7")) || bytes_starts_with(name, BYTES("UTF-16")) || bytes_starts_with(name, BYTES("ISO-2022"));
}

const char *charset_named(struct arena *arena, struct bytes where, size_t *at)
{
	size_t start = bytes_find_nocase(where, BYTES("charset"), *at);
	if (start == NOT_FOUND)
		return NULL;
	start += 7;
	size_t most = start + 20;
	while (start < where.length && start < most && where.data[start] != '=')
		start++;
	while (start < where.length && (ascii_is_space(where.data[start]) || strchr("=\"'", where.data[start]) != NULL))
		start++;
	struct cursor cursor = { .text = bytes_slice(where, start, start + 40) };
	*at = start;
	return arena_string_of(arena, cursor_token(&cursor));
}

static void push(struct collector *collector, const struct part *part, const char *how, struct bytes utf8)
{
	struct other_text *item = ARENA_PUSH(collector->arena, collector->out->texts, collector->out->text_count);
	item->part = others_number(collector, part);
	item->how = how;
	item->utf8 = utf8;
	item->html = looks_like_html(utf8);
}

void text_in_charset(struct collector *collector, const struct part *part, const char *how, struct bytes bytes, const char *charset)
{
	bool clean;
	if (bytes_trim(bytes).length > 0 && others_spend(collector, bytes.length))
		push(collector, part, how, charset_to_utf8(collector->arena, bytes, charset, &clean));
}

/* Without escapes, and with overlong characters made what they stand for. */
static struct bytes plainly_written(struct arena *arena, struct bytes bytes)
{
	char *data = arena_alloc(arena, bytes.length + 1);
	size_t length = 0, step;
	for (size_t i = 0; i < bytes.length; i += step) {
		char character = bytes.data[i];
		step = (unsigned char)character >= 0xC0 ? overlong(bytes, i, &character) : 0;
		if (step == 0 && (step = iso2022_escape(bytes, i)) > 0)
			continue;
		if (step == 0)
			step = 1;
		data[length++] = character;
	}
	return (struct bytes){ data, length };
}

static struct bytes without_nul(struct arena *arena, struct bytes bytes)
{
	if (bytes_find_char(bytes, '\0', 0) == NOT_FOUND)
		return bytes;
	if (bytes_starts_with(bytes, BYTES("\xFF\xFE")) || bytes_starts_with(bytes, BYTES("\xFE\xFF")))
		bytes = bytes_slice(bytes, 2, bytes.length);
	return arena_without_nul(arena, bytes);
}

static struct bytes without_lone_cr(struct arena *arena, struct bytes bytes)
{
	size_t length = 0, lone = 0;
	for (size_t i = 0; i < bytes.length; i++)
		lone += bytes.data[i] == '\r' && (i + 1 == bytes.length || bytes.data[i + 1] != '\n');
	if (lone == 0)
		return bytes;
	char *data = arena_alloc(arena, bytes.length + 1);
	for (size_t i = 0; i < bytes.length; i++)
		if (bytes.data[i] != '\r' || (i + 1 < bytes.length && bytes.data[i + 1] == '\n'))
			data[length++] = bytes.data[i];
	return (struct bytes){ data, length };
}

static bool is_stretch(struct bytes bytes, size_t high)
{
	return bytes.length >= (high == 0 ? STRETCH_ASCII : STRETCH_LEAST) && high <= bytes.length / 4 && looks_like_text(bytes);
}

/* What stands as text between bytes that are none, one stretch a line; a long run of dashes must not hide the lines around. */
static struct bytes stretches_of(struct arena *arena, struct bytes bytes)
{
	struct text kept = TEXT_INIT;
	size_t start = 0, high = 0, in_row = 0;
	for (size_t i = 0; i <= bytes.length; i++) {
		bool ends = i == bytes.length || is_control(bytes.data[i]) || bytes.data[i] == '\n';
		bool beyond = !ends && (unsigned char)bytes.data[i] >= 0x80;
		in_row = beyond ? in_row + 1 : 0;
		high += beyond;
		if (!ends && in_row <= STRETCH_HIGH)
			continue;
		struct bytes stretch = bytes_slice(bytes, start, i);
		if (is_stretch(stretch, high)) {
			text_add_bytes(&kept, stretch);
			text_add_char(&kept, '\n');
		}
		start = i + 1;
		high = in_row = 0;
	}
	return text_to_arena(&kept, arena);
}

void text_guess(struct collector *collector, const struct part *part, const char *how, struct bytes bytes)
{
	struct arena *arena = collector->arena;
	if (bytes.length == 0 || !others_spend(collector, bytes.length))
		return;
	struct bytes text = without_nul(arena, bytes);
	if (has_iso2022_escape(text) || has_overlong(text))
		text = plainly_written(arena, text);
	struct bytes joined = without_lone_cr(arena, text);
	if (!looks_like_text(text))
		text = stretches_of(arena, text);
	text_in_charset(collector, part, how, text, NULL);
	if (joined.length < text.length && looks_like_text(joined))
		text_in_charset(collector, part, how, joined, NULL);
	if (collector->utf7 && bytes_find_char(text, '+', 0) != NOT_FOUND)
		text_in_charset(collector, part, arena_printf(arena, "%s and utf-7", how), text, "utf-7");
}
