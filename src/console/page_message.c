/* page_message.c - all that is known of one message, but for its text: why it is here, to whom it goes, what was done, what can be done.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "console/pages.h"
#include "page_parts.h"

/* Octets shown of the name of a file. */
#define FILE_NAME_SHOWN ((size_t)160)

static const struct word words_of_direction[] = {
	{ "incoming", "From outside into the council" },
	{ "outgoing", "From the council to the outside" },
	{ "internal", "Within the council" },
	{ NULL, NULL },
};

static void add_anchor(struct page *page, const char *href, const char *words)
{
	markup_open(page->markup, "li", NULL);
	page_link_to(page, href, words);
	markup_close(page->markup, "li");
}

static void add_contents(struct page *page, bool text)
{
	markup_open(page->markup, "nav", "aria-label", "On this page", NULL);
	markup_open(page->markup, "ul", "class", "pages", NULL);
	add_anchor(page, "#why", "Why it is here");
	add_anchor(page, "#people", "From whom to whom");
	add_anchor(page, "#decision", "Your decision");
	if (text)
		add_anchor(page, "#text", "Read the text");
	add_anchor(page, "#history", "What was done");
	markup_close(page->markup, "ul");
	markup_close(page->markup, "nav");
}

static void add_received(struct page *page, const json_t *answer, const json_t *entry)
{
	int64_t at;
	facts_open(page, "Received");
	if (clock_parse_rfc3339(answer_string(answer, "received"), &at, NULL))
		page_time(page, at);
	else
		page_when(page, entry, "at");
	facts_close(page);
}

static void add_summary(struct page *page, const json_t *answer, const json_t *entry)
{
	const char *state = answer_string(entry, "state"), *outcome = answer_string(entry, "outcome");
	facts_begin(page);
	facts_open(page, "Subject");
	page_subject(page, entry);
	if (answer_true(entry, "overdue"))
		page_tag(page, "Overdue");
	facts_close(page);
	if (json_is_integer(json_object_get(entry, "waiting_hours")))
		facts_words(page, "Waiting", page_hours(page, answer_number(entry, "waiting_hours")));
	if (answer_number(entry, "deadline") > 0)
		facts_when(page, "To be decided by", entry, "deadline");
	if (*state != '\0')
		facts_words(page, "State", arena_printf(page->markup->arena, "The message %s.", word_of(words_of_state, state)));
	else
		facts_words(page, "State", word_of(words_of_outcome, outcome));
	if (answer_true(entry, "escalated"))
		facts_words(page, "Passed on", "It was passed to the second reviewer.");
	if (answer_true(entry, "two_persons"))
		facts_words(page, "Two persons", "A release needs two persons: one decides, another confirms.");
	add_received(page, answer, entry);
	facts_words(page, "Direction", word_of(words_of_direction, answer_string(entry, "direction")));
	if (answer_number(entry, "size") > 0)
		facts_words(page, "Size", page_size(page, answer_number(entry, "size")));
	facts_end(page);
}

static void add_recipient(struct page *page, const json_t *recipient)
{
	struct markup *markup = page->markup;
	const char *state = answer_string(recipient, "state"), *outcome = answer_string(recipient, "outcome");
	const json_t *visible = json_object_get(recipient, "visible");
	markup_open(markup, "tr", NULL);
	markup_open(markup, "th", "scope", "row", NULL);
	page_person(page, recipient);
	markup_close(markup, "th");
	table_cell(page, json_is_true(visible) ? "Open: all can see it" : json_is_false(visible) ? "Hidden from the others" : "Not known");
	markup_open(markup, "td", NULL);
	markup_printf(markup, "Copy %s.", *state != '\0' ? word_of(words_of_state, state) : word_of(words_of_outcome, outcome));
	if (*answer_string(recipient, "by") != '\0') {
		markup_words(markup, " Last step by ");
		markup_foreign(markup, answer_string(recipient, "by"));
		markup_words(markup, ", ");
		page_when(page, recipient, "at");
		markup_words(markup, ".");
	}
	if (*answer_string(recipient, "reply") != '\0') {
		markup_words(markup, " The mail system said: ");
		markup_foreign(markup, answer_string(recipient, "reply"));
	}
	markup_close(markup, "td");
	markup_close(markup, "tr");
}

static void add_people(struct page *page, const json_t *answer, const json_t *entry)
{
	static const char *const columns[] = { "Recipient", "Open or hidden", "What became of the copy", NULL };
	const json_t *recipients = json_object_get(answer, "recipients");
	size_t index;
	json_t *recipient;
	markup_element(page->markup, "h2", "From whom to whom", "id", "people", NULL);
	facts_begin(page);
	facts_open(page, "From");
	page_person(page, json_object_get(entry, "from"));
	facts_close(page);
	facts_end(page);
	if (json_array_size(recipients) == 0) {
		page_paragraph(page, "No recipient is on record.");
		return;
	}
	table_begin(page, "Each recipient, and what became of the copy", columns);
	json_array_foreach((json_t *)recipients, index, recipient)
		add_recipient(page, recipient);
	table_end(page);
}

/* Kinds of files by how their media type begins. */
static const struct word words_of_type[] = {
	{ "application/pdf", "PDF document" },
	{ "application/msword", "Word document" },
	{ "application/vnd.openxmlformats-officedocument.wordprocessingml", "Word document" },
	{ "application/vnd.oasis.opendocument.text", "Text document" },
	{ "application/rtf", "Text document" },
	{ "text/rtf", "Text document" },
	{ "application/vnd.ms-excel", "Spreadsheet" },
	{ "application/vnd.openxmlformats-officedocument.spreadsheetml", "Spreadsheet" },
	{ "application/vnd.oasis.opendocument.spreadsheet", "Spreadsheet" },
	{ "application/vnd.ms-powerpoint", "Slides" },
	{ "application/vnd.openxmlformats-officedocument.presentationml", "Slides" },
	{ "application/vnd.oasis.opendocument.presentation", "Slides" },
	{ "application/zip", "Packed files" },
	{ "message/rfc822", "E-mail" },
	{ "text/calendar", "Appointment" },
	{ "text/plain", "Plain text" },
	{ "text/html", "Web page" },
	{ "image/", "Picture" },
	{ "audio/", "Sound" },
	{ "video/", "Film" },
	{ NULL, NULL },
};

static const char *type_words(const char *type)
{
	for (const struct word *word = words_of_type; word->code != NULL; word++)
		if (bytes_starts_with_nocase(bytes_of(type), bytes_of(word->code)))
			return word->words;
	return type;
}

static void add_attachments(struct page *page, const json_t *attachments)
{
	static const char *const columns[] = { "Name", "#Size", "Kind", "What was found", NULL };
	size_t index;
	json_t *attachment;
	markup_element(page->markup, "h2", "Attachments", NULL);
	if (json_array_size(attachments) == 0) {
		page_paragraph(page, "There are none.");
		return;
	}
	table_begin(page, "The attachments by name, size and finding; they cannot be opened here", columns);
	json_array_foreach((json_t *)attachments, index, attachment) {
		const char *name = answer_string(attachment, "name");
		markup_open(page->markup, "tr", NULL);
		markup_open(page->markup, "th", "scope", "row", NULL);
		markup_foreign(page->markup, page_spoken(page, page_shortened(page, name, FILE_NAME_SHOWN), "Without a name"));
		markup_close(page->markup, "th");
		table_number(page, json_is_integer(json_object_get(attachment, "size")) ? page_size(page, answer_number(attachment, "size")) : "not known");
		table_foreign(page, type_words(answer_string(attachment, "type")));
		table_foreign(page, page_spoken(page, answer_string(attachment, "said"), "Nothing noted"));
		markup_close(page->markup, "tr");
	}
	table_end(page);
}

/* "1.2" is a place in the message, anything else a name. */
static void add_part(struct page *page, const char *part)
{
	if (*part == '\0')
		return;
	if (strspn(part, "0123456789.") == strlen(part))
		markup_words(page->markup, "Part ");
	markup_foreign(page->markup, page_shortened(page, part, FILE_NAME_SHOWN));
	markup_words(page->markup, ": ");
}

static void add_unread(struct page *page, const json_t *unread)
{
	size_t index;
	json_t *part;
	markup_element(page->markup, "h2", "What was not examined", NULL);
	if (json_array_size(unread) == 0) {
		page_paragraph(page, "Everything could be read.");
		return;
	}
	markup_open(page->markup, "ul", NULL);
	json_array_foreach((json_t *)unread, index, part) {
		markup_open(page->markup, "li", NULL);
		add_part(page, answer_string(part, "part"));
		markup_foreign(page->markup, answer_string(part, "why"));
		markup_close(page->markup, "li");
	}
	markup_close(page->markup, "ul");
}

static void add_reading(struct page *page, const char *id)
{
	markup_element(page->markup, "h2", "Read the text", "id", "text", NULL);
	page_paragraph(page, "The clause and the evidence above are often enough. Reading the text is a step of its own: it is recorded with your name, "
			     "the time and your reason, and the sender may ask to see that record.");
	form_begin(page, page_message_path(page, id, "content"), "reading");
	form_line(page, &(struct form_line){ .kind = FORM_TEXT, .form = "reading", .name = "reason", .label = "Why you need to read it",
					     .required = true });
	form_button(page, BUTTON_PLAIN, NULL, NULL, "Read the text", NULL);
	form_end(page);
}

static void add_reply(struct page *page, const json_t *reply)
{
	if (!json_is_object(reply))
		return;
	markup_element(page->markup, "h2", "What the sender says", NULL);
	markup_open(page->markup, "p", NULL);
	page_when(page, reply, "at");
	markup_close(page->markup, "p");
	markup_open(page->markup, "blockquote", "class", "zone", "dir", "auto", NULL);
	markup_bytes(page->markup, bytes_of(answer_string(reply, "text")), HARMLESS_LINES);
	markup_close(page->markup, "blockquote");
}

static void add_thread(struct page *page, const json_t *thread)
{
	size_t index;
	json_t *earlier;
	markup_element(page->markup, "h2", "Earlier in this conversation", NULL);
	if (json_array_size(thread) == 0) {
		page_paragraph(page, "Nothing of this conversation is on record here.");
		return;
	}
	markup_open(page->markup, "ul", NULL);
	json_array_foreach((json_t *)thread, index, earlier) {
		const char *id = answer_string(earlier, "id");
		markup_open(page->markup, "li", NULL);
		page_when(page, earlier, "at");
		markup_printf(page->markup, ": %s. ", word_of(words_of_outcome, answer_string(earlier, "outcome")));
		page_passage_words(page, earlier, "why");
		markup_words(page->markup, " ");
		if (*id != '\0')
			page_link_to(page, page_message_path(page, id, NULL), page_spoken(page, id, "That message"));
		markup_close(page->markup, "li");
	}
	markup_close(page->markup, "ul");
}

static void add_history(struct page *page, const json_t *history)
{
	size_t index;
	json_t *line;
	markup_element(page->markup, "h2", "What was done, by whom and when", "id", "history", NULL);
	markup_open(page->markup, "ol", NULL);
	json_array_foreach((json_t *)history, index, line) {
		const char *by = answer_string(line, "by");
		markup_open(page->markup, "li", NULL);
		page_when(page, line, "at");
		markup_printf(page->markup, ": %s", page_spoken(page, word_of(words_of_line, answer_string(line, "what")), "Not said"));
		if (*by != '\0') {
			markup_words(page->markup, ", by ");
			markup_foreign(page->markup, by);
		}
		markup_words(page->markup, ".");
		if (strcmp(answer_string(line, "what"), "viewed") != 0)
			page_detail(page, json_object_get(line, "detail"));
		markup_close(page->markup, "li");
	}
	markup_close(page->markup, "ol");
}

static void add_keeping(struct page *page, const json_t *answer, const char *id)
{
	const json_t *hold = json_object_get(answer, "legal_hold");
	bool on = json_is_object(hold);
	markup_element(page->markup, "h2", "How long it is kept", NULL);
	facts_begin(page);
	if (answer_number(answer, "retention_until") > 0)
		facts_when(page, on ? "It would be kept until" : "It is kept until", answer, "retention_until");
	if (on) {
		facts_open(page, "Legal hold");
		markup_words(page->markup, "It is not deleted while the legal hold stands, set by ");
		markup_foreign(page->markup, answer_string(hold, "by"));
		markup_words(page->markup, ", ");
		page_when(page, hold, "at");
		markup_words(page->markup, ": ");
		markup_foreign(page->markup, answer_string(hold, "reason"));
		facts_close(page);
	}
	facts_end(page);
	if (!page_may(page, "legal-hold"))
		return;
	markup_open(page->markup, "details", NULL);
	markup_element(page->markup, "summary", on ? "Lift the legal hold" : "Set a legal hold", NULL);
	form_begin(page, page_message_path(page, id, "legal-hold"), "legal-hold");
	form_hidden(page, "on", on ? "no" : "yes");
	form_line(page, &(struct form_line){ .kind = FORM_TEXT, .form = "legal-hold", .name = "reason", .label = "Why", .required = true,
					     .hint = "For example the reference of a request for information or of a complaint." });
	form_button(page, BUTTON_PLAIN, NULL, NULL, on ? "Lift the legal hold" : "Set a legal hold",
		    on ? "The message may be deleted when its time is over." : "The message is not deleted, whatever the schedule says.");
	form_end(page);
	markup_close(page->markup, "details");
}

void page_message(struct page *page, const json_t *answer)
{
	const json_t *entry = json_object_get(answer, "entry");
	const char *id = answer_string(entry, "id");
	bool text = page_may(page, "content");
	page_begin(page, arena_printf(page->markup->arena, "Message %s", id));
	if (json_is_object(json_object_get(answer, "decided"))) {
		markup_element(page->markup, "h2", "What was decided", NULL);
		page_decision(page, json_object_get(answer, "decided"), id);
		markup_element(page->markup, "h2", "The message", NULL);
	}
	add_contents(page, text);
	add_summary(page, answer, entry);
	page_findings(page, answer, id);
	add_people(page, answer, entry);
	add_reply(page, json_object_get(answer, "sender_reply"));
	page_decide(page, answer, id);
	add_unread(page, json_object_get(answer, "unread"));
	add_attachments(page, json_object_get(answer, "attachments"));
	if (text)
		add_reading(page, id);
	add_thread(page, json_object_get(answer, "thread"));
	add_history(page, json_object_get(answer, "history"));
	add_keeping(page, answer, id);
	page_end(page);
}
