/* totp.c - see totp.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/totp.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define SECRET_OCTETS 20 /* of HMAC-SHA-1, RFC 4226 */
#define STEP_SECONDS 30
#define DIGITS 6

bool totp_new(struct arena *arena, const char **out, struct error *err)
{
	char secret[SECRET_OCTETS], *written = NULL;
	oath_init();
	randombytes_buf(secret, sizeof secret);
	int failed = oath_base32_encode(secret, sizeof secret, &written, NULL);
	sodium_memzero(secret, sizeof secret);
	if (failed != OATH_OK)
		return error_set(err, ERROR_RETRY, "no secret could be made: %s", oath_strerror(failed));
	*out = arena_string(arena, written);
	free(written);
	return true;
}

static void add_escaped(struct text *uri, const char *words)
{
	for (const char *c = words; *c != '\0'; c++)
		if (ascii_is_alpha(*c) || ascii_is_digit(*c) || strchr("-._~", *c) != NULL)
			text_add_char(uri, *c);
		else
			text_printf(uri, "%%%02X", (unsigned char)*c);
}

const char *totp_uri(struct arena *arena, const char *secret, const char *council, const char *login)
{
	struct text uri = TEXT_INIT;
	text_add(&uri, "otpauth://totp/");
	add_escaped(&uri, council);
	text_add_char(&uri, ':');
	add_escaped(&uri, login);
	text_printf(&uri, "?secret=%s&issuer=", secret);
	add_escaped(&uri, council);
	return text_to_arena(&uri, arena).data;
}

/* The library stops at the first step that fits, and may fit one used before: each step is asked alone. */
static bool is_code_of(const char *key, size_t length, const char *code, int64_t step)
{
	char wanted[DIGITS + 1];
	return oath_totp_generate(key, length, (time_t)(step * STEP_SECONDS), STEP_SECONDS, 0, DIGITS, wanted) == OATH_OK &&
	       sodium_memcmp(wanted, code, DIGITS) == 0;
}

int64_t totp_oldest_step(int64_t now)
{
	return now / STEP_SECONDS - 1;
}

int64_t totp_newest_step(int64_t now)
{
	return now / STEP_SECONDS + 1;
}

bool totp_matches(const char *secret, const char *code, int64_t now, int64_t used, int64_t *step_out)
{
	char *key = NULL;
	size_t length = 0;
	bool found = false;
	oath_init();
	if (strlen(code) != DIGITS || strspn(code, "0123456789") != DIGITS ||
	    oath_base32_decode(secret, strlen(secret), &key, &length) != OATH_OK)
		return false;
	for (int64_t step = totp_oldest_step(now); step <= totp_newest_step(now); step++) {
		if (is_code_of(key, length, code, step) && step > used && !found) {
			*step_out = step;
			found = true;
		}
	}
	sodium_memzero(key, length);
	free(key);
	return found;
}
