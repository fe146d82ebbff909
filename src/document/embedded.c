/* embedded.c - files that Windows programs put into documents: the Object Packager's, and those of other programs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/compound.h"
#include "document/formats.h"
#include "document/little_endian.h"

/* A string that ends in NUL; *at moves behind it. */
static bool read_string(struct bytes in, size_t *at, struct bytes *out)
{
	size_t end = bytes_find_char(in, '\0', *at);
	if (end == (size_t)-1)
		return false;
	*out = bytes_slice(in, *at, end);
	*at = end + 1;
	return true;
}

/* Type, label, path, two numbers, the path again with its length, and the file with its length. A link (type 3) has none. */
static bool unpack(struct bytes content, struct bytes *name_out, struct bytes *file_out)
{
	struct bytes path;
	uint32_t length;
	size_t at = 2;
	if (!read_string(content, &at, name_out) || !read_string(content, &at, &path) || !read_u32(content, at + 4, &length))
		return false;
	at += 8;
	if (length > content.length - at)
		return false;
	at += length;
	if (!read_u32(content, at, &length) || length > content.length - at - 4)
		return false;
	*file_out = bytes_slice(content, at + 4, at + 4 + length);
	return true;
}

void package_read(struct documents *documents, const char *place, struct bytes content)
{
	struct bytes label, file;
	if (!unpack(content, &label, &file)) {
		documents_add_trouble(documents, place, "damaged");
		return;
	}
	const char *name = arena_string_of(documents->arena, document_clean(documents->arena, label));
	(void)document_read(documents, document_place(documents->arena, place, name), file, name, NULL);
}

static bool read_file_in(struct documents *documents, const char *place, const struct compound *folder)
{
	/* As the programs that embed name them: Word and Excel 2007 on, Acrobat and Works. */
	static const char *const whole_files[] = { "Package", "CONTENTS" };
	struct bytes packed = compound_stream(folder, "\001Ole10Native");
	if (packed.length > 6) { /* behind its length the same */
		package_read(documents, place, bytes_slice(packed, 4, packed.length));
		return true;
	}
	for (size_t i = 0; i < sizeof whole_files / sizeof *whole_files; i++) {
		struct bytes file = compound_stream(folder, whole_files[i]);
		if (file.length > 0 && document_read(documents, place, file, NULL, NULL))
			return true;
	}
	return false;
}

struct folder_kind {
	const char *stream;
	void (*read)(struct documents *documents, const char *place, const struct compound *folder);
};

/* Only the top of a folder counts: a Word file with a sheet in it holds a "Workbook" too, further down. */
static const struct folder_kind folder_kinds[] = {
	{ "__properties_version1.0", outlook_read_folder },
	{ "WordDocument", word97_read_folder },
	{ "Workbook", excel97_read_folder },
	{ "Book", excel97_read_folder },
	{ "PowerPoint Document", powerpoint97_read_folder },
};

static bool read_folder(struct documents *documents, const char *place, const struct compound *folder)
{
	if (compound_child(folder, "EncryptedPackage") != NULL) {
		documents_add_trouble(documents, place, "locked with a password");
		return true;
	}
	for (size_t i = 0; i < sizeof folder_kinds / sizeof *folder_kinds; i++)
		if (compound_child(folder, folder_kinds[i].stream) != NULL) {
			folder_kinds[i].read(documents, place, folder);
			return true;
		}
	return read_file_in(documents, place, folder);
}

void office97_read(struct documents *documents, const char *place, const struct compound *folder)
{
	if (!read_folder(documents, place, folder))
		documents_add_trouble(documents, place, "an old Office file of a kind that is not examined");
}

void embedded_read_object(struct documents *documents, const char *place, const struct compound *folder)
{
	if (documents->left.depth == 0) {
		documents_add_trouble(documents, place, "files packed in files too deeply to examine");
		return;
	}
	documents->left.depth--;
	(void)read_folder(documents, place, folder);
	documents->left.depth++;
}

void compound_read(struct documents *documents, const char *place, struct bytes content)
{
	const struct compound *top = compound_open(documents, place, content);
	if (top != NULL)
		office97_read(documents, place, top);
}
