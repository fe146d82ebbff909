/* reading.c - one message as letters (reading.h). Every shown text is cut into letters by itself; those of plain text
 * and HTML that are the same letter become two passages of one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reading.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "message/decode.h"
#include "reading/foot.h"
#include "reading/headers.h"
#include "reading/marking.h"
#include "reading/sentence.h"
#include "reading/signature.h"
#include "reading/unread.h"

/* What is read of all texts together; the rest is reported as unread. */
#define READ_LINES ((size_t)60000)
#define READ_BYTES ((size_t)6 << 20)
#define SENTENCES_MOST 20000
#define LETTERS_MOST 500

static const struct mailboxes_way with_opinion = { mailboxes_of };

/* A letter while its passages are gathered. */
struct draft {
	struct letter letter;
	struct markings markings;
	struct passage *passages;
	const struct part *matched_in; /* the part in which it was last found */
};

struct reader {
	struct arena *arena;
	struct wording wording;
	struct draft **drafts;
	size_t draft_count;
	struct unread unread;
	struct foot_page *pages;
	size_t page_count;
	struct sentence *sentences;
	size_t sentence_count;
	size_t *seen;       /* open-addressed table of sentences by hash, as index + 1 */
	size_t seen_size;
	size_t lines_left, bytes_left;
};

static struct draft *add_draft(struct reader *reader, enum letter_kind kind, const struct letter *parent)
{
	struct draft *draft = arena_alloc(reader->arena, sizeof *draft);
	draft->letter.kind = kind;
	draft->letter.parent = parent;
	draft->markings.arena = reader->arena;
	draft->markings.wording = &reader->wording;
	*ARENA_PUSH(reader->arena, reader->drafts, reader->draft_count) = draft;
	return draft;
}

/* The letter of a message: what its own headers say. */
static struct draft *draft_of_message(struct reader *reader, const struct message *message, enum letter_kind kind,
				      const struct letter *parent)
{
	struct draft *draft = add_draft(reader, kind, parent);
	letter_of_headers(&draft->markings, message, with_opinion, &draft->letter);
	return draft;
}

static bool same_people(const struct mailbox_list *a, const struct mailbox_list *b)
{
	if (a->count == 0 || b->count == 0)
		return a->count == b->count;
	struct bytes x = bytes_of(a->items[0].address), y = bytes_of(b->items[0].address);
	if (x.length > 0 && y.length > 0)
		return bytes_equal_nocase(x, y);
	return bytes_equal_nocase(bytes_of(a->items[0].name), bytes_of(b->items[0].name));
}

/* The letter that another alternative showed already, or a new one. */
static struct draft *draft_of_found(struct reader *reader, const struct found_letter *found, const struct letter *parent,
				    const struct part *part, size_t first)
{
	for (size_t i = first; i < reader->draft_count; i++) {
		struct draft *draft = reader->drafts[i];
		if (draft->letter.parent == parent && draft->letter.kind == found->kind && draft->matched_in != part &&
		    same_people(&draft->letter.from, &found->intro.from)) {
			draft->matched_in = part;
			return draft;
		}
	}
	struct draft *draft = add_draft(reader, found->kind, parent);
	draft->matched_in = part;
	draft->letter.from = found->intro.from;
	draft->letter.to = found->intro.to;
	draft->letter.cc = found->intro.cc;
	draft->letter.date = found->intro.date;
	letter_take_subject(reader->arena, &draft->letter, found->intro.subject);
	if (found->kind == LETTER_FORWARDED)
		draft->letter.is_forward = true;
	markings_of_subject(&draft->markings, found->intro.subject);
	return draft;
}

static void add_passage(struct reader *reader, struct draft *draft, const struct part *part, const struct found_letter *found,
			bool html, bool attachment)
{
	struct line *lines = arena_array(reader->arena, found->line_count, sizeof *lines);
	for (size_t i = 0; i < found->line_count; i++) {
		const struct text_line *line = found->lines[i].line;
		lines[i] = (struct line){ line->text, line->plain, found->lines[i].zone, line->offset, line->end };
	}
	*ARENA_PUSH(reader->arena, draft->passages, draft->letter.passage_count) =
		(struct passage){ part, html, attachment, lines, found->line_count };
}

static size_t hash_of(struct bytes text)
{
	uint64_t hash = 1469598103934665603u;
	for (size_t i = 0; i < text.length; i++)
		if (!ascii_is_space(text.data[i]))
			hash = (hash ^ (unsigned char)ascii_lower(text.data[i])) * 1099511628211u;
	return (size_t)(hash ^ hash >> 29);
}

/* The same words, however they are spaced. */
static bool says_the_same(struct bytes a, struct bytes b)
{
	size_t i = 0, k = 0;
	for (;;) {
		while (i < a.length && ascii_is_space(a.data[i]))
			i++;
		while (k < b.length && ascii_is_space(b.data[k]))
			k++;
		if (i == a.length || k == b.length)
			return i == a.length && k == b.length;
		if (ascii_lower(a.data[i++]) != ascii_lower(b.data[k++]))
			return false;
	}
}

/* The slot that holds the sentence, or the free one where it goes. */
static size_t *slot_of(struct reader *reader, struct bytes plain)
{
	size_t slot = hash_of(plain) & (reader->seen_size - 1);
	while (reader->seen[slot] != 0 && !says_the_same(reader->sentences[reader->seen[slot] - 1].plain, plain))
		slot = (slot + 1) & (reader->seen_size - 1);
	return &reader->seen[slot];
}

static void make_room(struct reader *reader)
{
	if (2 * (reader->sentence_count + 1) < reader->seen_size)
		return;
	reader->seen_size = reader->seen_size == 0 ? 64 : reader->seen_size * 2;
	reader->seen = arena_array(reader->arena, reader->seen_size, sizeof *reader->seen);
	for (size_t i = 0; i < reader->sentence_count; i++)
		*slot_of(reader, reader->sentences[i].plain) = i + 1;
}

/* False when another alternative said it already. */
static bool is_news(struct reader *reader, struct bytes plain)
{
	make_room(reader);
	size_t *slot = slot_of(reader, plain);
	if (*slot != 0)
		return false;
	*slot = reader->sentence_count + 1;
	return true;
}

/* "part 1.2, hidden text"; a message of one part has no numbers. */
static const char *place_in(struct arena *arena, const char *part, const char *what)
{
	return part[0] == '\0' ? arena_printf(arena, "text%s", what) : arena_printf(arena, "part %s%s", part, what);
}

static void take_sentences(struct reader *reader, const struct letter *letter, const struct part *part, const struct found_letter *found)
{
	size_t count;
	struct said *said = sentences_of(reader->arena, found, true, &count);
	for (size_t i = 0; i < count && reader->sentence_count < SENTENCES_MOST; i++) {
		if (!is_news(reader, said[i].plain))
			continue;
		*ARENA_PUSH(reader->arena, reader->sentences, reader->sentence_count) = (struct sentence){
			.letter = letter,
			.where = place_in(reader->arena, part->number, arena_printf(reader->arena, ", line %zu", said[i].line + 1)),
			.plain = said[i].plain,
			.zone = said[i].zone,
			.question = said[i].question,
		};
	}
}

static void take_signatures(struct reader *reader, struct letter *letter, const struct found_letter *found)
{
	size_t count;
	const struct signature *signatures = signature_read(reader->arena, &reader->wording, found, &count);
	bool named = letter->signature_count > 0 && letter->signatures[0].name != NULL;
	if (count == 0 || named || (letter->signature_count > 0 && signatures[0].name == NULL))
		return;
	letter->signatures = signatures;
	letter->signature_count = count;
}

struct text_of_part {
	const struct part *part;
	bool html, shown;
	struct bytes source;
	size_t end;
	struct text_lines lines;
};

static void take_letter(struct reader *reader, struct draft *draft, struct found_letter *found, const struct text_of_part *text)
{
	struct letter *letter = &draft->letter;
	const char *from_name = letter->from.count == 0 ? NULL : letter->from.items[0].name;
	boilerplate_mark(reader->arena, &reader->wording, found);
	signature_mark(reader->arena, &reader->wording, found, from_name);
	add_passage(reader, draft, text->part, found, text->html, !text->shown);
	if (text->shown)
		take_signatures(reader, letter, found);
	markings_of_text(&draft->markings, found, text->part->number);
	if (letter->kind == LETTER_OUTER && text->shown)
		take_sentences(reader, letter, text->part, found);
}

/* `first` is the first draft of this message: letters are matched among its own. */
static void take_text(struct reader *reader, struct draft *main, size_t first, const struct text_of_part *text)
{
	size_t count;
	/* Quotation marks in an attached file are its own affair: a diff, a listing. */
	size_t most = text->shown && reader->draft_count < LETTERS_MOST ? LETTERS_MOST - reader->draft_count : 0;
	struct found_letter **found = letters_find(reader->arena, &text->lines, main->letter.is_forward, most, &count);
	struct draft **drafts = arena_array(reader->arena, count, sizeof *drafts);
	found[0]->kind = main->letter.kind;
	for (size_t i = 0; i < count; i++) {
		drafts[i] = main;
		for (size_t k = 0; i > 0 && k < i; k++)
			if (found[k] == found[i]->parent)
				drafts[i] = draft_of_found(reader, found[i], &drafts[k]->letter, text->part, first);
		take_letter(reader, drafts[i], found[i], text);
	}
	if (main->letter.kind != LETTER_OUTER || !text->shown)
		return;
	struct text_lines *lines = arena_alloc(reader->arena, sizeof *lines);
	*lines = text->lines;
	*ARENA_PUSH(reader->arena, reader->pages, reader->page_count) =
		(struct foot_page){ text->part, text->html, text->source, text->end, lines, found[0] };
}

static void read_html(struct reader *reader, struct draft *main, struct text_of_part *text)
{
	struct html_text html = html_read(reader->arena, text->source);
	text->end = html.end;
	text->lines = lines_of_html(reader->arena, &html, reader->lines_left);
	if (html.truncated)
		unread_add(&reader->unread, text->part->number, "HTML too large or too deep to examine to the end");
	if (html.hidden.length > 0)
		markings_of_hidden_text(&main->markings, html.hidden, place_in(reader->arena, text->part->number, ", hidden text"));
}

static void read_text(struct reader *reader, struct draft *main, size_t first, const struct part *part)
{
	struct text_of_part text = { .part = part, .html = part_is(part, "text", "html"), .shown = part_is_shown_text(part) };
	struct bytes utf8;
	if (!part_text(reader->arena, part, &utf8)) {
		unread_text(&reader->unread, part);
		return;
	}
	text.source = utf8_clip(utf8, reader->bytes_left);
	text.end = utf8.length;
	if (bytes_find(text.source, BYTES("-----BEGIN PGP MESSAGE-----"), 0) != (size_t)-1)
		unread_add(&reader->unread, part->number, "encrypted (PGP)");
	if (text.html)
		read_html(reader, main, &text);
	else
		text.lines = lines_of_plain(reader->arena, text.source, reader->lines_left);
	if (text.source.length < utf8.length || text.lines.cut)
		unread_add(&reader->unread, part->number, "text too long to examine to the end");
	reader->lines_left -= text.lines.count;
	reader->bytes_left -= text.source.length;
	take_text(reader, main, first, &text);
}

static bool is_readable_text(const struct part *part)
{
	return part_is(part, "text", NULL) && !part_is(part, "text", "calendar") && !part_is(part, "text", "vcard") &&
	       !part_is(part, "text", "x-vcard") && !part_is(part, "text", "directory");
}

static void read_message(struct reader *reader, const struct message *message, enum letter_kind kind, const struct letter *parent)
{
	size_t first = reader->draft_count;
	struct draft *main = draft_of_message(reader, message, kind, parent);
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		unread_part(&reader->unread, part);
		if (part->file_name != NULL)
			markings_of_file_name(&main->markings, part->file_name, part->number);
		if (part->enclosed != NULL)
			read_message(reader, part->enclosed, LETTER_ENCLOSED, &main->letter);
		else if (is_readable_text(part))
			read_text(reader, main, first, part);
	}
}

static const struct letter *settle(struct draft *draft)
{
	struct letter *letter = &draft->letter;
	letter->passages = draft->passages;
	letter->markings = draft->markings.items;
	letter->marking_count = draft->markings.count;
	/* Who labels a message and says elsewhere that something is not confidential has not taken the label away. */
	letter->unmarked = draft->markings.unmarked;
	for (size_t i = 0; i < letter->marking_count; i++)
		if (letter->markings[i].strength == MARKING_EXPLICIT && !letter->markings[i].inherited &&
		    letter->markings[i].place != MARKING_IN_OTHER_TEXT)
			letter->unmarked = false;
	return letter;
}

/* The labels that every client shows, whichever letter they stand in. */
static struct markings labels_shown(struct reader *reader)
{
	struct markings labels = { .arena = reader->arena, .wording = &reader->wording };
	for (size_t i = 0; i < reader->draft_count; i++) {
		const struct markings *of = &reader->drafts[i]->markings;
		for (size_t n = 0; n < of->count; n++)
			if (of->items[n].strength == MARKING_EXPLICIT)
				*ARENA_PUSH(reader->arena, labels.items, labels.count) = of->items[n];
	}
	return labels;
}

static bool read_other_texts(struct reader *reader, const struct message *message)
{
	size_t count;
	bool marked = false;
	struct markings shown = labels_shown(reader);
	const struct other_text *others = message_other_texts(reader->arena, message, &count);
	for (size_t i = 0; i < count && reader->bytes_left > 0; i++) {
		struct bytes text = utf8_clip(others[i].utf8, reader->bytes_left);
		struct text_lines lines = lines_of_plain(reader->arena, text, reader->lines_left);
		size_t letters;
		struct found_letter **found = letters_find(reader->arena, &lines, false, LETTERS_MOST, &letters);
		const char *where = place_in(reader->arena, others[i].part, arena_printf(reader->arena, " %s", others[i].how));
		for (size_t n = 0; n < letters; n++) {
			boilerplate_mark(reader->arena, &reader->wording, found[n]);
			marked |= markings_of_other_text(&reader->drafts[0]->markings, &shown, found[n], where);
		}
		reader->bytes_left -= text.length;
		reader->lines_left -= lines.count;
	}
	return marked;
}

const struct reading *reading_make(struct arena *arena, struct message *message, const struct lexicon *lexicon,
				   struct pattern_scratch *scratch)
{
	struct reading *reading = arena_alloc(arena, sizeof *reading);
	struct reader reader = {
		.arena = arena,
		.wording = { lexicon, lexicon_stock(lexicon), scratch },
		.unread = { .arena = arena },
		.lines_left = READ_LINES,
		.bytes_left = READ_BYTES,
	};
	read_message(&reader, message, LETTER_OUTER, NULL);
	reading->other_text_marked = read_other_texts(&reader, message);
	unread_defects(&reader.unread, message);
	const struct letter **letters = arena_array(arena, reader.draft_count, sizeof *letters);
	for (size_t i = 0; i < reader.draft_count; i++)
		letters[i] = settle(reader.drafts[i]);
	reading->outer = letters[0];
	reading->letters = letters;
	reading->letter_count = reader.draft_count;
	reading->sentences = reader.sentences;
	reading->sentence_count = reader.sentence_count;
	reading->feet = feet_of(arena, reader.pages, reader.page_count, &reading->foot_count);
	reading->unreadable = reader.unread.items;
	reading->unreadable_count = reader.unread.count;
	reading_take_headers(arena, message, with_opinion, reading);
	return reading;
}
