/* charset.c - the character sets that may be asked for, and conversion with iconv.
 *
 * The list is closed because iconv loads a module by name and the sender would choose the name. Some sets are
 * decoded as the larger set everybody means by them (ISO 8859-1 as windows-1252, GB2312 as GB18030), never encoded so.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "message/decode.h"

#define REPLACEMENT "\xEF\xBF\xBD"
#define PIECE 4096

struct charset {
	const char *name;  /* as declared, lower case */
	const char *iconv; /* what it is */
	const char *wide;  /* what to decode it as; NULL: the same */
};

static const struct charset charsets[] = {
	{ "utf-8", "UTF-8", NULL },
	{ "utf8", "UTF-8", NULL },
	{ "us-ascii", "US-ASCII", NULL },
	{ "ascii", "US-ASCII", NULL },
	{ "ansi_x3.4-1968", "US-ASCII", NULL },
	{ "iso-8859-1", "ISO-8859-1", "WINDOWS-1252" },
	{ "iso8859-1", "ISO-8859-1", "WINDOWS-1252" },
	{ "iso_8859-1", "ISO-8859-1", "WINDOWS-1252" },
	{ "latin1", "ISO-8859-1", "WINDOWS-1252" },
	{ "latin-1", "ISO-8859-1", "WINDOWS-1252" },
	{ "iso-8859-2", "ISO-8859-2", NULL },
	{ "iso-8859-3", "ISO-8859-3", NULL },
	{ "iso-8859-4", "ISO-8859-4", NULL },
	{ "iso-8859-5", "ISO-8859-5", NULL },
	{ "iso-8859-6", "ISO-8859-6", NULL },
	{ "iso-8859-7", "ISO-8859-7", NULL },
	{ "iso-8859-8", "ISO-8859-8", NULL },
	{ "iso-8859-8-i", "ISO-8859-8", NULL },
	{ "iso-8859-9", "ISO-8859-9", "WINDOWS-1254" },
	{ "iso-8859-10", "ISO-8859-10", NULL },
	{ "iso-8859-11", "ISO-8859-11", NULL },
	{ "iso-8859-13", "ISO-8859-13", NULL },
	{ "iso-8859-14", "ISO-8859-14", NULL },
	{ "iso-8859-15", "ISO-8859-15", NULL },
	{ "iso8859-15", "ISO-8859-15", NULL },
	{ "latin-9", "ISO-8859-15", NULL },
	{ "iso-8859-16", "ISO-8859-16", NULL },
	{ "windows-874", "CP874", NULL },
	{ "windows-1250", "WINDOWS-1250", NULL },
	{ "windows-1251", "WINDOWS-1251", NULL },
	{ "windows-1252", "WINDOWS-1252", NULL },
	{ "windows-1253", "WINDOWS-1253", NULL },
	{ "windows-1254", "WINDOWS-1254", NULL },
	{ "windows-1255", "WINDOWS-1255", NULL },
	{ "windows-1256", "WINDOWS-1256", NULL },
	{ "windows-1257", "WINDOWS-1257", NULL },
	{ "windows-1258", "WINDOWS-1258", NULL },
	{ "cp1250", "WINDOWS-1250", NULL },
	{ "cp1251", "WINDOWS-1251", NULL },
	{ "cp1252", "WINDOWS-1252", NULL },
	{ "cp437", "IBM437", NULL },
	{ "ibm437", "IBM437", NULL },
	{ "cp850", "IBM850", NULL },
	{ "ibm850", "IBM850", NULL },
	{ "cp852", "IBM852", NULL },
	{ "cp866", "IBM866", NULL },
	{ "ibm866", "IBM866", NULL },
	{ "koi8-r", "KOI8-R", NULL },
	{ "koi8-u", "KOI8-U", NULL },
	{ "macintosh", "MACINTOSH", NULL },
	{ "x-mac-roman", "MACINTOSH", NULL },
	{ "gb2312", "GB2312", "GB18030" },
	{ "gbk", "GBK", "GB18030" },
	{ "cp936", "GBK", "GB18030" },
	{ "gb18030", "GB18030", NULL },
	{ "big5", "BIG5", "BIG5-HKSCS" },
	{ "big5-hkscs", "BIG5-HKSCS", NULL },
	{ "euc-jp", "EUC-JP", NULL },
	{ "iso-2022-jp", "ISO-2022-JP", "ISO-2022-JP-3" },
	{ "shift_jis", "SHIFT_JIS", "CP932" },
	{ "shift-jis", "SHIFT_JIS", "CP932" },
	{ "x-sjis", "SHIFT_JIS", "CP932" },
	{ "windows-31j", "CP932", NULL },
	{ "cp932", "CP932", NULL },
	{ "euc-kr", "EUC-KR", "UHC" },
	{ "ks_c_5601-1987", "EUC-KR", "UHC" },
	{ "cp949", "UHC", NULL },
	{ "iso-2022-kr", "ISO-2022-KR", NULL },
	{ "tis-620", "TIS-620", NULL },
	{ "viscii", "VISCII", NULL },
	{ "utf-16", "UTF-16", NULL },
	{ "utf-16le", "UTF-16LE", NULL },
	{ "utf-16be", "UTF-16BE", NULL },
	{ "utf-7", "UTF-7", NULL },
	{ "unicode-1-1-utf-7", "UTF-7", NULL },
};

static const struct charset *find_charset(const char *name)
{
	struct bytes wanted = bytes_trim(bytes_of(name));
	while (wanted.length > 1 && strchr("'\"", wanted.data[0]) != NULL &&
	       wanted.data[wanted.length - 1] == wanted.data[0])
		wanted = bytes_slice(wanted, 1, wanted.length - 1);
	for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++)
		if (bytes_equal_nocase(wanted, bytes_of(charsets[i].name)))
			return &charsets[i];
	return NULL;
}

const char *charset_canonical(const char *name)
{
	const struct charset *charset = find_charset(name);
	return charset == NULL ? NULL : charset->iconv;
}

/* Without a byte order mark the order is the one that puts more NULs where Latin text has them: RFC 2781 says big
 * endian, most writers are little endian, and the reader must not be fooled by either. */
static const char *utf16_order(struct bytes *bytes)
{
	if (bytes_starts_with(*bytes, BYTES("\xFF\xFE")) || bytes_starts_with(*bytes, BYTES("\xFE\xFF"))) {
		const char *name = bytes->data[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE";
		*bytes = bytes_slice(*bytes, 2, bytes->length);
		return name;
	}
	size_t even = 0, odd = 0;
	for (size_t i = 0; i + 1 < bytes->length; i += 2) {
		even += bytes->data[i] == '\0';
		odd += bytes->data[i + 1] == '\0';
	}
	return odd > even ? "UTF-16LE" : "UTF-16BE";
}

/* Runs all of `in` through `converter`. What does not fit becomes `substitute`, or ends the run when that is NULL. */
static bool run_iconv(iconv_t converter, struct bytes in, const char *substitute, struct text *out)
{
	char *from = (char *)in.data;
	size_t left = in.length;
	bool clean = true, flushing = false;
	for (;;) {
		char piece[PIECE], *to = piece;
		size_t room = sizeof piece;
		size_t result = flushing ? iconv(converter, NULL, NULL, &to, &room)
					 : iconv(converter, &from, &left, &to, &room);
		int failure = errno;
		text_add_bytes(out, (struct bytes){ piece, (size_t)(to - piece) });
		if (result != (size_t)-1) {
			if (flushing)
				return clean;
			if (result > 0 && substitute == NULL)
				clean = false; /* approximated */
			flushing = true;
		} else if (failure != E2BIG) {
			clean = false;
			if (substitute == NULL || left == 0)
				return false;
			text_add(out, substitute);
			from++;
			left--;
		}
	}
}

static struct bytes convert(struct arena *arena, struct bytes bytes, const char *name, bool *clean_out)
{
	if (strcmp(name, "UTF-16") == 0)
		name = utf16_order(&bytes);
	iconv_t converter = iconv_open("UTF-8", name);
	if (converter == (iconv_t)-1) {
		*clean_out = false;
		return unicode_repair(arena, bytes);
	}
	struct text out = TEXT_INIT;
	*clean_out = run_iconv(converter, bytes, REPLACEMENT, &out);
	iconv_close(converter);
	struct bytes converted = text_to_arena(&out, arena);
	return unicode_repair(arena, converted); /* some modules pass surrogates through */
}

/* No declaration to go by: UTF-8 if it can be, else what Western mail programs send. */
static struct bytes guess(struct arena *arena, struct bytes bytes, bool *clean_out)
{
	*clean_out = true;
	if (unicode_is_utf8(bytes))
		return bytes;
	struct bytes guessed = convert(arena, bytes, "WINDOWS-1252", clean_out);
	*clean_out = false;
	return guessed;
}

struct bytes charset_to_utf8(struct arena *arena, struct bytes bytes, const char *charset, bool *clean_out)
{
	const struct charset *known = charset == NULL ? NULL : find_charset(charset);
	if (known == NULL) {
		struct bytes guessed = guess(arena, bytes, clean_out);
		if (charset != NULL)
			*clean_out = false;
		return guessed;
	}
	*clean_out = true;
	if (strcmp(known->iconv, "UTF-8") == 0) {
		*clean_out = unicode_is_utf8(bytes);
		return *clean_out ? bytes : unicode_repair(arena, bytes);
	}
	if (strcmp(known->iconv, "US-ASCII") == 0) {
		struct bytes guessed = guess(arena, bytes, clean_out);
		*clean_out = bytes_are_ascii(bytes);
		return guessed;
	}
	return convert(arena, bytes, known->wide == NULL ? known->iconv : known->wide, clean_out);
}

void charset_load_all(void)
{
	/* A converter stays loaded while a descriptor of it is open, so none is closed. */
	for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++)
		if (iconv_open("UTF-8", charsets[i].wide == NULL ? charsets[i].iconv : charsets[i].wide) == (iconv_t)-1)
			continue; /* not on this system: text in it is unreadable here, as ever */
}

bool charset_from_utf8(struct arena *arena, struct bytes utf8, const char *charset, struct bytes *out)
{
	const char *name = charset_canonical(charset == NULL ? "us-ascii" : charset);
	if (name == NULL || !unicode_is_utf8(utf8))
		return false;
	iconv_t converter = iconv_open(name, "UTF-8");
	if (converter == (iconv_t)-1)
		return false;
	struct text text = TEXT_INIT;
	bool clean = run_iconv(converter, utf8, NULL, &text);
	iconv_close(converter);
	if (clean)
		*out = text_to_arena(&text, arena);
	text_release(&text);
	return clean;
}
