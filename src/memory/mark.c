/* mark.c - see mark.h. BLAKE2b keyed for whatever is looked up whole, SipHash for the many prints of passages, both by libsodium.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/mark.h"

#include <sodium.h>
#include <string.h>

void memory_key_make(struct memory_key *out, int64_t number, int64_t from)
{
	*out = (struct memory_key){ .number = number, .from = from };
	randombytes_buf(out->secret, sizeof out->secret);
}

struct mark mark_make_of(const struct memory_key *key, enum mark_of of, const struct bytes *fields, size_t count)
{
	crypto_generichash_state state;
	struct mark mark;
	const unsigned char domain = (unsigned char)of;
	crypto_generichash_init(&state, key->secret, sizeof key->secret, MARK_LENGTH);
	crypto_generichash_update(&state, &domain, 1);
	for (size_t i = 0; i < count; i++) {
		unsigned char length[8];
		for (int n = 0; n < 8; n++)
			length[n] = (unsigned char)((uint64_t)fields[i].length >> (8 * n));
		crypto_generichash_update(&state, length, sizeof length);
		if (fields[i].length > 0)
			crypto_generichash_update(&state, (const unsigned char *)fields[i].data, fields[i].length);
	}
	crypto_generichash_final(&state, mark.octets, MARK_LENGTH);
	return mark;
}

struct mark mark_make(const struct memory_key *key, enum mark_of of, struct bytes what)
{
	return mark_make_of(key, of, &what, 1);
}

struct mark mark_of_person(const struct memory_key *key, const struct person *person)
{
	if (person->id != NULL)
		return mark_make(key, MARK_OF_PERSON, bytes_of(person->id));
	const struct bytes fields[] = { bytes_of(person->name), bytes_of(person->address_count > 0 ? person->addresses[0] : "") };
	return mark_make_of(key, MARK_OF_PERSON, fields, 2);
}

bool mark_equal(const struct mark *a, const struct mark *b)
{
	return memcmp(a->octets, b->octets, MARK_LENGTH) == 0;
}

void mark_prints(const struct memory_key *key, const uint64_t *prints, size_t count, uint64_t *out)
{
	static const unsigned char purpose[] = "prints";
	unsigned char derived[crypto_shorthash_KEYBYTES];
	crypto_generichash(derived, sizeof derived, purpose, sizeof purpose - 1, key->secret, sizeof key->secret);
	for (size_t i = 0; i < count; i++) {
		unsigned char octets[8], hash[crypto_shorthash_BYTES];
		for (int n = 0; n < 8; n++)
			octets[n] = (unsigned char)(prints[i] >> (8 * n));
		crypto_shorthash(hash, octets, sizeof octets, derived);
		out[i] = 0;
		for (size_t n = 0; n < sizeof hash && n < 8; n++)
			out[i] |= (uint64_t)hash[n] << (8 * n);
	}
	sodium_memzero(derived, sizeof derived);
}
