/* cage.h - what a process that reads foreign bytes may still do: compute, read a few folders of library data, answer. */
#ifndef COPYHOLD_READER_CAGE_H
#define COPYHOLD_READER_CAGE_H

#include <stddef.h>

#include "base/text.h"
#include "base/error.h"

/* For the nursery, before it forks the first worker: no new privileges, no core, no other process may look into it, ends with its
 * parent; library data is all it can open, where the kernel has Landlock; of system calls those it needs. What the
 * kernel lacks is added to `remarks`; false when there is no filter of system calls, without which nothing is read. */
bool cage_nursery(struct text *remarks, struct error *err) MUST_CHECK;
/* For a worker: limits, and of the nursery's system calls those that read and answer. */
bool cage_worker(size_t memory, struct error *err) MUST_CHECK;
/* At most `seconds` more of processor time. */
void cage_limit_time(unsigned seconds);

#endif
