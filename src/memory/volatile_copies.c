/* volatile_copies.c - the copies of messages that the memory in the process keeps, and who was told of whose. Few, so that a list will do.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "volatile.h"

#include <string.h>

struct kept_copy {
	struct mark same;
	struct sibling copy;       /* recipient NULL: somebody was told */
	struct told told;
	int64_t at, until;
};

bool volatile_copies(struct shelf *shelf, struct arena *arena, const struct mark *same, int64_t from, int64_t to, struct shelf_copies *out,
		     struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	(void)err;
	for (size_t i = 0; i < mine->copy_count; i++) {
		const struct kept_copy *kept = &mine->copies[i];
		if (!mark_equal(&kept->same, same) || kept->at < from || kept->at > to)
			continue;
		if (kept->copy.recipient != NULL) {
			struct sibling *copy = ARENA_PUSH(arena, out->items, out->count);
			*copy = kept->copy;
			copy->recipient = arena_string(arena, kept->copy.recipient);
			copy->id = arena_string(arena, kept->copy.id);
		} else {
			*ARENA_PUSH(arena, out->told, out->told_count) =
				(struct told){ arena_string(arena, kept->told.who), arena_string(arena, kept->told.of) };
		}
	}
	return true;
}

static bool outdoes(const struct sibling *a, const struct sibling *b)
{
	return a->delivered != b->delivered ? a->delivered : a->at < b->at;
}

bool volatile_copy_put(struct shelf *shelf, const struct mark *same, const struct sibling *copy, int64_t until, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	struct kept_copy *kept = NULL;
	(void)err;
	for (size_t i = 0; i < mine->copy_count && kept == NULL; i++)
		if (mine->copies[i].copy.recipient != NULL && mark_equal(&mine->copies[i].same, same) &&
		    strcmp(mine->copies[i].copy.recipient, copy->recipient) == 0)
			kept = &mine->copies[i];
	/* What is past its time and not yet removed stands for nothing. */
	if (kept != NULL && !outdoes(copy, &kept->copy) && copy->at <= kept->until)
		return true;
	if (kept == NULL)
		kept = ARENA_PUSH(mine->arena, mine->copies, mine->copy_count);
	*kept = (struct kept_copy){ .same = *same, .copy = *copy, .at = copy->at, .until = until };
	kept->copy.recipient = arena_string(mine->arena, copy->recipient);
	kept->copy.id = arena_string(mine->arena, copy->id);
	return true;
}

bool volatile_told_put(struct shelf *shelf, const struct mark *same, const struct told *told, int64_t at, int64_t until, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	(void)err;
	for (size_t i = 0; i < mine->copy_count; i++)
		if (mine->copies[i].told.who != NULL && mark_equal(&mine->copies[i].same, same) && at <= mine->copies[i].until &&
		    strcmp(mine->copies[i].told.who, told->who) == 0 && strcmp(mine->copies[i].told.of, told->of) == 0)
			return true;
	*ARENA_PUSH(mine->arena, mine->copies, mine->copy_count) = (struct kept_copy){
		.same = *same, .told = { arena_string(mine->arena, told->who), arena_string(mine->arena, told->of) }, .at = at, .until = until,
	};
	return true;
}

static bool was_told_by(const struct volatile_memory *mine, const struct kept_copy *told, const char *id, int64_t at)
{
	for (size_t i = 0; told->told.who != NULL && told->at == at && i < mine->copy_count; i++)
		if (mine->copies[i].copy.id != NULL && strcmp(mine->copies[i].copy.id, id) == 0 && mark_equal(&mine->copies[i].same, &told->same))
			return true;
	return false;
}

bool volatile_copies_unsend(struct shelf *shelf, const char *id, int64_t at, struct error *err)
{
	struct volatile_memory *mine = memory_of(shelf);
	size_t left = 0;
	(void)err;
	for (size_t i = 0; i < mine->copy_count; i++) {
		struct kept_copy kept = mine->copies[i];
		if (was_told_by(mine, &kept, id, at))
			continue;
		if (kept.copy.id != NULL && strcmp(kept.copy.id, id) == 0)
			kept.copy.delivered = false;
		mine->copies[left++] = kept;
	}
	mine->copy_count = left;
	return true;
}

const char *volatile_copy_id(const struct volatile_memory *mine, size_t number)
{
	return mine->copies[number].copy.id;
}

void volatile_copies_remove(struct volatile_memory *mine, const char *id)
{
	size_t left = 0;
	for (size_t i = 0; i < mine->copy_count; i++)
		if (mine->copies[i].copy.id == NULL || strcmp(mine->copies[i].copy.id, id) != 0)
			mine->copies[left++] = mine->copies[i];
	mine->copy_count = left;
}

size_t volatile_copies_expire(struct volatile_memory *mine, int64_t now, size_t most, bool *more_out)
{
	size_t left = 0, removed = 0;
	*more_out = false;
	for (size_t i = 0; i < mine->copy_count; i++) {
		bool past = mine->copies[i].until <= now;
		if (past && removed < most)
			removed++;
		else
			mine->copies[left++] = mine->copies[i];
		*more_out |= past && removed == most;
	}
	mine->copy_count = left;
	return removed;
}

int64_t volatile_copies_count(const struct volatile_memory *mine)
{
	int64_t count = 0;
	for (size_t i = 0; i < mine->copy_count; i++)
		count += mine->copies[i].copy.recipient != NULL;
	return count;
}
