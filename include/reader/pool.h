/* pool.h - readers in processes of their own (copyhold-reader(8)), that hostile bytes may kill without harm.
 *
 * A nursery is started once and told the wording; from it workers are forked as they are needed. A thread of the pool keeps both alive.
 * A worker that crashes, hangs, needs too much or gives an answer that does not hold is replaced, and costs that one message. When it
 * crashed, hung or needed too much and the message has files, the message is read once more with them left closed, which then are
 * unreadable and no more. */
#ifndef COPYHOLD_READER_POOL_H
#define COPYHOLD_READER_POOL_H

#include "reader/reader.h"
#include "reader/wording.h"

struct pool_settings {
	const char *program;         /* copyhold-reader; borrowed while the pool lives, as are all these */
	const struct lexicon *lexicon;
	struct reader_limits limits;
	size_t ready, most;          /* workers that wait for messages, and at most at once */
	/* What the administrator should know: a sentence. From any thread; may be NULL. */
	void (*tell)(const char *sentence);
};

/* Waits until messages can be read. The pool is a reader: reader_free ends its processes. */
bool pool_start(const struct pool_settings *settings, struct reader **out, struct error *err) MUST_CHECK;
/* Where the program is: beside the running one (a build folder), where that one's prefix has it, or where it was installed. Looks at
 * `configured` alone when that is given. ERROR_SETTINGS when it cannot be run. */
bool pool_find_program(struct arena *arena, const char *configured, const char **out, struct error *err) MUST_CHECK;
/* Processor cores, doubled, and four at least: workers that can be of use at once. */
size_t pool_default_most(void);

#endif
