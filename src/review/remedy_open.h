/* remedy_open.h - making a hidden copy known at its sender's wish, from what the store remembers of it. Private to src/review. */
#ifndef COPYHOLD_REVIEW_REMEDY_OPEN_H
#define COPYHOLD_REVIEW_REMEDY_OPEN_H

#include "review/queue.h"

struct copy_telling {
	const char *const *lines; /* "CC councillor X" */
	size_t line_count;
	const char *const *to;    /* who stood openly and may be told, each person once */
	size_t to_count;
};
struct copy_telling copy_telling_of(const struct desk *desk, struct arena *arena, const struct held *held);
/* The notices to them. */
const struct notice *copy_telling_notices(const struct desk *desk, struct arena *arena, const struct held *held,
					  const struct copy_telling *telling, int64_t at);

#endif
