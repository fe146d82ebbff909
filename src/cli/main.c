/* main.c - `copyhold`, the command line: a table of commands, help, exit codes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/settings.h"
#include "cli/command.h"

#define DEFAULT_CONFIGURATION SYSCONFDIR "/copyhold/copyhold.conf"

static void print_help(void)
{
	printf("Usage: copyhold [-c CONF] COMMAND [OPTIONS]\n\n"
	       "Applies a council's Councillor-Officer Protocol to its mail.\n\nCommands:\n");
	const struct command *command;
	for (size_t i = 0; (command = command_at(i)) != NULL; i++)
		printf("  %-12s %s\n", command->name, command->summary);
	printf("\n  -c CONF      configuration file (default %s, or $COPYHOLD_CONF)\n"
	       "  --help       this page; after a command, its options\n"
	       "  --version    name and version\n\n"
	       "Exit status: 0 done, 1 the answer is no, 64 usage, 65 bad input, 69 unavailable, 75 try again, 78 bad configuration.\n",
	       DEFAULT_CONFIGURATION);
}

static void print_command_help(const struct command *command)
{
	printf("Usage: copyhold [-c CONF] %s [OPTIONS]%s%s\n\n%c%s.\n", command->name, command->operands ? " " : "",
	       command->operands ? command->operands : "", command->summary[0] - 'a' + 'A', command->summary + 1);
	if (command->option_count > 0)
		printf("\nOptions:\n");
	options_help(command->options, command->option_count);
}

static const struct command *find_command(const char *name)
{
	size_t i = 0;
	while (command_at(i) != NULL && strcmp(command_at(i)->name, name) != 0)
		i++;
	return command_at(i);
}

static int usage_error(const char *what, const char *which, const char *hint)
{
	fprintf(stderr, "copyhold: %s%s%s", what, which == NULL ? "" : " ", which == NULL ? "" : which);
	if (hint != NULL)
		fprintf(stderr, " (did you mean %s?)", hint);
	fprintf(stderr, "; copyhold --help lists the commands\n");
	return EX_USAGE;
}

static int unknown_command(const char *name)
{
	struct arena *arena = arena_new();
	const char **names = NULL;
	size_t count = 0;
	for (size_t i = 0; command_at(i) != NULL; i++)
		*ARENA_PUSH(arena, names, count) = command_at(i)->name;
	*ARENA_PUSH(arena, names, count) = NULL;
	int code = usage_error("there is no command", name, settings_suggest(name, names));
	arena_free(&arena);
	return code;
}

static bool wants_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

static int run_command(const struct command *command, const char *configuration, int argc, char **argv)
{
	if (wants_help(argc, argv)) {
		print_command_help(command);
		return EX_OK;
	}
	struct error err = ERROR_INIT;
	struct invocation invocation = { arena_new(), configuration, argc, argv };
	if (!command->run(&invocation, &err))
		fprintf(stderr, "copyhold: %s\n", error_text(&err));
	int code = error_exit_code(err.kind);
	if (fflush(stdout) != 0 && code == EX_OK) {
		perror("copyhold: standard output");
		code = EX_IOERR;
	}
	arena_free(&invocation.arena);
	error_release(&err);
	return code;
}

int main(int argc, char **argv)
{
	const char *configuration = getenv("COPYHOLD_CONF");
	setlocale(LC_CTYPE, "C.UTF-8");
	if (configuration == NULL)
		configuration = DEFAULT_CONFIGURATION;
	int at = 1;
	for (; at < argc && argv[at][0] == '-'; at++) {
		if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0) {
			print_help();
			return EX_OK;
		}
		if (strcmp(argv[at], "--version") == 0) {
			printf("%s %s\n", PACKAGE_NAME, PACKAGE_VERSION);
			return EX_OK;
		}
		if (strcmp(argv[at], "-c") != 0)
			return usage_error("unknown option", argv[at], NULL);
		if (at + 1 >= argc)
			return usage_error("a file is needed after", "-c", NULL);
		configuration = argv[++at];
	}
	if (at >= argc)
		return usage_error("no command given", NULL, NULL);
	const struct command *command = find_command(argv[at]);
	return command == NULL ? unknown_command(argv[at]) : run_command(command, configuration, argc - at, argv + at);
}
