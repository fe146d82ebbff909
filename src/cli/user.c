/* user.c - `copyhold user`: who may log in at the desk, and in which role. Every change is journalled; no secret ever is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <jansson.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/account.h"
#include "base/clock.h"
#include "cli/command.h"
#include "cli/secret.h"
#include "desk/accounts.h"
#include "desk/password.h"
#include "desk/totp.h"

struct user_flags {
	bool json, off;
	const char *address, *role, *password_fd;
};

static const struct option_row user_rows[] = {
	{ "address", OPTION_VALUE, offsetof(struct user_flags, address), "ADDRESS", "with add: whose login it is, as the directory knows them" },
	{ "role", OPTION_VALUE, offsetof(struct user_flags, role), "ROLE", "with add and role: reviewer, second-reviewer, auditor, administrator, member" },
	{ "password-fd", OPTION_VALUE, offsetof(struct user_flags, password_fd), "NUMBER", "with add and password: read it from this open descriptor, not from the terminal" },
	{ "off", OPTION_FLAG, offsetof(struct user_flags, off), NULL, "with totp: no one-time codes any longer" },
	{ "json", OPTION_FLAG, offsetof(struct user_flags, json), NULL, "with list: JSON" },
};

struct user_call {
	struct arena *arena;
	const struct user_flags *flags;
	const struct snapshot *snapshot;
	const char *name;             /* of the login; NULL with list */
	const char *password, *totp;  /* new ones, as they are kept */
	enum desk_role role;
	int64_t now;
};

static struct login *must_find(struct accounts *accounts, const char *name, struct error *err)
{
	struct login *login = accounts_find(accounts, name);
	if (login == NULL)
		error_set(err, ERROR_REFUSED, "there is no login \"%s\"; copyhold user list shows them", name);
	return login;
}

/* --- the changes, each made under the lock --- */

static bool add_login(struct arena *arena, struct accounts *accounts, const void *context, struct error *err)
{
	const struct user_call *call = context;
	struct login login = { .name = call->name, .address = call->flags->address, .role = call->role, .password = call->password,
			       .changed_at = call->now };
	if (accounts_find(accounts, call->name) != NULL)
		return error_set(err, ERROR_REFUSED, "there is a login \"%s\" already", call->name);
	if (accounts->count == ACCOUNTS_MOST)
		return error_set(err, ERROR_REFUSED, "there are %d logins, and no more can be kept", ACCOUNTS_MOST);
	if (!account_fits(call->snapshot, &login, err))
		return false;
	struct login *items = arena_array(arena, accounts->count + 1, sizeof *items);
	if (accounts->count > 0)
		memcpy(items, accounts->items, accounts->count * sizeof *items);
	items[accounts->count++] = login;
	accounts->items = items;
	return true;
}

static bool remove_login(struct arena *arena, struct accounts *accounts, const void *context, struct error *err)
{
	struct login *login = must_find(accounts, ((const struct user_call *)context)->name, err);
	if (login == NULL)
		return false;
	size_t behind = (size_t)(accounts->items + accounts->count - login) - 1;
	memmove(login, login + 1, behind * sizeof *login);
	accounts->count--;
	return true;
}

static bool change_login(struct arena *arena, struct accounts *accounts, const void *context, struct error *err)
{
	const struct user_call *call = context;
	struct login *login = must_find(accounts, call->name, err);
	if (login == NULL)
		return false;
	if (call->password != NULL)
		login->password = call->password;
	login->changed_at = call->now;
	return true;
}

static bool change_role(struct arena *arena, struct accounts *accounts, const void *context, struct error *err)
{
	const struct user_call *call = context;
	struct login *login = must_find(accounts, call->name, err);
	if (login == NULL)
		return false;
	login->role = call->role;
	login->changed_at = call->now;
	return account_fits(call->snapshot, login, err);
}

static bool change_totp(struct arena *arena, struct accounts *accounts, const void *context, struct error *err)
{
	const struct user_call *call = context;
	struct login *login = must_find(accounts, call->name, err);
	if (login == NULL)
		return false;
	login->totp = call->totp;
	login->changed_at = call->now;
	return true;
}

static bool unlock_login(struct arena *arena, struct accounts *accounts, const void *context, struct error *err)
{
	const struct user_call *call = context;
	struct login *login = must_find(accounts, call->name, err);
	if (login == NULL)
		return false;
	login->unlocked_at = call->now;
	return true;
}

/* --- what is asked first, and said afterwards --- */

static bool ask_password(struct user_call *call, struct error *err)
{
	const char *password = NULL;
	return secret_read(call->arena, call->flags->password_fd, &password, err) && password_is_good(password, call->name, err) &&
	       password_hash(call->arena, password, &call->password, err);
}

static bool ask_role(struct user_call *call, struct error *err)
{
	if (call->flags->role == NULL)
		return error_set(err, ERROR_USAGE, "say which role: --role reviewer, second-reviewer, auditor, administrator or member");
	return desk_role_parse(call->flags->role, &call->role, err);
}

/* What is wrong with the account is said before anybody has to think of a password. */
static bool ask_all(struct user_call *call, struct error *err)
{
	if (call->flags->address == NULL)
		return error_set(err, ERROR_USAGE, "say whose login it is: --address ADDRESS");
	if (!ask_role(call, err))
		return false;
	struct login login = { .name = call->name, .address = call->flags->address, .role = call->role };
	return account_fits(call->snapshot, &login, err) && ask_password(call, err);
}

static bool ask_totp(struct user_call *call, struct error *err)
{
	return call->flags->off || totp_new(call->arena, &call->totp, err);
}

static void tell_totp(const struct user_call *call)
{
	if (call->totp != NULL)
		printf("Scan or type this into the telephone of whoever logs in as \"%s\"; it is not shown again:\n%s\n", call->name,
		       totp_uri(call->arena, call->totp, call->snapshot->council.name, call->name));
}

static const struct user_verb {
	const char *name;
	bool (*ask)(struct user_call *call, struct error *err);
	bool (*change)(struct arena *arena, struct accounts *accounts, const void *context, struct error *err);
	void (*tell)(const struct user_call *call);
	const char *done; /* "NAME has been ..." */
} verbs[] = {
	{ "add", ask_all, add_login, NULL, "added" },
	{ "remove", NULL, remove_login, NULL, "removed; its sessions have ended" },
	{ "password", ask_password, change_login, NULL, "given another password; its sessions have ended" },
	{ "role", ask_role, change_role, NULL, "given another role; its sessions have ended" },
	{ "totp", ask_totp, change_totp, tell_totp, "changed; its sessions have ended" },
	{ "unlock", NULL, unlock_login, NULL, "unlocked: failures until now do not count" },
};

/* Whoever sits at the machine, as far as the system knows. */
static const char *who_changes(struct arena *arena)
{
	const struct passwd *account = getpwuid(getuid());
	return account == NULL ? arena_printf(arena, "account %ld", (long)getuid()) : arena_printf(arena, "account %s", account->pw_name);
}

static bool journal_change(const struct user_call *call, const struct user_verb *verb, struct error *err)
{
	struct store *store = NULL;
	bool role = strcmp(verb->name, "add") == 0 || strcmp(verb->name, "role") == 0;
	json_t *detail = json_pack("{s:s, s:s, s:s*}", "login", call->name, "change", verb->name, "role",
				   role ? desk_role_words[call->role] : NULL);
	char *written = json_dumps(detail, JSON_COMPACT);
	bool good = store_open(call->snapshot->store_directory, &store, err) &&
		    store_journal(store, "account", NULL, who_changes(call->arena), written, call->now, err);
	store_close(&store);
	free(written);
	json_decref(detail);
	return good || error_context(err, "the change to \"%s\" was made, but is not in the journal", call->name);
}

/* Accounts may be made before any mail has come, and so before there is a folder for them. Made by root it would be closed to the services,
 * whose user only the configuration or, for the installed one, systemd knows. */
static bool prepare_folder(const struct snapshot *snapshot, struct error *err)
{
	const char *folder = snapshot->store_directory;
	struct account owner = { .user = geteuid(), .group = getegid() };
	struct stat found;
	if (stat(folder, &found) == 0 || errno != ENOENT)
		return true; /* what else is wrong with it is said by those who use it */
	if (geteuid() == 0 && snapshot->user == NULL && strcmp(folder, LOCALSTATEDIR "/lib/copyhold") == 0)
		return error_set(err, ERROR_RETRY, "%s is not there yet; make it with: systemd-sysusers && systemd-tmpfiles --create", folder);
	if (snapshot->user != NULL && !account_find(snapshot->user, &owner, err))
		return false;
	if (mkdir(folder, 0700) != 0 || (geteuid() == 0 && chown(folder, owner.user, owner.group) != 0))
		return error_set(err, ERROR_RETRY, "the store's folder %s cannot be made: %s", folder, strerror(errno));
	return true;
}

static bool run_verb(struct user_call *call, const struct user_verb *verb, struct error *err)
{
	if (!prepare_folder(call->snapshot, err) || (verb->ask != NULL && !verb->ask(call, err)) ||
	    !accounts_change(call->arena, call->snapshot->desk.accounts, verb->change, call, err))
		return false;
	printf("Login \"%s\" has been %s.\n", call->name, verb->done);
	if (verb->tell != NULL)
		verb->tell(call);
	return journal_change(call, verb, err);
}

static void print_login(const struct user_call *call, const struct login *login)
{
	struct error why = ERROR_INIT;
	bool fits = account_fits(call->snapshot, login, &why);
	if (call->flags->json) {
		json_t *line = json_pack("{s:s,s:s,s:s,s:b,s:b,s:s*}", "login", login->name, "role", desk_role_words[login->role], "address",
					 login->address, "totp", login->totp != NULL, "fits", fits, "why", fits ? NULL : error_text(&why));
		json_dumpf(line, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(line);
	} else {
		printf("%-20s %-16s %s%s%s%s\n", login->name, desk_role_words[login->role], login->address,
		       login->totp == NULL ? "" : ", with one-time codes", fits ? "" : "\n    cannot log in: ", fits ? "" : error_text(&why));
	}
	error_release(&why);
}

static bool list_logins(const struct user_call *call, struct error *err)
{
	struct accounts accounts;
	if (!accounts_read(call->arena, call->snapshot->desk.accounts, &accounts, err))
		return false;
	for (size_t i = 0; i < accounts.count; i++)
		print_login(call, &accounts.items[i]);
	if (accounts.count == 0 && !call->flags->json)
		printf("Nobody can log in; see copyhold user add.\n");
	return true;
}

static const struct user_verb *find_verb(const char *name)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static bool user_run(struct invocation *invocation, struct error *err)
{
	struct user_flags flags = { 0 };
	struct snapshot *snapshot = NULL;
	const char *const *operands;
	if (!options_parse(invocation->arena, user_rows, sizeof user_rows / sizeof *user_rows, invocation->argc, invocation->argv, &flags,
			   &operands, err))
		return false;
	bool list = operands[0] != NULL && strcmp(operands[0], "list") == 0;
	const struct user_verb *verb = operands[0] == NULL || list ? NULL : find_verb(operands[0]);
	if (!list && verb == NULL)
		return error_set(err, ERROR_USAGE, "user wants one of: list, add, remove, password, role, totp, unlock; all but list with a LOGIN");
	if (!command_operands(operands + 1, list ? 0 : 1, list ? "no LOGIN" : "one LOGIN", err))
		return false;
	struct user_call call = { .arena = invocation->arena, .flags = &flags, .now = clock_now(),
				  .name = list ? NULL : login_name(invocation->arena, operands[1]) };
	if (!list && call.name == NULL)
		return error_set(err, ERROR_USAGE, "\"%s\" is no name for a login: letters, digits, dots, dashes and underscores, a letter first, at most %d",
				 operands[1], LOGIN_MOST);
	if (!snapshot_load(invocation->configuration, &snapshot, err))
		return false;
	call.snapshot = snapshot;
	bool good = list ? list_logins(&call, err) : run_verb(&call, verb, err);
	snapshot_drop(&snapshot);
	return good;
}

const struct command user_command = {
	.name = "user",
	.operands = "list | add|remove|password|role|totp|unlock LOGIN",
	.summary = "who may log in at the reviewers' desk",
	.options = user_rows,
	.option_count = sizeof user_rows / sizeof *user_rows,
	.run = user_run,
};
