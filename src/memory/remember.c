/* remember.c - what of a judged message goes on the shelf, all as marks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "memory/shelf.h"

/* Of one message. The smallest ones are kept: whoever repeats its words has the same smallest. */
#define PRINTS_KEPT_MOST ((size_t)5000)
#define READERS_MOST ((size_t)500)
/* Shorter files are too often the same. */
#define FILE_LEAST ((size_t)64)
/* A message goes back to one whose words it repeats when that is so much of either. */
#define CARRIED_SHARE 0.3

#define SECRET_KINDS (~(unsigned)MEMORY_ISSUED)
#define THREAD_HOWS (1u << DESCENT_REFERENCES | 1u << DESCENT_THREAD_INDEX | 1u << DESCENT_ENCLOSED)

struct keeping {
	struct arena *arena;
	struct shelf *shelf;
	const struct remembrance *what;
	const struct memory_key *keys;
	size_t key_count;
};

/* The key of new entries; made when there is none or it has served its time. */
static bool current_key(struct keeping *keeping, const struct memory_key **out, struct error *err)
{
	const struct shelf_verbs *verbs = keeping->shelf->verbs;
	const struct memory_key *newest = keeping->key_count > 0 ? &keeping->keys[0] : NULL;
	if (newest != NULL && newest->from + keeping->shelf->terms->key > keeping->what->at) {
		*out = newest;
		return true;
	}
	struct memory_key fresh;
	memory_key_make(&fresh, newest == NULL ? 1 : newest->number + 1, keeping->what->at);
	if (!verbs->key_put(keeping->shelf, &fresh, err) || !verbs->keys(keeping->shelf, keeping->arena, &keeping->keys, &keeping->key_count, err))
		return false;
	*out = &keeping->keys[0];
	return true;
}

/* Under an elder key when it was seen before under that. */
static bool copies_mark(struct keeping *keeping, const struct memory_key *key, struct mark *out, struct error *err)
{
	const struct remembrance *what = keeping->what;
	int64_t window = keeping->shelf->terms->reunion;
	for (size_t k = keeping->key_count; k-- > 0;) {
		struct shelf_copies copies = { 0 };
		*out = shelf_same(&keeping->keys[k], what->trace, what->principal);
		if (!keeping->shelf->verbs->copies(keeping->shelf, keeping->arena, out, what->at - window, what->at + window, &copies, err))
			return false;
		if (copies.count > 0)
			return true;
	}
	*out = shelf_same(key, what->trace, what->principal);
	return true;
}

static bool keep_copies(struct keeping *keeping, const struct memory_key *key, struct error *err)
{
	const struct remembrance *what = keeping->what;
	const struct shelf_verbs *verbs = keeping->shelf->verbs;
	int64_t until = what->at + keeping->shelf->terms->reunion;
	struct mark same;
	if (what->principal == NULL || what->trace->message_id == NULL)
		return true;
	if (!copies_mark(keeping, key, &same, err))
		return false;
	for (size_t i = 0; i < what->recipient_count; i++) {
		const struct person *unlisted = what->unlisted == NULL ? NULL : what->unlisted[i];
		struct sibling copy = { .recipient = what->recipients[i], .id = what->id, .at = what->at, .delivered = what->delivered[i] };
		if (unlisted != NULL)
			copy.recipient = shelf_unlisted(keeping->arena, key, unlisted);
		if (!verbs->copy_put(keeping->shelf, &same, &copy, until, err))
			return false;
	}
	for (size_t i = 0; i < what->told_count; i++)
		if (!verbs->told_put(keeping->shelf, &same, &what->told[i], what->at, until, err))
			return false;
	return true;
}

static bool repeats_much(const struct ancestor *parent)
{
	return parent->share >= CARRIED_SHARE || (parent->of > 0 && (double)parent->matched >= CARRIED_SHARE * (double)parent->of);
}

/* A few words in common make no descent that is handed on. */
static bool is_carried(const struct ancestor *parent)
{
	return (parent->hows & (THREAD_HOWS | 1u << DESCENT_FILE)) != 0 || repeats_much(parent);
}

static bool has_carried_parent(const struct remembrance *what)
{
	for (size_t i = 0; i < what->parent_count; i++)
		if (is_carried(&what->parents[i]))
			return true;
	return false;
}

static bool is_correspondence(const struct remembrance *what)
{
	if ((what->kinds & SECRET_KINDS) != 0 || has_carried_parent(what))
		return true;
	return what->kinds != 0 && what->trace->print_count + what->trace->file_count > 0;
}

static const struct mark *reader_marks(struct keeping *keeping, const struct memory_key *key, size_t *count_out)
{
	const struct remembrance *what = keeping->what;
	*count_out = what->reader_count < READERS_MOST ? what->reader_count : READERS_MOST;
	struct mark *marks = arena_array(keeping->arena, *count_out + 1, sizeof *marks);
	for (size_t i = 0; i < *count_out; i++)
		marks[i] = mark_of_person(key, what->readers[i]);
	return marks;
}

/* By its id and thread a message is known when it leads somewhere; by files and words when they are its own. */
static struct shelf_marks marks_of(struct keeping *keeping, const struct memory_key *key)
{
	const struct remembrance *what = keeping->what;
	const struct trace *trace = what->trace;
	struct shelf_marks out = { .issued = (what->kinds & MEMORY_ISSUED) != 0 };
	struct mark *marks = NULL;
	bool leads = (what->kinds & SECRET_KINDS) != 0 || what->kinds == 0;
	if (leads && trace->message_id != NULL)
		*ARENA_PUSH(keeping->arena, marks, out.mark_count) = mark_make(key, MARK_OF_ID, bytes_of(trace->message_id));
	if (leads && trace->thread_index != NULL)
		*ARENA_PUSH(keeping->arena, marks, out.mark_count) = mark_make(key, MARK_OF_THREAD, bytes_of(trace->thread_index));
	for (size_t i = 0; what->kinds != 0 && i < trace->file_count && i < TRACE_FILES_MOST; i++) {
		struct bytes digest = { (const char *)trace->files[i].digest, sizeof trace->files[i].digest };
		if (trace->files[i].size < FILE_LEAST)
			continue;
		*ARENA_PUSH(keeping->arena, marks, out.mark_count) = mark_make(key, MARK_OF_FILE, digest);
		out.file_count++;
	}
	out.marks = marks;
	if (what->kinds == 0)
		return out;
	struct shelf_prints prints = shelf_prints_of(keeping->arena, trace);
	out.print_count = prints.count < PRINTS_KEPT_MOST ? prints.count : PRINTS_KEPT_MOST;
	uint64_t *kept = arena_array(keeping->arena, out.print_count + 1, sizeof *kept);
	mark_prints(key, prints.prints, out.print_count, kept);
	out.prints = kept;
	return out;
}

/* Numbers of carried parents still on the shelf. */
static bool parents_of(struct keeping *keeping, struct shelf_numbers *out, struct error *err)
{
	const struct remembrance *what = keeping->what;
	int64_t *numbers = NULL;
	*out = (struct shelf_numbers){ 0 };
	for (size_t i = 0; i < what->parent_count; i++) {
		bool found = false;
		int64_t number = 0;
		if (!is_carried(&what->parents[i]))
			continue;
		if (!keeping->shelf->verbs->number_of(keeping->shelf, what->parents[i].id, &found, &number, err))
			return false;
		if (found)
			*ARENA_PUSH(keeping->arena, numbers, out->count) = number;
	}
	out->items = numbers;
	return true;
}

/* The eldest message that this one goes back to by its thread or most of its words. A file alone may be a letterhead. */
static bool family_of(struct keeping *keeping, int64_t *out, struct error *err)
{
	const struct remembrance *what = keeping->what;
	*out = 0;
	for (size_t i = 0; i < what->parent_count; i++) {
		bool found = false;
		int64_t number = 0;
		struct shelf_entry entry;
		if ((what->parents[i].hows & THREAD_HOWS) == 0 && !repeats_much(&what->parents[i]))
			continue;
		if (!keeping->shelf->verbs->number_of(keeping->shelf, what->parents[i].id, &found, &number, err) ||
		    (found && !keeping->shelf->verbs->entry(keeping->shelf, keeping->arena, number, &found, &entry, err)))
			return false;
		if (!found)
			continue;
		int64_t family = entry.family == 0 ? number : entry.family;
		if (*out == 0 || family < *out)
			*out = family;
	}
	return true;
}

static bool put_parents(struct keeping *keeping, int64_t number, struct error *err)
{
	struct shelf_numbers parents;
	if (!parents_of(keeping, &parents, err))
		return false;
	for (size_t i = 0; i < parents.count; i++)
		if (parents.items[i] != number && !keeping->shelf->verbs->parent_put(keeping->shelf, number, parents.items[i], err))
			return false;
	return true;
}

static int64_t end_of(const struct keeping *keeping)
{
	const struct memory_terms *terms = keeping->shelf->terms;
	return keeping->what->at + (keeping->what->kinds == MEMORY_ISSUED ? terms->issued : terms->correspondence);
}

static bool put_entry(struct keeping *keeping, const struct memory_key *key, struct error *err)
{
	const struct remembrance *what = keeping->what;
	struct shelf_marks marks = marks_of(keeping, key);
	struct shelf_entry entry = {
		.id = what->id,
		.at = what->at,
		.until = end_of(keeping),
		.kinds = what->kinds,
		.key = key->number,
		.same = shelf_same(key, what->trace, what->principal),
		.has_author = what->author != NULL,
		.has_group = what->group != NULL,
		.print_count = marks.print_count,
	};
	int64_t number = 0;
	if (what->author != NULL)
		entry.author = mark_of_person(key, what->author);
	if (what->group != NULL)
		entry.group = mark_make(key, MARK_OF_GROUP, bytes_of(what->group));
	entry.readers = reader_marks(keeping, key, &entry.reader_count);
	return family_of(keeping, &entry.family, err) && keeping->shelf->verbs->entry_put(keeping->shelf, &entry, &marks, &number, err) &&
	       keeping->shelf->verbs->name_put(keeping->shelf, what->id, number, err) && put_parents(keeping, number, err);
}

static bool has_mark(const struct mark *marks, size_t count, const struct mark *wanted)
{
	for (size_t i = 0; i < count; i++)
		if (mark_equal(&marks[i], wanted))
			return true;
	return false;
}

/* Another envelope of a message that is on the shelf: more people have it. */
static bool widen_entry(struct keeping *keeping, const struct memory_key *key, struct shelf_entry *entry, struct error *err)
{
	size_t more_count = 0, count = 0;
	const struct mark *more = reader_marks(keeping, key, &more_count);
	struct mark *readers = NULL;
	for (size_t i = 0; i < entry->reader_count + more_count && count < READERS_MOST; i++) {
		const struct mark *reader = i < entry->reader_count ? &entry->readers[i] : &more[i - entry->reader_count];
		if (!has_mark(readers, count, reader))
			*ARENA_PUSH(keeping->arena, readers, count) = *reader;
	}
	entry->readers = readers;
	entry->reader_count = count;
	entry->kinds |= keeping->what->kinds;
	if (end_of(keeping) > entry->until)
		entry->until = end_of(keeping);
	return keeping->shelf->verbs->entry_widen(keeping->shelf, entry, err) &&
	       keeping->shelf->verbs->name_put(keeping->shelf, keeping->what->id, entry->number, err) &&
	       put_parents(keeping, entry->number, err);
}

/* When the first envelope was worth less, nothing of its words is there: then this one has an entry of its own. */
static bool add_envelope(struct keeping *keeping, const struct memory_key *newest, int64_t number, struct error *err)
{
	struct shelf_entry entry;
	bool found = false;
	if (!keeping->shelf->verbs->entry(keeping->shelf, keeping->arena, number, &found, &entry, err))
		return false;
	const struct memory_key *key = NULL;
	for (size_t k = 0; found && k < keeping->key_count; k++)
		if (keeping->keys[k].number == entry.key)
			key = &keeping->keys[k];
	if (key == NULL || ((entry.kinds & SECRET_KINDS) == 0 && (keeping->what->kinds & SECRET_KINDS) != 0))
		return put_entry(keeping, newest, err);
	return widen_entry(keeping, key, &entry, err);
}

static bool keep_correspondence(struct keeping *keeping, const struct memory_key *key, struct error *err)
{
	const struct shelf_verbs *verbs = keeping->shelf->verbs;
	const struct remembrance *what = keeping->what;
	bool found = false;
	int64_t number = 0;
	if (!is_correspondence(what))
		return true;
	if (!verbs->number_of(keeping->shelf, what->id, &found, &number, err))
		return false;
	for (size_t k = 0; k < keeping->key_count && !found; k++) {
		struct mark same = shelf_same(&keeping->keys[k], what->trace, what->principal);
		if (!verbs->number_same(keeping->shelf, &same, &found, &number, err))
			return false;
	}
	return found ? add_envelope(keeping, key, number, err) : put_entry(keeping, key, err);
}

static bool clear_one(struct keeping *keeping, struct error *err)
{
	bool found = false;
	int64_t number = 0;
	if (keeping->what->clears == NULL)
		return true;
	if (!keeping->shelf->verbs->number_of(keeping->shelf, keeping->what->clears, &found, &number, err))
		return false;
	return !found || keeping->shelf->verbs->entry_clear(keeping->shelf, number, keeping->what->at, err);
}

/* Most strangers' mail leaves nothing behind, and then nothing waits for it either. */
static bool is_forgettable(const struct remembrance *what)
{
	return (what->principal == NULL || what->trace->message_id == NULL) && what->clears == NULL && !is_correspondence(what);
}

bool shelved_remember(struct memory *memory, const struct remembrance *remembrance, struct error *err)
{
	const struct shelf_verbs *verbs = ((struct shelved *)memory)->verbs;
	struct keeping keeping = { .what = remembrance };
	const struct memory_key *key = NULL;
	if (is_forgettable(remembrance))
		return true;
	if (!verbs->begin(memory, true, &keeping.shelf, err))
		return false;
	keeping.arena = arena_new();
	bool good = verbs->keys(keeping.shelf, keeping.arena, &keeping.keys, &keeping.key_count, err) && current_key(&keeping, &key, err) &&
		    keep_copies(&keeping, key, err) && keep_correspondence(&keeping, key, err) && clear_one(&keeping, err);
	arena_free(&keeping.arena);
	return verbs->end(keeping.shelf, good, err);
}

static bool take_back(struct memory *memory, const char *id, int64_t at, struct error *err)
{
	const struct shelf_verbs *verbs = ((struct shelved *)memory)->verbs;
	struct shelf *shelf = NULL;
	return verbs->begin(memory, true, &shelf, err) && verbs->end(shelf, verbs->copies_unsend(shelf, id, at, err), err);
}

static bool expire(struct memory *memory, int64_t now, size_t most, bool *more_out, struct error *err)
{
	return ((struct shelved *)memory)->verbs->expire(memory, now, most, more_out, err);
}

static bool figures(struct memory *memory, struct memory_figures *out, struct error *err)
{
	return ((struct shelved *)memory)->verbs->figures(memory, out, err);
}

static void close_it(struct memory *memory)
{
	((struct shelved *)memory)->verbs->close(memory);
}

const struct memory_verbs shelved_verbs = {
	shelved_recall, shelved_remember, take_back, shelved_find, shelved_forget, shelved_declassify, expire, figures, close_it,
};
