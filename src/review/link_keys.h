/* link_keys.h - the keys that sign links. Private to src/review. */
#ifndef COPYHOLD_REVIEW_LINK_KEYS_H
#define COPYHOLD_REVIEW_LINK_KEYS_H

#include <sodium.h>

#include "review/link.h"

struct link_key {
	uint32_t number;
	int64_t made_at;
	unsigned char secret[crypto_auth_hmacsha512256_KEYBYTES];
};

/* Newest first; there is always one. */
const struct link_key *link_keys_newest(const struct link_keys *keys);
/* NULL when there is none of that number. */
const struct link_key *link_keys_find(const struct link_keys *keys, uint32_t number);

#endif
