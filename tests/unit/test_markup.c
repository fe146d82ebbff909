/* test_markup.c - foreign text made harmless, and HTML that is a tree whatever stands in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/markup.h"
#include "base/unicode.h"

struct pair {
	struct bytes foreign;
	const char *line;
};

#define WELSH_FLAG "\xf0\x9f\x8f\xb4\xf3\xa0\x81\xa7\xf3\xa0\x81\xa2\xf3\xa0\x81\xb7\xf3\xa0\x81\xac\xf3\xa0\x81\xb3\xf3\xa0\x81\xbf"
#define FAMILY "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"

static const struct pair pairs[] = {
	{ BYTES("O'Neill & Si\xc3\xa2n <b>"), "O'Neill & Si\xc3\xa2n <b>" },
	{ BYTES("a\x1b[31mb\x00" "c\x7f" "d"), "a [31mb c d" },
	{ BYTES("two\r\nlines\ttab"), "two lines tab" },
	{ BYTES("\xc2\x85next\xe2\x80\xa8line"), " next line" },
	{ BYTES("gpj.\xe2\x80\xae" "exe"), "gpj. exe" },
	{ BYTES("a\xe2\x81\xa6" "b\xe2\x81\xa9" "c\xe2\x80\x8e" "d\xd8\x9c" "e"), "a b cde" },
	{ BYTES("pass\xe2\x80\x8bw\xc2\xado\xef\xbb\xbfr\xe2\x81\xa0" "d"), "password" },
	{ BYTES("ta\xf3\xa0\x81\xa1g, jo\xe2\x80\x8din"), "tag, join" },
	{ BYTES(WELSH_FLAG "!"), WELSH_FLAG "!" },
	{ BYTES(FAMILY), FAMILY },
	{ BYTES("\xd9\x85\xe2\x80\x8c\xdb\x8c"), "\xd9\x85\xe2\x80\x8c\xdb\x8c" }, /* a joiner Persian needs */
	{ BYTES("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"), "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d" },
	{ BYTES("\xff\xfe|\xc3|\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
	{ BYTES("\xef\xbf\xbe\xef\xb7\x90"), "\xef\xbf\xbd\xef\xbf\xbd" },
	{ BYTES("e\xcc\x81"), "e\xcc\x81" },
	{ BYTES("e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81z"), "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81z" },
	{ BYTES(""), "" },
};

static void foreign_text_is_harmless(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		assert_string_equal(harmless_line(arena, pairs[i].foreign), pairs[i].line);
	arena_free(&arena);
}

static void lines_stay_lines(void **state)
{
	(void)state;
	struct text text = TEXT_INIT;
	harmless_add(&text, BYTES("a\r\nb\rc\n\td\xe2\x80\xa9" "e\x0b"), HARMLESS_LINES);
	assert_string_equal(text_string(&text), "a\nb\nc\n\td\ne ");
	text_release(&text);
}

/* Every run of three octets out of those that begin, go on with or end something. */
static void any_octets_give_utf8(void **state)
{
	static const char octets[] = "\x00\x09\x0d\x41\x7f\x80\x8b\xae\xbf\xc2\xcc\xe2\xed\xef\xf0\xf3\xf4\xf8\xff";
	(void)state;
	for (size_t i = 0; i < (sizeof octets) * (sizeof octets) * (sizeof octets); i++) {
		char three[3] = { octets[i % sizeof octets], octets[i / sizeof octets % sizeof octets], octets[i / sizeof octets / sizeof octets] };
		struct text text = TEXT_INIT;
		harmless_add(&text, (struct bytes){ three, 3 }, i % 2 == 0 ? HARMLESS_LINE : HARMLESS_LINES);
		assert_true(unicode_is_utf8(text_bytes(&text)));
		for (size_t c = 0; c < text.length; c++)
			assert_true((unsigned char)text.data[c] >= 0x20 || text.data[c] == '\n' || text.data[c] == '\t');
		text_release(&text);
	}
}

static void text_and_values_are_escaped(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct markup page = MARKUP_INIT(arena);
	markup_open(&page, "p", "title", "\"><script>\n'", "class", NULL, "hidden", "", NULL);
	markup_words(&page, "<script>alert('x')</script> & ");
	markup_foreign(&page, "\xe2\x80\xae<b>");
	markup_printf(&page, "%d < %s", 1, "<i>");
	markup_empty(&page, "input", "value", "O'Neill", NULL);
	markup_close(&page, "p");
	markup_time(&page, 1772546520);
	assert_string_equal(arena_string_of(arena, markup_end(&page)),
			    "<p title=\"&quot;&gt;&lt;script&gt; &#39;\" hidden=\"\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; "
			    "<bdi> &lt;b&gt;</bdi>1 &lt; &lt;i&gt;<input value=\"O&#39;Neill\"></p>\n"
			    "<time datetime=\"2026-03-03T14:02:00Z\">Tuesday 3 March 2026, 14:02</time>");
	assert_string_equal(markup_url_part(arena, "CH-1/..?a=b&\xc3\xa2~"), "CH-1%2F..%3Fa%3Db%26%C3%A2~");
	assert_string_equal(markup_url_part(arena, NULL), "");
	arena_free(&arena);
}

static void leave_open(struct markup *page)
{
	markup_open(page, "p", NULL);
	markup_end(page);
}

static void close_another(struct markup *page)
{
	markup_open(page, "p", NULL);
	markup_open(page, "em", NULL);
	markup_close(page, "p");
}

static void close_too_much(struct markup *page)
{
	markup_close(page, "p");
}

static void open_too_deep(struct markup *page)
{
	for (size_t i = 0; i <= MARKUP_DEPTH_MOST; i++)
		markup_open(page, "div", NULL);
}

/* A page of ours that is no tree is a broken invariant: it must not reach anybody. */
static void what_is_no_tree_aborts(void **state)
{
	static void (*const wrong[])(struct markup *) = { leave_open, close_another, close_too_much, open_too_deep };
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			signal(SIGABRT, SIG_DFL);
			struct markup page = MARKUP_INIT(arena_new());
			wrong[i](&page);
			_exit(0);
		}
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(foreign_text_is_harmless),
		cmocka_unit_test(lines_stay_lines),
		cmocka_unit_test(any_octets_give_utf8),
		cmocka_unit_test(text_and_values_are_escaped),
		cmocka_unit_test(what_is_no_tree_aborts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
