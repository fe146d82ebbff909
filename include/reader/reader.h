/* reader.h - who turns the bytes of a message into a reading.
 *
 * The gateway holds one and does not know which kind: a pool of caged processes (pool.h) serves the daemon and `copyhold check`;
 * reader_here reads in this process, for tests. Shared by threads. */
#ifndef COPYHOLD_READER_READER_H
#define COPYHOLD_READER_READER_H

#include "reading/reading.h"

enum reader_end {
	READER_READ,   /* the reading is there, and the message's further defects are noted */
	READER_FAILED, /* the reader failed on this message: "the reader stopped on it", one plain phrase */
	READER_AWAY,   /* nobody could read it just now: try again later; the reason is for the log */
};

struct reader {
	/* `message` is fresh from message_scan, with the limits the reader was made with. `scratch` is the caller's. */
	enum reader_end (*read)(struct reader *reader, struct arena *arena, struct message *message, struct pattern_scratch *scratch,
				const struct reading **out, const char **why_out);
	void (*end)(struct reader *reader);
};

struct document_opener;
/* In this process. Lexicon and opener (NULL: attached files stay closed) must outlive it. */
struct reader *reader_here(const struct lexicon *lexicon, const struct document_opener *opener);
/* Sets *reader to NULL; NULL is allowed. */
void reader_free(struct reader **reader);

#endif
