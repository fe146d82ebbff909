/* memory_schema.c - the tables of memory, as numbered migrations; see schema.c. Everything in them is a keyed mark, a number or a time,
 * but the references of judgements and, for as long as copies are reunited, the recipients of envelopes; of protected correspondents not even those.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_lane.h"

static const char first[] =
	"CREATE TABLE secret (number INTEGER PRIMARY KEY, since INTEGER NOT NULL, octets BLOB NOT NULL) STRICT;"
	/* same: of principal, Message-ID and content. */
	"CREATE TABLE copy ("
	" same BLOB NOT NULL, recipient TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, delivered INTEGER NOT NULL, until INTEGER NOT NULL,"
	" PRIMARY KEY (same, recipient)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX copy_until ON copy(until);"
	"CREATE INDEX copy_id ON copy(id);"
	"CREATE TABLE told ("
	" same BLOB NOT NULL, who TEXT NOT NULL, of TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL,"
	" PRIMARY KEY (same, who, of)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX told_until ON told(until);"
	"CREATE TABLE message ("
	" number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL,"
	" cleared_from INTEGER NOT NULL DEFAULT 0, kinds INTEGER NOT NULL, secret INTEGER NOT NULL, same BLOB NOT NULL,"
	" author BLOB, political_group BLOB, family INTEGER NOT NULL, print_count INTEGER NOT NULL, file_count INTEGER NOT NULL,"
	" readers BLOB NOT NULL) STRICT;"
	"CREATE INDEX message_until ON message(until);"
	"CREATE INDEX message_at ON message(at);"
	"CREATE INDEX message_same ON message(same);"
	"CREATE INDEX message_secret ON message(secret);"
	/* Each judgement of the message: one for each envelope. */
	"CREATE TABLE name (id TEXT NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (id, message)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX name_message ON name(message);"
	"CREATE TABLE parent ("
	" message INTEGER NOT NULL, parent INTEGER NOT NULL, PRIMARY KEY (message, parent)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX parent_parent ON parent(parent);"
	"CREATE TABLE mark (octets BLOB NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (octets, message)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE print (octets INTEGER NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (octets, message)) STRICT, WITHOUT ROWID;"
	/* What was issued openly. */
	"CREATE TABLE issued_mark (octets BLOB NOT NULL PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE issued_print (octets INTEGER NOT NULL PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	/* By which a message's marks and prints are found when it goes; its issue as well. */
	"CREATE TABLE contents (message INTEGER PRIMARY KEY, issued INTEGER NOT NULL, marks BLOB NOT NULL, prints BLOB NOT NULL) STRICT;";

static const char *const migrations[] = { first };

/* A commit is in the log at once and on the disk within a second (memory_store.c). */
const struct database_kind memory_kind = {
	.file = "memory.db",
	.owner = "memory",
	.application = 0x43486d65, /* "CHme" */
	.migrations = migrations,
	.migration_count = sizeof migrations / sizeof migrations[0],
	.pragmas = "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;",
	.when_damaged = "memory is damaged; it is set aside and begun anew",
};
