/* html_quote.c - see html_quote.h. Outlook on the web puts "x_" before the classes and ids of what it quotes, Yahoo a word of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/html_quote.h"

#include "reading/html_style.h"
#include "reading/html_tree.h"

#define NOWHERE ((size_t)-1)

static const struct {
	const char *class, *id;
	enum quotation kind;
} quotations[] = {
	{ "gmail_quote", NULL, QUOTATION_WRAPPER },
	{ "gmail_quote_container", NULL, QUOTATION_WRAPPER },
	{ "yahoo_quoted", NULL, QUOTATION_WRAPPER },
	{ "zmail_extra", NULL, QUOTATION_WRAPPER },
	{ "protonmail_quote", NULL, QUOTATION_WRAPPER },
	{ "moz-forward-container", NULL, QUOTATION_HOLDS },
	{ "moz-cite-prefix", NULL, QUOTATION_BEGINS },
	{ "OutlookMessageHeader", NULL, QUOTATION_BEGINS },
	{ "ms-outlook-mobile-reference-message", NULL, QUOTATION_BEGINS },
	{ NULL, "divRplyFwdMsg", QUOTATION_BEGINS },
	{ NULL, "appendonsend", QUOTATION_BEGINS },
	{ NULL, "OLK_SRC_BODY_SECTION", QUOTATION_HOLDS },
	{ NULL, "mail-editor-reference-message-container", QUOTATION_HOLDS },
	{ NULL, "reply-intro", QUOTATION_BEGINS },
};

/* Without regard to what another program put before it. */
static bool is_named(struct bytes word, struct bytes wanted)
{
	if (!bytes_ends_with(word, wanted))
		return false;
	char before = word.length > wanted.length ? word.data[word.length - wanted.length - 1] : '_';
	return before == '_' || (bytes_equal(wanted, BYTES("yahoo_quoted")) && bytes_starts_with(word, BYTES("ydp")));
}

static bool has_word(struct bytes words, struct bytes wanted)
{
	for (size_t at = 0; at < words.length;) {
		size_t start = at;
		while (at < words.length && !ascii_is_space(words.data[at]))
			at++;
		if (is_named(bytes_slice(words, start, at), wanted))
			return true;
		at++;
	}
	return false;
}

/* A blockquote is a quotation when it says so or is drawn as one; else it is only indented text. */
static bool blockquote_quotes(const GumboElement *element)
{
	struct bytes style = html_attribute(element, "style"), classes = html_attribute(element, "class");
	struct bytes border = html_property(style, "border");
	bool cites = bytes_equal_nocase(html_attribute(element, "type"), BYTES("cite"));
	if (bytes_starts_with_nocase(border, BYTES("none")) && html_property(style, "border-left").length == 0)
		return cites;
	return cites || html_attribute(element, "cite").length > 0 || bytes_find_nocase(classes, BYTES("quote"), 0) != NOWHERE ||
	       bytes_find_nocase(classes, BYTES("cite"), 0) != NOWHERE || bytes_find_nocase(style, BYTES("border-left"), 0) != NOWHERE;
}

enum quotation html_quotation_of(const GumboElement *element)
{
	if (element->attributes.length == 0)
		return QUOTATION_NONE;
	if (element->tag == GUMBO_TAG_BLOCKQUOTE)
		return blockquote_quotes(element) ? QUOTATION_HOLDS : QUOTATION_NONE;
	struct bytes classes = html_attribute(element, "class"), id = html_attribute(element, "id");
	for (size_t i = 0; i < sizeof quotations / sizeof *quotations; i++)
		if ((quotations[i].class != NULL && has_word(classes, bytes_of(quotations[i].class))) ||
		    (quotations[i].id != NULL && is_named(id, bytes_of(quotations[i].id))))
			return quotations[i].kind;
	/* GMX and web.de */
	return element->tag == GUMBO_TAG_DIV && bytes_equal(html_attribute(element, "name"), BYTES("quote")) ? QUOTATION_HOLDS : QUOTATION_NONE;
}
