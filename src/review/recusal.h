/* recusal.h - nobody reviews mail they sent, received or are the subject of. Private to src/review. */
#ifndef COPYHOLD_REVIEW_RECUSAL_H
#define COPYHOLD_REVIEW_RECUSAL_H

#include "directory/directory.h"
#include "store/store.h"

/* Somebody who reads or decides: by directory, or only by the address the configuration names. */
struct reviewer {
	const struct person *person; /* NULL when the directory does not know them */
	const char *address;         /* as written */
};

struct reviewer reviewer_resolve(const struct directory *directory, const char *written);
/* Is the address theirs? */
bool reviewer_has_address(const struct directory *directory, const struct reviewer *reviewer, const char *address);
/* Did they send it; was it sent to them, perhaps through a list; do its findings name them? */
bool reviewer_sent(const struct directory *directory, const struct held *held, const struct reviewer *reviewer);
bool reviewer_received(struct arena *arena, const struct directory *directory, const struct held *held, const struct reviewer *reviewer);
bool reviewer_is_named(struct arena *arena, const struct directory *directory, const struct held *held, const struct reviewer *reviewer);
/* Why they may not decide on the message, as "they sent it"; NULL when they may. */
const char *recusal_reason(const struct directory *directory, const struct held *held, const struct reviewer *reviewer);

#endif
