/* database.c - opening the store's directory and database safely, transactions, statements and complaints in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "database.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

#define BUSY_MILLISECONDS 5000 /* nobody waits longer for the store, whoever has it: this process or another */
#define PATIENCE_LEAST 50      /* ms, however late it is: a log that is being recovered is not somebody's lock */
#define OPEN_MILLISECONDS 30000 /* another process may be bringing a large one to the newest version */
/* Reading every page each time it is opened is for databases where nobody notices; larger ones: database_examine. */
#define QUICK_CHECK_MOST_PAGES 4096
#define STEPS_BETWEEN_LOOKS 100000 /* of SQLite's machine: some milliseconds */

struct store {
	char *directory;
	const struct database_kind *kind;
	sqlite3 *handle;
	bool damaged, examined;
	dev_t device; /* of the file as opened */
	ino_t inode;
	pthread_mutex_t mutex;
};

struct value value_integer(int64_t integer)
{
	return (struct value){ VALUE_INTEGER, integer, BYTES_EMPTY };
}

struct value value_text(const char *text)
{
	return (struct value){ text == NULL ? VALUE_NULL : VALUE_TEXT, 0, bytes_of(text) };
}

struct value value_blob(struct bytes bytes)
{
	return (struct value){ VALUE_BLOB, 0, bytes };
}

const char *store_directory(const struct store *store)
{
	return store->directory;
}

const char *database_path(const struct store *store)
{
	return store->directory;
}

/* What SQLite's answer means for an administrator. */
static const char *trouble_in_words(const struct database_kind *kind, int code)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "another process has it locked";
	case SQLITE_FULL:
		return "the disk is full";
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
	case SQLITE_AUTH:
		return "it cannot be written; check owner, permissions and whether the file system is read-only";
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return kind->when_damaged;
	case SQLITE_IOERR:
		return "the disk reports an error";
	case SQLITE_TOOBIG:
		return "the message is too large to be kept";
	case SQLITE_NOMEM:
		return "out of memory";
	default:
		return "the database refuses";
	}
}

bool database_complain(struct store *store, struct error *err)
{
	int code = sqlite3_extended_errcode(store->handle);
	int system = sqlite3_system_errno(store->handle);
	store->damaged |= (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
	if (system != 0)
		return error_set(err, ERROR_RETRY, "%s %s: %s (%s: %s)", store->kind->owner, store->directory, trouble_in_words(store->kind, code),
				 sqlite3_errmsg(store->handle), strerror(system));
	return error_set(err, ERROR_RETRY, "%s %s: %s (%s)", store->kind->owner, store->directory, trouble_in_words(store->kind, code),
			 sqlite3_errmsg(store->handle));
}

/* Only Copyhold's own user may look inside: held letters are here. */
static bool directory_make_safe(const char *directory, struct stat *found, struct error *err)
{
	if (mkdir(directory, 0700) != 0 && errno != EEXIST)
		return error_set(err, ERROR_SETTINGS, "store %s: the directory cannot be made: %s", directory, strerror(errno));
	if (stat(directory, found) != 0)
		return error_set(err, ERROR_SETTINGS, "store %s: %s", directory, strerror(errno));
	if (!S_ISDIR(found->st_mode))
		return error_set(err, ERROR_SETTINGS, "store %s: this is not a directory", directory);
	if ((found->st_mode & 077) != 0)
		return error_set(err, ERROR_SETTINGS, "store %s: others may look into the directory; mend it with: chmod 700 %s",
				 directory, directory);
	return true;
}

/* SQLite gives its other files the mode of this one, so it is made here. Run by root, it goes to the directory's owner. One that is there
 * is not opened: to close it would take this process' locks off it, and another process that ends would then think itself the last
 * and remove the log under our hands. */
static bool file_make_safe(const char *path, const struct stat *directory, struct store *store, struct error *err)
{
	struct stat found;
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (file >= 0)
		close(file);
	else if (errno != EEXIST)
		return error_set(err, ERROR_RETRY, "%s file %s cannot be made: %s", store->kind->owner, path, strerror(errno));
	if (lstat(path, &found) != 0)
		return error_set(err, ERROR_RETRY, "%s file %s cannot be opened: %s", store->kind->owner, path, strerror(errno));
	if (!S_ISREG(found.st_mode))
		return error_set(err, ERROR_RETRY, "%s file %s cannot be opened: it is no file of its own", store->kind->owner, path);
	bool good = (found.st_mode & 077) == 0 || chmod(path, 0600) == 0;
	if (good && geteuid() == 0 && found.st_uid != directory->st_uid)
		good = lchown(path, directory->st_uid, directory->st_gid) == 0;
	store->device = found.st_dev;
	store->inode = found.st_ino;
	return good || error_set(err, ERROR_RETRY, "%s file %s cannot be made private: %s", store->kind->owner, path, strerror(errno));
}

static bool set_up_connection(struct store *store, struct error *err)
{
	static const char *const pragmas = "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
					   "PRAGMA secure_delete = ON;";
	sqlite3_extended_result_codes(store->handle, 1);
	sqlite3_busy_timeout(store->handle, BUSY_MILLISECONDS);
	sqlite3_db_config(store->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (sqlite3_exec(store->handle, pragmas, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(store->handle, store->kind->pragmas, NULL, NULL, NULL) != SQLITE_OK)
		return database_complain(store, err);
	return true;
}

/* Lasting, so only once the database is known to be ours. */
static bool set_up_log(struct store *store, struct error *err)
{
	return sqlite3_exec(store->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK ||
	       database_complain(store, err);
}

static bool check_pages(struct store *store, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!database_query(store, "PRAGMA quick_check(1)", NULL, 0, &query, err))
		return false;
	bool good = database_row(store, query, &found, err);
	store->damaged |= good && found && strcmp((const char *)sqlite3_column_text(query, 0), "ok") != 0;
	if (store->damaged && good)
		good = error_set(err, ERROR_RETRY, "%s %s: %s (%s)", store->kind->owner, store->directory, trouble_in_words(store->kind, SQLITE_CORRUPT),
				 (const char *)sqlite3_column_text(query, 0));
	database_finish(&query);
	store->examined = good;
	return good;
}

static bool check_quickly(struct store *store, struct error *err)
{
	int64_t pages = 0;
	if (!database_number(store, "PRAGMA page_count", NULL, 0, &pages, err))
		return false;
	return pages > QUICK_CHECK_MOST_PAGES || check_pages(store, err);
}

bool database_examine(struct store *store, int (*is_over)(void *context), void *context, struct error *err)
{
	if (store->examined)
		return true;
	sqlite3_progress_handler(store->handle, STEPS_BETWEEN_LOOKS, is_over, context);
	bool good = check_pages(store, err);
	sqlite3_progress_handler(store->handle, 0, NULL, NULL);
	if (good || store->damaged || is_over == NULL || is_over(context) == 0)
		return good;
	if (err != NULL)
		error_release(err);
	return true;
}

bool store_examine(struct store *store, struct error *err)
{
	return database_examine(store, NULL, NULL, err);
}

static bool open_database(struct store *store, const struct stat *directory, struct error *err)
{
	struct text path = TEXT_INIT;
	text_printf(&path, "%s/%s", store->directory, store->kind->file);
	bool good = file_make_safe(text_string(&path), directory, store, err);
	if (good && sqlite3_open_v2(text_string(&path), &store->handle,
				    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		good = database_complain(store, err);
	text_release(&path);
	return good && set_up_connection(store, err) && schema_migrate(store, store->kind, err) && set_up_log(store, err) &&
	       check_quickly(store, err);
}

bool database_lock(const char *directory, struct stat *found, int *lock_out, struct error *err)
{
	return directory_make_safe(directory, found, err) && file_lock_folder(directory, OPEN_MILLISECONDS, lock_out, err);
}

bool database_open(const char *directory, const struct stat *found, const struct database_kind *kind, struct store **out, bool *damaged_out,
		   struct error *err)
{
	struct store *store = calloc(1, sizeof *store);
	if (store == NULL || (store->directory = strdup(directory)) == NULL || pthread_mutex_init(&store->mutex, NULL) != 0)
		abort();
	store->kind = kind;
	if (!open_database(store, found, err)) {
		*damaged_out = store->damaged;
		store_close(&store);
		return false;
	}
	*out = store;
	return true;
}

bool store_open(const char *directory, struct store **out, struct error *err)
{
	struct stat found;
	bool damaged = false;
	int lock;
	if (!database_lock(directory, &found, &lock, err))
		return false;
	bool good = database_open(directory, &found, &store_kind, out, &damaged, err);
	close(lock);
	return good;
}

bool database_is_there(const struct store *store)
{
	struct text path = TEXT_INIT;
	struct stat found;
	text_printf(&path, "%s/%s", store->directory, store->kind->file);
	bool there = stat(text_string(&path), &found) == 0 && found.st_dev == store->device && found.st_ino == store->inode;
	text_release(&path);
	return there;
}

bool database_is_damaged(const struct store *store)
{
	return store->damaged;
}

void store_close(struct store **store)
{
	if (*store == NULL)
		return;
	sqlite3_close((*store)->handle);
	pthread_mutex_destroy(&(*store)->mutex);
	free((*store)->directory);
	free(*store);
	*store = NULL;
}

static int64_t milliseconds_until(const struct timespec *until)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (until->tv_sec - now.tv_sec) * 1000 + (until->tv_nsec - now.tv_nsec) / 1000000;
}

/* What is waited for another thread is taken off what is waited for another process: while one has it locked, those who ask do not wait for
 * each other's waiting. */
static bool begin(struct store *store, const char *sql, struct error *err)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += BUSY_MILLISECONDS / 1000;
	if (pthread_mutex_clocklock(&store->mutex, CLOCK_MONOTONIC, &until) != 0)
		return error_set(err, ERROR_RETRY, "%s %s: in use by others for %d s", store->kind->owner, store->directory, BUSY_MILLISECONDS / 1000);
	int64_t left = milliseconds_until(&until);
	sqlite3_busy_timeout(store->handle, left > PATIENCE_LEAST ? (int)left : PATIENCE_LEAST);
	if (database_run(store, sql, NULL, 0, err))
		return true;
	pthread_mutex_unlock(&store->mutex);
	return false;
}

bool database_begin_write(struct store *store, struct error *err)
{
	return begin(store, "BEGIN IMMEDIATE", err);
}

bool database_begin_read(struct store *store, struct error *err)
{
	return begin(store, "BEGIN", err);
}

bool database_end(struct store *store, bool done, struct error *err)
{
	bool good = done && database_run(store, "COMMIT", NULL, 0, err);
	/* Some failures have ended the transaction already; what is left of it goes. */
	if (!good && !sqlite3_get_autocommit(store->handle))
		sqlite3_exec(store->handle, "ROLLBACK", NULL, NULL, NULL);
	pthread_mutex_unlock(&store->mutex);
	return good;
}

bool database_sync(struct store *store, struct error *err)
{
	pthread_mutex_lock(&store->mutex);
	bool good = database_run(store, "PRAGMA wal_checkpoint(PASSIVE)", NULL, 0, err);
	pthread_mutex_unlock(&store->mutex);
	return good;
}

bool database_empty_log(struct store *store, int patience, struct error *err)
{
	pthread_mutex_lock(&store->mutex);
	sqlite3_busy_timeout(store->handle, patience);
	bool good = database_run(store, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, 0, err);
	sqlite3_busy_timeout(store->handle, BUSY_MILLISECONDS);
	pthread_mutex_unlock(&store->mutex);
	return good;
}

bool database_rewrite(struct store *store, bool whole, struct error *err)
{
	int64_t busy = 0;
	pthread_mutex_lock(&store->mutex);
	bool good = (!whole || database_run(store, "VACUUM", NULL, 0, err)) &&
		    database_number(store, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, 0, &busy, err);
	if (good && busy != 0)
		good = error_set(err, ERROR_RETRY, "store %s: its log cannot be emptied while somebody reads", store->directory);
	pthread_mutex_unlock(&store->mutex);
	return good;
}

static int bind(sqlite3_stmt *statement, int position, const struct value *value)
{
	switch (value->kind) {
	case VALUE_INTEGER:
		return sqlite3_bind_int64(statement, position, value->integer);
	case VALUE_TEXT:
		return sqlite3_bind_text64(statement, position, value->bytes.data, value->bytes.length, SQLITE_STATIC, SQLITE_UTF8);
	case VALUE_BLOB:
		if (value->bytes.length == 0)
			return sqlite3_bind_zeroblob(statement, position, 0);
		return sqlite3_bind_blob64(statement, position, value->bytes.data, value->bytes.length, SQLITE_STATIC);
	case VALUE_NULL:
		break;
	}
	return sqlite3_bind_null(statement, position);
}

bool database_bind(struct store *store, sqlite3_stmt *query, const struct value *values, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++)
		if (bind(query, (int)i + 1, &values[i]) != SQLITE_OK)
			return database_complain(store, err);
	return true;
}

bool database_query(struct store *store, const char *sql, const struct value *values, size_t count, sqlite3_stmt **out,
		    struct error *err)
{
	if (sqlite3_prepare_v2(store->handle, sql, -1, out, NULL) != SQLITE_OK)
		return database_complain(store, err);
	if (database_bind(store, *out, values, count, err))
		return true;
	database_finish(out);
	return false;
}

bool database_row(struct store *store, sqlite3_stmt *query, bool *found_out, struct error *err)
{
	int code = sqlite3_step(query);
	*found_out = code == SQLITE_ROW;
	return code == SQLITE_ROW || code == SQLITE_DONE || database_complain(store, err);
}

void database_finish(sqlite3_stmt **query)
{
	sqlite3_finalize(*query);
	*query = NULL;
}

bool database_script(struct store *store, const char **script, sqlite3_stmt **out, struct error *err)
{
	if (sqlite3_prepare_v2(store->handle, *script, -1, out, script) != SQLITE_OK)
		return database_complain(store, err);
	while (ascii_is_space(**script))
		(*script)++;
	return true;
}

bool database_run(struct store *store, const char *sql, const struct value *values, size_t count, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	bool found = false;
	if (!database_query(store, sql, values, count, &statement, err))
		return false;
	bool good = database_row(store, statement, &found, err);
	database_finish(&statement);
	return good;
}

bool database_number(struct store *store, const char *sql, const struct value *values, size_t count, int64_t *out,
		     struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!database_query(store, sql, values, count, &query, err))
		return false;
	bool good = database_row(store, query, &found, err);
	*out = good && found ? sqlite3_column_int64(query, 0) : 0;
	database_finish(&query);
	return good;
}

int64_t database_changes(struct store *store)
{
	return sqlite3_changes64(store->handle);
}

char *column_text(struct arena *arena, sqlite3_stmt *query, int column)
{
	const unsigned char *text = sqlite3_column_text(query, column);
	return text == NULL ? NULL : arena_string(arena, (const char *)text);
}

struct bytes column_bytes(struct arena *arena, sqlite3_stmt *query, int column)
{
	const void *data = sqlite3_column_blob(query, column);
	return arena_bytes(arena, (struct bytes){ data, (size_t)sqlite3_column_bytes(query, column) });
}
