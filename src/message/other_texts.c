/* other_texts.c - what else a mail client might show of a message that can be read in two ways.
 *
 * Every leaf of such a message is also read raw, as quoted-printable and by its runs of base64; multiparts give their
 * preamble and epilogue, odd header blocks their lines. What decodes to no text is dropped. All of it is paid for from
 * the message's budget of decoded bytes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "base/unicode.h"
#include "internal.h"
#include "message/decode.h"
#include "message/header.h"

#define BASE64_PROBE 1024
#define BASE64_LINE_LONG 60
#define BASE64_RUN_LEAST 8 /* characters; shorter runs are words of ordinary text */

struct collector {
	struct arena *arena;
	struct tree *tree;
	struct other_text *items;
	size_t count;
	bool spent;
};

static bool spend(struct collector *collector, const struct part *part, size_t bytes)
{
	if (!collector->spent && tree_spend(collector->tree, bytes))
		return true;
	if (!collector->spent)
		message_note(collector->arena, part, DEFECT_SIZE);
	collector->spent = true;
	return false;
}

/* Few control characters, and mostly letters, digits and blanks: tells text from decoded noise. */
static bool looks_like_text(struct bytes bytes)
{
	size_t control = 0, letters = 0;
	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char c = (unsigned char)bytes.data[i];
		control += (c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 0x7f;
		letters += ascii_is_alpha((char)c) || ascii_is_digit((char)c) || ascii_is_space((char)c) || c >= 0x80;
	}
	return bytes.length > 0 && control <= bytes.length / 20 && letters >= bytes.length / 2;
}

static void add_in_charset(struct collector *collector, const struct part *part, const char *how, struct bytes bytes,
			   const char *charset)
{
	bool clean;
	if (bytes_trim(bytes).length == 0 || !spend(collector, part, bytes.length))
		return;
	struct other_text *item = ARENA_PUSH(collector->arena, collector->items, collector->count);
	item->part = part->number;
	item->how = how;
	item->utf8 = charset_to_utf8(collector->arena, bytes, charset, &clean);
}

static void add(struct collector *collector, const struct part *part, const char *how, struct bytes bytes)
{
	if (looks_like_text(bytes))
		add_in_charset(collector, part, how, bytes, NULL);
}

static bool is_base64_line(struct bytes line)
{
	line = bytes_trim(line);
	for (size_t i = 0; i < line.length; i++) {
		char c = line.data[i];
		if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '+' && c != '/' && c != '=' && c != ' ')
			return false;
	}
	return line.length > 0;
}

/* At each of the four places a group can begin, until one gives text. The beginning is tried first: most runs are
 * attachments. */
static void add_base64_run(struct collector *collector, const struct part *part, struct bytes run)
{
	run = bytes_trim(run);
	for (size_t shift = 0; shift < 4 && run.length >= BASE64_RUN_LEAST + shift; shift++) {
		bool clean;
		struct bytes shifted = bytes_slice(run, shift, run.length);
		struct bytes probe = base64_to_bytes(collector->arena, bytes_slice(shifted, 0, BASE64_PROBE), &clean);
		if (!looks_like_text(probe))
			continue;
		if (spend(collector, part, run.length))
			add(collector, part, "as base64", base64_to_bytes(collector->arena, shifted, &clean));
		return;
	}
}

static void add_base64_runs(struct collector *collector, const struct part *part, struct bytes bytes)
{
	size_t run_start = 0, run_end = 0, start = 0;
	struct bytes line;
	for (size_t at = 0; !collector->spent && bytes_next_line(bytes, &at, &line); start = at) {
		if (is_base64_line(line)) {
			if (run_end == run_start)
				run_start = start;
			run_end = at;
			continue;
		}
		add_base64_run(collector, part, bytes_slice(bytes, run_start, run_end));
		run_start = run_end = 0;
	}
	add_base64_run(collector, part, bytes_slice(bytes, run_start, run_end));
}

static void add_quoted_printable(struct collector *collector, const struct part *part, struct bytes bytes)
{
	bool clean;
	if (bytes_find_char(bytes, '=', 0) == NOT_FOUND || !spend(collector, part, bytes.length))
		return;
	add(collector, part, "as quoted-printable", quoted_printable_to_bytes(collector->arena, bytes, &clean));
}

static void add_every_way(struct collector *collector, const struct part *part, const char *how, struct bytes bytes)
{
	add(collector, part, how, bytes);
	add_quoted_printable(collector, part, bytes);
	add_base64_runs(collector, part, bytes);
}

/* The charsets that other Content-Type fields, or clients that guess, would apply. */
static void add_other_charsets(struct collector *collector, const struct part *part)
{
	struct bytes decoded;
	if (!part_is(part, "text", NULL) || !part_decode(collector->arena, part, &decoded))
		return;
	if (part->charset != NULL && (record_of(part)->noted >> DEFECT_CHARSET & 1 || !unicode_is_utf8(decoded)))
		add_in_charset(collector, part, "without its charset", decoded, NULL);
	if (bytes_find_char(decoded, '+', 0) != NOT_FOUND && looks_like_text(decoded))
		add_in_charset(collector, part, "as utf-7", decoded, "utf-7");
	for (size_t n = 1; n < header_occurrences(part, "Content-Type"); n++) {
		struct bytes value = header_find(part, "Content-Type", n)->value;
		size_t at = bytes_find_nocase(value, BYTES("charset="), 0);
		if (at == NOT_FOUND)
			continue;
		struct cursor cursor = { .text = bytes_slice(value, at + 8, value.length) };
		cursor_take(&cursor, '"');
		const char *charset = arena_string_of(collector->arena, cursor_token(&cursor));
		if (charset_canonical(charset) != NULL)
			add_in_charset(collector, part, "in another charset", decoded, charset);
	}
}

static bool decodes(const struct part *part)
{
	return part->encoding == ENCODING_BASE64 || part->encoding == ENCODING_QUOTED_PRINTABLE;
}

static bool block_is_odd(const struct part *part)
{
	static const enum defect_kind kinds[] = { DEFECT_HEADER_JUNK, DEFECT_HEADER_CONTROL, DEFECT_NO_BLANK_LINE };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (record_of(part)->noted >> kinds[i] & 1)
			return true;
	return false;
}

/* Long lines of base64 say nothing to anybody as they stand, and are most of a large message. */
static struct bytes without_base64_lines(struct collector *collector, struct bytes body)
{
	struct text kept = TEXT_INIT;
	struct bytes line;
	size_t start = 0, affordable = collector->tree->limits.decoded_bytes - collector->tree->decoded;
	for (size_t at = 0; kept.length <= affordable && bytes_next_line(body, &at, &line); start = at)
		if (line.length < BASE64_LINE_LONG || !is_base64_line(line) || bytes_find_char(line, ' ', 0) != NOT_FOUND)
			text_add_bytes(&kept, bytes_slice(body, start, at));
	return text_to_arena(&kept, collector->arena);
}

/* As it stands, where it was not read so already. */
static void add_raw(struct collector *collector, const struct part *part, struct bytes body, bool shown)
{
	if (shown && !decodes(part) && part->encoding != ENCODING_UNKNOWN)
		return;
	add(collector, part, "raw", without_base64_lines(collector, body));
}

static void add_leaf(struct collector *collector, const struct part *part)
{
	struct bytes raw = part->message->raw, decoded;
	struct bytes body = bytes_slice(raw, part->body_start, part->body_end);
	bool shown = part_is(part, "text", NULL);
	add_raw(collector, part, body, shown);
	if (!shown || part->encoding != ENCODING_QUOTED_PRINTABLE)
		add_quoted_printable(collector, part, body);
	if (!shown || part->encoding != ENCODING_BASE64)
		add_base64_runs(collector, part, body);
	/* Declared base64 or quoted-printable, and yet something else inside. */
	if (decodes(part) && part_decode(collector->arena, part, &decoded) && shown)
		add_base64_runs(collector, part, decoded);
	add_other_charsets(collector, part);
}

static void add_part(struct collector *collector, const struct part *part)
{
	const struct part_record *record = record_of(part);
	struct bytes raw = part->message->raw;
	if (part->first_child != NULL) {
		struct bytes preamble = bytes_slice(raw, part->body_start, record->preamble_end);
		struct bytes epilogue = bytes_slice(raw, record->epilogue_start, part->body_end);
		add_every_way(collector, part, "preamble", preamble);
		add_every_way(collector, part, "epilogue", epilogue);
	} else {
		add_leaf(collector, part);
	}
	if (block_is_odd(part))
		add_every_way(collector, part, "header lines", bytes_slice(raw, part->start, part->body_start));
}

/* Decoding is what finds the defects of the encodings. */
static void decode_texts(struct arena *arena, const struct message *message)
{
	struct bytes text;
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		if (part_is_shown_text(part))
			part_text(arena, part, &text);
		if (part->enclosed != NULL)
			decode_texts(arena, part->enclosed);
	}
}

static void collect(struct collector *collector, const struct message *message)
{
	for (size_t i = 0; i < message->part_count && !collector->spent; i++) {
		add_part(collector, message->parts[i]);
		if (message->parts[i]->enclosed != NULL)
			collect(collector, message->parts[i]->enclosed);
	}
}

const struct other_text *message_other_texts(struct arena *arena, const struct message *message, size_t *count_out)
{
	struct collector collector = { .arena = arena, .tree = tree_of(message) };
	decode_texts(arena, message);
	if (message->ambiguous)
		collect(&collector, message);
	*count_out = collector.count;
	return collector.items;
}
