/* form.c - see form.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/form.h"

#include "base/unicode.h"

/* The octet that two digits after '%' stand for, or -1. */
static int escaped_octet(struct bytes encoded, size_t at)
{
	if (encoded.length - at < 3)
		return -1;
	int high = ascii_hex_value(encoded.data[at + 1]);
	int low = ascii_hex_value(encoded.data[at + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

const char *percent_decode(struct arena *arena, struct bytes encoded, bool plus)
{
	char *decoded = arena_alloc(arena, encoded.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < encoded.length; i++) {
		int octet = (unsigned char)encoded.data[i];
		if (octet == '%') {
			octet = escaped_octet(encoded, i);
			i += 2;
		} else if (octet == '+' && plus) {
			octet = ' ';
		}
		if (octet <= 0)
			return NULL;
		decoded[length++] = (char)octet;
	}
	return unicode_is_utf8((struct bytes){ decoded, length }) ? decoded : NULL;
}

/* Browsers send CRLF between the lines of a text area; what follows counts and shows LF. */
static const char *with_lf(char *value)
{
	char *to = value;
	for (const char *from = value; *from != '\0'; from++) {
		if (*from == '\r') {
			*to++ = '\n';
			if (from[1] == '\n')
				from++;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return value;
}

static bool read_field(struct arena *arena, struct bytes pair, struct field *out, struct error *err)
{
	size_t equals = bytes_find_char(pair, '=', 0);
	if (equals == (size_t)-1)
		equals = pair.length;
	out->name = percent_decode(arena, bytes_slice(pair, 0, equals), true);
	const char *value = percent_decode(arena, bytes_slice(pair, equals + 1, pair.length), true);
	if (out->name == NULL || value == NULL)
		return error_set(err, ERROR_INPUT, "What was sent is not written as a form is, or has characters that no text has.");
	out->value = with_lf(arena_string(arena, value));
	return true;
}

bool fields_read(struct arena *arena, struct bytes encoded, struct fields *out, struct error *err)
{
	struct fields read = { NULL, 0 };
	struct field *items = NULL;
	*out = read;
	if (encoded.length > FORM_LONGEST)
		return error_set(err, ERROR_INPUT, "The form is longer than %zu octets.", FORM_LONGEST);
	for (size_t at = 0; at < encoded.length;) {
		size_t end = bytes_find_char(encoded, '&', at);
		if (end == (size_t)-1)
			end = encoded.length;
		if (end > at) {
			if (read.count == FIELDS_MOST)
				return error_set(err, ERROR_INPUT, "The form has more than %zu fields.", FIELDS_MOST);
			struct field *field = ARENA_PUSH(arena, items, read.count);
			if (!read_field(arena, bytes_slice(encoded, at, end), field, err))
				return false;
		}
		at = end + 1;
	}
	read.items = items;
	*out = read;
	return true;
}

const char *fields_next(const struct fields *fields, const char *name, size_t *position)
{
	while (*position < fields->count) {
		const struct field *field = &fields->items[(*position)++];
		if (strcmp(field->name, name) == 0)
			return field->value;
	}
	return NULL;
}

size_t fields_count(const struct fields *fields, const char *name)
{
	size_t count = 0, position = 0;
	while (fields_next(fields, name, &position) != NULL)
		count++;
	return count;
}

const char *fields_only(const struct fields *fields, const char *name)
{
	size_t position = 0;
	const char *value = fields_next(fields, name, &position);
	return value != NULL && fields_next(fields, name, &position) == NULL ? value : NULL;
}

bool fields_has(const struct fields *fields, const char *name, const char *value)
{
	size_t position = 0;
	for (const char *found; (found = fields_next(fields, name, &position)) != NULL;)
		if (strcmp(found, value) == 0)
			return true;
	return false;
}
