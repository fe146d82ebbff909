/* service_options.c - see service_options.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/service_options.h"

#include <getopt.h>
#include <stdio.h>
#include <sysexits.h>

#include "config.h"

enum { OPTION_OWN = 256, OPTION_VERSION, OPTION_HELP };

static void take(struct service_options *options, const struct service_command *command, int got)
{
	switch (got) {
	case 'c':
		options->conf = optarg;
		break;
	case 't':
		options->test = true;
		break;
	case 'f':
		break;
	case OPTION_OWN:
		options->own = optarg;
		break;
	case OPTION_VERSION:
		printf("%s %s\n", command->name, PACKAGE_VERSION);
		options->exit_code = EX_OK;
		break;
	case OPTION_HELP:
		fputs(command->usage, stdout);
		options->exit_code = EX_OK;
		break;
	default:
		options->exit_code = EX_USAGE;
	}
}

struct service_options service_options_read(const struct service_command *command, int argc, char **argv)
{
	const struct option known[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "test", no_argument, NULL, 't' },
		{ command->own, required_argument, NULL, OPTION_OWN },
		{ "version", no_argument, NULL, OPTION_VERSION },
		{ "help", no_argument, NULL, OPTION_HELP },
		{ command->takes_foreground ? "foreground" : NULL, no_argument, NULL, 'f' },
		{ NULL, 0, NULL, 0 },
	};
	struct service_options options = { .conf = SYSCONFDIR "/copyhold/copyhold.conf", .exit_code = -1 };
	const char *letters = command->takes_foreground ? "c:tf" : "c:t";
	int got;
	while (options.exit_code == -1 && (got = getopt_long(argc, argv, letters, known, NULL)) != -1)
		take(&options, command, got);
	if (options.exit_code == -1 && optind < argc) {
		fprintf(stderr, "%s: unexpected \"%s\"\n%s", command->name, argv[optind], command->usage);
		options.exit_code = EX_USAGE;
	}
	return options;
}
