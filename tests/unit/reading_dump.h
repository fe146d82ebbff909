/* reading_dump.h - a reading as text, every member of it, for comparing two. */
#ifndef COPYHOLD_TESTS_READING_DUMP_H
#define COPYHOLD_TESTS_READING_DUMP_H

#include <sys/types.h>

#include "base/text.h"
#include "reading/reading.h"

static void dump_string(struct text *out, const char *name, const char *string)
{
	text_printf(out, " %s=%s%s%s", name, string == NULL ? "" : "\"", string == NULL ? "NULL" : string, string == NULL ? "" : "\"");
}

static void dump_bytes(struct text *out, const char *name, struct bytes bytes)
{
	text_printf(out, " %s=%zu:", name, bytes.length);
	text_add_bytes(out, bytes);
}

static void dump_mailboxes(struct text *out, const char *name, const struct mailbox_list *list)
{
	text_printf(out, "  %s lenient=%d\n", name, list->lenient);
	for (size_t i = 0; i < list->count; i++) {
		dump_string(out, "name", list->items[i].name);
		dump_string(out, "address", list->items[i].address);
		dump_string(out, "group", list->items[i].group);
		text_add(out, "\n");
	}
}

static size_t dump_number_of(const struct reading *reading, const struct letter *letter)
{
	size_t number = 0;
	while (letter != NULL && reading->letters[number] != letter)
		number++;
	return letter == NULL ? (size_t)-1 : number;
}

static void dump_passage(struct text *out, const struct passage *passage)
{
	text_printf(out, "  passage part=%s html=%d attachment=%d\n", passage->part == NULL ? "none" : passage->part->number, passage->html,
		    passage->attachment);
	for (size_t i = 0; i < passage->line_count; i++) {
		const struct line *line = &passage->lines[i];
		text_printf(out, "   %d %zu-%zu", (int)line->zone, line->offset, line->end);
		dump_bytes(out, "text", line->text);
		dump_bytes(out, "plain", line->plain);
		text_add(out, "\n");
	}
}

static void dump_marking(struct text *out, const struct marking *marking)
{
	text_printf(out, "  marking %d %d %d %d", (int)marking->place, (int)marking->strength, marking->inherited, marking->behind_forward);
	dump_string(out, "where", marking->where);
	dump_string(out, "words", marking->words);
	text_add(out, "\n");
}

static void dump_signature(struct text *out, const struct signature *signature)
{
	text_printf(out, "  signature %d %d %d %d %d", signature->as_councillor, signature->as_officer, signature->for_council,
		    signature->for_other_body, signature->personal);
	dump_string(out, "name", signature->name);
	dump_string(out, "office", signature->office);
	dump_string(out, "text", signature->text);
	text_add(out, "\n");
}

static void dump_letter(struct text *out, const struct reading *reading, const struct letter *letter)
{
	text_printf(out, " letter %d parent=%zd reply=%d forward=%d unmarked=%d", (int)letter->kind, (ssize_t)dump_number_of(reading, letter->parent),
		    letter->is_reply, letter->is_forward, letter->unmarked);
	dump_string(out, "subject", letter->subject);
	dump_string(out, "bare", letter->bare_subject);
	dump_string(out, "date", letter->date);
	dump_string(out, "sensitivity", letter->sensitivity);
	text_add(out, "\n");
	dump_mailboxes(out, "from", &letter->from);
	dump_mailboxes(out, "to", &letter->to);
	dump_mailboxes(out, "cc", &letter->cc);
	for (size_t i = 0; i < letter->passage_count; i++)
		dump_passage(out, &letter->passages[i]);
	for (size_t i = 0; i < letter->marking_count; i++)
		dump_marking(out, &letter->markings[i]);
	for (size_t i = 0; i < letter->signature_count; i++)
		dump_signature(out, &letter->signatures[i]);
}

static void dump_sentence(struct text *out, const struct reading *reading, const struct sentence *sentence)
{
	text_printf(out, " sentence letter=%zu zone=%d question=%d", dump_number_of(reading, sentence->letter), (int)sentence->zone,
		    sentence->question);
	dump_string(out, "where", sentence->where);
	dump_bytes(out, "plain", sentence->plain);
	text_add(out, "\n");
}

/* The caller releases it. */
static struct text dump_reading(const struct reading *reading)
{
	struct text out = TEXT_INIT;
	text_printf(&out, "reading outer=%zu other_text_marked=%d auto=%d calendar=%d", dump_number_of(reading, reading->outer),
		    reading->other_text_marked, reading->auto_submitted, reading->of_calendar);
	dump_string(&out, "message_id", reading->message_id);
	text_add(&out, "\n");
	dump_mailboxes(&out, "sender", &reading->sender);
	dump_mailboxes(&out, "bcc", &reading->bcc);
	dump_mailboxes(&out, "resent-from", &reading->resent_from);
	for (size_t i = 0; i < reading->letter_count; i++)
		dump_letter(&out, reading, reading->letters[i]);
	for (size_t i = 0; i < reading->sentence_count; i++)
		dump_sentence(&out, reading, &reading->sentences[i]);
	for (size_t i = 0; i < reading->foot_count; i++) {
		const struct foot *foot = &reading->feet[i];
		text_printf(&out, " foot part=%s html=%d at=%zu end=%d open=%d\n", foot->part->number, foot->html, foot->at, foot->at_end,
			    foot->line_open);
	}
	for (size_t i = 0; i < reading->unreadable_count; i++) {
		dump_string(&out, "part", reading->unreadable[i].part);
		dump_string(&out, "why", reading->unreadable[i].why);
		text_add(&out, "\n");
	}
	return out;
}

#endif
