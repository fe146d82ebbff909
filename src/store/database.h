/* database.h - what the verbs of the store share: transactions, statements, complaints. Private to src/store, where
 * database.c alone opens SQLite. */
#ifndef COPYHOLD_STORE_DATABASE_H
#define COPYHOLD_STORE_DATABASE_H

#include <sqlite3.h>
#include <sys/stat.h>

#include "store/store.h"

/* A parameter of a statement: ?1, ?2 ... in order. Text and blobs are borrowed until the statement ends. */
struct value {
	enum { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_BLOB } kind;
	int64_t integer;
	struct bytes bytes;
};
struct value value_integer(int64_t integer);
struct value value_text(const char *text); /* NULL becomes SQL NULL */
struct value value_blob(struct bytes bytes);

#define VALUES(...) (const struct value[]){ __VA_ARGS__ }, sizeof((struct value[]){ __VA_ARGS__ }) / sizeof(struct value)

/* Which of the databases in a store's directory: its file, what it is made of, and how sure a commit is. */
struct database_kind {
	const char *file;
	const char *owner;                /* in complaints, for an administrator: "store" */
	int application;                  /* so that file(1) and we know one of ours */
	const char *const *migrations;    /* scripts; one that was released is never edited, a change is a new one at the end */
	size_t migration_count;
	const char *pragmas;              /* of every connection */
	const char *when_damaged;         /* what to do */
};
/* schema.c: holds, journal and the rest. */
extern const struct database_kind store_kind;

/* Makes the directory if it is not there, and locks it: databases are opened, made and set aside one by one. SQLite itself does not wait for
 * whoever is turning a new file into one with a log. *found is the directory; closing *lock_out gives it free. */
bool database_lock(const char *directory, struct stat *found, int *lock_out, struct error *err) MUST_CHECK;
/* Under that lock: opens one, creating file and schema as needed. Closed with store_close. When it fails, *damaged_out tells whether the file
 * is to blame. */
bool database_open(const char *directory, const struct stat *found, const struct database_kind *kind, struct store **out, bool *damaged_out,
		   struct error *err) MUST_CHECK;
/* Does the path still lead to the file that was opened? It may have been set aside, or taken away. */
bool database_is_there(const struct store *store);
/* Has SQLite said that the file is damaged, or no database at all? */
bool database_is_damaged(const struct store *store);

/* store_examine for a connection of any kind. `is_over` is asked now and then, NULL: never; once it says so, the rest is left and true is
 * returned. */
bool database_examine(struct store *store, int (*is_over)(void *context), void *context, struct error *err) MUST_CHECK;

/* Takes the store for this thread and begins; database_end commits when `done`, else takes all back, and gives the store
 * free. Every verb is one such pair, and returns what database_end returns. */
bool database_begin_write(struct store *store, struct error *err) MUST_CHECK;
bool database_begin_read(struct store *store, struct error *err) MUST_CHECK;
bool database_end(struct store *store, bool done, struct error *err) MUST_CHECK;

/* Outside a transaction: what was committed is on the disk afterwards. Nobody who writes or reads waits for it. */
bool database_sync(struct store *store, struct error *err) MUST_CHECK;
/* The same, and the log is emptied, unless somebody uses it for longer than so many milliseconds: then nothing is done. */
bool database_empty_log(struct store *store, int patience, struct error *err) MUST_CHECK;
/* Outside a transaction: the write-ahead log goes into the database and is emptied; before that, `whole`, the database is written
 * anew without free space. */
bool database_rewrite(struct store *store, bool whole, struct error *err) MUST_CHECK;

/* A statement that yields no rows. */
bool database_run(struct store *store, const char *sql, const struct value *values, size_t count, struct error *err) MUST_CHECK;
int64_t database_changes(struct store *store); /* rows the last one touched */

/* A statement that yields rows: query, then row until it is false or *found_out is; finish in any case. */
bool database_query(struct store *store, const char *sql, const struct value *values, size_t count, sqlite3_stmt **out,
		    struct error *err) MUST_CHECK;
bool database_bind(struct store *store, sqlite3_stmt *query, const struct value *values, size_t count, struct error *err) MUST_CHECK;
bool database_row(struct store *store, sqlite3_stmt *query, bool *found_out, struct error *err) MUST_CHECK;
void database_finish(sqlite3_stmt **query);
/* The next statement of a script, which is moved on past it and the blanks after it. */
bool database_script(struct store *store, const char **script, sqlite3_stmt **out, struct error *err) MUST_CHECK;
/* The one number a query yields; 0 when there is no row. */
bool database_number(struct store *store, const char *sql, const struct value *values, size_t count, int64_t *out,
		     struct error *err) MUST_CHECK;

char *column_text(struct arena *arena, sqlite3_stmt *query, int column); /* NULL for SQL NULL */
struct bytes column_bytes(struct arena *arena, sqlite3_stmt *query, int column);

/* "store DIR: what is wrong" from SQLite's last answer; ERROR_RETRY; returns false. */
bool database_complain(struct store *store, struct error *err);
const char *database_path(const struct store *store);

/* statistics.c: how often an exemption was used from the first day of the calendar quarter that ends `to` lies in, until then. In a look
 * that was begun. */
bool exemptions_this_quarter(struct store *store, const char *rule, const char *sentence, int64_t to, int64_t *out, struct error *err) MUST_CHECK;

/* schema.c: brings an open database of a kind to the newest version. */
bool schema_migrate(struct store *store, const struct database_kind *kind, struct error *err) MUST_CHECK;

/* journal.c: within a write transaction. `detail` NULL: {}. */
bool journal_append(struct store *store, const char *what, const char *id, const char *by, const char *detail, int64_t at,
		    struct error *err) MUST_CHECK;

/* journal.c: within a transaction; number 0 and an empty hash before the first line. */
bool journal_head(struct store *store, struct arena *arena, struct journal_line *out, struct error *err) MUST_CHECK;

/* answers.c: within a write transaction. */
bool answers_insert(struct store *store, const struct record *record, struct error *err) MUST_CHECK;

/* outbox.c: within a write transaction. */
bool outbox_insert(struct store *store, const struct notice *notice, const char *id, int64_t not_before, struct error *err) MUST_CHECK;
/* The newest like it that was of no message and has not gone out. */
bool outbox_remove_private(struct store *store, const struct notice *notice, int64_t not_before, struct error *err) MUST_CHECK;

/* own_link.c: within a write transaction; made_at and the deeds count, the rest is the start of its life. */
struct own_link;
bool own_link_insert(struct store *store, struct arena *arena, const char *token, const struct own_link *link, struct error *err) MUST_CHECK;

struct told_before {
	const char *thread; /* or NULL */
	int64_t at;
	int most;
};
/* The same unless the person has been told: of this rule and conversation, or `most` times (0: any number), within a day. Then it is left out
 * and journalled. A companion notice goes in any case, but for one about a rule: a note beside somebody else's message. */
bool outbox_insert_once(struct store *store, const struct notice *notice, const char *id, const struct told_before *before, int64_t not_before,
			struct error *err) MUST_CHECK;

/* held.c: within a transaction; *out is NULL when there is no message of exactly this id, or nobody is named in it any more. */
bool held_load(struct store *store, struct arena *arena, const char *id, const struct held **out, struct error *err) MUST_CHECK;
/* The same: marks it as the second reviewer's, with its journal line. */
bool held_escalate(struct store *store, const char *id, const struct deed *deed, struct error *err) MUST_CHECK;

/* decision.c: within a write transaction. */
struct decision;
bool decision_insert(struct store *store, const struct decision *decision, int64_t *number_out, struct error *err) MUST_CHECK;

#endif
