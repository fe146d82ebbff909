/* here.c - reading in this process: what a worker of the pool does, without its cage. For tests and measurements; a program that
 * judges real mail never links it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "reader/reader.h"

struct reader_in_process {
	struct reader reader; /* first */
	const struct lexicon *lexicon;
	const struct document_opener *opener;
};

static enum reader_end read_here(struct reader *reader, struct arena *arena, struct message *message, struct pattern_scratch *scratch,
				 const struct reading **out, const char **why_out)
{
	const struct reader_in_process *here = (struct reader_in_process *)reader;
	message_second_opinion(arena, message);
	*out = reading_make_opening(arena, message, here->lexicon, scratch, here->opener);
	return READER_READ;
}

static void end_here(struct reader *reader)
{
	free(reader);
}

struct reader *reader_here(const struct lexicon *lexicon, const struct document_opener *opener)
{
	struct reader_in_process *here = memory_must(calloc(1, sizeof *here));
	here->reader = (struct reader){ read_here, end_here };
	here->lexicon = lexicon;
	here->opener = opener;
	return &here->reader;
}
