/* footer.c - see footer.h: which texts can take the lines, and the edits that put them there, all or none.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/footer.h"

#include <string.h>
#include <strings.h>

#include "action/edits.h"
#include "action/foot_seen.h"
#include "action/foot_style.h"
#include "action/foot_text.h"
#include "action/obstacle.h"
#include "action/splice.h"
#include "action/transcribe.h"
#include "action/widen.h"
#include "message/decode.h"

static bool has_long_line(struct bytes text)
{
	size_t offset = 0;
	struct bytes line;
	while (bytes_next_line(text, &offset, &line))
		if (line.length > MAIL_LINE_LENGTH)
			return true;
	return false;
}

/* Protection without MIME shows only in the text itself. */
static enum untouched why_armoured(struct bytes text)
{
	size_t offset = 0;
	struct bytes line;
	while (bytes_next_line(text, &offset, &line)) {
		enum untouched why = obstacle_in_line(line);
		if (why != TOUCHED)
			return why;
	}
	return TOUCHED;
}

/* One foot being worked on. */
struct target {
	const struct foot *foot;
	const struct part *part;
	struct bytes encoded;
	struct transcript transcript;
	size_t place;          /* of the foot in the decoded bytes */
	struct bytes inserted; /* the lines, in UTF-8 */
	const struct html_viewer *viewer;
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

/* Its bytes are not what its charset says. */
static bool is_misfit(const struct message *message, const struct part *part)
{
	for (size_t i = 0; i < message->defect_count; i++)
		if (message->defects[i].kind == DEFECT_CHARSET && strcmp(message->defects[i].part, part->number) == 0)
			return true;
	return false;
}

/* Formats in which a line of text is a line of text. */
static bool takes_lines(const struct part *part)
{
	static const char *const subtypes[] = { "plain", "markdown", "x-markdown" };
	for (size_t i = 0; i < sizeof subtypes / sizeof subtypes[0]; i++)
		if (part_is(part, "text", subtypes[i]))
			return true;
	return part_is_html(part);
}

static enum untouched why_charset(const struct part *part)
{
	switch (repertoire_of(part->charset)) {
	case REPERTOIRE_UNKNOWN:
		return UNTOUCHED_CHARSET;
	case REPERTOIRE_WIDE: /* a line end of 7bit, 8bit or quoted-printable is two ASCII bytes */
		return part->encoding == ENCODING_BASE64 ? TOUCHED : UNTOUCHED_NOT_ASCII;
	case REPERTOIRE_ASCII:
	case REPERTOIRE_SOME:
		break;
	}
	return TOUCHED;
}

/* Most of these make a message ambiguous too: the more telling reason comes first. */
static enum untouched target_open(struct arena *arena, const struct message *message, const struct foot *foot,
				  struct target *out)
{
	const struct part *part = foot->part;
	*out = (struct target){ .foot = foot, .part = part, .transcript = { .charset = part->charset } };
	enum untouched why = UNTOUCHED_AMBIGUOUS;
	if (part->message == message)
		why = takes_lines(part) ? why_charset(part) : UNTOUCHED_FORMAT;
	if (why != TOUCHED)
		return why;
	out->encoded = bytes_slice(message->raw, part->body_start, part->body_end);
	if (part->encoding == ENCODING_UNKNOWN)
		return UNTOUCHED_ENCODING;
	if (!part_text(arena, part, &out->transcript.text)) /* asked first: it keeps to the limit of decoded bytes */
		return UNTOUCHED_CHARSET;
	if (!splice_decode(arena, part->encoding, out->encoded, &out->transcript.bytes))
		return UNTOUCHED_ENCODING;
	if (!transcript_is_plain(&out->transcript))
		return UNTOUCHED_NOT_ASCII;
	if (!is_clean_cut(out->transcript.text, foot->at) || !transcribe_place(&out->transcript, foot->at, &out->place))
		return UNTOUCHED_CHARSET;
	if (is_misfit(message, part))
		return UNTOUCHED_CHARSET;
	if (message->ambiguous || part->ambiguous || !part->exact)
		return UNTOUCHED_AMBIGUOUS;
	if (part->encoding != ENCODING_BASE64 && has_long_line(out->encoded)) /* base64 is broken anew */
		return UNTOUCHED_LINES;
	return out->foot->html ? TOUCHED : why_armoured(out->transcript.text); /* of HTML, what it shows is asked */
}

static struct bytes foot_insert(struct arena *arena, const struct target *target, bool styled, const char *const *lines,
				size_t line_count)
{
	const struct part *part = target->part;
	const char *format = part_parameter(part, "format");
	const char *charset = part->charset == NULL ? NULL : charset_canonical(part->charset);
	/* Quoted-printable writes line ends as they are: those of the raw body. */
	bool raw_ends = part->encoding == ENCODING_QUOTED_PRINTABLE;
	struct foot_place place = {
		.text = target->transcript.text,
		.at = target->foot->at,
		.flowed = format != NULL && strcasecmp(format, "flowed") == 0,
		.ascii_only = charset == NULL || strcmp(charset, "UTF-8") != 0 || part->encoding == ENCODING_7BIT,
		.styled = styled,
		.eol = raw_ends ? line_end_near(target->encoded, 0) : line_end_near(target->transcript.text, target->foot->at),
	};
	return target->foot->html ? foot_html(arena, &place, lines, line_count) : foot_plain(arena, &place, lines, line_count);
}

/* Another charset would change what the bytes that are there already mean, but where they are ASCII and read as such. */
static bool may_change_charset(const struct transcript *transcript)
{
	return bytes_are_ascii(transcript->bytes) && bytes_equal(transcript->bytes, transcript->text);
}

/* The bytes that go in, and the part made ready for them. */
static enum untouched target_write(struct arena *arena, const struct message *message, struct target *target, struct bytes utf8,
				   struct edit_list *edits)
{
	const struct part *part = target->part;
	const char *charset = part->charset;
	bool widen = !transcribe(arena, &target->transcript, utf8, &target->inserted);
	if (widen) {
		if (!may_change_charset(&target->transcript))
			return UNTOUCHED_CHARSET;
		charset = "utf-8";
		target->inserted = utf8;
	}
	if (has_long_line(target->inserted))
		return UNTOUCHED_LINES;
	if (!transcribe_proves(&target->transcript, target->place, target->inserted, charset, target->foot->at, utf8))
		return UNTOUCHED_CHARSET;
	if (!bytes_are_ascii(target->inserted) && !widen_part(arena, message, part, widen, !is_encoded(part), edits))
		return UNTOUCHED_CANNOT_WIDEN;
	return TOUCHED;
}

static enum untouched why_not_seen(const struct target *target, struct bytes utf8, const char *const *lines, size_t line_count)
{
	struct bytes text = target->transcript.text;
	struct text changed = TEXT_INIT;
	text_reserve(&changed, text.length + utf8.length);
	text_add_bytes(&changed, bytes_slice(text, 0, target->foot->at));
	text_add_bytes(&changed, utf8);
	text_add_bytes(&changed, bytes_slice(text, target->foot->at, text.length));
	enum untouched why = foot_is_seen(target->viewer, text_bytes(&changed), target->foot->at, utf8.length, lines, line_count);
	text_release(&changed);
	return why;
}

/* The lines as they go in: in HTML of a style of their own where a sheet may hide them, or where they are hidden without. An AMP
 * text may not have that style, and is hidden by its sheet until it runs. */
static enum untouched target_compose(struct arena *arena, const struct target *target, const char *const *lines, size_t line_count,
				     struct bytes *utf8_out)
{
	bool styled = target->foot->html && !part_is(target->part, "text", "x-amp-html") && foot_style_is_set(target->transcript.text);
	*utf8_out = foot_insert(arena, target, styled, lines, line_count);
	enum untouched why = target->foot->html ? why_not_seen(target, *utf8_out, lines, line_count) : TOUCHED;
	if (why != UNTOUCHED_NOT_SHOWN || styled)
		return why;
	*utf8_out = foot_insert(arena, target, true, lines, line_count);
	return why_not_seen(target, *utf8_out, lines, line_count);
}

static enum untouched target_edit(struct arena *arena, const struct message *message, struct target *target,
				  const char *const *lines, size_t line_count, struct edit_list *edits)
{
	const struct part *part = target->part;
	struct splice splice;
	struct bytes utf8;
	enum untouched why = target_compose(arena, target, lines, line_count, &utf8);
	if (why == TOUCHED)
		why = target_write(arena, message, target, utf8, edits);
	if (why != TOUCHED)
		return why;
	if (!splice_encoded(arena, part->encoding, target->encoded, target->place, target->inserted, &splice))
		return UNTOUCHED_ENCODING;
	edits_add_body(arena, edits, part->body_start + splice.start, splice.end - splice.start, splice.bytes);
	return TOUCHED;
}

enum untouched footer_splice(struct arena *arena, const struct message *message, const struct reading *reading,
			     const char *const *lines, size_t line_count, struct edit_list *edits_out)
{
	struct edit_list edits = { NULL, 0 };
	*edits_out = edits;
	enum untouched forbidden = obstacle_of(message, reading);
	if (forbidden != TOUCHED)
		return forbidden;
	struct target *targets = arena_array(arena, reading->foot_count, sizeof *targets);
	for (size_t i = 0; i < reading->foot_count; i++) {
		enum untouched why = target_open(arena, message, &reading->feet[i], &targets[i]);
		targets[i].viewer = reading->viewer;
		if (forbidden == TOUCHED || (forbidden == UNTOUCHED_AMBIGUOUS && why != TOUCHED))
			forbidden = why; /* what makes one text ambiguous says more than that the message is */
	}
	if (forbidden != TOUCHED)
		return forbidden;
	for (size_t i = 0; i < reading->foot_count; i++) {
		enum untouched why = target_edit(arena, message, &targets[i], lines, line_count, &edits);
		if (why != TOUCHED)
			return why;
	}
	*edits_out = edits;
	return TOUCHED;
}
