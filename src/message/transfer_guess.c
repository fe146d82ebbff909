/* transfer_guess.c - what stands under a transfer encoding that nobody declared, or that clients undo differently.
 *
 * Runs of base64 are tried wherever they stand, quoted-printable over the whole; what comes out is looked through again, a few
 * levels deep, because encodings are put inside each other to hide things.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "others.h"

#define STRAY_MOST 8
#define BASE64_PROBE 1024
#define BASE64_LINE_LONG 60
#define BASE64_RUN_LEAST 8 /* characters; shorter runs are words of ordinary text */

static bool is_base64_char(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
}

static bool is_base64_line(struct bytes line)
{
	line = bytes_trim(line);
	for (size_t i = 0; i < line.length; i++)
		if (!is_base64_char(line.data[i]) && line.data[i] != ' ' && line.data[i] != '\t')
			return false;
	return line.length > 0 && !bytes_starts_with(line, BYTES("--"));
}

bool is_long_base64_line(struct bytes line)
{
	return line.length >= BASE64_LINE_LONG && bytes_find_char(line, ' ', 0) == NOT_FOUND && is_base64_line(line);
}

static bool is_mail_text(struct bytes bytes)
{
	return looks_like_text(bytes) || mentions_content_field(bytes);
}

void transfer_took(struct collector *collector, const struct part *part, const char *how, struct bytes bytes)
{
	/* Some decoders drop what a few stray characters before the file give. */
	for (size_t stray = 0; stray <= STRAY_MOST; stray++) {
		struct bytes content = bytes_slice(bytes, stray, bytes.length);
		if (!looks_like_document(content))
			continue;
		others_add_file(collector, part, how, part->file_name, content);
		return;
	}
	text_guess(collector, part, how, bytes);
	/* Encodings nest in what can be written as mail; noise has none inside. */
	if (collector->depth >= OTHERS_DEEP || collector->spent || !is_mail_text(bytes))
		return;
	collector->depth++;
	transfer_guess_quoted_printable(collector, part, bytes);
	transfer_guess_base64(collector, part, bytes);
	uuencode_take(collector, part, bytes, false);
	segments_take(collector, part, bytes);
	collector->depth--;
}

/* The URL alphabet means the same two values. */
static struct bytes in_common_alphabet(struct arena *arena, struct bytes bytes)
{
	if (bytes_find_char(bytes, '-', 0) == NOT_FOUND && bytes_find_char(bytes, '_', 0) == NOT_FOUND)
		return bytes;
	char *data = arena_alloc(arena, bytes.length + 1);
	for (size_t i = 0; i < bytes.length; i++)
		data[i] = bytes.data[i] == '-' ? '+' : bytes.data[i] == '_' ? '/' : bytes.data[i];
	return (struct bytes){ data, bytes.length };
}

/* Whether `bytes`, which may begin with noise, has text somewhere near its beginning. */
static bool promises(struct arena *arena, struct bytes encoded)
{
	bool clean;
	struct bytes probe = base64_to_bytes(arena, bytes_slice(encoded, 0, BASE64_PROBE), &clean);
	return looks_like_text(probe);
}

/* At each of the four places a group can begin, until one promises text; else from the beginning, whatever it is. */
static void take_run(struct collector *collector, const struct part *part, struct bytes run)
{
	bool clean;
	size_t shift = 0;
	run = bytes_trim(run);
	if (run.length < BASE64_RUN_LEAST || !others_spend(collector, run.length))
		return;
	run = in_common_alphabet(collector->arena, run);
	while (shift < 4 && !promises(collector->arena, bytes_slice(run, shift, run.length)))
		shift++;
	if (shift == 4)
		shift = 0;
	struct bytes found = base64_to_bytes(collector->arena, bytes_slice(run, shift, run.length), &clean);
	transfer_took(collector, part, "as base64", found);
}

/* A run goes over empty lines, which decoders pass over. */
void transfer_guess_base64(struct collector *collector, const struct part *part, struct bytes bytes)
{
	size_t run_start = 0, run_end = 0, start = 0;
	struct bytes line;
	for (size_t at = 0; !collector->spent && bytes_next_line(bytes, &at, &line); start = at) {
		if (is_base64_line(line)) {
			if (run_end == run_start)
				run_start = start;
			run_end = at;
		} else if (bytes_trim(line).length > 0 && run_end > run_start) {
			take_run(collector, part, bytes_slice(bytes, run_start, run_end));
			run_start = run_end = 0;
		}
	}
	if (!collector->spent)
		take_run(collector, part, bytes_slice(bytes, run_start, run_end));
}

/* Whether the line that ends at `end` is whole groups of base64, whose padding looks like a soft line break. */
static bool ends_base64(struct bytes bytes, size_t end)
{
	size_t start = end;
	while (start > 0 && end - start < 1000 && bytes.data[start - 1] != '\n')
		start--;
	struct bytes line = bytes_slice(bytes, start, end);
	return line.length % 4 == 0 && bytes_find_char(line, ' ', 0) == NOT_FOUND && is_base64_line(line);
}

/* Whether there is something for a quoted-printable decoder to do. */
static bool has_quoted(struct bytes bytes)
{
	for (size_t at = bytes_find_char(bytes, '=', 0); at != NOT_FOUND; at = bytes_find_char(bytes, '=', at + 1)) {
		struct bytes next = bytes_slice(bytes, at + 1, at + 3);
		bool soft = (next.length < 2 || ascii_is_space(next.data[0])) && !ends_base64(bytes, at + 1);
		if (soft || (next.length == 2 && ascii_hex_value(next.data[0]) >= 0 && ascii_hex_value(next.data[1]) >= 0))
			return true;
	}
	return false;
}

void transfer_guess_quoted_printable(struct collector *collector, const struct part *part, struct bytes bytes)
{
	bool clean;
	if (has_quoted(bytes) && others_spend(collector, bytes.length))
		transfer_took(collector, part, "as quoted-printable", quoted_printable_to_bytes(collector->arena, bytes, &clean));
}

/* What other decoders make of the same malformed base64 is what ours makes of the body once it is changed so. */
enum base64_habit {
	SKIPS_PADDING,   /* '=' is one more foreign character */
	STOPS_AT_FOREIGN, /* after what is foreign a new group begins */
	BEGINS_EACH_LINE, /* each line is decoded by itself */
	TAKES_TUPLES,     /* four characters are a group, and '=' says nothing wherever it stands in one */
	BASE64_HABITS,
};

static struct bytes changed_for(struct arena *arena, struct bytes body, enum base64_habit habit)
{
	struct text text = TEXT_INIT;
	size_t group = 0, tuple = 0;
	for (size_t i = 0; i < body.length; i++) {
		char c = body.data[i];
		bool foreign = !is_base64_char(c) || c == '=';
		tuple += is_base64_char(c);
		if (!foreign) {
			text_add_char(&text, c);
			group++;
		}
		bool ends = (habit == STOPS_AT_FOREIGN && foreign && !ascii_is_space(c)) || (habit == BEGINS_EACH_LINE && c == '\n') ||
			    (habit == TAKES_TUPLES && tuple == 4);
		if (!ends)
			continue;
		text_add(&text, group % 4 == 0 ? "" : &"==="[group % 4 - 1]);
		group = tuple = 0;
	}
	return text_to_arena(&text, arena);
}

static void reread_base64(struct collector *collector, const struct part *part, struct bytes body)
{
	bool clean;
	for (enum base64_habit habit = 0; habit < BASE64_HABITS && others_spend(collector, 2 * body.length); habit++) {
		struct bytes changed = in_common_alphabet(collector->arena, changed_for(collector->arena, body, habit));
		transfer_took(collector, part, "as other base64 decoders read it", base64_to_bytes(collector->arena, changed, &clean));
	}
}

/* Whether the '=' at `at` begins neither an escape nor a soft line break. Small letters are none of the standard's. */
static bool is_bad_escape(struct bytes body, size_t at, bool small_too)
{
	struct bytes next = bytes_slice(body, at + 1, at + 3);
	if (next.length < 2 || next.data[0] == '\r' || next.data[0] == '\n')
		return false;
	for (size_t i = 0; i < 2; i++)
		if (ascii_hex_value(next.data[i]) < 0 || (!small_too && next.data[i] >= 'a'))
			return true;
	return false;
}

/* Bad escapes left out: their '=', with one character or with both. */
static struct bytes without_bad_escapes(struct arena *arena, struct bytes body, size_t left_out, bool small_too)
{
	char *data = arena_alloc(arena, body.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < body.length; i++)
		if (body.data[i] == '=' && is_bad_escape(body, i, small_too))
			i += left_out - 1;
		else
			data[length++] = body.data[i];
	return (struct bytes){ data, length };
}

static void reread_quoted_printable(struct collector *collector, const struct part *part, struct bytes body)
{
	bool clean;
	for (size_t i = 0; i < 6 && others_spend(collector, 2 * body.length); i++) {
		struct bytes changed = without_bad_escapes(collector->arena, body, 1 + i % 3, i < 3);
		transfer_took(collector, part, "as other quoted-printable decoders read it",
			      quoted_printable_to_bytes(collector->arena, changed, &clean));
	}
}

void transfer_reread(struct collector *collector, const struct part *part, struct bytes body)
{
	if (others_noted(part, DEFECT_BASE64))
		reread_base64(collector, part, body);
	if (others_noted(part, DEFECT_QUOTED_PRINTABLE))
		reread_quoted_printable(collector, part, body);
}
