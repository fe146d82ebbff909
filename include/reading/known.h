/* known.h - texts that an administrator says are boilerplate: the Council's own disclaimer, its gateway's banner.
 *
 * A text is known again when a few of its words have changed, or its lines are wrapped elsewhere; what an author writes
 * beside it, even in the same paragraph, is not taken for it. Immutable once sealed; shared by threads. */
#ifndef COPYHOLD_READING_KNOWN_H
#define COPYHOLD_READING_KNOWN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

/* "Private and confidential" is what people write themselves: a shorter text would hide their marking. */
#define KNOWN_WORDS_LEAST 5

struct known;

/* Empty. The caller frees it, which sets *known to NULL. */
struct known *known_new(void);
void known_free(struct known **known);
/* The paragraphs of a file, apart by blank lines; lines that begin with "#" are remarks. Refuses what is no UTF-8 and what is too short
 * to be told from people's own words, with `name` and line. */
bool known_read(struct known *known, const char *name, struct bytes content, struct error *err) MUST_CHECK;
/* One paragraph, copied; false, and nothing added, when it has fewer than KNOWN_WORDS_LEAST words. */
bool known_add(struct known *known, struct bytes paragraph) MUST_CHECK;
/* After the last of them, before the first question. */
void known_seal(struct known *known);
/* As they were added, NULL-terminated; borrowed. To be told to another process. */
const char *const *known_texts(const struct known *known);
bool known_is_empty(const struct known *known);

/* Sets known_out[i] for each of a paragraph's lines (unicode_plain) that is part of a known text, and says whether there is one. */
bool known_lines(const struct known *known, struct arena *arena, const struct bytes *lines, size_t count, bool *known_out);

#endif
