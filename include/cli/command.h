/* command.h - the commands of `copyhold`: one row each in commands.c, one function each.
 *
 * A command returns true when its answer is yes and fills err otherwise; main prints the error once and turns its kind into
 * the exit code (DESIGN 8): ERROR_REFUSED is 1, the answer is no. */
#ifndef COPYHOLD_CLI_COMMAND_H
#define COPYHOLD_CLI_COMMAND_H

#include "base/arena.h"
#include "base/error.h"
#include "cli/options.h"
#include "gateway/gateway.h"
#include "review/queue.h"
#include "store/store.h"

struct invocation {
	struct arena *arena;       /* lives as long as the process */
	const char *configuration; /* path */
	int argc;                  /* argv[0] is the command's own name */
	char **argv;
};

struct command {
	const char *name;
	const char *operands;      /* for the help: "MESSAGE" */
	const char *summary;
	const struct option_row *options;
	size_t option_count;
	bool (*run)(struct invocation *invocation, struct error *err);
};

extern const struct command check_command, explain_command, lint_command, report_command, queue_command, journal_command,
	directory_command, doctor_command, memory_command, predicates_command, rules_command, user_command, retention_command,
	export_command, test_command, why_command, replay_command, diff_command, policy_command, completion_command;
/* All of them, in the order of the help; NULL after the last. */
const struct command *command_at(size_t index);

/* Shared by commands. */

/* The instant of --at, or now. */
bool command_time(const char *option, int64_t *out, struct error *err) MUST_CHECK;
/* The configuration and what reads messages by it; what the administrator should know of that goes to standard error. */
bool command_snapshot_to_judge(const char *configuration, struct snapshot **out, struct error *err) MUST_CHECK;
/* The configuration and the store of --state, or else the configured one. After false nothing is open; after true command_close ends both. */
struct opened {
	struct snapshot *snapshot;
	struct store *store;
};
bool command_open(const struct invocation *invocation, const char *state, struct opened *out, struct error *err) MUST_CHECK;
void command_close(struct opened *opened);
/* The store of --state, or else the configured one. */
bool command_store(const struct snapshot *snapshot, const char *state, struct store **out, struct error *err) MUST_CHECK;
/* What was seen before, beside that store; its troubles are journalled there. */
bool command_memory(const struct snapshot *snapshot, struct store *store, struct memory **out, struct error *err) MUST_CHECK;
/* An error unless exactly `count` operands stand there. */
bool command_operands(const char *const *operands, size_t count, const char *usage, struct error *err) MUST_CHECK;
/* "12 of 144" on a terminal while something long goes on; nothing elsewhere. The last call has done == all and takes it away. */
void command_progress(size_t done, size_t all);

#endif
