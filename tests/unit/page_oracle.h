/* page_oracle.h - whether a page is one of ours and nothing else, asked of an HTML parser that is not ours (gumbo): no parse error, only
 * elements, attributes and addresses of our own lists, headings in order, every control labelled, every reference met. */
#ifndef COPYHOLD_TESTS_UNIT_PAGE_ORACLE_H
#define COPYHOLD_TESTS_UNIT_PAGE_ORACLE_H

#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/unicode.h"

struct names {
	const char **items;
	size_t count;
};

struct oracle {
	struct arena *arena;
	const char *wrong; /* the first thing that is not as it should be; NULL: all is */
	struct names ids, wanted;
	struct names written, read; /* each element with its depth, as the tags say and as the parser's tree has it */
	int heading;       /* level of the last one */
	size_t first_headings;
};

static const char *const oracle_elements[] = {
	"a", "bdi", "blockquote", "body", "button", "caption", "code", "dd", "details", "div", "dl", "dt", "em", "fieldset", "figcaption", "figure", "footer",
	"form", "h1", "h2", "h3", "head", "header", "html", "input", "label", "legend", "li", "link", "main", "mark", "meta", "nav", "ol", "option", "p", "q",
	"section", "select", "span", "strong", "summary", "table", "tbody", "td", "textarea", "th", "thead", "time", "title", "tr", "ul",
	/* of pictures */
	"circle", "defs", "desc", "g", "line", "path", "pattern", "polyline", "rect", "svg", "text", NULL
};
static const char *const oracle_attributes[] = {
	"accept-charset", "action", "aria-current", "aria-describedby", "aria-label", "aria-labelledby", "autocomplete", "charset", "checked", "class", "content",
	"datetime", "dir", "disabled", "for", "hidden", "href", "id", "inputmode", "lang", "maxlength", "method", "name", "open", "rel", "required", "role",
	"rows", "scope", "selected", "tabindex", "type", "value",
	/* of pictures */
	"cx", "cy", "d", "dominant-baseline", "fill", "font-size", "focusable", "height", "opacity", "patternTransform", "patternUnits", "points", "preserveAspectRatio", "r",
	"stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "fill-opacity", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1", "x2", "xmlns", "y", "y1", "y2", NULL
};

static bool oracle_known(const char *const *list, struct bytes name)
{
	for (; *list != NULL; list++)
		if (bytes_equal(bytes_of(*list), name))
			return true;
	return false;
}

static void oracle_blame(struct oracle *oracle, const char *what, struct bytes name)
{
	if (oracle->wrong == NULL)
		oracle->wrong = arena_printf(oracle->arena, "%s: %.*s", what, (int)(name.length > 200 ? 200 : name.length), name.data);
}

static struct bytes oracle_name(const GumboElement *element)
{
	const char *name = gumbo_normalized_tagname(element->tag);
	if (element->tag != GUMBO_TAG_UNKNOWN && *name != '\0')
		return bytes_of(name);
	GumboStringPiece piece = element->original_tag;
	gumbo_tag_from_original_text(&piece);
	return (struct bytes){ piece.data, piece.length };
}

static void oracle_push(struct oracle *oracle, struct names *names, const char *name)
{
	*ARENA_PUSH(oracle->arena, names->items, names->count) = name;
}

static const char *oracle_value(const GumboElement *element, const char *name)
{
	const GumboAttribute *attribute = gumbo_get_attribute(&element->attributes, name);
	return attribute == NULL ? NULL : attribute->value;
}

/* An address of ours: a place on this page, or a path that names no other host. */
static bool oracle_is_ours(const char *address)
{
	for (const char *c = address; *c != '\0'; c++)
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7f || strchr("\\\"<>'", *c) != NULL)
			return false;
	return *address == '#' || (*address == '/' && address[1] != '/');
}

static void oracle_attribute(struct oracle *oracle, const GumboAttribute *attribute)
{
	static const char *const addresses[] = { "action", "href", NULL }, *const references[] = { "aria-describedby", "aria-labelledby", "for", NULL };
	struct bytes name = bytes_of(attribute->name);
	if (!oracle_known(oracle_attributes, name) || bytes_starts_with_nocase(name, BYTES("on")))
		oracle_blame(oracle, "attribute", name);
	if (oracle_known(addresses, name) && !oracle_is_ours(attribute->value))
		oracle_blame(oracle, "address", bytes_of(attribute->value));
	if (oracle_known(addresses, name) && *attribute->value == '#')
		oracle_push(oracle, &oracle->wanted, arena_string(oracle->arena, attribute->value + 1));
	if (oracle_known(references, name)) {
		char *all = arena_string(oracle->arena, attribute->value), *place = NULL;
		for (char *one = strtok_r(all, " ", &place); one != NULL; one = strtok_r(NULL, " ", &place))
			oracle_push(oracle, &oracle->wanted, one);
	}
	if (strcmp(attribute->name, "id") == 0) {
		oracle_push(oracle, &oracle->ids, arena_string(oracle->arena, attribute->value));
		if (*attribute->value == '\0' || strpbrk(attribute->value, " \t\n") != NULL)
			oracle_blame(oracle, "id", bytes_of(attribute->value));
	}
	/* A fill may name a pattern of the same picture, nothing else. */
	if (strstr(attribute->value, "url(") != NULL && strcmp(attribute->name, "fill") == 0 && strncmp(attribute->value, "url(#", 5) != 0)
		oracle_blame(oracle, "fill", bytes_of(attribute->value));
}

static bool oracle_has_text(const GumboNode *node)
{
	if (node->type == GUMBO_NODE_TEXT)
		return *node->v.text.text != '\0';
	if (node->type != GUMBO_NODE_ELEMENT)
		return false;
	for (unsigned i = 0; i < node->v.element.children.length; i++)
		if (oracle_has_text(node->v.element.children.data[i]))
			return true;
	return false;
}

static bool oracle_has_child(const GumboElement *element, const char *name)
{
	for (unsigned i = 0; i < element->children.length; i++) {
		const GumboNode *child = element->children.data[i];
		if (child->type == GUMBO_NODE_ELEMENT && bytes_equal(oracle_name(&child->v.element), bytes_of(name)))
			return true;
	}
	return false;
}

static void oracle_heading(struct oracle *oracle, int level)
{
	if (level > oracle->heading + 1)
		oracle_blame(oracle, "a heading's level is left out", BYTES(""));
	oracle->first_headings += level == 1;
	oracle->heading = level;
}

static void oracle_element(struct oracle *oracle, const GumboNode *node)
{
	static const char *const spoken[] = { "a", "button", "caption", "h1", "h2", "h3", "label", "legend", "option", "summary", "th", "title", NULL };
	const GumboElement *element = &node->v.element;
	struct bytes name = oracle_name(element);
	if (!oracle_known(oracle_elements, name))
		oracle_blame(oracle, "element", name);
	if (oracle_known(spoken, name) && !oracle_has_text(node))
		oracle_blame(oracle, "nothing in", name);
	if (name.length == 2 && name.data[0] == 'h' && ascii_is_digit(name.data[1]))
		oracle_heading(oracle, name.data[1] - '0');
	if (bytes_equal(name, BYTES("table")) && !oracle_has_child(element, "caption"))
		oracle_blame(oracle, "no caption", name);
	if (bytes_equal(name, BYTES("fieldset")) && !oracle_has_child(element, "legend"))
		oracle_blame(oracle, "no legend", name);
	if (bytes_equal(name, BYTES("th")) && oracle_value(element, "scope") == NULL)
		oracle_blame(oracle, "no scope", name);
	if (bytes_equal(name, BYTES("input")) || bytes_equal(name, BYTES("select")) || bytes_equal(name, BYTES("textarea"))) {
		const char *type = oracle_value(element, "type");
		if ((type == NULL || strcmp(type, "hidden") != 0) && oracle_value(element, "id") == NULL)
			oracle_blame(oracle, "a control without a label", name);
	}
	if (bytes_equal(name, BYTES("form")) && strcmp(oracle_value(element, "method"), "get") != 0 && !oracle_has_child(element, "input"))
		oracle_blame(oracle, "no token", name);
	for (unsigned i = 0; i < element->attributes.length; i++)
		oracle_attribute(oracle, element->attributes.data[i]);
}

/* The tags as they stand: as all else is escaped, each '<' begins one. */
static void oracle_tags(struct oracle *oracle, struct bytes page)
{
	static const char *const empty[] = { "br", "hr", "img", "input", "link", "meta", NULL };
	struct names open = { NULL, 0 };
	for (size_t at = bytes_find_char(page, '<', 0); at != (size_t)-1; at = bytes_find_char(page, '<', at + 1)) {
		bool closes = at + 1 < page.length && page.data[at + 1] == '/';
		size_t from = at + 1 + closes, end = from;
		while (end < page.length && (ascii_is_alpha(page.data[end]) || ascii_is_digit(page.data[end])))
			end++;
		const char *name = arena_string_of(oracle->arena, bytes_slice(page, from, end));
		if (*name == '\0')
			continue; /* the doctype */
		if (closes && (open.count == 0 || strcmp(open.items[open.count - 1], name) != 0)) {
			oracle_blame(oracle, "closes what is not open", bytes_of(name));
		} else if (closes) {
			open.count--;
		} else {
			oracle_push(oracle, &oracle->written, arena_printf(oracle->arena, "%zu %s", open.count, name));
			if (!oracle_known(empty, bytes_of(name)))
				oracle_push(oracle, &open, name);
		}
	}
	if (open.count > 0)
		oracle_blame(oracle, "stays open", bytes_of(open.items[open.count - 1]));
}

static void oracle_same_tree(struct oracle *oracle)
{
	for (size_t i = 0; i < oracle->written.count && i < oracle->read.count; i++)
		if (strcmp(oracle->written.items[i], oracle->read.items[i]) != 0)
			oracle_blame(oracle, "the parser's tree is another", bytes_of(oracle->written.items[i]));
	if (oracle->written.count != oracle->read.count)
		oracle_blame(oracle, "the parser's tree has more or fewer elements", BYTES(""));
}

static void oracle_walk(struct oracle *oracle, const GumboNode *node, size_t depth)
{
	if (node->type == GUMBO_NODE_COMMENT || node->type == GUMBO_NODE_CDATA)
		oracle_blame(oracle, "a comment", BYTES(""));
	if (node->type != GUMBO_NODE_ELEMENT)
		return;
	struct bytes name = oracle_name(&node->v.element);
	oracle_push(oracle, &oracle->read, arena_printf(oracle->arena, "%zu %.*s", depth, (int)name.length, name.data));
	oracle_element(oracle, node);
	for (unsigned i = 0; i < node->v.element.children.length; i++)
		oracle_walk(oracle, node->v.element.children.data[i], depth + 1);
}

static int oracle_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void oracle_references(struct oracle *oracle)
{
	if (oracle->ids.count > 0)
		qsort(oracle->ids.items, oracle->ids.count, sizeof *oracle->ids.items, oracle_compare);
	for (size_t i = 1; i < oracle->ids.count; i++)
		if (strcmp(oracle->ids.items[i - 1], oracle->ids.items[i]) == 0)
			oracle_blame(oracle, "twice the id", bytes_of(oracle->ids.items[i]));
	for (size_t i = 0; i < oracle->wanted.count; i++)
		if (oracle->ids.count == 0 ||
		    bsearch(&oracle->wanted.items[i], oracle->ids.items, oracle->ids.count, sizeof *oracle->ids.items, oracle_compare) == NULL)
			oracle_blame(oracle, "no such id", bytes_of(oracle->wanted.items[i]));
}

/* What turns the direction, controls anything, or is seen by nobody. */
static void oracle_characters(struct oracle *oracle, struct bytes page)
{
	static const struct bytes never[] = { BYTES("\xe2\x80\xae"), BYTES("\xe2\x80\xad"), BYTES("\xe2\x81\xa6"), BYTES("\xe2\x80\x8b"), BYTES("\xef\xbb\xbf"),
					      BYTES("\xc2\xad"), BYTES("\xe2\x80\xa8") };
	if (!unicode_is_utf8(page))
		oracle_blame(oracle, "not UTF-8", BYTES(""));
	for (size_t i = 0; i < page.length; i++)
		if (((unsigned char)page.data[i] < 0x20 && page.data[i] != '\n' && page.data[i] != '\t') || page.data[i] == 0x7f)
			oracle_blame(oracle, "a control character", BYTES(""));
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
		if (bytes_find(page, never[i], 0) != (size_t)-1)
			oracle_blame(oracle, "a character that may not be seen", BYTES(""));
}

/* NULL when the page is in order; else what is not. */
static inline const char *page_oracle(struct arena *arena, struct bytes page)
{
	struct oracle oracle = { .arena = arena };
	GumboOptions options = kGumboDefaultOptions;
	options.max_errors = 10;
	GumboOutput *output = gumbo_parse_with_options(&options, page.data, page.length);
	if (output->errors.length > 0)
		oracle_blame(&oracle, "the parser had to mend it", BYTES(""));
	if (!output->document->v.document.has_doctype)
		oracle_blame(&oracle, "no doctype", BYTES(""));
	oracle_walk(&oracle, output->root, 0);
	oracle_tags(&oracle, page);
	oracle_same_tree(&oracle);
	oracle_references(&oracle);
	oracle_characters(&oracle, page);
	if (oracle.first_headings != 1)
		oracle_blame(&oracle, "not one first heading", BYTES(""));
	gumbo_destroy_output(&kGumboDefaultOptions, output);
	return oracle.wrong;
}

#endif
