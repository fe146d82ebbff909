/* own_mail.c - see own_mail.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/own_mail.h"

#include <sodium.h>
#include <string.h>

#include "action/foot_text.h"
#include "action/splice.h"
#include "base/clock.h"
#include "base/text.h"

#define WRAP_COLUMN 72
/* Leaves room for a field's name on its first line. */
#define FOLD_COLUMN 66
/* Bytes in one encoded word: with its marks and the field's name within 76 columns (RFC 2047 section 2). */
#define WORD_BYTES 36
#define MESSAGE_ID_MAX 900

static bool is_printable_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

/* As many whole characters as one encoded word holds. */
static size_t word_end(const char *text, size_t start, size_t length)
{
	size_t end = start + WORD_BYTES;
	if (end >= length)
		return length;
	while (end > start && ((unsigned char)text[end] & 0xc0) == 0x80)
		end--;
	return end;
}

static char *encoded_words(struct arena *arena, const char *text)
{
	struct text out = TEXT_INIT;
	size_t length = strlen(text);
	for (size_t start = 0; start < length;) {
		char word[sodium_base64_ENCODED_LEN(WORD_BYTES, sodium_base64_VARIANT_ORIGINAL)];
		size_t end = word_end(text, start, length);
		sodium_bin2base64(word, sizeof word, (const unsigned char *)text + start, end - start, sodium_base64_VARIANT_ORIGINAL);
		text_printf(&out, "%s=?UTF-8?B?%s?=", start > 0 ? "\r\n " : "", word);
		start = end;
	}
	return arena_string_of(arena, text_to_arena(&out, arena));
}

/* Folds before blanks, which unfolding gives back. */
static char *folded(struct arena *arena, const char *text)
{
	struct text out = TEXT_INIT;
	size_t column = 0;
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == ' ' && column > 0 && column + 1 + strcspn(c + 1, " ") > FOLD_COLUMN) {
			text_add(&out, "\r\n");
			column = 0;
		}
		text_add_char(&out, *c);
		column++;
	}
	return arena_string_of(arena, text_to_arena(&out, arena));
}

char *header_encode_text(struct arena *arena, const char *text)
{
	char *clean = foot_line_clean(arena, bytes_of(text));
	/* What looks like an encoded word must not be read as one. */
	return is_printable_ascii(clean) && strstr(clean, "=?") == NULL ? folded(arena, clean) : encoded_words(arena, clean);
}

char *header_encode_name(struct arena *arena, const char *name)
{
	char *clean = foot_line_clean(arena, bytes_of(name));
	if (!is_printable_ascii(clean) || strstr(clean, "=?") != NULL)
		return encoded_words(arena, clean);
	struct text out = TEXT_INIT;
	text_add_char(&out, '"');
	for (; *clean != '\0'; clean++) {
		if (*clean == '"' || *clean == '\\')
			text_add_char(&out, '\\');
		text_add_char(&out, *clean);
	}
	text_add_char(&out, '"');
	return arena_string_of(arena, text_to_arena(&out, arena));
}

static bool is_message_id(const char *id)
{
	size_t length = id == NULL ? 0 : strlen(id);
	if (length < 3 || length > MESSAGE_ID_MAX || id[0] != '<' || id[length - 1] != '>')
		return false;
	return is_printable_ascii(id) && strcspn(id + 1, " <>") == length - 2;
}

static size_t columns_of(struct bytes utf8)
{
	size_t columns = 0;
	for (size_t i = 0; i < utf8.length; i++)
		columns += ((unsigned char)utf8.data[i] & 0xc0) != 0x80;
	return columns;
}

/* One paragraph, broken at blanks. */
static void wrap_line(struct text *out, struct bytes line)
{
	size_t column = 0;
	for (size_t at = 0; at < line.length;) {
		size_t end = bytes_find_char(line, ' ', at);
		struct bytes word = bytes_slice(line, at, end == (size_t)-1 ? line.length : end);
		size_t width = columns_of(word);
		if (column > 0 && column + 1 + width > WRAP_COLUMN) {
			text_add(out, "\r\n");
			column = 0;
		} else if (column > 0) {
			text_add_char(out, ' ');
			column++;
		}
		text_add_bytes(out, word);
		column += width;
		at += word.length + 1;
	}
	text_add(out, "\r\n");
}

static bool needs_encoding(struct bytes body)
{
	size_t offset = 0;
	struct bytes line;
	while (bytes_next_line(body, &offset, &line)) {
		if (line.length > ENCODED_LINE_LENGTH)
			return true;
		for (size_t i = 0; i < line.length; i++)
			if ((unsigned char)line.data[i] > 0x7e)
				return true;
	}
	return false;
}

static void add_body(struct text *out, struct bytes body)
{
	struct text wrapped = TEXT_INIT;
	size_t offset = 0;
	struct bytes line;
	while (bytes_next_line(body, &offset, &line))
		wrap_line(&wrapped, line);
	bool encoded = needs_encoding(text_bytes(&wrapped));
	text_printf(out, "Content-Transfer-Encoding: %s\r\n\r\n", encoded ? "quoted-printable" : "7bit");
	if (encoded)
		quoted_printable_encode(out, text_bytes(&wrapped), 0, &(struct quoting){ BYTES("\r\n"), false });
	else
		text_add_bytes(out, text_bytes(&wrapped));
	text_release(&wrapped);
}

struct bytes own_mail_make(struct arena *arena, const struct own_mail *mail)
{
	struct text out = TEXT_INIT;
	const char *from = foot_line_clean(arena, bytes_of(mail->from));
	const char *at_sign = strrchr(from, '@');
	text_printf(&out, "From: %s\r\n <%s>\r\n", header_encode_name(arena, mail->from_name), from);
	text_printf(&out, "To: <%s>\r\n", foot_line_clean(arena, bytes_of(mail->to)));
	text_printf(&out, "Subject: %s\r\n", header_encode_text(arena, mail->subject));
	text_printf(&out, "Date: %s\r\n", clock_format_rfc5322(arena, mail->at));
	text_printf(&out, "Message-ID: <%s@%s>\r\n", foot_line_clean(arena, bytes_of(mail->id)),
		    at_sign != NULL ? at_sign + 1 : "localhost");
	if (is_message_id(mail->in_reply_to))
		text_printf(&out, "In-Reply-To: %s\r\nReferences: %s\r\n", mail->in_reply_to, mail->in_reply_to);
	text_add(&out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
	text_printf(&out, "Content-Type: text/plain; charset=utf-8\r\nContent-Language: %s\r\n", mail->languages);
	add_body(&out, mail->body);
	return text_to_arena(&out, arena);
}
