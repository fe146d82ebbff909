/* options.c - see options.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "base/text.h"

static const char *closest(struct arena *arena, const struct option_row *rows, size_t row_count, const char *written)
{
	const char **words = arena_array(arena, row_count + 1, sizeof *words);
	for (size_t i = 0; i < row_count; i++)
		words[i] = rows[i].name;
	return settings_suggest(written + strspn(written, "-"), words);
}

static void store_value(struct arena *arena, const struct option_row *row, void *target)
{
	void *place = (char *)target + row->offset;
	switch (row->type) {
	case OPTION_FLAG:
		*(bool *)place = true;
		break;
	case OPTION_VALUE:
		*(const char **)place = optarg;
		break;
	case OPTION_MANY: {
		struct option_values *values = place;
		*ARENA_PUSH(arena, values->items, values->count) = optarg;
		break;
	}
	}
}

bool options_parse(struct arena *arena, const struct option_row *rows, size_t row_count, int argc, char **argv, void *target,
		   const char *const **operands_out, struct error *err)
{
	struct option *table = arena_array(arena, row_count + 1, sizeof *table);
	for (size_t i = 0; i < row_count; i++) {
		table[i].name = rows[i].name;
		table[i].has_arg = rows[i].type == OPTION_FLAG ? no_argument : required_argument;
		table[i].val = (int)i + 256; /* out of the way of '?' and ':' */
	}
	opterr = 0;
	optind = 0; /* start afresh: the program's own options were parsed before */
	for (int found; (found = getopt_long(argc, argv, ":", table, NULL)) != -1;) {
		const char *written = argv[optind - 1];
		if (found == ':')
			return error_set(err, ERROR_USAGE, "option %s needs a value", written);
		if (found == '?') {
			const char *hint = closest(arena, rows, row_count, written);
			return error_set(err, ERROR_USAGE, "unknown option %s%s%s%s", written, hint ? " (did you mean --" : "", hint ? hint : "",
					 hint ? "?)" : "");
		}
		store_value(arena, &rows[found - 256], target);
	}
	*operands_out = (const char *const *)argv + optind;
	return true;
}

void options_help(const struct option_row *rows, size_t row_count)
{
	for (size_t i = 0; i < row_count; i++) {
		struct text left = TEXT_INIT;
		text_printf(&left, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "", rows[i].argument ? rows[i].argument : "");
		printf("  %-22s %s\n", text_string(&left), rows[i].help);
		text_release(&left);
	}
}
