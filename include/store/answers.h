/* answers.h - how every rule was answered about a message with an entry, for `copyhold why`; kept and disposed of with the entry. */
#ifndef COPYHOLD_STORE_ANSWERS_H
#define COPYHOLD_STORE_ANSWERS_H

#include "store/store.h"

struct kept_answers {
	const char *rulebook; /* as in record.rulebook; NULL when nothing is kept */
	const char *answers;
};
bool store_answers(struct store *store, struct arena *arena, const char *id, struct kept_answers *out, struct error *err) MUST_CHECK;

#endif
