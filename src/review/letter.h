/* letter.h - the bytes that go out when a reviewer has decided. Private to src/review. */
#ifndef COPYHOLD_REVIEW_LETTER_H
#define COPYHOLD_REVIEW_LETTER_H

#include "store/store.h"

/* The stored octets with two trace fields on top, nothing else changed. `host` is who hands it on; `at` when. */
struct bytes letter_released(struct arena *arena, const struct held *held, struct bytes raw, const char *host, int64_t at);
/* A notice with the original attached as message/rfc822. */
struct bytes letter_with_original(struct arena *arena, struct bytes notice, struct bytes original);

#endif
