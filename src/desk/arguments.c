/* arguments.c - see arguments.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/arguments.h"

#include <string.h>

/* What every request may have, whatever it calls. */
static const struct argument envelope[] = {
	{ "call", ARGUMENT_LINE, true, false, 1, 40, NULL },
	{ "session", ARGUMENT_LINE, false, true, 0, 100, NULL },
	{ "client", ARGUMENT_LINE, false, true, 0, 100, NULL },
};
#define ENVELOPE_COUNT (sizeof envelope / sizeof *envelope)

bool arguments_parse(struct bytes content, json_t **out, struct error *err)
{
	json_error_t complaint;
	json_t *request = json_loadb(content.data, content.length, JSON_REJECT_DUPLICATES, &complaint);
	if (json_is_object(request)) {
		*out = request;
		return true;
	}
	json_decref(request);
	return error_set(err, ERROR_INPUT, "the request is no JSON object");
}

static bool is_line(const json_t *value, int64_t least, int64_t most, bool long_text)
{
	if (!json_is_string(value) || (int64_t)json_string_length(value) < least || (int64_t)json_string_length(value) > most)
		return false;
	const char *text = json_string_value(value);
	for (size_t i = 0; i < json_string_length(value); i++)
		if (((unsigned char)text[i] < 0x20 && !(long_text && strchr("\t\r\n", text[i]) != NULL && text[i] != '\0')) || text[i] == 0x7f)
			return false;
	return true;
}

static bool is_list(const json_t *value, const struct argument *row)
{
	if (!json_is_array(value) || (int64_t)json_array_size(value) < row->least || (int64_t)json_array_size(value) > row->most)
		return false;
	for (size_t i = 0; i < json_array_size(value); i++)
		if (!is_line(json_array_get(value, i), 1, ARGUMENT_ITEM_MOST, false))
			return false;
	return true;
}

static bool is_one_of(const json_t *value, const char *const *words)
{
	for (size_t i = 0; json_is_string(value) && words[i] != NULL; i++)
		if (strcmp(words[i], json_string_value(value)) == 0)
			return true;
	return false;
}

static bool fits(const json_t *value, const struct argument *row)
{
	if (json_is_null(value))
		return row->or_null;
	switch (row->type) {
	case ARGUMENT_LINE:
	case ARGUMENT_WORDS:
		return is_line(value, row->least, row->most, row->type == ARGUMENT_WORDS);
	case ARGUMENT_INTEGER:
		return json_is_integer(value) && json_integer_value(value) >= row->least && json_integer_value(value) <= row->most;
	case ARGUMENT_FLAG:
		return json_is_boolean(value);
	case ARGUMENT_LINES:
		return is_list(value, row);
	case ARGUMENT_WORD:
		return is_one_of(value, row->words);
	}
	return false;
}

static const struct argument *find_row(const struct argument *rows, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

/* What a person left empty is said in their words; all else is a mistake of a program. */
static bool is_filled_in(const json_t *value, const struct argument *row, struct error *err)
{
	static const struct {
		const char *name, *sentence;
	} wanted[] = {
		{ "reason", "Please give your reason." },
		{ "person", "Please say whose entries you mean." },
	};
	for (size_t i = 0; json_is_string(value) && json_string_length(value) == 0 && i < sizeof wanted / sizeof *wanted; i++)
		if (row->least > 0 && strcmp(wanted[i].name, row->name) == 0)
			return error_set(err, ERROR_INPUT, "%s", wanted[i].sentence);
	return true;
}

static bool are_there(const json_t *request, const struct argument *rows, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_object_get(request, rows[i].name);
		if (value == NULL && rows[i].required)
			return error_set(err, ERROR_INPUT, "\"%s\" is missing", rows[i].name);
		if (!is_filled_in(value, &rows[i], err))
			return false;
		if (value != NULL && !fits(value, &rows[i]))
			return error_set(err, ERROR_INPUT, "\"%s\" is not as it has to be: of another type, too long, too short, or out of bounds",
					 rows[i].name);
	}
	return true;
}

/* The key is a stranger's: it is not repeated. */
bool arguments_check(const json_t *request, const struct argument *rows, size_t count, struct error *err)
{
	const char *name;
	json_t *value;
	if (!are_there(request, envelope, ENVELOPE_COUNT, err) || !are_there(request, rows, count, err))
		return false;
	json_object_foreach((json_t *)request, name, value)
		if (find_row(envelope, ENVELOPE_COUNT, name) == NULL && find_row(rows, count, name) == NULL)
			return error_set(err, ERROR_INPUT, "the request has a key that this call does not know");
	return true;
}

const char *argument_text(const json_t *request, const char *name)
{
	return json_string_value(json_object_get(request, name));
}

int64_t argument_integer(const json_t *request, const char *name, int64_t otherwise)
{
	const json_t *value = json_object_get(request, name);
	return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

bool argument_flag(const json_t *request, const char *name)
{
	return json_is_true(json_object_get(request, name));
}

const char *const *argument_lines(struct arena *arena, const json_t *request, const char *name, size_t *count_out)
{
	const json_t *list = json_object_get(request, name);
	*count_out = json_array_size(list);
	const char **lines = arena_array(arena, *count_out + 1, sizeof *lines);
	for (size_t i = 0; i < *count_out; i++)
		lines[i] = json_string_value(json_array_get(list, i));
	return lines;
}
