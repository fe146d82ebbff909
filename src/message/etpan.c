/* etpan.c - libetpan's opinion on structure and address grammar; no other file includes its headers.
 *
 * Only its parsers are called, behind guard.c, and only offsets, types and strings are copied out before its tree is
 * freed: its decoders hide text, its writer alters messages, and the preamble it reports may lie outside the message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <libetpan/libetpan.h>
#include <string.h>

#include "internal.h"
#include "message/decode.h"

#define DEPTH_MOST 128 /* the guard lets fewer pass */

struct leaf {
	size_t start, length; /* of the body, in the outermost raw */
	struct bytes type, subtype;
	enum transfer_encoding encoding;
};

struct leaves {
	struct arena *arena;
	struct bytes raw;
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

static bool is_encoded(enum transfer_encoding encoding)
{
	return encoding == ENCODING_BASE64 || encoding == ENCODING_QUOTED_PRINTABLE;
}

static bool same_leaf(const struct leaves *leaves, const struct leaf *theirs, const struct part *part)
{
	size_t start = (size_t)(part->message->raw.data - leaves->raw.data) + part->body_start;
	size_t length = part->body_end - part->body_start;
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
	struct leaves leaves = { .arena = arena, .raw = message->raw };
	/* libetpan cuts an unclosed part at its last line that begins with '-': known, common, and no news. */
	if (message->raw.length == 0 || message_has_defect(message, DEFECT_BOUNDARY_UNCLOSED) ||
	    message_has_defect(message, DEFECT_DEPTH) || message_has_defect(message, DEFECT_PARTS) ||
	    message_has_defect(message, DEFECT_HEADER_LONG) || message_has_defect(message, DEFECT_HEADER_MANY) ||
	    !guard_message(message->raw))
		return;
	const struct part **parts = NULL;
	size_t count = 0;
	our_leaves(&leaves, message, &parts, &count);
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
