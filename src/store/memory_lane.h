/* memory_lane.h - one connection to memory.db, used by one thread at a time. Private to src/store. */
#ifndef COPYHOLD_STORE_MEMORY_LANE_H
#define COPYHOLD_STORE_MEMORY_LANE_H

#include <pthread.h>

#include "database.h"
#include "memory/shelf.h"

/* memory_schema.c */
extern const struct database_kind memory_kind;

enum memory_statement {
	MEMORY_SECRETS, MEMORY_SECRET_PUT, MEMORY_COPIES, MEMORY_TOLD, MEMORY_COPY_PUT, MEMORY_TOLD_PUT, MEMORY_WITH_MARK, MEMORY_WITH_PRINT,
	MEMORY_PRINT_ISSUED, MEMORY_MARK_ISSUED, MEMORY_ENTRY, MEMORY_NUMBER_OF, MEMORY_NUMBER_SAME, MEMORY_PARENTS, MEMORY_ENTRY_PUT,
	MEMORY_CONTENTS_PUT, MEMORY_MARK_PUT, MEMORY_PRINT_PUT, MEMORY_MARK_ISSUE, MEMORY_PRINT_ISSUE, MEMORY_ENTRY_WIDEN, MEMORY_ENTRY_CLEAR,
	MEMORY_NAME_PUT, MEMORY_PARENT_PUT, MEMORY_FIND_ID, MEMORY_NAMESAKES, MEMORY_CONTENTS, MEMORY_MARK_TAKE, MEMORY_PRINT_TAKE,
	MEMORY_MARK_UNISSUE, MEMORY_PRINT_UNISSUE, MEMORY_STATEMENT_COUNT
};

struct memory_lane {
	struct shelf shelf;
	struct memory_terms terms;   /* of the transaction in progress */
	pthread_mutex_t mutex;
	struct store *database;      /* NULL: to be opened */
	sqlite3_stmt *statements[MEMORY_STATEMENT_COUNT];
	struct store_memory *memory;
};

/* memory_store.c. A transaction on the lane that writes; for expiry. */
bool memory_begin(struct memory *memory, bool write, struct shelf **out, struct error *err) MUST_CHECK;
bool memory_end(struct shelf *shelf, bool done, struct error *err) MUST_CHECK;
int64_t memory_octets(struct memory *memory); /* of its files */

/* memory_shelf.c. A statement kept ready on its lane: bound, and reset when its lane's transaction ends or it is asked again. */
bool memory_ask(struct memory_lane *lane, enum memory_statement which, const struct value *values, size_t count, sqlite3_stmt **out,
		struct error *err) MUST_CHECK;
bool memory_run(struct memory_lane *lane, enum memory_statement which, const struct value *values, size_t count, struct error *err) MUST_CHECK;
/* Everything on the shelf of one message. */
bool memory_remove(struct memory_lane *lane, int64_t number, struct error *err) MUST_CHECK;
extern const struct shelf_verbs memory_shelf_verbs;

/* memory_expire.c */
bool memory_expire_some(struct memory *memory, int64_t now, size_t most, bool *more_out, struct error *err) MUST_CHECK;
bool memory_count(struct memory *memory, struct memory_figures *out, struct error *err) MUST_CHECK;

/* memory_store.c */
void memory_store_close(struct memory *memory);

#endif
