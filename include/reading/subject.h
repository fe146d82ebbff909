/* subject.h - what mail programs put before a subject. */
#ifndef COPYHOLD_READING_SUBJECT_H
#define COPYHOLD_READING_SUBJECT_H

#include "base/arena.h"
#include "base/bytes.h"

struct subject {
	struct bytes tags; /* in brackets, before the first Re: or Fwd: -- the sender's own */
	struct bytes rest; /* behind all prefixes */
	bool is_reply, is_forward; /* the first prefix that stands there is a reply's, a forward's */
	bool prefixed;
	const char *bare;  /* tags and rest */
};

struct subject subject_read(struct arena *arena, struct bytes text);

#endif
