/* lexicon_parts.h - a lexicon from within: what lexicon.c puts together and lexicon_say.c asks. */
#ifndef COPYHOLD_READING_LEXICON_PARTS_H
#define COPYHOLD_READING_LEXICON_PARTS_H

#include "reading/lexicon.h"

struct names {
	char **items;  /* NULL-terminated */
	char **places; /* parallel: FILE:LINE, or NULL where nobody asks */
	size_t count;
};

struct family {
	char *name;
	struct names sources; /* its phrases as written */
	struct pattern **patterns; /* parallel to them, where they were written here; NULL while one waits */
	size_t pattern_count;
	size_t muted_count;   /* while it is muted: its patterns, that are not to be found */
	bool fills;           /* phrases of other families are made of it */
	size_t first; /* number of the first pattern in the sieve */
	struct names unless, unless_before, unless_in_clause;
};

/* A phrase made of other families: compiled when all of them are known. */
struct waiting {
	struct family *family;
	size_t index; /* of its pattern */
	char *phrase;
	char *where; /* FILE:LINE */
};

struct lexicon {
	struct family **families; /* sorted by name */
	size_t count;
	const char **family_names; /* NULL-terminated, parallel */
	struct stock *stock;
	struct known *known;
	struct sieve *sieve; /* over all families and the stock; NULL until checked */
	struct waiting *waiting;
	size_t waiting_count;
	struct label_map *labels;
	const char *const *only; /* what may be asked for; NULL: anything */
};

/* NULL when there is none. */
struct family *lexicon_family_named(const struct lexicon *lexicon, const char *name);

#endif
