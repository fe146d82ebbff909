/* decode.h - from the bytes of a part to text: transfer encodings, then charset.
 *
 * Own decoders, because libetpan's hide text or read past the end (ENGINEERING A.4). They accept what mail clients
 * accept and note what is malformed. */
#ifndef COPYHOLD_MESSAGE_DECODE_H
#define COPYHOLD_MESSAGE_DECODE_H

#include "message/message.h"

/* The transfer decoders: whole input to a new run in the arena; *clean_out is false when anything was malformed. */
struct bytes base64_to_bytes(struct arena *arena, struct bytes encoded, bool *clean_out);
struct bytes quoted_printable_to_bytes(struct arena *arena, struct bytes encoded, bool *clean_out);

/* The body with its transfer encoding undone; borrows from raw for 7bit, 8bit and binary. Notes DEFECT_BASE64,
 * DEFECT_QUOTED_PRINTABLE. False when limits.decoded_bytes is spent (DEFECT_SIZE is noted). */
bool part_decode(struct arena *arena, const struct part *part, struct bytes *out);

/* Charsets that may be asked for: an allow-list (the sender would otherwise choose which iconv module is loaded).
 * The canonical iconv name, or NULL. */
const char *charset_canonical(const char *name);
/* To valid UTF-8. Bytes that do not fit become U+FFFD and *clean_out false. NULL or unknown charset: UTF-8 when the
 * bytes are well-formed, else windows-1252. */
struct bytes charset_to_utf8(struct arena *arena, struct bytes bytes, const char *charset, bool *clean_out);
/* From UTF-8 to that charset; false when a character has no place in it. */
bool charset_from_utf8(struct arena *arena, struct bytes utf8, const char *charset, struct bytes *out);

/* A text part as UTF-8, line ends as they are. Notes DEFECT_CHARSET, DEFECT_NUL ... False when it cannot be
 * examined: unknown transfer encoding, unknown charset on undecodable bytes, limits. */
bool part_text(struct arena *arena, const struct part *part, struct bytes *utf8_out);

/* Other texts that some mail client may show where the message is ambiguous: the part under another declared
 * encoding or charset, the raw bytes, base64-looking runs decoded, preamble and epilogue. Empty for clean mail. */
struct other_text {
	const char *part;
	const char *how; /* "as base64", "raw", "preamble" */
	struct bytes utf8;
};
const struct other_text *message_other_texts(struct arena *arena, const struct message *message, size_t *count_out);

#endif
