/* foot_text.h - what is added at a foot, as decoded text: the lines and what sets them apart from the letter. */
#ifndef COPYHOLD_ACTION_FOOT_TEXT_H
#define COPYHOLD_ACTION_FOOT_TEXT_H

#include "base/arena.h"
#include "base/bytes.h"

/* Where in a decoded part the lines go. */
struct foot_place {
	struct bytes text;  /* the whole decoded part */
	size_t at;
	bool flowed;        /* format=flowed (RFC 3676) */
	bool ascii_only;    /* HTML: what is not ASCII is written as numeric character references */
	bool styled;        /* HTML: black on white and of ordinary size, whatever the style of what is around */
	struct bytes eol;
};

/* Each line on its own, an empty line before them, one after them when something follows; a line left open before is ended. */
struct bytes foot_plain(struct arena *arena, const struct foot_place *place, const char *const *lines, size_t line_count);
/* One paragraph, lines apart by <br>, all text escaped. */
struct bytes foot_html(struct arena *arena, const struct foot_place *place, const char *const *lines, size_t line_count);

/* One line of valid UTF-8: control characters become spaces, ends trimmed. */
char *foot_line_clean(struct arena *arena, struct bytes line);
/* The format with each "%s" replaced by the next value; what the values hold is never a format itself. */
char *line_fill(struct arena *arena, const char *format, const char *const *values, size_t value_count);

#endif
