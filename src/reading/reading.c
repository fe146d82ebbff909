/* reading.c - one message as letters (reading.h). Every shown text is cut into letters by itself; those of plain text
 * and HTML that are the same letter become two passages of one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reading.h"

#include "message/decode.h"
#include "reading/attached.h"
#include "reading/drafts.h"
#include "reading/foot.h"
#include "reading/headers.h"
#include "reading/html.h"
#include "reading/marking.h"
#include "reading/other_readings.h"
#include "reading/unread.h"

/* What is read of all texts together; the rest is reported as unread. */
#define READ_LINES ((size_t)60000)
#define READ_BYTES ((size_t)6 << 20)

static const struct mailboxes_way with_opinion = { mailboxes_of };

/* With the file's name, where it is one. */
static void tell(struct reading_work *work, const struct source *source, const char *why)
{
	const char *place = source->file == NULL || source->place[0] == '\0' ? "" : arena_printf(work->arena, ", %s", source->place);
	unread_add(&work->unread, source->number, source->file == NULL ? why : arena_printf(work->arena, "%s%s: %s", source->file, place, why));
}

static void read_html(struct reading_work *work, struct draft *main, struct source *source, size_t lines_left)
{
	struct html_text html = html_read(work->arena, source->source);
	source->end = html.end;
	source->lines = lines_of_html(work->arena, &html, lines_left);
	if (source->document != NULL)
		attached_keep(work, main, source->document, html.shown);
	if (html.truncated)
		tell(work, source, "HTML too large or too deep to examine to the end");
	if (html.hidden.length > 0)
		markings_of_hidden_text(&main->markings, html.hidden,
					source->file == NULL ? work_place(work->arena, source->number, ", hidden text") :
							       arena_printf(work->arena, "%s, hidden text (part %s)", source->file, source->number));
}

static void read_plain(struct reading_work *work, const struct draft *main, struct source *source, size_t lines_left)
{
	source->lines = lines_of_plain(work->arena, source->source, lines_left);
	if (source->document != NULL)
		attached_keep(work, main, source->document, source->source);
}

void work_read_source(struct reading_work *work, struct draft *main, size_t first, struct source *source, struct bytes utf8)
{
	/* Attached files have a budget of their own, so that they leave the message enough; what their readers gave is counted. */
	size_t *lines_left = source->file != NULL ? &work->document_lines_left : &work->lines_left;
	size_t *bytes_left = source->file != NULL ? &work->documents.left.text : &work->bytes_left;
	source->source = source->counted ? utf8 : utf8_clip(utf8, *bytes_left);
	source->end = utf8.length;
	if (source->html)
		read_html(work, main, source, *lines_left);
	else
		read_plain(work, main, source, *lines_left);
	if (source->source.length < utf8.length || source->lines.cut)
		tell(work, source, "text too long to examine to the end");
	*lines_left -= source->lines.count;
	if (!source->counted)
		*bytes_left -= source->source.length;
	drafts_take(work, main, first, source);
}

static void read_text(struct reading_work *work, struct draft *main, size_t first, const struct part *part)
{
	struct source source = { .part = work->carrier != NULL ? work->carrier : part, .number = part->number, .html = part_is_html(part),
				 .shown = part_is_shown_text(part) };
	struct bytes utf8;
	if (!part_text(work->arena, part, &utf8)) {
		unread_text(&work->unread, part);
		return;
	}
	if (!source.shown) {
		source.file = attached_name(part);
		source.place = "";
		source.document = arena_printf(work->arena, "%s (part %s)", source.file, part->number);
	}
	if (bytes_find(utf8_clip(utf8, work->bytes_left), BYTES("-----BEGIN PGP MESSAGE-----"), 0) != (size_t)-1)
		unread_add(&work->unread, part->number, "encrypted (PGP)");
	work_read_source(work, main, first, &source, utf8);
}

void work_read_message(struct reading_work *work, const struct message *message, enum letter_kind kind, const struct letter *parent)
{
	size_t first = work->draft_count;
	struct draft *main = draft_of_message(work, message, kind, parent);
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		if (part->file_name != NULL)
			markings_of_file_name(&main->markings, part->file_name, part->number);
		for (size_t n = 0; n < part->other_name_count; n++)
			markings_of_file_name(&main->markings, part->other_names[n], part->number);
		if (part->enclosed != NULL)
			work_read_message(work, part->enclosed, LETTER_ENCLOSED, &main->letter);
		else if (!attached_read(work, main, part) && attached_is_text(part))
			read_text(work, main, first, part);
	}
}

const struct reading *reading_make(struct arena *arena, struct message *message, const struct lexicon *lexicon,
				   struct pattern_scratch *scratch)
{
	return reading_make_opening(arena, message, lexicon, scratch, NULL);
}

const struct reading *reading_make_opening(struct arena *arena, struct message *message, const struct lexicon *lexicon,
					   struct pattern_scratch *scratch, const struct document_opener *opener)
{
	struct reading *reading = arena_alloc(arena, sizeof *reading);
	struct reading_work work = {
		.arena = arena,
		.wording = { lexicon, lexicon_stock(lexicon), scratch },
		.unread = { .arena = arena },
		.lines_left = READ_LINES,
		.bytes_left = READ_BYTES,
		.other_lines_left = READ_LINES,
		.other_bytes_left = READ_BYTES,
		.opener = opener,
		.documents = documents_begin(arena),
		.document_lines_left = READ_LINES,
	};
	work_read_message(&work, message, LETTER_OUTER, NULL);
	other_readings_take(&work, work.drafts[0], message);
	reading->other_text_marked = work.other_text_marked;
	unread_defects(&work.unread, message);
	attached_letters(&work);
	const struct letter **letters = arena_array(arena, work.draft_count, sizeof *letters);
	for (size_t i = 0; i < work.draft_count; i++)
		letters[i] = draft_settle(work.drafts[i]);
	reading->outer = letters[0];
	reading->letters = letters;
	reading->letter_count = work.draft_count;
	reading->sentences = work.sentences;
	reading->sentence_count = work.sentence_count;
	reading->feet = feet_of(arena, work.pages, work.page_count, &reading->foot_count);
	reading->unreadable = work.unread.items;
	reading->unreadable_count = work.unread.count;
	reading->viewer = &html_viewer_here;
	reading_take_headers(arena, message, with_opinion, reading);
	return reading;
}
