/* header_block.c - the fields of one header block, by exact offsets (RFC 5322 2.2).
 *
 * A line that is no field is passed over when a field follows it and begins the body otherwise: the first is what
 * most mail clients do inside a block, the second what they do with text behind a delimiter that has no block.
 * Both are noted, and the other reading is among message_other_readings.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "internal.h"

/* Fields over the whole tree, as a multiple of the limit for one block: many small blocks must not add up. */
#define TREE_FIELDS_FACTOR 16

static const char *const single_fields[] = {
	"Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "From", "Sender", "Reply-To", "To", "Cc",
	"Subject", "Message-ID", "Sensitivity",
};

struct block {
	struct part *part;
	struct tree *tree;
	struct bytes raw;
	struct header *headers;
	struct header open; /* the field whose continuation lines may follow; open.name empty when none */
	size_t value_end;   /* of the open field, without its last line end */
	unsigned seen;      /* one bit for each of single_fields */
};

static void note(struct block *block, enum defect_kind kind)
{
	message_note(block->tree->arena, block->part, kind);
}

/* Length of the name when the line is "name:" or "name :"; 0 otherwise. */
static size_t field_name(struct bytes line, size_t *colon_out)
{
	size_t length = 0;
	while (length < line.length && line.data[length] > 32 && line.data[length] < 127 && line.data[length] != ':')
		length++;
	size_t colon = length;
	while (colon < line.length && (line.data[colon] == ' ' || line.data[colon] == '\t'))
		colon++;
	if (length == 0 || colon == line.length || line.data[colon] != ':')
		return 0;
	*colon_out = colon;
	return length;
}

static void note_duplicate(struct block *block, struct bytes name)
{
	for (size_t i = 0; i < sizeof single_fields / sizeof single_fields[0]; i++) {
		if (!bytes_equal_nocase(name, bytes_of(single_fields[i])))
			continue;
		if (block->seen & 1u << i)
			note(block, DEFECT_HEADER_DUPLICATE);
		block->seen |= 1u << i;
	}
}

static void close_field(struct block *block)
{
	struct header *open = &block->open;
	if (open->name.length == 0)
		return;
	struct tree *tree = block->tree;
	size_t value_start = (size_t)(open->value.data - block->raw.data);
	if (open->end - open->start > tree->limits.header_bytes) {
		note(block, DEFECT_HEADER_LONG);
		if (block->value_end > open->start + tree->limits.header_bytes)
			block->value_end = open->start + tree->limits.header_bytes;
	}
	open->value = bytes_slice(block->raw, value_start, block->value_end);
	note_duplicate(block, open->name);
	if (block->part->header_count >= tree->limits.headers ||
	    tree->fields >= tree->limits.headers * TREE_FIELDS_FACTOR) {
		note(block, DEFECT_HEADER_MANY);
	} else {
		*ARENA_PUSH(tree->arena, block->headers, block->part->header_count) = *open;
		tree->fields++;
	}
	*open = (struct header){ 0 };
}

static void open_field(struct block *block, struct bytes line, size_t name_length, size_t colon)
{
	size_t start = (size_t)(line.data - block->raw.data);
	if (colon > name_length)
		note(block, DEFECT_HEADER_SPACE_COLON);
	block->open = (struct header){ .name = bytes_slice(line, 0, name_length), .start = start };
	block->open.value.data = line.data + colon + 1;
}

static void inspect(struct block *block, struct bytes line)
{
	bool control = false, high = false;
	for (size_t i = 0; i < line.length; i++) {
		control |= line.data[i] == '\0' || line.data[i] == '\r';
		high |= (unsigned char)line.data[i] >= 0x80;
	}
	if (control)
		note(block, DEFECT_HEADER_CONTROL);
	if (high)
		note(block, DEFECT_HEADER_8BIT);
	if (bytes_trim(line).length == 0)
		note(block, DEFECT_HEADER_JUNK); /* a line of blanks: a continuation to some, the end to others */
}

static bool is_field_at(const struct block *block, size_t at)
{
	struct bytes line;
	size_t colon;
	return bytes_next_line(block->raw, &at, &line) && field_name(line, &colon) > 0;
}

/* Takes one line of the block; false when it is text and the body begins with it. */
static bool take_line(struct block *block, struct bytes line, size_t next)
{
	bool folded = line.data[0] == ' ' || line.data[0] == '\t';
	size_t colon = 0;
	size_t name_length = folded ? 0 : field_name(line, &colon);
	if (name_length > 0) {
		close_field(block);
		open_field(block, line, name_length, colon);
	} else if (!folded || block->open.name.length == 0) {
		note(block, DEFECT_HEADER_JUNK);
		close_field(block);
		return is_field_at(block, next);
	}
	inspect(block, line);
	if (block->open.name.length > 0) {
		block->value_end = (size_t)(line.data - block->raw.data) + line.length;
		block->open.end = next;
	}
	return true;
}

void header_block_read(struct part *part, struct delimiter_test test)
{
	struct block block = { .part = part, .tree = tree_of(part->message), .raw = part->message->raw };
	size_t at = part->start, next = at;
	struct bytes line;
	while (bytes_next_line(block.raw, &next, &line)) {
		if (line.length == 0) {
			record_of(part)->blank_line = true;
			at = next;
			break;
		}
		if (test.is_delimiter(test.context, line) || !take_line(&block, line, next)) {
			note(&block, DEFECT_NO_BLANK_LINE);
			break;
		}
		at = next;
	}
	close_field(&block);
	part->headers = block.headers;
	part->body_start = at;
}
