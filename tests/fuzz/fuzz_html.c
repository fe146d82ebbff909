/* fuzz_html.c - any bytes as HTML: the answers fit each other and the source.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/unicode.h"
#include "fuzz.h"
#include "reading/html.h"
#include "reading/text_line.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct bytes html = unicode_repair(arena, (struct bytes){ (const char *)data, size });
	struct html_text text = html_read(arena, html);
	must(unicode_is_utf8(text.shown));
	must(text.end <= html.length);
	must(text.quote_start == (size_t)-1 || text.quote_start < html.length);
	for (size_t i = 0; i < text.shown.length; i++)
		must(text.source[i] <= html.length);
	for (size_t i = 0; i < text.line_count; i++)
		must(text.line_places[i] <= html.length);
	struct text_lines lines = lines_of_html(arena, &text, 1000000);
	must(lines.count == text.line_count);
	for (size_t i = 0; i < lines.count; i++)
		must(lines.items[i].place <= html.length && unicode_is_utf8(lines.items[i].plain));
	arena_free(&arena);
	return 0;
}
