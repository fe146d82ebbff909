/* biff.h - the records of an Excel 97 workbook, and strings that run on from one record into the next (MS-XLS 2.5.293). */
#ifndef COPYHOLD_DOCUMENT_BIFF_H
#define COPYHOLD_DOCUMENT_BIFF_H

#include "base/arena.h"
#include "base/bytes.h"

/* Reads in one record and the CONTINUE records behind it. */
struct biff_reader {
	struct bytes stream;
	size_t at, end; /* of the record's content, in the stream */
};

/* The next record that is no CONTINUE; *at moves to the record header behind it (CONTINUE records are passed over by the next call). */
bool biff_next(struct bytes stream, size_t *at, unsigned *type_out, struct biff_reader *reader_out);
/* Octets that do not run over the end of a record. */
bool biff_take(struct biff_reader *reader, size_t count, struct bytes *out);
/* A string with its length before it (of 1 or 2 octets); `wide`: a word of flags follows it. UTF-8. */
bool biff_take_string(struct biff_reader *reader, struct arena *arena, size_t length_octets, bool wide, long codepage, struct bytes *out);
/* The characters of a string whose length is known; with `wide` they begin in the CONTINUE record that follows. UTF-8. */
bool biff_take_characters(struct biff_reader *reader, struct arena *arena, size_t count, bool wide, long codepage, struct bytes *out);

#endif
