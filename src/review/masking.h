/* masking.h - who may be named in a document that leaves the office, and how everybody else appears in it. Private to src/review. */
#ifndef COPYHOLD_REVIEW_MASKING_H
#define COPYHOLD_REVIEW_MASKING_H

#include "recusal.h"

struct masking;

/* Without `redact` only `self` is named; with it, those who answered for the Council on that day: councillors, clerk and deputy, RFO,
 * heads of service, the monitoring officer; nobody else, `self` included. Lists and the Council's name always stay. */
struct masking *masking_new(struct arena *arena, const struct directory *directory, const struct reviewer *self, int64_t at, bool redact);

/* The address as it is, or "i...b@...". NULL and "" stay. */
const char *masking_address(struct masking *masking, const char *address);
/* Who that is: the name, or "a councillor", "an officer", "a third party". */
const char *masking_who(struct masking *masking, const char *address);
/* Text with every address and every name of the directory that may not stand in it replaced. NULL stays NULL. */
const char *masking_text(struct masking *masking, const char *text);
/* The same, and what stands between double quotes left out: words of a message that is not theirs. */
const char *masking_sentence(struct masking *masking, const char *text);
/* How many replacements were made. */
size_t masking_count(const struct masking *masking);

#endif
