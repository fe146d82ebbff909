/* traces.h - whom the headers of a message name, kept in such a way that it can only be asked for. Private to src/review.
 *
 * The Subject of marked mail is not kept, and who stands in To or Cc need not have been sent a copy. Yet nobody may decide on mail about
 * them, not even somebody who becomes a reviewer, or joins the Council, after it was judged. So fingerprints are kept of every run
 * of words that may be a name, and of the addresses: 32 bits each, other ones for each message. Whoever has the store can ask for a name
 * they think of, and read none. */
#ifndef COPYHOLD_REVIEW_TRACES_H
#define COPYHOLD_REVIEW_TRACES_H

#include "base/bytes.h"
#include "message/address.h"

#define TRACES_WORDS 8        /* of a name at most */
#define TRACES_OF_ADDRESS 16  /* words of what no blank parts */
#define TRACES_MOST ((size_t)1 << 16)

struct trace_maker;
struct trace_maker *trace_maker_new(struct arena *arena, const char *id);
void trace_words(struct trace_maker *maker, const char *text);       /* of a Subject, of a display name; NULL is nothing */
void trace_address(struct trace_maker *maker, const char *address);
struct bytes traces_end(struct trace_maker *maker);

/* Of the message of that id. A name is asked for as people write it; both as whole words. */
struct trace_reader {
	struct arena *arena;
	struct bytes traces;
	unsigned char key[16];
};
struct trace_reader trace_reader_of(struct arena *arena, const char *id, struct bytes traces);
bool traces_have_words(const struct trace_reader *reader, struct bytes key); /* in the form of unicode_key */
bool traces_have_address(const struct trace_reader *reader, const char *address);

#endif
