/* passing.h - mail that passes without an entry of its own, and the little that it leaves behind. */
#ifndef COPYHOLD_STORE_PASSING_H
#define COPYHOLD_STORE_PASSING_H

#include "store/duty.h"

struct passing {
	const char *id;                     /* its reference, of which nothing is kept but what duty was ended by it */
	int64_t at;
	const struct duty_changes *duties;  /* of which it does the deeds alone, or NULL */
	const struct notice *notices;       /* private ones: of no message, and forgotten when they are sent */
	size_t notice_count;
	const struct exception *exceptions; /* used; counted by day, rule and sentence */
	size_t exception_count;
};

/* All of it in one transaction; nothing is written when it comes to nothing. */
bool store_pass(struct store *store, struct arena *arena, const struct passing *passing, struct error *err) MUST_CHECK;
/* The same taken back: it was not passed on after all, and may come again. Who has been told by now stays told. So go the private notices of
 * a message with an entry, beside store_void. */
bool store_pass_take_back(struct store *store, const struct passing *passing, int64_t at, struct error *err) MUST_CHECK;

#endif
