/* accounts.c - see accounts.h: the file, read strictly and replaced as a whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/accounts.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/settings.h"
#include "base/text.h"

#define FILE_MOST ((size_t)1 << 20)

const char *const desk_role_words[] = { "reviewer", "second-reviewer", "auditor", "administrator", "member", NULL };

static bool role_of(const char *word, enum desk_role *out)
{
	for (size_t i = 0; i < DESK_ROLE_COUNT; i++) {
		if (strcmp(word, desk_role_words[i]) == 0) {
			*out = (enum desk_role)i;
			return true;
		}
	}
	return false;
}

bool desk_role_parse(const char *word, enum desk_role *out, struct error *err)
{
	if (role_of(word, out))
		return true;
	const char *hint = settings_suggest(word, desk_role_words);
	return error_set(err, ERROR_USAGE, "\"%s\" is no role%s%s%s; roles: reviewer, second-reviewer, auditor, administrator, member", word,
			 hint == NULL ? "" : " (did you mean ", hint == NULL ? "" : hint, hint == NULL ? "" : "?)");
}

const char *login_name(struct arena *arena, const char *typed)
{
	size_t length = strlen(typed);
	char *name = arena_string(arena, typed);
	for (char *c = name; *c != '\0'; c++) {
		*c = ascii_lower(*c);
		if (!ascii_is_alpha(*c) && (c == name || (!ascii_is_digit(*c) && strchr("._-", *c) == NULL)))
			return NULL;
	}
	return length > 0 && length <= LOGIN_MOST ? name : NULL;
}

const char *login_stamp(struct arena *arena, const struct login *login)
{
	struct digest digest;
	digest_begin(&digest);
	digest_add_field(&digest, bytes_of(login->name));
	digest_add_field(&digest, bytes_of(login->address));
	digest_add_field(&digest, bytes_of(desk_role_words[login->role]));
	digest_add_field(&digest, bytes_of(login->password));
	digest_add_field(&digest, bytes_of(login->totp));
	return digest_end(&digest, arena);
}

struct login *accounts_find(const struct accounts *accounts, const char *name)
{
	for (size_t i = 0; i < accounts->count; i++)
		if (strcmp(accounts->items[i].name, name) == 0)
			return &accounts->items[i];
	return NULL;
}

/* --- reading --- */

static bool parse_login(struct arena *arena, json_t *entry, struct login *out)
{
	const char *name, *address, *role, *password, *totp = NULL;
	json_int_t changed_at, unlocked_at;
	if (json_unpack_ex(entry, NULL, JSON_STRICT, "{s:s, s:s, s:s, s:s, s?:s, s:I, s:I}", "login", &name, "address", &address, "role", &role,
			   "password", &password, "totp", &totp, "changed_at", &changed_at, "unlocked_at", &unlocked_at) != 0)
		return false;
	*out = (struct login){
		.name = login_name(arena, name),
		.address = arena_string(arena, address),
		.password = arena_string(arena, password),
		.totp = arena_string(arena, totp),
		.changed_at = changed_at,
		.unlocked_at = unlocked_at,
	};
	return out->name != NULL && role_of(role, &out->role);
}

static bool parse_accounts(struct arena *arena, const char *path, struct bytes content, struct accounts *out, struct error *err)
{
	json_error_t complaint;
	json_t *root = json_loadb(content.data, content.length, JSON_REJECT_DUPLICATES, &complaint), *list = NULL;
	int version = 0;
	if (root == NULL)
		return error_set(err, ERROR_SETTINGS, "%s:%d: the accounts file is damaged: %s", path, complaint.line, complaint.text);
	bool good = json_unpack_ex(root, NULL, JSON_STRICT, "{s:i, s:o}", "v", &version, "accounts", &list) == 0 && version == 1 &&
		    json_is_array(list) && json_array_size(list) <= ACCOUNTS_MOST;
	size_t count = good ? json_array_size(list) : 0;
	*out = (struct accounts){ arena_array(arena, count + 1, sizeof *out->items), 0 };
	for (; good && out->count < count; out->count++) {
		struct login *login = &out->items[out->count];
		good = parse_login(arena, json_array_get(list, out->count), login) && accounts_find(out, login->name) == NULL;
	}
	json_decref(root);
	return good || error_set(err, ERROR_SETTINGS, "%s: the accounts file is damaged: account %zu is not as copyhold user writes it", path,
				 out->count + 1);
}

bool accounts_read(struct arena *arena, const char *path, struct accounts *out, struct error *err)
{
	struct stat status;
	struct bytes content;
	*out = (struct accounts){ arena_array(arena, 1, sizeof *out->items), 0 };
	if (stat(path, &status) != 0)
		return errno == ENOENT || error_set(err, ERROR_SETTINGS, "%s: %s", path, strerror(errno));
	if ((status.st_mode & 077) != 0)
		return error_set(err, ERROR_SETTINGS, "%s: others may read the accounts; mend it with: chmod 600 %s", path, path);
	return file_read(arena, path, FILE_MOST, ERROR_SETTINGS, &content, err) && parse_accounts(arena, path, content, out, err);
}

/* --- writing --- */

static struct bytes dump(struct arena *arena, const struct accounts *accounts)
{
	json_t *list = json_array();
	for (size_t i = 0; i < accounts->count; i++) {
		const struct login *login = &accounts->items[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s*, s:I, s:I}", "login", login->name, "address", login->address,
						      "role", desk_role_words[login->role], "password", login->password, "totp", login->totp,
						      "changed_at", (json_int_t)login->changed_at, "unlocked_at",
						      (json_int_t)login->unlocked_at));
	}
	json_t *root = json_pack("{s:i, s:o}", "v", 1, "accounts", list);
	char *written = json_dumps(root, JSON_INDENT(1));
	struct bytes kept = bytes_of(arena_printf(arena, "%s\n", written));
	free(written);
	json_decref(root);
	return kept;
}

static bool sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

/* Private from its first moment, and run by root it goes to the folder's owner, who reads it. */
static bool replace(struct arena *arena, const char *path, struct bytes content, struct error *err)
{
	struct stat folder;
	char *beside = arena_printf(arena, "%s.XXXXXX", path);
	const char *within = dirname(arena_string(arena, path));
	int fd = mkostemp(beside, O_CLOEXEC);
	bool good = fd >= 0 && stat(within, &folder) == 0 && fchmod(fd, 0600) == 0 &&
		    (geteuid() != 0 || fchown(fd, folder.st_uid, folder.st_gid) == 0) && file_write_all(fd, content) && fsync(fd) == 0;
	if (fd >= 0 && close(fd) != 0)
		good = false;
	good = good && rename(beside, path) == 0 && sync_folder(within);
	if (good)
		return true;
	error_set(err, ERROR_RETRY, "%s: cannot be written: %s", path, strerror(errno));
	if (fd >= 0)
		unlink(beside);
	return false;
}

static bool take_lock(struct arena *arena, const char *path, int *fd_out, struct error *err)
{
	const char *lock = arena_printf(arena, "%s.lock", path);
	*fd_out = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd_out >= 0 && TEMP_FAILURE_RETRY(flock(*fd_out, LOCK_EX)) == 0)
		return true;
	error_set(err, ERROR_RETRY, "%s: cannot be locked: %s", lock, strerror(errno));
	if (*fd_out >= 0)
		close(*fd_out);
	return false;
}

bool accounts_change(struct arena *arena, const char *path, bool (*change)(struct arena *arena, struct accounts *accounts, const void *context,
		     struct error *err), const void *context, struct error *err)
{
	struct accounts accounts;
	int lock = -1;
	if (!take_lock(arena, path, &lock, err))
		return false;
	bool good = accounts_read(arena, path, &accounts, err) && change(arena, &accounts, context, err) &&
		    replace(arena, path, dump(arena, &accounts), err);
	close(lock);
	return good;
}

/* --- what the configuration says of roles --- */

static bool is_of(const struct snapshot *snapshot, const struct person *person, const char *address)
{
	return address != NULL && directory_by_login(snapshot->directory, address) == person;
}

static bool is_reviewer(const struct snapshot *snapshot, const struct person *person)
{
	for (size_t i = 0; i < snapshot->reviewer_count; i++)
		if (is_of(snapshot, person, snapshot->reviewers[i]))
			return true;
	return false;
}

bool account_fits(const struct snapshot *snapshot, const struct login *login, struct error *err)
{
	const struct person *person = directory_by_address(snapshot->directory, login->address);
	if (person == NULL || person->is_list)
		return error_set(err, ERROR_REFUSED, "login \"%s\": %s is no person of the directory; an account is somebody's: add them to people.csv first",
				 login->name, login->address);
	bool first = is_reviewer(snapshot, person), second = is_of(snapshot, person, snapshot->second_reviewer);
	if (login->role == DESK_REVIEWER && !first)
		return error_set(err, ERROR_REFUSED, "login \"%s\": %s is none of the configuration's reviewers; add them there (reviewers = [ ... ])%s",
				 login->name, login->address, second ? ", or use the role second-reviewer" : "");
	if (login->role == DESK_SECOND_REVIEWER && !second)
		return error_set(err, ERROR_REFUSED, "login \"%s\": the configuration's council.second_reviewer is %s, not %s", login->name,
				 snapshot->second_reviewer == NULL ? "not set" : snapshot->second_reviewer, login->address);
	if (login->role == DESK_AUDITOR && (first || second))
		return error_set(err, ERROR_REFUSED, "login \"%s\": %s reviews mail, so cannot audit how it is reviewed; give the auditor's role to somebody else",
				 login->name, login->address);
	return true;
}
