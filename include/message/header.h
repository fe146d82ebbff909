/* header.h - fields of a header block: finding, unfolding, decoding (RFC 5322 2.2.3, RFC 2047). */
#ifndef COPYHOLD_MESSAGE_HEADER_H
#define COPYHOLD_MESSAGE_HEADER_H

#include "message/message.h"

/* The n-th (from 0) field of that name, without regard to case; NULL when there are fewer. */
const struct header *header_find(const struct part *part, const char *name, size_t n);
size_t header_occurrences(const struct part *part, const char *name);
/* The value with folds undone and ends trimmed; raw bytes otherwise. */
struct bytes header_unfolded(struct arena *arena, const struct header *header);
/* The value as a person reads it: unfolded, encoded words decoded, raw 8-bit read as UTF-8 or else windows-1252,
 * valid UTF-8. An encoded word that cannot be decoded stays as written and notes DEFECT_ENCODED_WORD on `part`
 * (which may be NULL). */
const char *header_text(struct arena *arena, const struct part *part, const struct header *header);
/* header_text of the first field of that name, or NULL. */
const char *header_text_of(struct arena *arena, const struct part *part, const char *name);
/* The same decoding for any bytes, e.g. a display name. */
const char *header_decode_words(struct arena *arena, struct bytes value, bool *damaged_out);

#endif
