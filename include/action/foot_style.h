/* foot_style.h - whether a style sheet of an HTML text could hide a paragraph that is added to it. */
#ifndef COPYHOLD_ACTION_FOOT_STYLE_H
#define COPYHOLD_ACTION_FOOT_STYLE_H

#include <stdbool.h>

#include "base/bytes.h"

/* Some rule of a <style> says how paragraphs as such, or the page, are seen: in what colour, how large, whether at all. What the
 * rules come to together is not worked out. Linear. */
bool foot_style_is_set(struct bytes html);

#endif
