/* edits.c - see edits.h and footer.h: lists of edits, and making them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/edits.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static bool goes_before(const struct edit *a, const struct edit *b)
{
	if (a->offset != b->offset)
		return a->offset < b->offset;
	return a->length == 0 && b->length > 0;
}

void edits_add(struct arena *arena, struct edit_list *edits, struct edit edit)
{
	*ARENA_PUSH(arena, edits->items, edits->count) = edit;
	for (size_t i = edits->count - 1; i > 0 && goes_before(&edit, &edits->items[i - 1]); i--) {
		edits->items[i] = edits->items[i - 1];
		edits->items[i - 1] = edit;
	}
}

void edits_add_body(struct arena *arena, struct edit_list *edits, size_t offset, size_t length, struct bytes bytes)
{
	edits_add(arena, edits, (struct edit){ .kind = EDIT_BODY, .offset = offset, .length = length, .bytes = bytes });
}

void edits_insert_field(struct arena *arena, struct edit_list *edits, const char *name, const char *value)
{
	edits_add(arena, edits, (struct edit){
		.kind = EDIT_HEADER_INSERT,
		.bytes = bytes_of(arena_printf(arena, "%s: %s\r\n", name, value)),
		.name = arena_string(arena, name),
		.occurrence = 1,
		.value = arena_printf(arena, " %s", value),
	});
}

/* The number of the field among those of its name, from 1. */
static unsigned occurrence_of(const struct message *message, const struct header *header)
{
	unsigned occurrence = 0;
	for (size_t i = 0; i < message->root->header_count; i++) {
		const struct header *other = &message->root->headers[i];
		if (other->start <= header->start && bytes_equal_nocase(bytes_trim(other->name), bytes_trim(header->name)))
			occurrence++;
	}
	return occurrence;
}

static struct edit field_edit(struct arena *arena, const struct message *message, const struct header *header, enum edit_kind kind)
{
	return (struct edit){
		.kind = kind,
		.offset = header->start,
		.length = header->end - header->start,
		.name = arena_string_of(arena, bytes_trim(header->name)),
		.occurrence = occurrence_of(message, header),
	};
}

void edits_remove_field(struct arena *arena, struct edit_list *edits, const struct message *message, const struct header *header)
{
	edits_add(arena, edits, field_edit(arena, message, header, EDIT_HEADER_REMOVE));
}

static struct bytes without_line_end(struct bytes field)
{
	size_t end = field.length;
	if (end > 0 && field.data[end - 1] == '\n')
		end--;
	if (end > 0 && field.data[end - 1] == '\r')
		end--;
	return bytes_slice(field, 0, end);
}

void edits_change_field(struct arena *arena, struct edit_list *edits, const struct message *message, const struct header *header,
			size_t offset, size_t length, struct bytes bytes)
{
	struct edit edit = field_edit(arena, message, header, EDIT_HEADER_REPLACE);
	struct text field = TEXT_INIT;
	text_add_bytes(&field, bytes_slice(message->raw, header->start, offset));
	text_add_bytes(&field, bytes);
	text_add_bytes(&field, bytes_slice(message->raw, offset + length, header->end));
	edit.bytes = text_to_arena(&field, arena);
	size_t colon = bytes_find_char(edit.bytes, ':', 0);
	edit.value = arena_string_of(arena, without_line_end(bytes_slice(edit.bytes, colon + 1, edit.bytes.length)));
	edits_add(arena, edits, edit);
}

void edits_join(struct arena *arena, struct edit_list *edits, const struct edit_list *more)
{
	for (size_t i = 0; i < more->count; i++)
		edits_add(arena, edits, more->items[i]);
}

bool edits_have(const struct edit_list *edits, size_t offset, size_t length)
{
	for (size_t i = 0; i < edits->count; i++)
		if (edits->items[i].offset == offset && edits->items[i].length == length)
			return true;
	return false;
}

/* The length of raw[from, to) with the edits that lie in it. An edit outside its message is a broken invariant. */
static size_t length_after(size_t from, size_t to, const struct edit_list *edits, bool body_only, bool *changed_out)
{
	size_t done = from, length = to - from;
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		if (body_only && edit->kind != EDIT_BODY)
			continue;
		if (edit->offset < done || edit->offset > to || edit->length > to - edit->offset)
			abort();
		done = edit->offset + edit->length;
		length += edit->bytes.length - edit->length;
		*changed_out = true;
	}
	return length;
}

static char *put(char *to, struct bytes bytes)
{
	return bytes.length == 0 ? to : mempcpy(to, bytes.data, bytes.length);
}

/* A message may be large: an unchanged one is borrowed, a changed one is written once. */
static struct bytes apply(struct arena *arena, struct bytes raw, size_t from, size_t to, const struct edit_list *edits,
			  bool body_only, bool *changed_out)
{
	size_t length = length_after(from, to, edits, body_only, changed_out), done = from;
	if (!*changed_out)
		return bytes_slice(raw, from, to);
	char *data = arena_alloc(arena, length + 1), *end = data;
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		if (body_only && edit->kind != EDIT_BODY)
			continue;
		end = put(end, bytes_slice(raw, done, edit->offset));
		end = put(end, edit->bytes);
		done = edit->offset + edit->length;
	}
	put(end, bytes_slice(raw, done, to));
	return (struct bytes){ data, length };
}

struct bytes edits_apply(struct arena *arena, struct bytes raw, const struct edit_list *edits)
{
	bool changed = false;
	return apply(arena, raw, 0, raw.length, edits, false, &changed);
}

struct bytes edits_apply_body(struct arena *arena, const struct message *message, const struct edit_list *edits, bool *changed_out)
{
	*changed_out = false;
	return apply(arena, message->raw, message->root->body_start, message->raw.length, edits, true, changed_out);
}
