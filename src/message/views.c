/* views.c - the message as clients read it that divide lines or choose among fields otherwise.
 *
 * A view is a scan of its own, of the same bytes or of bytes a little changed. What it has in common with the base is not
 * read again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "message/header.h"
#include "others.h"

#define FILE_LONG 4096

static bool same_string(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Whether some part of `message` is the same bytes read in the same way; the line end before a delimiter counts for little. */
bool view_repeats(const struct message *message, const struct part *part)
{
	struct bytes body = part_body(part);
	bool text = part_is(part, "text", NULL);
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *twin = message->parts[i];
		struct bytes theirs = part_body(twin);
		if (theirs.data == body.data && theirs.length <= body.length + 2 && body.length <= theirs.length + 2 &&
		    twin->encoding == part->encoding && twin->first_child == NULL && (text ? part_is(twin, "text", part->subtype) : !part_is(twin, "text", NULL)) &&
		    same_string(twin->charset, part->charset))
			return true;
		if (twin->enclosed != NULL && view_repeats(twin->enclosed, part))
			return true;
	}
	return false;
}

/* What a view shows in the ordinary way: in the base view that is read elsewhere. */
static void take_shown(struct collector *collector, const struct message *message, const char *how)
{
	struct bytes content;
	const char *subject = header_text_of(collector->arena, message->root, "Subject");
	if (subject != NULL)
		text_in_charset(collector, message->root, how, bytes_of(subject), "utf-8");
	for (size_t i = 0; i < message->part_count && !collector->spent; i++) {
		const struct part *part = message->parts[i];
		if (part->enclosed != NULL)
			take_shown(collector, part->enclosed, how);
		else if (part->first_child != NULL || view_repeats(collector->base, part))
			continue;
		else if (part_is(part, "text", NULL) && part_text(collector->arena, part, &content))
			text_in_charset(collector, part, how, content, "utf-8");
		else if (part_decode(collector->arena, part, &content) && looks_like_document(content))
			others_add_file(collector, part, how, part->file_name, content);
	}
}

/* A limit met in a view leaves something of the message unread. */
static void tell_limits(struct collector *collector, const struct message *view)
{
	static const enum defect_kind kinds[] = { DEFECT_SIZE, DEFECT_DEPTH, DEFECT_PARTS };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (message_has_defect(view, kinds[i]))
			message_note(collector->arena, collector->base->root, kinds[i]);
}

void others_view(struct collector *collector, const struct part *part, const char *how, struct bytes raw, enum view_kind kind)
{
	if (collector->depth >= OTHERS_DEEP || collector->spent)
		return;
	struct tree *outer = collector->tree;
	struct tree *tree = arena_alloc(collector->arena, sizeof *tree);
	const char *number = collector->number;
	tree->arena = collector->arena;
	tree->limits = outer->limits;
	tree->limits.decoded_bytes -= outer->view ? outer->decoded : outer->others;
	tree->view = true;
	tree->last_fields = kind == VIEW_LAST_FIELDS;
	struct message *view = tree_scan(tree, raw);
	collector->tree = tree;
	collector->number = others_number(collector, part);
	collector->depth++;
	take_shown(collector, view, how);
	others_collect(collector, view, true);
	if (kind != VIEW_PART)
		segments_take(collector, view->root, raw);
	collector->depth--;
	collector->number = number;
	collector->tree = outer;
	*(outer->view ? &outer->decoded : &outer->others) += tree->decoded;
	tell_limits(collector, view);
}

/* A file that is rightly encoded: no other reading of lines changes it. */
static bool is_plain_file(const struct part *part)
{
	return part->encoding == ENCODING_BASE64 && part->first_child == NULL && part->enclosed == NULL && !part_is(part, "text", NULL) &&
	       !others_noted(part, DEFECT_BASE64) && !others_noted(part, DEFECT_BARE_CR) && part->body_end - part->body_start > FILE_LONG;
}

/* The message without what such files hold. */
static struct bytes without_files(struct arena *arena, const struct message *message)
{
	struct text text = TEXT_INIT;
	size_t at = 0;
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		if (!is_plain_file(part))
			continue;
		text_add_bytes(&text, bytes_slice(message->raw, at, part->body_start));
		at = part->body_end;
	}
	if (at == 0)
		return message->raw;
	text_add_bytes(&text, bytes_slice(message->raw, at, message->raw.length));
	return text_to_arena(&text, arena);
}

/* The message with its lone carriage returns made line ends, or with them and NUL left out. */
static struct bytes changed_controls(struct arena *arena, struct bytes raw, bool line_ends)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < raw.length; i++) {
		char c = raw.data[i];
		bool lone = c == '\r' && (i + 1 == raw.length || raw.data[i + 1] != '\n');
		if (lone && line_ends)
			text_add(&text, "\r\n");
		else if (!lone && c != '\0')
			text_add_char(&text, c);
	}
	return text_to_arena(&text, arena);
}

static void take_control_views(struct collector *collector, const struct message *message)
{
	struct bytes raw = without_files(collector->arena, message);
	if (!others_spend(collector, 2 * raw.length))
		return;
	struct bytes lines = changed_controls(collector->arena, raw, true), joined = changed_controls(collector->arena, raw, false);
	others_view(collector, message->root, "with carriage returns as line ends", lines, VIEW_WHOLE);
	others_view(collector, message->root, "without control characters", joined, VIEW_WHOLE);
}

static bool has_defect_of(const struct message *message, const enum defect_kind *kinds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (message_has_defect(message, kinds[i]))
			return true;
	return false;
}

/* The message as clients read it that divide lines or choose among fields otherwise. */
void views_take(struct collector *collector, const struct message *message)
{
	static const enum defect_kind controls[] = { DEFECT_HEADER_CONTROL, DEFECT_BARE_CR, DEFECT_NUL };
	struct bytes raw = message->raw;
	if (message_has_defect(message, DEFECT_HEADER_DUPLICATE) || message_has_defect(message, DEFECT_BOUNDARY_PARAMETER) ||
	    message_has_defect(message, DEFECT_CONTENT_TYPE))
		others_view(collector, message->root, "by the last of its fields", raw, VIEW_LAST_FIELDS);
	if (has_defect_of(message, controls, sizeof controls / sizeof controls[0]))
		take_control_views(collector, message);
	segments_take(collector, message->root, raw);
}
