/* json_tool.h - what the programs that print JSON for the tests in these folders share. */
#ifndef COPYHOLD_TESTS_JSON_TOOL_H
#define COPYHOLD_TESTS_JSON_TOOL_H

#include <jansson.h>
#include <stdio.h>

#include "base/file.h"
#include "base/text.h"

#define INPUT_MOST ((size_t)64 << 20)

/* A file, or false with a sentence on standard error. */
static inline bool input_read(struct arena *arena, const char *path, struct bytes *out)
{
	struct error err = ERROR_INIT;
	bool good = file_read(arena, path, INPUT_MOST, ERROR_INPUT, out, &err);
	if (!good)
		fprintf(stderr, "%s\n", error_text(&err));
	error_release(&err);
	return good;
}

/* Two lower-case digits for each byte. The caller's. */
static inline json_t *hex_of(struct bytes bytes)
{
	struct text hex = TEXT_INIT;
	for (size_t i = 0; i < bytes.length; i++)
		text_printf(&hex, "%02x", (unsigned)(unsigned char)bytes.data[i]);
	json_t *value = json_string(text_string(&hex));
	text_release(&hex);
	return value;
}

/* One line on standard output; the object is used up. False for NULL, and where it cannot be printed. */
static inline bool json_print(json_t *object)
{
	bool good = object != NULL && json_dumpf(object, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF;
	json_decref(object);
	return good;
}

#endif
