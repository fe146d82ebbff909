/* foot_text.c - see foot_text.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/foot_text.h"

#include "base/text.h"
#include "base/unicode.h"

/* Only this is above all rules of a style sheet. */
#define FOOT_STYLE \
	"display:block!important;visibility:visible!important;opacity:1!important;position:static!important;height:auto!important;" \
	"color:#000!important;background:#fff!important;font-size:medium!important;line-height:normal!important;" \
	"text-indent:0!important"

char *foot_line_clean(struct arena *arena, struct bytes line)
{
	char *clean = arena_string_of(arena, unicode_repair(arena, line));
	for (char *c = clean; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	return arena_string_of(arena, bytes_trim(bytes_of(clean)));
}

char *line_fill(struct arena *arena, const char *format, const char *const *values, size_t value_count)
{
	struct text out = TEXT_INIT;
	struct bytes all = bytes_of(format);
	size_t at = 0, value = 0;
	for (size_t mark; value < value_count && (mark = bytes_find(all, BYTES("%s"), at)) != (size_t)-1; at = mark + 2) {
		text_add_bytes(&out, bytes_slice(all, at, mark));
		text_add(&out, values[value++]);
	}
	text_add_bytes(&out, bytes_slice(all, at, all.length));
	char *line = arena_string_of(arena, text_bytes(&out));
	text_release(&out);
	return line;
}

static bool ends_line(struct bytes text, size_t at)
{
	return at == 0 || text.data[at - 1] == '\n';
}

/* The line that ends at `at`, which must be the start of a line, without its line end. */
static struct bytes line_before(struct bytes text, size_t at)
{
	size_t end = at - 1;
	if (end > 0 && text.data[end - 1] == '\r')
		end--;
	size_t start = end;
	while (start > 0 && text.data[start - 1] != '\n')
		start--;
	return bytes_slice(text, start, end);
}

/* A flowed line goes on in the next one (RFC 3676 section 4.1), but for the signature separator. */
static bool flows_on(struct bytes line)
{
	return bytes_ends_with(line, BYTES(" ")) && !bytes_equal(line, BYTES("-- "));
}

static void set_apart_before(struct text *out, const struct foot_place *place)
{
	size_t start = place->at;
	struct bytes last;
	if (start == 0)
		return;
	if (ends_line(place->text, start)) {
		last = line_before(place->text, start);
	} else {
		while (start > 0 && place->text.data[start - 1] != '\n')
			start--;
		last = bytes_slice(place->text, start, place->at);
		text_add_bytes(out, place->eol);
	}
	if (place->flowed && flows_on(last))
		text_add_bytes(out, place->eol); /* an empty line ends the paragraph and does not show */
	if (bytes_trim(last).length > 0)
		text_add_bytes(out, place->eol);
}

static void set_apart_after(struct text *out, const struct foot_place *place)
{
	size_t offset = place->at;
	struct bytes next;
	if (bytes_next_line(place->text, &offset, &next)) {
		text_add_bytes(out, place->eol);
		if (bytes_trim(next).length > 0)
			text_add_bytes(out, place->eol);
	} else if (ends_line(place->text, place->at)) {
		text_add_bytes(out, place->eol);
	}
}

/* RFC 3676 section 4.4 */
static bool needs_stuffing(struct bytes line)
{
	return bytes_starts_with(line, BYTES(" ")) || bytes_starts_with(line, BYTES(">")) ||
	       bytes_starts_with(line, BYTES("From "));
}

struct bytes foot_plain(struct arena *arena, const struct foot_place *place, const char *const *lines, size_t line_count)
{
	struct text out = TEXT_INIT;
	set_apart_before(&out, place);
	for (size_t i = 0; i < line_count; i++) {
		struct bytes line = bytes_of(foot_line_clean(arena, bytes_of(lines[i])));
		if (i > 0)
			text_add_bytes(&out, place->eol);
		if (place->flowed && needs_stuffing(line))
			text_add_char(&out, ' ');
		text_add_bytes(&out, line);
	}
	set_apart_after(&out, place);
	return text_to_arena(&out, arena);
}

/* The character at *offset of valid UTF-8, and *offset moved past it. */
static unsigned long next_character(struct bytes utf8, size_t *offset)
{
	unsigned char lead = (unsigned char)utf8.data[(*offset)++];
	size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
	unsigned long c = more == 0 ? lead : lead & (0x3fu >> more);
	for (; more > 0 && *offset < utf8.length; more--)
		c = c << 6 | ((unsigned char)utf8.data[(*offset)++] & 0x3fu);
	return c;
}

static void add_escaped(struct text *out, struct bytes line, bool ascii_only)
{
	static const char *const entities['>' + 1] = { ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;" };
	for (size_t at = 0; at < line.length;) {
		size_t start = at;
		unsigned long c = next_character(line, &at);
		if (c <= '>' && entities[c] != NULL)
			text_add(out, entities[c]);
		else if (c > 0x7f && ascii_only)
			text_printf(out, "&#%lu;", c);
		else
			text_add_bytes(out, bytes_slice(line, start, at));
	}
}

struct bytes foot_html(struct arena *arena, const struct foot_place *place, const char *const *lines, size_t line_count)
{
	struct text out = TEXT_INIT;
	/* On lines of its own in the source, so that no source line grows. */
	if (!ends_line(place->text, place->at))
		text_add_bytes(&out, place->eol);
	/* The line has its own direction, not that of the letter around it. Colours are named only where they must be: a mail program
	 * in the dark turns around what names none. */
	text_add(&out, place->styled ? "<p dir=\"auto\" style=\"" FOOT_STYLE "\">" : "<p dir=\"auto\">");
	for (size_t i = 0; i < line_count; i++) {
		if (i > 0) {
			text_add(&out, "<br>");
			text_add_bytes(&out, place->eol);
		}
		add_escaped(&out, bytes_of(foot_line_clean(arena, bytes_of(lines[i]))), place->ascii_only);
	}
	text_add(&out, "</p>");
	text_add_bytes(&out, place->eol);
	return text_to_arena(&out, arena);
}
