/* search.c - looks for all that one message points to, carries or repeats, and leaves out what is everybody's: what the Council has issued
 * openly, and what stands in many letters that have nothing else in common.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "search.h"

#include <stdlib.h>

/* Words or a file of this many correspondences that go back to nothing in common, begun on as many days, are a form or a disclaimer. */
#define COMMON_FAMILIES ((size_t)3)
#define DAY ((int64_t)86400)
/* Clocks of two machines may differ. */
#define CLOCK_SLACK ((int64_t)60)
/* Of remembered messages looked at for one. */
#define SEEN_MOST ((size_t)4096)

#define CONTENT_HOWS (1u << DESCENT_FILE | 1u << DESCENT_PASSAGES)

/* What points to entries, before they are looked at. */
struct pointed {
	int64_t number;
	enum descent how;
};

struct pointers {
	struct pointed *items;
	size_t count;
};

const struct memory_key *search_key(const struct search *search, int64_t number)
{
	for (size_t i = 0; i < search->key_count; i++)
		if (search->keys[i].number == number)
			return &search->keys[i];
	return NULL;
}

struct seen *search_seen(const struct search *search, int64_t number)
{
	size_t from = 0, to = search->seen_count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (search->seen[middle]->entry.number == number)
			return search->seen[middle];
		if (search->seen[middle]->entry.number < number)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

static bool point(struct search *search, struct pointers *pointers, enum mark_of of, enum descent how, const char *what, struct error *err)
{
	for (size_t k = 0; k < search->key_count; k++) {
		struct mark mark = mark_make(&search->keys[k], of, bytes_of(what));
		struct shelf_numbers numbers = { 0 };
		if (!search->shelf->verbs->with_mark(search->shelf, search->arena, &mark, &numbers, err))
			return false;
		for (size_t i = 0; i < numbers.count; i++)
			*ARENA_PUSH(search->arena, pointers->items, pointers->count) = (struct pointed){ numbers.items[i], how };
	}
	return true;
}

static bool find_threads(struct search *search, struct pointers *pointers, struct error *err)
{
	const struct trace *trace = search->trace;
	for (size_t i = 0; i < trace->reference_count; i++)
		if (!point(search, pointers, MARK_OF_ID, DESCENT_REFERENCES, trace->references[i], err))
			return false;
	for (size_t i = 0; i < trace->enclosed_count; i++)
		if (!point(search, pointers, MARK_OF_ID, DESCENT_ENCLOSED, trace->enclosed[i], err))
			return false;
	return trace->thread_index == NULL || point(search, pointers, MARK_OF_THREAD, DESCENT_THREAD_INDEX, trace->thread_index, err);
}

static bool find_file(struct search *search, size_t index, struct error *err)
{
	struct item item = { .how = DESCENT_FILE, .what = index };
	const struct traced_file *file = &search->trace->files[index];
	int64_t *numbers = NULL;
	for (size_t k = 0; k < search->key_count; k++) {
		struct mark mark = mark_make(&search->keys[k], MARK_OF_FILE, (struct bytes){ (const char *)file->digest, sizeof file->digest });
		struct shelf_numbers found = { 0 };
		bool issued = false;
		if (!search->shelf->verbs->with_mark(search->shelf, search->arena, &mark, &found, err) ||
		    !search->shelf->verbs->mark_is_issued(search->shelf, &mark, search->at, &issued, err))
			return false;
		item.issued |= issued;
		for (size_t i = 0; i < found.count; i++)
			*ARENA_PUSH(search->arena, numbers, item.count) = found.items[i];
	}
	item.numbers = numbers;
	if (item.count > 0)
		*ARENA_PUSH(search->arena, search->items, search->item_count) = item;
	return true;
}

static bool find_print(struct search *search, uint64_t *const *kept, size_t index, struct error *err)
{
	struct item item = { .how = DESCENT_PASSAGES, .what = index };
	int64_t found[SHELF_ROWS_MOST];
	int64_t *numbers = NULL;
	for (size_t k = 0; k < search->key_count; k++) {
		size_t count = 0;
		if (!search->shelf->verbs->with_print(search->shelf, kept[k][index], found, &count, err))
			return false;
		for (size_t i = 0; i < count; i++)
			*ARENA_PUSH(search->arena, numbers, item.count) = found[i];
	}
	item.numbers = numbers;
	if (item.count > 0)
		*ARENA_PUSH(search->arena, search->items, search->item_count) = item;
	return true;
}

static bool print_is_issued(struct search *search, uint64_t *const *kept, size_t index, bool *answer_out, struct error *err)
{
	*answer_out = false;
	for (size_t k = 0; k < search->key_count && !*answer_out; k++)
		if (!search->shelf->verbs->print_is_issued(search->shelf, kept[k][index], search->at, answer_out, err))
			return false;
	return true;
}

/* The own prints of a message are counted only once some of them were found: few messages come so far. */
static bool find_prints(struct search *search, struct error *err)
{
	uint64_t **kept = arena_array(search->arena, search->key_count + 1, sizeof *kept);
	size_t first = search->item_count;
	search->prints = shelf_prints_of(search->arena, search->trace);
	for (size_t k = 0; k < search->key_count; k++) {
		kept[k] = arena_array(search->arena, search->prints.count + 1, sizeof **kept);
		mark_prints(&search->keys[k], search->prints.prints, search->prints.count, kept[k]);
	}
	for (size_t i = 0; i < search->prints.count; i++)
		if (!find_print(search, kept, i, err))
			return false;
	if (search->item_count == first)
		return true;
	size_t item = first;
	for (size_t i = 0; i < search->prints.count; i++) {
		bool issued = false;
		if (!print_is_issued(search, kept, i, &issued, err))
			return false;
		if (item < search->item_count && search->items[item].what == i)
			search->items[item++].issued = issued;
		search->own_prints += !issued;
	}
	return true;
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;
	return first < second ? -1 : first > second;
}

static bool look_at(struct search *search, int64_t number, struct seen **out, struct error *err)
{
	struct seen *seen = arena_alloc(search->arena, sizeof *seen);
	bool found = false;
	*out = NULL;
	if (!search->shelf->verbs->entry(search->shelf, search->arena, number, &found, &seen->entry, err))
		return false;
	const struct memory_key *key = found ? search_key(search, seen->entry.key) : NULL;
	if (key == NULL)
		return true;
	struct mark same = shelf_same(key, search->trace, search->principal);
	seen->alive = seen->entry.until > search->at && seen->entry.at <= search->at + CLOCK_SLACK && !mark_equal(&same, &seen->entry.same);
	seen->cleared = seen->entry.cleared_from != 0 && seen->entry.cleared_from <= search->at;
	*out = seen;
	return true;
}

static bool look_at_all(struct search *search, const struct pointers *pointers, struct error *err)
{
	int64_t *numbers = NULL;
	size_t count = 0;
	for (size_t i = 0; i < pointers->count; i++)
		*ARENA_PUSH(search->arena, numbers, count) = pointers->items[i].number;
	for (size_t i = 0; i < search->item_count; i++)
		for (size_t n = 0; n < search->items[i].count; n++)
			*ARENA_PUSH(search->arena, numbers, count) = search->items[i].numbers[n];
	if (count == 0)
		return true;
	qsort(numbers, count, sizeof *numbers, compare_numbers);
	for (size_t i = 0; i < count && search->seen_count < SEEN_MOST; i++) {
		struct seen *seen = NULL;
		if (i > 0 && numbers[i] == numbers[i - 1])
			continue;
		if (!look_at(search, numbers[i], &seen, err))
			return false;
		if (seen != NULL)
			*ARENA_PUSH(search->arena, search->seen, search->seen_count) = seen;
	}
	return true;
}

static int64_t family_of(const struct shelf_entry *entry)
{
	return entry->family == 0 ? entry->number : entry->family;
}

/* Is it in so many correspondences, of as many days, that it says nothing of any? */
static bool is_common(const struct search *search, const struct item *item)
{
	int64_t families[COMMON_FAMILIES], days[COMMON_FAMILIES];
	size_t family_count = 0, day_count = 0;
	for (size_t i = 0; i < item->count && (family_count < COMMON_FAMILIES || day_count < COMMON_FAMILIES); i++) {
		const struct seen *seen = search_seen(search, item->numbers[i]);
		if (seen == NULL || !seen->alive)
			continue;
		bool new_family = family_count < COMMON_FAMILIES, new_day = day_count < COMMON_FAMILIES;
		int64_t family = family_of(&seen->entry), day = seen->entry.at / DAY;
		for (size_t n = 0; n < family_count; n++)
			new_family &= families[n] != family;
		for (size_t n = 0; n < day_count; n++)
			new_day &= days[n] != day;
		if (new_family)
			families[family_count++] = family;
		if (new_day)
			days[day_count++] = day;
	}
	return family_count >= COMMON_FAMILIES && day_count >= COMMON_FAMILIES;
}

/* A later letter that quotes one which was declassified has no secret in it; one that it quoted itself keeps its own. */
static bool is_of_cleared(const struct search *search, const struct item *item, const struct seen *seen)
{
	for (size_t i = 0; i < item->count; i++) {
		const struct seen *other = search_seen(search, item->numbers[i]);
		if (other != NULL && other->cleared && other->entry.at <= seen->entry.at)
			return true;
	}
	return false;
}

static void weigh(struct search *search, struct item *item)
{
	item->common = is_common(search, item);
	if (item->how == DESCENT_PASSAGES && item->common && !item->issued)
		search->own_prints--;
	if (item->issued || item->common)
		return;
	for (size_t i = 0; i < item->count; i++) {
		struct seen *seen = search_seen(search, item->numbers[i]);
		if (seen == NULL || !seen->alive || seen->cleared || is_of_cleared(search, item, seen))
			continue;
		if (item->how == DESCENT_FILE && (seen->hows & 1u << DESCENT_FILE) == 0)
			seen->file = item->what;
		seen->hows |= 1u << item->how;
		if (item->how != DESCENT_PASSAGES)
			continue;
		seen->matched++;
		*ARENA_PUSH(search->arena, search->matched, search->matched_count) =
			(struct matched_print){ seen, search->prints.first_at[item->what] };
	}
}

static int compare_seen(const void *a, const void *b)
{
	const struct seen *first = *(struct seen *const *)a, *second = *(struct seen *const *)b;
	return compare_numbers(&first->entry.number, &second->entry.number);
}

static struct seen *find_among(struct seen **items, size_t count, int64_t number)
{
	for (size_t i = 0; i < count; i++)
		if (items[i]->entry.number == number)
			return items[i];
	return NULL;
}

/* `seen` names the thread of this message, and goes back to its own parents. */
static bool follow(struct search *search, const struct seen *seen, struct seen ***more, size_t *more_count, struct error *err)
{
	struct shelf_numbers parents = { 0 };
	unsigned hows = seen->hows & ~CONTENT_HOWS;
	if (!search->shelf->verbs->parents(search->shelf, search->arena, seen->entry.number, &parents, err))
		return false;
	for (size_t i = 0; i < parents.count; i++) {
		struct seen *parent = search_seen(search, parents.items[i]);
		if (parent == NULL)
			parent = find_among(*more, *more_count, parents.items[i]);
		if (parent == NULL) {
			if (!look_at(search, parents.items[i], &parent, err))
				return false;
			if (parent == NULL)
				continue;
			*ARENA_PUSH(search->arena, *more, *more_count) = parent;
		}
		if ((parent->hows & ~CONTENT_HOWS) == 0 && parent->via == NULL)
			parent->via = seen;
		parent->hows |= hows;
	}
	return true;
}

/* What was remembered as a descendant leads to what it descends from: all of that was written down with it. */
static bool follow_all(struct search *search, struct error *err)
{
	struct seen **more = NULL, **first = search->seen;
	size_t more_count = 0, first_count = search->seen_count;
	unsigned *direct = arena_array(search->arena, first_count + 1, sizeof *direct);
	for (size_t i = 0; i < first_count; i++)
		direct[i] = first[i]->hows & ~CONTENT_HOWS;
	for (size_t i = 0; i < first_count; i++)
		if (direct[i] != 0 && first[i]->alive && !first[i]->cleared && !follow(search, first[i], &more, &more_count, err))
			return false;
	for (size_t i = 0; i < more_count; i++)
		*ARENA_PUSH(search->arena, search->seen, search->seen_count) = more[i];
	if (more_count > 0)
		qsort(search->seen, search->seen_count, sizeof(struct seen *), compare_seen);
	return true;
}

bool search_run(struct search *search, struct error *err)
{
	struct pointers pointers = { 0 };
	if (search->key_count == 0)
		return true;
	if (!find_threads(search, &pointers, err))
		return false;
	for (size_t i = 0; i < search->trace->file_count; i++)
		if (!find_file(search, i, err))
			return false;
	if (!find_prints(search, err) || !look_at_all(search, &pointers, err))
		return false;
	for (size_t i = 0; i < pointers.count; i++) {
		struct seen *seen = search_seen(search, pointers.items[i].number);
		if (seen != NULL)
			seen->hows |= 1u << pointers.items[i].how;
	}
	for (size_t i = 0; i < search->item_count; i++)
		weigh(search, &search->items[i]);
	return follow_all(search, err);
}
