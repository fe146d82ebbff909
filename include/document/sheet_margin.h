/* sheet_margin.h - the words in the header or footer of a sheet, old and new files alike. */
#ifndef COPYHOLD_DOCUMENT_SHEET_MARGIN_H
#define COPYHOLD_DOCUMENT_SHEET_MARGIN_H

#include "base/text.h"

/* Adds to `out` what stands between the codes, each third of the page on a line of its own. */
void sheet_margin_add_words(struct text *out, struct bytes codes);

#endif
