/* memory.c - see memory.h. The verbs, whichever implementation there is, and the words for what they answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory.h"

const char *descent_name(enum descent descent)
{
	static const char *const names[] = { "references", "thread-index", "enclosed", "file", "passages" };
	return names[descent];
}

bool memory_recall(struct memory *memory, struct arena *arena, const struct directory *directory, const struct trace *trace,
		   const char *principal, int64_t at, struct recall *out, struct error *err)
{
	*out = (struct recall){ .first_at = at };
	bool good = memory->verbs->recall(memory, arena, directory, trace, principal, at, out, err);
	out->trace = trace;
	return good;
}

bool memory_remember(struct memory *memory, const struct remembrance *remembrance, struct error *err)
{
	return memory->verbs->remember(memory, remembrance, err);
}

bool memory_take_back(struct memory *memory, const char *id, int64_t at, struct error *err)
{
	return memory->verbs->take_back(memory, id, at, err);
}

bool memory_find(struct memory *memory, struct arena *arena, const char *named, const char *const **references_out, size_t *count_out,
		 struct error *err)
{
	*references_out = NULL;
	*count_out = 0;
	return memory->verbs->find(memory, arena, named, references_out, count_out, err);
}

bool memory_forget(struct memory *memory, const char *id, bool *found_out, struct error *err)
{
	*found_out = false;
	return memory->verbs->forget(memory, id, found_out, err);
}

bool memory_declassify(struct memory *memory, const char *id, int64_t from, bool *found_out, struct error *err)
{
	*found_out = false;
	return memory->verbs->declassify(memory, id, from, found_out, err);
}

bool memory_expire(struct memory *memory, int64_t now, size_t most, bool *more_out, struct error *err)
{
	*more_out = false;
	return memory->verbs->expire(memory, now, most, more_out, err);
}

bool memory_figures(struct memory *memory, struct memory_figures *out, struct error *err)
{
	*out = (struct memory_figures){ 0 };
	return memory->verbs->figures(memory, out, err);
}

void memory_close(struct memory **memory)
{
	if (*memory != NULL)
		(*memory)->verbs->close(*memory);
	*memory = NULL;
}
