/* fuzz_splice.c - any bytes as a message: scan, read, add a footer.
 *
 * What must hold whatever the bytes: only the bodies and headers of the texts that take the line change, each text reads
 * as before with the line added, every other part is the same to the byte, and the result is no more ambiguous;
 * and an ambiguous message is left alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "action/footer.h"
#include "fuzz.h"
#include "message/decode.h"
#include "message/header.h"
#include "reading/reading.h"

#define LINE "CC councillor Si\xc3\xa2n O'Neill"
#define LINE_AS_HTML "CC councillor Si&#226;n O'Neill"
#define PARAGRAPH "<p dir=\"auto\">"

static bool is_foot(const struct reading *reading, const struct part *part)
{
	for (size_t i = 0; i < reading->foot_count; i++)
		if (reading->feet[i].part == part)
			return true;
	return false;
}

/* The only fields that may be added or changed. */
static void check_field(const struct edit *edit)
{
	static const char *const allowed[] = { "Content-Type", "Content-Transfer-Encoding", "MIME-Version" };
	bool found = false;
	for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
		found |= bytes_equal_nocase(bytes_of(edit->name), bytes_of(allowed[i]));
	must(found && edit->kind != EDIT_HEADER_REMOVE);
	must(bytes_ends_with(edit->bytes, BYTES("\n")) && bytes_find(bytes_of(edit->value), BYTES("\n\n"), 0) == (size_t)-1);
}

/* Whether the edit lies in the body of a foot's part, or in the header of one or of a multipart around it. */
static bool is_allowed_place(const struct message *message, const struct reading *reading, const struct edit *edit)
{
	size_t end = edit->offset + edit->length;
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		bool in_body = is_foot(reading, part) && edit->offset >= part->body_start && end <= part->body_end;
		bool in_header = edit->offset >= part->start && end <= part->body_start;
		if (in_body || (in_header && part->parent != NULL && (is_foot(reading, part) || part_is_multipart(part))))
			return true;
	}
	return false;
}

static void check_edits(const struct message *message, const struct reading *reading, const struct edit_list *edits)
{
	size_t done = 0;
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		must(edit->offset >= done && edit->length <= message->raw.length - edit->offset);
		done = edit->offset + edit->length;
		if (edit->kind != EDIT_BODY)
			check_field(edit);
		else
			must(is_allowed_place(message, reading, edit));
	}
}

/* The result with what was put in taken out again is the message. */
static void check_bytes(struct bytes before, struct bytes after, const struct edit_list *edits)
{
	size_t old = 0, new = 0;
	for (size_t i = 0; i <= edits->count; i++) {
		size_t until = i < edits->count ? edits->items[i].offset : before.length;
		must(after.length - new >= until - old);
		must(until == old || memcmp(before.data + old, after.data + new, until - old) == 0);
		new += until - old;
		old = until;
		if (i == edits->count)
			break;
		new += edits->items[i].bytes.length;
		old += edits->items[i].length;
	}
	must(old == before.length && new == after.length);
}

/* The old text with one run put in, which holds the line and nothing else to read. */
static void check_text(struct bytes before, struct bytes after, const struct foot *foot)
{
	must(after.length > before.length && foot->at <= before.length);
	size_t more = after.length - before.length;
	struct bytes added = bytes_slice(after, foot->at, foot->at + more);
	must(bytes_equal(bytes_slice(before, 0, foot->at), bytes_slice(after, 0, foot->at)));
	must(bytes_equal(bytes_slice(before, foot->at, before.length), bytes_slice(after, foot->at + more, after.length)));
	added = bytes_trim(added);
	size_t style = bytes_find(added, BYTES(" style=\""), 0), end = bytes_find(added, BYTES("\">"), 0);
	struct bytes opening = bytes_slice(added, 0, end + 2);
	if (!foot->html)
		must(bytes_equal(added, BYTES(LINE)));
	else if (style != (size_t)-1) /* where a style sheet is about */
		must(style < end && bytes_starts_with(opening, BYTES("<p dir=\"auto\" style=")) &&
		     (bytes_equal(bytes_slice(added, end + 2, added.length), BYTES(LINE "</p>")) ||
		      bytes_equal(bytes_slice(added, end + 2, added.length), BYTES(LINE_AS_HTML "</p>"))));
	else
		must(bytes_equal(added, BYTES(PARAGRAPH LINE "</p>")) || bytes_equal(added, BYTES(PARAGRAPH LINE_AS_HTML "</p>")));
}

static void check_part(struct arena *arena, const struct reading *reading, const struct part *before, const struct part *after)
{
	must(strcmp(before->type, after->type) == 0 && strcmp(before->subtype, after->subtype) == 0);
	must(strcmp(before->number, after->number) == 0);
	if (is_foot(reading, before) || part_is_multipart(before))
		return;
	must(bytes_equal(bytes_slice(before->message->raw, before->start, before->body_end),
			 bytes_slice(after->message->raw, after->start, after->body_end)));
}

static void check_structure(struct arena *arena, const struct reading *reading, const struct message *before,
			    const struct message *after)
{
	must(!after->ambiguous && before->part_count == after->part_count);
	for (size_t i = 0; i < before->part_count; i++)
		check_part(arena, reading, before->parts[i], after->parts[i]);
	for (size_t i = 0; i < reading->foot_count; i++) {
		const struct foot *foot = &reading->feet[i];
		struct bytes was = BYTES_EMPTY, is = BYTES_EMPTY;
		size_t index = 0;
		while (before->parts[index] != foot->part)
			index++;
		must(part_text(arena, foot->part, &was) && part_text(arena, after->parts[index], &is));
		check_text(was, is, foot);
	}
}

/* An ambiguous message is never touched, wherever its feet were. To read it every way takes nearly all the time, and is fuzz_reading's:
 * here each shown text has its foot at the top. */
static void check_refused(struct arena *arena, const struct message *message)
{
	static const char *const lines[] = { LINE };
	struct foot *feet = arena_array(arena, message->part_count, sizeof *feet);
	struct reading reading = { .feet = feet };
	struct edit_list edits;
	for (size_t i = 0; i < message->part_count; i++)
		if (part_is_shown_text(message->parts[i]))
			feet[reading.foot_count++] = (struct foot){ .part = message->parts[i], .html = part_is_html(message->parts[i]) };
	must(footer_splice(arena, message, &reading, lines, 1, &edits) != TOUCHED && edits.count == 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const char *const lines[] = { LINE };
	/* Compiled once: the reader's own phrases take longer than a message. */
	static struct lexicon *lexicon;
	static struct pattern_scratch *scratch;
	if (lexicon == NULL) {
		lexicon = lexicon_new();
		scratch = pattern_scratch_new();
	}
	struct arena *arena = arena_new();
	struct bytes raw = message_to_crlf(arena, (struct bytes){ (const char *)data, size });
	struct message *message = message_scan(arena, raw, &MESSAGE_LIMITS_DEFAULT);
	message_second_opinion(arena, message);
	if (message->ambiguous) {
		check_refused(arena, message);
		arena_free(&arena);
		return 0;
	}
	const struct reading *reading = reading_make(arena, message, lexicon, scratch);
	struct edit_list edits;
	if (footer_splice(arena, message, reading, lines, 1, &edits) == TOUCHED) {
		check_edits(message, reading, &edits);
		struct bytes changed = edits_apply(arena, raw, &edits);
		check_bytes(raw, changed, &edits);
		struct message *again = message_scan(arena, changed, &MESSAGE_LIMITS_DEFAULT);
		message_second_opinion(arena, again);
		check_structure(arena, reading, message, again);
	} else {
		must(edits.count == 0);
	}
	arena_free(&arena);
	return 0;
}
