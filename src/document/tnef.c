/* tnef.c - winmail.dat (MS-OXTNEF): a message, its recipients and attachments, as attributes one behind another.
 *
 * The walk is our own. libytnef stops at an attribute without content or with a checksum that does not fit, and all behind it is
 * lost; it forgets recipients and writes to standard output. A guard before it would have to do all that is done here.
 * Checksums are not looked at: they say nothing about who wrote what.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/codepage.h"
#include "document/formats.h"
#include "document/little_endian.h"
#include "document/mapi.h"

#define ATTRIBUTES_AT 6 /* behind the signature and a key */
#define PROPERTIES_MOST 20000
#define ATTACHMENTS_MOST 2000
#define DEPTH_MOST 20

enum attribute {
	ATTRIBUTE_SUBJECT = 0x8004,
	ATTRIBUTE_MESSAGE_CLASS = 0x8008,
	ATTRIBUTE_BODY = 0x800C,
	ATTRIBUTE_ATTACH_DATA = 0x800F,
	ATTRIBUTE_ATTACH_TITLE = 0x8010,
	ATTRIBUTE_ATTACH_BEGINS = 0x9002,
	ATTRIBUTE_PROPERTIES = 0x9003,
	ATTRIBUTE_RECIPIENTS = 0x9004,
	ATTRIBUTE_ATTACH_PROPERTIES = 0x9005,
	ATTRIBUTE_CODEPAGE = 0x9007,
};

struct walk {
	struct arena *arena;
	struct mapi_message *message;
	size_t property_count;
	bool damaged, any;
};

struct cursor_in {
	struct bytes in;
	size_t at;
};

static bool take_u32(struct cursor_in *cursor, uint32_t *out)
{
	bool there = read_u32(cursor->in, cursor->at, out);
	cursor->at += there ? 4 : 0;
	return there;
}

/* `length` octets and what fills them up to a multiple of four. */
static bool take(struct cursor_in *cursor, size_t length, struct bytes *out)
{
	if (length > cursor->in.length - cursor->at)
		return false;
	*out = bytes_slice(cursor->in, cursor->at, cursor->at + length);
	size_t filled = (length + 3) & ~(size_t)3;
	cursor->at = filled > cursor->in.length - cursor->at ? cursor->in.length : cursor->at + filled;
	return true;
}

struct type_size {
	unsigned type, size; /* 0: told before each value */
};

static const struct type_size type_sizes[] = {
	{ 0x0002, 2 }, { 0x0003, 4 }, { 0x0004, 4 }, { 0x0005, 8 }, { 0x0006, 8 }, { 0x0007, 8 }, { 0x000A, 4 }, { 0x000B, 2 },
	{ 0x000D, 0 }, { 0x0014, 8 }, { 0x001E, 0 }, { 0x001F, 0 }, { 0x0040, 8 }, { 0x0048, 16 }, { 0x0102, 0 },
};

static const struct type_size *size_of(unsigned type)
{
	for (size_t i = 0; i < sizeof type_sizes / sizeof *type_sizes; i++)
		if (type_sizes[i].type == type)
			return &type_sizes[i];
	return NULL;
}

static bool take_name(struct walk *walk, struct cursor_in *cursor, const char **name_out)
{
	struct bytes guid, name;
	uint32_t kind, value;
	if (!take(cursor, 16, &guid) || !take_u32(cursor, &kind) || !take_u32(cursor, &value))
		return false;
	if (kind == 0)
		return true;
	if (!take(cursor, value, &name))
		return false;
	*name_out = arena_string_of(walk->arena, utf16le_to_utf8(walk->arena, name));
	return true;
}

static bool take_property(struct walk *walk, struct cursor_in *cursor, struct mapi_properties *properties)
{
	uint32_t tag, values = 1, length;
	const char *name = NULL;
	if (!take_u32(cursor, &tag) || (tag >> 16 >= 0x8000 && !take_name(walk, cursor, &name)))
		return false;
	const struct type_size *known = size_of(tag & 0xFFFF & ~(unsigned)MAPI_MANY);
	if (known == NULL || (((tag & MAPI_MANY) != 0 || known->size == 0) && !take_u32(cursor, &values)))
		return false;
	for (uint32_t i = 0; i < values; i++) {
		struct bytes value;
		length = known->size;
		if (walk->property_count >= PROPERTIES_MOST || (known->size == 0 && !take_u32(cursor, &length)) || !take(cursor, length, &value))
			return false;
		walk->property_count++;
		*ARENA_PUSH(walk->arena, properties->items, properties->count) =
			(struct mapi_property){ (uint16_t)(tag >> 16), (uint16_t)tag, value, name };
	}
	return true;
}

static bool take_properties(struct walk *walk, struct cursor_in *cursor, struct mapi_properties *properties)
{
	uint32_t count;
	if (!take_u32(cursor, &count))
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (!take_property(walk, cursor, properties))
			return false;
	return true;
}

static bool take_recipients(struct walk *walk, struct cursor_in *cursor)
{
	uint32_t count;
	if (!take_u32(cursor, &count))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		struct mapi_properties *recipient = ARENA_PUSH(walk->arena, walk->message->recipients, walk->message->recipient_count);
		if (!take_properties(walk, cursor, recipient))
			return false;
	}
	return true;
}

static void add_string(struct walk *walk, struct mapi_properties *properties, enum mapi_id id, struct bytes value)
{
	*ARENA_PUSH(walk->arena, properties->items, properties->count) = (struct mapi_property){ (uint16_t)id, MAPI_STRING8, value, NULL };
}

static struct mapi_attachment *attachment_now(struct walk *walk, bool begins)
{
	struct mapi_message *message = walk->message;
	if (message->attachment_count == 0 || (begins && message->attachment_count < ATTACHMENTS_MOST))
		(void)ARENA_PUSH(walk->arena, message->attachments, message->attachment_count);
	else if (begins)
		walk->damaged = true;
	return &message->attachments[message->attachment_count - 1];
}

static void read_attribute(struct walk *walk, unsigned id, struct bytes value)
{
	struct mapi_message *message = walk->message;
	struct cursor_in cursor = { value, 0 };
	uint32_t number;
	walk->any = true;
	switch (id) {
	case ATTRIBUTE_SUBJECT: add_string(walk, &message->properties, MAPI_NORMALIZED_SUBJECT, value); break;
	case ATTRIBUTE_MESSAGE_CLASS: add_string(walk, &message->properties, MAPI_MESSAGE_CLASS, value); break;
	case ATTRIBUTE_BODY: add_string(walk, &message->properties, MAPI_BODY, value); break;
	case ATTRIBUTE_ATTACH_BEGINS: (void)attachment_now(walk, true); break;
	case ATTRIBUTE_ATTACH_DATA: attachment_now(walk, false)->data = value; break;
	case ATTRIBUTE_ATTACH_TITLE: add_string(walk, &attachment_now(walk, false)->properties, MAPI_ATTACH_FILENAME, value); break;
	case ATTRIBUTE_PROPERTIES: walk->damaged |= !take_properties(walk, &cursor, &message->properties); break;
	case ATTRIBUTE_RECIPIENTS: walk->damaged |= !take_recipients(walk, &cursor); break;
	case ATTRIBUTE_ATTACH_PROPERTIES: walk->damaged |= !take_properties(walk, &cursor, &attachment_now(walk, false)->properties); break;
	case ATTRIBUTE_CODEPAGE:
		if (read_u32(value, 0, &number))
			message->properties.codepage = (long)number;
		break;
	default: break;
	}
}

static void read_attributes(struct walk *walk, struct bytes content)
{
	uint32_t id, length;
	size_t at = ATTRIBUTES_AT;
	/* Level, identifier, length; the value; a checksum. */
	while (at < content.length) {
		if (!read_u32(content, at + 1, &id) || !read_u32(content, at + 5, &length) || length > content.length - at - 9) {
			/* Mail programs end the stream with a few stray octets: that is no damage. */
			walk->damaged |= content.length - at > 9 && (content.data[at] == 1 || content.data[at] == 2);
			return;
		}
		read_attribute(walk, id & 0xFFFF, bytes_slice(content, at + 9, at + 9 + length));
		at += 9 + (size_t)length + 2;
	}
}

static struct mapi_message *read_message(struct arena *arena, struct bytes content, size_t depth, bool *damaged);

/* An object's data begin with the interface it answers to: a message in its turn (again TNEF) or an OLE2 file. */
static void settle_attachment(struct arena *arena, struct mapi_attachment *attachment, size_t depth, bool *damaged)
{
	const struct mapi_property *data = mapi_find(&attachment->properties, MAPI_ATTACH_DATA);
	if (data == NULL)
		return;
	bool object = data->type == MAPI_OBJECT;
	struct bytes value = object ? bytes_slice(data->value, 16, data->value.length) : data->value;
	if (value.length > 0)
		attachment->data = value;
	if (object && depth > 0 && bytes_starts_with(value, BYTES("\x78\x9f\x3e\x22")))
		attachment->message = read_message(arena, value, depth - 1, damaged);
}

static struct mapi_message *read_message(struct arena *arena, struct bytes content, size_t depth, bool *damaged)
{
	struct mapi_message *message = arena_alloc(arena, sizeof *message);
	struct walk walk = { .arena = arena, .message = message };
	read_attributes(&walk, content);
	*damaged = *damaged || walk.damaged || !walk.any;
	for (size_t i = 0; i < message->recipient_count; i++)
		message->recipients[i].codepage = message->properties.codepage;
	for (size_t i = 0; i < message->attachment_count; i++) {
		message->attachments[i].properties.codepage = message->properties.codepage;
		settle_attachment(arena, &message->attachments[i], depth, damaged);
	}
	return message;
}

void tnef_read(struct documents *documents, const char *place, struct bytes content)
{
	bool damaged = false;
	const struct mapi_message *message = read_message(documents->arena, content, DEPTH_MOST, &damaged);
	mapi_message_read(documents, place, message, false);
	if (damaged)
		documents_add_trouble(documents, place, "damaged");
}
