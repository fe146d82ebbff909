/* fuzz_decode.c - any bytes as base64, quoted-printable, encoded words, parameters (RFC 2231) and text of every charset.
 *
 * What must hold: what is read is UTF-8 and harmless, and bytes encoded here come back as they were by every way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "fuzz.h"
#include "message/decode.h"
#include "message/header.h"

#define LINE_BYTES 48 /* a base64 line of 64 characters */
#define GUESSED 80 /* bytes of a name that are all read where it has to be guessed */
#define MOST 4096     /* of what is encoded here: a few lines show as much as many */

static const char *const charsets[] = {
	"utf-8", "us-ascii", "iso-8859-1", "iso-8859-2", "iso-8859-7", "iso-8859-8-i", "iso-8859-14", "iso-8859-15", "windows-1250",
	"windows-1251", "windows-1252", "windows-1255", "windows-1258", "cp437", "koi8-r", "koi8-u", "macintosh", "gb2312", "gbk",
	"gb18030", "big5", "big5-hkscs", "euc-jp", "iso-2022-jp", "shift_jis", "cp932", "euc-kr", "cp949", "iso-2022-kr", "tis-620",
	"viscii", "utf-16", "utf-16le", "utf-16be", "utf-7", "x-unheard-of",
};

static void add_base64(struct text *out, struct bytes bytes, const char *line_end)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.length; i += 3) {
		size_t count = bytes.length - i < 3 ? bytes.length - i : 3;
		unsigned long bits = 0;
		for (size_t n = 0; n < 3; n++)
			bits = bits << 8 | (n < count ? (unsigned char)bytes.data[i + n] : 0u);
		for (size_t n = 0; n < 4; n++)
			text_add_char(out, n <= count ? letters[bits >> (18 - 6 * n) & 63] : '=');
		if (i % LINE_BYTES == LINE_BYTES - 3)
			text_add(out, line_end);
	}
}

static void add_hex(struct text *out, struct bytes bytes, char mark, const char *line_end)
{
	for (size_t i = 0; i < bytes.length; i++) {
		text_printf(out, "%c%02X", mark, (unsigned)(unsigned char)bytes.data[i]);
		if (i % 20 == 19)
			text_add(out, line_end);
	}
}

static void check_transfer(struct arena *arena, struct bytes bytes)
{
	bool clean = false;
	must(base64_to_bytes(arena, bytes, &clean).length <= bytes.length);
	must(quoted_printable_to_bytes(arena, bytes, &clean).length <= bytes.length);
	struct text encoded = TEXT_INIT;
	struct bytes piece = bytes_slice(bytes, 0, MOST);
	add_base64(&encoded, piece, "\r\n");
	must(bytes_equal(base64_to_bytes(arena, text_bytes(&encoded), &clean), piece) && clean);
	text_truncate(&encoded, 0);
	add_hex(&encoded, piece, '=', "=\r\n");
	must(bytes_equal(quoted_printable_to_bytes(arena, text_bytes(&encoded), &clean), piece) && clean);
	text_release(&encoded);
}

static void check_charset(struct arena *arena, struct bytes bytes, const char *charset)
{
	bool clean = false;
	struct bytes back = BYTES_EMPTY, utf8 = charset_to_utf8(arena, bytes, charset, &clean);
	must(unicode_is_utf8(utf8));
	if (charset_from_utf8(arena, unicode_repair(arena, bytes), charset, &back))
		must(unicode_is_utf8(charset_to_utf8(arena, back, charset, &clean)));
}

static bool is_one_line(const char *shown)
{
	return unicode_is_utf8(bytes_of(shown)) && strpbrk(shown, "\r\n\t") == NULL;
}

/* One word, in both of its encodings, shows what the charset says, as far as a line can show it. */
static void check_words(struct arena *arena, struct bytes bytes, const char *charset)
{
	bool damaged = false;
	must(is_one_line(header_decode_words(arena, bytes, &damaged)));
	struct bytes piece = bytes_slice(bytes, 0, MOST);
	struct text as_b = TEXT_INIT, as_q = TEXT_INIT;
	text_printf(&as_b, "=?%s?B?", charset);
	add_base64(&as_b, piece, "");
	text_add(&as_b, "?=");
	text_printf(&as_q, "=?%s*cy?q?", charset);
	add_hex(&as_q, piece, '=', "");
	text_add(&as_q, "?=");
	const char *from_b = header_decode_words(arena, text_bytes(&as_b), &damaged);
	const char *from_q = header_decode_words(arena, text_bytes(&as_q), &damaged);
	must(is_one_line(from_b) && is_one_line(from_q));
	must(charset_canonical(charset) == NULL || strcmp(from_b, from_q) == 0);
	text_release(&as_b);
	text_release(&as_q);
}

static const struct part *scan_field(struct arena *arena, const struct text *field)
{
	return message_scan(arena, arena_bytes(arena, text_bytes(field)), &MESSAGE_LIMITS_DEFAULT)->root;
}

static void check_types_parameters(struct arena *arena, struct bytes bytes)
{
	struct text field = TEXT_INIT;
	text_add(&field, "Content-Type: text/plain; ");
	text_add_bytes(&field, bytes);
	text_add(&field, "\r\n\r\n");
	const struct part *part = scan_field(arena, &field);
	for (size_t i = 0; i < part->parameter_count; i++)
		must(unicode_is_utf8(bytes_of(part->parameters[i].name)) && unicode_is_utf8(bytes_of(part->parameters[i].value)));
	text_release(&field);
}

static bool has_name(const struct part *part, const char *name)
{
	bool found = strcmp(part->file_name, name) == 0;
	for (size_t i = 0; i < part->other_name_count; i++)
		found |= strcmp(part->other_names[i], name) == 0;
	return found;
}

/* Whether the standards give a name: it is ASCII or in a charset that is known, and shows something before a NUL ends it. */
static bool is_told(struct arena *arena, struct bytes piece, const char *charset)
{
	bool clean, damaged = false;
	const char *text = arena_string_of(arena, charset_to_utf8(arena, piece, charset, &clean));
	return (charset_canonical(charset) != NULL || bytes_are_ascii(piece)) && *header_decode_words(arena, bytes_of(text), &damaged) != '\0';
}

/* What is not told is guessed, each form by itself: of a short name in ASCII, one form then knows what the other shows. */
static void check_one_name(const struct part *whole, const struct part *joined, struct bytes piece, bool told)
{
	const char *name = whole->file_name, *other = joined->file_name;
	must(name == NULL || unicode_is_utf8(bytes_of(name)));
	must(other == NULL || unicode_is_utf8(bytes_of(other)));
	if (told) {
		must(name != NULL && other != NULL && strcmp(name, other) == 0);
	} else if (piece.length <= GUESSED) {
		must((name != NULL) == (other != NULL));
		must(name == NULL || !bytes_are_ascii(piece) || has_name(joined, name) || has_name(whole, other));
	}
}

/* As a file name in one piece, and in two of which the second stands first. */
static void check_file_name(struct arena *arena, struct bytes piece, const char *charset)
{
	struct text field = TEXT_INIT;
	text_printf(&field, "Content-Disposition: attachment; filename*=%s'cy'", charset);
	add_hex(&field, piece, '%', "");
	text_add(&field, "\r\n\r\n");
	const struct part *whole = scan_field(arena, &field);

	size_t middle = piece.length / 2;
	text_truncate(&field, 0);
	text_add(&field, "Content-Disposition: attachment; filename*1*=");
	add_hex(&field, bytes_slice(piece, middle, piece.length), '%', "");
	text_printf(&field, ";\r\n filename*0*=%s''", charset);
	add_hex(&field, bytes_slice(piece, 0, middle), '%', "");
	text_add(&field, "\r\n\r\n");
	const struct part *joined = scan_field(arena, &field);
	text_release(&field);

	check_one_name(whole, joined, piece, is_told(arena, piece, charset));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct bytes bytes = { (const char *)data, size };
	const char *charset = charsets[(size > 0 ? data[size - 1] : 0u) % (sizeof charsets / sizeof *charsets)];
	check_transfer(arena, bytes);
	check_charset(arena, bytes, charset);
	check_words(arena, bytes, charset);
	check_types_parameters(arena, bytes);
	check_file_name(arena, bytes_slice(bytes, 0, MOST), charset);
	arena_free(&arena);
	return 0;
}
