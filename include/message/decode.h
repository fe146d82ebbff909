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
/* Loads the converters of all of them for good: a process that is about to give up loading code calls it first. */
void charset_load_all(void);
/* From UTF-8 to that charset; false when a character has no place in it. */
bool charset_from_utf8(struct arena *arena, struct bytes utf8, const char *charset, struct bytes *out);

/* A text part as UTF-8, line ends as they are. Notes DEFECT_CHARSET, DEFECT_NUL ... False when it cannot be
 * examined: unknown transfer encoding, unknown charset on undecodable bytes, limits. */
bool part_text(struct arena *arena, const struct part *part, struct bytes *utf8_out);

/* What some mail client may show besides the parts. Where the message is ambiguous: each part under every encoding and charset
 * it might have, the raw bytes, files encoded in the text, the whole divided otherwise. In any message: text before and
 * after the parts, marked-up text that is declared plain. Empty for clean mail. Work is bounded by limits.decoded_bytes once more. */
struct other_text {
	const char *part;
	const char *how; /* "as base64", "raw", "preamble" */
	struct bytes utf8;
	bool html;       /* may be markup: to be read as that too */
};
struct other_file {
	const char *part;
	const char *how;
	const char *name; /* NULL or "" when it has none */
	struct bytes content;
};
struct other_readings {
	struct other_text *texts;
	size_t text_count;
	struct other_file *files;
	size_t file_count;
};
void message_other_readings(struct arena *arena, const struct message *message, struct other_readings *out);

#endif
