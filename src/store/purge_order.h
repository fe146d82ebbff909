/* purge_order.h - what purge.c, reduce.c and legal_hold.c share. Private to src/store. */
#ifndef COPYHOLD_STORE_PURGE_ORDER_H
#define COPYHOLD_STORE_PURGE_ORDER_H

#include "database.h"
#include "store/purge.h"

struct holds {
	const struct legal_hold *items;
	size_t count;
};
/* Within a transaction: the legal holds in force. */
bool holds_load(struct store *store, struct arena *arena, struct holds *out, struct error *err) MUST_CHECK;

/* Within a transaction: store_tidy has work. */
bool purge_untidy(struct store *store, struct error *err) MUST_CHECK;
/* Between transactions, for others. */
void purge_pause(const struct purge_order *order);

#endif
