/* account.c - see account.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/account.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

bool account_find(const char *name, struct account *out, struct error *err)
{
	errno = 0;
	const struct passwd *entry = getpwnam(name);
	if (entry == NULL)
		return error_set(err, ERROR_SETTINGS, "there is no user \"%s\"%s%s", name, errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
	*out = (struct account){ name, entry->pw_uid, entry->pw_gid };
	return true;
}

bool account_find_group(const char *name, gid_t *out, struct error *err)
{
	errno = 0;
	const struct group *entry = getgrnam(name);
	if (entry == NULL)
		return error_set(err, ERROR_SETTINGS, "there is no group \"%s\"%s%s", name, errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
	*out = entry->gr_gid;
	return true;
}

bool account_become(const struct account *account, struct error *err)
{
	if (geteuid() != 0) {
		if (geteuid() == account->user)
			return true;
		return error_set(err, ERROR_SETTINGS, "the configuration names user \"%s\", but this process is neither that user nor root", account->name);
	}
	if (initgroups(account->name, account->group) != 0 || setgid(account->group) != 0 || setuid(account->user) != 0)
		return error_set(err, ERROR_RETRY, "cannot become user \"%s\": %s", account->name, strerror(errno));
	if (account->user != 0 && setuid(0) == 0)
		return error_set(err, ERROR_RETRY, "could become root again after becoming \"%s\"", account->name);
	return true;
}
