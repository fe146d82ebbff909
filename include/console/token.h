/* token.h - proofs that the console gives out and takes back without remembering anything.
 *
 * They are keyed by a secret that only the browser's cookie and we know, so they hold as long as the cookie does, over restarts and
 * in every process; a password on its way to the second step of the log-in is sealed with a key of this process alone. */
#ifndef COPYHOLD_CONSOLE_TOKEN_H
#define COPYHOLD_CONSOLE_TOKEN_H

#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

#define TOKEN_KEY_LENGTH ((size_t)crypto_secretbox_KEYBYTES)

/* A new random token, as for the cookie before the log-in. */
const char *token_random(struct arena *arena);
/* The token a form carries, of a cookie's secret. It looks different each time, so that what a proxy compresses tells nothing. */
const char *token_for_form(struct arena *arena, const char *secret);
/* `given` may be NULL. */
bool token_is_of_form(const char *given, const char *secret);

/* "NUMBER-SECONDS-PROOF": that we ourselves say sentence `number`, now, to the holder of the secret, on the page at `path`. */
const char *token_for_sentence(struct arena *arena, const char *secret, const char *path, size_t number, int64_t now);
/* False when it is not ours, or is older than a minute. `given` may be NULL. */
bool token_sentence(struct arena *arena, const char *given, const char *secret, const char *path, int64_t now, size_t *number_out);

/* Seals some text for the way through the browser and back; opened only with the same key. */
const char *token_seal(struct arena *arena, const unsigned char key[TOKEN_KEY_LENGTH], struct bytes content);
bool token_open(struct arena *arena, const unsigned char key[TOKEN_KEY_LENGTH], const char *sealed, struct bytes *out);

#endif
