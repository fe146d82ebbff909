/* unpack.c - libarchive's formats and compressions read from memory (unpack.h).
 *
 * Formats and filters are named one by one: "all" would let a sender have programs started (lrzip, grzip) and plain text
 * taken for a file list (mtree).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "document/looks.h"
#include "message/decode.h"

#define PIECE ((size_t)65536)
#define RATIO_FROM ((size_t)1 << 20) /* small files may shrink to nothing */
#define NAME_BYTES 200
#define NOWHERE ((size_t)-1)

struct unpack {
	struct documents *documents;
	const char *place;
	struct archive *archive;
	size_t packed, given; /* octets of the whole file, and of what came out */
	bool listed;          /* it has a zip's directory with entries */
	size_t entries;
	bool opened;          /* it has a format */
	bool ended;           /* no further */
};

static void trouble(struct unpack *unpack, const char *place)
{
	const char *said = archive_error_string(unpack->archive);
	/* libarchive 3.6 asks the format, and does not look whether it found one. */
	bool locked = (unpack->opened && archive_read_has_encrypted_entries(unpack->archive) > 0) ||
		      (said != NULL && (bytes_find_nocase(bytes_of(said), BYTES("encrypt"), 0) != NOWHERE ||
					bytes_find_nocase(bytes_of(said), BYTES("passphrase"), 0) != NOWHERE));
	documents_add_trouble(unpack->documents, place, locked ? "locked with a password" : "damaged");
}

/* libarchive keeps a record for each entry of a zip before it gives the first. */
static bool has_too_many(struct bytes content)
{
	size_t count = 0;
	if (!bytes_starts_with(content, BYTES("PK")))
		return false;
	for (size_t at = 0; count <= UNPACK_ENTRIES_MOST && (at = bytes_find(content, BYTES("PK\x01\x02"), at)) != NOWHERE; at += 4)
		count++;
	return count > UNPACK_ENTRIES_MOST;
}

static void too_many(struct documents *documents, const char *place)
{
	documents_add_trouble(documents, place, arena_printf(documents->arena, "holds more than %d files", UNPACK_ENTRIES_MOST));
}

/* What was compressed by itself is one file or a tar of them. Were other formats looked for in it, a compressed docx would be
 * taken for a zip of XML files. */
static void support_formats(struct archive *archive, bool compressed)
{
	static int (*const supports[])(struct archive *) = {
		archive_read_support_format_tar, archive_read_support_format_gnutar, archive_read_support_format_raw, archive_read_support_filter_gzip,
		archive_read_support_filter_bzip2, archive_read_support_filter_xz, archive_read_support_filter_lzip, archive_read_support_filter_zstd,
		archive_read_support_filter_lz4, archive_read_support_filter_compress,
	}, (*const containers[])(struct archive *) = {
		archive_read_support_format_zip, archive_read_support_format_7zip, archive_read_support_format_rar, archive_read_support_format_rar5,
		archive_read_support_format_cab, archive_read_support_format_lha,
	};
	for (size_t i = 0; i < sizeof supports / sizeof *supports; i++)
		supports[i](archive);
	for (size_t i = 0; !compressed && i < sizeof containers / sizeof *containers; i++)
		containers[i](archive);
}

struct unpack *unpack_open(struct documents *documents, const char *place, struct bytes content)
{
	if (has_too_many(content)) {
		too_many(documents, place);
		return NULL;
	}
	struct unpack *unpack = calloc(1, sizeof *unpack);
	struct archive *archive = unpack == NULL ? NULL : archive_read_new();
	if (archive == NULL)
		abort();
	*unpack = (struct unpack){ .documents = documents, .place = place, .archive = archive, .packed = content.length,
				    .listed = bytes_find(content, BYTES("PK\x01\x02"), 0) != NOWHERE };
	support_formats(archive, looks_compressed(&(struct sample){ .content = content }));
	if (archive_read_open_memory(archive, content.data, content.length) < ARCHIVE_WARN) {
		trouble(unpack, place);
		unpack_close(unpack);
		return NULL;
	}
	unpack->opened = true;
	return unpack;
}

/* As a clerk can read it: no control characters, no way up. */
static const char *clean_name(struct arena *arena, struct bytes raw)
{
	bool clean;
	struct bytes utf8 = unicode_is_utf8(raw) ? raw : charset_to_utf8(arena, raw, "cp437", &clean);
	char *name = arena_string_of(arena, utf8);
	size_t length = 0;
	for (size_t i = 0; i < utf8.length; i++)
		if ((unsigned char)utf8.data[i] >= ' ' && utf8.data[i] != 0x7f)
			name[length++] = utf8.data[i] == '\\' ? '/' : utf8.data[i];
	name[length] = '\0';
	while (name[0] == '/' || strncmp(name, "../", 3) == 0 || strncmp(name, "./", 2) == 0)
		name += name[0] == '/' ? 1 : strcspn(name, "/") + 1;
	size_t start = strlen(name) > NAME_BYTES ? strlen(name) - NAME_BYTES : 0;
	while (((unsigned char)name[start] & 0xc0) == 0x80)
		start++;
	return name + start; /* the end is what tells files apart */
}

/* One compressed file, without a container: what was compressed may have left its name. */
static bool is_lone(struct unpack *unpack)
{
	return archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW;
}

static const char *name_of(struct unpack *unpack, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry);
	if (name == NULL)
		name = archive_entry_pathname(entry);
	if (name == NULL || (is_lone(unpack) && strcmp(name, "data") == 0))
		return "";
	return clean_name(unpack->documents->arena, bytes_of(name));
}

bool unpack_next(struct unpack *unpack, struct unpack_member *member_out)
{
	struct archive_entry *entry;
	if (unpack->ended)
		return false;
	int result = archive_read_next_header(unpack->archive, &entry);
	bool no_format = result >= ARCHIVE_WARN && is_lone(unpack) && archive_filter_count(unpack->archive) <= 1;
	unpack->ended = result < ARCHIVE_WARN || result == ARCHIVE_EOF || no_format;
	bool lost = result == ARCHIVE_EOF && unpack->entries == 0 && unpack->listed;
	if (lost || (result != ARCHIVE_EOF && unpack->ended))
		trouble(unpack, unpack->place);
	else if (++unpack->entries > UNPACK_ENTRIES_MOST) {
		too_many(unpack->documents, unpack->place);
		unpack->ended = true;
	}
	if (unpack->ended)
		return false;
	mode_t type = archive_entry_filetype(entry);
	*member_out = (struct unpack_member){ name_of(unpack, entry), type == AE_IFREG || type == 0 };
	return true;
}

/* Ten octets that become a gigabyte are a trap, whatever limit is left. */
static bool is_bomb(struct unpack *unpack, const char *place)
{
	if (unpack->given <= RATIO_FROM || unpack->given / unpack->documents->left.ratio < unpack->packed)
		return false;
	documents_add_trouble(unpack->documents, place,
			      arena_printf(unpack->documents->arena, "unpacks to more than %zu times its size", unpack->documents->left.ratio));
	return true;
}

bool unpack_content(struct unpack *unpack, const char *place, struct text *out)
{
	for (;;) {
		text_reserve(out, PIECE);
		la_ssize_t got = archive_read_data(unpack->archive, out->data + out->length, PIECE);
		if (got == 0)
			return true;
		if (got < 0) {
			trouble(unpack, place);
			unpack->ended = got == ARCHIVE_FATAL;
			return false;
		}
		unpack->given += (size_t)got;
		if (!documents_may_unpack(unpack->documents, place, (size_t)got) || is_bomb(unpack, place)) {
			unpack->ended = true;
			return false;
		}
		out->length += (size_t)got;
		out->data[out->length] = '\0';
	}
}

void unpack_close(struct unpack *unpack)
{
	if (unpack == NULL)
		return;
	archive_read_free(unpack->archive);
	free(unpack);
}
