/* token.c - see token.h. BLAKE2b keyed by the cookie's secret; libsodium's secretbox for what is sealed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/token.h"

#include <stdlib.h>

#define PROOF_LENGTH ((size_t)24)
#define SENTENCE_SECONDS 60

static const char *as_text(struct arena *arena, const unsigned char *octets, size_t length)
{
	size_t room = sodium_base64_encoded_len(length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return sodium_bin2base64(arena_alloc(arena, room), room, octets, length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* All of `text`, and exactly `length` octets of it. */
static bool from_text(const char *text, unsigned char *octets, size_t length)
{
	size_t got = 0;
	const char *end = NULL;
	return sodium_base642bin(octets, length, text, strlen(text), NULL, &got, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       got == length && *end == '\0';
}

/* `purpose` keeps one kind of proof from passing for another. */
static void prove(unsigned char out[PROOF_LENGTH], const char *secret, const char *purpose, const char *content)
{
	unsigned char key[crypto_generichash_KEYBYTES];
	crypto_generichash_state state;
	crypto_generichash(key, sizeof key, (const unsigned char *)secret, strlen(secret), NULL, 0);
	crypto_generichash_init(&state, key, sizeof key, PROOF_LENGTH);
	crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&state, (const unsigned char *)content, strlen(content));
	crypto_generichash_final(&state, out, PROOF_LENGTH);
	sodium_memzero(key, sizeof key);
}

const char *token_random(struct arena *arena)
{
	unsigned char octets[PROOF_LENGTH];
	randombytes_buf(octets, sizeof octets);
	return as_text(arena, octets, sizeof octets);
}

/* A random pad, then the proof under that pad. */
const char *token_for_form(struct arena *arena, const char *secret)
{
	unsigned char proof[PROOF_LENGTH], token[2 * PROOF_LENGTH];
	prove(proof, secret, "form", "");
	randombytes_buf(token, PROOF_LENGTH);
	for (size_t i = 0; i < PROOF_LENGTH; i++)
		token[PROOF_LENGTH + i] = token[i] ^ proof[i];
	return as_text(arena, token, sizeof token);
}

bool token_is_of_form(const char *given, const char *secret)
{
	unsigned char proof[PROOF_LENGTH], token[2 * PROOF_LENGTH];
	if (given == NULL || secret == NULL || !from_text(given, token, sizeof token))
		return false;
	prove(proof, secret, "form", "");
	for (size_t i = 0; i < PROOF_LENGTH; i++)
		token[i] ^= token[PROOF_LENGTH + i];
	return sodium_memcmp(token, proof, PROOF_LENGTH) == 0;
}

static const char *sentence_proof(struct arena *arena, const char *secret, const char *path, const char *start)
{
	unsigned char proof[PROOF_LENGTH];
	prove(proof, secret, "sentence", arena_printf(arena, "%s %s", start, path));
	return as_text(arena, proof, sizeof proof);
}

const char *token_for_sentence(struct arena *arena, const char *secret, const char *path, size_t number, int64_t now)
{
	const char *start = arena_printf(arena, "%zu-%lld", number, (long long)now);
	return arena_printf(arena, "%s-%s", start, sentence_proof(arena, secret, path, start));
}

bool token_sentence(struct arena *arena, const char *given, const char *secret, const char *path, int64_t now, size_t *number_out)
{
	if (given == NULL || secret == NULL || strlen(given) > 100 || !ascii_is_digit(given[0]))
		return false;
	char *end = NULL;
	size_t number = strtoul(given, &end, 10);
	if (*end != '-' || !ascii_is_digit(end[1]))
		return false;
	long long at = strtoll(end + 1, &end, 10);
	if (*end != '-' || at > now || now - at > SENTENCE_SECONDS)
		return false;
	const char *proof = sentence_proof(arena, secret, path, arena_string_of(arena, bytes_slice(bytes_of(given), 0, (size_t)(end - given))));
	if (strlen(end + 1) != strlen(proof) || sodium_memcmp(end + 1, proof, strlen(proof)) != 0)
		return false;
	*number_out = number;
	return true;
}

const char *token_seal(struct arena *arena, const unsigned char key[TOKEN_KEY_LENGTH], struct bytes content)
{
	size_t length = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + content.length;
	unsigned char *sealed = arena_alloc(arena, length);
	randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, (const unsigned char *)content.data, content.length, sealed, key);
	return as_text(arena, sealed, length);
}

bool token_open(struct arena *arena, const unsigned char key[TOKEN_KEY_LENGTH], const char *sealed, struct bytes *out)
{
	size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
	size_t length = strlen(sealed) / 4 * 3 + (strlen(sealed) % 4 == 0 ? 0 : strlen(sealed) % 4 - 1);
	unsigned char *octets = arena_alloc(arena, length + 1);
	if (length < overhead || !from_text(sealed, octets, length))
		return false;
	unsigned char *plain = arena_alloc(arena, length - overhead + 1);
	if (crypto_secretbox_open_easy(plain, octets + crypto_secretbox_NONCEBYTES, length - crypto_secretbox_NONCEBYTES, octets, key) != 0)
		return false;
	*out = (struct bytes){ (const char *)plain, length - overhead };
	return true;
}
