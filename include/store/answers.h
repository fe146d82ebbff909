/* answers.h - what every rule was asked about a message and answered, for `copyhold why`, `replay` and `diff`.
 *
 * Of a message with an entry it is kept and disposed of with that. Of all others only what is alike is counted, by day: neither which
 * messages they were nor in what order they came can be told from it. */
#ifndef COPYHOLD_STORE_ANSWERS_H
#define COPYHOLD_STORE_ANSWERS_H

#include "store/store.h"

struct kept_answers {
	const char *rulebook_digest, *rulebook; /* as in struct record; NULL when nothing is kept */
	const char *answers;
	const char *facts, *conclusion;         /* NULL: kept by an earlier version, which had none */
};
/* Hex SHA-256 over all of it but the rulebook's text, which its own digest seals: as "answers" in the journal's line of the entry. */
const char *answers_seal(struct arena *arena, const struct kept_answers *answers);
/* Of an entry; all NULL when nothing is kept of it. */
bool store_answers(struct store *store, struct arena *arena, const char *id, struct kept_answers *out, struct error *err) MUST_CHECK;

/* Facts of messages that have no entry. */
struct plain_facts {
	int64_t day;             /* its beginning, UTC */
	const char *rulebook_digest, *rulebook;
	const char *facts;
	int64_t count;           /* of messages */
};
int64_t plain_day(int64_t at);
/* Adds to what is counted, all of them or none. */
bool store_plain_add(struct store *store, const struct plain_facts *items, size_t count, struct error *err) MUST_CHECK;

/* Going through all that is kept, a page at a time. */
struct kept_decision {
	const char *id;          /* NULL: of messages without an entry */
	int64_t at;              /* NULL id: their day */
	const char *rulebook_digest, *facts; /* facts NULL: kept by an earlier version */
	int64_t count;           /* of messages, all alike */
};
struct kept_cursor {         /* all zero: none yet */
	bool plain;              /* the entries are done */
	int64_t at;              /* of the last one, and so: */
	const char *id;          /* NULL: there was none yet; without an entry, its rulebook's digest */
	const char *facts;
};
/* How many there are from `from` on. */
bool store_kept_count(struct store *store, int64_t from, int64_t *out, struct error *err) MUST_CHECK;
/* The next ones in order of time, entries first; at most `most`. The cursor is moved on, its texts in the arena; *count_out 0: that was all. */
bool store_kept_next(struct store *store, struct arena *arena, int64_t from, struct kept_cursor *cursor, size_t most, const struct kept_decision **out,
		     size_t *count_out, struct error *err) MUST_CHECK;
/* NULL in *out when it is not kept. */
bool store_rulebook(struct store *store, struct arena *arena, const char *digest, const char **out, struct error *err) MUST_CHECK;

#endif
