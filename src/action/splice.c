/* splice.c - see splice.h: the choice by transfer encoding, and the proof by decoding again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/splice.h"

#include "message/decode.h"

struct bytes line_end_near(struct bytes text, size_t at)
{
	size_t lf = at;
	while (lf > 0 && text.data[lf - 1] != '\n')
		lf--;
	size_t found = lf > 0 ? lf - 1 : bytes_find_char(text, '\n', at);
	if (found == (size_t)-1 || (found > 0 && text.data[found - 1] == '\r'))
		return BYTES("\r\n");
	return BYTES("\n");
}

bool splice_decode(struct arena *arena, enum transfer_encoding encoding, struct bytes encoded, struct bytes *out)
{
	bool clean = true;
	switch (encoding) {
	case ENCODING_7BIT:
	case ENCODING_8BIT:
	case ENCODING_BINARY:
		*out = encoded;
		return true;
	case ENCODING_QUOTED_PRINTABLE:
		*out = quoted_printable_to_bytes(arena, encoded, &clean);
		return clean;
	case ENCODING_BASE64:
		*out = base64_to_bytes(arena, encoded, &clean);
		return clean;
	case ENCODING_UNKNOWN:
		break;
	}
	return false;
}

/* Decoding the changed body must give the old text with the new bytes in it, nothing else. */
static bool proves(struct arena *arena, enum transfer_encoding encoding, struct bytes encoded, struct bytes decoded, size_t at,
		   struct bytes inserted, const struct splice *splice)
{
	struct text changed = TEXT_INIT;
	text_add_bytes(&changed, bytes_slice(encoded, 0, splice->start));
	text_add_bytes(&changed, splice->bytes);
	text_add_bytes(&changed, bytes_slice(encoded, splice->end, encoded.length));
	struct bytes again;
	bool same = splice_decode(arena, encoding, text_bytes(&changed), &again) &&
		    again.length == decoded.length + inserted.length &&
		    bytes_equal(bytes_slice(again, 0, at), bytes_slice(decoded, 0, at)) &&
		    bytes_equal(bytes_slice(again, at, at + inserted.length), inserted) &&
		    bytes_equal(bytes_slice(again, at + inserted.length, again.length), bytes_slice(decoded, at, decoded.length));
	text_release(&changed);
	return same;
}

bool splice_encoded(struct arena *arena, enum transfer_encoding encoding, struct bytes encoded, size_t at,
		    struct bytes inserted, struct splice *out)
{
	struct bytes decoded;
	if (!splice_decode(arena, encoding, encoded, &decoded) || at > decoded.length)
		return false;
	if (encoding == ENCODING_QUOTED_PRINTABLE) {
		if (!splice_quoted_printable(arena, encoded, at, inserted, out))
			return false;
	} else if (encoding == ENCODING_BASE64) {
		if (!splice_base64(arena, encoded, decoded, at, inserted, out))
			return false;
	} else {
		*out = (struct splice){ at, at, inserted };
		return true;
	}
	return proves(arena, encoding, encoded, decoded, at, inserted, out);
}
