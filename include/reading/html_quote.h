/* html_quote.h - which HTML elements hold or begin quoted history, as mail programs mark it. */
#ifndef COPYHOLD_READING_HTML_QUOTE_H
#define COPYHOLD_READING_HTML_QUOTE_H

#include <gumbo.h>

enum quotation {
	QUOTATION_NONE,
	QUOTATION_BEGINS,  /* history begins here, but the element does not hold it */
	QUOTATION_WRAPPER, /* holds "On ... wrote:" and, soon, a blockquote */
	QUOTATION_HOLDS,
};

/* By its tag and attributes alone; QUOTATION_NONE for all else. */
enum quotation html_quotation_of(const GumboElement *element);

#endif
