/* foot_seen.h - whether lines put into HTML are what a person then sees. */
#ifndef COPYHOLD_ACTION_FOOT_SEEN_H
#define COPYHOLD_ACTION_FOOT_SEEN_H

#include "action/footer.h"
#include "reading/html.h"

/* `html` has the element with the lines at [at, at + length). TOUCHED: it reads as just those lines, outside of quotations, and the
 * text has no signature of its own. Else UNTOUCHED_NOT_SHOWN (also when `viewer` cannot tell, or is NULL), or what the signature is. */
enum untouched foot_is_seen(const struct html_viewer *viewer, struct bytes html, size_t at, size_t length, const char *const *lines, size_t line_count);

#endif
