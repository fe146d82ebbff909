/* link_keys.c - the file of signing keys: one line a key, "NUMBER MADE-AT HEX", newest first. Whoever finds the newest too old adds
 * one; a lock on the folder keeps two processes from doing so at once, and a rename keeps readers from seeing half a file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "link_keys.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

#define FILE_NAME "link.key"
#define FILE_MOST ((size_t)65536)
#define LOCK_MILLISECONDS 5000
#define DAY ((int64_t)86400)

struct link_keys {
	struct link_key *items;
	size_t count;
};

const struct link_key *link_keys_newest(const struct link_keys *keys)
{
	return &keys->items[0];
}

const struct link_key *link_keys_find(const struct link_keys *keys, uint32_t number)
{
	for (size_t i = 0; i < keys->count; i++)
		if (keys->items[i].number == number)
			return &keys->items[i];
	return NULL;
}

static bool read_key(struct arena *arena, struct bytes line, struct link_key *out)
{
	long long made_at = 0;
	unsigned number = 0;
	int start = 0;
	size_t length = 0;
	const char *text = arena_string_of(arena, line);
	if (sscanf(text, "%u %lld %n", &number, &made_at, &start) != 2 || start == 0)
		return false;
	out->number = number;
	out->made_at = made_at;
	return sodium_hex2bin(out->secret, sizeof out->secret, text + start, strlen(text + start), NULL, &length, NULL) == 0 &&
	       length == sizeof out->secret;
}

/* Only its owner may read it: a key that others know signs nothing. */
static bool is_private(const char *path, bool *exists_out, struct error *err)
{
	struct stat status;
	*exists_out = lstat(path, &status) == 0;
	if (!*exists_out)
		return errno == ENOENT || error_set(err, ERROR_RETRY, "%s: cannot be read: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode) || (status.st_mode & 077) != 0)
		return error_set(err, ERROR_SETTINGS, "%s: others can read it, so its keys sign nothing: remove the file, new keys are made", path);
	return true;
}

static bool read_keys(struct arena *arena, const char *path, struct link_keys *keys, struct error *err)
{
	struct bytes content, line;
	bool exists = false;
	size_t offset = 0;
	if (!is_private(path, &exists, err))
		return false;
	if (!exists)
		return true;
	if (!file_read(arena, path, FILE_MOST, ERROR_RETRY, &content, err))
		return false;
	while (bytes_next_line(content, &offset, &line))
		if (!read_key(arena, line, ARENA_PUSH(arena, keys->items, keys->count)))
			return error_set(err, ERROR_SETTINGS, "%s: line %zu is no key: remove the file, new keys are made", path, keys->count);
	return true;
}

/* A key is of use until the last link under it has expired. */
static bool is_of_use(const struct link_key *key, int64_t now)
{
	return now - key->made_at < (LINK_KEY_DAYS + LINK_DAYS + 1) * DAY;
}

static bool is_fresh(const struct link_keys *keys, int64_t now)
{
	return keys->count > 0 && now - keys->items[0].made_at < LINK_KEY_DAYS * DAY;
}

static void add_key(struct arena *arena, struct link_keys *keys, int64_t now)
{
	struct link_key *old = keys->items;
	size_t count = keys->count;
	keys->items = arena_array(arena, count + 1, sizeof *keys->items);
	keys->count = 1;
	keys->items[0] = (struct link_key){ .number = count > 0 ? old[0].number + 1 : 1, .made_at = now };
	crypto_auth_hmacsha512256_keygen(keys->items[0].secret);
	for (size_t i = 0; i < count; i++)
		if (is_of_use(&old[i], now))
			keys->items[keys->count++] = old[i];
}

static bool write_keys(const char *path, const struct link_keys *keys, struct error *err)
{
	struct text file = TEXT_INIT;
	for (size_t i = 0; i < keys->count; i++) {
		char hex[2 * sizeof keys->items[i].secret + 1];
		sodium_bin2hex(hex, sizeof hex, keys->items[i].secret, sizeof keys->items[i].secret);
		text_printf(&file, "%u %lld %s\n", keys->items[i].number, (long long)keys->items[i].made_at, hex);
	}
	bool good = file_write_private(path, text_bytes(&file), err);
	text_release(&file);
	return good;
}

static bool renew_keys(struct arena *arena, const char *path, int64_t now, struct link_keys *keys, struct error *err)
{
	keys->count = 0; /* somebody else may have been faster */
	keys->items = NULL;
	if (!read_keys(arena, path, keys, err))
		return false;
	if (is_fresh(keys, now))
		return true;
	add_key(arena, keys, now);
	return write_keys(path, keys, err);
}

bool link_keys_load(const char *store_directory, int64_t now, struct arena *arena, const struct link_keys **out, struct error *err)
{
	struct link_keys *keys = arena_alloc(arena, sizeof *keys);
	const char *path = arena_printf(arena, "%s/%s", store_directory, FILE_NAME);
	*out = keys;
	if (!read_keys(arena, path, keys, err))
		return false;
	if (is_fresh(keys, now))
		return true;
	int lock;
	if (!file_lock_folder(store_directory, LOCK_MILLISECONDS, &lock, err))
		return false;
	bool good = renew_keys(arena, path, now, keys, err);
	close(lock);
	return good;
}
