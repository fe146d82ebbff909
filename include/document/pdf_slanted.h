/* pdf_slanted.h - words that lie across a page, as watermarks do.
 *
 * poppler knows lines that run along a side of the page; of one at a slant it gives the letters as lines of their own, in no
 * order. Where each letter stands tells how they belong together. */
#ifndef COPYHOLD_DOCUMENT_PDF_SLANTED_H
#define COPYHOLD_DOCUMENT_PDF_SLANTED_H

#include <poppler.h>

#include "base/arena.h"
#include "base/bytes.h"

/* `text` is the page's, `places` has a rectangle for each of its `count` characters. Each run of letters on a line, read from left
 * to right; empty when there is none. */
struct bytes pdf_slanted_text(struct arena *arena, PopplerPage *page, const char *text, const PopplerRectangle *places, size_t count);

#endif
