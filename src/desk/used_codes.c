/* used_codes.c - see used_codes.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/used_codes.h"

#include <string.h>

#include "desk/totp.h"

static struct used_code *find_code(struct used_codes *codes, const char *login)
{
	for (size_t i = 0; i < codes->count; i++)
		if (strcmp(codes->items[i].login, login) == 0)
			return &codes->items[i];
	return NULL;
}

/* Logins are at most as many as there is room for, but others may have come and gone. */
static void forget_past(struct used_codes *codes, int64_t now)
{
	size_t kept = 0;
	for (size_t i = 0; i < codes->count; i++)
		if (totp_step_counts(codes->items[i].step, now))
			codes->items[kept++] = codes->items[i];
	codes->count = kept;
}

bool used_codes_serve(struct used_codes *codes, const struct login *login, const char *code, int64_t now)
{
	struct used_code *used = find_code(codes, login->name);
	int64_t step = 0;
	if (!totp_matches(login->totp, code, now, used == NULL ? 0 : used->step, &step))
		return false;
	if (used == NULL && codes->count == USED_CODES_MOST)
		forget_past(codes, now);
	if (used == NULL && codes->count == USED_CODES_MOST)
		return false;
	if (used == NULL) {
		used = &codes->items[codes->count++];
		memcpy(used->login, login->name, strlen(login->name) + 1);
	}
	used->step = step;
	return true;
}
