/* print.h - fingerprints of a text's words, by which passages of it are known again in another text.
 *
 * Every run of PRINT_WORDS words has a number, and of each PRINT_WINDOW runs that follow each other one is chosen, by its number alone
 * ("winnowing": Schleimer, Wilkerson, Aiken 2003). Two texts that share a passage of PRINT_CERTAIN words choose the same run in it, however
 * either is wrapped, quoted, marked up or spelled: case, punctuation, quotation marks, bullets and web addresses do not count, letters
 * and figures do. Linear in the text; pure. */
#ifndef COPYHOLD_MEMORY_PRINT_H
#define COPYHOLD_MEMORY_PRINT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "memory/courtesy.h"

#define PRINT_WORDS ((size_t)5)
#define PRINT_WINDOW ((size_t)4)
#define PRINT_CERTAIN (PRINT_WORDS + PRINT_WINDOW - 1)
/* A text with fewer words than PRINT_WORDS is one print, unless it has even fewer than these. */
#define PRINT_LEAST ((size_t)3)

/* The words of a text, line by line. */
struct print_words {
	struct arena *arena;
	uint64_t *items; /* a number for each word */
	size_t count;
	const struct courtesies *courtesies; /* to be left out; NULL: none are */
	struct bytes open; /* a word's beginning, split over two lines with a hyphen */
};

/* The number of a single word. */
uint64_t print_word(struct bytes word);
/* A line as patterns see it (unicode_plain). */
void print_add_line(struct print_words *words, struct bytes plain);
/* Prints, each once, in the order in which they came. */
struct print_set {
	struct arena *arena;
	uint64_t *items;
	size_t count;
	uint64_t *table; /* of them, by number */
	size_t table_size;
};
void print_set_add(struct print_set *set, uint64_t print);
/* Adds those of all lines. Nothing can be added to the words afterwards. */
void print_make(struct print_words *words, struct print_set *set);

#endif
