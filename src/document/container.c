/* container.c - files packed in a file, each read as an attachment of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/formats.h"
#include "document/unpack.h"

/* A member that breaks off is read as far as it goes: its trouble is noted already. */
static void member_read(struct documents *documents, const char *place, struct unpack *unpack, const char *name)
{
	struct text content = TEXT_INIT;
	const char *within = document_place(documents->arena, place, name);
	unpack_content(unpack, within, &content);
	document_read(documents, within, text_bytes(&content), name, NULL);
	text_release(&content);
}

void container_read(struct documents *documents, const char *place, struct bytes content)
{
	struct unpack *unpack = unpack_open(documents, place, content);
	struct unpack_member member;
	while (unpack != NULL && !documents->files_told && unpack_next(unpack, &member))
		if (member.file)
			member_read(documents, place, unpack, member.name);
	unpack_close(unpack);
}
