/* footer.c - see footer.h: which texts can take the lines, and the edits that put them there, all or none.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/footer.h"

#include <string.h>
#include <strings.h>

#include "action/edits.h"
#include "action/foot_text.h"
#include "action/splice.h"
#include "action/widen.h"
#include "message/decode.h"

/* RFC 5322 section 2.1.1, without the line end. */
#define LINE_LIMIT 998

struct untouched_row {
	const char *code, *sentence;
};

static const struct untouched_row untouched_rows[] = {
	[TOUCHED] = { "touched", "the line was added" },
	[UNTOUCHED_SIGNED] = { "signed", "the message is signed" },
	[UNTOUCHED_ENCRYPTED] = { "encrypted", "the message is encrypted" },
	[UNTOUCHED_AMBIGUOUS] = { "ambiguous", "mail programs may disagree about how the message is built" },
	[UNTOUCHED_CHARSET] = { "charset", "the message uses a character set that cannot be added to" },
	[UNTOUCHED_ENCODING] = { "encoding", "the transfer encoding of the message is damaged or unknown" },
	[UNTOUCHED_NO_TEXT] = { "no-text", "the message has no text that a line could be added to" },
	[UNTOUCHED_LINES] = { "lines", "the message has lines that are too long for mail" },
	[UNTOUCHED_CANNOT_WIDEN] = { "cannot-widen", "the message cannot carry the letters of the name" },
};

const char *untouched_code(enum untouched why)
{
	return untouched_rows[why].code;
}

const char *untouched_sentence(enum untouched why)
{
	return untouched_rows[why].sentence;
}

/* The charsets we write. A further one is a row here and its conversion in foot_insert. */
struct writable {
	const char *charset; /* charset_canonical */
	bool all;            /* has every character; else ASCII only */
};

static const struct writable writable_charsets[] = {
	{ "UTF-8", true },
	{ "US-ASCII", false },
};

static const struct writable *writable_find(const struct part *part)
{
	const char *name = part->charset == NULL ? "US-ASCII" : charset_canonical(part->charset);
	for (size_t i = 0; name != NULL && i < sizeof writable_charsets / sizeof writable_charsets[0]; i++)
		if (strcasecmp(writable_charsets[i].charset, name) == 0)
			return &writable_charsets[i];
	return NULL;
}

static bool is_ascii(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.length; i++)
		if ((unsigned char)bytes.data[i] > 0x7f)
			return false;
	return true;
}

static bool has_long_line(struct bytes text)
{
	size_t offset = 0;
	struct bytes line;
	while (bytes_next_line(text, &offset, &line))
		if (line.length > LINE_LIMIT)
			return true;
	return false;
}

static bool is_encrypted(const struct part *part)
{
	for (; part != NULL; part = part->parent) {
		const char *kind = part_parameter(part, "smime-type");
		if (part_is(part, "multipart", "encrypted") || part_is(part, "application", "pgp-encrypted") ||
		    part_is(part, "application", "x-microsoft-rpmsg-message"))
			return true;
		if ((part_is(part, "application", "pkcs7-mime") || part_is(part, "application", "x-pkcs7-mime")) &&
		    (kind == NULL || strcasecmp(kind, "signed-data") != 0))
			return true;
	}
	return false;
}

static enum untouched why_protected(const struct part *part)
{
	if (!part_is_protected(part))
		return TOUCHED;
	return is_encrypted(part) ? UNTOUCHED_ENCRYPTED : UNTOUCHED_SIGNED;
}

/* PGP without MIME shows only in the text itself. */
static enum untouched why_armoured(struct bytes text)
{
	size_t offset = 0;
	struct bytes line;
	while (bytes_next_line(text, &offset, &line)) {
		if (bytes_starts_with(line, BYTES("-----BEGIN PGP SIGNED MESSAGE-----")))
			return UNTOUCHED_SIGNED;
		if (bytes_starts_with(line, BYTES("-----BEGIN PGP MESSAGE-----")))
			return UNTOUCHED_ENCRYPTED;
	}
	return TOUCHED;
}

/* A message without a foot: the most telling reason. */
static enum untouched why_no_foot(const struct message *message)
{
	for (size_t i = 0; i < message->part_count; i++) {
		enum untouched why = why_protected(message->parts[i]);
		if (why != TOUCHED)
			return why;
	}
	return message->ambiguous ? UNTOUCHED_AMBIGUOUS : UNTOUCHED_NO_TEXT;
}

/* One foot being worked on. */
struct target {
	const struct foot *foot;
	const struct part *part;
	const struct writable *writable;
	struct bytes encoded, decoded;
};

static bool is_encoded(const struct part *part)
{
	return part->encoding == ENCODING_QUOTED_PRINTABLE || part->encoding == ENCODING_BASE64;
}

/* The offset is one between whole characters and whole line ends. */
static bool is_clean_cut(struct bytes text, size_t at)
{
	if (at > text.length)
		return false;
	if (at == 0 || at == text.length)
		return true;
	return ((unsigned char)text.data[at] & 0xc0) != 0x80 && !(text.data[at] == '\n' && text.data[at - 1] == '\r');
}

/* Most of these make a message ambiguous too: the more telling reason comes first. */
static enum untouched target_open(struct arena *arena, const struct message *message, const struct foot *foot,
				  struct target *out)
{
	const struct part *part = foot->part;
	struct bytes text;
	*out = (struct target){ .foot = foot, .part = part, .writable = writable_find(part) };
	enum untouched why = why_protected(part);
	if (why != TOUCHED)
		return why;
	if (part->message != message)
		return UNTOUCHED_AMBIGUOUS;
	if (out->writable == NULL)
		return UNTOUCHED_CHARSET;
	out->encoded = bytes_slice(message->raw, part->body_start, part->body_end);
	if (part->encoding == ENCODING_UNKNOWN)
		return UNTOUCHED_ENCODING;
	if (!part_text(arena, part, &text)) /* asked first: it keeps to the limit of decoded bytes */
		return UNTOUCHED_CHARSET;
	if (!splice_decode(arena, part->encoding, out->encoded, &out->decoded))
		return UNTOUCHED_ENCODING;
	/* The offset counts in the text as it was read; only where that is the decoded bytes themselves is it a place in them. */
	if (!bytes_equal(text, out->decoded) || !is_clean_cut(text, foot->at))
		return UNTOUCHED_CHARSET;
	if (message->ambiguous || part->ambiguous || !part->exact)
		return UNTOUCHED_AMBIGUOUS;
	if (!is_encoded(part) && has_long_line(out->encoded))
		return UNTOUCHED_LINES;
	return why_armoured(text);
}

static struct bytes foot_insert(struct arena *arena, const struct target *target, const char *const *lines, size_t line_count)
{
	const struct part *part = target->part;
	const char *format = part_parameter(part, "format");
	/* Quoted-printable writes line ends as they are: those of the raw body. */
	bool raw_ends = part->encoding == ENCODING_QUOTED_PRINTABLE;
	struct foot_place place = {
		.text = target->decoded,
		.at = target->foot->at,
		.flowed = format != NULL && strcasecmp(format, "flowed") == 0,
		.ascii_only = !target->writable->all || part->encoding == ENCODING_7BIT,
		.eol = raw_ends ? line_end_near(target->encoded, 0) : line_end_near(target->decoded, target->foot->at),
	};
	return target->foot->html ? foot_html(arena, &place, lines, line_count) : foot_plain(arena, &place, lines, line_count);
}

static enum untouched target_edit(struct arena *arena, const struct message *message, const struct target *target,
				  const char *const *lines, size_t line_count, struct edit_list *edits)
{
	const struct part *part = target->part;
	struct bytes inserted = foot_insert(arena, target, lines, line_count);
	struct splice splice;
	if (has_long_line(inserted))
		return UNTOUCHED_LINES;
	if (!is_ascii(inserted)) {
		/* Another charset would change what 8-bit bytes that are there already mean. */
		if (!target->writable->all && !is_ascii(target->decoded))
			return UNTOUCHED_CHARSET;
		if (!widen_part(arena, message, part, !target->writable->all, !is_encoded(part), edits))
			return UNTOUCHED_CANNOT_WIDEN;
	}
	if (!splice_encoded(arena, part->encoding, target->encoded, target->foot->at, inserted, &splice))
		return UNTOUCHED_ENCODING;
	edits_add_body(arena, edits, part->body_start + splice.start, splice.end - splice.start, splice.bytes);
	return TOUCHED;
}

enum untouched footer_splice(struct arena *arena, const struct message *message, const struct reading *reading,
			     const char *const *lines, size_t line_count, struct edit_list *edits_out)
{
	struct edit_list edits = { NULL, 0 };
	*edits_out = edits;
	if (reading->foot_count == 0)
		return why_no_foot(message);
	struct target *targets = arena_array(arena, reading->foot_count, sizeof *targets);
	for (size_t i = 0; i < reading->foot_count; i++) {
		enum untouched why = target_open(arena, message, &reading->feet[i], &targets[i]);
		if (why != TOUCHED)
			return why;
	}
	for (size_t i = 0; i < reading->foot_count; i++) {
		enum untouched why = target_edit(arena, message, &targets[i], lines, line_count, &edits);
		if (why != TOUCHED)
			return why;
	}
	*edits_out = edits;
	return TOUCHED;
}
