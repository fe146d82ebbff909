/* digest.c - see digest.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digest.h"

#include <stdint.h>
#include <stdlib.h>

void digest_begin(struct digest *digest)
{
	crypto_hash_sha256_init(&digest->state);
}

void digest_add(struct digest *digest, struct bytes bytes)
{
	if (bytes.length > 0)
		crypto_hash_sha256_update(&digest->state, (const unsigned char *)bytes.data, bytes.length);
}

void digest_add_field(struct digest *digest, struct bytes bytes)
{
	unsigned char length[8];
	for (int i = 0; i < 8; i++)
		length[i] = (unsigned char)((uint64_t)bytes.length >> (8 * i));
	crypto_hash_sha256_update(&digest->state, length, sizeof length);
	digest_add(digest, bytes);
}

const char *digest_end(struct digest *digest, struct arena *arena)
{
	unsigned char raw[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_final(&digest->state, raw);
	char *hex = arena_alloc(arena, DIGEST_HEX_LENGTH + 1);
	sodium_bin2hex(hex, DIGEST_HEX_LENGTH + 1, raw, sizeof raw);
	return hex;
}

const char *digest_of(struct arena *arena, struct bytes bytes)
{
	struct digest digest;
	digest_begin(&digest);
	digest_add(&digest, bytes);
	return digest_end(&digest, arena);
}

const char *digest_of_large(struct arena *arena, struct bytes bytes)
{
	unsigned char raw[crypto_generichash_BYTES];
	_Static_assert(sizeof raw * 2 == DIGEST_HEX_LENGTH, "as long as the other");
	/* It picks the code for this processor; more than once does no harm. */
	if (sodium_init() < 0)
		abort();
	crypto_generichash(raw, sizeof raw, (const unsigned char *)bytes.data, bytes.length, NULL, 0);
	char *hex = arena_alloc(arena, DIGEST_HEX_LENGTH + 1);
	sodium_bin2hex(hex, DIGEST_HEX_LENGTH + 1, raw, sizeof raw);
	return hex;
}
