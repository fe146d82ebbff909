/* volatile.c - memory in the process, for tests and tools: nothing of it outlives memory_close. What is looked up is in slots
 * (slots.h); the rest are lists, that of copies in volatile_copies.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "volatile.h"

#include <stdlib.h>
#include <string.h>

struct kept_entry {
	struct shelf_entry entry;  /* its pointers are the arena's */
	struct shelf_marks marks;
	const char **names;
	size_t name_count;
	int64_t *parents;
	size_t parent_count;
};

static bool begin(struct memory *memory, bool write, struct shelf **out, struct error *err)
{
	struct volatile_memory *mine = (struct volatile_memory *)memory;
	(void)write;
	(void)err;
	pthread_mutex_lock(&mine->mutex);
	*out = &mine->shelf;
	return true;
}

static bool end(struct shelf *shelf, bool done, struct error *err)
{
	(void)err;
	pthread_mutex_unlock(&memory_of(shelf)->mutex);
	return done;
}

static struct bytes of_mark(const struct mark *mark)
{
	return (struct bytes){ (const char *)mark->octets, MARK_LENGTH };
}

static struct bytes of_print(const uint64_t *print)
{
	return (struct bytes){ (const char *)print, sizeof *print };
}

static bool keys(struct shelf *shelf, struct arena *arena, const struct memory_key **out, size_t *count_out, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	struct memory_key *copied = arena_array(arena, mine->key_count + 1, sizeof *copied);
	(void)err;
	for (size_t i = 0; i < mine->key_count; i++)
		copied[i] = mine->keys[mine->key_count - 1 - i];
	*out = copied;
	*count_out = mine->key_count;
	return true;
}

static bool key_put(struct shelf *shelf, const struct memory_key *key, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	(void)err;
	*ARENA_PUSH(mine->arena, mine->keys, mine->key_count) = *key;
	return true;
}

static const void *copied(struct arena *arena, const void *items, size_t count, size_t size)
{
	return arena_bytes(arena, (struct bytes){ items, count * size }).data;
}

static bool with_mark(struct shelf *shelf, struct arena *arena, const struct mark *mark, struct shelf_numbers *out, struct error *err)
{
	const struct slot *slot = slot_find(&memory_of(shelf)->slots, SLOT_MARK, of_mark(mark));
	(void)arena;
	(void)err;
	*out = (struct shelf_numbers){ slot == NULL ? NULL : slot->numbers, slot == NULL ? 0 : slot->count };
	return true;
}

static bool with_print(struct shelf *shelf, uint64_t print, int64_t *out, size_t *count_out, struct error *err)
{
	const struct slot *slot = slot_find(&memory_of(shelf)->slots, SLOT_PRINT, of_print(&print));
	(void)err;
	*count_out = slot == NULL ? 0 : slot->count;
	for (size_t i = 0; i < *count_out; i++)
		out[i] = slot->numbers[i];
	return true;
}

static bool print_is_issued(struct shelf *shelf, uint64_t print, int64_t at, bool *answer_out, struct error *err)
{
	const struct slot *slot = slot_find(&memory_of(shelf)->slots, SLOT_ISSUED_PRINT, of_print(&print));
	(void)err;
	*answer_out = slot != NULL && slot->count > 0 && slot->numbers[0] > at;
	return true;
}

static bool mark_is_issued(struct shelf *shelf, const struct mark *mark, int64_t at, bool *answer_out, struct error *err)
{
	const struct slot *slot = slot_find(&memory_of(shelf)->slots, SLOT_ISSUED_MARK, of_mark(mark));
	(void)err;
	*answer_out = slot != NULL && slot->count > 0 && slot->numbers[0] > at;
	return true;
}

static struct kept_entry *kept_of(struct volatile_memory *mine, int64_t number)
{
	return number < 1 || (size_t)number > mine->entry_count ? NULL : mine->entries[number - 1];
}

static bool entry(struct shelf *shelf, struct arena *arena, int64_t number, bool *found_out, struct shelf_entry *out, struct error *err)
{
	const struct kept_entry *kept = kept_of(memory_of(shelf), number);
	(void)err;
	*found_out = kept != NULL;
	if (kept == NULL)
		return true;
	*out = kept->entry;
	out->id = arena_string(arena, kept->entry.id);
	out->readers = copied(arena, kept->entry.readers, kept->entry.reader_count, sizeof *kept->entry.readers);
	return true;
}

static bool last_of(const struct slot *slot, int64_t *out)
{
	if (slot == NULL || slot->count == 0)
		return false;
	*out = slot->numbers[slot->count - 1];
	return true;
}

static bool number_of(struct shelf *shelf, const char *id, bool *found_out, int64_t *out, struct error *err)
{
	(void)err;
	*found_out = last_of(slot_find(&memory_of(shelf)->slots, SLOT_NAME, bytes_of(id)), out);
	return true;
}

static bool number_same(struct shelf *shelf, const struct mark *same, bool *found_out, int64_t *out, struct error *err)
{
	(void)err;
	*found_out = last_of(slot_find(&memory_of(shelf)->slots, SLOT_SAME, of_mark(same)), out);
	return true;
}

static bool parents(struct shelf *shelf, struct arena *arena, int64_t number, struct shelf_numbers *out, struct error *err)
{
	struct kept_entry *kept = kept_of(memory_of(shelf), number);
	(void)arena;
	(void)err;
	*out = (struct shelf_numbers){ kept == NULL ? NULL : kept->parents, kept == NULL ? 0 : kept->parent_count };
	return true;
}

static void issue(struct volatile_memory *mine, enum slot_kind kind, struct bytes octets, int64_t until)
{
	struct slot *slot = slot_make(&mine->slots, kind, octets);
	if (slot->count == 0)
		*ARENA_PUSH(mine->arena, slot->numbers, slot->count) = until;
	else if (slot->numbers[0] < until)
		slot->numbers[0] = until;
}

static void put_marks(struct volatile_memory *mine, const struct kept_entry *kept)
{
	const struct shelf_marks *marks = &kept->marks;
	for (size_t i = 0; i < marks->mark_count; i++) {
		if (marks->issued)
			issue(mine, SLOT_ISSUED_MARK, of_mark(&marks->marks[i]), kept->entry.until);
		else
			slot_add(&mine->slots, SLOT_MARK, of_mark(&marks->marks[i]), kept->entry.number);
	}
	for (size_t i = 0; i < marks->print_count; i++) {
		if (marks->issued)
			issue(mine, SLOT_ISSUED_PRINT, of_print(&marks->prints[i]), kept->entry.until);
		else
			slot_add(&mine->slots, SLOT_PRINT, of_print(&marks->prints[i]), kept->entry.number);
	}
}

static bool entry_put(struct shelf *shelf, const struct shelf_entry *entry, const struct shelf_marks *marks, int64_t *number_out,
		      struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	struct kept_entry *kept = arena_alloc(mine->arena, sizeof *kept);
	(void)err;
	*ARENA_PUSH(mine->arena, mine->entries, mine->entry_count) = kept;
	kept->entry = *entry;
	*number_out = kept->entry.number = (int64_t)mine->entry_count;
	kept->entry.id = arena_string(mine->arena, entry->id);
	kept->entry.readers = copied(mine->arena, entry->readers, entry->reader_count, sizeof *entry->readers);
	kept->marks = *marks;
	kept->marks.marks = copied(mine->arena, marks->marks, marks->mark_count, sizeof *marks->marks);
	kept->marks.prints = copied(mine->arena, marks->prints, marks->print_count, sizeof *marks->prints);
	slot_add(&mine->slots, SLOT_SAME, of_mark(&kept->entry.same), kept->entry.number);
	put_marks(mine, kept);
	return true;
}

static bool entry_widen(struct shelf *shelf, const struct shelf_entry *entry, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	struct kept_entry *kept = kept_of(mine, entry->number);
	(void)err;
	kept->entry.kinds = entry->kinds;
	kept->entry.until = entry->until;
	kept->entry.readers = copied(mine->arena, entry->readers, entry->reader_count, sizeof *entry->readers);
	kept->entry.reader_count = entry->reader_count;
	return true;
}

static bool entry_clear(struct shelf *shelf, int64_t number, int64_t from, struct error *err)
{
	(void)err;
	kept_of(memory_of(shelf), number)->entry.cleared_from = from;
	return true;
}

static bool name_put(struct shelf *shelf, const char *id, int64_t number, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	struct kept_entry *kept = kept_of(mine, number);
	struct slot *slot = slot_make(&mine->slots, SLOT_NAME, bytes_of(id));
	(void)err;
	for (size_t i = 0; i < slot->count; i++)
		if (slot->numbers[i] == number)
			return true;
	*ARENA_PUSH(mine->arena, slot->numbers, slot->count) = number;
	*ARENA_PUSH(mine->arena, kept->names, kept->name_count) = arena_string(mine->arena, id);
	return true;
}

static bool parent_put(struct shelf *shelf, int64_t number, int64_t parent, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	struct kept_entry *kept = kept_of(mine, number);
	(void)err;
	for (size_t i = 0; i < kept->parent_count; i++)
		if (kept->parents[i] == parent)
			return true;
	*ARENA_PUSH(mine->arena, kept->parents, kept->parent_count) = parent;
	return true;
}

static bool fits(const char *prefix, const char *id, const char **out, struct error *err)
{
	if (strncmp(id, prefix, strlen(prefix)) != 0 || (*out != NULL && strcmp(*out, id) == 0))
		return true;
	if (*out != NULL && strcmp(*out, prefix) == 0)
		return true;
	if (*out != NULL && strcmp(id, prefix) != 0)
		return error_set(err, ERROR_INPUT, "\"%s\" fits several messages, among them %s and %s", prefix, *out, id);
	*out = id;
	return true;
}

static bool find_id(struct shelf *shelf, struct arena *arena, const char *prefix, const char **out, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	const struct slot *exact = slot_find(&mine->slots, SLOT_NAME, bytes_of(prefix));
	*out = exact != NULL && exact->count > 0 ? arena_string(arena, prefix) : NULL;
	for (size_t i = 0; *out == NULL && i < mine->copy_count; i++)
		if (volatile_copy_id(mine, i) != NULL && strcmp(volatile_copy_id(mine, i), prefix) == 0)
			*out = volatile_copy_id(mine, i);
	for (size_t i = 0; i < mine->entry_count; i++)
		for (size_t n = 0; mine->entries[i] != NULL && n < mine->entries[i]->name_count; n++)
			if (!fits(prefix, mine->entries[i]->names[n], out, err))
				return false;
	for (size_t i = 0; i < mine->copy_count; i++)
		if (volatile_copy_id(mine, i) != NULL && !fits(prefix, volatile_copy_id(mine, i), out, err))
			return false;
	return true;
}

static bool namesakes(struct shelf *shelf, struct arena *arena, const char *id, struct shelf_names *out, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	const struct slot *slot = slot_find(&mine->slots, SLOT_NAME, bytes_of(id));
	(void)err;
	for (size_t i = 0; slot != NULL && i < slot->count; i++) {
		const struct kept_entry *kept = kept_of(mine, slot->numbers[i]);
		for (size_t n = 0; n < kept->name_count; n++)
			shelf_names_add(arena, out, kept->names[n]);
	}
	return true;
}

static void remove_parent(struct volatile_memory *mine, int64_t number)
{
	for (size_t i = 0; i < mine->entry_count; i++) {
		struct kept_entry *kept = mine->entries[i];
		size_t left = 0;
		for (size_t n = 0; kept != NULL && n < kept->parent_count; n++)
			if (kept->parents[n] != number)
				kept->parents[left++] = kept->parents[n];
		if (kept != NULL)
			kept->parent_count = left;
	}
}

static void end_issue(struct volatile_memory *mine, enum slot_kind kind, struct bytes octets, int64_t until)
{
	struct slot *slot = slot_find(&mine->slots, kind, octets);
	if (slot != NULL && slot->count > 0 && slot->numbers[0] <= until)
		slot->count = 0;
}

static void remove_entry(struct volatile_memory *mine, struct kept_entry *kept)
{
	int64_t number = kept->entry.number;
	for (size_t i = 0; i < kept->marks.mark_count; i++) {
		slot_take(&mine->slots, SLOT_MARK, of_mark(&kept->marks.marks[i]), number);
		if (kept->marks.issued)
			end_issue(mine, SLOT_ISSUED_MARK, of_mark(&kept->marks.marks[i]), kept->entry.until);
	}
	for (size_t i = 0; i < kept->marks.print_count; i++) {
		slot_take(&mine->slots, SLOT_PRINT, of_print(&kept->marks.prints[i]), number);
		if (kept->marks.issued)
			end_issue(mine, SLOT_ISSUED_PRINT, of_print(&kept->marks.prints[i]), kept->entry.until);
	}
	for (size_t i = 0; i < kept->name_count; i++)
		slot_take(&mine->slots, SLOT_NAME, bytes_of(kept->names[i]), number);
	slot_take(&mine->slots, SLOT_SAME, of_mark(&kept->entry.same), number);
	remove_parent(mine, number);
	mine->entries[number - 1] = NULL;
}

static bool remove_id(struct shelf *shelf, const char *id, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	int64_t number = 0;
	(void)err;
	while (last_of(slot_find(&mine->slots, SLOT_NAME, bytes_of(id)), &number))
		remove_entry(mine, kept_of(mine, number));
	volatile_copies_remove(mine, id);
	return true;
}

static bool key_is_used(const struct volatile_memory *mine, int64_t key)
{
	for (size_t i = 0; i < mine->entry_count; i++)
		if (mine->entries[i] != NULL && mine->entries[i]->entry.key == key)
			return true;
	return false;
}

static void drop_keys(struct volatile_memory *mine)
{
	size_t left = 0;
	for (size_t i = 0; i < mine->key_count; i++)
		if (i + 1 == mine->key_count || mine->copy_count > 0 || key_is_used(mine, mine->keys[i].number))
			mine->keys[left++] = mine->keys[i];
	mine->key_count = left;
}

static bool expire(struct memory *memory, int64_t now, size_t most, bool *more_out, struct error *err)
{
	struct volatile_memory *mine = (struct volatile_memory *)memory;
	(void)err;
	pthread_mutex_lock(&mine->mutex);
	size_t removed = volatile_copies_expire(mine, now, most, more_out);
	for (size_t i = 0; i < mine->entry_count; i++) {
		if (mine->entries[i] == NULL || mine->entries[i]->entry.until > now)
			continue;
		*more_out |= removed >= most;
		if (removed++ < most)
			remove_entry(mine, mine->entries[i]);
	}
	drop_keys(mine);
	pthread_mutex_unlock(&mine->mutex);
	return true;
}

static bool figures(struct memory *memory, struct memory_figures *out, struct error *err)
{
	struct volatile_memory *mine = (struct volatile_memory *)memory;
	(void)err;
	pthread_mutex_lock(&mine->mutex);
	for (size_t i = 0; i < mine->entry_count; i++) {
		const struct kept_entry *kept = mine->entries[i];
		if (kept == NULL)
			continue;
		out->messages++;
		out->prints += (int64_t)kept->marks.print_count;
		out->files += (int64_t)kept->marks.file_count;
		if (out->oldest == 0 || kept->entry.at < out->oldest)
			out->oldest = kept->entry.at;
	}
	out->envelopes += volatile_copies_count(mine);
	pthread_mutex_unlock(&mine->mutex);
	return true;
}

static void close_it(struct memory *memory)
{
	struct volatile_memory *mine = (struct volatile_memory *)memory;
	slots_end(&mine->slots);
	arena_free(&mine->arena);
	pthread_mutex_destroy(&mine->mutex);
	free(mine);
}

static const struct shelf_verbs verbs = {
	begin, end, keys, key_put, volatile_copies, volatile_copy_put, volatile_told_put, volatile_copies_unsend,
	with_mark, with_print, print_is_issued, mark_is_issued,
	entry, number_of, number_same,
	parents, entry_put, entry_widen, entry_clear, name_put, parent_put, find_id, namesakes, remove_id, expire, figures, close_it,
};

struct memory *memory_volatile_open(const struct memory_terms *terms)
{
	struct volatile_memory *mine = memory_must(calloc(1, sizeof *mine));
	mine->shelved.base.verbs = &shelved_verbs;
	mine->shelved.verbs = &verbs;
	mine->terms = *terms;
	mine->shelf = (struct shelf){ &verbs, &mine->terms };
	mine->arena = arena_new();
	mine->slots.arena = mine->arena;
	pthread_mutex_init(&mine->mutex, NULL);
	return &mine->shelved.base;
}
