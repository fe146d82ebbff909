/* recall.c - what is known of a message before it is judged: its other envelopes, and what it descends from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "search.h"

struct mark shelf_same(const struct memory_key *key, const struct trace *trace, const char *principal)
{
	const struct bytes fields[] = {
		bytes_of(principal),
		bytes_of(trace->message_id),
		{ (const char *)trace->content, sizeof trace->content },
	};
	return mark_make_of(key, MARK_OF_COPY, fields, sizeof fields / sizeof *fields);
}

struct placed_print {
	uint64_t print;
	size_t at;
};

static int compare_prints(const void *a, const void *b)
{
	const struct placed_print *first = a, *second = b;
	if (first->print != second->print)
		return first->print < second->print ? -1 : 1;
	return first->at < second->at ? -1 : first->at > second->at;
}

struct shelf_prints shelf_prints_of(struct arena *arena, const struct trace *trace)
{
	size_t most = trace->print_count < TRACE_PRINTS_MOST ? trace->print_count : TRACE_PRINTS_MOST;
	struct placed_print *placed = arena_array(arena, most + 1, sizeof *placed);
	struct shelf_prints out = { arena_array(arena, most + 1, sizeof *out.prints), arena_array(arena, most + 1, sizeof *out.first_at), 0 };
	for (size_t i = 0; i < most; i++)
		placed[i] = (struct placed_print){ trace->prints[i], i };
	qsort(placed, most, sizeof *placed, compare_prints);
	for (size_t i = 0; i < most; i++) {
		if (i > 0 && placed[i].print == placed[i - 1].print)
			continue;
		out.prints[out.count] = placed[i].print;
		out.first_at[out.count++] = placed[i].at;
	}
	return out;
}

#define UNLISTED "mark:" /* no address begins with it: a colon has no place in one without quotes */

static const char *unlisted_name(char *out, const struct memory_key *key, const struct person *person)
{
	struct mark mark = mark_of_person(key, person);
	memcpy(out, UNLISTED, sizeof UNLISTED);
	sodium_bin2hex(out + strlen(UNLISTED), 2 * MARK_LENGTH + 1, mark.octets, MARK_LENGTH);
	return out;
}

const char *shelf_unlisted(struct arena *arena, const struct memory_key *key, const struct person *person)
{
	return unlisted_name(arena_alloc(arena, sizeof UNLISTED + 2 * MARK_LENGTH), key, person);
}

bool shelf_listed(const struct directory *directory, const struct memory_key *keys, size_t key_count, const char **recipient)
{
	char name[sizeof UNLISTED + 2 * MARK_LENGTH];
	if (strncmp(*recipient, UNLISTED, strlen(UNLISTED)) != 0)
		return true;
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *person = directory_at(directory, i);
		for (size_t k = 0; k < key_count && person->address_count > 0; k++) {
			if (strcmp(*recipient, unlisted_name(name, &keys[k], person)) != 0)
				continue;
			*recipient = person->addresses[0];
			return true;
		}
	}
	return false;
}

/* With the addresses of those whom only a mark stands for. */
static void name_copies(const struct search *search, const struct directory *directory, struct shelf_copies *copies)
{
	size_t kept = 0;
	for (size_t i = 0; i < copies->count; i++) {
		struct sibling copy = copies->items[i];
		if (shelf_listed(directory, search->keys, search->key_count, &copy.recipient))
			copies->items[kept++] = copy;
	}
	copies->count = kept;
}

static bool take_copies(struct search *search, const struct directory *directory, struct recall *out, struct error *err)
{
	struct shelf_copies copies = { 0 };
	int64_t window = search->shelf->terms->reunion;
	/* Without a name to it or an id nothing can be joined. */
	if (search->principal == NULL || search->trace->message_id == NULL)
		return true;
	for (size_t k = 0; k < search->key_count; k++) {
		struct mark same = shelf_same(&search->keys[k], search->trace, search->principal);
		if (!search->shelf->verbs->copies(search->shelf, search->arena, &same, search->at - window, search->at + window, &copies, err))
			return false;
	}
	name_copies(search, directory, &copies);
	out->siblings = copies.items;
	out->sibling_count = copies.count;
	out->told = copies.told;
	out->told_count = copies.told_count;
	for (size_t i = 0; i < copies.count; i++)
		if (copies.items[i].at < out->first_at)
			out->first_at = copies.items[i].at;
	return true;
}

bool shelved_recall(struct memory *memory, struct arena *arena, const struct directory *directory, const struct trace *trace,
		    const char *principal, int64_t at, struct recall *out, struct error *err)
{
	const struct shelf_verbs *verbs = ((struct shelved *)memory)->verbs;
	struct search search = { .arena = arena, .trace = trace, .principal = principal, .at = at };
	struct recall found = { .trace = trace, .first_at = at };
	if (!verbs->begin(memory, false, &search.shelf, err))
		return false;
	bool good = verbs->keys(search.shelf, arena, &search.keys, &search.key_count, err) &&
		    take_copies(&search, directory, &found, err) &&
		    search_run(&search, err);
	if (!verbs->end(search.shelf, good, err))
		return false;
	ancestors_take(&search, directory, &found);
	*out = found;
	return true;
}
