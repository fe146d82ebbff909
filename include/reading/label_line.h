/* label_line.h - the lines of a text that are labels: where they stand says so, not their words alone. For marking.c. */
#ifndef COPYHOLD_READING_LABEL_LINE_H
#define COPYHOLD_READING_LABEL_LINE_H

#include "reading/marking.h"

#define LABEL_EDGE_LINES 3      /* the first, or last, full lines of a text */
#define LABEL_LINE ((size_t)400) /* a longer line is no label */

/* One past the last of the first full lines that the author wrote, greeting aside. */
size_t label_first_lines_end(const struct found_letter *letter);
/* Some line has to be read letter by letter (lettering.h). Nearly no letter has such lines, and then its text need not be gone
 * through again and again. */
bool label_has_odd_letters(struct arena *arena, const struct found_letter *letter);
/* Line `n` is a label; `first`: it stands among the first lines, or in a margin. The line as read goes to *text_out (borrowed or in the
 * arena), its words to *span_out; neither is to be used when the answer is no. `markings->odd_letters` must be told before. */
bool label_line_at(const struct markings *markings, const struct found_letter *letter, size_t n, bool first, struct bytes *text_out,
		   struct pattern_span *span_out);

#endif
