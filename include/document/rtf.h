/* rtf.h - Rich Text Format taken apart: what is shown, and what stands beside it.
 *
 * One linear pass; memory is bounded by the file and by `limit`. */
#ifndef COPYHOLD_DOCUMENT_RTF_H
#define COPYHOLD_DOCUMENT_RTF_H

#include <stdbool.h>

#include "document/document.h"

enum rtf_place {
	RTF_MAIN,
	RTF_HEADER,
	RTF_FOOTER,
	RTF_FOOTNOTE,
	RTF_COMMENT,
	RTF_WATERMARK,
	RTF_HIDDEN,     /* formatted as hidden */
	RTF_DELETED,    /* struck out by tracked changes */
	RTF_PROPERTIES, /* title, subject, keywords ..., and the author's own as "name: value" */
	RTF_PLACES,
	RTF_NOWHERE = RTF_PLACES,
};
/* "header"; "" for the main text. */
const char *rtf_place_name(enum rtf_place place);

struct rtf_text {
	struct bytes texts[RTF_PLACES]; /* UTF-8, lines end in LF, no NUL */
	bool html;          /* the main text is the HTML it was made from (MS-OXRTFEX) */
	bool cut;           /* there was more than `limit` */
	bool damaged;       /* groups left open, closed too often or nested beyond reason, or more objects than are kept */
	struct bytes *objects; /* embedded files, decoded */
	size_t object_count;
};

/* False when the content is no RTF at all. */
bool rtf_parse(struct arena *arena, struct bytes content, size_t limit, struct rtf_text *out);

/* All but the main text: what stands beside it, embedded files and troubles. */
void rtf_read_asides(struct documents *documents, const char *place, const struct rtf_text *text);

#endif
