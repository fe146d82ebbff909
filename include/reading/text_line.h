/* text_line.h - a text as lines, however it was written: plain with "> ", or HTML with quotation containers. */
#ifndef COPYHOLD_READING_TEXT_LINE_H
#define COPYHOLD_READING_TEXT_LINE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "reading/html.h"

struct text_line {
	struct bytes text;  /* quote marks removed */
	struct bytes plain; /* unicode_plain of it, ends trimmed */
	unsigned depth;     /* of quotation */
	bool indented;      /* began with a blank */
	size_t offset, end; /* in the decoded text, quote marks included; or in the HTML source */
	size_t place;       /* where something goes that is to stand before this line */
};

struct text_lines {
	struct text_line *items;
	size_t count;
	bool cut; /* there was more than `most` lines */
};

struct text_lines lines_of_plain(struct arena *arena, struct bytes utf8, size_t most);
/* Lines below an attribution that begin alike with other marks than ">" are quoted by them: raises their depth. */
void lines_take_other_marks(struct text_lines *lines);
struct text_lines lines_of_html(struct arena *arena, const struct html_text *html, size_t most);

/* At most `most` bytes, cut between characters. */
struct bytes utf8_clip(struct bytes utf8, size_t most);

static inline bool line_is_blank(const struct text_line *line)
{
	return line->plain.length == 0;
}

#endif
