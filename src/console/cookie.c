/* cookie.c - see cookie.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/cookie.h"

static const char *const names[][2] = {
	[COOKIE_SESSION] = { "copyhold", "__Host-copyhold" },
	[COOKIE_BEFORE] = { "copyhold-before", "__Host-copyhold-before" },
};

bool cookie_is_token(struct bytes value)
{
	if (value.length == 0 || value.length > COOKIE_LONGEST)
		return false;
	for (size_t i = 0; i < value.length; i++) {
		char c = value.data[i];
		if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' && c != '_')
			return false;
	}
	return true;
}

const char *cookie_find(struct arena *arena, struct bytes header, enum cookie which, bool https)
{
	struct bytes name = bytes_of(names[which][https]), found = BYTES_EMPTY;
	bool seen = false;
	for (size_t at = 0; at < header.length;) {
		size_t end = bytes_find_char(header, ';', at);
		if (end == (size_t)-1)
			end = header.length;
		struct bytes pair = bytes_trim(bytes_slice(header, at, end));
		size_t equals = bytes_find_char(pair, '=', 0);
		if (equals != (size_t)-1 && bytes_equal(bytes_slice(pair, 0, equals), name)) {
			if (seen)
				return NULL; /* whose is it? */
			seen = true;
			found = bytes_slice(pair, equals + 1, pair.length);
		}
		at = end + 1;
	}
	return seen && cookie_is_token(found) ? arena_string_of(arena, found) : NULL;
}

/* Lax, not Strict: who follows the link in a mail, and has a session, should see the page and not the log-in; and a second link must
 * not take the form of the first away. What acts is posted, and Lax sends no cookie with a post from elsewhere. */
const char *cookie_set(struct arena *arena, enum cookie which, bool https, const char *value)
{
	bool away = value == NULL || value[0] == '\0';
	return arena_printf(arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", names[which][https], away ? "" : value, https ? "; Secure" : "", away ? "; Max-Age=0" : "");
}
