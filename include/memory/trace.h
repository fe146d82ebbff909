/* trace.h - by what one message can be known again: its ids, its files, its words. Computed from a reading, pure.
 *
 * Nothing here is keyed: a trace lives no longer than the judgement of its message; an implementation of memory keys whatever it keeps. */
#ifndef COPYHOLD_MEMORY_TRACE_H
#define COPYHOLD_MEMORY_TRACE_H

#include <stdint.h>

#include "base/arena.h"
#include "message/message.h"
#include "reading/reading.h"

#define TRACE_DIGEST_LENGTH ((size_t)32)
#define TRACE_REFERENCES_MOST ((size_t)100)
#define TRACE_FILES_MOST ((size_t)200)
#define TRACE_PRINTS_MOST ((size_t)20000)

struct traced_file {
	unsigned char digest[TRACE_DIGEST_LENGTH]; /* BLAKE2b of the decoded content */
	size_t size;                               /* octets */
	const char *where;                         /* "minutes.pdf (part 2)" */
};

/* Where a run of prints was read. */
struct traced_text {
	const struct letter *letter; /* whose words they are */
	bool attachment;             /* an attached file's text */
	const char *where;           /* "part 1", "minutes.pdf (part 2)" */
	size_t first, count;         /* its prints in trace.prints */
};

struct trace {
	const char *message_id;        /* with brackets, or NULL */
	const char *const *references; /* References, then In-Reply-To: newest first, each once, with brackets */
	size_t reference_count;
	const char *thread_index;      /* the conversation's part of Thread-Index (its first 22 octets) as hex, or NULL */
	const char *const *enclosed;   /* Message-IDs of letters that are attached to it */
	size_t enclosed_count;
	unsigned char content[TRACE_DIGEST_LENGTH]; /* of what all envelopes of one message have in common */
	const struct traced_file *files;
	size_t file_count;
	const uint64_t *prints;        /* of passages, normalised words (memory/print.h) */
	size_t print_count;
	const struct traced_text *texts;
	size_t text_count;
};

const struct trace *trace_make(struct arena *arena, const struct message *message, const struct reading *reading);

#endif
