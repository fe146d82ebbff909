/* unicode.h - text made comparable (ICU).
 *
 * All functions take any bytes: what is not valid UTF-8 counts as U+FFFD and never stops them. */
#ifndef COPYHOLD_BASE_UNICODE_H
#define COPYHOLD_BASE_UNICODE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

/* True when the bytes are well-formed UTF-8 (RFC 3629). */
bool unicode_is_utf8(struct bytes bytes);
/* A valid UTF-8 copy: each ill-formed byte becomes U+FFFD. Borrows when already valid. */
struct bytes unicode_repair(struct arena *arena, struct bytes bytes);

/* The form patterns are matched on: NFKC; zero-width, soft-hyphen and other default-ignorable characters, NUL and
 * other control characters removed; every kind of blank (no-break, figure, ideographic) made a space; curly quotes and dashes made ' " -.
 * Case is kept (patterns match without case). Valid UTF-8. Borrows `bytes` when nothing changes. */
struct bytes unicode_plain(struct arena *arena, struct bytes bytes);

/* For looking for words in text of the plain form: letters of other alphabets that look like Latin letters become those, and
 * marks drawn over letters go. No text for people: a Russian sentence becomes a jumble. Borrows when nothing changes. */
struct bytes unicode_alike(struct arena *arena, struct bytes plain);

/* The form names and words are compared by: unicode_plain, then case folded, accents kept, runs of blanks one
 * space, ends trimmed. NUL-terminated. */
char *unicode_key(struct arena *arena, struct bytes bytes);

/* A domain as lower-case A-labels (UTS #46, non-transitional); lower-cased as it is when IDNA refuses it. */
char *unicode_domain(struct arena *arena, struct bytes domain);

#endif
