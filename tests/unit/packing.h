/* packing.h - packed files made at test time by libarchive's writer. */
#ifndef COPYHOLD_TESTS_PACKING_H
#define COPYHOLD_TESTS_PACKING_H

#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/arena.h"

struct packed {
	const char *name;
	struct bytes content;
};

struct packing {
	int (*format)(struct archive *);
	int (*filter)(struct archive *);
	const char *password;
};

#define PACK_BYTES ((size_t)32 << 20)

static inline struct bytes pack(struct arena *arena, const struct packing *how, const struct packed *members, size_t count)
{
	size_t used = 0;
	char *room = malloc(PACK_BYTES);
	struct archive *archive = archive_write_new();
	how->format(archive);
	if (how->filter != NULL)
		how->filter(archive);
	if (how->password != NULL) {
		archive_write_set_options(archive, "zip:encryption=traditional");
		archive_write_set_passphrase(archive, how->password);
	}
	archive_write_set_bytes_in_last_block(archive, 1);
	if (archive_write_open_memory(archive, room, PACK_BYTES, &used) != ARCHIVE_OK)
		abort();
	for (size_t i = 0; i < count; i++) {
		struct archive_entry *entry = archive_entry_new();
		archive_entry_set_pathname(entry, members[i].name);
		archive_entry_set_filetype(entry, AE_IFREG);
		archive_entry_set_perm(entry, 0644);
		archive_entry_set_size(entry, (la_int64_t)members[i].content.length);
		if (archive_write_header(archive, entry) != ARCHIVE_OK)
			abort();
		if (members[i].content.length > 0)
			archive_write_data(archive, members[i].content.data, members[i].content.length);
		archive_entry_free(entry);
	}
	if (archive_write_close(archive) != ARCHIVE_OK)
		abort();
	archive_write_free(archive);
	struct bytes packed = arena_bytes(arena, (struct bytes){ room, used });
	free(room);
	return packed;
}

static inline struct bytes pack_zip(struct arena *arena, const struct packed *members, size_t count)
{
	return pack(arena, &(struct packing){ archive_write_set_format_zip, NULL, NULL }, members, count);
}

#endif
