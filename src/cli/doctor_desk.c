/* doctor_desk.c - `copyhold doctor`: can those who are to decide on held mail get at it, and nobody else?
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/account.h"
#include "cli/doctor.h"
#include "desk/accounts.h"

/* A socket of another group than the configured one shuts the console out. */
static void examine_group(struct examination *examination, const char *path, const char *group)
{
	struct stat found;
	struct error why = ERROR_INIT;
	gid_t wanted;
	if (!account_find_group(group, &wanted, &why))
		examination_add(examination, HEALTH_WRONG, "systemd-sysusers makes it; or name another group in desk.group", "The desk's group: %s.",
				error_text(&why));
	else if (stat(path, &found) == 0 && found.st_gid != wanted)
		examination_add(examination, HEALTH_WARNING, "systemctl restart copyhold-desk",
				"%s does not belong to the group %s, so the console cannot connect.", path, group);
	error_release(&why);
}

static void examine_address(struct examination *examination, const struct console_settings *console)
{
	if (console->https)
		examination_add(examination, HEALTH_GOOD, NULL, "Browsers reach the console by %s.", console->address);
	else
		examination_add(examination, HEALTH_WARNING, "put the council's web server before it and set console.address to its https address",
				"console.address is %s: the links in mails lead nowhere but on this machine.", console->address);
}

void doctor_examine_desk(struct examination *examination)
{
	const struct snapshot *snapshot = examination->snapshot;
	const char *path = snapshot->desk.socket;
	if (snapshot->console.address == NULL)
		return; /* decisions are made by `copyhold queue` alone */
	examine_address(examination, &snapshot->console);
	if (doctor_connects(path))
		examination_add(examination, HEALTH_GOOD, NULL, "The desk answers on %s.", path);
	else
		examination_add(examination, HEALTH_WARNING, "systemctl status copyhold-desk",
				"No desk answers on %s (%s): the console can show nothing.", path, strerror(errno));
	if (access(path, F_OK) != 0)
		return;
	if (doctor_others_can_reach(examination->arena, path))
		examination_add(examination, HEALTH_WRONG, "systemctl restart copyhold-desk, which makes it private again",
				"Every user of this machine can reach %s and try passwords there.", path);
	if (snapshot->desk.group != NULL)
		examine_group(examination, path, snapshot->desk.group);
}

static bool has_account(const struct examination *examination, const struct accounts *accounts, const char *address, enum desk_role role)
{
	const struct directory *directory = examination->snapshot->directory;
	const struct person *person = directory_by_login(directory, address);
	for (size_t i = 0; i < accounts->count; i++) {
		const struct login *login = &accounts->items[i];
		if (login->role == role && person != NULL && directory_by_address(directory, login->address) == person)
			return true;
	}
	return false;
}

/* Whether one was missing. */
static bool examine_one(struct examination *examination, const struct accounts *accounts, const char *address, enum desk_role role)
{
	const char *word = desk_role_words[role];
	if (has_account(examination, accounts, address, role))
		return false;
	examination_add(examination, HEALTH_WARNING,
			arena_printf(examination->arena, "copyhold user add LOGIN --address %s --role %s", address, word),
			"%s has no account as %s, so cannot log in to decide.", address, word);
	return true;
}

static void examine_all(struct examination *examination, const struct accounts *accounts)
{
	const struct snapshot *snapshot = examination->snapshot;
	struct error why = ERROR_INIT;
	bool missing = false;
	for (size_t i = 0; i < snapshot->reviewer_count; i++)
		missing |= examine_one(examination, accounts, snapshot->reviewers[i], DESK_REVIEWER);
	if (snapshot->second_reviewer != NULL)
		missing |= examine_one(examination, accounts, snapshot->second_reviewer, DESK_SECOND_REVIEWER);
	for (size_t i = 0; i < accounts->count; i++) {
		if (!account_fits(snapshot, &accounts->items[i], &why)) {
			examination_add(examination, HEALTH_WARNING, "copyhold user remove, or copyhold user role", "Cannot log in: %s", error_text(&why));
			missing = true;
		}
	}
	if (!missing)
		examination_add(examination, HEALTH_GOOD, NULL, "Every reviewer can log in at the desk.");
	error_release(&why);
}

void doctor_examine_accounts(struct examination *examination)
{
	const struct snapshot *snapshot = examination->snapshot;
	const char *path = snapshot->desk.accounts;
	struct accounts accounts;
	struct error why = ERROR_INIT;
	if (snapshot->console.address == NULL && access(path, F_OK) != 0)
		return;
	if (access(path, R_OK) != 0 && errno != ENOENT)
		examination_add(examination, HEALTH_WARNING, "run copyhold doctor as root", "The accounts cannot be examined: %s: %s", path,
				strerror(errno));
	else if (accounts_read(examination->arena, path, &accounts, &why))
		examine_all(examination, &accounts);
	else
		examination_add(examination, HEALTH_WRONG, "until then nobody can log in", "The accounts cannot be used: %s", error_text(&why));
	error_release(&why);
}
