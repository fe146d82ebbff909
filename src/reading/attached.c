/* attached.c - see attached.h. Which letter a file belongs to follows the MIME structure: a file in a forwarded message is the
 * forwarded letter's.
 *
 * The libraries that open files stay behind `struct document_opener`, so that a process that must not run them does not link them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/attached.h"

#include <string.h>

#include "base/text.h"
#include "message/decode.h"
#include "reading/headers.h"
#include "reading/other_readings.h"

#define PEEK ((size_t)4096) /* octets of the encoded body that tell a picture */

const char *attached_name(const struct part *part)
{
	return part->file_name != NULL && part->file_name[0] != '\0' ? part->file_name : "attached file";
}

/* The beginning of the content, without decoding the whole of a picture. */
static struct bytes peek(struct arena *arena, const struct part *part)
{
	bool clean;
	struct bytes start = bytes_slice(bytes_slice(part->message->raw, part->body_start, part->body_end), 0, PEEK);
	if (part->encoding == ENCODING_BASE64)
		return base64_to_bytes(arena, start, &clean);
	if (part->encoding == ENCODING_QUOTED_PRINTABLE)
		return quoted_printable_to_bytes(arena, start, &clean);
	return start;
}

/* "minutes.docx, header: damaged", as the clerk reads it beside the part. */
static void tell(struct reading_work *work, const char *number, const char *file, const char *place, const char *why)
{
	unread_add(&work->unread, number, arena_printf(work->arena, "%s%s%s: %s", file, place[0] == '\0' ? "" : ", ", place, why));
}

/* Without the page: "Licence.pdf (part 2)", "papers.zip, Licence.pdf (part 2)". */
static const char *file_of_place(struct arena *arena, const struct part *part, const char *place)
{
	const char *last = strrchr(place, ','), *inner = last == NULL ? place : last + 1;
	size_t length = strncmp(inner + strspn(inner, " "), "page ", 5) == 0 ? (size_t)((last == NULL ? place : last) - place) : strlen(place);
	return arena_printf(arena, "%s%s%.*s (part %s)", attached_name(part), length == 0 ? "" : ", ", (int)length, place, part->number);
}

static void take_text(struct reading_work *work, struct draft *main, const struct part *part, const struct document_text *text)
{
	const char *file = attached_name(part);
	const char *where = arena_printf(work->arena, "%s%s%s (part %s)", file, text->place[0] == '\0' ? "" : ", ", text->place, part->number);
	if (text->role == DOCUMENT_HIDDEN) {
		markings_of_hidden_text(&main->markings, text->utf8, where);
		return;
	}
	if (text->role == DOCUMENT_SENSITIVITY) {
		markings_of_properties(&main->markings, text->utf8, where);
		return;
	}
	struct source source = { .part = work->carrier != NULL ? work->carrier : part, .number = part->number, .file = file, .place = text->place,
				 .document = text->role == DOCUMENT_BODY ? file_of_place(work->arena, part, text->place) : NULL,
				 .html = text->html, .counted = true };
	work_read_source(work, main, work->draft_count, &source, text->utf8);
}

/* ---- letters in files ----------------------------------------------------------------------------------------- */

/* Its parts are called by the file they are in: "2 (old.eml)", "2 (old.eml), 1.2". */
static void number_parts(struct arena *arena, const struct message *message, const char *above)
{
	for (size_t i = 0; i < message->part_count; i++) {
		struct part *part = message->parts[i];
		part->number = part->number[0] == '\0' ? above : arena_printf(arena, "%s, %s", above, part->number);
		if (part->enclosed != NULL)
			number_parts(arena, part->enclosed, above);
	}
}

static void read_raw(struct reading_work *work, const struct document_letter *letter, const struct letter *parent, const char *number)
{
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct message *message = message_scan(work->arena, message_to_crlf(work->arena, letter->raw), &limits);
	number_parts(work->arena, message, number);
	size_t first = work->draft_count;
	work_read_message(work, message, LETTER_ENCLOSED, parent);
	other_readings_take(work, work->drafts[first], message);
	unread_defects(&work->unread, message);
}

static struct mailbox_list people(struct arena *arena, const char *field)
{
	return mailboxes_parse(arena, bytes_of(field == NULL ? "" : field));
}

static void read_fields(struct reading_work *work, const struct document_letter *letter, const struct letter *parent, const char *number)
{
	size_t first = work->draft_count;
	struct draft *draft = draft_add(work, LETTER_ENCLOSED, parent);
	draft->letter.from = people(work->arena, letter->from);
	draft->letter.to = people(work->arena, letter->to);
	draft->letter.cc = people(work->arena, letter->cc);
	draft->letter.sensitivity = letter->sensitivity;
	letter_take_subject(work->arena, &draft->letter, letter->subject);
	markings_of_subject(&draft->markings, letter->subject);
	markings_of_sensitivity(&draft->markings, letter->sensitivity);
	const struct bytes texts[] = { letter->plain, letter->html };
	for (size_t i = 0; i < 2; i++) {
		struct source source = { .part = work->carrier, .number = number, .html = i == 1, .shown = true };
		if (texts[i].length > 0)
			work_read_source(work, draft, first, &source, texts[i]);
	}
}

static void take_letter(struct reading_work *work, const struct letter *parent, const struct part *part, const struct document_letter *letter)
{
	const char *file = attached_name(part);
	if (work->documents.left.depth == 0 || work->draft_count >= LETTERS_MOST) {
		tell(work, part->number, file, letter->place, "letters in letters too deeply to examine");
		return;
	}
	const struct part *carrier = work->carrier;
	const char *number = arena_printf(work->arena, "%s (%s%s%s)", part->number, file, letter->place[0] == '\0' ? "" : ", ", letter->place);
	work->carrier = carrier != NULL ? carrier : part;
	work->documents.left.depth--;
	if (letter->raw.length > 0)
		read_raw(work, letter, parent, number);
	else
		read_fields(work, letter, parent, number);
	work->documents.left.depth++;
	work->carrier = carrier;
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

void attached_take(struct reading_work *work, struct draft *main, const struct part *part, struct bytes content)
{
	if (work->opener == NULL) {
		unread_add(&work->unread, part->number, arena_printf(work->arena, "%s: not examined", attached_name(part)));
		return;
	}
	struct documents *documents = &work->documents;
	size_t text = documents->text_count, letter = documents->letter_count, trouble = documents->trouble_count;
	const char *type = arena_printf(work->arena, "%s/%s", part->type, part->subtype);
	if (!work->opener->read(documents, "", content, part->file_name, type)) {
		unread_document(&work->unread, part, attached_name(part));
		return;
	}
	/* Letters in the file may bring files themselves, which are read, and gather, before the next is. */
	size_t text_end = documents->text_count, letter_end = documents->letter_count, trouble_end = documents->trouble_count;
	for (; text < text_end; text++)
		take_text(work, main, part, &documents->texts[text]);
	for (; trouble < trouble_end; trouble++)
		tell(work, part->number, attached_name(part), documents->troubles[trouble].place, documents->troubles[trouble].why);
	for (; letter < letter_end; letter++) {
		const struct document_letter found = documents->letters[letter];
		take_letter(work, &main->letter, part, &found);
	}
}

bool attached_is_text(const struct part *part)
{
	return part_is(part, "text", NULL) && !part_is(part, "text", "calendar") && !part_is(part, "text", "vcard") &&
	       !part_is(part, "text", "x-vcard") && !part_is(part, "text", "directory");
}

static bool is_file(const struct reading_work *work, const struct part *part)
{
	bool shown = part_is_shown_text(part) && attached_is_text(part);
	return work->opener != NULL && !part_is_multipart(part) && !shown && !unread_is_closed(part);
}

bool attached_read(struct reading_work *work, struct draft *main, const struct part *part)
{
	struct bytes content;
	if (!is_file(work, part)) {
		unread_part(&work->unread, part);
		return false;
	}
	struct bytes start = peek(work->arena, part);
	if (work->opener->is_media(start))
		return true;
	/* Its declared character set counts where it is but text. */
	if (attached_is_text(part) && work->opener->is_plain(start))
		return false;
	if (!part_decode(work->arena, part, &content))
		unread_add(&work->unread, part->number, arena_printf(work->arena, "%s: too large to examine", attached_name(part)));
	else
		attached_take(work, main, part, content);
	return true;
}
