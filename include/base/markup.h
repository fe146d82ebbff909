/* markup.h - HTML that is ours, around text that is foreign.
 *
 * Elements are opened and closed in pairs: closing any but the innermost one aborts, so a page that was written is a tree.
 * Names of elements and attributes are literals of ours; every value and all text is made harmless (harmless.h) and
 * escaped. Only markup_raw takes text as it is. */
#ifndef COPYHOLD_BASE_MARKUP_H
#define COPYHOLD_BASE_MARKUP_H

#include <stdint.h>

#include "base/harmless.h"

/* Deeper than any page of ours; going beyond aborts. */
#define MARKUP_DEPTH_MOST 48

struct markup {
	struct text text;
	struct arena *arena; /* for passing strings, and for the finished page */
	const char *open[MARKUP_DEPTH_MOST];
	size_t depth;
};

#define MARKUP_INIT(borrowed_arena) ((struct markup){ .text = TEXT_INIT, .arena = (borrowed_arena) })

/* <name attribute="value" ...>: pairs of strings and a closing NULL. A pair whose value is NULL is left out, "" stays. */
void markup_open(struct markup *markup, const char *name, ...) __attribute__((sentinel));
void markup_close(struct markup *markup, const char *name);
/* Elements that have no content: br, hr, input, link, meta. */
void markup_empty(struct markup *markup, const char *name, ...) __attribute__((sentinel));
/* <name ...>words</name>; NULL words are "". */
void markup_element(struct markup *markup, const char *name, const char *words, ...) __attribute__((sentinel));

void markup_words(struct markup *markup, const char *words); /* NULL: nothing */
void markup_bytes(struct markup *markup, struct bytes words, enum harmless_form form);
void markup_printf(struct markup *markup, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* <bdi>words</bdi>: a name or a subject of any direction that must not disturb the sentence around it. */
void markup_foreign(struct markup *markup, const char *words);
/* <time datetime="2026-03-03T14:02:00Z">Tuesday 3 March 2026, 14:02</time> */
void markup_time(struct markup *markup, int64_t at);
/* The same in a language, as clock_format_local_in has it. */
void markup_time_in(struct markup *markup, int64_t at, const char *language);
/* Markup that is ours from beginning to end, balanced. */
void markup_raw(struct markup *markup, const char *ours);

/* Everything but letters, digits and "-._~" as %XX (RFC 3986), for one part of a path or one value of a query. */
char *markup_url_part(struct arena *arena, const char *words);

/* The finished markup in its arena; aborts while an element is open. */
struct bytes markup_end(struct markup *markup);

#endif
