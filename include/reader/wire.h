/* wire.h - a reading as bytes, between the process that made it and the gateway, which believes nothing.
 *
 * Both have scanned the same bytes with the same limits, so the part map is not sent: parts are numbers. */
#ifndef COPYHOLD_READER_WIRE_H
#define COPYHOLD_READER_WIRE_H

#include "base/error.h"
#include "reading/html.h"
#include "reading/reading.h"

#define ANSWER_MOST ((size_t)24 << 20) /* octets; a reading of text at all its limits takes less */

/* The reading, and the defects noted since there were `defects_before`. In the arena. */
struct bytes answer_pack(struct arena *arena, const struct message *message, size_t defects_before, const struct reading *reading);
/* The reading in the arena, against our own scan of the same message; its further defects are noted there. Everything is
 * checked first: on false nothing has changed, and err says what does not hold. */
bool answer_unpack(struct arena *arena, struct message *message, struct bytes answer, struct reading **out,
		   struct error *err) MUST_CHECK;

/* HTML seen for the gateway (struct html_viewer). `html` is what was asked about. */
struct bytes view_pack(struct arena *arena, const struct html_text *text);
bool view_unpack(struct arena *arena, struct bytes html, struct bytes answer, struct html_text *out, struct error *err) MUST_CHECK;

#endif
