/* chain.h - how a line of the journal is hashed, reduced and sealed; shared by journal.c, reduce.c and verify.c. Private to src/store. */
#ifndef COPYHOLD_STORE_CHAIN_H
#define COPYHOLD_STORE_CHAIN_H

#include "base/digest.h"
#include "database.h"

#define LINE_COLUMNS "SELECT number, at, what, id, by, detail, hash FROM journal "
#define SEAL "journal-reduced"

/* Borrows from the statement of LINE_COLUMNS: good until its next step. */
struct journal_line line_of(sqlite3_stmt *query);
struct journal_line line_copy(struct arena *arena, const struct journal_line *line);
/* The hash of a whole line after one whose hash is `previous`. */
const char *line_hash(struct arena *arena, const struct journal_line *line, const char *previous);

/* The seal that a reduced line names; 0 for a line that is whole. */
int64_t line_seal(const struct journal_line *line);
/* What a seal's digest is taken over, for one line. */
void seal_add(struct digest *digest, const struct journal_line *line);

#endif
