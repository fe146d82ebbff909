/* tend_letter.h - what reviewers and senders are told when the clock has acted, or a decision could not be carried out. Never a word
 * of the message. Private to src/review. */
#ifndef COPYHOLD_REVIEW_TEND_LETTER_H
#define COPYHOLD_REVIEW_TEND_LETTER_H

#include "review/queue.h"

/* Each false when there is nobody to tell. To who decided (`by`), or the second reviewer when that was the clock. */
bool tend_letter_failed(const struct desk *desk, struct arena *arena, const struct held *held, const char *by, const char *why, int64_t at,
			struct notice *out);
/* To the second reviewer: a message is theirs now, and why; `why_cy`: the same in Welsh, or NULL for somebody's own words. */
bool tend_letter_passed(const struct desk *desk, struct arena *arena, const struct held *held, const char *why, const char *why_cy, int64_t at,
			struct notice *out);
/* To one reviewer: nobody decided in time, and what follows. */
struct notice tend_letter_expired(const struct desk *desk, struct arena *arena, const struct held *held, const char *to, enum on_expiry expiry,
				  int64_t at);
/* To the sender: it still waits. */
bool tend_letter_still_waits(const struct desk *desk, struct arena *arena, const struct held *held, int64_t at, struct notice *out);

#endif
