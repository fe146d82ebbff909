/* form_markup.c - forms as pages write them (page.h): labels, hints and ids that belong together, and the token in every posted one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/page.h"

#define LONGEST_LINE ((size_t)200) /* characters, where a page does not say */

void form_begin(struct page *page, const char *action, const char *id)
{
	markup_open(page->markup, "form", "method", "post", "action", action, "id", id, "accept-charset", "UTF-8", NULL);
	if (page->csrf != NULL)
		form_hidden(page, "csrf", page->csrf);
}

void form_begin_query(struct page *page, const char *action, const char *id)
{
	markup_open(page->markup, "form", "method", "get", "action", action, "id", id, "accept-charset", "UTF-8", NULL);
}

void form_end(struct page *page)
{
	markup_close(page->markup, "form");
}

void form_hidden(struct page *page, const char *name, const char *value)
{
	markup_empty(page->markup, "input", "type", "hidden", "name", name, "value", value, NULL);
}

/* Of a name like "recipients", several controls may stand in one form: their values tell their ids apart. */
static const char *id_of(struct page *page, const char *form, const char *name, const char *value)
{
	if (value == NULL)
		return arena_printf(page->markup->arena, "%s-%s", form, name);
	char *part = markup_url_part(page->markup->arena, value);
	for (char *c = part; *c != '\0'; c++)
		if (*c == '%')
			*c = '_';
	return arena_printf(page->markup->arena, "%s-%s-%s", form, name, part);
}

static void add_label(struct page *page, const char *id, const char *label, const char *hint, bool required)
{
	markup_open(page->markup, "label", "for", id, NULL);
	markup_words(page->markup, label);
	if (!required)
		markup_element(page->markup, "span", " (may be left empty)", "class", "free", NULL);
	markup_close(page->markup, "label");
	if (hint != NULL)
		markup_element(page->markup, "p", hint, "class", "hint", "id", arena_printf(page->markup->arena, "%s-hint", id), NULL);
}

static void add_input(struct page *page, const struct form_line *line, const char *id, const char *hint_id, const char *value)
{
	static const char *const types[] = { [FORM_TEXT] = "text", [FORM_AREA] = "text", [FORM_DATE] = "date", [FORM_PASSWORD] = "password",
					     [FORM_CODE] = "text" };
	size_t longest = line->longest != 0 ? line->longest : LONGEST_LINE;
	bool code = line->kind == FORM_CODE;
	markup_empty(page->markup, "input", "type", types[line->kind], "id", id, "name", line->name, "value",
		     line->kind == FORM_PASSWORD || code ? NULL : value, "maxlength",
		     line->kind == FORM_DATE ? NULL : arena_printf(page->markup->arena, "%zu", longest), "autocomplete",
		     line->autocomplete != NULL ? line->autocomplete : "off", "inputmode", code ? "numeric" : NULL, "class", code ? "code" : NULL,
		     "required", line->required ? "" : NULL, "aria-describedby", hint_id, NULL);
}

void form_line(struct page *page, const struct form_line *line)
{
	const char *id = id_of(page, line->form, line->name, NULL);
	const char *hint_id = line->hint != NULL ? arena_printf(page->markup->arena, "%s-hint", id) : NULL;
	const char *value = line->value != NULL ? line->value : fields_only(page->fields, line->name);
	markup_open(page->markup, "div", "class", "line", NULL);
	add_label(page, id, line->label, line->hint, line->required);
	if (line->kind == FORM_AREA) {
		markup_open(page->markup, "textarea", "id", id, "name", line->name, "rows", "4", "maxlength",
			    arena_printf(page->markup->arena, "%zu", line->longest != 0 ? line->longest : LONGEST_LINE * 10), "required",
			    line->required ? "" : NULL, "aria-describedby", hint_id, NULL);
		markup_raw(page->markup, "\n"); /* the first line end of a text area does not count */
		markup_bytes(page->markup, bytes_of(value), HARMLESS_LINES);
		markup_close(page->markup, "textarea");
	} else {
		add_input(page, line, id, hint_id, value);
	}
	markup_close(page->markup, "div");
}

void form_select(struct page *page, const char *form, const char *name, const char *label, const struct form_option *options, size_t count,
		 const char *chosen)
{
	const char *id = id_of(page, form, name, NULL);
	if (chosen == NULL)
		chosen = fields_only(page->fields, name);
	markup_open(page->markup, "div", "class", "line", NULL);
	add_label(page, id, label, NULL, true);
	markup_open(page->markup, "select", "id", id, "name", name, NULL);
	for (size_t i = 0; i < count; i++)
		markup_element(page->markup, "option", options[i].label, "value", options[i].value, "selected",
			       chosen != NULL && strcmp(chosen, options[i].value) == 0 ? "" : NULL, NULL);
	markup_close(page->markup, "select");
	markup_close(page->markup, "div");
}

static void add_choice(struct page *page, const char *type, const char *id, const char *name, const char *value, const char *label,
		       const char *hint, bool chosen)
{
	const char *hint_id = hint != NULL ? arena_printf(page->markup->arena, "%s-hint", id) : NULL;
	markup_open(page->markup, "div", "class", "box", NULL);
	markup_empty(page->markup, "input", "type", type, "id", id, "name", name, "value", value, "checked", chosen ? "" : NULL,
		     "aria-describedby", hint_id, NULL);
	markup_element(page->markup, "label", label, "for", id, NULL);
	if (hint != NULL)
		markup_element(page->markup, "p", hint, "class", "hint", "id", hint_id, NULL);
	markup_close(page->markup, "div");
}

void form_box(struct page *page, const char *form, const char *name, const char *value, const char *label, bool ticked)
{
	add_choice(page, "checkbox", id_of(page, form, name, value), name, value, label, NULL, ticked || fields_has(page->fields, name, value));
}

void form_radio(struct page *page, const char *form, const char *name, const char *value, const char *label, const char *hint, bool chosen)
{
	const char *before = fields_only(page->fields, name);
	if (before != NULL)
		chosen = strcmp(before, value) == 0;
	add_choice(page, "radio", id_of(page, form, name, value), name, value, label, hint, chosen);
}

void form_button(struct page *page, enum button_look look, const char *name, const char *value, const char *label, const char *will)
{
	static const char *const looks[] = { [BUTTON_PLAIN] = NULL, [BUTTON_MAIN] = "main", [BUTTON_GRAVE] = "grave" };
	const char *id = NULL;
	if (will != NULL)
		id = arena_printf(page->markup->arena, "will-%u", ++page->described);
	markup_open(page->markup, "div", "class", "act", NULL);
	markup_element(page->markup, "button", label, "type", "submit", "class", looks[look], "name", name, "value", name != NULL ? value : NULL,
		       "aria-describedby", id, NULL);
	if (will != NULL)
		markup_element(page->markup, "p", will, "class", "hint", "id", id, NULL);
	markup_close(page->markup, "div");
}
