/* biff.c - see biff.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/biff.h"

#include "base/text.h"
#include "document/codepage.h"
#include "document/little_endian.h"

#define HEAD ((size_t)4)
#define CONTINUE 0x003C

enum { FLAG_WIDE = 1, FLAG_PHONETIC = 4, FLAG_RICH = 8 };

static bool open_record(struct bytes stream, size_t at, unsigned *type_out, struct biff_reader *out)
{
	uint16_t type, length;
	if (!read_u16(stream, at, &type) || !read_u16(stream, at + 2, &length) || length > stream.length - at - HEAD)
		return false;
	*type_out = type;
	*out = (struct biff_reader){ stream, at + HEAD, at + HEAD + length };
	return true;
}

bool biff_next(struct bytes stream, size_t *at, unsigned *type_out, struct biff_reader *reader_out)
{
	do {
		if (!open_record(stream, *at, type_out, reader_out)) {
			/* Sectors are filled up with NULs. */
			while (*at < stream.length && stream.data[*at] == '\0')
				(*at)++;
			return false;
		}
		*at = reader_out->end;
	} while (*type_out == CONTINUE);
	return true;
}

static bool go_on(struct biff_reader *reader)
{
	unsigned type;
	struct biff_reader next;
	if (!open_record(reader->stream, reader->end, &type, &next) || type != CONTINUE)
		return false;
	*reader = next;
	return true;
}

bool biff_take(struct biff_reader *reader, size_t count, struct bytes *out)
{
	if (reader->at == reader->end && count > 0 && !go_on(reader))
		return false;
	if (count > reader->end - reader->at)
		return false;
	*out = bytes_slice(reader->stream, reader->at, reader->at + count);
	reader->at += count;
	return true;
}

static bool skip(struct biff_reader *reader, size_t count)
{
	while (count > reader->end - reader->at) {
		count -= reader->end - reader->at;
		if (!go_on(reader))
			return false;
	}
	reader->at += count;
	return true;
}

/* A string that runs on says anew, in the first octet of the next record, how wide its characters are. */
static bool take_characters(struct biff_reader *reader, struct text *utf16, size_t count, unsigned flags)
{
	while (count > 0) {
		if (reader->at == reader->end) {
			struct bytes anew;
			if (!biff_take(reader, 1, &anew))
				return false;
			flags = (unsigned char)anew.data[0];
		}
		size_t width = (flags & FLAG_WIDE) != 0 ? 2 : 1;
		size_t here = (reader->end - reader->at) / width;
		here = here < count ? here : count;
		if (here == 0 && reader->at != reader->end)
			return false; /* half a character */
		for (size_t i = 0; i < here; i++) {
			text_add_char(utf16, reader->stream.data[reader->at + i * width]);
			text_add_char(utf16, width == 2 ? reader->stream.data[reader->at + i * width + 1] : '\0');
		}
		reader->at += here * width;
		count -= here;
	}
	return true;
}

static bool take_wide(struct biff_reader *reader, struct arena *arena, size_t count, unsigned flags, struct bytes *out)
{
	struct text utf16 = TEXT_INIT;
	bool whole = take_characters(reader, &utf16, count, flags);
	*out = utf16le_to_utf8(arena, text_bytes(&utf16));
	text_release(&utf16);
	return whole;
}

/* Runs of formats and readings of Chinese characters stand behind the characters; their numbers before. */
static bool take_flagged(struct biff_reader *reader, struct arena *arena, size_t count, struct bytes *out)
{
	struct bytes value;
	uint16_t runs = 0;
	uint32_t phonetic = 0;
	if (!biff_take(reader, 1, &value))
		return false;
	unsigned flags = (unsigned char)value.data[0];
	if ((flags & FLAG_RICH) != 0 && (!biff_take(reader, 2, &value) || !read_u16(value, 0, &runs)))
		return false;
	if ((flags & FLAG_PHONETIC) != 0 && (!biff_take(reader, 4, &value) || !read_u32(value, 0, &phonetic)))
		return false;
	return take_wide(reader, arena, count, flags, out) && skip(reader, (size_t)runs * 4 + phonetic);
}

static bool take_narrow(struct biff_reader *reader, struct arena *arena, size_t count, long codepage, struct bytes *out)
{
	struct bytes octets;
	if (!biff_take(reader, count, &octets))
		return false;
	*out = codepage_to_utf8(arena, octets, codepage);
	return true;
}

bool biff_take_string(struct biff_reader *reader, struct arena *arena, size_t length_octets, bool wide, long codepage, struct bytes *out)
{
	struct bytes value;
	*out = BYTES_EMPTY;
	if (!biff_take(reader, length_octets, &value))
		return false;
	size_t count = (unsigned char)value.data[0] | (length_octets == 2 ? (size_t)(unsigned char)value.data[1] << 8 : 0);
	return wide ? take_flagged(reader, arena, count, out) : take_narrow(reader, arena, count, codepage, out);
}

bool biff_take_characters(struct biff_reader *reader, struct arena *arena, size_t count, bool wide, long codepage, struct bytes *out)
{
	struct bytes flags;
	*out = BYTES_EMPTY;
	reader->at = reader->end;
	if (!wide)
		return take_narrow(reader, arena, count, codepage, out);
	return biff_take(reader, 1, &flags) && take_wide(reader, arena, count, (unsigned char)flags.data[0], out);
}
