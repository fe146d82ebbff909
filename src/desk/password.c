/* password.c - see password.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/password.h"

#include <crypt.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

#define METHOD "$y$" /* yescrypt, at the library's own cost */

/* Nobody's: with a password that is not known, and of the same cost, so that a login that does not exist takes as long as one that does. */
#define NOBODY METHOD "j9T$9KWjjOrFR0wAB5p1yBI/g.$8q/ZgHfL7tMRfzb2Q1U11hzfp3yrDBeOVveOCDMrOa3"

static size_t characters_of(const char *text)
{
	size_t count = 0;
	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static bool is_of_one_character(const char *password)
{
	return password[strspn(password, (const char[]){ password[0], '\0' })] == '\0';
}

bool password_is_good(const char *password, const char *login, struct error *err)
{
	size_t length = strlen(password);
	if (characters_of(password) < PASSWORD_LEAST)
		return error_set(err, ERROR_INPUT, "a password has at least %d characters; three or four words are easy to remember", PASSWORD_LEAST);
	if (length > PASSWORD_MOST)
		return error_set(err, ERROR_INPUT, "a password has at most %d octets", PASSWORD_MOST);
	for (const char *c = password; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return error_set(err, ERROR_INPUT, "a password has no control characters");
	if (is_of_one_character(password) || (bytes_find_nocase(bytes_of(password), bytes_of(login), 0) != (size_t)-1 && length < 2 * PASSWORD_LEAST))
		return error_set(err, ERROR_INPUT, "this password is too easy to guess");
	return true;
}

bool password_hash(struct arena *arena, const char *password, const char **out, struct error *err)
{
	char salt[CRYPT_GENSALT_OUTPUT_SIZE];
	struct crypt_data *data = memory_must(calloc(1, sizeof *data));
	const char *hash = crypt_gensalt_rn(METHOD, 0, NULL, 0, salt, sizeof salt) == NULL ? NULL : crypt_r(password, salt, data);
	bool good = hash != NULL && hash[0] == '$';
	if (good)
		*out = arena_string(arena, hash);
	sodium_memzero(data, sizeof *data);
	free(data);
	return good || error_set(err, ERROR_RETRY, "this system's crypt(3) cannot make a yescrypt password");
}

bool password_matches(const char *password, const char *kept)
{
	const char *against = kept == NULL ? NOBODY : kept;
	struct crypt_data *data = memory_must(calloc(1, sizeof *data));
	const char *hash = crypt_r(password, against, data);
	bool same = hash != NULL && hash[0] == '$' && strlen(hash) == strlen(against) && sodium_memcmp(hash, against, strlen(hash)) == 0;
	sodium_memzero(data, sizeof *data);
	free(data);
	return same && kept != NULL;
}
