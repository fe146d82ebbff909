/* test_rtf.c - RTF: characters, places, what is left out, HTML inside it, embedded files, and damage.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats.h"

#include "document/rtf.h"

struct rtf_case {
	const char *rtf, *main;
};

static const struct rtf_case texts[] = {
	{ "{\\rtf1 Hello\\par World}", "Hello\nWorld" },
	{ "{\\rtf1\\ansi one\r\n two\\line three\\tab four}", "one two\nthree\tfour" },
	{ "{\\rtf1\\ansi\\ansicpg1252 caf\\'e9 \\'80}", "caf\xC3\xA9 \xE2\x82\xAC" },
	{ "{\\rtf1\\ansi\\ansicpg1250 \\'b3\\'f3dka}", "\xC5\x82\xC3\xB3" "dka" },
	{ "{\\rtf1\\mac \\'8e}", "\xC3\xA9" },
	/* A font brings its own character set, and takes it along at the end of the group. */
	{ "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Arial Cyr;}}{\\f1 \\'cf} \\'cf}", "\xD0\x9F \xC3\x8F" },
	{ "{\\rtf1\\ansi\\ansicpg932 \\'93\\'fa\\'96{\\b }{}\\'7b}", "\xE6\x97\xA5\xE6\x9C\xAC" },
	/* Characters by number, with what old readers see in their place. */
	{ "{\\rtf1\\u8364?5}", "\xE2\x82\xAC" "5" },
	{ "{\\rtf1\\uc2\\u8364\\'80\\'80 5}", "\xE2\x82\xAC 5" },
	{ "{\\rtf1\\uc0\\u8364 5}", "\xE2\x82\xAC" "5" },
	{ "{\\rtf1{\\uc0\\u233}\\u233?x}", "\xC3\xA9\xC3\xA9x" },
	{ "{\\rtf1\\u-10179?\\u-8704?}", "\xF0\x9F\x98\x80" },
	{ "{\\rtf1 a\\u-8704?b}", "a\xEF\xBF\xBD" "b" },
	{ "{\\rtf1{\\upr{old}{\\*\\ud{n\\u233?w}}}}", "n\xC3\xA9w" },
	{ "{\\rtf1 don\\rquote t \\endash  non\\_breaking\\~soft\\-ly \\{x\\}}", "don\xE2\x80\x99t \xE2\x80\x93 non-breaking\xC2\xA0softly {x}" },
	{ "{\\rtf1{\\*\\generator Word;}{\\*\\unknown secret}{\\stylesheet{\\s0 Normal;}}{\\colortbl;\\red0;}x}", "x" },
	{ "{\\rtf1{\\pict\\pngblip 89504e47}{\\pict\\bin3 }}}}x}", "x" },
	{ "{\\rtf1 a{\\field{\\*\\fldinst HYPERLINK \"http://x\"}{\\fldrslt link}}b}", "alinkb" },
	{ "{\\rtf1\\trowd a\\cell b\\cell\\row c}", "a\tb\t\nc" },
	{ "{\\rtf1{\\*\\shpinst{\\sp{\\sn fillColor}{\\sv 5}}{\\shptxt in a box}}}", "in a box" },
	{ "{\\rtf1{\\b con}{\\i fid}ential}", "confidential" },
	{ "  {\\rtf1 x}and after it", "x" },
	{ "{\\rt x}", "x" },
};

static void test_texts(void **state)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena *arena = arena_new();
		struct documents documents = documents_begin(arena);
		rtf_read(&documents, "", bytes_of(texts[i].rtf));
		assert_string_equal(said_at(arena, &documents, ""), texts[i].main);
		assert_int_equal(documents.trouble_count, 0);
		arena_free(&arena);
	}
}

static void test_places(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, BYTES(
		"{\\rtf1\\ansi{\\info{\\title Minutes}{\\subject Part 2}{\\keywords exempt}{\\author R. Owen}}"
		"{\\*\\userprops{\\propname MSIP_Label_1_Enabled}\\proptype30{\\staticval true}{\\propname MSIP_Label_1_Name}\\proptype30{\\staticval Secret}}"
		"{\\header{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv CONFIDENTIAL}}{\\sp{\\sn gtextFont}{\\sv Arial}}}}{\\pard Not for publication\\par}}"
		"{\\headerf first page}{\\footer{\\pard page foot\\par}}"
		"Body{\\footnote a note}{\\*\\annotation a remark}{\\v not seen}\\v nor this\\v0  end{\\deleted gone}}"));
	assert_string_equal(said_at(arena, &documents, ""), "Body end");
	assert_string_equal(said_at(arena, &documents, "header"), "Not for publication\nfirst page");
	assert_string_equal(said_at(arena, &documents, "footer"), "page foot");
	assert_string_equal(said_at(arena, &documents, "footnotes"), "a note");
	assert_string_equal(said_at(arena, &documents, "comments"), "a remark");
	assert_string_equal(said_at(arena, &documents, "watermark"), "CONFIDENTIAL");
	assert_string_equal(said_at(arena, &documents, "hidden text"), "not seennor this");
	assert_string_equal(said_at(arena, &documents, "deleted text"), "gone");
	assert_string_equal(said_at(arena, &documents, "properties"),
			    "Title: Minutes\nSubject: Part 2\nKeywords: exempt");
	assert_int_equal(text_at(&documents, "header")->role, DOCUMENT_MARGIN);
	assert_int_equal(text_at(&documents, "hidden text")->role, DOCUMENT_HIDDEN);
	assert_int_equal(documents.texts[documents.text_count - 1].role, DOCUMENT_SENSITIVITY);
	assert_string_equal(arena_string_of(arena, bytes_trim(documents.texts[documents.text_count - 1].utf8)),
			    "MSIP_Label_1_Enabled=true; MSIP_Label_1_Name=Secret;");
	arena_free(&arena);
}

static void test_html_inside(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, BYTES(
		"{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag18 <html>}{\\*\\htmltag64 <p class=\"a\">}\\htmlrtf {\\b\\htmlrtf0 in confidence"
		"\\htmlrtf }\\par\\htmlrtf0 {\\*\\mhtmltag64 <p>}{\\*\\htmltag84 &nbsp;}5 < 6\\'e9{\\*\\htmltag72 </p>}}"));
	assert_true(text_at(&documents, "")->html);
	assert_string_equal(said_at(arena, &documents, ""), "<html><p class=\"a\">in confidence&nbsp;5 &lt; 6\xC3\xA9</p>");
	arena_free(&arena);
}

/* OLE 1: version, format, class name, topic, item, the data; all in hexadecimal digits. */
static void test_embedded_file(void **state)
{
	struct text object = TEXT_INIT, rtf = TEXT_INIT;
	static const char packed[] = "\x02\0note.txt\0C:\\note.txt\0\0\0\x03\0\x05\0\0\0C:\\n\0\x08\0\0\0in trust";
	add_u32(&object, 0x501);
	add_u32(&object, 2);
	add_u32(&object, 8);
	text_add_bytes(&object, BYTES("Package\0"));
	add_u32(&object, 0);
	add_u32(&object, 0);
	add_u32(&object, sizeof packed - 1);
	text_add_bytes(&object, (struct bytes){ packed, sizeof packed - 1 });
	text_add(&rtf, "{\\rtf1 see{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata \r\n");
	for (size_t i = 0; i < object.length; i++)
		text_printf(&rtf, "%02x%s", (unsigned char)object.data[i], i % 30 == 29 ? "\r\n" : "");
	text_add(&rtf, "}{\\result{\\pict 00}}}}");
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, text_bytes(&rtf));
	assert_string_equal(said_at(arena, &documents, ""), "see");
	assert_string_equal(said_at(arena, &documents, "embedded object, note.txt"), "in trust");
	arena_free(&arena);
	bend(rtf_read, text_bytes(&rtf));
	text_release(&object);
	text_release(&rtf);
}

static void test_damage_is_told(void **state)
{
	static const char *const damaged[] = { "{\\rtf1 half", "{\\rtf1 {\\b x}", "{\\rtf1 x\\", "{\\rtf1 \\bin99 x}" };
	for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
		struct arena *arena = arena_new();
		struct documents documents = read_file(arena, bytes_of(damaged[i]));
		assert_true(has_trouble(&documents, "", "damaged"));
		arena_free(&arena);
	}
}

static void test_bounds(void **state)
{
	struct arena *arena = arena_new();
	struct text deep = TEXT_INIT;
	text_add(&deep, "{\\rtf1 ");
	for (int i = 0; i < 200000; i++)
		text_add(&deep, "{\\b ");
	text_add(&deep, "x");
	struct documents documents = read_file(arena, text_bytes(&deep));
	assert_true(has_trouble(&documents, "", "damaged"));
	text_truncate(&deep, 0);
	/* Far more text than is wanted. */
	text_add(&deep, "{\\rtf1 ");
	for (size_t i = 0; i < (size_t)1 << 20; i++)
		text_add(&deep, "0123456789abcdef");
	text_add(&deep, "}");
	documents = read_file(arena, text_bytes(&deep));
	assert_true(has_trouble(&documents, "", "text too long to examine to the end"));
	assert_true(documents.texts[0].utf8.length <= DOCUMENT_LIMITS_DEFAULT.text);
	/* More objects than are kept; as many as are kept are no damage. */
	for (int count = 100; count <= 101; count++) {
		text_truncate(&deep, 0);
		text_add(&deep, "{\\rtf1 ");
		for (int i = 0; i < count; i++)
			text_add(&deep, "{\\object{\\*\\objdata 0102}}");
		text_add(&deep, "}");
		documents = read_file(arena, text_bytes(&deep));
		assert_int_equal(has_trouble(&documents, "", "damaged"), count > 100);
	}
	text_release(&deep);
	arena_free(&arena);
}

static void test_bent(void **state)
{
	bend(rtf_read, BYTES("{\\rtf1\\ansi\\ansicpg932{\\fonttbl{\\f1\\fcharset128 x;}}{\\info{\\title t}}{\\header h{\\*\\shpinst{\\sp{\\sn gtextUNICODE}"
			     "{\\sv w}}}}\\f1\\'93\\'fa\\uc2\\u-10179??\\u-8704??{\\v hidden}{\\upr{a}{\\*\\ud b}}{\\pict\\bin3 abc}\\fromhtml1{\\*\\htmltag <p>}}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts), cmocka_unit_test(test_places), cmocka_unit_test(test_html_inside),
		cmocka_unit_test(test_embedded_file), cmocka_unit_test(test_damage_is_told), cmocka_unit_test(test_bounds), cmocka_unit_test(test_bent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
