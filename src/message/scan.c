/* scan.c - from raw bytes to a part map, in one pass from line to line.
 *
 * The open multiparts stand on a stack no deeper than limits.depth; a line that begins with "--" is held against
 * their boundaries from the innermost outwards. Only exact delimiter lines divide (RFC 2046 5.1.1, trailing blanks
 * allowed); a line that goes on after the boundary is noted and left in the text. Enclosed messages are scanned
 * afterwards, in place where they are not encoded.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "internal.h"
#include "message/decode.h"
#include "others.h"

#define FRESH_LINES 3 /* not empty ones */
#define LINE_MOST 998 /* RFC 5322 2.1.1 */

struct level {
	struct part *part;
	bool found, closed; /* a delimiter, the close delimiter */
};

struct scan {
	struct tree *tree;
	struct message *message;
	struct level *levels; /* limits.depth + 1 of them */
	size_t level_count;
	struct part *current; /* whose body the next lines are: a leaf, or a multipart's preamble or epilogue */
	struct part **parts;
	unsigned fresh; /* lines of the current body at whose place a header could still begin */
};

enum delimiter { NO_DELIMITER, DELIMITER, CLOSE_DELIMITER, DELIMITER_AND_MORE };

static void note(const struct scan *scan, const struct part *part, enum defect_kind kind)
{
	message_note(scan->tree->arena, part, kind);
}

static bool is_blank(struct bytes rest)
{
	for (size_t i = 0; i < rest.length; i++)
		if (rest.data[i] != ' ' && rest.data[i] != '\t')
			return false;
	return true;
}

static enum delimiter compare_delimiter(struct bytes line, struct bytes boundary)
{
	struct bytes rest = bytes_slice(line, 2, line.length);
	if (!bytes_starts_with(rest, boundary))
		return NO_DELIMITER;
	rest = bytes_slice(rest, boundary.length, rest.length);
	if (is_blank(rest))
		return DELIMITER;
	if (bytes_starts_with(rest, BYTES("--")) && is_blank(bytes_slice(rest, 2, rest.length)))
		return CLOSE_DELIMITER;
	return DELIMITER_AND_MORE;
}

/* The innermost boundary the line matches whole, or else begins with. */
static enum delimiter find_delimiter(const struct scan *scan, struct bytes line, size_t *level_out)
{
	enum delimiter found = NO_DELIMITER;
	if (line.length < 2 || line.data[0] != '-' || line.data[1] != '-')
		return NO_DELIMITER;
	for (size_t i = scan->level_count; i-- > 0;) {
		enum delimiter here = compare_delimiter(line, record_of(scan->levels[i].part)->boundary);
		if (here == NO_DELIMITER || (here == DELIMITER_AND_MORE && found != NO_DELIMITER))
			continue;
		*level_out = i;
		found = here;
		if (here != DELIMITER_AND_MORE)
			break;
	}
	return found;
}

static bool ends_block(const void *context, struct bytes line)
{
	size_t level;
	enum delimiter found = find_delimiter(context, line, &level);
	return found == DELIMITER || found == CLOSE_DELIMITER;
}

static const char *part_number(const struct part *part, size_t index)
{
	struct arena *arena = tree_of(part->message)->arena;
	const struct part *above = part_above(part);
	if (above == NULL)
		return "";
	if (part->parent == NULL) {
		/* The outermost root counts as part 1 when it is no multipart. */
		const char *outer = *above->number == '\0' ? "1" : above->number;
		return arena_printf(arena, "%s.%s", outer, part_is_multipart(part) ? "TEXT" : "1");
	}
	const struct part *counted = above;
	if (above->parent == NULL && part_above(above) != NULL)
		counted = part_above(above); /* an enclosed multipart lends its children the number around it */
	const char *outer = counted != above && *counted->number == '\0' ? "1" : counted->number;
	return *outer == '\0' ? arena_printf(arena, "%zu", index) : arena_printf(arena, "%s.%zu", outer, index);
}

static void note_prefix(const struct scan *scan, const struct part *part)
{
	struct bytes mine = record_of(part)->boundary;
	for (size_t i = 0; i < scan->level_count; i++) {
		struct bytes theirs = record_of(scan->levels[i].part)->boundary;
		if (bytes_starts_with(mine, theirs) || bytes_starts_with(theirs, mine))
			note(scan, part, DEFECT_BOUNDARY_PREFIX);
	}
}

static void push_level(struct scan *scan, struct part *part)
{
	if (!part_is_multipart(part) || record_of(part)->boundary.length == 0)
		return;
	if (part->depth >= scan->tree->limits.depth) {
		note(scan, part, DEFECT_DEPTH);
		return;
	}
	note_prefix(scan, part);
	scan->levels[scan->level_count++] = (struct level){ .part = part };
}

static void link_child(struct part *parent, struct part *part)
{
	struct part_record *above = record_of(parent);
	part->parent = parent;
	if (above->last_child == NULL)
		parent->first_child = part;
	else
		above->last_child->next = part;
	above->last_child = part;
	part->number = part_number(part, ++above->child_count);
}

/* Begins a part at `start`: header block, meaning of its fields, and its place on the stack. Returns where its
 * body starts. */
static size_t open_part(struct scan *scan, struct part *parent, size_t start)
{
	struct part *part = arena_alloc(scan->tree->arena, sizeof(struct part_record));
	part->message = scan->message;
	part->start = start;
	part->number = "";
	if (parent != NULL)
		link_child(parent, part);
	const struct part *above = part_above(part);
	part->depth = above == NULL ? 0 : above->depth + 1;
	scan->tree->parts++;
	*ARENA_PUSH(scan->tree->arena, scan->parts, scan->message->part_count) = part;
	header_block_read(part, (struct delimiter_test){ ends_block, scan });
	content_read(part);
	scan->current = part;
	scan->fresh = FRESH_LINES;
	push_level(scan, part);
	return part->body_start;
}

/* How a root is counted depends on its type, which is read after the first defects may have been noted. */
static size_t open_root(struct scan *scan)
{
	struct tree *tree = scan->tree;
	size_t before = tree->outermost->defect_count;
	size_t body = open_part(scan, NULL, 0);
	scan->message->root = scan->parts[0];
	scan->message->root->number = part_number(scan->message->root, 1);
	for (size_t i = before; i < tree->outermost->defect_count; i++)
		tree->defects[i].part = scan->message->root->number;
	return body;
}

/* The line end before a delimiter belongs to the delimiter. */
static void close_part(const struct scan *scan, struct part *part, size_t line_start)
{
	const char *data = scan->message->raw.data;
	size_t end = line_start;
	bool crlf = false;
	if (end > part->body_start && data[end - 1] == '\n') {
		end--;
		crlf = end > part->body_start && data[end - 1] == '\r';
		end -= crlf;
	}
	part->body_end = end;
	record_of(part)->ends_exactly = crlf;
}

static void finish_level(const struct scan *scan, const struct level *level)
{
	struct part_record *record = record_of(level->part);
	if (level->part->first_child == NULL)
		note(scan, level->part, DEFECT_BOUNDARY_ABSENT);
	if (!level->found)
		record->preamble_end = level->part->body_end;
	if (!level->closed) {
		record->epilogue_start = level->part->body_end;
		if (level->found)
			note(scan, level->part, DEFECT_BOUNDARY_UNCLOSED);
	}
	if (record->preamble_end > level->part->body_end)
		record->preamble_end = level->part->body_end;
	if (record->epilogue_start > level->part->body_end)
		record->epilogue_start = level->part->body_end;
}

/* Nothing at all between two delimiters: some parsers then take the second for text. */
static void note_empty(const struct scan *scan, const struct part *part, size_t line_start)
{
	if (part->header_count == 0 && part->parent != NULL && part->body_start == line_start)
		note(scan, part, DEFECT_PART_EMPTY);
}

/* Ends what is being read, up to and without the multipart at `keep`. */
static void close_down_to(struct scan *scan, size_t keep, size_t line_start)
{
	if (!part_is_multipart(scan->current) || scan->level_count == 0 ||
	    scan->levels[scan->level_count - 1].part != scan->current) {
		close_part(scan, scan->current, line_start);
		note_empty(scan, scan->current, line_start);
	}
	while (scan->level_count > keep + 1) {
		struct level *level = &scan->levels[--scan->level_count];
		close_part(scan, level->part, line_start);
		finish_level(scan, level);
	}
}

/* Behind the empty line that should have come after it. Where the part has a type of its own only one more is that. */
static bool looks_like_part_header(const struct part *part, struct bytes line)
{
	size_t colon = bytes_find_char(line, ':', 0);
	if (colon == NOT_FOUND || bytes_find_char(bytes_trim(bytes_slice(line, 0, colon)), ' ', 0) != NOT_FOUND)
		return false;
	if (bytes_starts_with_nocase(line, BYTES("Content-T")))
		return !part_is(part, "text", "rfc822-headers");
	return part->header_count == 0 && (bytes_starts_with_nocase(line, BYTES("Content-")) || bytes_starts_with_nocase(line, BYTES("MIME-Version")));
}

static void inspect_body_line(struct scan *scan, struct bytes line)
{
	const struct part *part = scan->current;
	bool text = part->type[0] == 't' && part_is(part, "text", NULL); /* asked for each line of attachments too */
	if (line.length > LINE_MOST && part->encoding != ENCODING_BINARY)
		note(scan, part, DEFECT_LINE_LONG);
	if (part->encoding != ENCODING_BINARY && line.length > 0 && memchr(line.data, '\r', line.length) != NULL)
		note(scan, part, DEFECT_BARE_CR);
	if (text && line.length > 0 && memchr(line.data, '\0', line.length) != NULL)
		note(scan, part, DEFECT_NUL);
	if (text && uuencode_begins(line))
		note(scan, part, DEFECT_UUENCODE);
	if (text && scan->fresh > 0 && looks_like_part_header(part, line)) /* a digest holds messages */
		note(scan, part, DEFECT_BODY_LIKE_HEADER);
	if (scan->fresh > 0 && line.length > 0)
		scan->fresh--;
}

/* A delimiter of the multipart on top of the stack begins a part. False when there may be no more parts. */
static bool begin_part(struct scan *scan, struct level *level, size_t line_start, size_t *at)
{
	struct part_record *record = record_of(level->part);
	if (scan->tree->parts >= scan->tree->limits.parts) {
		note(scan, level->part, DEFECT_PARTS);
		scan->current = level->part;
		return false;
	}
	if (level->closed)
		note(scan, level->part, DEFECT_BOUNDARY_AFTER_CLOSE);
	if (!level->found)
		record->preamble_end = line_start;
	level->found = true;
	level->closed = false;
	*at = open_part(scan, level->part, *at);
	return true;
}

static void end_parts(struct scan *scan, struct level *level, size_t line_start, size_t next)
{
	struct part_record *record = record_of(level->part);
	if (!level->found)
		record->preamble_end = line_start;
	level->found = level->closed = true;
	record->epilogue_start = next;
	scan->current = level->part;
	scan->fresh = 0;
}

static void scan_lines(struct scan *scan, size_t at)
{
	struct bytes line, raw = scan->message->raw;
	size_t start = at, index = 0;
	for (bool more = true; more && bytes_next_line(raw, &at, &line); start = at) {
		enum delimiter found = find_delimiter(scan, line, &index);
		struct level *level = &scan->levels[index];
		switch (found) {
		case DELIMITER_AND_MORE:
			note(scan, level->part, DEFECT_BOUNDARY_GARBAGE);
			/* fall through */
		case NO_DELIMITER:
			inspect_body_line(scan, line);
			break;
		case DELIMITER:
			close_down_to(scan, index, start);
			more = begin_part(scan, level, start, &at);
			break;
		case CLOSE_DELIMITER:
			close_down_to(scan, index, start);
			end_parts(scan, level, start, at);
			break;
		}
	}
}

/* Whatever is still open ends with the message. A leaf in an unclosed multipart ends where another parser may not
 * see its end, so only a single part, or a closed multipart, ends exactly here. */
static void finish(struct scan *scan)
{
	size_t end = scan->message->raw.length;
	struct part *current = scan->current;
	bool open_leaf = scan->level_count == 0 || scan->levels[scan->level_count - 1].part != current;
	if (open_leaf) {
		current->body_end = end;
		record_of(current)->ends_exactly = scan->level_count == 0;
		note_empty(scan, current, end);
	}
	while (scan->level_count > 0) {
		struct level *level = &scan->levels[--scan->level_count];
		level->part->body_end = end;
		record_of(level->part)->ends_exactly = level->closed && scan->level_count == 0;
		finish_level(scan, level);
	}
}

static bool trusted(const struct part *part)
{
	for (; part != NULL; part = part_above(part))
		if (part->ambiguous)
			return false;
	return true;
}

static struct message *scan_message(struct tree *tree, struct bytes raw, struct part *inside);

static bool holds_message(const struct part *part)
{
	return part_is(part, "message", "rfc822") || part_is(part, "message", "global");
}

static void scan_enclosed(struct tree *tree, struct part *part)
{
	struct bytes body;
	if (part->depth >= tree->limits.depth)
		message_note(tree->arena, part, DEFECT_DEPTH);
	else if (tree->parts >= tree->limits.parts)
		message_note(tree->arena, part, DEFECT_PARTS);
	else if (part_decode(tree->arena, part, &body))
		part->enclosed = scan_message(tree, body, part);
}

static struct message *scan_message(struct tree *tree, struct bytes raw, struct part *inside)
{
	struct message_record *record = arena_alloc(tree->arena, sizeof *record);
	struct message *message = &record->message;
	record->tree = tree;
	record->inside = inside;
	message->raw = raw;
	if (inside == NULL)
		tree->outermost = message;
	else
		message->encloser = inside->message;

	struct scan scan = { .tree = tree, .message = message };
	scan.levels = arena_array(tree->arena, tree->limits.depth + 1, sizeof *scan.levels);
	size_t body = open_root(&scan);
	scan_lines(&scan, body);
	finish(&scan);
	message->parts = scan.parts;

	for (size_t i = 0; i < message->part_count; i++) {
		struct part *part = scan.parts[i];
		if (holds_message(part))
			scan_enclosed(tree, part);
		part->exact = record_of(part)->blank_line && record_of(part)->ends_exactly && trusted(part);
	}
	return message;
}

struct message *message_scan(struct arena *arena, struct bytes raw, const struct message_limits *limits)
{
	struct tree *tree = arena_alloc(arena, sizeof *tree);
	tree->arena = arena;
	tree->limits = *limits;
	return tree_scan(tree, raw);
}

struct message *tree_scan(struct tree *tree, struct bytes raw)
{
	return scan_message(tree, raw, NULL);
}

struct bytes message_to_crlf(struct arena *arena, struct bytes raw)
{
	size_t missing = 0;
	for (size_t at = bytes_find_char(raw, '\n', 0); at != NOT_FOUND; at = bytes_find_char(raw, '\n', at + 1))
		missing += at == 0 || raw.data[at - 1] != '\r';
	if (missing == 0)
		return raw;
	char *data = arena_alloc(arena, raw.length + missing + 1);
	size_t length = 0;
	for (size_t i = 0; i < raw.length; i++) {
		if (raw.data[i] == '\n' && (i == 0 || raw.data[i - 1] != '\r'))
			data[length++] = '\r';
		data[length++] = raw.data[i];
	}
	return (struct bytes){ data, length };
}
