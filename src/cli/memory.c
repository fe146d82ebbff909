/* memory.c - `copyhold memory`: how much is remembered of what was seen before, and what a reviewer may make it forget.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cli/command.h"
#include "cli/judge.h"
#include "gateway/reviewing.h"
#include "store/browse.h"
#include "store/store_memory.h"

struct memory_flags {
	bool json;
	const char *by, *reason, *from, *at, *state;
};

static const struct option_row memory_rows[] = {
	{ "by", OPTION_VALUE, offsetof(struct memory_flags, by), "REVIEWER", "with forget and declassify: who decides, by address or login" },
	{ "reason", OPTION_VALUE, offsetof(struct memory_flags, reason), "TEXT", "with forget and declassify: why; kept in the journal" },
	{ "from", OPTION_VALUE, offsetof(struct memory_flags, from), "DATE", "with declassify: since when it is no secret, as 2026-03-02; default: now" },
	{ "json", OPTION_FLAG, offsetof(struct memory_flags, json), NULL, "with show: JSON" },
	{ "at", OPTION_VALUE, offsetof(struct memory_flags, at), "TIME", "RFC 3339 time of the deed; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct memory_flags, state), "DIR", "a folder written by check --state" },
};

struct memory_call {
	struct arena *arena;
	const struct memory_flags *flags;
	struct snapshot *snapshot;
	struct store *store;
	struct memory *memory;
	const char *id; /* as given: it may be the beginning of one, or a Message-ID */
	int64_t at;
};

static bool show(struct memory_call *call, struct error *err)
{
	struct memory_figures figures;
	const struct memory_terms *terms = &call->snapshot->memory_terms;
	size_t aside = store_memory_set_aside(store_directory(call->store));
	if (!memory_figures(call->memory, &figures, err))
		return false;
	const char *oldest = figures.oldest == 0 ? NULL : clock_format_rfc3339(call->arena, figures.oldest);
	if (call->flags->json) {
		json_t *json = json_pack("{s:i,s:b,s:I,s:I,s:I,s:I,s:I,s:o,s:I}", "v", 1, "keep", call->snapshot->memory_kept, "messages",
					 (json_int_t)figures.messages, "prints", (json_int_t)figures.prints, "files", (json_int_t)figures.files,
					 "envelopes", (json_int_t)figures.envelopes, "octets", (json_int_t)figures.octets, "oldest", json_text(oldest),
					 "set_aside", (json_int_t)aside);
		json_dumpf(json, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(json);
		return true;
	}
	printf("Letters remembered     %lld, for %lld days (issued openly: %lld days)\n", (long long)figures.messages,
	       (long long)(terms->correspondence / 86400), (long long)(terms->issued / 86400));
	printf("Passages and files     %lld and %lld, as digests\n", (long long)figures.prints, (long long)figures.files);
	printf("Copies, by recipient   %lld, for %lld hours\n", (long long)figures.envelopes, (long long)(terms->reunion / 3600));
	printf("Oldest                 %s\n", oldest == NULL ? "none" : clock_format_local(call->arena, figures.oldest));
	printf("On disk                %lld kB\n", (long long)((figures.octets + 1023) / 1024));
	if (!call->snapshot->memory_kept)
		printf("memory.keep is false: nothing is added, and nothing is asked.\n");
	if (aside > 0)
		printf("Set aside as damaged   %zu: memory.db.damaged-... in the store's folder, to be deleted\n", aside);
	return true;
}

/* As with what is held: a reviewer, and not on mail they are concerned by. What passed without a finding has no entry to tell. */
static bool may_decide_on(struct memory_call *call, struct desk *desk, const struct held *entry, bool all_of_it, struct error *err)
{
	const struct legal_hold *hold = NULL;
	if (!queue_may_review(desk, entry, call->flags->by, call->at, err))
		return false;
	if (!all_of_it)
		return true;
	if (!retention_hold_on(call->store, call->snapshot->directory, call->arena, entry, &hold, err))
		return false;
	return hold == NULL || error_set(err, ERROR_REFUSED, "%s is under legal hold %lld: nothing of it may go", entry->id, (long long)hold->number);
}

/* On every envelope of it: they are remembered as one. From here on it goes by its whole reference. `all_of_it`: so that it is gone. */
static bool may_decide(struct memory_call *call, bool all_of_it, struct error *err)
{
	struct desk desk = reviewing_desk(call->snapshot, call->store, false);
	const char *const *references = NULL;
	const struct held *const *entries = NULL;
	size_t count = 0;
	if (!memory_find(call->memory, call->arena, call->id, &references, &count, err))
		return false;
	if (count == 0) {
		references = &call->id;
		count = 1;
	}
	if (!store_messages(call->store, call->arena, references, count, &entries, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct held unknown = { .id = references[i], .from = "" };
		if (!may_decide_on(call, &desk, entries[i] == NULL ? &unknown : entries[i], all_of_it, err))
			return false;
	}
	call->id = references[0];
	return true;
}

static bool journal(struct memory_call *call, const char *what, const char *from, struct error *err)
{
	json_t *detail = json_pack("{s:s}", "reason", call->flags->reason);
	if (from != NULL)
		json_object_set_new(detail, "from", json_string(from));
	char *written = json_dumps(detail, JSON_COMPACT);
	bool good = store_journal(call->store, what, call->id, call->flags->by, written, call->at, err);
	free(written);
	json_decref(detail);
	return good || error_context(err, "done, but it is not in the journal");
}

static bool forget(struct memory_call *call, struct error *err)
{
	bool found = false;
	if (!may_decide(call, true, err) || !memory_forget(call->memory, call->id, &found, err))
		return false;
	if (!found)
		return error_set(err, ERROR_INPUT, "nothing is remembered under \"%s\"", call->id);
	printf("%s is forgotten.\n", call->id);
	return journal(call, "memory-forgotten", NULL, err);
}

static bool declassify(struct memory_call *call, struct error *err)
{
	calendar_date date = DATE_NONE;
	int64_t from = call->at;
	bool found = false;
	if (call->flags->from != NULL && !clock_parse_date(call->flags->from, &date, err)) {
		err->kind = ERROR_USAGE;
		return error_context(err, "--from");
	}
	if (date != DATE_NONE)
		from = clock_day_start(date);
	if (!may_decide(call, false, err) || !memory_declassify(call->memory, call->id, from, &found, err))
		return false;
	if (!found)
		return error_set(err, ERROR_INPUT, "nothing is remembered under \"%s\"", call->id);
	const char *since = clock_format_rfc3339(call->arena, from);
	printf("%s is no secret from %s on.\n", call->id, clock_format_local(call->arena, from));
	return journal(call, "memory-declassified", since, err);
}

static const struct verb {
	const char *name;
	bool is_deed;
	bool (*run)(struct memory_call *call, struct error *err);
} verbs[] = {
	{ "show", false, show },
	{ "forget", true, forget },
	{ "declassify", true, declassify },
};

static bool given(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static const struct verb *find_verb(const char *const *operands, const struct memory_flags *flags, struct error *err)
{
	const struct verb *verb = NULL;
	for (size_t i = 0; operands[0] != NULL && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, operands[0]) == 0)
			verb = &verbs[i];
	if (verb == NULL) {
		error_set(err, ERROR_USAGE, "memory wants one of: show, forget ID, declassify ID");
		return NULL;
	}
	if (!command_operands(operands + 1, verb->is_deed ? 1 : 0, verb->is_deed ? "one ID, the reference of a judgement or a Message-ID in its brackets" : "no ID", err))
		return NULL;
	if (verb->is_deed && (!given(operands[1]) || !given(flags->by) || !given(flags->reason))) {
		error_set(err, ERROR_USAGE, "memory %s needs an ID, --by REVIEWER and --reason TEXT: all are kept in the journal", verb->name);
		return NULL;
	}
	return verb;
}

static bool memory_command_run(struct invocation *invocation, struct error *err)
{
	struct memory_flags flags = { 0 };
	struct memory_call call = { .arena = invocation->arena, .flags = &flags };
	struct opened opened;
	const char *const *operands;
	if (!options_parse(invocation->arena, memory_rows, sizeof memory_rows / sizeof *memory_rows, invocation->argc, invocation->argv, &flags,
			   &operands, err))
		return false;
	const struct verb *verb = find_verb(operands, &flags, err);
	if (verb == NULL || !command_time(flags.at, &call.at, err) || !command_open(invocation, flags.state, &opened, err))
		return false;
	call.snapshot = opened.snapshot;
	call.store = opened.store;
	call.id = operands[1];
	bool good = command_memory(call.snapshot, call.store, &call.memory, err) && verb->run(&call, err);
	memory_close(&call.memory);
	command_close(&opened);
	return good;
}

const struct command memory_command = {
	.name = "memory",
	.operands = "show|forget|declassify [ID]",
	.summary = "what is remembered of mail seen before, and what is to be forgotten",
	.options = memory_rows,
	.option_count = sizeof memory_rows / sizeof *memory_rows,
	.run = memory_command_run,
};
