/* link.c - see link.h. A token is base64url of: version, number of the key, time of expiry, tag of the reader, reference; then
 * HMAC-SHA-512-256 over all of it. The reader's address stands in it only as a keyed tag, because addresses do not belong in the
 * logs of proxies.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/link.h"

#include <sodium.h>
#include <string.h>

#include "base/text.h"
#include "link_keys.h"

#define VERSION 1
#define TAG_BYTES ((size_t)16)
/* version, key, expiry, tag */
#define HEAD_BYTES (1 + 4 + 8 + TAG_BYTES)
#define MAC_BYTES ((size_t)crypto_auth_hmacsha512256_BYTES)

static void add_number(struct text *out, uint64_t number, int octets)
{
	while (octets-- > 0)
		text_add_char(out, (char)(number >> (8 * octets) & 0xff));
}

static uint64_t take_number(struct bytes from)
{
	uint64_t number = 0;
	for (size_t i = 0; i < from.length; i++)
		number = number << 8 | (unsigned char)from.data[i];
	return number;
}

static void sign(const struct link_key *key, struct bytes what, unsigned char mac[MAC_BYTES])
{
	crypto_auth_hmacsha512256(mac, (const unsigned char *)what.data, what.length, key->secret);
}

/* The first octets of a MAC that no token can be mistaken for: it begins with a letter, they with the version. */
static void tag_of(struct arena *arena, const struct link_key *key, const char *person, unsigned char tag[MAC_BYTES])
{
	char *what = arena_printf(arena, "person:%s", person);
	for (char *c = what; *c != '\0'; c++)
		*c = ascii_lower(*c);
	sign(key, bytes_of(what), tag);
}

const char *link_make(struct arena *arena, const struct link_keys *keys, const char *id, const char *person, int64_t expires)
{
	const struct link_key *key = link_keys_newest(keys);
	unsigned char tag[MAC_BYTES], mac[MAC_BYTES];
	struct text token = TEXT_INIT;
	tag_of(arena, key, person, tag);
	add_number(&token, VERSION, 1);
	add_number(&token, key->number, 4);
	add_number(&token, (uint64_t)expires, 8);
	text_add_bytes(&token, (struct bytes){ (const char *)tag, TAG_BYTES });
	text_add(&token, id);
	sign(key, text_bytes(&token), mac);
	text_add_bytes(&token, (struct bytes){ (const char *)mac, MAC_BYTES });
	size_t room = sodium_base64_encoded_len(token.length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *written = arena_alloc(arena, room);
	sodium_bin2base64(written, room, (const unsigned char *)token.data, token.length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	text_release(&token);
	return written;
}

/* libsodium 1.0.18 takes every octet from 128 on for some digit of base64, so that one token could be written in many ways. */
static bool is_of_digits(const char *token)
{
	return token[strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

/* What was signed, when the signature is one of ours; empty otherwise. */
static struct bytes open_token(struct arena *arena, const struct link_keys *keys, const char *token, const struct link_key **key_out)
{
	size_t length = strlen(token), got = 0;
	unsigned char *all = arena_alloc(arena, length + 1), mac[MAC_BYTES];
	if (length > LINK_TOKEN_MOST || !is_of_digits(token) ||
	    sodium_base642bin(all, length + 1, token, length, NULL, &got, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    got <= HEAD_BYTES + MAC_BYTES || all[0] != VERSION)
		return BYTES_EMPTY;
	struct bytes signed_part = { (const char *)all, got - MAC_BYTES };
	*key_out = link_keys_find(keys, (uint32_t)take_number(bytes_slice(signed_part, 1, 5)));
	if (*key_out == NULL)
		return BYTES_EMPTY;
	sign(*key_out, signed_part, mac);
	return sodium_memcmp(mac, all + signed_part.length, MAC_BYTES) == 0 ? signed_part : BYTES_EMPTY;
}

static bool is_tag_of(struct arena *arena, const struct link_key *key, struct bytes tag, const char *person)
{
	unsigned char other[MAC_BYTES];
	tag_of(arena, key, person, other);
	return sodium_memcmp(tag.data, other, TAG_BYTES) == 0;
}

static bool is_for(struct arena *arena, const struct link_key *key, const struct directory *directory, struct bytes tag, const char *person)
{
	if (person == NULL || *person == '\0')
		return false;
	if (is_tag_of(arena, key, tag, person))
		return true;
	const struct person *known = directory_by_login(directory, person);
	for (size_t i = 0; known != NULL && i < known->address_count; i++)
		if (is_tag_of(arena, key, tag, known->addresses[i]))
			return true;
	return false;
}

enum link_answer link_check(struct arena *arena, const struct link_keys *keys, const struct directory *directory, const char *token,
			    const char *person, int64_t now, const char **id_out)
{
	const struct link_key *key = NULL;
	struct bytes opened = token == NULL ? BYTES_EMPTY : open_token(arena, keys, token, &key);
	if (opened.length == 0)
		return LINK_FORGED;
	if ((int64_t)take_number(bytes_slice(opened, 5, 13)) <= now)
		return LINK_EXPIRED;
	if (!is_for(arena, key, directory, bytes_slice(opened, 13, 13 + TAG_BYTES), person))
		return LINK_SOMEBODY_ELSES;
	*id_out = arena_string_of(arena, bytes_slice(opened, HEAD_BYTES, opened.length));
	return LINK_GOOD;
}

const char *link_answer_sentence(enum link_answer answer)
{
	static const char *const sentences[] = {
		[LINK_GOOD] = NULL,
		[LINK_FORGED] = "This link is not one that Copyhold made, or part of it is missing. Open the desk and look for the reference there.",
		[LINK_EXPIRED] = "This link has expired. Open the desk and look for the reference there.",
		[LINK_SOMEBODY_ELSES] = "This link was mailed to somebody else. Open the desk: what is yours to decide is there.",
	};
	return sentences[answer];
}
