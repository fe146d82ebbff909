/* who_has.h - which recipients of a message have it and which have not, for who is told of it. Private to src/review. */
#ifndef COPYHOLD_REVIEW_WHO_HAS_H
#define COPYHOLD_REVIEW_WHO_HAS_H

#include "review/queue.h"

/* Some recipients of a message; none when it is all of them, because then their names tell nothing. */
struct some_recipients {
	const char *const *items;
	size_t count;
};

/* Those it was kept from and who do not have it yet: the others have it. */
struct some_recipients who_lacks(struct arena *arena, const struct held *held);
/* Those who have got it by a release; `held` is as it was before. Who had got it before `since` has been told of. */
struct some_recipients who_got(struct arena *arena, const struct held *held, const struct queue_result *results, size_t count, int64_t since);

#endif
