/* html_tree.h - parsing HTML with gumbo inside a memory budget. */
#ifndef COPYHOLD_READING_HTML_TREE_H
#define COPYHOLD_READING_HTML_TREE_H

#include <gumbo.h>
#include <stdbool.h>

#include "base/bytes.h"

struct html_tree;

/* A few short tags can make the parser build millions of nodes (it opens unclosed formatting again in each block). */
#define HTML_TREE_BYTES ((size_t)96 << 20)

/* The tree of `html`, or of a shorter and shorter beginning of it while that does not fit the budget; *cut_out is
 * where it was cut. The tree borrows `html`. */
struct html_tree *html_tree_new(struct bytes html, size_t *cut_out);
void html_tree_free(struct html_tree **tree);
const GumboNode *html_tree_root(const struct html_tree *tree);

/* The value of an attribute, or BYTES_EMPTY. */
struct bytes html_attribute(const GumboElement *element, const char *name);

#endif
