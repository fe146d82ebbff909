/* foot.h - where a line is added under what the author wrote. */
#ifndef COPYHOLD_READING_FOOT_H
#define COPYHOLD_READING_FOOT_H

#include "reading/letters.h"

/* One shown text of the outer letter, as far as the foot's place needs it. */
struct foot_page {
	const struct part *part;
	bool html;
	struct bytes source;                 /* decoded text or HTML source */
	size_t end;                          /* where a line goes that is added at the end */
	const struct text_lines *lines;
	const struct found_letter *letter;   /* the outer one of this text, zones marked */
};

struct foot foot_of(const struct foot_page *page);
/* Of several texts shown one after the other only one gets the foot, in each of its alternatives. */
const struct foot *feet_of(struct arena *arena, const struct foot_page *pages, size_t page_count, size_t *count_out);

#endif
