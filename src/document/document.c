/* document.c - one attached file: what it is, and who reads it (document.h).
 *
 * Which library reads what, and why it and no other:
 *   zip, 7z, tar, rar, cab, gzip ...   libarchive   one reader for all of them, from memory, hardened by years of fuzzing
 *   docx, xlsx, pptx, odt, ods, odp    libarchive, libxml2: these are zips of XML; its reader neither fetches nor expands
 *   pdf                                poppler      what the desktop's viewers use, so what people see
 *   files embedded in a pdf            qpdf, zlib   poppler 22.12 crashes on a list of them with an entry amiss (pdf_files.c)
 *   doc, xls, ppt, msg                 libgsf       the OLE2 layer of Gnumeric and AbiWord
 *   winmail.dat                        our own      libytnef stops where others read on: tnef.c
 *   ics                                libical      the reference implementation
 *   rtf, vcf, html, text, letters      our own, small; HTML is read by reading/html.h, letters by message/message.h
 * A kind without a reader holds text that nobody here looks into, which is told as a trouble.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/document.h"

#include "document/formats.h"
#include "document/looks.h"
#include "document/package.h"
#include "message/decode.h"

struct kind {
	bool (*looks)(const struct sample *sample);
	void (*read)(struct documents *documents, const char *place, struct bytes content);
	const char *trouble; /* when there is no reader */
	bool nests;          /* may hold files */
};

/* The encoding that HTML names for itself near its beginning. */
static const char *charset_in_markup(struct arena *arena, struct bytes html)
{
	struct bytes start = bytes_slice(html, 0, 2048);
	size_t at = bytes_find_nocase(start, BYTES("charset="), 0);
	if (at == (size_t)-1)
		return NULL;
	start = bytes_slice(start, at + strlen("charset="), start.length);
	while (start.length > 0 && (start.data[0] == '"' || start.data[0] == '\''))
		start = bytes_slice(start, 1, start.length);
	return arena_string_of(arena, bytes_slice(start, 0, strcspn(arena_string_of(arena, start), "\"' ;/>")));
}

static struct bytes decode(struct arena *arena, struct bytes content, const char *charset)
{
	bool clean;
	if (bytes_starts_with(content, BYTES("\xEF\xBB\xBF")))
		return document_clean(arena, bytes_slice(content, 3, content.length));
	if (bytes_starts_with(content, BYTES("\xFF\xFE")))
		return charset_to_utf8(arena, bytes_slice(content, 2, content.length), "utf-16le", &clean);
	if (bytes_starts_with(content, BYTES("\xFE\xFF")))
		return charset_to_utf8(arena, bytes_slice(content, 2, content.length), "utf-16be", &clean);
	/* Text has no NUL: every other octet being one is UTF-16 without its mark. */
	if (content.length > 1 && (content.data[0] == '\0') != (content.data[1] == '\0'))
		return charset_to_utf8(arena, content, content.data[0] == '\0' ? "utf-16be" : "utf-16le", &clean);
	return charset_to_utf8(arena, content, charset, &clean);
}

static void text_read(struct documents *documents, const char *place, struct bytes content)
{
	struct bytes utf8 = decode(documents->arena, content, NULL);
	if (bytes_find(bytes_slice(utf8, 0, 4096), BYTES("-----BEGIN PGP MESSAGE-----"), 0) != (size_t)-1)
		documents_add_trouble(documents, place, "encrypted (PGP)");
	documents_add_text(documents, place, utf8, false);
}

static void markup_read(struct documents *documents, const char *place, struct bytes content)
{
	documents_add_text(documents, place, decode(documents->arena, content, charset_in_markup(documents->arena, content)), true);
}

static void letter_read(struct documents *documents, const char *place, struct bytes content)
{
	struct document_letter *letter = documents_add_letter(documents, place);
	if (letter == NULL)
		return;
	bool mbox = bytes_starts_with(content, BYTES("From ")) || bytes_starts_with(content, BYTES(">From "));
	size_t start = mbox ? bytes_find_char(content, '\n', 0) + 1 : 0;
	letter->raw = arena_bytes(documents->arena, bytes_slice(content, start, content.length));
}

/* The first row that knows the content has it. */
static const struct kind kinds[] = {
	{ looks_compound, compound_read, NULL, true },
	{ looks_tnef, tnef_read, NULL, true },
	{ looks_rtf, rtf_read, NULL, true },
	{ looks_zip, zip_read, NULL, true },
	{ looks_packed, container_read, NULL, true },
	{ looks_calendar, calendar_read, NULL, true },
	{ looks_vcard, vcard_read, NULL, true },
	{ looks_postscript, NULL, "a PostScript file, which is not examined", false },
	{ looks_wordperfect, NULL, "a WordPerfect document, which is not examined", false },
	{ looks_pdf, pdf_read, NULL, true }, /* behind those whose first octets say what they are */
	{ looks_zip_behind, zip_read, NULL, true },
	{ looks_letter, letter_read, NULL, false },
	{ looks_html, markup_read, NULL, false },
	{ looks_xml, lone_xml_read, NULL, false },
	{ looks_text, text_read, NULL, false },
};

static const struct kind *kind_of(struct bytes content, const char *name, const char *type)
{
	struct sample sample = sample_of(content, name, type);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].looks(&sample))
			return &kinds[i];
	return NULL;
}

static bool is_plain(struct bytes start)
{
	const struct kind *kind = kind_of(start, NULL, NULL);
	return kind == NULL || kind->read == text_read || kind->read == markup_read;
}

static bool is_media(struct bytes start)
{
	struct sample sample = sample_of(start, NULL, NULL);
	return looks_media(&sample);
}

const struct document_opener document_opener = { document_read, is_plain, is_media };

static bool may_open(struct documents *documents, const char *place)
{
	if (documents->left.files > 0) {
		documents->left.files--;
		return true;
	}
	if (!documents->files_told)
		documents_add_trouble(documents, place,
				      arena_printf(documents->arena, "more than %zu files, the rest not examined", DOCUMENT_LIMITS_DEFAULT.files));
	documents->files_told = true;
	return false;
}

bool document_read(struct documents *documents, const char *place, struct bytes content, const char *name, const char *type)
{
	if (content.length == 0)
		return false;
	if (!may_open(documents, place))
		return true;
	const struct kind *kind = kind_of(content, name, type);
	if (kind == NULL)
		return false;
	if (kind->read == NULL) {
		documents_add_trouble(documents, place, kind->trouble);
		return true;
	}
	if (kind->nests && documents->left.depth == 0) {
		documents_add_trouble(documents, place, "files packed in files too deeply to examine");
		return true;
	}
	documents->left.depth -= kind->nests;
	kind->read(documents, place, content);
	documents->left.depth += kind->nests;
	return true;
}
