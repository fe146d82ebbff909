/* detail.h - the JSON object of a journal line, from names and texts. Private to src/store. */
#ifndef COPYHOLD_STORE_DETAIL_H
#define COPYHOLD_STORE_DETAIL_H

#include <stddef.h>

struct detail {
	const char *name, *text; /* NULL text: left out */
};

#define DETAILS(...) (const struct detail[]){ __VA_ARGS__ }, sizeof((struct detail[]){ __VA_ARGS__ }) / sizeof(struct detail)

/* Octets that are no UTF-8 become U+FFFD. Freed by the caller. */
char *detail_text(const struct detail *details, size_t count);

#endif
