/* paper_html.h - the parts that the HTML forms of the figures share. Private to src/review. */
#ifndef COPYHOLD_REVIEW_PAPER_HTML_H
#define COPYHOLD_REVIEW_PAPER_HTML_H

#include "paper.h"

/* From the doctype to the heading; paper_end closes it all. `sheet` is our style sheet. */
void paper_begin(const struct paper *paper, struct markup *markup, const char *title, const char *sheet);
struct bytes paper_end(struct markup *markup);
/* A heading and a list of terms. */
void paper_facts(struct markup *markup, const char *heading, const struct paper_fact *facts);
/* A table up to its first row; the first `words` columns are words, the others numbers. */
void paper_table(struct markup *markup, const char *caption, const char *const *columns, size_t words);
void paper_table_end(struct markup *markup);
void paper_number(struct markup *markup, const char *words);

#endif
