/* wording.h - what a reader is told of the configuration: the phrases reading asks for, and limits. Never people, rules, addresses. */
#ifndef COPYHOLD_READER_WORDING_H
#define COPYHOLD_READER_WORDING_H

#include "base/error.h"
#include "message/message.h"
#include "reading/lexicon.h"

struct reader_limits {
	struct message_limits message;
	unsigned seconds; /* for one message */
	size_t memory;    /* octets of address space of one worker */
};

struct bytes wording_pack(struct arena *arena, const struct lexicon *lexicon, const struct reader_limits *limits);
/* Compiles it. Refused from a program of another version: the two would not understand each other. */
bool wording_unpack(struct bytes wording, struct lexicon **lexicon_out, struct reader_limits *limits_out, struct error *err) MUST_CHECK;

#endif
