/* codepage.c - the table of code page numbers, and conversion by them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/codepage.h"

#include "message/decode.h"

struct codepage {
	long number;
	const char *charset;
};

static const struct codepage codepages[] = {
	{ 437, "cp437" },
	{ 850, "cp850" },
	{ 852, "cp852" },
	{ 866, "cp866" },
	{ 874, "windows-874" },
	{ 932, "cp932" },
	{ 936, "gb18030" },
	{ 949, "cp949" },
	{ 950, "big5" },
	{ 1200, "utf-16le" },
	{ 1201, "utf-16be" },
	{ 1250, "windows-1250" },
	{ 1251, "windows-1251" },
	{ 1252, "windows-1252" },
	{ 1253, "windows-1253" },
	{ 1254, "windows-1254" },
	{ 1255, "windows-1255" },
	{ 1256, "windows-1256" },
	{ 1257, "windows-1257" },
	{ 1258, "windows-1258" },
	{ 10000, "macintosh" },
	{ 20866, "koi8-r" },
	{ 21866, "koi8-u" },
	{ 28591, "iso-8859-1" },
	{ 28592, "iso-8859-2" },
	{ 28593, "iso-8859-3" },
	{ 28594, "iso-8859-4" },
	{ 28595, "iso-8859-5" },
	{ 28596, "iso-8859-6" },
	{ 28597, "iso-8859-7" },
	{ 28598, "iso-8859-8" },
	{ 28599, "iso-8859-9" },
	{ 28603, "iso-8859-13" },
	{ 28605, "iso-8859-15" },
	{ 50220, "iso-2022-jp" },
	{ 50221, "iso-2022-jp" },
	{ 50222, "iso-2022-jp" },
	{ 50225, "iso-2022-kr" },
	{ 51932, "euc-jp" },
	{ 51949, "euc-kr" },
	{ 54936, "gb18030" },
	{ 65000, "utf-7" },
	{ 65001, "utf-8" },
};

const char *codepage_charset(long number)
{
	for (size_t i = 0; i < sizeof codepages / sizeof codepages[0]; i++)
		if (codepages[i].number == number)
			return codepages[i].charset;
	return "windows-1252";
}

struct bytes codepage_to_utf8(struct arena *arena, struct bytes text, long number)
{
	bool clean;
	if (number == 1200)
		return utf16le_to_utf8(arena, text);
	return charset_to_utf8(arena, text, codepage_charset(number), &clean);
}

struct bytes utf16le_to_utf8(struct arena *arena, struct bytes text)
{
	bool clean;
	text = bytes_slice(text, 0, text.length & ~(size_t)1);
	if (bytes_starts_with(text, BYTES("\xFF\xFE")))
		text = bytes_slice(text, 2, text.length);
	return charset_to_utf8(arena, text, "utf-16le", &clean);
}
