/* html.h - an HTML part as a person sees it (gumbo, an HTML5 parser).
 *
 * Text that is hidden (display:none, visibility:hidden, font-size:0, zero-size, same colour as its ground where that is
 * stated inline, <head>, <script>, <style>, comments, the hidden attribute) is not shown text; it is returned apart. What
 * stands for a picture (alt), in two words or more, is shown: a signature may be one. */
#ifndef COPYHOLD_READING_HTML_H
#define COPYHOLD_READING_HTML_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

struct html_text {
	struct bytes shown;  /* UTF-8, one line per block or <br>, LF line ends */
	struct bytes hidden; /* UTF-8 */
	const size_t *source; /* for each byte of `shown`: offset into the HTML source of the character it came from */
	const unsigned char *quote_depth; /* for each byte of `shown`: nesting of quotation containers (below) */
	/* For each line of `shown`: offset into the source where an element can be put before that line, outside of all
	 * that begins with it (quotation, table, list); inside a cell or item only when the line starts in its middle. */
	const size_t *line_places;
	size_t line_count;
	/* Offset into the source of the first element that begins quoted history (blockquote type=cite, .gmail_quote,
	 * #divRplyFwdMsg, #appendonsend, .yahoo_quoted, .moz-cite-prefix, .OutlookMessageHeader, Word's bordered
	 * header div, <hr> before a header block), or (size_t)-1. */
	size_t quote_start;
	/* Offset into the source where a line can be added at the end of what is shown: before </body>, else
	 * </html>, else the end; never inside a table, list or other container left open. */
	size_t end;
	bool truncated; /* deeper or larger than the limits below; the rest was not read */
};

#define HTML_MAX_BYTES ((size_t)4 << 20)
#define HTML_MAX_DEPTH 400

/* `html` is UTF-8. Never fails: tag soup is read as browsers read it. */
struct html_text html_read(struct arena *arena, struct bytes html);

/* HTML read for a process that must not parse it itself: `shown`, `source` and `quote_depth` are filled, and `truncated`. False when
 * nobody could. */
struct html_viewer {
	bool (*view)(const struct html_viewer *viewer, struct arena *arena, struct bytes html, struct html_text *out);
};
/* In this process. */
extern const struct html_viewer html_viewer_here;

#endif
