/* export_forms.c - an export for people: as text, and as one HTML page that prints.
 *
 * Both walk the same value as the JSON form: members in the order they were set, each under its name in plain words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/markup.h"
#include "export_model.h"

static const struct {
	const char *key, *words;
} titles[] = {
	{ "id", "Reference" },       { "at", "When" },           { "as", "This person as" },   { "direction", "Direction" },
	{ "outcome", "Outcome" },    { "subject", "Subject" },   { "sender", "Sender" },       { "recipients", "Recipients" },
	{ "lines_added", "Lines added" }, { "findings", "What was noticed" }, { "escalated", "Passed on" }, { "journal", "Journal" },
	{ "rule", "Rule" },          { "clause", "Clause" },     { "action", "Action" },       { "mode", "Mode" },
	{ "explanation", "Observed" }, { "evidence", "Evidence" }, { "where", "Where" },       { "text", "Words" },
	{ "who", "Who" },            { "address", "Address" },   { "state", "State" },         { "changed", "Since" },
	{ "line", "Line" },          { "what", "What" },         { "by", "By" },               { "detail", "Detail" },
	{ "count", "How many" },     { "why", "Why" },           { "rules", "Rules" },         { "from", "From" },
	{ "reason", "Reason" },      { "note", "Note" },         { "recipient", "Recipient" }, { "kind", "Kind" },
	{ "to", "To" },              { "deed", "Deed" },         { "judged", "Judged" },       { "name", "Name" },
	{ "addresses", "Addresses" }, { "sender_said", "The sender said" },
	{ "reply_due", "To be answered" }, { "contact_due", "Contact due" }, { "response_due", "Answer due" }, { "contacted", "In touch" },
	{ "promised", "Answer promised for" }, { "answered", "Answered" }, { "duties", "To be done" },
	{ "due", "Due" },            { "met", "Done" },
	{ "rules_asked", "Rules asked" },
};

static const char *title_of(const char *key)
{
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (strcmp(titles[i].key, key) == 0)
			return titles[i].words;
	return key;
}

/* A value that stands on one line; NULL for lists and groups. */
static const char *plain(struct arena *arena, const json_t *value)
{
	if (json_is_string(value))
		return harmless_line(arena, bytes_of(json_string_value(value)));
	if (json_is_integer(value))
		return arena_printf(arena, "%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value))
		return json_is_true(value) ? "yes" : "no";
	return json_is_null(value) ? "(withheld, or none)" : NULL;
}

static bool is_plain_list(const json_t *value)
{
	return json_is_array(value) && (json_array_size(value) == 0 || json_is_string(json_array_get(value, 0)));
}

static const char *joined(struct arena *arena, const json_t *list)
{
	const char *all = "";
	for (size_t i = 0; i < json_array_size(list); i++)
		all = arena_printf(arena, "%s%s%s", all, i == 0 ? "" : ", ", plain(arena, json_array_get(list, i)));
	return *all == '\0' ? "none" : all;
}

static const char *value_of(struct arena *arena, const json_t *value)
{
	return is_plain_list(value) ? joined(arena, value) : plain(arena, value);
}

struct section {
	const char *key, *title, *none;
};
static const struct section sections[] = {
	{ "withheld", "What was withheld, and why", "Nothing." },
	{ "entries", "Entries", "There is no entry in which this person has a part." },
	{ "own_deeds", "What this person did as a reviewer", "Nothing." },
};

static const char *opening(struct arena *arena, const json_t *model)
{
	const json_t *person = json_object_get(model, "person");
	return arena_printf(arena, "%s. Made %s for: %s. About: %s (%s).", plain(arena, json_object_get(model, "council")),
			    plain(arena, json_object_get(model, "made")), plain(arena, json_object_get(model, "reason")),
			    plain(arena, json_object_get(person, "name")), joined(arena, json_object_get(person, "addresses")));
}

static const char meaning[] =
	"An entry says what the Council's correspondence gateway noticed of a message and what was done; it is an observation, not a finding "
	"of fault. Times are in UTC.";
static const char caution[] = "Names are masked where the Council's directory knows them, and addresses by their form. Before this leaves the "
			      "office, somebody should read it for other names.";

/* --- text --- */

static void text_value(struct text *out, struct arena *arena, const json_t *value, int depth);

static void text_members(struct text *out, struct arena *arena, const json_t *object, int depth)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)object, key, value) {
		const char *words = value_of(arena, value);
		if (words != NULL) {
			text_printf(out, "%*s%s: %s\n", depth * 2, "", title_of(key), words);
			continue;
		}
		text_printf(out, "%*s%s:\n", depth * 2, "", title_of(key));
		text_value(out, arena, value, depth + 1);
	}
}

static void text_value(struct text *out, struct arena *arena, const json_t *value, int depth)
{
	if (json_is_object(value))
		text_members(out, arena, value, depth);
	for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++) {
		text_members(out, arena, json_array_get(value, i), depth);
		if (depth <= 1 || i + 1 < json_array_size(value))
			text_add(out, "\n");
	}
}

struct bytes export_text(struct arena *arena, const json_t *model)
{
	struct text out = TEXT_INIT;
	text_printf(&out, "WHAT THE CORRESPONDENCE GATEWAY HAS ON ONE PERSON\n\n%s\n\n%s\n%s\n", opening(arena, model), meaning, caution);
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		const json_t *list = json_object_get(model, sections[i].key);
		text_printf(&out, "\n%s (%zu)\n\n", sections[i].title, json_array_size(list));
		if (json_array_size(list) == 0)
			text_printf(&out, "  %s\n", sections[i].none);
		text_value(&out, arena, list, 1);
	}
	return text_to_arena(&out, arena);
}

/* --- HTML --- */

static const char sheet[] =
	"body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:50rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}"
	"dl{display:grid;grid-template-columns:9rem 1fr;gap:.15rem 1rem;margin:.25rem 0 1rem}dt{grid-column:1;font-weight:600}dd{grid-column:2;margin:0}"
	"article{border-left:4px solid #595959;padding-left:1rem;margin:1rem 0}ul{margin:0;padding-left:1.2rem}"
	"@media (max-width:36rem){dl{grid-template-columns:1fr}dd{grid-column:1}}@page{size:A4;margin:18mm}@media print{article{break-inside:avoid}}";

static void html_members(struct markup *page, const json_t *object)
{
	const char *key;
	json_t *value;
	markup_open(page, "dl", NULL);
	json_object_foreach((json_t *)object, key, value) {
		const char *words = value_of(page->arena, value);
		markup_element(page, "dt", title_of(key), NULL);
		markup_open(page, "dd", NULL);
		if (words != NULL)
			markup_foreign(page, words);
		else if (json_is_object(value))
			html_members(page, value);
		else {
			markup_open(page, "ul", NULL);
			for (size_t i = 0; i < json_array_size(value); i++) {
				markup_open(page, "li", NULL);
				html_members(page, json_array_get(value, i));
				markup_close(page, "li");
			}
			markup_close(page, "ul");
		}
		markup_close(page, "dd");
	}
	markup_close(page, "dl");
}

static void html_section(struct markup *page, const json_t *list, const struct section *section)
{
	markup_open(page, "h2", NULL);
	markup_printf(page, "%s (%zu)", section->title, json_array_size(list));
	markup_close(page, "h2");
	if (json_array_size(list) == 0)
		markup_element(page, "p", section->none, NULL);
	for (size_t i = 0; i < json_array_size(list); i++) {
		markup_open(page, "article", NULL);
		html_members(page, json_array_get(list, i));
		markup_close(page, "article");
	}
}

struct bytes export_html(struct arena *arena, const json_t *model)
{
	static const char title[] = "What the correspondence gateway has on one person";
	struct markup page = MARKUP_INIT(arena);
	markup_raw(&page, "<!DOCTYPE html>\n");
	markup_open(&page, "html", "lang", "en-GB", NULL);
	markup_open(&page, "head", NULL);
	markup_empty(&page, "meta", "charset", "utf-8", NULL);
	markup_empty(&page, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
	markup_empty(&page, "meta", "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src 'unsafe-inline'", NULL);
	markup_element(&page, "title", title, NULL);
	markup_open(&page, "style", NULL);
	markup_raw(&page, sheet);
	markup_close(&page, "style");
	markup_close(&page, "head");
	markup_open(&page, "body", NULL);
	markup_open(&page, "main", NULL);
	markup_element(&page, "h1", title, NULL);
	markup_element(&page, "p", opening(arena, model), NULL);
	markup_element(&page, "p", meaning, NULL);
	markup_element(&page, "p", caution, NULL);
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		html_section(&page, json_object_get(model, sections[i].key), &sections[i]);
	markup_close(&page, "main");
	markup_close(&page, "body");
	markup_close(&page, "html");
	return markup_end(&page);
}
