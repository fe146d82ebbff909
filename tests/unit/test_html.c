/* test_html.c - what shows of an HTML text, in which lines, how deep in quotations, and from where in the source.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "reading/html.h"

static const struct {
	const char *html, *shown;
	const char *hidden; /* contained in, when not NULL */
} cases[] = {
	{ "", "", NULL },
	{ "plain text", "plain text", NULL },
	{ "<p>CON<b>FIDENTIAL</b></p>", "CONFIDENTIAL", NULL },
	{ "<div>a</div><div>b</div>", "a\nb", NULL },
	{ "<div>a</div><div><br></div><div>b</div>", "a\n\nb", NULL },
	{ "a<br>b<br/>c", "a\nb\nc", NULL },
	{ "<p>a</p><p>b</p>", "a\n\nb", NULL },
	{ "<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", "a\nb", NULL },
	{ "a &amp; b &lt;c&gt; &eacute;&#233;", "a & b <c> éé", NULL },
	{ "a\r\n  b\tc", "a b c", NULL },
	{ "<pre>a\n  b</pre>", "a\n  b", NULL },
	{ "<table><tr><td>From:</td><td>Ruth</td></tr><tr><td>To:</td><td>Carl</td></tr></table>", "From: Ruth\nTo: Carl", NULL },
	{ "<ul><li>one<li>two</ul>", "one\ntwo", NULL },
	{ "a<hr>b", "a\n________________________________\nb", NULL },
	{ "<head><title>t</title><style>x{}</style></head><body>a", "a", "t" },
	{ "a<script>b()</script>c<!-- d -->", "ac", NULL },
	{ "a<span style='display:none'>secret</span>b", "ab", "secret" },
	{ "a<span style='DISPLAY : NONE'>secret</span>b", "ab", "secret" },
	{ "a<span style='display:block'>shown</span>b", "ashownb", NULL },
	{ "a<span style='visibility:hidden'>secret</span>b", "ab", "secret" },
	{ "a<span style='font-size:0px'>secret</span>b", "ab", "secret" },
	{ "<td style='font-size:0'><div style='font-size:14px'>shown</div>", "shown", NULL },
	{ "a<span style='font-size:0.8em'>shown</span>b", "ashownb", NULL },
	{ "a<span style='max-height:0;overflow:hidden'>secret</span>b", "ab", "secret" },
	{ "a<span style='max-height:0'>shown</span>b", "ashownb", NULL },
	{ "<div style='background:#fff'>a<font color=white>secret</font>b</div>", "ab", "secret" },
	{ "<div style='background-color:#000'>a<font color=white>shown</font>b</div>", "ashownb", NULL },
	{ "<body bgcolor=white>a<span style='color:rgb(255, 255, 255)'>secret</span>b", "ab", "secret" },
	{ "a<p hidden>secret</p>b", "a\n\nb", "secret" },
	{ "a</x>b &copy; c", "ab © c", NULL },
	{ "<b><i>a</b>b</i>", "ab", NULL },
	{ "a &nbsp; b", "a \xc2\xa0 b", NULL },
};

static void test_what_shows(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *arena = arena_new();
		struct html_text text = html_read(arena, bytes_of(cases[i].html));
		if (!bytes_equal(text.shown, bytes_of(cases[i].shown)))
			fail_msg("%s: \"%.*s\"", cases[i].html, (int)text.shown.length, text.shown.data);
		if (cases[i].hidden != NULL)
			assert_true(bytes_find(text.hidden, bytes_of(cases[i].hidden), 0) != (size_t)-1);
		else
			assert_int_equal(bytes_find(text.hidden, BYTES("secret"), 0), (size_t)-1);
		assert_false(text.truncated);
		arena_free(&arena);
	}
}

/* A reference to a character beyond all numbers: some replacement, whatever the parser wrote for it. */
static void test_shown_text_is_utf8(void **state)
{
	static const char *const references[] = { "a&#64444444444444444444444444000000000007173733806442603406&b", "&#4295022592;", "&#xD800;&#xDFFF;",
						  "<p hidden>&#64444444444444444444444444000000000007173733806442603406&",
						  "<img alt='the stamp &#6444444400; of the clerk'>" };
	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		struct arena *arena = arena_new();
		struct html_text text = html_read(arena, bytes_of(references[i]));
		assert_true(unicode_is_utf8(text.shown) && unicode_is_utf8(text.hidden));
		arena_free(&arena);
	}
}

/* Each shown letter of these texts is at its own place in the source. */
static void test_sources(void **state)
{
	static const char *const texts[] = { "<p>one &amp; two</p>\r\n<div>three</x> four<br>\r\nfive &eacute;six</div>",
					     "<table>lost<tr><td>cell</table>after", "a<b>b<p>c</b>d</p>e" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena *arena = arena_new();
		struct html_text text = html_read(arena, bytes_of(texts[i]));
		for (size_t k = 0; k < text.shown.length; k++) {
			assert_true(text.source[k] < strlen(texts[i]));
			if (ascii_is_alpha(text.shown.data[k]))
				assert_int_equal(texts[i][text.source[k]], text.shown.data[k]);
		}
		arena_free(&arena);
	}
}

/* "Q" is where the quotation begins to count; digits are the depth wanted for the letter before them. */
static const struct {
	const char *html;
	const char *letters; /* shown letters in order */
	const char *depths;
} quotes[] = {
	{ "<div>a</div><div class=\"gmail_quote\"><div>b</div><blockquote class=\"gmail_quote\">c</blockquote></div>d", "abcd", "0110" },
	{ "a<blockquote type=cite>b<blockquote type=CITE>c</blockquote>d</blockquote>e", "abcde", "01210" },
	{ "a<blockquote>b</blockquote>", "ab", "00" },
	{ "a<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">b</blockquote>", "ab", "00" },
	{ "a<blockquote style='BORDER-LEFT: #000 2px solid'>b</blockquote>", "ab", "01" },
	{ "a<div class='moz-cite-prefix'>b</div><blockquote type=cite>c</blockquote>", "abc", "001" },
	{ "a<div class=gmail_quote>b<br>c<br>d<br>e<br>f<br>g<blockquote type=cite>h</blockquote></div>", "abcdefgh", "01111112" },
};

static void test_quote_depth(void **state)
{
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		struct arena *arena = arena_new();
		struct html_text text = html_read(arena, bytes_of(quotes[i].html));
		size_t n = 0;
		for (size_t k = 0; k < text.shown.length; k++) {
			if (!ascii_is_alpha(text.shown.data[k]))
				continue;
			assert_int_equal(text.shown.data[k], quotes[i].letters[n]);
			if (text.quote_depth[k] != quotes[i].depths[n] - '0')
				fail_msg("%s: %c at depth %d", quotes[i].html, text.shown.data[k], text.quote_depth[k]);
			n++;
		}
		assert_int_equal(n, strlen(quotes[i].letters));
		arena_free(&arena);
	}
}

/* "|" is where something put before the line that begins with "Q" must go. */
static const char *const places[] = {
	"<div>a</div>|<div class=gmail_quote><div>Q b</div></div>",
	"<div>a</div>|<div><p><b>Q</b> b</p></div>",
	"<p>a</p>|<table><tr><td>Q</td></tr></table>",
	"<p>a<br>|<b>Q</b>",
	"<p>a<br>|Q",
	"<table><tr><td>a<br>|Q</td></tr></table>",
	"<table><tr><td>a</td></tr><tr><td>|<div>Q</div></td></tr></table>",
	"<p>a</p>|<ul><li>Q</ul>",
	"|<div><div><br></div><div>Q</div></div>",
};

static void test_places(void **state)
{
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct arena *arena = arena_new();
		struct text html = TEXT_INIT;
		size_t wanted = bytes_find_char(bytes_of(places[i]), '|', 0);
		for (const char *c = places[i]; *c != '\0'; c++)
			if (*c != '|')
				text_add_char(&html, *c);
		struct html_text text = html_read(arena, text_bytes(&html));
		size_t line = 0, at = 0;
		bool found = false;
		for (; at < text.shown.length && !found; at++) {
			line += text.shown.data[at] == '\n';
			found = text.shown.data[at] == 'Q';
		}
		assert_true(found && line < text.line_count);
		if (text.line_places[line] != wanted)
			fail_msg("%s: %zu", places[i], text.line_places[line]);
		text_release(&html);
		arena_free(&arena);
	}
}

static void test_end_and_quote_start(void **state)
{
	struct arena *arena = arena_new();
	const char *html = "<html><body><p>a</p><div id=\"divRplyFwdMsg\">b</div></body></html>";
	struct html_text text = html_read(arena, bytes_of(html));
	assert_int_equal(text.end, strstr(html, "</body>") - html);
	assert_int_equal(text.quote_start, strstr(html, "<div id") - html);
	text = html_read(arena, BYTES("<p>a</p>"));
	assert_int_equal(text.end, 8);
	assert_int_equal(text.quote_start, (size_t)-1);
	html = "<html><body>a</body></html>late";
	text = html_read(arena, bytes_of(html));
	assert_int_equal(text.end, strlen(html));
	arena_free(&arena);
}

static void check_bounded(const char *unit, size_t times, bool truncated)
{
	struct arena *arena = arena_new();
	struct text html = TEXT_INIT;
	for (size_t i = 0; i < times; i++)
		text_add(&html, unit);
	text_add(&html, "end");
	struct html_text text = html_read(arena, text_bytes(&html));
	assert_int_equal(text.truncated, truncated);
	text_release(&html);
	arena_free(&arena);
}

/* What hides tags from a careless look, with and without the parser being fooled too. "|" is where many "<div>" stand. */
static const struct {
	const char *html;
	bool truncated;
} hideouts[] = {
	{ "<!-- --!>|", true },
	{ "<!-->|", true },
	{ "<!--->|", true },
	{ "<!DOCTYPE x \"<!-- >|", true },
	{ "<? <!-- >|", true },
	{ "<!x <style>|", true },
	{ "</<!-- >|", true },
	{ "<p a=b=\">|", true },
	{ "<p =\">|", true },
	{ "<p a = \"><!--\">|", true },
	{ "<svg><title>|", true },
	{ "<svg><style><a b=\"</style></svg>\">|", true },
	{ "<svg><![CDATA[></svg>]]>|", true },
	{ "<select><xmp><input>|", true },
	{ "<script><!-- <script> </script> </script>|", true },
	{ "<!-- | -->", false },
	{ "<style>|</style>", false },
	{ "<style></stylex>|</style>", false },
	{ "<script><!-- | --></script>", false },
	{ "<p a = \"|\">", false },
	{ "<p a='|'>", false },
};

static void test_no_hideout_from_bounds(void **state)
{
	for (size_t i = 0; i < sizeof hideouts / sizeof *hideouts; i++) {
		struct arena *arena = arena_new();
		struct text html = TEXT_INIT;
		const char *mark = strchr(hideouts[i].html, '|');
		text_add_bytes(&html, bytes_slice(bytes_of(hideouts[i].html), 0, (size_t)(mark - hideouts[i].html)));
		for (int n = 0; n < 100000; n++)
			text_add(&html, "<div>");
		text_add(&html, mark + 1);
		if (html_read(arena, text_bytes(&html)).truncated != hideouts[i].truncated)
			fail_msg("%s", hideouts[i].html);
		text_release(&html);
		arena_free(&arena);
	}
}

static void check_attributes(const char *before, const char *format, size_t times, bool truncated)
{
	struct arena *arena = arena_new();
	struct text html = TEXT_INIT;
	text_add(&html, before);
	for (size_t i = 0; i < times; i++) {
		text_add(&html, arena_printf(arena, "a%zu", i));
		text_add(&html, format);
	}
	text_add(&html, ">end");
	struct html_text text = html_read(arena, text_bytes(&html));
	if (text.truncated != truncated)
		fail_msg("%s %s %zu", before, format, times);
	text_release(&html);
	arena_free(&arena);
}

/* The parser compares each attribute with all others of its tag: 100,000 of them kept it busy for minutes. */
static void test_hostile_attributes_are_bounded(void **state)
{
	check_attributes("<p ", "=1 ", 100, false);
	check_attributes("<p ", "=1 ", 100000, true);
	check_attributes("<p ", "/", 100000, true);
	check_attributes("<p ", "='1'", 100000, true);
	check_attributes("<p =\"", "=1 ", 100000, true);
	check_attributes("</p ", "=1 ", 100000, true);
	check_attributes("<html ", "=1><html ", 100000, true);
	check_attributes("<body ", "=1><body ", 100000, true);
	check_attributes("<svg><style><p ", "=1 ", 100000, true);
	check_attributes("<p title=\"", " words ", 100000, false);
	check_attributes("<p ", "=1><p ", 100000, false);
}

static void test_hostile_nesting_is_bounded(void **state)
{
	check_bounded("<div>", 100, false);
	check_bounded("<div>", 200000, true);
	check_bounded("<b><div></b>", 100000, true);
	check_bounded("<div><table><td></div>", 50000, true);
	check_bounded("<p>a<td>b<li>c", 20000, false);
	struct text html = TEXT_INIT;
	for (int i = 0; i < 300; i++)
		text_printf(&html, i == 0 ? "<p><font x%d=1>" : "<font x%d=1>", i);
	for (int i = 0; i < 200000; i++)
		text_add(&html, "<p>x");
	struct arena *arena = arena_new();
	assert_true(html_read(arena, text_bytes(&html)).truncated);
	text_release(&html);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_shows), cmocka_unit_test(test_shown_text_is_utf8),
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_quote_depth), cmocka_unit_test(test_places),
		cmocka_unit_test(test_end_and_quote_start), cmocka_unit_test(test_hostile_nesting_is_bounded),
		cmocka_unit_test(test_no_hideout_from_bounds), cmocka_unit_test(test_hostile_attributes_are_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
