/* looks.c - files known by their signatures, letters and texts by their form (looks.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/looks.h"

#define NOWHERE ((size_t)-1)
#define PDF_WITHIN ((size_t)1024) /* where readers look for "%PDF-" */
#define FORM_WITHIN ((size_t)8192)
#define FIELDS_MOST 200
#define END_WITHIN ((size_t)65536 + 22)
#define TAR_MAGIC 257

static struct bytes behind_mark_and_blanks(struct bytes content)
{
	if (bytes_starts_with(content, BYTES("\xEF\xBB\xBF")))
		content = bytes_slice(content, 3, content.length);
	while (content.length > 0 && ascii_is_space(content.data[0]))
		content = bytes_slice(content, 1, content.length);
	return content;
}

struct sample sample_of(struct bytes content, const char *name, const char *type)
{
	struct bytes whole = bytes_of(name);
	size_t dot = whole.length;
	while (dot > 0 && whole.data[dot - 1] != '.' && whole.data[dot - 1] != '/')
		dot--;
	bool dotted = dot > 0 && whole.data[dot - 1] == '.';
	return (struct sample){ content, behind_mark_and_blanks(content), dotted ? bytes_slice(whole, dot, whole.length) : BYTES_EMPTY, bytes_of(type) };
}

static bool is_one_of(struct bytes word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal_nocase(word, bytes_of(words[i])))
			return true;
	return false;
}

#define IS_ONE_OF(word, words) is_one_of((word), (words), sizeof(words) / sizeof *(words))

bool looks_compound(const struct sample *sample)
{
	return bytes_starts_with(sample->content, BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

bool looks_pdf(const struct sample *sample)
{
	return bytes_find(bytes_slice(sample->content, 0, PDF_WITHIN), BYTES("%PDF-"), 0) != NOWHERE;
}

bool looks_rtf(const struct sample *sample)
{
	return bytes_starts_with(sample->start, BYTES("{\\rt")); /* all that Word looks at */
}

bool looks_tnef(const struct sample *sample)
{
	return bytes_starts_with(sample->content, BYTES("\x78\x9f\x3e\x22"));
}

bool looks_calendar(const struct sample *sample)
{
	return bytes_starts_with_nocase(sample->start, BYTES("BEGIN:VCALENDAR"));
}

bool looks_vcard(const struct sample *sample)
{
	return bytes_starts_with_nocase(sample->start, BYTES("BEGIN:VCARD"));
}

bool looks_zip(const struct sample *sample)
{
	return bytes_starts_with(sample->content, BYTES("PK\x03\x04")) || bytes_starts_with(sample->content, BYTES("PK\x05\x06")) ||
	       bytes_starts_with(sample->content, BYTES("PK00PK\x03\x04"));
}

/* Zips are read from their end: the directory's end record stands in the last octets, a comment behind it. */
bool looks_zip_behind(const struct sample *sample)
{
	size_t from = sample->content.length > END_WITHIN ? sample->content.length - END_WITHIN : 0;
	return bytes_find(sample->content, BYTES("PK\x01\x02"), 0) != NOWHERE && bytes_find(sample->content, BYTES("PK\x05\x06"), from) != NOWHERE;
}

static bool begins_with_one(struct bytes content, const struct bytes *signatures, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_starts_with(content, signatures[i]))
			return true;
	return false;
}

bool looks_compressed(const struct sample *sample)
{
	static const struct bytes signatures[] = {
		BYTES("\x1F\x8B"), BYTES("\x1F\x9D"), BYTES("\xFD" "7zXZ\0"), BYTES("\x28\xB5\x2F\xFD"), BYTES("\x04\x22\x4D\x18"), BYTES("LZIP\x01"),
	};
	struct bytes content = sample->content;
	bool bzip = bytes_starts_with(content, BYTES("BZh")) && content.length > 10 && content.data[3] >= '1' && content.data[3] <= '9' &&
		    content.data[4] == '1' && content.data[5] == 'A';
	return bzip || begins_with_one(content, signatures, sizeof signatures / sizeof *signatures);
}

bool looks_packed(const struct sample *sample)
{
	static const struct bytes signatures[] = { BYTES("7z\xBC\xAF\x27\x1C"), BYTES("Rar!\x1A\x07"), BYTES("MSCF\0\0\0\0") };
	struct bytes content = sample->content;
	bool lha = content.length > 7 && bytes_equal(bytes_slice(content, 2, 5), BYTES("-lh")) && content.data[6] == '-';
	return lha || begins_with_one(content, signatures, sizeof signatures / sizeof *signatures) || looks_compressed(sample) ||
	       bytes_equal(bytes_slice(content, TAR_MAGIC, TAR_MAGIC + 5), BYTES("ustar"));
}

bool looks_media(const struct sample *sample)
{
	static const struct bytes signatures[] = {
		BYTES("\x89PNG\r\n\x1a\n"), BYTES("\xFF\xD8\xFF"), BYTES("GIF87a"), BYTES("GIF89a"), BYTES("II*\0"), BYTES("MM\0*"), BYTES("RIFF"),
		BYTES("ID3"), BYTES("OggS"), BYTES("fLaC"), BYTES("\0\0\1\0"), BYTES("\xD7\xCD\xC6\x9A"), BYTES("\x1A\x45\xDF\xA3"), BYTES("\xFF\xFB"),
	};
	return begins_with_one(sample->content, signatures, sizeof signatures / sizeof *signatures) ||
	       bytes_equal(bytes_slice(sample->content, 4, 8), BYTES("ftyp"));
}

/* Behind comments and an XML declaration. */
static struct bytes first_element(struct bytes text)
{
	for (;;) {
		const char *end = bytes_starts_with(text, BYTES("<!--")) ? "-->" : bytes_starts_with(text, BYTES("<?")) ? "?>" : NULL;
		size_t at = end == NULL ? NOWHERE : bytes_find(text, bytes_of(end), 0);
		if (at == NOWHERE)
			return text;
		text = behind_mark_and_blanks(bytes_slice(text, at + 2, text.length));
		if (text.length > 0 && text.data[0] == '>')
			text = behind_mark_and_blanks(bytes_slice(text, 1, text.length));
	}
}

bool looks_html(const struct sample *sample)
{
	static const char *const beginnings[] = { "<!doctype html", "<html", "<head", "<body", "<meta ", "<title", "<table", "<div", "<p>", "<style",
						  "<script", "<font", "<span" };
	static const char *const extensions[] = { "htm", "html", "xhtml", "xht", "shtml" };
	struct bytes first = first_element(bytes_slice(sample->start, 0, FORM_WITHIN));
	for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
		if (bytes_starts_with_nocase(first, bytes_of(beginnings[i])))
			return true;
	bool named = IS_ONE_OF(sample->extension, extensions) || bytes_starts_with_nocase(sample->type, BYTES("text/html"));
	return named && looks_text(sample);
}

/* UTF-16 is told by its mark or by the first "<". */
bool looks_xml(const struct sample *sample)
{
	static const struct bytes wide[] = { BYTES("\xFF\xFE<\0?\0x\0m\0l\0"), BYTES("\xFE\xFF\0<\0?\0x\0m\0l"), BYTES("<\0?\0x\0m\0l\0"),
					     BYTES("\0<\0?\0x\0m\0l") };
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (bytes_starts_with(sample->content, wide[i]))
			return true;
	return bytes_starts_with(sample->start, BYTES("<?xml")) || bytes_starts_with(sample->start, BYTES("<office:document"));
}

static bool is_field_name(struct bytes name)
{
	for (size_t i = 0; i < name.length; i++)
		if (name.data[i] <= ' ' || (unsigned char)name.data[i] >= 0x7f)
			return false;
	return name.length > 0;
}

/* A memo has To, From and Subject lines as well: only what a mail program wrote has one of these. */
bool looks_letter(const struct sample *sample)
{
	static const char *const people_write[] = { "From", "To", "Subject", "Date" };
	static const char *const programs_write[] = { "Received", "Message-ID", "MIME-Version", "Return-Path", "Content-Type", "DKIM-Signature",
						      "Delivered-To", "X-Mailer", "User-Agent", "Content-Transfer-Encoding" };
	size_t at = 0, fields = 0, people = 0, programs = 0;
	struct bytes line, text = bytes_slice(sample->start, 0, (size_t)1 << 20);
	bool named = bytes_equal_nocase(sample->extension, BYTES("eml")) || bytes_starts_with_nocase(sample->type, BYTES("message/"));
	while (fields < FIELDS_MOST && bytes_next_line(text, &at, &line) && line.length > 0) {
		bool folded = line.data[0] == ' ' || line.data[0] == '\t';
		if ((folded && fields > 0) || (fields == 0 && (bytes_starts_with(line, BYTES("From ")) || bytes_starts_with(line, BYTES(">From ")))))
			continue;
		size_t colon = bytes_find_char(line, ':', 0);
		struct bytes name = colon == NOWHERE ? BYTES_EMPTY : bytes_trim(bytes_slice(line, 0, colon));
		if (!is_field_name(name))
			return false;
		fields++;
		people += IS_ONE_OF(name, people_write);
		programs += IS_ONE_OF(name, programs_write);
	}
	return people >= 1 && (programs >= 1 || named) && people + programs >= 2;
}

/* Control characters that texts have: tab, line ends, form feed, the end mark of old editors, escape sequences of logs. */
static bool is_text_control(char c)
{
	return ascii_is_space(c) || c == '\x1a' || c == '\x1b' || c == '\b';
}

static bool is_wide(struct bytes start)
{
	size_t odd = 0, even = 0;
	for (size_t i = 0; i + 1 < start.length; i += 2) {
		even += start.data[i] == '\0';
		odd += start.data[i + 1] == '\0';
	}
	return start.length >= 8 && ((even == 0 && odd * 4 >= start.length) || (odd == 0 && even * 4 >= start.length));
}

bool looks_text(const struct sample *sample)
{
	static const char *const extensions[] = { "txt", "text", "csv", "tsv", "log", "md", "markdown", "asc", "ini", "conf", "json", "yaml", "yml",
						  "htm", "html", "xhtml", "xht", "shtml" };
	bool named = IS_ONE_OF(sample->extension, extensions) || bytes_starts_with_nocase(sample->type, BYTES("text/"));
	struct bytes start = bytes_slice(sample->content, 0, FORM_WITHIN);
	if (bytes_starts_with(start, BYTES("\0\x05\x16\x07")))
		return false; /* the Finder's notes beside a file ("._minutes.txt") */
	if (bytes_starts_with(start, BYTES("\xFF\xFE")) || bytes_starts_with(start, BYTES("\xFE\xFF")) || is_wide(start))
		return true;
	size_t odd = 0, high = 0;
	for (size_t i = 0; i < start.length; i++) {
		odd += (unsigned char)start.data[i] < ' ' && !is_text_control(start.data[i]);
		high += (unsigned char)start.data[i] >= 0x7f;
	}
	/* Without a name that says so, only what is text beyond doubt. */
	return start.length > 0 && (named ? odd * 20 <= start.length : odd == 0 && high * 4 <= start.length);
}

bool looks_postscript(const struct sample *sample)
{
	return bytes_starts_with(sample->start, BYTES("%!PS")) || bytes_starts_with(sample->content, BYTES("\xC5\xD0\xD3\xC6"));
}

bool looks_wordperfect(const struct sample *sample)
{
	return bytes_starts_with(sample->content, BYTES("\xFFWPC"));
}
