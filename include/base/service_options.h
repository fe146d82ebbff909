/* service_options.h - the command line of a service: all take the same few options, and each one of its own. */
#ifndef COPYHOLD_BASE_SERVICE_OPTIONS_H
#define COPYHOLD_BASE_SERVICE_OPTIONS_H

#include <stdbool.h>

struct service_command {
	const char *name, *usage;
	const char *own;       /* the service's own option, which takes a value: "socket" */
	bool takes_foreground; /* -f, which changes nothing */
};

struct service_options {
	const char *conf; /* --config, or the usual place */
	const char *own;  /* the own option's value, or NULL */
	bool test;
	int exit_code;    /* when there is nothing to run: --help, a usage error; else -1 */
};

/* Prints what was asked for or what is wrong. The strings are those of `argv`. */
struct service_options service_options_read(const struct service_command *command, int argc, char **argv);

#endif
