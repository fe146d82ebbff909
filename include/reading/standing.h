/* standing.h - how a marking word stands in the line or subject it was found in. */
#ifndef COPYHOLD_READING_STANDING_H
#define COPYHOLD_READING_STANDING_H

#include "reading/boilerplate.h"

/* The better the word stands, the greater. From STANDS_BRACKETED on it is a label. */
enum standing { STANDS_NOT, STANDS_IN_TEXT, STANDS_BRACKETED, STANDS_LABEL, STANDS_ALONE };

/* `span` is the match in `text`. */
enum standing standing_of(const struct wording *wording, struct bytes text, const struct pattern_span *span);
/* Words that are hardly written but to mark ("Private and Confidential"): the label need not be set off from what it labels. */
bool is_unmistakable(struct bytes match);
/* Right before the match stands what denies it. */
bool is_negated(const struct wording *wording, struct bytes text, const struct pattern_span *span);
/* At most MARKING_WORDS words with the match among them. */
#define MARKING_WORDS 12
const char *words_around(struct arena *arena, struct bytes text, const struct pattern_span *span);
/* Letters and digits at the start (utf8_is_word); empty when it starts with none. */
struct bytes first_word(struct bytes text);

#endif
