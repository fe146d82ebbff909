/* ancestors.c - of what a search found, what this message descends from: the surest first, people known again by their marks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "search.h"

#define CONTENT_HOWS (1u << DESCENT_ENCLOSED | 1u << DESCENT_FILE | 1u << DESCENT_PASSAGES)

/* Everybody of the directory, by their marks under one key. */
struct known_person {
	struct mark mark;
	const struct person *person;
};
struct roll {
	int64_t key;
	struct known_person *people;
	size_t count;
};

struct rolls {
	struct arena *arena;
	const struct search *search;
	const struct directory *directory;
	struct roll *items;
	size_t count;
};

static int compare_people(const void *a, const void *b)
{
	return memcmp(((const struct known_person *)a)->mark.octets, ((const struct known_person *)b)->mark.octets, MARK_LENGTH);
}

/* Made when the first person is asked for under its key. */
static const struct roll *roll_of(struct rolls *rolls, int64_t number)
{
	for (size_t i = 0; i < rolls->count; i++)
		if (rolls->items[i].key == number)
			return &rolls->items[i];
	const struct memory_key *key = search_key(rolls->search, number);
	struct roll *roll = ARENA_PUSH(rolls->arena, rolls->items, rolls->count);
	roll->key = number;
	roll->count = key == NULL ? 0 : directory_count(rolls->directory);
	roll->people = arena_array(rolls->arena, roll->count + 1, sizeof *roll->people);
	for (size_t i = 0; i < roll->count; i++) {
		roll->people[i].person = directory_at(rolls->directory, i);
		roll->people[i].mark = mark_of_person(key, roll->people[i].person);
	}
	if (roll->count > 0)
		qsort(roll->people, roll->count, sizeof *roll->people, compare_people);
	return roll;
}

static const struct person *person_of(struct rolls *rolls, const struct shelf_entry *entry, const struct mark *mark)
{
	const struct roll *roll = roll_of(rolls, entry->key);
	struct known_person wanted = { .mark = *mark };
	const struct known_person *found =
		roll->count == 0 ? NULL : bsearch(&wanted, roll->people, roll->count, sizeof *roll->people, compare_people);
	return found == NULL ? NULL : found->person;
}

static const char *group_of(struct rolls *rolls, const struct shelf_entry *entry)
{
	const struct memory_key *key = search_key(rolls->search, entry->key);
	for (size_t i = 0; entry->has_group && key != NULL && i < directory_count(rolls->directory); i++) {
		const struct person *person = directory_at(rolls->directory, i);
		for (size_t n = 0; n < person->tenure_count; n++) {
			if (person->tenures[n].group == NULL)
				continue;
			struct mark mark = mark_make(key, MARK_OF_GROUP, bytes_of(person->tenures[n].group));
			if (mark_equal(&mark, &entry->group))
				return person->tenures[n].group;
		}
	}
	return NULL;
}

static const struct person *const *readers_of(struct rolls *rolls, const struct shelf_entry *entry, size_t *count_out)
{
	const struct person **readers = NULL;
	*count_out = 0;
	for (size_t i = 0; i < entry->reader_count; i++) {
		const struct person *reader = person_of(rolls, entry, &entry->readers[i]);
		if (reader != NULL)
			*ARENA_PUSH(rolls->arena, readers, *count_out) = reader;
	}
	return readers;
}

/* The text that repeats most of it. */
static const char *passages_where(struct arena *arena, const struct search *search, const struct seen *seen)
{
	const struct trace *trace = search->trace;
	size_t *counts = arena_array(arena, trace->text_count + 1, sizeof *counts), best = 0;
	for (size_t i = 0; i < search->matched_count; i++)
		for (size_t n = 0; search->matched[i].seen == seen && n < trace->text_count; n++)
			if (search->matched[i].at - trace->texts[n].first < trace->texts[n].count)
				counts[n]++;
	for (size_t n = 1; n < trace->text_count; n++)
		if (counts[n] > counts[best])
			best = n;
	return trace->text_count == 0 || counts[best] == 0 ? NULL : trace->texts[best].where;
}

static const size_t *prints_of(struct arena *arena, const struct search *search, const struct seen *seen)
{
	size_t *prints = arena_array(arena, seen->matched, sizeof *prints), count = 0;
	for (size_t i = 0; i < search->matched_count && count < seen->matched; i++)
		if (search->matched[i].seen == seen)
			prints[count++] = search->matched[i].at;
	return prints;
}

static enum descent surest(unsigned hows)
{
	enum descent how = DESCENT_REFERENCES;
	while (how < DESCENT_PASSAGES && (hows & 1u << how) == 0)
		how++;
	return how;
}

static void fill(struct rolls *rolls, const struct seen *seen, struct ancestor *out)
{
	const struct search *search = rolls->search;
	const struct shelf_entry *entry = &seen->entry;
	*out = (struct ancestor){ .how = surest(seen->hows), .hows = seen->hows, .kinds = entry->kinds, .id = entry->id, .at = entry->at };
	out->author = entry->has_author ? person_of(rolls, entry, &entry->author) : NULL;
	out->readers = readers_of(rolls, entry, &out->reader_count);
	out->group = group_of(rolls, entry);
	out->carries = (seen->hows & CONTENT_HOWS) != 0;
	out->matched = seen->matched;
	out->prints = prints_of(rolls->arena, search, seen);
	out->of = entry->print_count;
	out->share = search->own_prints == 0 ? 0 : (double)seen->matched / (double)search->own_prints;
	if ((seen->hows & 1u << DESCENT_FILE) != 0)
		out->where = search->trace->files[seen->file].where;
	else if (seen->matched > 0)
		out->where = passages_where(rolls->arena, search, seen);
}

static int compare_seen(const void *a, const void *b)
{
	const struct seen *first = *(struct seen *const *)a, *second = *(struct seen *const *)b;
	if (surest(first->hows) != surest(second->hows))
		return surest(first->hows) < surest(second->hows) ? -1 : 1;
	if (first->matched != second->matched)
		return first->matched > second->matched ? -1 : 1;
	if (first->entry.at != second->entry.at)
		return first->entry.at > second->entry.at ? -1 : 1;
	return first->entry.number < second->entry.number ? -1 : first->entry.number > second->entry.number;
}

static bool is_ancestor(const struct seen *seen)
{
	return seen->alive && !seen->cleared && seen->hows != 0 && (seen->entry.kinds & ~(unsigned)MEMORY_ISSUED) != 0;
}

static bool is_confidential_here(const struct seen *seen)
{
	return (seen->entry.kinds & (unsigned)(MEMORY_MARKED | MEMORY_ADVICE)) != 0 && (seen->hows & CONTENT_HOWS) != 0;
}

/* A long thread of letters must not push out the one that was confidential and is carried. */
static int compare_wanted(const void *a, const void *b)
{
	bool first = is_confidential_here(*(struct seen *const *)a), second = is_confidential_here(*(struct seen *const *)b);
	return first != second ? (first ? -1 : 1) : compare_seen(a, b);
}

void ancestors_take(const struct search *search, const struct directory *directory, struct recall *out)
{
	struct rolls rolls = { .arena = search->arena, .search = search, .directory = directory };
	struct seen **chosen = NULL;
	size_t count = 0;
	for (size_t i = 0; i < search->seen_count; i++)
		if (is_ancestor(search->seen[i]))
			*ARENA_PUSH(search->arena, chosen, count) = search->seen[i];
	if (count == 0)
		return;
	qsort(chosen, count, sizeof(struct seen *), compare_wanted);
	out->ancestors_cut = count > RECALL_ANCESTORS_MOST;
	count = out->ancestors_cut ? RECALL_ANCESTORS_MOST : count;
	qsort(chosen, count, sizeof(struct seen *), compare_seen);
	struct ancestor *ancestors = arena_array(search->arena, count, sizeof *ancestors);
	for (size_t i = 0; i < count; i++) {
		fill(&rolls, chosen[i], &ancestors[i]);
		if (chosen[i]->via == NULL)
			continue;
		struct ancestor *via = arena_alloc(search->arena, sizeof *via);
		fill(&rolls, chosen[i]->via, via);
		ancestors[i].via = via;
	}
	out->ancestors = ancestors;
	out->ancestor_count = count;
}
