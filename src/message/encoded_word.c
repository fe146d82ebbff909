/* encoded_word.c - RFC 2047 words in header text.
 *
 * Words that follow each other are joined before their charset is undone, because many writers split a character
 * between two words. Blanks inside a word are accepted (clients do) but count as damage.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "internal.h"
#include "message/decode.h"
#include "message/header.h"

#define CHARSET_MOST 40

struct word {
	const char *charset; /* NULL when it is not to be had */
	char encoding;       /* 'b' or 'q' */
	struct bytes text;
	size_t end;          /* one past the closing "?=" */
};

struct decoder {
	struct arena *arena;
	struct text out;     /* UTF-8 */
	struct text pending; /* bytes of words in `charset`, not yet converted */
	const char *charset;
	bool damaged;
};

/* Reads "=?charset*language?e?text?=" at `at`. False when this is no encoded word. */
static bool read_word(struct arena *arena, struct bytes value, size_t at, struct word *word)
{
	size_t charset_end = at + 2;
	while (charset_end < value.length && charset_end - at < CHARSET_MOST && value.data[charset_end] > ' ' &&
	       value.data[charset_end] != '?' && value.data[charset_end] != '=')
		charset_end++;
	struct bytes frame = bytes_slice(value, charset_end, charset_end + 3);
	if (charset_end == at + 2 || frame.length < 3 || frame.data[0] != '?' || frame.data[2] != '?')
		return false;
	size_t close = bytes_find(value, BYTES("?="), charset_end + 3);
	if (close == NOT_FOUND)
		return false;
	struct bytes charset = bytes_slice(value, at + 2, charset_end);
	charset = bytes_slice(charset, 0, bytes_find_char(charset, '*', 0));
	word->charset = arena_string_of(arena, charset);
	if (charset_canonical(word->charset) == NULL)
		word->charset = NULL;
	word->encoding = ascii_lower(frame.data[1]);
	word->text = bytes_slice(value, charset_end + 3, close);
	word->end = close + 2;
	return true;
}

static void add_visible(struct decoder *decoder, struct bytes utf8)
{
	for (size_t i = 0; i < utf8.length; i++) {
		char c = utf8.data[i];
		if (c == '\0')
			decoder->damaged = true; /* would cut the text short for whoever reads it as a string */
		else
			text_add_char(&decoder->out, c == '\r' || c == '\n' || c == '\t' ? ' ' : c);
	}
}

static void flush(struct decoder *decoder)
{
	if (decoder->pending.length > 0) {
		bool clean;
		struct bytes bytes = text_bytes(&decoder->pending);
		add_visible(decoder, charset_to_utf8(decoder->arena, bytes, decoder->charset, &clean));
		decoder->damaged |= !clean;
		text_truncate(&decoder->pending, 0);
	}
	decoder->charset = NULL;
}

static void add_plain(struct decoder *decoder, struct bytes raw)
{
	bool clean;
	flush(decoder);
	add_visible(decoder, charset_to_utf8(decoder->arena, raw, NULL, &clean));
}

static struct bytes decode_q(struct decoder *decoder, struct bytes text)
{
	struct text spaced = TEXT_INIT;
	for (size_t i = 0; i < text.length; i++)
		text_add_char(&spaced, text.data[i] == '_' ? ' ' : text.data[i]);
	text_add(&spaced, "=20"); /* a sentinel: quoted-printable would drop blanks at the end */
	bool clean;
	struct bytes decoded = quoted_printable_to_bytes(decoder->arena, text_bytes(&spaced), &clean);
	text_release(&spaced);
	decoder->damaged |= !clean;
	return bytes_slice(decoded, 0, decoded.length - 1);
}

static struct bytes decode_b(struct decoder *decoder, struct bytes text)
{
	while (text.length > 0 && text.data[text.length - 1] == '=')
		text.length--;
	/* Missing padding is common and harmless: put right before the strict count. */
	const char *padding = text.length % 4 == 2 ? "==" : text.length % 4 == 3 ? "=" : "";
	struct text padded = TEXT_INIT;
	text_add_bytes(&padded, text);
	text_add(&padded, padding);
	bool clean;
	struct bytes decoded = base64_to_bytes(decoder->arena, text_bytes(&padded), &clean);
	text_release(&padded);
	decoder->damaged |= !clean;
	return decoded;
}

/* False when the word cannot be decoded and stays as written. */
static bool add_word(struct decoder *decoder, const struct word *word)
{
	if (word->charset == NULL || (word->encoding != 'b' && word->encoding != 'q')) {
		decoder->damaged = true;
		return false;
	}
	if (bytes_find_char(word->text, ' ', 0) != NOT_FOUND || bytes_find_char(word->text, '\0', 0) != NOT_FOUND)
		decoder->damaged = true;
	if (decoder->charset != NULL && strcasecmp(decoder->charset, word->charset) != 0)
		flush(decoder);
	struct bytes decoded = word->encoding == 'b' ? decode_b(decoder, word->text) : decode_q(decoder, word->text);
	decoder->charset = word->charset;
	text_add_bytes(&decoder->pending, decoded);
	return true;
}

static size_t last_closing(struct bytes value)
{
	for (size_t i = value.length; i-- > 1;)
		if (value.data[i] == '=' && value.data[i - 1] == '?')
			return i - 1;
	return 0;
}

const char *header_decode_words(struct arena *arena, struct bytes value, bool *damaged_out)
{
	struct decoder decoder = { .arena = arena };
	size_t plain = 0; /* what stands since the last word */
	size_t at = bytes_find(value, BYTES("=?"), 0);
	/* Beyond the last "?=" nothing can be a word; without this many openings would each search to the end. */
	size_t last = last_closing(value);
	for (; at != NOT_FOUND && at < last; at = bytes_find(value, BYTES("=?"), at)) {
		struct word word;
		if (!read_word(arena, value, at, &word)) {
			at += 2;
			continue;
		}
		struct bytes between = bytes_slice(value, plain, at);
		if (plain == 0 || bytes_trim(between).length > 0)
			add_plain(&decoder, between);
		if (!add_word(&decoder, &word))
			add_plain(&decoder, bytes_slice(value, at, word.end));
		plain = at = word.end;
	}
	add_plain(&decoder, bytes_slice(value, plain, value.length));
	flush(&decoder);
	text_release(&decoder.pending);
	*damaged_out |= decoder.damaged;
	return text_to_arena(&decoder.out, arena).data;
}
