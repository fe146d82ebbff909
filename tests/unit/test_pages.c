/* test_pages.c - every page of the console from answers of every shape: well-formed, harmless, labelled, and saying what it must.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <sys/stat.h>

#include "page_oracle.h"
#include "page_seed.h"

static const char *seed_path(struct arena *arena, const char *name)
{
	const char *top = getenv("srcdir");
	return arena_printf(arena, "%s/tests/fuzz/seeds-page/%s.json", top == NULL ? "." : top, name);
}

static json_t *seed_load(struct arena *arena, const char *name)
{
	json_error_t error;
	json_t *seed = json_load_file(seed_path(arena, name), 0, &error);
	if (seed == NULL)
		fail_msg("%s: %s", name, error.text);
	return seed;
}

static void (*page_named(const char *name))(struct page *, const json_t *)
{
	for (size_t i = 0; i < SEED_PAGES; i++)
		if (strcmp(seed_pages[i].name, name) == 0)
			return seed_pages[i].show;
	fail_msg("no page %s", name);
	return NULL;
}

/* To be looked at: COPYHOLD_KEEP_PAGES names a folder. */
static void keep(struct arena *arena, const char *name, struct bytes html)
{
	const char *folder = getenv("COPYHOLD_KEEP_PAGES");
	if (folder == NULL)
		return;
	FILE *file = fopen(arena_printf(arena, "%s/%s.html", folder, name), "w");
	assert_non_null(file);
	assert_int_equal(fwrite(html.data, 1, html.length, file), html.length);
	assert_int_equal(fclose(file), 0);
}

static const char *shown(struct arena *arena, const char *name, const json_t *seed)
{
	struct bytes html = seed_show(arena, page_named(answer_string(seed, "page")), seed);
	const char *wrong = page_oracle(arena, html);
	keep(arena, name, html);
	if (wrong != NULL)
		fail_msg("%s: %s", name, wrong);
	return arena_string_of(arena, html);
}

static const char *shown_seed(struct arena *arena, const char *name)
{
	json_t *seed = seed_load(arena, name);
	const char *html = shown(arena, name, seed);
	json_decref(seed);
	return html;
}

static size_t count(const char *html, const char *part)
{
	size_t found = 0;
	for (const char *at = strstr(html, part); at != NULL; at = strstr(at + 1, part))
		found++;
	return found;
}

static void must_have(const char *name, const char *html, const char *part)
{
	if (strstr(html, part) == NULL)
		fail_msg("%s lacks %s", name, part);
}

static void must_lack(const char *name, const char *html, const char *part)
{
	if (strstr(html, part) != NULL)
		fail_msg("%s has %s", name, part);
}

static void all_seeds_are_in_order(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const char *folder = seed_path(arena, "x");
	DIR *seeds = opendir(arena_printf(arena, "%.*s", (int)(strlen(folder) - strlen("/x.json")), folder));
	size_t found = 0;
	assert_non_null(seeds);
	for (const struct dirent *file = readdir(seeds); file != NULL; file = readdir(seeds)) {
		struct bytes name = bytes_of(file->d_name);
		if (!bytes_ends_with(name, BYTES(".json")))
			continue;
		found++;
		shown_seed(arena, arena_printf(arena, "%.*s", (int)(name.length - 5), name.data));
	}
	closedir(seeds);
	assert_true(found >= 28);
	arena_free(&arena);
}

struct saying {
	const char *seed;
	const char *has[12], *lacks[6];
};

static const struct saying sayings[] = {
	{ "desk", { "6 messages wait for a decision, the oldest first.", "2 messages are with another reviewer", "75 hours (3 days)", "Overdue", "Subject withheld",
		    "Hidden copy to", "Si\xc3\xa2n O&#39;Neill", "lang=\"cy\"" },
		  { "<script", "<img", "\xe2\x80\xae" } },
	{ "desk-empty", { "Nothing waits for you." }, { "<form method=\"post\" action=\"/bulk\"", "entries", "with another reviewer" } },
	{ "desk-one", { "1 message waits", "role=\"status\"" }, { "Pages of this list" } },
	{ "message", { "This note is <mark>CONFIDENTIAL</mark> to members", "Si\xc3\xa2n: <mark>please go ahead and order</mark>", "lang=\"cy\"", "Wording only: please read with care.",
		       "Marked as a wrong match", "onerror=alert(1)&gt; <mark>we accept</mark> &quot;this&quot;", "<a href=\"#text\">read the text</a>", "Other decisions", "Protected by a password, so not read", "I copied it because the deadline is today.\nDiolch",
		       "Earlier in this conversation", "A councillor could not be seen by the others.</bdi> <a href=\"/message/CH-2026-0100\">" },
		     { "<img", "<b>", "class=\"note\"" } },
	{ "message-decided", { "Undo this decision", "until then it can be undone", "It is decided; what", "Lift the legal hold", "Request 2026/14" }, { "Confirm this decision", "name=\"deed\"" } },
	{ "message-confirm", { "Confirm this decision" }, { "You decided this yourself" } },
	{ "message-done", { "Helen Reed", "Confirmed by ", "role=\"alert\"" }, { "Undo this decision", "Confirm this decision" } },
	{ "message-refused", { "not open to you", "You sent this message." }, { "name=\"deed\"" } },
	{ "message-again", { "half a &lt;b&gt;reason", "Please choose a reason." }, { NULL } },
	{ "message-bare", { "Message CH-1", "copy waits: there is nothing to decide." }, { "Read the text", "name=\"judged\"", "Set a legal hold" } },
	{ "content", { "<mark>CONFIDENTIAL to members.</mark>", "&lt;script&gt;", "Signature", "Disclaimer", "<details open", "1 place is marked", "2 places are marked", "is left out" },
		     { "<img", "<script" } },
	{ "bulk", { "You have chosen 2 messages.", "1 message you ticked no longer waits", "name=\"count\" value=\"2\"", "Release 2 messages", "written, in 5 minutes; until then it can be undone.", "Return 2 messages to the senders" },
		  { "CH-GONE", "CH-2026-0114" } },
	{ "bulk-none", { "You have chosen no message." }, { "/bulk/decide" } },
	{ "bulk-done", { "1 message is decided.", "2 messages are not; the table says why.", "Not decided" }, { NULL } },
	{ "search", { "Words", "type=\"date\"" }, { "No message fits" } },
	{ "search-found", { "2,500 messages fit", "Page 3 of 50", "/search?text=%3Cscript%3E%20%26&amp;person=O%27Neill&amp;from=2026-01-01&amp;state=waiting&amp;page=4" }, { "<script" } },
	{ "search-none", { "No message fits" }, { "Pages of this list" } },
	{ "own", { "2 entries", "was delivered with a line or a note added" }, { "/message/" } },
	{ "statistics", { "95 minutes", "Exceptions used by quarter", "Exceptions chosen by reviewers by quarter", "The law requires &lt;b&gt;disclosure", "Silent copy (Councillor-Officer Protocol, Correspondence, para 1) by week", "None was seen.", "62 of 100", "not measured" }, { NULL } },
	{ "statistics", { "nobody is ranked", "None was seen. If there was any, it does not pass this gate", ">Not read in full</dt>\n<dd>3</dd>",
			  ">Messages that came in several envelopes</dt>\n<dd>12</dd>", ">A hidden copy known with the visible one</dt>\n<dd>4</dd>",
			  ">Known late, and told in a notice</dt>\n<dd>2</dd>", ">Copies split before they came here and not brought together</dt>\n<dd>1</dd>" },
			{ NULL } },
	{ "statistics-none", { "No rule had a finding.", "not measured", "There is no 31 February." }, { NULL } },
	{ "status", { "1 December 2025", "A changed configuration was refused.", "unknown key", "refused a changed configuration", "people.csv:3: &lt;b&gt;", "a1c0a1c0", "does not work", "No mail between colleagues" }, { "The disk is nearly full" } },
	{ "status", { ">Last message</dt>", ">Examined today</dt>\n<dd>52</dd>", ">Held now</dt>\n<dd>6</dd>", ">Loaded</dt>", ">Refused</dt>", ">Room used</dt>\n<dd>88.2 MB</dd>",
		      ">Last cleared by schedule</dt>", ">Removed then</dt>\n<dd>14</dd>", ">Next cleared</dt>", ">Last tested</dt>", ">It does not work.</dd>", "Connection refused" },
		    { NULL } },
	{ "status-bare", { "not measured", "none yet" }, { "A changed configuration was refused", "The gate, which", "by another configuration", "does not work", "No mail between colleagues" } },
	{ "journal", { "The text was read.", "Reason: <bdi>The marking stands in a &lt;b&gt;quotation", "strange", "{broken", "/journal?page=48", "not known" }, { "<b>" } },
	{ "link", { "Make the copy open", "lang=\"cy\"", "action=\"/link/abc.def\"", "<h1>Eich neges / Your message</h1>", "Heb ei hanfon eto at / Not yet sent to",
		    "Eich rheswm neu&#39;ch sylw &lt;b&gt; / Your reason or remark", "<dt>Subject</dt>", "Choose one. You can do so once" },
		  { "What was chosen", "<h1>Your message" } },
	{ "link-used", { "This link was used on Tuesday.", "What was chosen: ", "Ei thynnu&#39;n \xc3\xb4l / Withdraw it" }, { "<form" } },
	{ "link-expired", { "This link has expired." }, { "<form", "No subject", "not known" } },
	{ "link-done", { "<html lang=\"cy\">", "Neidio i&#39;r cynnwys / Skip to the content</a>", "Copyhold. Fel yr oedd pethau: / As things stood: <time datetime=",
			 ">Dydd ", "Your message goes out now.", "<h1>Diolch / Thank you</h1>", "Gallwch gau&#39;r dudalen hon. / You can close this page." }, { "<form", "This page is as" } },
	{ "link-expired", { "<html lang=\"en-GB\">", "Skip to the content</a>", "Copyhold. This page is as things stood on <time" }, { "Dydd" } },
};

static void pages_say_what_they_must(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof sayings / sizeof sayings[0]; i++) {
		const char *html = shown_seed(arena, sayings[i].seed);
		for (size_t k = 0; k < sizeof sayings[i].has / sizeof sayings[i].has[0] && sayings[i].has[k] != NULL; k++)
			must_have(sayings[i].seed, html, sayings[i].has[k]);
		for (size_t k = 0; k < 6 && sayings[i].lacks[k] != NULL; k++)
			must_lack(sayings[i].seed, html, sayings[i].lacks[k]);
	}
	arena_free(&arena);
}

/* Why it waits comes before what else was observed, and so do the reasons that fit it. */
static void what_holds_comes_first(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const char *html = shown_seed(arena, "message"), *beside = strstr(html, "A hidden copy.");
	const char *holds = strstr(html, "Part of the message is marked");
	const char *fold = strstr(html, "What else was observed (1)");
	assert_true(beside != NULL && holds != NULL && fold != NULL && holds < fold && fold < beside);
	const char *folded = strstr(html, "Reasons from the other clauses"), *other = strstr(html, "value=\"other\"");
	assert_true(folded != NULL && other != NULL && other < folded && strstr(folded, "The copy is made clear elsewhere") != NULL);
	assert_null(strstr(folded, "The law requires it"));
	arena_free(&arena);
}

static void at_most_three_buttons_stand_out(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	json_t *seed = seed_load(arena, "message"), *offers = json_object_get(json_object_get(seed, "answer"), "offers");
	for (size_t i = 0; i < json_array_size(offers); i++)
		json_object_set_new(json_array_get(offers, i), "prominent", json_true());
	const char *html = shown(arena, "message-prominent", seed), *folded = strstr(html, "Other decisions");
	assert_non_null(folded);
	assert_int_equal(count(html, "name=\"deed\""), 4);
	assert_int_equal(count(folded, "name=\"deed\""), 1);
	json_decref(seed);
	arena_free(&arena);
}

/* Under each button, before the next one, stands what it will do. */
static void each_button_says_what_it_will_do(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	json_t *seed = seed_load(arena, "message"), *offers = json_object_get(json_object_get(seed, "answer"), "offers"), *offer;
	const char *html = shown(arena, "message", seed);
	size_t index;
	assert_int_equal(json_array_size(offers), count(html, "name=\"deed\""));
	json_array_foreach(offers, index, offer) {
		const char *button = strstr(html, arena_printf(arena, "name=\"deed\" value=\"%s\"", answer_string(offer, "deed")));
		const char *will = strstr(html, answer_string(offer, "will"));
		if (button == NULL || will == NULL || will < button)
			fail_msg("%s does not say what it will do", answer_string(offer, "deed"));
		const char *next = strstr(button + 1, "name=\"deed\"");
		assert_true(next == NULL || will < next);
	}
	json_decref(seed);
	arena_free(&arena);
}

/* The boxes are as they were left when the form comes back with a problem, all ticked when it is new. */
static void a_form_comes_back_as_it_was(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_int_equal(count(shown_seed(arena, "message"), "name=\"recipients\""), 2);
	assert_int_equal(count(shown_seed(arena, "message"), "checked=\"\""), 2);
	assert_int_equal(count(shown_seed(arena, "message-again"), "checked=\"\""), 1);
	arena_free(&arena);
}

/* What may have arrived is sent again only by who says so: nothing is ticked for them. */
static void what_is_in_doubt_is_sent_again_on_request_only(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_int_equal(count(shown_seed(arena, "message"), "name=\"only_if\" value=\"held\""), 1);
	const char *html = shown_seed(arena, "message-doubt");
	assert_int_equal(count(html, "name=\"only_if\""), 1);
	assert_int_equal(count(html, "value=\"in-doubt\""), 1);
	assert_int_equal(count(html, "type=\"checkbox\""), 3);
	assert_int_equal(count(html, "checked=\"\""), 1);
	assert_int_equal(count(html, "(it may have arrived already)"), 1);
	assert_non_null(strstr(html, "Where it may have arrived already, send it again to those who are ticked"));
	json_t *seed = seed_load(arena, "message-doubt"), *recipients = json_object_get(json_object_get(seed, "answer"), "recipients");
	json_object_set_new(json_array_get(recipients, 0), "state", json_string("in-doubt"));
	html = shown(arena, "message-doubt", seed);
	assert_int_equal(count(html, "type=\"hidden\" name=\"only_if\" value=\"in-doubt\""), 1);
	assert_int_equal(count(html, "checked=\"\""), 2);
	json_decref(seed);
	arena_free(&arena);
}

static void marks_fit_the_text(void **state)
{
	static const struct {
		const char *text, *spans, *html;
	} cases[] = {
		{ "abcdef", "[[1,2]]", "a<mark>bc</mark>def" },
		{ "abcdef", "[[0,6]]", "<mark>abcdef</mark>" },
		{ "abcdef", "[[4,99]]", "abcd<mark>ef</mark>" },
		{ "abcdef", "[[9,1],[-3,2]]", "<mark>ab</mark>cdef" },
		{ "abcdef", "[[1,3],[2,3]]", "a<mark>bcde</mark>f" },
		{ "abcdef", "[[3,2],[1,1]]", "a<mark>b</mark>c<mark>de</mark>f" },
		{ "abcdef", "[[2,0],[],[\"x\",1],7,null]", "<mark>a</mark>bcdef" },
		{ "a\xc3\xa2" "b", "[[2,1]]", "a\xc3\xa2<mark>b</mark>" },
		{ "a\xc3\xa2" "b", "[[1,1]]", "a<mark>\xc3\xa2</mark>b" },
		{ "a<b", "[[1,1]]", "a<mark>&lt;</mark>b" },
		{ "abc", "null", "abc" },
		{ "abc", "[[9223372036854775807,9223372036854775807],[1,9223372036854775807]]", "a<mark>bc</mark>" },
	};
	(void)state;
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		json_t *zone = json_pack("{s:s,s:s}", "kind", "text", "text", cases[i].text);
		json_object_set_new(zone, "marks", json_loads(cases[i].spans, JSON_DECODE_ANY, NULL));
		json_t *seed = json_pack("{s:s,s:s,s:{s:[{s:s,s:[o]}]}}", "page", "content", "path", "/message/1/content", "answer", "letters", "who", "author",
					 "zones", zone);
		must_have(cases[i].spans, shown(arena, "marks", seed), arena_printf(arena, "dir=\"auto\">%s</div>", cases[i].html));
		json_decref(seed);
	}
	arena_free(&arena);
}

/* A word of 5,000 letters, in the text and as the name of a file and a person. */
static void endless_words(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	char *word = arena_alloc(arena, 5001);
	memset(word, 'w', 5000);
	json_t *person = json_pack("{s:s,s:s}", "name", word, "address", word);
	json_t *seeds[] = {
		json_pack("{s:s,s:s,s:{s:[{s:s,s:[{s:s}]}]}}", "page", "content", "path", "/", "answer", "letters", "who", "author", "zones", "text", word),
		json_pack("{s:s,s:s,s:{s:{s:s,s:O},s:[{s:s}]}}", "page", "message", "path", "/", "answer", "entry", "subject", word, "from", person, "attachments",
			  "name", word),
	};
	assert_non_null(strstr(shown(arena, "words-content", seeds[0]), word)); /* all of the text */
	const char *message = shown(arena, "words-message", seeds[1]);
	word[401] = '\0';
	assert_null(strstr(message, word)); /* no more of a name than anybody reads */
	assert_true(count(message, "(shortened)") >= 4);
	json_decref(seeds[0]);
	json_decref(seeds[1]);
	json_decref(person);
	arena_free(&arena);
}

/* More than the desk ever puts on one page: it must still be a page. */
static void ten_thousand_entries(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	json_t *seed = seed_load(arena, "desk"), *answer = json_object_get(seed, "answer"), *entries = json_object_get(answer, "entries");
	json_t *sample = json_deep_copy(json_array_get(entries, 0)), *list = json_array();
	for (int i = 0; i < 10000; i++) {
		json_t *entry = json_copy(sample);
		json_object_set_new(entry, "id", json_sprintf("CH-%05d", i));
		json_array_append_new(list, entry);
	}
	json_object_set_new(answer, "entries", list);
	json_object_set_new(answer, "count", json_integer(10000));
	json_object_set_new(answer, "pages", json_integer(200));
	const char *html = shown(arena, "desk-many", seed);
	assert_int_equal(count(html, "<li class=\"entry late\">"), 10000);
	must_have("desk-many", html, "10,000 messages wait");
	must_have("desk-many", html, "Page 1 of 200");
	json_decref(sample);
	json_decref(seed);
	arena_free(&arena);
}

/* The oracle itself must see what it is for. */
static void the_oracle_sees(void **state)
{
#define PAGE(inner) "<!DOCTYPE html><html lang=\"en\"><head><title>t</title></head><body><h1>x</h1>" inner "</body></html>"
	static const char *const wrong[] = {
		PAGE("<script>1</script>"), PAGE("<p onclick=\"x\">y</p>"), PAGE("<p style=\"x\">y</p>"), PAGE("<a href=\"javascript:x\">y</a>"),
		PAGE("<a href=\"//host/\">y</a>"), PAGE("<a href=\"https://host/\">y</a>"), PAGE("<img src=\"x\">"), PAGE("<p><div></p></div>"), PAGE("<p></b></p>"), PAGE("<p><ul></ul></p>"), PAGE("<p>y"), PAGE("<table><caption>c</caption><tr></tr></table>"),
		PAGE("<h3>y</h3>"), PAGE("<h1>y</h1>"), PAGE("<p id=\"a\"></p><p id=\"a\"></p>"), PAGE("<label for=\"a\">y</label>"), PAGE("<!-- x -->"),
		PAGE("<table><tbody><tr><td>y</td></tr></tbody></table>"), PAGE("<input type=\"text\" name=\"a\">"), PAGE("<p>\xe2\x80\xae</p>"), PAGE("<p>\xff</p>"),
		PAGE("<p>\x1b</p>"), PAGE("<a href=\"#nowhere\">y</a>"), PAGE("<button></button>"), "<html><head><title>t</title></head><body><h1>x</h1></body></html>",
	};
	(void)state;
	struct arena *arena = arena_new();
	assert_null(page_oracle(arena, bytes_of(PAGE("<p>y</p><h2>z</h2>"))));
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (page_oracle(arena, bytes_of(wrong[i])) == NULL)
			fail_msg("the oracle does not see: %s", wrong[i]);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_oracle_sees),
		cmocka_unit_test(all_seeds_are_in_order),
		cmocka_unit_test(pages_say_what_they_must),
		cmocka_unit_test(what_holds_comes_first),
		cmocka_unit_test(at_most_three_buttons_stand_out), cmocka_unit_test(each_button_says_what_it_will_do),
		cmocka_unit_test(a_form_comes_back_as_it_was),
		cmocka_unit_test(what_is_in_doubt_is_sent_again_on_request_only),
		cmocka_unit_test(marks_fit_the_text),
		cmocka_unit_test(endless_words),
		cmocka_unit_test(ten_thousand_entries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
