/* decode.c - a part's body with its encodings undone, within the budget of the message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "message/decode.h"

#include <string.h>

#include "base/unicode.h"
#include "internal.h"
#include "others.h"

static void note_if(bool wrong, struct arena *arena, const struct part *part, enum defect_kind kind)
{
	if (wrong)
		message_note(arena, part, kind);
}

bool part_decode(struct arena *arena, const struct part *part, struct bytes *out)
{
	struct part_record *record = record_of(part);
	struct bytes body = part_body(part);
	bool clean = true;
	*out = body;
	if (part->encoding != ENCODING_BASE64 && part->encoding != ENCODING_QUOTED_PRINTABLE)
		return true;
	if (record->decoded_known) {
		*out = record->decoded;
		return true;
	}
	struct tree *tree = tree_of(part->message);
	if (!tree_spend(tree, part->encoding == ENCODING_BASE64 ? body.length / 4 * 3 : body.length)) {
		message_note(arena, part, DEFECT_SIZE);
		return false;
	}
	if (part->encoding == ENCODING_BASE64) {
		*out = base64_to_bytes(tree->arena, body, &clean);
		note_if(!clean, arena, part, DEFECT_BASE64);
	} else {
		*out = quoted_printable_to_bytes(tree->arena, body, &clean);
		note_if(!clean, arena, part, DEFECT_QUOTED_PRINTABLE);
	}
	record->decoded = *out;
	record->decoded_known = true;
	return true;
}

/* 8-bit text that declares nothing, or ASCII: frequent in innocent mail, and every client shows the ASCII in it
 * alike. */
static bool is_undeclared(const struct part *part)
{
	const char *canonical = part->charset == NULL ? NULL : charset_canonical(part->charset);
	return part->charset == NULL || (canonical != NULL && strcmp(canonical, "US-ASCII") == 0);
}

/* Without a byte order mark the standard says one order and most writers mean the other. */
static bool order_unknown(const struct part *part, struct bytes decoded)
{
	const char *canonical = part->charset == NULL ? NULL : charset_canonical(part->charset);
	return canonical != NULL && strcmp(canonical, "UTF-16") == 0 && decoded.length > 0 &&
	       !bytes_starts_with(decoded, BYTES("\xFF\xFE")) && !bytes_starts_with(decoded, BYTES("\xFE\xFF"));
}

/* Escapes that no declared charset has, or ASCII that lenient decoders of UTF-8 make out of more bytes than it needs; in another
 * charset those bytes are letters, and in Chinese, Japanese and Korean they are on every page. */
static bool is_oddly_written(const struct part *part, struct bytes decoded)
{
	const char *canonical = part->charset == NULL ? NULL : charset_canonical(part->charset);
	bool escapes = canonical != NULL && strncmp(canonical, "ISO-2022", 8) == 0;
	bool utf8 = canonical == NULL || strcmp(canonical, "UTF-8") == 0 || strcmp(canonical, "US-ASCII") == 0;
	return (!escapes && has_iso2022_escape(decoded)) || (utf8 && !unicode_is_utf8(decoded) && has_overlong(decoded));
}

/* A charset in the head of HTML that a client would follow which finds none outside. */
static bool names_shifty_charset(const struct part *part, struct bytes decoded)
{
	struct bytes head = bytes_slice(decoded, 0, HTML_HEAD);
	const char *charset;
	if (part->charset != NULL || !part_is(part, "text", "html"))
		return false;
	for (size_t at = 0; (charset = charset_named(tree_of(part->message)->arena, head, &at)) != NULL;)
		if (charset_is_shifty(charset))
			return true;
	return false;
}

static bool has_uuencode(struct bytes text)
{
	struct bytes line;
	for (size_t at = 0; bytes_next_line(text, &at, &line);)
		if (uuencode_begins(line))
			return true;
	return false;
}

/* ASCII under a charset in which ASCII letters mean something else: clients without that charset show the letters. */
static bool reads_as_ascii_too(const struct part *part, struct bytes decoded)
{
	const char *canonical = part->charset == NULL ? NULL : charset_canonical(part->charset);
	if (canonical == NULL || !unicode_is_utf8(decoded))
		return false;
	if (strcmp(canonical, "UTF-7") == 0)
		return bytes_find_char(decoded, '+', 0) != NOT_FOUND;
	return strncmp(canonical, "UTF-16", 6) == 0 && decoded.length > 0 &&
	       bytes_find_char(decoded, '\0', 0) == NOT_FOUND;
}

/* The decoded body as UTF-8; a copy is paid for, a borrowed one is not. */
static bool convert_text(struct part_record *record, struct bytes decoded)
{
	struct tree *tree = tree_of(record->part.message);
	bool clean;
	if (!unicode_is_utf8(decoded) && !tree_spend(tree, decoded.length)) {
		message_note(tree->arena, &record->part, DEFECT_SIZE);
		return false;
	}
	record->text = charset_to_utf8(tree->arena, decoded, record->part.charset, &clean);
	record->text_known = true;
	bool misfit = (!clean && !is_undeclared(&record->part)) || reads_as_ascii_too(&record->part, decoded) ||
		      order_unknown(&record->part, decoded) || is_oddly_written(&record->part, decoded) || names_shifty_charset(&record->part, decoded);
	bool encoded = record->decoded_known;
	note_if(encoded && has_uuencode(decoded), tree->arena, &record->part, DEFECT_UUENCODE);
	note_if(misfit, tree->arena, &record->part, DEFECT_CHARSET);
	note_if(bytes_find_char(record->text, '\0', 0) != NOT_FOUND, tree->arena, &record->part, DEFECT_NUL);
	return true;
}

bool part_text(struct arena *arena, const struct part *part, struct bytes *utf8_out)
{
	struct part_record *record = record_of(part);
	struct bytes decoded;
	*utf8_out = BYTES_EMPTY;
	if (!part_decode(arena, part, &decoded))
		return false;
	if (!record->text_known && !convert_text(record, decoded))
		return false;
	*utf8_out = record->text;
	bool unknown = part->charset != NULL && charset_canonical(part->charset) == NULL;
	if (unknown && !unicode_is_utf8(decoded))
		return false;
	return part->encoding != ENCODING_UNKNOWN;
}
