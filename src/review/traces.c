/* traces.c - see traces.h. Sorted fingerprints of four octets, none twice; SipHash under a key that is made of the message's id.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "traces.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

#define TRACE 4
_Static_assert(sizeof((struct trace_reader *)0)->key == crypto_shorthash_siphash24_KEYBYTES, "the key is as long as SipHash wants it");

enum { KIND_WORDS = 'w', KIND_ADDRESS = 'a' };

struct trace {
	unsigned char octets[TRACE];
};
struct trace_maker {
	struct arena *arena;
	unsigned char key[crypto_shorthash_siphash24_KEYBYTES];
	struct trace *items;
	size_t count;
};

static void make_key(unsigned char *key, const char *id)
{
	crypto_generichash(key, crypto_shorthash_siphash24_KEYBYTES, (const unsigned char *)id, strlen(id), NULL, 0);
}

static struct trace trace_of(struct arena *arena, const unsigned char *key, char kind, struct bytes what)
{
	unsigned char hash[crypto_shorthash_siphash24_BYTES];
	struct trace trace;
	char *whole = arena_alloc(arena, what.length + 1);
	whole[0] = kind;
	memcpy(whole + 1, what.data, what.length);
	crypto_shorthash_siphash24(hash, (const unsigned char *)whole, what.length + 1, key);
	memcpy(trace.octets, hash, TRACE);
	return trace;
}

static void add(struct trace_maker *maker, char kind, struct bytes what)
{
	if (what.length > 0 && maker->count < TRACES_MOST)
		*ARENA_PUSH(maker->arena, maker->items, maker->count) = trace_of(maker->arena, maker->key, kind, what);
}

struct trace_maker *trace_maker_new(struct arena *arena, const char *id)
{
	struct trace_maker *maker = arena_alloc(arena, sizeof *maker);
	*maker = (struct trace_maker){ .arena = arena };
	make_key(maker->key, id);
	return maker;
}

static size_t word_end(struct bytes text, size_t at)
{
	while (at < text.length && utf8_is_word(text.data[at]))
		at++;
	return at;
}

static size_t next_word(struct bytes text, size_t at)
{
	while (at < text.length && !utf8_is_word(text.data[at]))
		at++;
	return at;
}

/* All that may be a name and begins here. */
static void trace_from(struct trace_maker *maker, struct bytes text, size_t start)
{
	bool parted = false;
	for (size_t at = start, words = 1; at < text.length; words++) {
		size_t end = word_end(text, at);
		if (words > (parted ? TRACES_WORDS : TRACES_OF_ADDRESS))
			return;
		add(maker, KIND_WORDS, bytes_slice(text, start, end));
		at = next_word(text, end);
		for (size_t i = end; i < at; i++)
			parted = parted || text.data[i] == ' ';
	}
}

void trace_words(struct trace_maker *maker, const char *written)
{
	if (written == NULL)
		return;
	struct bytes text = bytes_of(unicode_key(maker->arena, bytes_of(written)));
	for (size_t at = next_word(text, 0); at < text.length && maker->count < TRACES_MOST; at = next_word(text, word_end(text, at)))
		trace_from(maker, text, at);
}

static struct bytes address_form(struct arena *arena, const char *address)
{
	const char *normal = address_normal(arena, address);
	return bytes_of(normal != NULL ? normal : unicode_key(arena, bytes_of(address)));
}

void trace_address(struct trace_maker *maker, const char *address)
{
	struct bytes form = address == NULL ? BYTES_EMPTY : address_form(maker->arena, address);
	if (form.length == 0)
		return;
	add(maker, KIND_ADDRESS, form);
	add(maker, KIND_ADDRESS, bytes_of(address_without_tag(maker->arena, form.data)));
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, TRACE);
}

struct bytes traces_end(struct trace_maker *maker)
{
	size_t kept = 0;
	if (maker->count > 0)
		qsort(maker->items, maker->count, sizeof *maker->items, compare);
	for (size_t i = 0; i < maker->count; i++)
		if (kept == 0 || compare(&maker->items[i], &maker->items[kept - 1]) != 0)
			maker->items[kept++] = maker->items[i];
	return (struct bytes){ (const char *)maker->items, kept * sizeof *maker->items };
}

/* --- asking --- */

struct trace_reader trace_reader_of(struct arena *arena, const char *id, struct bytes traces)
{
	struct trace_reader reader = { .arena = arena, .traces = traces };
	make_key(reader.key, id);
	return reader;
}

static bool has(const struct trace_reader *reader, char kind, struct bytes what)
{
	if (what.length == 0)
		return false;
	struct trace sought = trace_of(reader->arena, reader->key, kind, what);
	return bsearch(&sought, reader->traces.data, reader->traces.length / TRACE, TRACE, compare) != NULL;
}

/* As its words stand in a text: without what comes before the first and behind the last. */
bool traces_have_words(const struct trace_reader *reader, struct bytes key)
{
	size_t start = next_word(key, 0), end = key.length;
	while (end > start && !utf8_is_word(key.data[end - 1]))
		end--;
	return reader->traces.length > 0 && has(reader, KIND_WORDS, bytes_slice(key, start, end));
}

bool traces_have_address(const struct trace_reader *reader, const char *address)
{
	return reader->traces.length > 0 && address != NULL && has(reader, KIND_ADDRESS, address_form(reader->arena, address));
}
