/* markup.c - see markup.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/markup.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static void add_escaped(struct text *out, struct bytes plain)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" } };
	for (size_t i = 0; i < plain.length; i++) {
		const char *entity = NULL;
		for (size_t k = 0; k < sizeof entities / sizeof entities[0]; k++)
			if (plain.data[i] == entities[k].c)
				entity = entities[k].entity;
		if (entity != NULL)
			text_add(out, entity);
		else
			text_add_char(out, plain.data[i]);
	}
}

static void add_harmless(struct text *out, struct bytes words, enum harmless_form form)
{
	struct text harmless = TEXT_INIT;
	harmless_add(&harmless, words, form);
	add_escaped(out, text_bytes(&harmless));
	text_release(&harmless);
}

static void add_attributes(struct text *out, va_list pairs)
{
	for (;;) {
		const char *name = va_arg(pairs, const char *);
		if (name == NULL)
			return;
		const char *value = va_arg(pairs, const char *);
		if (value == NULL)
			continue;
		text_printf(out, " %s=\"", name);
		add_harmless(out, bytes_of(value), HARMLESS_LINE);
		text_add_char(out, '"');
	}
}

static void add_tag(struct markup *markup, const char *name, va_list pairs)
{
	text_printf(&markup->text, "<%s", name);
	add_attributes(&markup->text, pairs);
	text_add_char(&markup->text, '>');
}

static void push(struct markup *markup, const char *name)
{
	if (markup->depth == MARKUP_DEPTH_MOST)
		abort();
	markup->open[markup->depth++] = name;
}

/* A line for each block keeps a page readable for whoever looks at its source; within a sentence a line end would be a space. */
static bool ends_line(const char *name)
{
	static const char *const inline_names[] = { "a", "abbr", "b", "bdi", "button", "code", "em", "input", "kbd", "label", "mark", "option",
						    "pre", "q", "small", "span", "strong", "summary", "time", "textarea" };
	for (size_t i = 0; i < sizeof inline_names / sizeof inline_names[0]; i++)
		if (strcmp(name, inline_names[i]) == 0)
			return false;
	return true;
}

void markup_open(struct markup *markup, const char *name, ...)
{
	va_list pairs;
	va_start(pairs, name);
	add_tag(markup, name, pairs);
	va_end(pairs);
	push(markup, name);
}

void markup_close(struct markup *markup, const char *name)
{
	if (markup->depth == 0 || strcmp(markup->open[markup->depth - 1], name) != 0)
		abort();
	markup->depth--;
	text_printf(&markup->text, "</%s>%s", name, ends_line(name) ? "\n" : "");
}

void markup_empty(struct markup *markup, const char *name, ...)
{
	va_list pairs;
	va_start(pairs, name);
	add_tag(markup, name, pairs);
	va_end(pairs);
	if (ends_line(name))
		text_add_char(&markup->text, '\n');
}

void markup_element(struct markup *markup, const char *name, const char *words, ...)
{
	va_list pairs;
	va_start(pairs, words);
	add_tag(markup, name, pairs);
	va_end(pairs);
	push(markup, name);
	markup_words(markup, words);
	markup_close(markup, name);
}

void markup_words(struct markup *markup, const char *words)
{
	markup_bytes(markup, bytes_of(words), HARMLESS_LINE);
}

void markup_bytes(struct markup *markup, struct bytes words, enum harmless_form form)
{
	add_harmless(&markup->text, words, form);
}

void markup_printf(struct markup *markup, const char *format, ...)
{
	struct text words = TEXT_INIT;
	va_list args;
	va_start(args, format);
	text_vprintf(&words, format, args);
	va_end(args);
	markup_bytes(markup, text_bytes(&words), HARMLESS_LINE);
	text_release(&words);
}

void markup_foreign(struct markup *markup, const char *words)
{
	markup_element(markup, "bdi", words, NULL);
}

void markup_time(struct markup *markup, int64_t at)
{
	markup_time_in(markup, at, "en");
}

void markup_time_in(struct markup *markup, int64_t at, const char *language)
{
	markup_element(markup, "time", clock_format_local_in(markup->arena, at, language), "datetime", clock_format_rfc3339(markup->arena, at), NULL);
}

void markup_raw(struct markup *markup, const char *ours)
{
	text_add(&markup->text, ours);
}

char *markup_url_part(struct arena *arena, const char *words)
{
	struct text out = TEXT_INIT;
	for (const char *c = words == NULL ? "" : words; *c != '\0'; c++) {
		if (ascii_is_alpha(*c) || ascii_is_digit(*c) || strchr("-._~", *c) != NULL)
			text_add_char(&out, *c);
		else
			text_printf(&out, "%%%02X", (unsigned)(unsigned char)*c);
	}
	char *part = arena_string_of(arena, text_bytes(&out));
	text_release(&out);
	return part;
}

struct bytes markup_end(struct markup *markup)
{
	if (markup->depth > 0)
		abort();
	return text_to_arena(&markup->text, markup->arena);
}
