/* command.c - what several commands need; see command.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/store_memory.h"

bool command_time(const char *option, int64_t *out, struct error *err)
{
	*out = clock_now();
	if (option == NULL || clock_parse_rfc3339(option, out, err))
		return true;
	err->kind = ERROR_USAGE;
	return error_context(err, "--at");
}

bool command_store(const struct snapshot *snapshot, const char *state, struct store **out, struct error *err)
{
	return store_open(state == NULL ? snapshot->store_directory : state, out, err);
}

bool command_open(const struct invocation *invocation, const char *state, struct opened *out, struct error *err)
{
	*out = (struct opened){ NULL, NULL };
	if (snapshot_load(invocation->configuration, &out->snapshot, err) && command_store(out->snapshot, state, &out->store, err))
		return true;
	command_close(out);
	return false;
}

void command_close(struct opened *opened)
{
	store_close(&opened->store);
	snapshot_drop(&opened->snapshot);
}

bool command_operands(const char *const *operands, size_t count, const char *usage, struct error *err)
{
	size_t given = 0;
	while (operands[given] != NULL)
		given++;
	return given == count || error_set(err, ERROR_USAGE, "wanted %s; see --help", usage);
}

static void tell(const char *sentence)
{
	fprintf(stderr, "copyhold: %s\n", sentence);
}

bool command_memory(const struct snapshot *snapshot, struct store *store, struct memory **out, struct error *err)
{
	const struct store_memory_options options = { .terms = snapshot->memory_terms, .journal = store, .tell = tell };
	return store_memory_open(store_directory(store), &options, out, err);
}

bool command_snapshot_to_judge(const char *configuration, struct snapshot **out, struct error *err)
{
	if (!snapshot_load(configuration, out, err))
		return false;
	if (snapshot_open_reader(*out, 1, tell, err))
		return true;
	snapshot_drop(out);
	return false;
}

void command_progress(size_t done, size_t all)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, done < all ? "\r%zu of %zu " : "\r                    \r", done, all);
}
