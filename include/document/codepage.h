/* codepage.h - Windows code pages by number, as Office files and Outlook name their character sets. */
#ifndef COPYHOLD_DOCUMENT_CODEPAGE_H
#define COPYHOLD_DOCUMENT_CODEPAGE_H

#include "base/arena.h"
#include "base/bytes.h"

/* The name charset_to_utf8 knows it by; windows-1252 for a number nobody uses. */
const char *codepage_charset(long number);
/* A text of that code page as UTF-8, or UTF-16LE for 1200. */
struct bytes codepage_to_utf8(struct arena *arena, struct bytes text, long number);
/* UTF-16LE as UTF-8, whatever it begins with: a byte order mark is dropped, an odd last octet too. */
struct bytes utf16le_to_utf8(struct arena *arena, struct bytes text);

#endif
