/* unread.c - see unread.h. Pictures, sound, calendars and signatures are not listed: there is no text to miss in them
 * that this program could judge.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/unread.h"

#include <string.h>

#include "message/header.h"

#define UNREAD_MOST 200

void unread_add(struct unread *unread, const char *part, const char *why)
{
	for (size_t i = 0; i < unread->count; i++)
		if (strcmp(unread->items[i].part, part) == 0 && strcmp(unread->items[i].why, why) == 0)
			return;
	if (unread->count < UNREAD_MOST)
		*ARENA_PUSH(unread->arena, unread->items, unread->count) = (struct unreadable){ part, why };
}

static const struct {
	const char *type, *subtype;
	const char *why;
} by_type[] = {
	{ "multipart", "encrypted", "encrypted (PGP/MIME)" },
	{ "application", "x-microsoft-rpmsg-message", "encrypted (Microsoft rights management)" },
	{ "application", "ms-tnef", "Outlook's own format (winmail.dat)" },
	{ "application", "vnd.ms-tnef", "Outlook's own format (winmail.dat)" },
	{ "message", "partial", "a piece of a larger message" },
	{ "message", "external-body", "content kept elsewhere" },
};

static const struct {
	const char *subtype;
	const char *name;
} documents[] = {
	{ "pdf", "pdf" }, { "msword", "doc" }, { "rtf", "rtf" }, { "zip", "zip" }, { "x-zip-compressed", "zip" }, { "x-zip", "zip" },
	{ "x-7z-compressed", "7z" }, { "x-rar-compressed", "rar" }, { "vnd.rar", "rar" }, { "x-rar", "rar" }, { "gzip", "gz" },
	{ "x-gzip", "gz" }, { "x-tar", "tar" }, { "x-gtar", "tar" }, { "x-bzip2", "bz2" }, { "postscript", "ps" }, { "epub+zip", "epub" },
	{ "vnd.openxmlformats-officedocument.wordprocessingml.document", "docx" },
	{ "vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
	{ "vnd.openxmlformats-officedocument.presentationml.presentation", "pptx" },
	{ "vnd.ms-word.document.macroenabled.12", "docm" }, { "vnd.ms-excel", "xls" }, { "vnd.ms-powerpoint", "ppt" },
	{ "vnd.ms-excel.sheet.macroenabled.12", "xlsm" }, { "vnd.ms-outlook", "msg" }, { "vnd.oasis.opendocument.text", "odt" },
	{ "vnd.oasis.opendocument.spreadsheet", "ods" }, { "vnd.oasis.opendocument.presentation", "odp" },
	{ "vnd.apple.pages", "pages" }, { "x-iwork-pages-sffpages", "pages" }, { "vnd.visio", "vsd" }, { "x-mspublisher", "pub" },
	{ "octet-stream", NULL }, /* by its name only */
};

/* Extensions by which an application/octet-stream or misnamed part counts as a document or archive. */
static const char *const extensions[] = { "pdf", "doc", "docx", "docm", "dot", "dotx", "rtf", "xls", "xlsx", "xlsm", "csv", "ppt", "pptx",
					  "odt", "ods", "odp", "pages", "numbers", "zip", "7z", "rar", "gz", "tar", "tgz", "bz2", "xz",
					  "msg", "eml", "pub", "vsd", "xps", "epub", "wpd", "wps", "txt", "htm", "html", "xml" };

static const char *extension_of(const struct part *part)
{
	if (part->file_name == NULL)
		return NULL;
	struct bytes name = bytes_of(part->file_name);
	size_t dot = name.length;
	while (dot > 0 && name.data[dot - 1] != '.')
		dot--;
	struct bytes extension = bytes_slice(name, dot, name.length);
	for (size_t i = 0; dot > 0 && i < sizeof extensions / sizeof *extensions; i++)
		if (bytes_equal_nocase(extension, bytes_of(extensions[i])))
			return extensions[i];
	return NULL;
}

static const char *document_kind(const struct part *part)
{
	const char *extension = extension_of(part);
	if (!part_is(part, "application", NULL))
		return NULL;
	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
		if (strcmp(part->subtype, documents[i].subtype) == 0)
			return documents[i].name != NULL ? documents[i].name : extension;
	return extension;
}

static bool is_winmail(const struct part *part)
{
	return part->file_name != NULL && bytes_equal_nocase(bytes_of(part->file_name), BYTES("winmail.dat"));
}

static bool is_smime(const struct part *part)
{
	return part_is(part, "application", "pkcs7-mime") || part_is(part, "application", "x-pkcs7-mime");
}

static bool inside_encrypted(const struct part *part)
{
	for (const struct part *above = part->parent; above != NULL; above = above->parent)
		if (part_is(above, "multipart", "encrypted"))
			return true;
	return false;
}

void unread_part(struct unread *unread, const struct part *part)
{
	if (inside_encrypted(part))
		return; /* the multipart itself is listed */
	if (is_smime(part)) {
		const char *kind = part_parameter(part, "smime-type");
		bool signed_only = kind != NULL && bytes_starts_with_nocase(bytes_of(kind), BYTES("signed"));
		unread_add(unread, part->number, signed_only ? "wrapped in a signature (S/MIME)" : "encrypted (S/MIME)");
		return;
	}
	for (size_t i = 0; i < sizeof by_type / sizeof *by_type; i++)
		if (part_is(part, by_type[i].type, by_type[i].subtype)) {
			unread_add(unread, part->number, by_type[i].why);
			return;
		}
	if (is_winmail(part)) {
		unread_add(unread, part->number, "Outlook's own format (winmail.dat)");
		return;
	}
	const char *document = document_kind(part);
	if (document != NULL)
		unread_add(unread, part->number, arena_printf(unread->arena, "attachment not examined (%s)", document));
}

bool unread_is_closed(const struct part *part)
{
	bool closed = inside_encrypted(part) || is_smime(part);
	for (size_t i = 0; i < sizeof by_type / sizeof *by_type; i++)
		closed |= part_is(part, by_type[i].type, by_type[i].subtype) && strstr(by_type[i].subtype, "tnef") == NULL;
	return closed;
}

void unread_document(struct unread *unread, const struct part *part, const char *file)
{
	const char *document = document_kind(part);
	if (document != NULL && part->body_end > part->body_start)
		unread_add(unread, part->number, arena_printf(unread->arena, "%s: damaged, or no %s at all", file, document));
}

void unread_defects(struct unread *unread, const struct message *message)
{
	/* Where the scan stopped at a limit. What else cannot be read is told with its part. */
	static const struct {
		enum defect_kind kind;
		const char *why;
	} limits[] = {
		{ DEFECT_DEPTH, "nested too deeply" },
		{ DEFECT_PARTS, "too many parts" },
		{ DEFECT_SIZE, "too large to examine to the end" },
		{ DEFECT_HEADER_MANY, "too many header fields" },
		{ DEFECT_HEADER_LONG, "a header field too large to examine whole" },
	};
	for (size_t i = 0; i < message->defect_count; i++)
		for (size_t n = 0; n < sizeof limits / sizeof *limits; n++)
			if (message->defects[i].kind == limits[n].kind)
				unread_add(unread, message->defects[i].part, limits[n].why);
}

void unread_text(struct unread *unread, const struct part *part)
{
	const char *why = "text that could not be decoded";
	if (part->encoding == ENCODING_UNKNOWN) {
		const char *encoding = header_text_of(unread->arena, part, "Content-Transfer-Encoding");
		why = arena_printf(unread->arena, "unknown transfer encoding \"%.40s\"", encoding == NULL ? "" : encoding);
	} else if (part->charset != NULL && !message_has_defect(part->message, DEFECT_SIZE)) {
		why = arena_printf(unread->arena, "text in a character set that cannot be read (\"%.40s\")", part->charset);
	}
	unread_add(unread, part->number, why);
}
