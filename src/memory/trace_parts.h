/* trace_parts.h - what the files that make a trace share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_MEMORY_TRACE_PARTS_H
#define COPYHOLD_MEMORY_TRACE_PARTS_H

#include "memory/trace.h"

/* trace_files.c: the files that are attached, but for what stands in everybody's mail. */
void trace_take_files(struct arena *arena, const struct message *message, struct trace *trace);
/* trace_texts.c: the words of every letter and attached file. */
void trace_take_texts(struct arena *arena, const struct reading *reading, struct trace *trace);

/* "minutes.pdf (part 2)" */
const char *trace_file_place(struct arena *arena, const struct part *part);

#endif
