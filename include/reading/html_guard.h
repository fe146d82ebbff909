/* html_guard.h - how much of an HTML text can be given to the parser without its time or memory running away. */
#ifndef COPYHOLD_READING_HTML_GUARD_H
#define COPYHOLD_READING_HTML_GUARD_H

#include "base/bytes.h"

/* Bytes from the start that nest no deeper than `depth` and have no tag of very many attributes. The parser's work on
 * each tag grows with the elements then open, and with the square of its attributes, so a message of nothing but "<div>",
 * or of one tag with a hundred thousand attributes, would cost it the square of its length. */
size_t html_guard_prefix(struct bytes html, size_t depth);

#endif
