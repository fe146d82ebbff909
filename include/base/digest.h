/* digest.h - SHA-256 as lower-case hex (libsodium), over one run of bytes or several; BLAKE2b for large ones. */
#ifndef COPYHOLD_BASE_DIGEST_H
#define COPYHOLD_BASE_DIGEST_H

#include <sodium.h>

#include "base/arena.h"
#include "base/bytes.h"

#define DIGEST_HEX_LENGTH ((size_t)64)

struct digest {
	crypto_hash_sha256_state state;
};

void digest_begin(struct digest *digest);
void digest_add(struct digest *digest, struct bytes bytes);
/* Adds the length first, so that ("ab", "c") and ("a", "bc") differ. */
void digest_add_field(struct digest *digest, struct bytes bytes);
/* 64 hex digits, NUL-terminated, in the arena; the digest is used up. */
const char *digest_end(struct digest *digest, struct arena *arena);
/* The digest of one run. */
const char *digest_of(struct arena *arena, struct bytes bytes);

/* For contents of megabytes: BLAKE2b-256 in as many hex digits, several times as fast as SHA-256 is here. */
const char *digest_of_large(struct arena *arena, struct bytes bytes);

#endif
