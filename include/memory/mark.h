/* mark.h - keyed digests: all that memory keeps of ids, people, files and words.
 *
 * Without the key nobody can tell from a mark what it was made of, nor try what it might have been. A key is made of the system's
 * randomness, used for new entries for a time, and thrown away with the last entry under it. */
#ifndef COPYHOLD_MEMORY_MARK_H
#define COPYHOLD_MEMORY_MARK_H

#include <stdint.h>

#include "base/bytes.h"
#include "directory/directory.h"

#define MEMORY_SECRET_LENGTH ((size_t)32)
#define MARK_LENGTH ((size_t)16)

struct memory_key {
	int64_t number, from; /* in use for new entries since then */
	unsigned char secret[MEMORY_SECRET_LENGTH];
};
void memory_key_make(struct memory_key *out, int64_t number, int64_t from);

struct mark {
	unsigned char octets[MARK_LENGTH];
};

/* What a mark is of: the same words in another meaning have another mark. */
enum mark_of { MARK_OF_ID, MARK_OF_THREAD, MARK_OF_FILE, MARK_OF_PERSON, MARK_OF_GROUP, MARK_OF_COPY };

struct mark mark_make(const struct memory_key *key, enum mark_of of, struct bytes what);
/* Of several fields, each with its length: ("ab", "c") and ("a", "bc") differ. */
struct mark mark_make_of(const struct memory_key *key, enum mark_of of, const struct bytes *fields, size_t count);
/* By the directory's own id, or else name and first address: the same person after the file was edited. */
struct mark mark_of_person(const struct memory_key *key, const struct person *person);
bool mark_equal(const struct mark *a, const struct mark *b);

/* The kept form of prints of passages: `count` numbers, 64 bits each. */
void mark_prints(const struct memory_key *key, const uint64_t *prints, size_t count, uint64_t *out);

#endif
