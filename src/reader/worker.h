/* worker.h - a process that reads one message after the other. */
#ifndef COPYHOLD_READER_WORKER_H
#define COPYHOLD_READER_WORKER_H

#include "reader/wording.h"

#define WORKER_OUT_OF_MEMORY 3 /* exit code */

/* Reads a letter of our own, so that what libraries make on first use is made once, before the workers are forked. */
void worker_warm(const struct lexicon *lexicon, const struct reader_limits *limits, struct pattern_scratch *scratch);
/* In a forked child: cages itself and serves `socket` to its end. */
_Noreturn void worker_run(int socket, const struct lexicon *lexicon, const struct reader_limits *limits, struct pattern_scratch *scratch);

#endif
