/* commands.c - the table of commands, in the order of the help.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

static const struct command *const commands[] = {
	&check_command, &explain_command, &lint_command, &rules_command, &predicates_command, &policy_command, &test_command, &why_command,
	&replay_command, &diff_command, &directory_command, &report_command, &queue_command, &journal_command, &doctor_command, &user_command,
	&retention_command, &export_command, &memory_command, &completion_command,
};

const struct command *command_at(size_t index)
{
	return index < sizeof commands / sizeof *commands ? commands[index] : NULL;
}
