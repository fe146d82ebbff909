/* rtf_words.h - the control words that matter for reading the text of an RTF file. */
#ifndef COPYHOLD_DOCUMENT_RTF_WORDS_H
#define COPYHOLD_DOCUMENT_RTF_WORDS_H

#include "document/rtf.h"

enum rtf_action {
	RTF_SYMBOL,   /* stands for `text` */
	RTF_PLACE,    /* the group's text belongs to `place`, behind `text` on a line of its own unless `number` is 1 */
	RTF_ENTER,    /* the group's text belongs where it stands, though a star says it may be left out */
	RTF_SKIP,     /* the group holds nothing that is read */
	RTF_FONTS,
	RTF_FONT,
	RTF_FONT_CHARSET,
	RTF_FONT_CODEPAGE,
	RTF_DEFAULT_FONT,
	RTF_CODEPAGE, /* of the whole file: the parameter, or `number` */
	RTF_UNICODE,
	RTF_UNICODE_SKIP,
	RTF_BINARY,
	RTF_HIDE,
	RTF_DELETE,
	RTF_PLAIN,
	RTF_FROM_HTML,
	RTF_HTML_ONLY_RTF,
	RTF_HTML_TAG,
	RTF_TWICE,        /* \upr: once for old readers, then again as \ud */
	RTF_TWICE_UNICODE,
	RTF_SHAPE_NAME,
	RTF_SHAPE_VALUE,
	RTF_OBJECT,
};

struct rtf_word {
	const char *name;
	enum rtf_action action;
	const char *text;
	enum rtf_place place;
	long number;
};

/* NULL for a word without meaning here. */
const struct rtf_word *rtf_word_find(struct bytes name);
/* The code page of a \fcharset; 0 for "the file's own". */
long rtf_charset_codepage(long charset);

#endif
