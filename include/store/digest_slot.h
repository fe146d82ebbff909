/* digest_slot.h - which digests have been made: one row for each reader and each time it was due, whether a mail came of it or not. */
#ifndef COPYHOLD_STORE_DIGEST_SLOT_H
#define COPYHOLD_STORE_DIGEST_SLOT_H

#include "store/store.h"

struct digest_mark {
	int64_t slot;      /* when the newest was due; 0: there was none */
	int64_t made_at;   /* when it was made */
	int64_t first_at;  /* when the first was made */
	int64_t mailed_at; /* when the newest that was mailed was made; 0: none */
};
bool store_digest_last(struct store *store, const char *reader, struct digest_mark *out, struct error *err) MUST_CHECK;
/* Compare and set: of all who come with this reader and slot one gets *mine_out, and its mail (NULL: nothing to say) is in the outbox
 * with that, in one transaction. */
bool store_digest_claim(struct store *store, const char *reader, int64_t slot, int64_t at, const struct notice *mail, bool *mine_out,
			struct error *err) MUST_CHECK;
/* When the newest digest of anybody was made; 0: none was. */
bool store_digest_newest(struct store *store, int64_t *at_out, struct error *err) MUST_CHECK;

#endif
