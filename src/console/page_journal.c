/* page_journal.c - the journal, newest first: what was done, by whom and when, in words, with the hash that chains the lines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "console/pages.h"
#include "page_parts.h"

/* Octets of a line's detail that are shown at once. */
#define DETAIL_SHOWN 200

const struct word words_of_line[] = {
	{ "held", "Held for a reviewer" },
	{ "held-again", "It came again and is held as before" },
	{ "recorded", "Examined and delivered" },
	{ "recorded-again", "It came again and was delivered as before" },
	{ "partly-examined", "Examined in part: it is too long" },
	{ "viewed", "Looked at, without the text" },
	{ "content viewed", "The text was read" },
	{ "releasing", "Sending on began" },
	{ "released", "Sent on" },
	{ "returned", "Given back to the sender" },
	{ "in-doubt", "The answer of the mail system was lost while sending on" },
	{ "void", "Taken back: the sending mail system broke off before it was accepted" },
	{ "escalated", "Passed to the second reviewer" },
	{ "expired", "The time for a decision was over" },
	{ "decided", "Decided" },
	{ "decision-begun", "A decision began to be carried out" },
	{ "decision-confirmed", "A decision was confirmed by a second person" },
	{ "decision-undone", "A decision was undone" },
	{ "decision-done", "A decision was carried out" },
	{ "decision-failed", "A decision could not be carried out" },
	{ "marked", "A finding was marked as right or wrong" },
	{ "reply-seen", "A reply to its sender, or what else was due of it, was seen" },
	{ "reply-taken-back", "What was seen as a reply, or as done, was not passed on" },
	{ "reply-marked", "Its sender was answered, or what else was due of it done, another way" },
	{ "sender-replied", "The sender answered" },
	{ "own-link-used", "The sender used the link in the notice" },
	{ "own-link-given-back", "The sender's link was given back: nothing was done" },
	{ "legal-hold", "Legal hold set" },
	{ "legal-hold-lifted", "Legal hold lifted" },
	{ "sent", "A notice was sent" },
	{ "exported", "One person's entries were exported" },
	{ "reported", "A report was made" },
	{ "digest", "The digest was sent" },
	{ "disposed", "Removed, its time being over" },
	{ "retention-run", "The store was cleared by the schedule" },
	{ "journal-reduced", "Old lines were reduced to a count" },
	{ "reload", "The configuration was loaded" },
	{ "reload-refused", "A changed configuration was refused" },
	{ "refused", "Refused" },
	{ "login", "Logged in" },
	{ "logout", "Logged out" },
	{ "account", "An account was changed" },
	{ NULL, NULL },
};

static const struct word words_of_key[] = {
	{ "reason", "Reason" },
	{ "note", "In their own words" },
	{ "recipient", "For" },
	{ "to", "To" },
	{ "reply", "The mail system said" },
	{ "deed", "Decision" },
	{ "due", "To be carried out" },
	{ "rule", "Rule" },
	{ "rules", "Rules" },
	{ "judged", "Marked as" },
	{ "from", "Before" },
	{ "outcome", "Outcome" },
	{ "copies", "Copies held" },
	{ "login", "Login" },
	{ "role", "Role" },
	{ "decision", "Decision number" },
	{ "state", "How it stood then" },
	{ "change", "Change" },
	{ "number", "Number" },
	{ "scope", "Of" },
	{ "what", "What" },
	{ "review", "To be looked at again" },
	{ "kind", "Kind" },
	{ NULL, NULL },
};

static const struct word words_of_decision[] = {
	{ "waiting", "could still be undone" },		 { "confirming", "a second person had to confirm it" },
	{ "doing", "was being carried out" },		 { "done", "carried out" },
	{ "undone", "undone" },				 { "failed", "could not be carried out" },
	{ NULL, NULL },
};

static const struct word words_of_judged[] = { { "wrong", "a wrong match" }, { "right", "a right match" }, { NULL, NULL } };

/* Values that are codes, by the key they stand under. */
static const struct {
	const char *key;
	const struct word *words;
} coded[] = { { "deed", words_of_deed }, { "outcome", words_of_outcome }, { "from", words_of_state }, { "judged", words_of_judged },
	    { "state", words_of_decision } };

static void add_value(struct page *page, const char *key, const char *value)
{
	int64_t at;
	if (clock_parse_rfc3339(value, &at, NULL)) {
		page_time(page, at);
		return;
	}
	if (strcmp(key, "rule") == 0)
		value = page_rule(page, value);
	for (size_t i = 0; i < sizeof coded / sizeof coded[0]; i++)
		if (strcmp(key, coded[i].key) == 0)
			value = word_of(coded[i].words, value);
	markup_foreign(page->markup, value);
}

/* Whether a sentence that somebody wrote has its own end. */
static bool is_ended(const char *words)
{
	size_t length = words == NULL ? 0 : strlen(words);
	return length > 0 && strchr(".!?", words[length - 1]) != NULL;
}

static void add_values(struct page *page, const json_t *object)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)object, key, value) {
		if (!json_is_string(value) && !json_is_integer(value))
			continue;
		markup_printf(page->markup, " %s: ", word_of(words_of_key, key));
		if (json_is_string(value))
			add_value(page, key, json_string_value(value));
		else
			markup_printf(page->markup, "%lld", (long long)json_integer_value(value));
		if (!is_ended(json_string_value(value)))
			markup_words(page->markup, ".");
	}
}

void page_detail(struct page *page, const json_t *detail)
{
	const char *words = json_string_value(detail);
	json_t *read = words != NULL && *words == '{' ? json_loads(words, 0, NULL) : NULL;
	if (read != NULL) {
		add_values(page, read);
	} else if (words != NULL) {
		markup_words(page->markup, " ");
		markup_foreign(page->markup, words);
	} else {
		add_values(page, detail);
	}
	json_decref(read);
}

/* Digests and the like are for those who look for them. */
static void add_detail(struct page *page, const json_t *detail)
{
	bool folded = json_string_length(detail) > DETAIL_SHOWN;
	if (folded) {
		markup_open(page->markup, "details", NULL);
		markup_element(page->markup, "summary", "All that is on record", NULL);
	}
	page_detail(page, detail);
	if (folded)
		markup_close(page->markup, "details");
}

static void add_line(struct page *page, const json_t *line)
{
	struct markup *markup = page->markup;
	const char *id = answer_string(line, "id");
	markup_open(markup, "tr", NULL);
	markup_element(markup, "th", arena_printf(markup->arena, "%lld", (long long)answer_number(line, "number")), "scope", "row", "class", "number", NULL);
	markup_open(markup, "td", NULL);
	page_when(page, line, "at");
	markup_close(markup, "td");
	markup_open(markup, "td", "class", "words", NULL);
	markup_printf(markup, "%s.", page_spoken(page, word_of(words_of_line, answer_string(line, "what")), "Not said"));
	add_detail(page, json_object_get(line, "detail"));
	markup_close(markup, "td");
	markup_open(markup, "td", NULL);
	if (*id != '\0' && page_may(page, "message"))
		page_link_to(page, page_message_path(page, id, NULL), page_spoken(page, id, "That message"));
	else
		markup_foreign(markup, id);
	markup_close(markup, "td");
	table_foreign(page, answer_string(line, "by"));
	markup_open(markup, "td", NULL);
	markup_element(markup, "code", answer_string(line, "hash"), NULL);
	markup_close(markup, "td");
	markup_close(markup, "tr");
}

void page_journal(struct page *page, const json_t *answer)
{
	static const char *const columns[] = { "#Line", "When", "What was done", "Message", "By", "Hash", NULL };
	const json_t *lines = json_object_get(answer, "lines");
	size_t index;
	json_t *line;
	page_begin(page, "Journal");
	page_paragraph(page, "Everything that was done here, the newest first. Each line carries a hash made of the line before it and itself, so none can be changed"
			     " or taken out without being noticed.");
	if (json_array_size(lines) == 0)
		page_paragraph(page, "There is no line yet.");
	if (json_array_size(lines) > 0) {
		table_begin(page, "Lines of the journal", columns);
		json_array_foreach((json_t *)lines, index, line)
			add_line(page, line);
		table_end(page);
	}
	page_paging(page, answer, "/journal");
	page_end(page);
}
