/* account.h - the user of the system that a service runs as, and groups. */
#ifndef COPYHOLD_BASE_ACCOUNT_H
#define COPYHOLD_BASE_ACCOUNT_H

#include <sys/types.h>

#include "base/error.h"

struct account {
	const char *name;
	uid_t user;
	gid_t group;
};

/* ERROR_SETTINGS when there is no such user or group. `name` is borrowed. */
bool account_find(const char *name, struct account *out, struct error *err) MUST_CHECK;
bool account_find_group(const char *name, gid_t *out, struct error *err) MUST_CHECK;
/* Becomes that user with all its groups, for good; true when it is that user already. */
bool account_become(const struct account *account, struct error *err) MUST_CHECK;

#endif
