/* page_finding.c - why a message waits: each clause in the council's words, what was observed, the words that matched.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "page_parts.h"

/* Whether a finding is why the message waits, and not only something else that was observed. */
bool page_holds(const json_t *finding)
{
	const char *action = answer_string(finding, "action");
	return strcmp(action, "hold") == 0 || strcmp(action, "return") == 0;
}

static const struct word words_of_confidence[] = {
	{ "structural", "Structural: it rests on who sent the message and to whom, not on its words." },
	{ "marked", "Marked: it rests on a marking that stands in the message." },
	{ "wording", "Wording only: please read with care." },
	{ NULL, NULL },
};

static const struct word words_of_action[] = {
	{ "count", "It is only counted." },
	{ "report", "It is only reported." },
	{ "flag", "The message was delivered with a mark that mail programs can see." },
	{ "notify", "The sender was told." },
	{ "companion", "The officers who got it were told beside it." },
	{ "footer", "A line was added at the foot of the message." },
	{ "hold", "The message was held for a reviewer." },
	{ "return", "The message was given back to the sender." },
	{ NULL, NULL },
};

/* What a rule does while it is not enforced. */
static const struct word words_of_mode[] = {
	{ "observe", "This rule only observes: nothing was done to the message because of it." },
	{ "advise", "This rule only advises: it holds and returns nothing." },
	{ NULL, NULL },
};

static const struct word words_of_judgement[] = {
	{ "wrong", "Marked as a wrong match: it counts as a false alarm." },
	{ "right", "Marked as a right match." },
	{ NULL, NULL },
};

static bool has_marks(const json_t *evidence)
{
	size_t index;
	json_t *piece;
	json_array_foreach((json_t *)evidence, index, piece)
		if (json_is_array(json_object_get(piece, "mark")))
			return true;
	return false;
}

/* Words of the message, with those that matched marked. */
static void add_quoted(struct page *page, const json_t *piece)
{
	json_t *spans = json_pack("[O]", json_object_get(piece, "mark"));
	markup_open(page->markup, "q", "dir", "auto", NULL);
	page_marked(page, bytes_of(answer_string(piece, "text")), spans, HARMLESS_LINE);
	markup_close(page->markup, "q");
	json_decref(spans);
}

/* Of marked mail the words are where the text is, and reading it is a deed of its own. */
static void add_where_words_are(struct page *page)
{
	markup_open(page->markup, "dd", NULL);
	markup_raw(page->markup, "This page does not show words of a message that is marked, or that somebody protected has part in. ");
	if (page_may(page, "content")) {
		markup_raw(page->markup, "To see them marked in their place, ");
		page_link_to(page, "#text", "read the text");
		markup_raw(page->markup, ".");
	}
	markup_close(page->markup, "dd");
}

static void add_evidence(struct page *page, const json_t *evidence)
{
	size_t index;
	json_t *piece;
	bool withheld = false;
	if (json_array_size(evidence) > 0)
		markup_element(page->markup, "dt", has_marks(evidence) ? "Evidence (matched words marked)" : "Evidence", NULL);
	json_array_foreach((json_t *)evidence, index, piece) {
		markup_open(page->markup, "dd", NULL);
		if (json_is_array(json_object_get(piece, "mark")))
			add_quoted(page, piece);
		else
			markup_foreign(page->markup, answer_string(piece, "text"));
		if (*answer_string(piece, "where") != '\0')
			markup_printf(page->markup, " (%s)", answer_string(piece, "where"));
		markup_close(page->markup, "dd");
		withheld = withheld || answer_true(piece, "withheld");
	}
	if (withheld)
		add_where_words_are(page);
}

static void add_gateway(struct page *page, const json_t *finding)
{
	const char *mode = answer_string(finding, "mode"), *held_back = word_of(words_of_mode, mode);
	bool enforced = held_back == mode;
	facts_words(page, "What was done", enforced ? word_of(words_of_action, answer_string(finding, "action")) : held_back);
}

/* The rule, and the way to whatever else it found. */
static void add_rule(struct page *page, const char *rule)
{
	facts_open(page, "Rule");
	if (*rule != '\0' && page_may(page, "search"))
		page_link_to(page, arena_printf(page->markup->arena, "/search?rule=%s", markup_url_part(page->markup->arena, rule)), page_rule(page, rule));
	else
		markup_foreign(page->markup, page_rule(page, rule));
	facts_close(page);
}

static void add_mark(struct page *page, const json_t *finding, const char *id, size_t index)
{
	struct arena *arena = page->markup->arena;
	const char *form = arena_printf(arena, "mark-%zu", index), *judged = answer_string(finding, "judged");
	if (!page_may(page, "mark"))
		return;
	markup_open(page->markup, "details", NULL);
	markup_element(page->markup, "summary", "Was this match right?", NULL);
	form_begin(page, page_message_path(page, id, "mark"), form);
	form_no_default(page);
	form_hidden(page, "rule", answer_string(finding, "rule"));
	form_line(page, &(struct form_line){ .kind = FORM_TEXT, .form = form, .name = "reason", .label = "Why", .required = true,
					     .hint = "One sentence. It helps whoever looks after the rules." });
	form_button(page, BUTTON_PLAIN, "judged", "wrong", "Wrong match", "Counts as a false alarm. It does not release the message.");
	form_button(page, BUTTON_PLAIN, "judged", "right", "Right match", NULL);
	if (*judged != '\0')
		form_button(page, BUTTON_PLAIN, "judged", "", "Take the mark away", NULL);
	form_end(page);
	markup_close(page->markup, "details");
}

static void add_finding(struct page *page, const json_t *finding, const char *id, size_t index)
{
	struct markup *markup = page->markup;
	const char *clause = answer_string(finding, "clause"), *judged = answer_string(finding, "judged");
	markup_open(markup, "section", "class", "entry", NULL);
	markup_open(markup, "h3", NULL);
	markup_foreign(markup, page_spoken(page, clause, "A rule without a clause"));
	markup_close(markup, "h3");
	if (json_is_object(json_object_get(finding, "quote")) || *answer_string(finding, "quote") != '\0') {
		markup_open(markup, "blockquote", NULL);
		page_passage(page, finding, "quote");
		markup_close(markup, "blockquote");
	}
	page_passage(page, finding, "explanation");
	facts_begin(page);
	add_evidence(page, json_object_get(finding, "evidence"));
	facts_words(page, "How sure", word_of(words_of_confidence, answer_string(finding, "confidence")));
	add_gateway(page, finding);
	if (*judged != '\0')
		facts_words(page, "A reviewer's mark", word_of(words_of_judgement, judged));
	add_rule(page, answer_string(finding, "rule"));
	facts_end(page);
	add_mark(page, finding, id, index);
	markup_close(markup, "section");
}

static size_t add_some(struct page *page, const json_t *findings, const char *id, bool holding)
{
	size_t index, written = 0;
	json_t *finding;
	json_array_foreach((json_t *)findings, index, finding) {
		if (page_holds(finding) != holding)
			continue;
		add_finding(page, finding, id, index);
		written++;
	}
	return written;
}

void page_findings(struct page *page, const json_t *answer, const char *id)
{
	const json_t *findings = json_object_get(answer, "findings");
	size_t count = json_array_size(findings);
	markup_element(page->markup, "h2", "Why this message is here", "id", "why", NULL);
	if (count == 0)
		page_paragraph(page, "No rule has a finding on this message.");
	size_t holding = add_some(page, findings, id, true);
	bool folded = holding > 0 && holding < count;
	if (folded) {
		markup_open(page->markup, "details", NULL);
		markup_element(page->markup, "summary", arena_printf(page->markup->arena, "What else was observed (%zu)", count - holding), NULL);
	}
	add_some(page, findings, id, false);
	if (folded)
		markup_close(page->markup, "details");
}
