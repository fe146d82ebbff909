/* etpan.c - libetpan's opinion on structure and address grammar; no other file includes its headers.
 *
 * Only its parsers are called, behind guard.c, and only offsets, types and strings are copied out before its tree is
 * freed: its decoders hide text, its writer alters messages, and the preamble it reports may lie outside the message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <libetpan/libetpan.h>
#include <string.h>

#include "base/text.h"
#include "internal.h"
#include "message/decode.h"

#define DEPTH_MOST 128 /* the guard lets fewer pass */

/* Of a long body, this much at both ends is shown to libetpan in any case. */
#define ABRIDGED_END ((size_t)16 << 10)
#define ABRIDGED_PIECE ((size_t)32 << 10)

struct leaf {
	size_t start, length; /* of the body, in the bytes libetpan was given */
	struct bytes type, subtype;
	enum transfer_encoding encoding;
};

/* Bytes of the message that libetpan is not shown. */
struct cut {
	size_t at, length;
};

struct leaves {
	struct arena *arena;
	struct bytes original; /* the outermost raw */
	struct bytes raw;      /* the same without the cuts */
	struct cut *cuts;
	size_t cut_count;
	struct leaf *items;
	size_t count;
};

static struct bytes copied(struct arena *arena, const char *string)
{
	return bytes_of(arena_string(arena, string == NULL ? "" : string));
}

static const char *type_name(const struct mailmime_type *type)
{
	static const char *const discrete[] = {
		[MAILMIME_DISCRETE_TYPE_TEXT] = "text",   [MAILMIME_DISCRETE_TYPE_IMAGE] = "image",
		[MAILMIME_DISCRETE_TYPE_AUDIO] = "audio", [MAILMIME_DISCRETE_TYPE_VIDEO] = "video",
		[MAILMIME_DISCRETE_TYPE_APPLICATION] = "application",
	};
	if (type->tp_type == MAILMIME_TYPE_COMPOSITE_TYPE) {
		int kind = type->tp_data.tp_composite_type->ct_type;
		return kind == MAILMIME_COMPOSITE_TYPE_MULTIPART ? "multipart"
		       : kind == MAILMIME_COMPOSITE_TYPE_MESSAGE ? "message"
								 : NULL;
	}
	int kind = type->tp_data.tp_discrete_type->dt_type;
	if (kind == MAILMIME_DISCRETE_TYPE_EXTENSION)
		return type->tp_data.tp_discrete_type->dt_extension;
	return kind > MAILMIME_DISCRETE_TYPE_ERROR && kind < MAILMIME_DISCRETE_TYPE_EXTENSION ? discrete[kind] : NULL;
}

static enum transfer_encoding encoding_of(int mechanism)
{
	switch (mechanism) {
	case MAILMIME_MECHANISM_QUOTED_PRINTABLE:
		return ENCODING_QUOTED_PRINTABLE;
	case MAILMIME_MECHANISM_BASE64:
		return ENCODING_BASE64;
	case MAILMIME_MECHANISM_TOKEN:
		return ENCODING_UNKNOWN;
	default:
		return ENCODING_8BIT;
	}
}

static void add_leaf(struct leaves *leaves, const struct mailmime *mime)
{
	const struct mailmime_data *data = mime->mm_data.mm_single;
	struct leaf *leaf = ARENA_PUSH(leaves->arena, leaves->items, leaves->count);
	const struct mailmime_content *content = mime->mm_content_type;
	leaf->type = BYTES("text");
	leaf->subtype = BYTES("plain");
	if (content != NULL && content->ct_type != NULL) {
		leaf->type = copied(leaves->arena, type_name(content->ct_type));
		leaf->subtype = copied(leaves->arena, content->ct_subtype);
	}
	if (data == NULL || data->dt_type != MAILMIME_DATA_TEXT || data->dt_data.dt_text.dt_data == NULL)
		return;
	leaf->encoding = encoding_of(data->dt_encoding);
	leaf->start = (size_t)(data->dt_data.dt_text.dt_data - leaves->raw.data);
	leaf->length = data->dt_data.dt_text.dt_length;
}

static bool collect(struct leaves *leaves, const struct mailmime *mime, size_t depth)
{
	if (mime == NULL || depth > DEPTH_MOST)
		return false;
	if (mime->mm_type == MAILMIME_SINGLE) {
		add_leaf(leaves, mime);
		return true;
	}
	if (mime->mm_type == MAILMIME_MESSAGE)
		return collect(leaves, mime->mm_data.mm_message.mm_msg_mime, depth + 1);
	for (clistiter *at = clist_begin(mime->mm_data.mm_multipart.mm_mp_list); at != NULL; at = clist_next(at))
		if (!collect(leaves, clist_content(at), depth + 1))
			return false;
	return true;
}

/* False when it gave no tree. */
static bool etpan_leaves(struct leaves *leaves)
{
	struct mailmime *mime = NULL;
	size_t at = 0;
	if (mailmime_parse(leaves->raw.data, leaves->raw.length, &at, &mime) != MAILIMF_NO_ERROR || mime == NULL)
		return false;
	bool whole = collect(leaves, mime, 0);
	mailmime_free(mime);
	return whole;
}

static bool is_leaf(const struct part *part)
{
	return part->first_child == NULL && part->enclosed == NULL;
}

/* Our leaves in the same order, those of enclosed messages that lie in the outer bytes included. */
static void our_leaves(struct leaves *leaves, const struct message *message, const struct part ***parts, size_t *count)
{
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		if (part->enclosed != NULL && !part_is(part, "message", "global") &&
		    part->encoding != ENCODING_BASE64 && part->encoding != ENCODING_QUOTED_PRINTABLE)
			our_leaves(leaves, part->enclosed, parts, count);
		else if (is_leaf(part) || part->enclosed != NULL)
			*ARENA_PUSH(leaves->arena, *parts, *count) = part;
	}
}

/* Whole lines in which there is nothing that delimiters, fields, their continuations, comments or strings are made of. */
static bool is_dull(struct bytes piece)
{
	static const char telling[] = { '-', ':', ' ', '\t', '(', ')', '"', '\\', '\0' };
	for (size_t i = 0; i < sizeof telling; i++)
		if (bytes_find_char(piece, telling[i], 0) != NOT_FOUND)
			return false;
	return true;
}

static void cut(struct leaves *leaves, size_t at, size_t length)
{
	struct cut *last = leaves->cut_count == 0 ? NULL : &leaves->cuts[leaves->cut_count - 1];
	if (last != NULL && last->at + last->length == at)
		last->length += length;
	else
		*ARENA_PUSH(leaves->arena, leaves->cuts, leaves->cut_count) = (struct cut){ at, length };
}

/* Cuts the dull middle out of a long body, such as an attachment's base64: it is alike however much there is of it, and
 * libetpan goes through it byte by byte. */
static void cut_body(struct leaves *leaves, size_t start, size_t end)
{
	if (end - start < 3 * ABRIDGED_END)
		return;
	size_t at = bytes_find_char(leaves->original, '\n', start + ABRIDGED_END) + 1;
	while (at != 0 && at + ABRIDGED_PIECE + ABRIDGED_END < end) {
		size_t next = bytes_find_char(leaves->original, '\n', at + ABRIDGED_PIECE) + 1;
		if (next == 0 || next + ABRIDGED_END >= end)
			break;
		if (is_dull(bytes_slice(leaves->original, at, next)))
			cut(leaves, at, next - at);
		at = next;
	}
}

static size_t start_in_original(const struct leaves *leaves, const struct part *part)
{
	return (size_t)(part->message->raw.data - leaves->original.data) + part->body_start;
}

static void abridge(struct leaves *leaves, const struct part *const *parts, size_t count)
{
	struct text kept = TEXT_INIT;
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		size_t start = start_in_original(leaves, parts[i]);
		cut_body(leaves, start, start + (parts[i]->body_end - parts[i]->body_start));
	}
	leaves->raw = leaves->original;
	if (leaves->cut_count == 0)
		return;
	for (size_t i = 0; i < leaves->cut_count; i++) {
		text_add_bytes(&kept, bytes_slice(leaves->original, at, leaves->cuts[i].at));
		at = leaves->cuts[i].at + leaves->cuts[i].length;
	}
	text_add_bytes(&kept, bytes_slice(leaves->original, at, leaves->original.length));
	leaves->raw = text_to_arena(&kept, leaves->arena);
}

/* Where an offset outside the cuts has gone. */
static size_t abridged_offset(const struct leaves *leaves, size_t offset)
{
	size_t gone = 0;
	for (size_t i = 0; i < leaves->cut_count && leaves->cuts[i].at < offset; i++)
		gone += leaves->cuts[i].length;
	return offset - gone;
}

static bool is_encoded(enum transfer_encoding encoding)
{
	return encoding == ENCODING_BASE64 || encoding == ENCODING_QUOTED_PRINTABLE;
}

static bool same_leaf(const struct leaves *leaves, const struct leaf *theirs, const struct part *part)
{
	size_t original = start_in_original(leaves, part);
	size_t start = abridged_offset(leaves, original);
	size_t length = abridged_offset(leaves, original + part->body_end - part->body_start) - start;
	if (length > 0 && (theirs->start != start || theirs->length != length))
		return false;
	if (part->type_declared && !(bytes_equal_nocase(theirs->type, bytes_of(part->type)) &&
				     bytes_equal_nocase(theirs->subtype, bytes_of(part->subtype))))
		return false;
	return length == 0 || theirs->encoding == part->encoding ||
	       (!is_encoded(theirs->encoding) && !is_encoded(part->encoding));
}

void message_second_opinion(struct arena *arena, struct message *message)
{
	struct leaves leaves = { .arena = arena, .original = message->raw };
	/* libetpan cuts an unclosed part at its last line that begins with '-': known, common, and no news. */
	if (message->raw.length == 0 || message_has_defect(message, DEFECT_BOUNDARY_UNCLOSED) ||
	    message_has_defect(message, DEFECT_DEPTH) || message_has_defect(message, DEFECT_PARTS) ||
	    message_has_defect(message, DEFECT_HEADER_LONG) || message_has_defect(message, DEFECT_HEADER_MANY))
		return;
	const struct part **parts = NULL;
	size_t count = 0;
	our_leaves(&leaves, message, &parts, &count);
	abridge(&leaves, parts, count);
	if (!guard_message(leaves.raw))
		return;
	bool same = etpan_leaves(&leaves) && leaves.count == count;
	for (size_t i = 0; same && i < count; i++)
		same = same_leaf(&leaves, &leaves.items[i], parts[i]);
	if (!same)
		message_note(arena, message->root, DEFECT_STRUCTURE_DIFFERS);
}

struct addresses {
	struct arena *arena;
	const char **items;
	size_t count;
};

static void add_address(struct addresses *addresses, const struct mailimf_mailbox *mailbox)
{
	*ARENA_PUSH(addresses->arena, addresses->items, addresses->count) =
		arena_string(addresses->arena, mailbox->mb_addr_spec == NULL ? "" : mailbox->mb_addr_spec);
}

static void add_members(struct addresses *addresses, const struct mailimf_group *group)
{
	if (group->grp_mb_list == NULL)
		return;
	for (clistiter *at = clist_begin(group->grp_mb_list->mb_list); at != NULL; at = clist_next(at))
		add_address(addresses, clist_content(at));
}

bool etpan_addresses(struct arena *arena, struct bytes value, const char *const **addresses_out, size_t *count_out)
{
	struct mailimf_address_list *list = NULL;
	size_t at = 0;
	if (!guard_field(value) ||
	    mailimf_address_list_parse(value.data, value.length, &at, &list) != MAILIMF_NO_ERROR)
		return false;
	struct addresses addresses = { .arena = arena };
	for (clistiter *item = clist_begin(list->ad_list); item != NULL; item = clist_next(item)) {
		const struct mailimf_address *address = clist_content(item);
		if (address->ad_type == MAILIMF_ADDRESS_MAILBOX)
			add_address(&addresses, address->ad_data.ad_mailbox);
		else if (address->ad_type == MAILIMF_ADDRESS_GROUP)
			add_members(&addresses, address->ad_data.ad_group);
	}
	mailimf_address_list_free(list);
	*addresses_out = addresses.items;
	*count_out = addresses.count;
	/* What is left over can only be a comment; anything else was not understood. */
	struct cursor rest = { .text = bytes_slice(value, at, value.length), .comment_depth = SIZE_MAX };
	cursor_skip(&rest);
	return cursor_done(&rest);
}
