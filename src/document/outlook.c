/* outlook.c - Outlook's .msg (MS-OXMSG): a compound file in which each property of the message is a stream, each recipient and
 * attachment a folder, and a message in the message a folder again. libgsf opens it; what the streams mean is told here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "document/codepage.h"
#include "document/compound.h"
#include "document/little_endian.h"
#include "document/mapi.h"

#define FIXED_PROPERTIES "__properties_version1.0"
#define STREAM_PREFIX "__substg1.0_"
#define NAMED_FROM 0x8000
#define ENTRY ((size_t)16)
#define NAME_ENTRY ((size_t)8)

/* The map of names is one for the whole file, at its top. */
struct names {
	struct bytes entries, strings;
};

static const char *name_of(struct arena *arena, const struct names *names, unsigned id)
{
	size_t at = ((size_t)id - NAMED_FROM) * NAME_ENTRY;
	uint32_t offset, length;
	uint16_t kind;
	if (id < NAMED_FROM || !read_u32(names->entries, at, &offset) || !read_u16(names->entries, at + 4, &kind))
		return NULL;
	bool is_string = (kind & 1) != 0;
	if (!is_string || !read_u32(names->strings, offset, &length) || length > names->strings.length - offset - 4)
		return NULL;
	struct bytes name = bytes_slice(names->strings, (size_t)offset + 4, (size_t)offset + 4 + length);
	return arena_string_of(arena, utf16le_to_utf8(arena, name));
}

static void add_property(struct arena *arena, struct mapi_properties *properties, const struct names *names, unsigned tag, struct bytes value)
{
	struct mapi_property *property = ARENA_PUSH(arena, properties->items, properties->count);
	*property = (struct mapi_property){ (uint16_t)(tag >> 16), (uint16_t)tag, value, name_of(arena, names, tag >> 16) };
}

/* "__substg1.0_0037001F", and "-00000000" behind it for one of several values; the lengths of several have no such end. */
static bool tag_of(const char *name, unsigned *tag_out)
{
	struct bytes whole = bytes_of(name), prefix = bytes_of(STREAM_PREFIX);
	if (!bytes_starts_with_nocase(whole, prefix) || whole.length < prefix.length + 8)
		return false;
	char digits[9], *end;
	memcpy(digits, name + prefix.length, 8);
	digits[8] = '\0';
	*tag_out = (unsigned)strtoul(digits, &end, 16);
	bool several = (*tag_out & MAPI_MANY) != 0;
	return *end == '\0' && (!several || whole.length > prefix.length + 8 || (*tag_out & 0xFFF) < MAPI_STRING8);
}

/* The numbers: 16 octets each behind a header, of which the last eight hold the value. */
static void read_fixed(struct arena *arena, struct mapi_properties *properties, const struct names *names, struct bytes stream, size_t header)
{
	uint32_t tag;
	for (size_t at = header; at + ENTRY <= stream.length && read_u32(stream, at, &tag); at += ENTRY) {
		unsigned type = tag & 0xFFFF;
		if (type == MAPI_SHORT || type == MAPI_LONG || type == MAPI_BOOLEAN)
			add_property(arena, properties, names, tag, bytes_slice(stream, at + 8, at + ENTRY));
	}
}

static struct mapi_properties read_properties(struct arena *arena, const struct compound *folder, const struct names *names, size_t header)
{
	struct mapi_properties properties = { 0 };
	unsigned tag;
	for (size_t i = 0; i < folder->child_count; i++)
		if (!folder->children[i].storage && tag_of(folder->children[i].name, &tag))
			add_property(arena, &properties, names, tag, folder->children[i].content);
	read_fixed(arena, &properties, names, compound_stream(folder, FIXED_PROPERTIES), header);
	return properties;
}

static struct mapi_message *read_message(struct arena *arena, const struct compound *folder, const struct names *names, size_t header);

static void read_attachment(struct arena *arena, struct mapi_attachment *attachment, const struct compound *folder, const struct names *names)
{
	attachment->properties = read_properties(arena, folder, names, 8);
	const struct mapi_property *data = mapi_find(&attachment->properties, MAPI_ATTACH_DATA);
	if (data != NULL)
		attachment->data = data->value;
	const struct compound *object = compound_child(folder, STREAM_PREFIX "3701000D");
	if (object == NULL || !object->storage)
		return;
	if (compound_child(object, FIXED_PROPERTIES) != NULL)
		attachment->message = read_message(arena, object, names, 24);
	else
		attachment->folder = object;
}

/* Recursion as deep as compound.h lets folders nest. */
static struct mapi_message *read_message(struct arena *arena, const struct compound *folder, const struct names *names, size_t header)
{
	struct mapi_message *message = arena_alloc(arena, sizeof *message);
	message->properties = read_properties(arena, folder, names, header);
	long codepage = mapi_codepage(&message->properties);
	for (size_t i = 0; i < folder->child_count; i++) {
		const struct compound *child = &folder->children[i];
		if (bytes_starts_with_nocase(bytes_of(child->name), BYTES("__recip_version1.0_"))) {
			struct mapi_properties *recipient = ARENA_PUSH(arena, message->recipients, message->recipient_count);
			*recipient = read_properties(arena, child, names, 8);
			recipient->codepage = codepage;
		} else if (bytes_starts_with_nocase(bytes_of(child->name), BYTES("__attach_version1.0_"))) {
			struct mapi_attachment *attachment = ARENA_PUSH(arena, message->attachments, message->attachment_count);
			read_attachment(arena, attachment, child, names);
			attachment->properties.codepage = codepage;
		}
	}
	return message;
}

void outlook_read_folder(struct documents *documents, const char *place, const struct compound *top)
{
	const struct compound *map = compound_child(top, "__nameid_version1.0");
	struct names names = { BYTES_EMPTY, BYTES_EMPTY };
	if (map != NULL)
		names = (struct names){ compound_stream(map, STREAM_PREFIX "00030102"), compound_stream(map, STREAM_PREFIX "00040102") };
	mapi_message_read(documents, place, read_message(documents->arena, top, &names, 32), true);
}
