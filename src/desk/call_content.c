/* call_content.c - the call content: the text of a message as a reader saw it, letter by letter, with the matched words marked. A deed of
 * its own with a reason, journalled before anything is shown.
 *
 * It is text only: no markup of the message, no picture, no address of anything to be fetched. Alternatives of one text are shown
 * once, the one mail programs show.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "view.h"

#define CONTENT_MOST ((size_t)200 << 10) /* octets of text in one answer */
#define MARKS_MOST 200                   /* in one zone */
#define LETTERS_MOST ((size_t)100)

struct content {
	const struct request *request;
	const struct held *held;
	const struct judgement *judgement;
	size_t left; /* octets that may still be shown */
	bool truncated;
};

/* --- matched words --- */

static bool is_of_this_finding(const struct held *held, const char *rule)
{
	for (size_t i = 0; i < held->finding_count; i++)
		if (strcmp(held->findings[i].rule, rule) == 0)
			return true;
	return false;
}

struct marks {
	struct mark {
		size_t from, to;
	} items[MARKS_MOST];
	size_t count;
};

/* Every place of `words` in the text, as long as there is room. */
static void mark_words(struct marks *marks, struct bytes text, struct bytes words)
{
	for (size_t at = words.length < 2 ? (size_t)-1 : bytes_find_nocase(text, words, 0);
	     at != (size_t)-1 && marks->count < MARKS_MOST; at = bytes_find_nocase(text, words, at + words.length))
		marks->items[marks->count++] = (struct mark){ at, at + words.length };
}

static int compare_marks(const void *a, const void *b)
{
	const struct mark *left = a, *right = b;
	return left->from < right->from ? -1 : left->from > right->from;
}

/* In order, and where two meet they are one. */
static json_t *merged(struct marks *marks)
{
	json_t *list = json_array();
	qsort(marks->items, marks->count, sizeof *marks->items, compare_marks);
	for (size_t i = 0; i < marks->count;) {
		struct mark mark = marks->items[i];
		for (i++; i < marks->count && marks->items[i].from <= mark.to; i++)
			if (marks->items[i].to > mark.to)
				mark.to = marks->items[i].to;
		json_array_append_new(list, json_pack("[I, I]", (json_int_t)mark.from, (json_int_t)(mark.to - mark.from)));
	}
	return list;
}

/* Evidence of the findings it was held for, found again: of marked mail the store keeps no words. */
static json_t *marks_json(const struct content *content, struct bytes text)
{
	const struct plan *plan = content->judgement->plan;
	struct marks marks = { .count = 0 };
	for (size_t i = 0; i < plan->finding_count; i++)
		for (size_t k = 0; is_of_this_finding(content->held, plan->findings[i]->rule->id) && k < plan->findings[i]->evidence_count; k++)
			mark_words(&marks, text, bytes_trim(bytes_strip(bytes_of(plan->findings[i]->evidence[k].text), ".\xe2\x80\xa6 ")));
	return merged(&marks);
}

/* --- zones --- */

static const char *zone_word(enum zone zone)
{
	return zone == ZONE_SIGNATURE ? "signature" : zone == ZONE_DISCLAIMER ? "disclaimer" : "text";
}

/* As much as there is room for, cut between characters. */
static struct bytes take(struct content *content, struct bytes text)
{
	size_t length = text.length;
	if (length > content->left) {
		length = content->left;
		while (length > 0 && ((unsigned char)text.data[length] & 0xc0) == 0x80)
			length--;
		content->truncated = true;
	}
	content->left -= length;
	return bytes_slice(text, 0, length);
}

static void add_zone(struct content *content, json_t *zones, enum zone zone, struct text *text)
{
	struct bytes shown = take(content, arena_without_nul(content->request->arena, unicode_repair(content->request->arena, text_bytes(text))));
	if (bytes_trim(shown).length > 0)
		json_array_append_new(zones, json_pack("{s:s, s:s%, s:o}", "kind", zone_word(zone), "text", shown.data, shown.length, "marks",
						       marks_json(content, shown)));
	text_truncate(text, 0);
}

static void add_passage(struct content *content, json_t *zones, const struct passage *passage)
{
	struct text text = TEXT_INIT;
	enum zone zone = ZONE_AUTHOR;
	text_reserve(&text, 1);
	for (size_t i = 0; i < passage->line_count; i++) {
		const struct line *line = &passage->lines[i];
		if (line->zone == ZONE_HEADER)
			continue; /* said by from, date and subject */
		if (line->zone != zone && text.length > 0)
			add_zone(content, zones, zone, &text);
		zone = line->zone;
		text_add_bytes(&text, line->text);
		text_add_char(&text, '\n');
	}
	if (text.length > 0)
		add_zone(content, zones, zone, &text);
	text_release(&text);
}

static bool are_alternatives(const struct part *a, const struct part *b)
{
	return a != b && a->parent != NULL && a->parent == b->parent && part_is(a->parent, "multipart", "alternative");
}

/* Of alternatives the last one is shown, as mail programs do. */
static bool is_shown(const struct letter *letter, size_t index)
{
	for (size_t i = index + 1; i < letter->passage_count; i++)
		if (are_alternatives(letter->passages[index].part, letter->passages[i].part))
			return false;
	return true;
}

/* --- letters --- */

static const char *letter_word(const struct letter *letter)
{
	static const char *const words[] = {
		[LETTER_OUTER] = "author", [LETTER_QUOTED] = "quoted", [LETTER_FORWARDED] = "forwarded", [LETTER_ENCLOSED] = "forwarded",
		[LETTER_ATTACHED] = "attached",
	};
	return words[letter->kind];
}

static json_t *author_json(const struct content *content, const struct letter *letter)
{
	if (letter->from.count == 0)
		return json_null();
	const struct mailbox *from = &letter->from.items[0];
	bool named = from->name != NULL && *from->name != '\0', addressed = from->address != NULL && *from->address != '\0';
	return foreign_json(content->request, named && addressed ? arena_printf(content->request->arena, "%s <%s>", from->name, from->address)
						       : named ? from->name : from->address);
}

static json_t *letter_json(struct content *content, const struct letter *letter)
{
	json_t *zones = json_array();
	for (size_t i = 0; i < letter->passage_count; i++)
		if (is_shown(letter, i))
			add_passage(content, zones, &letter->passages[i]);
	return json_pack("{s:s, s:o, s:o, s:o, s:o}", "who", letter_word(letter), "from", author_json(content, letter), "date",
			 foreign_json(content->request, letter->date), "subject", foreign_json(content->request, letter->subject), "zones", zones);
}

/* Not shown unless this is in the journal. */
static bool journal_look(const struct request *request, const struct held *held, struct error *err)
{
	json_t *detail = json_pack("{s:s}", "reason", argument_text(request->asked, "reason"));
	char *written = json_dumps(detail, JSON_COMPACT);
	bool good = store_journal(request->store, "content viewed", held->id, request->login->address, written, request->now, err);
	free(written);
	json_decref(detail);
	return good;
}

bool call_content(struct request *request, struct error *err)
{
	const struct held *held;
	struct view view;
	if (!request_message(request, &held, err) || !view_open(request, held, &view, err))
		return false;
	if (!view.kept)
		return request_fail(request, err, "gone", "The text of this message is not kept any longer.");
	if (!journal_look(request, held, err))
		return false;
	struct content content = { request, held, view.judgement, CONTENT_MOST, view.trouble != NULL };
	const struct reading *reading = view.judgement->reading;
	json_t *letters = json_array();
	request_add(request, "letters", letters);
	for (size_t i = 0; i < reading->letter_count && i < LETTERS_MOST; i++)
		json_array_append_new(letters, letter_json(&content, reading->letters[i]));
	request_add(request, "truncated", json_boolean(content.truncated || reading->letter_count > LETTERS_MOST));
	return true;
}
