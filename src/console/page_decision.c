/* page_decision.c - a decision that was made, and the form to make one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "page_parts.h"

/* Buttons that stand out; all others are folded away, so that nobody has to choose among many. */
#define PROMINENT_MOST 3

static void add_name_and_time(struct page *page, const char *by, const json_t *decision)
{
	markup_foreign(page->markup, *by == '\0' ? "Somebody" : by);
	markup_words(page->markup, " decided on ");
	page_when(page, decision, "at");
}

static void add_recipients(struct page *page, const json_t *recipients)
{
	size_t index;
	json_t *recipient;
	json_array_foreach((json_t *)recipients, index, recipient) {
		markup_words(page->markup, index == 0 ? ", for " : ", ");
		markup_foreign(page->markup, json_string_value(recipient));
	}
}

static void add_due(struct page *page, const json_t *decision)
{
	if (answer_number(decision, "due_at") <= page->now) {
		markup_words(page->markup, " It is being carried out; when the mail system does not take the message, it is tried again.");
		return;
	}
	markup_words(page->markup, " It will be carried out on ");
	page_when(page, decision, "due_at");
	markup_words(page->markup, "; until then it can be undone.");
}

/* Still open: it waits for its time, or for a second person. */
static bool is_pending(const json_t *decision)
{
	const char *state = answer_string(decision, "state");
	return strcmp(state, "waiting") == 0 || strcmp(state, "confirming") == 0;
}

static void add_state(struct page *page, const json_t *decision)
{
	const char *state = answer_string(decision, "state"), *second = answer_string(decision, "second_by");
	if (*second != '\0') {
		markup_words(page->markup, " Confirmed by ");
		markup_foreign(page->markup, second);
		markup_words(page->markup, ".");
	}
	if (strcmp(state, "waiting") == 0) {
		add_due(page, decision);
	} else if (strcmp(state, "confirming") == 0) {
		markup_words(page->markup, " Nothing happens until a second person has confirmed it.");
	} else if (strcmp(state, "done") == 0) {
		markup_words(page->markup, " It was carried out.");
	} else if (strcmp(state, "undone") == 0) {
		markup_words(page->markup, " It was undone before anything had happened.");
	} else if (strcmp(state, "failed") == 0) {
		markup_words(page->markup, " It could not be carried out; nothing is lost, the message is still here.");
	}
}

static void add_sentence(struct page *page, const json_t *decision)
{
	add_name_and_time(page, answer_string(decision, "by"), decision);
	markup_printf(page->markup, ": %s", word_of(words_of_deed, answer_string(decision, "deed")));
	add_recipients(page, json_object_get(decision, "recipients"));
	markup_words(page->markup, ".");
	add_state(page, decision);
}

static bool is_mine(const struct page *page, const json_t *decision)
{
	static const char *const keys[] = { "login", "name", "address" };
	const char *by = answer_string(decision, "by");
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (*by != '\0' && strcmp(answer_string(page->me, keys[i]), by) == 0)
			return true;
	return false;
}

struct step {
	const char *call, *label, *will;
	enum button_look look;
};

static void add_step(struct page *page, const json_t *decision, const char *id, const struct step *step)
{
	if (!page_may(page, step->call))
		return;
	form_begin(page, page_message_path(page, id, step->call), step->call);
	form_hidden(page, "decision", arena_printf(page->markup->arena, "%lld", (long long)answer_number(decision, "number")));
	form_button(page, step->look, NULL, NULL, step->label, step->will);
	form_end(page);
}

static void add_steps(struct page *page, const json_t *decision, const char *id)
{
	static const struct step undo = { "undo", "Undo this decision", "The message waits again, as if nothing had been decided.", BUTTON_PLAIN };
	static const struct step confirm = { "confirm", "Confirm this decision", "You agree as the second person, and it is carried out.", BUTTON_MAIN };
	const char *state = answer_string(decision, "state");
	if (strcmp(state, "confirming") == 0 && is_mine(page, decision))
		page_paragraph(page, "You decided this yourself, so somebody else must confirm it.");
	else if (strcmp(state, "confirming") == 0)
		add_step(page, decision, id, &confirm);
	if (is_pending(decision))
		add_step(page, decision, id, &undo);
}

void page_decision(struct page *page, const json_t *decision, const char *id)
{
	if (id == NULL) {
		add_sentence(page, decision);
		return;
	}
	markup_open(page->markup, "div", "class", "note", NULL);
	markup_open(page->markup, "p", NULL);
	add_sentence(page, decision);
	markup_close(page->markup, "p");
	facts_begin(page);
	facts_foreign(page, "Reason", answer_string(decision, "reason"));
	facts_foreign(page, "In their own words", answer_string(decision, "note"));
	if (!is_pending(decision))
		facts_foreign(page, "On record", answer_string(decision, "text"));
	facts_end(page);
	add_steps(page, decision, id);
	markup_close(page->markup, "div");
}

static bool is_open(const json_t *recipient)
{
	const char *state = answer_string(recipient, "state");
	return strcmp(state, "held") == 0 || strcmp(state, "in-doubt") == 0;
}

static size_t count_open(const json_t *recipients, const char *only)
{
	size_t index, count = 0;
	json_t *recipient;
	json_array_foreach((json_t *)recipients, index, recipient)
		count += is_open(recipient) && (only == NULL || strcmp(answer_string(recipient, "state"), only) == 0);
	return count;
}

/* Filled in once already, and shown again with a problem: then the boxes are as the person left them. */
static bool is_again(const struct page *page)
{
	return fields_count(page->fields, "deed") > 0;
}

static bool is_doubted(const json_t *recipient)
{
	return strcmp(answer_string(recipient, "state"), "in-doubt") == 0;
}

static const char *recipient_label(struct page *page, const json_t *recipient)
{
	const char *name = answer_string(recipient, "name"), *address = answer_string(recipient, "address");
	const char *kind = answer_string(recipient, "class");
	address = page_spoken(page, address, "the mail system");
	return arena_printf(page->markup->arena, "%s%s%s%s%s%s%s", name, *name == '\0' ? "" : ", ", address, *kind == '\0' ? "" : ", ", kind,
			    json_is_false(json_object_get(recipient, "visible")) ? " (hidden from the others)" : "",
			    is_doubted(recipient) ? " (it may have arrived already)" : "");
}

static void add_choice_of_recipients(struct page *page, const json_t *recipients)
{
	size_t index, open = count_open(recipients, NULL);
	bool only_doubt = count_open(recipients, "held") == 0;
	json_t *recipient;
	if (open > 1) {
		markup_open(page->markup, "fieldset", NULL);
		markup_element(page->markup, "legend", "For whom", NULL);
		page_paragraph(page, "A release goes to those you leave ticked. Returning or passing on concerns all who still wait.");
	}
	json_array_foreach((json_t *)recipients, index, recipient) {
		if (!is_open(recipient))
			continue;
		if (open > 1)
			form_box(page, "decide", "recipients", answer_string(recipient, "address"), recipient_label(page, recipient),
				 !is_again(page) && (only_doubt || !is_doubted(recipient)));
		else
			form_hidden(page, "recipients", answer_string(recipient, "address"));
	}
	if (open > 1)
		markup_close(page->markup, "fieldset");
}

/* A reason's key is "RULE.NUMBER". Those of rules that only observed something beside are of less use. */
static bool is_beside(const json_t *reason, const json_t *findings)
{
	struct bytes key = bytes_of(answer_string(reason, "key"));
	size_t index;
	json_t *finding;
	json_array_foreach((json_t *)findings, index, finding) {
		struct bytes rule = bytes_of(answer_string(finding, "rule"));
		bool same = bytes_starts_with(key, rule) && key.length > rule.length && key.data[rule.length] == '.';
		if (same)
			return !page_holds(finding);
	}
	return false;
}

static size_t add_some_reasons(struct page *page, const json_t *answer, bool beside)
{
	const json_t *reasons = json_object_get(answer, "reasons"), *findings = json_object_get(answer, "findings");
	size_t index, written = 0;
	json_t *reason;
	json_array_foreach((json_t *)reasons, index, reason) {
		if (is_beside(reason, findings) != beside)
			continue;
		form_radio(page, "decide", "reason", answer_string(reason, "key"),
			   page_spoken(page, answer_string(reason, "text"), "Another reason"), NULL, false);
		written++;
	}
	return written;
}

static void add_reasons(struct page *page, const json_t *answer)
{
	size_t count = json_array_size(json_object_get(answer, "reasons"));
	if (count == 0)
		return;
	markup_open(page->markup, "fieldset", NULL);
	markup_element(page->markup, "legend", "Your reason", NULL);
	if (add_some_reasons(page, answer, false) < count) {
		bool chosen = fields_only(page->fields, "reason") != NULL;
		markup_open(page->markup, "details", "open", chosen ? "" : NULL, NULL);
		markup_element(page->markup, "summary", "Reasons from the other clauses", NULL);
		add_some_reasons(page, answer, true);
		markup_close(page->markup, "details");
	}
	markup_close(page->markup, "fieldset");
}

static void add_note(struct page *page, bool has_reasons)
{
	struct form_line line = { .kind = FORM_AREA, .form = "decide", .name = "note", .label = "In your own words", .longest = 2000,
				  .hint = "It is kept with the decision, and whoever it concerns may ask to read it. When none of the reasons above fits,"
					  " it is the reason; otherwise you may leave it empty." };
	if (!has_reasons) {
		line.name = "reason";
		line.label = "Your reason";
		line.hint = "It is kept with the decision, and whoever it concerns may ask to read it.";
		line.required = true;
	}
	form_line(page, &line);
}

static bool is_refused(const json_t *offer)
{
	return json_is_string(json_object_get(offer, "refused"));
}

static const char *offer_label(struct page *page, const json_t *offer)
{
	const char *label = page_spoken(page, answer_string(offer, "label"), word_of(words_of_deed, answer_string(offer, "deed")));
	return page_spoken(page, label, "A decision without a name");
}

/* The desk says what stands out, and never do more than three. */
static size_t add_offers(struct page *page, const json_t *offers, bool prominent)
{
	size_t index, stood_out = 0, written = 0;
	json_t *offer;
	json_array_foreach((json_t *)offers, index, offer) {
		bool stands_out = answer_true(offer, "prominent") && !is_refused(offer) && stood_out < PROMINENT_MOST;
		stood_out += stands_out;
		if (is_refused(offer) || stands_out != prominent)
			continue;
		form_button(page, written == 0 && prominent ? BUTTON_MAIN : BUTTON_PLAIN, "deed", answer_string(offer, "deed"),
			    offer_label(page, offer), answer_string(offer, "will"));
		written++;
	}
	return written;
}

static size_t count_offers(const json_t *offers, bool refused)
{
	size_t index, count = 0;
	json_t *offer;
	json_array_foreach((json_t *)offers, index, offer)
		count += is_refused(offer) == refused;
	return count;
}

static void add_refused(struct page *page, const json_t *offers)
{
	size_t index;
	json_t *offer;
	if (count_offers(offers, true) == 0)
		return;
	markup_open(page->markup, "ul", NULL);
	json_array_foreach((json_t *)offers, index, offer) {
		if (!is_refused(offer))
			continue;
		markup_open(page->markup, "li", NULL);
		markup_printf(page->markup, "%s: not open to you. ", offer_label(page, offer));
		markup_foreign(page->markup, answer_string(offer, "refused"));
		markup_close(page->markup, "li");
	}
	markup_close(page->markup, "ul");
}

/* A page that grew old must not decide on what somebody else has moved on meanwhile; and what may have arrived is sent again by nobody
 * who was not told so: by the button where there is nothing else, otherwise by a box of its own. */
static void add_condition(struct page *page, const json_t *recipients)
{
	size_t doubted = count_open(recipients, "in-doubt");
	if (doubted == 0)
		form_hidden(page, "only_if", "held");
	else if (doubted == count_open(recipients, NULL))
		form_hidden(page, "only_if", "in-doubt");
	else
		form_box(page, "decide", "only_if", "in-doubt", "Where it may have arrived already, send it again to those who are ticked", false);
}

static void add_form(struct page *page, const json_t *answer, const char *id)
{
	const json_t *recipients = json_object_get(answer, "recipients"), *reasons = json_object_get(answer, "reasons");
	const json_t *offers = json_object_get(answer, "offers");
	form_begin(page, page_message_path(page, id, "decide"), "decide");
	form_no_default(page);
	add_choice_of_recipients(page, recipients);
	add_reasons(page, answer);
	add_note(page, json_array_size(reasons) > 0);
	add_condition(page, recipients);
	size_t prominent = add_offers(page, offers, true);
	if (prominent < count_offers(offers, false)) {
		markup_open(page->markup, "details", NULL);
		markup_element(page->markup, "summary", "Other decisions", NULL);
		add_offers(page, offers, false);
		markup_close(page->markup, "details");
	}
	form_end(page);
}

void page_decide(struct page *page, const json_t *answer, const char *id)
{
	const json_t *offers = json_object_get(answer, "offers");
	bool can = page_may(page, "decide") && count_offers(offers, false) > 0, decided = json_is_object(json_object_get(answer, "decided"));
	markup_element(page->markup, "h2", "Your decision", "id", "decision", NULL);
	if (can)
		add_form(page, answer, id);
	else if (decided)
		page_paragraph(page, "It is decided; what was decided stands at the top of this page.");
	else
		page_paragraph(page, count_open(json_object_get(answer, "recipients"), NULL) == 0 ? "Nobody's copy waits: there is nothing to decide."
									       : "There is nothing here that you can decide.");
	if (!is_pending(json_object_get(answer, "decided")))
		add_refused(page, offers);
}
