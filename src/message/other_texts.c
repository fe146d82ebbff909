/* other_texts.c - what else a mail client might show of a message that can be read in two ways.
 *
 * Every leaf of such a message is also read raw and by every encoding it might have; multiparts give their preamble and
 * epilogue, odd header blocks their lines; and the whole is read again as clients do that divide it otherwise. What no
 * well-formed message hides from anybody - preamble, epilogue, the other half of a disguised text - is read in any message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "base/unicode.h"
#include "message/header.h"
#include "others.h"

#define FILES_MOST 50
#define SUBJECTS_MOST 20

/* From the outermost message's second budget, or the one of the view that is being read. */
static bool spend(struct tree *tree, size_t bytes)
{
	if (tree->view)
		return tree_spend(tree, bytes);
	if (bytes > tree->limits.decoded_bytes - tree->others)
		return false;
	tree->others += bytes;
	return true;
}

bool others_spend(struct collector *collector, size_t bytes)
{
	if (!collector->spent && spend(collector->tree, bytes))
		return true;
	if (!collector->spent)
		message_note(collector->arena, collector->base->root, DEFECT_SIZE);
	collector->spent = true;
	return false;
}

const char *others_number(const struct collector *collector, const struct part *part)
{
	return collector->number != NULL ? collector->number : part->number;
}

void others_add_file(struct collector *collector, const struct part *part, const char *how, const char *name, struct bytes content)
{
	struct other_readings *out = collector->out;
	for (size_t i = 0; i < out->file_count; i++)
		if (bytes_equal(out->files[i].content, content))
			return;
	if (out->file_count == FILES_MOST)
		message_note(collector->arena, collector->base->root, DEFECT_PARTS);
	else
		*ARENA_PUSH(collector->arena, out->files, out->file_count) =
			(struct other_file){ others_number(collector, part), how, name, content };
}

bool others_noted(const struct part *part, enum defect_kind kind)
{
	return record_of(part)->noted >> kind & 1;
}

static bool decodes(const struct part *part)
{
	return part->encoding == ENCODING_BASE64 || part->encoding == ENCODING_QUOTED_PRINTABLE;
}

static bool is_unicode(const char *charset)
{
	const char *canonical = charset_canonical(charset);
	return canonical != NULL && bytes_starts_with(bytes_of(canonical), BYTES("UTF-"));
}

/* Every charset that is named after "charset" in a Content-Type field, or in the head of an HTML text. */
static void add_named_charsets(struct collector *collector, const struct part *part, struct bytes where, struct bytes decoded)
{
	const char *charset;
	for (size_t at = 0, found = 0; found < 8 && (charset = charset_named(collector->arena, where, &at)) != NULL;) {
		bool declared = part->charset != NULL && bytes_equal_nocase(bytes_of(charset), bytes_of(part->charset));
		if (declared || !charset_is_shifty(charset))
			continue;
		found++;
		text_in_charset(collector, part, "in another charset", decoded, charset);
	}
}

/* The charsets that other Content-Type fields, or clients that guess, would apply. */
static void add_other_charsets(struct collector *collector, const struct part *part, struct bytes decoded)
{
	if (part->charset != NULL && (others_noted(part, DEFECT_CHARSET) || !unicode_is_utf8(decoded) || charset_is_shifty(part->charset)))
		text_guess(collector, part, "without its charset", decoded);
	else if (has_iso2022_escape(decoded) || has_overlong(decoded) || bytes_find_char(decoded, '\0', 0) != NOT_FOUND)
		text_guess(collector, part, "without escapes", decoded);
	if (part->charset != NULL && bytes_equal_nocase(bytes_of(part->charset), BYTES("utf-16"))) {
		text_in_charset(collector, part, "as utf-16le", decoded, "utf-16le");
		text_in_charset(collector, part, "as utf-16be", decoded, "utf-16be");
	}
	if (collector->utf7 && !is_unicode(part->charset) && bytes_find_char(decoded, '+', 0) != NOT_FOUND)
		text_in_charset(collector, part, "as utf-7", decoded, "utf-7");
	for (size_t n = 0; n < header_occurrences(part, "Content-Type") && n < SUBJECTS_MOST; n++)
		add_named_charsets(collector, part, header_find(part, "Content-Type", n)->value, decoded);
	if (part_is(part, "text", "html"))
		add_named_charsets(collector, part, bytes_slice(decoded, 0, HTML_HEAD), decoded);
}

static bool block_is_odd(const struct part *part)
{
	return others_noted(part, DEFECT_HEADER_JUNK) || others_noted(part, DEFECT_HEADER_CONTROL) || others_noted(part, DEFECT_NO_BLANK_LINE);
}

static void add_every_way(struct collector *collector, const struct part *part, const char *how, struct bytes bytes)
{
	if (bytes_trim(bytes).length == 0)
		return;
	text_guess(collector, part, how, bytes);
	transfer_guess_quoted_printable(collector, part, bytes);
	transfer_guess_base64(collector, part, bytes);
	uuencode_take(collector, part, bytes, false);
}

/* Long lines of base64 say nothing to anybody as they stand, and are most of a large message. */
static struct bytes without_base64_lines(struct collector *collector, struct bytes body)
{
	struct text kept = TEXT_INIT;
	struct bytes line;
	const struct tree *tree = collector->tree;
	size_t start = 0, affordable = tree->limits.decoded_bytes - (tree->view ? tree->decoded : tree->others);
	for (size_t at = 0; kept.length <= affordable && bytes_next_line(body, &at, &line); start = at)
		if (collector->utf7 || !is_long_base64_line(line))
			text_add_bytes(&kept, bytes_slice(body, start, at));
	return text_to_arena(&kept, collector->arena);
}

/* As it stands, where it was not read so already. */
static void add_raw(struct collector *collector, const struct part *part, struct bytes body, bool shown)
{
	if (!shown || decodes(part) || part->encoding == ENCODING_UNKNOWN)
		text_guess(collector, part, "raw", without_base64_lines(collector, body));
}

static bool is_picture_or_sound(struct bytes content)
{
	static const struct bytes beginnings[] = {
		{ "\x89PNG", 4 }, { "\xFF\xD8\xFF", 3 }, { "GIF8", 4 }, { "BM", 2 }, { "RIFF", 4 }, { "ID3", 3 }, { "\xFF\xFB", 2 },
	};
	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
		if (bytes_starts_with(content, beginnings[i]))
			return true;
	return false;
}

/* What a declared encoding gives is read as the part it is; something else may be inside. */
static void add_decoded(struct collector *collector, const struct part *part, struct bytes decoded, bool shown)
{
	if (shown) {
		uuencode_take(collector, part, decoded, false);
		transfer_guess_base64(collector, part, decoded);
		transfer_guess_quoted_printable(collector, part, decoded);
		segments_take(collector, part, decoded);
	} else if (!is_picture_or_sound(decoded) && !looks_like_document(decoded)) {
		transfer_took(collector, part, "decoded", decoded);
	}
}

static bool says_uuencode(const struct part *part)
{
	const struct header *encoding = header_find(part, "Content-Transfer-Encoding", 0);
	return part->encoding == ENCODING_UNKNOWN && encoding != NULL && bytes_find_nocase(encoding->value, BYTES("uu"), 0) != NOT_FOUND;
}

static void add_leaf(struct collector *collector, const struct part *part)
{
	struct bytes body = part_body(part), decoded;
	bool shown = part_is(part, "text", NULL);
	add_raw(collector, part, body, shown);
	if (part->encoding != ENCODING_QUOTED_PRINTABLE)
		transfer_guess_quoted_printable(collector, part, body);
	if (part->encoding != ENCODING_BASE64)
		transfer_guess_base64(collector, part, body);
	uuencode_take(collector, part, body, false);
	if (says_uuencode(part))
		uuencode_take(collector, part, body, true);
	if (!part_decode(collector->arena, part, &decoded))
		return;
	if (decodes(part))
		add_decoded(collector, part, decoded, shown);
	transfer_reread(collector, part, body);
	if (!shown)
		return;
	add_other_charsets(collector, part, decoded);
	if (!part_is(part, "text", "plain") && bytes_find_char(decoded, '<', 0) == NOT_FOUND)
		text_guess(collector, part, "as plain text", decoded);
}

/* What mail programs write there for those that know no parts. */
static bool is_usual_preamble(struct bytes text)
{
	static const char *const usual[] = {
		"This is a multi-part message in MIME format.",
		"This is a multipart message in MIME format.",
		"This is a MIME-encapsulated message",
		"This is an OpenPGP/MIME signed message (RFC 4880 and 3156)",
		"This is an OpenPGP/MIME encrypted message (RFC 4880 and 3156)",
		"This is a cryptographically signed message in MIME format.",
	};
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (bytes_equal_nocase(text, bytes_of(usual[i])))
			return true;
	return text.length == 0;
}

static void add_outside_text(struct collector *collector, const struct part *part, const char *how, struct bytes bytes)
{
	if (is_usual_preamble(bytes_trim(bytes)))
		return;
	message_note(collector->arena, part, DEFECT_TEXT_OUTSIDE);
	add_every_way(collector, part, how, bytes);
	segments_take(collector, part, bytes);
}

static void add_outside(struct collector *collector, const struct part *part)
{
	const struct part_record *record = record_of(part);
	struct bytes raw = part->message->raw;
	if (part->first_child == NULL)
		return;
	add_outside_text(collector, part, "preamble", bytes_slice(raw, part->body_start, record->preamble_end));
	add_outside_text(collector, part, "epilogue", bytes_slice(raw, record->epilogue_start, part->body_end));
}

static void add_subjects(struct collector *collector, const struct message *message)
{
	const struct header *subject;
	for (size_t n = 0; n < SUBJECTS_MOST && (subject = header_find(message->root, "Subject", n)) != NULL; n++) {
		const char *lenient = subject_leniently(collector->arena, subject);
		if (lenient != NULL)
			text_in_charset(collector, message->root, "subject decoded leniently", bytes_of(lenient), "utf-8");
	}
}

/* A text all by itself that shows the delimiters and heads of parts, as if its own field for that were lost. */
static bool holds_parts(const struct part *part, struct bytes text)
{
	bool alone = part->parent == NULL && part_is(part, "text", "plain");
	size_t at = alone && mentions_content_field(text) ? bytes_find_nocase(text, BYTES("\nContent-Type:"), 0) : NOT_FOUND;
	while (at != NOT_FOUND && at > 0 && text.data[at - 1] != '\n')
		at--;
	return at != NOT_FOUND && bytes_starts_with(bytes_slice(text, at, text.length), BYTES("--"));
}

/* Text that calls itself plain and is HTML, which some clients show as such. */
static bool is_disguised(const struct part *part, struct bytes text)
{
	struct bytes beginning = bytes_slice(bytes_trim(text), 0, 200);
	if (part_is(part, "text", "enriched") || part_is(part, "text", "richtext"))
		return true;
	return part_is(part, "text", "plain") &&
	       (bytes_starts_with_nocase(beginning, BYTES("<html")) || bytes_starts_with_nocase(beginning, BYTES("<!doctype html")) ||
		bytes_starts_with_nocase(beginning, BYTES("<body")) || bytes_starts_with_nocase(beginning, BYTES("<div")));
}

static void add_disguised(struct collector *collector, const struct part *part)
{
	struct bytes text;
	if (!part_is(part, "text", NULL) || !part_text(collector->arena, part, &text))
		return;
	if (holds_parts(part, text)) {
		message_note(collector->arena, part, DEFECT_TEXT_DISGUISED);
		segments_take(collector, part, text);
	}
	if (!is_disguised(part, text))
		return;
	message_note(collector->arena, part, DEFECT_TEXT_DISGUISED);
	text_in_charset(collector, part, "as HTML", text, "utf-8");
	if (collector->out->text_count > 0)
		collector->out->texts[collector->out->text_count - 1].html = true;
}

void others_collect(struct collector *collector, const struct message *message, bool ambiguous)
{
	add_subjects(collector, message);
	for (size_t i = 0; i < message->part_count && !collector->spent; i++) {
		const struct part *part = message->parts[i];
		add_outside(collector, part);
		add_disguised(collector, part);
		if (ambiguous && part->first_child == NULL && !(collector->tree->view && view_repeats(collector->base, part)))
			add_leaf(collector, part);
		if (ambiguous && block_is_odd(part))
			add_every_way(collector, part, "header lines", bytes_slice(message->raw, part->start, part->body_start));
		if (part->enclosed != NULL)
			others_collect(collector, part->enclosed, ambiguous);
	}
}

/* Decoding is what finds the defects of the encodings. */
static void decode_texts(struct arena *arena, const struct message *message)
{
	struct bytes text;
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		if (part_is(part, "text", NULL))
			part_text(arena, part, &text);
		if (part->enclosed != NULL)
			decode_texts(arena, part->enclosed);
	}
}

void message_other_readings(struct arena *arena, const struct message *message, struct other_readings *out)
{
	struct collector collector = { .arena = arena, .tree = tree_of(message), .base = message, .out = out };
	*out = (struct other_readings){ 0 };
	decode_texts(arena, message);
	collector.utf7 = message->ambiguous && bytes_find_nocase(message->raw, BYTES("utf-7"), 0) != NOT_FOUND;
	others_collect(&collector, message, message->ambiguous);
	if (message->ambiguous && !collector.spent)
		views_take(&collector, message);
}
