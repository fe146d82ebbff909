/* arguments.c - what a person asked for, as the arguments of a call of the desk.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "console/exchange.h"

#define DAY 86400
#define PERIOD_WEEKS 12 /* of figures, when no period is asked for */
#define LONGEST_NUMBER 15

static json_t *number_of(const char *value)
{
	size_t length = strlen(value);
	for (size_t i = 0; i < length; i++)
		if (!ascii_is_digit(value[i]))
			return NULL;
	return length == 0 || length > LONGEST_NUMBER ? NULL : json_integer(strtoll(value, NULL, 10));
}

/* The first second of a day in London; a day's begin is where its date does, be it summer or winter. */
static bool day_begins(struct arena *arena, const char *value, int64_t *out)
{
	calendar_date date;
	struct error err = ERROR_INIT;
	int64_t at = 0;
	bool good = clock_parse_date(value, &date, &err) &&
		    clock_parse_rfc3339(arena_printf(arena, "%sT00:00:00Z", value), &at, &err);
	error_release(&err);
	if (good)
		*out = clock_date_of(at - 3600) == date ? at - 3600 : at;
	return good;
}

static json_t *date_of(struct exchange *exchange, const char *value, bool end)
{
	int64_t at;
	if (!day_begins(exchange->arena, value, &at))
		return NULL;
	if (!end)
		return json_integer(at);
	/* The last second of that day: days of 23 and 25 hours end where the date changes. */
	calendar_date date = clock_date_of(at);
	int64_t last = at + DAY + 3600;
	while (clock_date_of(last) != date)
		last -= 3600;
	return json_integer(last + 3599);
}

static json_t *all_of(const struct fields *fields, const char *name)
{
	json_t *all = json_array();
	size_t position = 0;
	for (const char *value; (value = fields_next(fields, name, &position)) != NULL;)
		json_array_append_new(all, json_string(value));
	return all;
}

static json_t *when(struct exchange *exchange, enum argument_kind kind, const char *value)
{
	bool end = kind == ARGUMENT_TO || kind == ARGUMENT_UNTIL;
	if (value != NULL && value[0] != '\0')
		return date_of(exchange, value, end);
	return json_integer(end ? exchange->now + 1 : exchange->now - (int64_t)PERIOD_WEEKS * 7 * DAY);
}

/* NULL with *left_out: the argument is not sent. NULL without: it cannot be used. */
static json_t *argument(struct exchange *exchange, const struct argument *want, bool *left_out)
{
	const struct fields *fields = exchange->route->method == METHOD_POST ? &exchange->posted : &exchange->asked;
	const char *value = fields_only(fields, want->name);
	bool empty = value == NULL || value[0] == '\0';
	*left_out = false;
	switch (want->kind) {
	case ARGUMENT_PATH:
		return json_string(exchange->part);
	case ARGUMENT_TEXT:
		return json_string(value != NULL ? value : "");
	case ARGUMENT_NULL:
		return empty ? json_null() : json_string(value);
	case ARGUMENT_TEXTS:
		return all_of(fields, want->name);
	case ARGUMENT_YES:
		return json_boolean(value != NULL && strcmp(value, "yes") == 0);
	case ARGUMENT_SINCE:
	case ARGUMENT_UNTIL:
		return when(exchange, want->kind, value);
	default:
		break;
	}
	*left_out = empty;
	if (empty)
		return NULL;
	if (want->kind == ARGUMENT_MAYBE)
		return json_string(value);
	return want->kind == ARGUMENT_NUMBER ? number_of(value) : when(exchange, want->kind, value);
}

json_t *exchange_arguments(struct exchange *exchange, const char **wrong_out)
{
	json_t *arguments = json_object();
	const struct fields *fields = exchange->route->method == METHOD_POST ? &exchange->posted : &exchange->asked;
	for (const struct argument *want = exchange->route->arguments; want->name != NULL; want++) {
		bool left_out = false;
		bool twice = want->kind != ARGUMENT_TEXTS && want->kind != ARGUMENT_PATH && fields_count(fields, want->name) > 1;
		json_t *value = twice ? NULL : argument(exchange, want, &left_out);
		if (value != NULL) {
			json_object_set_new(arguments, want->name, value);
		} else if (!left_out) {
			bool dated = want->kind >= ARGUMENT_FROM;
			*wrong_out = twice ? arena_printf(exchange->arena, "\"%s\" was sent more than once.", want->name) :
					     arena_printf(exchange->arena, "\"%s\" must be %s.", want->name,
							  dated ? "a date, such as 2026-03-31" : "a whole number");
			json_decref(arguments);
			return NULL;
		}
	}
	return arguments;
}
