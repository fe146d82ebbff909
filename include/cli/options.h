/* options.h - command-line options by rows, over getopt_long(3).
 *
 * The rows fill a struct, make the help text, and are what the manual is checked against. */
#ifndef COPYHOLD_CLI_OPTIONS_H
#define COPYHOLD_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum option_type {
	OPTION_FLAG,  /* bool */
	OPTION_VALUE, /* const char *; the last one given counts */
	OPTION_MANY,  /* struct option_values; each one given is added */
};

struct option_values {
	const char **items;
	size_t count;
};

struct option_row {
	const char *name;     /* without dashes */
	enum option_type type;
	size_t offset;        /* of the target in the caller's struct */
	const char *argument; /* its name in the help, NULL for flags */
	const char *help;
};

/* Parses argv[1..]; operands may stand between options. *operands_out borrows argv and ends in NULL. ERROR_USAGE names the
 * option and, for a misspelt one, the closest. */
bool options_parse(struct arena *arena, const struct option_row *rows, size_t row_count, int argc, char **argv, void *target,
		   const char *const **operands_out, struct error *err) MUST_CHECK;
/* "  --json            one JSON line" for each row, on standard output. */
void options_help(const struct option_row *rows, size_t row_count);

#endif
