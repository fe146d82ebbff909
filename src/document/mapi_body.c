/* mapi_body.c - the text of an Outlook message: plain, HTML, or RTF, which may have been made from either.
 *
 * RTF comes packed (MS-OXRTFCP). libytnef could unpack it, but knows no limit and writes to standard output what it thinks of the
 * input; the format is a dozen lines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/mapi.h"

#include <string.h>

#include "base/text.h"
#include "document/codepage.h"
#include "document/little_endian.h"
#include "document/rtf.h"
#include "message/decode.h"

#define HEADER 16
#define WINDOW 4096
#define LZFU 0x75465A4C
#define MELA 0x414C454D
#define RATIO_MOST 17 /* two octets stand for 17 at most */

/* MS-OXRTFCP 2.1.2.1: what the window holds before anything was written. */
static const char preset[] =
	"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
	"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

struct window {
	char octets[WINDOW];
	size_t at;
	struct text *out;
};

static void put(struct window *window, char c)
{
	window->octets[window->at] = c;
	window->at = (window->at + 1) % WINDOW;
	text_add_char(window->out, c);
}

/* False without the mark that ends it. */
static bool unpack(struct bytes packed, struct text *out)
{
	struct window window = { .at = sizeof preset - 1, .out = out };
	memcpy(window.octets, preset, sizeof preset - 1);
	for (size_t at = 0; at < packed.length;) {
		unsigned flags = (unsigned char)packed.data[at++];
		for (int bit = 0; bit < 8 && at < packed.length; bit++, flags >>= 1) {
			if ((flags & 1) == 0) {
				put(&window, packed.data[at++]);
				continue;
			}
			if (at + 1 >= packed.length)
				return false;
			unsigned pair = (unsigned)(unsigned char)packed.data[at] << 8 | (unsigned char)packed.data[at + 1];
			size_t from = pair >> 4;
			at += 2;
			if (from == window.at)
				return true;
			for (size_t length = (pair & 15) + 2; length > 0; length--, from = (from + 1) % WINDOW)
				put(&window, window.octets[from]);
		}
	}
	return false;
}

bool mapi_rtf_unpack(struct documents *documents, const char *place, struct bytes packed, struct bytes *rtf_out)
{
	uint32_t size, kind;
	*rtf_out = BYTES_EMPTY;
	if (packed.length < HEADER || !read_u32(packed, 4, &size) || !read_u32(packed, 8, &kind))
		return false;
	struct bytes inside = bytes_slice(packed, HEADER, packed.length);
	if (kind == MELA) {
		*rtf_out = bytes_slice(inside, 0, size);
		return size <= inside.length;
	}
	if (kind != LZFU)
		return false;
	if (!documents_may_unpack(documents, place, inside.length * RATIO_MOST / 2))
		return true; /* told already */
	struct text out = TEXT_INIT;
	bool whole = unpack(inside, &out);
	if (whole && out.length > size)
		text_truncate(&out, size);
	*rtf_out = text_to_arena(&out, documents->arena);
	text_release(&out);
	return whole;
}

static struct bytes html_of(struct arena *arena, const struct mapi_properties *properties)
{
	const struct mapi_property *html = mapi_find(properties, MAPI_HTML);
	if (html == NULL)
		return BYTES_EMPTY;
	if (html->type != MAPI_BINARY)
		return bytes_of(mapi_string(arena, properties, MAPI_HTML));
	long codepage = mapi_number(properties, MAPI_INTERNET_CODEPAGE);
	bool clean;
	struct bytes text = charset_to_utf8(arena, html->value, codepage > 0 ? codepage_charset(codepage) : NULL, &clean);
	return document_clean(arena, text);
}

static bool same_words(struct bytes a, struct bytes b)
{
	size_t i = 0, j = 0;
	for (;;) {
		while (i < a.length && ascii_is_space(a.data[i]))
			i++;
		while (j < b.length && ascii_is_space(b.data[j]))
			j++;
		if (i == a.length || j == b.length)
			return i == a.length && j == b.length;
		if (a.data[i++] != b.data[j++])
			return false;
	}
}

/* Outlook shows the RTF where there is one. Plain text that says something else beside it is told as well. */
static void use_rtf(struct documents *documents, const char *place, const struct rtf_text *rtf, struct mapi_body *body)
{
	struct bytes text = document_clean(documents->arena, rtf->texts[RTF_MAIN]);
	if (rtf->html) {
		if (body->html.length == 0)
			body->html = text;
		return;
	}
	if (bytes_trim(text).length == 0)
		return;
	if (body->plain.length > 0 && !same_words(text, body->plain))
		documents_add_text(documents, document_place(documents->arena, place, "plain text"), body->plain, false);
	body->plain = text;
}

struct mapi_body mapi_body_read(struct documents *documents, const char *place, const struct mapi_properties *properties)
{
	struct arena *arena = documents->arena;
	struct mapi_body body = { .plain = bytes_of(mapi_string(arena, properties, MAPI_BODY)), .html = html_of(arena, properties) };
	const struct mapi_property *packed = mapi_find(properties, MAPI_RTF_COMPRESSED);
	struct bytes unpacked;
	struct rtf_text rtf;
	if (packed == NULL || packed->value.length == 0)
		return body;
	bool whole = mapi_rtf_unpack(documents, place, packed->value, &unpacked);
	if (unpacked.length > 0 && rtf_parse(arena, unpacked, documents->left.text + 1, &rtf)) {
		use_rtf(documents, place, &rtf, &body);
		rtf_read_asides(documents, place, &rtf);
	}
	if (!whole)
		documents_add_trouble(documents, place, "damaged");
	return body;
}
