/* html_style.h - as much of inline CSS as decides whether text can be seen. */
#ifndef COPYHOLD_READING_HTML_STYLE_H
#define COPYHOLD_READING_HTML_STYLE_H

#include <stdbool.h>

#include "base/bytes.h"

#define COLOUR_UNKNOWN (-1L)

/* What an element hands down to its children. Start from HTML_STYLE_START. */
struct html_style {
	bool hidden;     /* display:none and its like: nothing below can be seen */
	bool size_zero;  /* font-size:0, which a child may undo */
	bool preformatted;
	long colour, ground; /* 0xrrggbb, or COLOUR_UNKNOWN where not stated inline */
};
#define HTML_STYLE_START ((struct html_style){ false, false, false, COLOUR_UNKNOWN, COLOUR_UNKNOWN })

/* Applies a style attribute. */
void html_style_apply(struct html_style *style, struct bytes declarations);
/* "#fff", "rgb(255, 255, 255)", "white"; COLOUR_UNKNOWN for what is none of these. */
long html_colour(struct bytes value);
/* Text under this style does not show. */
bool html_style_hides(const struct html_style *style);
/* The value of one property of a style attribute, trimmed; BYTES_EMPTY when absent. */
struct bytes html_property(struct bytes declarations, const char *name);

#endif
