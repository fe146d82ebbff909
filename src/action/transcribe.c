/* transcribe.c - see transcribe.h.
 *
 * Line ends are the landmarks: in every charset written here the byte LF is a line end and nothing else, so the line of a
 * place is found by counting, and only within that line are beginnings converted until one has the right length. In UTF-16,
 * where it is not, a place is a number of units.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/transcribe.h"

#include <string.h>

#include "base/text.h"
#include "message/decode.h"

/* The longest character or escape sequence of a charset in the table of charset.c. */
#define UNIT_LONGEST 4

static const struct {
	const char *charset; /* charset_canonical */
	enum repertoire repertoire;
} exceptions[] = {
	{ "US-ASCII", REPERTOIRE_ASCII },
	{ "ISO-2022-KR", REPERTOIRE_ASCII }, /* a second designator may not stand inside the text (RFC 1557) */
	{ "UTF-7", REPERTOIRE_ASCII },
	{ "UTF-16", REPERTOIRE_WIDE },
	{ "UTF-16LE", REPERTOIRE_WIDE },
	{ "UTF-16BE", REPERTOIRE_WIDE },
};

enum repertoire repertoire_of(const char *charset)
{
	const char *name = charset_canonical(charset == NULL ? "us-ascii" : charset);
	if (name == NULL)
		return REPERTOIRE_UNKNOWN;
	for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++)
		if (strcmp(exceptions[i].charset, name) == 0)
			return exceptions[i].repertoire;
	return REPERTOIRE_SOME;
}

/* UTF-16 by the order of its bytes, which a mark at the beginning tells where the name does not; NULL: neither does. */
static const char *order_of(const struct transcript *transcript)
{
	const char *name = charset_canonical(transcript->charset);
	if (strcmp(name, "UTF-16") != 0)
		return name;
	if (bytes_starts_with(transcript->bytes, BYTES("\xFF\xFE")))
		return "UTF-16LE";
	return bytes_starts_with(transcript->bytes, BYTES("\xFE\xFF")) ? "UTF-16BE" : NULL;
}

bool transcript_is_plain(const struct transcript *transcript)
{
	const char *name = transcript->charset == NULL ? NULL : charset_canonical(transcript->charset);
	if (repertoire_of(transcript->charset) == REPERTOIRE_WIDE)
		return order_of(transcript) != NULL;
	return name == NULL || strcmp(name, "UTF-7") != 0 || bytes_find_char(transcript->bytes, '+', 0) == (size_t)-1;
}

/* How many units of UTF-16 valid UTF-8 takes. */
static size_t count_units(struct bytes utf8)
{
	size_t count = 0;
	for (size_t i = 0; i < utf8.length; i++) {
		unsigned char c = (unsigned char)utf8.data[i];
		count += c < 0x80 || c >= 0xf0 ? 1 : 0;
		count += c >= 0xc0 ? 1 : 0;
	}
	return count;
}

static bool find_wide(const struct transcript *transcript, size_t at, size_t *out)
{
	/* The mark is no part of what is read, but where the name tells the order, it is. */
	size_t mark = strcmp(charset_canonical(transcript->charset), "UTF-16") == 0 ? 2 : 0;
	*out = mark + 2 * count_units(bytes_slice(transcript->text, 0, at));
	return *out <= transcript->bytes.length;
}

static size_t count_line_ends(struct bytes bytes)
{
	size_t count = 0;
	for (size_t i = 0; i < bytes.length; i++)
		count += bytes.data[i] == '\n';
	return count;
}

/* Past the line end of that number, counted from 1; false when there are fewer. */
static bool find_line(struct bytes bytes, size_t number, size_t *out)
{
	size_t at = 0;
	for (; number > 0; number--) {
		size_t end = bytes_find_char(bytes, '\n', at);
		if (end == (size_t)-1)
			return false;
		at = end + 1;
	}
	*out = at;
	return true;
}

/* The length of what line[0, end) reads as; false when it ends inside a character. */
static bool length_read(const char *charset, struct bytes line, size_t end, size_t *out)
{
	struct arena *arena = arena_new();
	bool clean;
	*out = charset_to_utf8(arena, bytes_slice(line, 0, end), charset, &clean).length;
	arena_free(&arena);
	return clean;
}

/* A place in one line by halving; between two characters it is the last one, behind a return to ASCII. */
static bool find_in_line(const char *charset, struct bytes line, size_t wanted, size_t *out)
{
	size_t low = 0, high = line.length, length;
	bool found = false;
	while (low <= high) {
		size_t middle = low + (high - low) / 2, end = middle;
		while (!length_read(charset, line, end, &length)) {
			if (end == 0 || middle - end == UNIT_LONGEST)
				return found;
			end--;
		}
		if (length > wanted) {
			if (end == 0)
				break;
			high = end - 1;
		} else {
			if (length == wanted) {
				*out = end;
				found = true;
			}
			low = middle + 1;
		}
	}
	return found;
}

bool transcribe_place(const struct transcript *transcript, size_t at, size_t *out)
{
	struct bytes bytes = transcript->bytes, text = transcript->text;
	if (at > text.length)
		return false;
	if (at == text.length || bytes_equal(bytes, text)) {
		*out = at == text.length ? bytes.length : at;
		return true;
	}
	if (repertoire_of(transcript->charset) == REPERTOIRE_WIDE)
		return find_wide(transcript, at, out);
	size_t text_line = at, line, end, in_line;
	while (text_line > 0 && text.data[text_line - 1] != '\n')
		text_line--;
	if (!find_line(bytes, count_line_ends(bytes_slice(text, 0, text_line)), &line))
		return false;
	end = bytes_find_char(bytes, '\n', line);
	struct bytes whole = bytes_slice(bytes, line, end == (size_t)-1 ? bytes.length : end);
	/* What nobody declared was guessed for the whole text: a beginning by itself may look otherwise. */
	const char *charset = repertoire_of(transcript->charset) == REPERTOIRE_ASCII ? "windows-1252" : transcript->charset;
	if (at == text_line)
		in_line = 0;
	else if (!find_in_line(charset, whole, at - text_line, &in_line))
		return false;
	*out = line + in_line;
	return true;
}

bool transcribe(struct arena *arena, const struct transcript *transcript, struct bytes utf8, struct bytes *out)
{
	const char *charset = transcript->charset;
	*out = utf8;
	switch (repertoire_of(charset)) {
	case REPERTOIRE_UNKNOWN:
		return false;
	case REPERTOIRE_WIDE:
		charset = order_of(transcript);
		return charset != NULL && charset_from_utf8(arena, utf8, charset, out);
	case REPERTOIRE_ASCII:
		return bytes_are_ascii(utf8);
	case REPERTOIRE_SOME:
		break;
	}
	return bytes_are_ascii(utf8) || charset_from_utf8(arena, utf8, charset, out);
}

bool transcribe_proves(const struct transcript *transcript, size_t place, struct bytes inserted, const char *charset, size_t at,
		       struct bytes utf8)
{
	struct bytes bytes = transcript->bytes, text = transcript->text;
	struct arena *arena = arena_new();
	struct text changed = TEXT_INIT;
	bool clean_before, clean_after;
	charset_to_utf8(arena, bytes, transcript->charset, &clean_before);
	text_add_bytes(&changed, bytes_slice(bytes, 0, place));
	text_add_bytes(&changed, inserted);
	text_add_bytes(&changed, bytes_slice(bytes, place, bytes.length));
	struct bytes again = charset_to_utf8(arena, text_bytes(&changed), charset, &clean_after);
	bool same = (clean_after || !clean_before) && again.length == text.length + utf8.length &&
		    bytes_equal(bytes_slice(again, 0, at), bytes_slice(text, 0, at)) &&
		    bytes_equal(bytes_slice(again, at, at + utf8.length), utf8) &&
		    bytes_equal(bytes_slice(again, at + utf8.length, again.length), bytes_slice(text, at, text.length));
	text_release(&changed);
	arena_free(&arena);
	return same;
}
