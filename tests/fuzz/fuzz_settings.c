/* fuzz_settings.c - any bytes as a configuration file: read or refused with a sentence, never a crash.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/settings.h"
#include "fuzz.h"

struct target {
	const char *string;
	struct string_list strings;
	int number, word;
	bool truth;
	const struct settings_node *group, *list;
};

static const char *const words[] = { "observe", "advise", "enforce", NULL };
static const struct setting_row rows[] = {
	{ "s", SETTING_STRING, offsetof(struct target, string), true, 0, 0, NULL, "a string" },
	{ "t", SETTING_STRINGS, offsetof(struct target, strings), false, 0, 0, NULL, NULL },
	{ "i", SETTING_INT, offsetof(struct target, number), false, 1, 100, NULL, NULL },
	{ "b", SETTING_BOOL, offsetof(struct target, truth), false, 0, 0, NULL, NULL },
	{ "w", SETTING_WORD, offsetof(struct target, word), false, 0, 0, words, NULL },
	{ "g", SETTING_GROUP, offsetof(struct target, group), false, 0, 0, NULL, NULL },
	{ "l", SETTING_LIST, offsetof(struct target, list), false, 0, 0, NULL, NULL },
};

static void need_reason(const struct error *err)
{
	must(err->kind == ERROR_SETTINGS && err->text != NULL && strncmp(err->text, "fuzz.conf:", 10) == 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	struct settings_file *file = NULL;
	struct target target = { 0 };
	const char *content = arena_string_of(arena, (struct bytes){ (const char *)data, size });
	if (settings_open_string("fuzz.conf", content, &file, &err)) {
		if (!settings_fill(settings_root(file), rows, sizeof rows / sizeof *rows, arena, &target, &err))
			need_reason(&err);
		settings_close(&file);
	} else {
		need_reason(&err);
	}
	error_release(&err);
	arena_free(&arena);
	return 0;
}
