/* test_pdf.c - PDFs written object by object: pages, what is pinned to them, properties, labels, attachments, and what cannot be read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <zlib.h>

#include "formats.h"

#define OBJECTS_MOST 40

struct pdf {
	struct text text;
	size_t places[OBJECTS_MOST];
	unsigned count; /* of objects, the first being number 1 */
};

static void add_object(struct pdf *pdf, const char *body)
{
	if (pdf->count == 0)
		text_add(&pdf->text, "%PDF-1.7\n");
	pdf->places[pdf->count++] = pdf->text.length;
	text_printf(&pdf->text, "%u 0 obj\n%s\nendobj\n", pdf->count, body);
}

static void add_octets(struct pdf *pdf, const char *dictionary, struct bytes content)
{
	pdf->places[pdf->count++] = pdf->text.length;
	text_printf(&pdf->text, "%u 0 obj\n<<%s /Length %zu>>\nstream\n", pdf->count, dictionary, content.length);
	text_add_bytes(&pdf->text, content);
	text_add(&pdf->text, "\nendstream\nendobj\n");
}

static void add_stream(struct pdf *pdf, const char *dictionary, const char *content)
{
	add_octets(pdf, dictionary, bytes_of(content));
}

static struct bytes end_pdf(struct pdf *pdf, struct arena *arena, const char *trailer)
{
	size_t table = pdf->text.length;
	text_printf(&pdf->text, "xref\n0 %u\n0000000000 65535 f \n", pdf->count + 1);
	for (unsigned i = 0; i < pdf->count; i++)
		text_printf(&pdf->text, "%010zu 00000 n \n", pdf->places[i]);
	text_printf(&pdf->text, "trailer\n<</Size %u /Root 1 0 R %s>>\nstartxref\n%zu\n%%%%EOF\n", pdf->count + 1, trailer, table);
	struct bytes made = text_to_arena(&pdf->text, arena);
	pdf->count = 0;
	return made;
}

#define FONT "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
#define PAGE_START "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"

static const char picture[] = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8";

/* Objects 5 and 6: two pages' dictionaries' rest; 7 and 8: what is drawn on them. */
static void begin_pdf(struct pdf *pdf, const char *catalog, const char *page_1, const char *page_2, const char *drawn_1, const char *drawn_2)
{
	struct text body = TEXT_INIT;
	text_printf(&body, "<</Type/Catalog/Pages 2 0 R %s>>", catalog);
	add_object(pdf, text_string(&body));
	add_object(pdf, "<</Type/Pages/Count 2/Kids[5 0 R 6 0 R]>>");
	add_object(pdf, FONT);
	add_stream(pdf, picture, "x");
	text_truncate(&body, 0);
	text_printf(&body, PAGE_START "/Contents 7 0 R %s>>", page_1);
	add_object(pdf, text_string(&body));
	text_truncate(&body, 0);
	text_printf(&body, PAGE_START "/Contents 8 0 R %s>>", page_2);
	add_object(pdf, text_string(&body));
	add_stream(pdf, "", drawn_1);
	add_stream(pdf, "", drawn_2);
	text_release(&body);
}

static struct bytes make_pdf(struct arena *arena)
{
	struct pdf pdf = { .text = TEXT_INIT };
	begin_pdf(&pdf, "/Names<</EmbeddedFiles<</Names[(note.txt) 9 0 R]>>>>/Metadata 11 0 R", "/Annots[13 0 R 14 0 R]", "",
		  "BT /F 20 Tf 100 700 Td (Minutes of the meeting) Tj 0 -100 Td (NOT FOR PUBLICATION) Tj ET", "BT /F 20 Tf 100 700 Td (Page two) Tj ET");
	add_object(&pdf, "<</Type/Filespec/F(note.txt)/UF(note.txt)/EF<</F 10 0 R>>>>");
	add_stream(&pdf, "/Type/EmbeddedFile", "in trust");
	add_stream(&pdf, "/Type/Metadata/Subtype/XML",
		   "<?xpacket begin='' id='x'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
		   "<rdf:Description rdf:about='' xmlns:pdfx='http://ns.adobe.com/pdfx/1.3/' pdfx:Status='Draft' xmlns:o='urn:other' o:Secret='no'>"
		   "<pdfx:MSIP_Label_1_Enabled>true</pdfx:MSIP_Label_1_Enabled></rdf:Description></rdf:RDF></x:xmpmeta>");
	add_object(&pdf, "<</Title(Pay award)/Subject(Part 2)/Keywords(exempt)>>");
	add_object(&pdf, "<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(keep this quiet)>>");
	add_object(&pdf, "<</Type/Annot/Subtype/Stamp/Name/Confidential/Rect[50 10 90 30]>>");
	return end_pdf(&pdf, arena, "/Info 12 0 R");
}

static void test_pages_and_more(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, make_pdf(arena));
	assert_int_equal(documents.trouble_count, 0);
	assert_string_equal(said_at(arena, &documents, "page 1"), "Minutes of the meeting\nNOT FOR PUBLICATION");
	assert_string_equal(said_at(arena, &documents, "page 2"), "Page two");
	assert_string_equal(said_at(arena, &documents, "page 1, comment"), "keep this quiet");
	assert_int_equal(text_at(&documents, "page 1, comment")->role, DOCUMENT_NOTE);
	assert_string_equal(said_at(arena, &documents, "page 1, stamp"), "Confidential");
	assert_string_equal(said_at(arena, &documents, "note.txt"), "in trust");
	assert_string_equal(said_at(arena, &documents, "properties"),
			    "Title: Pay award\nSubject: Part 2\nKeywords: exempt\nStatus: Draft");
	assert_int_equal(documents.texts[1].role, DOCUMENT_SENSITIVITY);
	assert_string_equal(arena_string_of(arena, bytes_trim(documents.texts[1].utf8)), "MSIP_Label_1_Enabled=true;");
	arena_free(&arena);
}

struct slant {
	const char *matrix, *words;
};

static const struct slant slants[] = {
	{ "0.966 0.259 -0.259 0.966 60 300", "NOT FOR ALL" }, /* 15 degrees */
	{ "0.866 0.5 -0.5 0.866 60 200", "NOT FOR ALL" },
	{ "0.707 0.707 -0.707 0.707 100 100", "NOT FOR ALL" },
	{ "0.588 0.809 -0.809 0.588 100 100", "NOT FOR ALL" },
	{ "0.5 0.866 -0.866 0.5 100 100", "NOT FOR ALL" },
	{ "0.707 -0.707 0.707 0.707 100 700", "NOT FOR ALL" },
	{ "0 1 -1 0 100 100", "" }, /* upright: poppler reads it as a line */
	{ "1 0 0 1 100 100", "" },
};

static void test_watermarks(void **state)
{
	for (size_t i = 0; i < sizeof slants / sizeof *slants; i++) {
		struct arena *arena = arena_new();
		struct pdf pdf = { .text = TEXT_INIT };
		char drawn[400];
		snprintf(drawn, sizeof drawn, "BT /F 60 Tf %s Tm (NOT FOR ALL) Tj ET BT /F 12 Tf 50 750 Td (An ordinary line) Tj 0 -20 Td (and 1) Tj ET",
			 slants[i].matrix);
		begin_pdf(&pdf, "", "", "", "BT /F 12 Tf 50 700 Td (a) Tj 20 -20 Td (b) Tj 20 -20 Td (c) Tj 20 -20 Td (d) Tj ET", drawn);
		struct documents documents = read_file(arena, end_pdf(&pdf, arena, ""));
		assert_string_equal(said_at(arena, &documents, "page 2, watermark"), slants[i].words);
		assert_null(text_at(&documents, "page 1, watermark")); /* a list that is set in */
		assert_non_null(strstr(said_at(arena, &documents, "page 2"), "An ordinary line"));
		arena_free(&arena);
	}
}

/* Two columns on a line are two words; a word set at a slant, or letter by letter, stays one. */
static void test_words_stay_words(void **state)
{
	struct arena *arena = arena_new();
	struct pdf pdf = { .text = TEXT_INIT };
	begin_pdf(&pdf, "", "", "", "BT /F 12 Tf 50 700 Td (Marking) Tj 300 0 Td (SECRET) Tj ET",
		  "BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (CONFIDENTIAL) Tj ET BT /F 20 Tf 100 700 Td [(pri)-20(va)30(te)] TJ ET");
	struct documents documents = read_file(arena, end_pdf(&pdf, arena, ""));
	assert_null(strstr(said_at(arena, &documents, "page 1"), "MarkingSECRET"));
	assert_string_equal(said_at(arena, &documents, "page 2, watermark"), "CONFIDENTIAL");
	assert_int_equal(text_at(&documents, "page 2, watermark")->role, DOCUMENT_MARGIN);
	assert_non_null(strstr(said_at(arena, &documents, "page 2"), "private"));
	arena_free(&arena);
}

static void test_forms(void **state)
{
	struct arena *arena = arena_new();
	struct pdf pdf = { .text = TEXT_INIT };
	begin_pdf(&pdf, "/AcroForm<</Fields[9 0 R 10 0 R]/DR<</Font<</F 3 0 R>>>>/DA(/F 10 Tf)>>", "/Annots[9 0 R 10 0 R]", "",
		  "BT /F 20 Tf 100 700 Td (Grievance form) Tj ET", "BT /F 20 Tf 100 700 Td (Page two) Tj ET");
	add_object(&pdf, "<</Type/Annot/Subtype/Widget/FT/Tx/T(what)/V(about the chair)/F 2/Rect[10 10 300 30]>>");
	add_object(&pdf, "<</Type/Annot/Subtype/Widget/FT/Ch/T(how)/Ff 131072/Opt[(open)(in confidence)]/V(in confidence)/F 2/Rect[10 50 300 70]>>");
	struct documents documents = read_file(arena, end_pdf(&pdf, arena, ""));
	bool text = false, choice = false;
	for (size_t i = 0; i < documents.text_count; i++) {
		text = text || bytes_equal(bytes_trim(documents.texts[i].utf8), BYTES("about the chair"));
		choice = choice || bytes_equal(bytes_trim(documents.texts[i].utf8), BYTES("in confidence"));
	}
	assert_true(text && choice);
	arena_free(&arena);
}

static void test_scanned(void **state)
{
	static const char scan[] = "q 600 0 0 800 0 0 cm /I Do Q";
	struct arena *arena = arena_new();
	struct pdf pdf = { .text = TEXT_INIT };
	begin_pdf(&pdf, "", "", "", scan, scan);
	struct documents documents = read_file(arena, end_pdf(&pdf, arena, ""));
	assert_true(has_trouble(&documents, "", "scanned pages without text (2 of 2)"));
	begin_pdf(&pdf, "", "", "", scan, "BT /F 20 Tf 100 700 Td (Page two) Tj ET");
	documents = read_file(arena, end_pdf(&pdf, arena, ""));
	assert_true(has_trouble(&documents, "", "scanned pages without text (1 of 2)"));
	assert_string_equal(said_at(arena, &documents, "page 2"), "Page two");
	/* A crest at the head of a letter is no scan, and neither is an empty back page. */
	begin_pdf(&pdf, "", "", "", "q 60 0 0 80 0 0 cm /I Do Q BT /F 20 Tf 100 700 Td (Letter) Tj ET", "q 60 0 0 80 0 0 cm /I Do Q");
	documents = read_file(arena, end_pdf(&pdf, arena, ""));
	assert_int_equal(documents.trouble_count, 0);
	/* Letters drawn as lines. */
	begin_pdf(&pdf, "", "", "", "10 10 m 100 100 l S", "10 10 m 100 100 l S");
	documents = read_file(arena, end_pdf(&pdf, arena, ""));
	assert_true(has_trouble(&documents, "", "pages without text"));
	arena_free(&arena);
}

static struct bytes deflated(struct arena *arena, struct bytes content)
{
	uLongf length = compressBound(content.length);
	char *packed = arena_alloc(arena, length);
	assert_int_equal(compress((Bytef *)packed, &length, (const Bytef *)content.data, content.length), Z_OK);
	return (struct bytes){ packed, length };
}

/* Objects 9 and 10: the file's entry and its content. */
static struct documents read_embedded(struct arena *arena, const char *tree, const char *entry, const char *filter, struct bytes stored)
{
	struct pdf pdf = { .text = TEXT_INIT };
	const char *catalog = arena_printf(arena, "/Names<</EmbeddedFiles %s>>", tree), *shown = "BT /F 20 Tf 100 700 Td (Page) Tj ET";
	begin_pdf(&pdf, catalog, "", "", shown, shown);
	add_object(&pdf, entry);
	add_octets(&pdf, filter, stored);
	add_stream(&pdf, "", "the other form"); /* 11 */
	add_object(&pdf, "<</Kids[9 0 R 12 0 R 12 0 R]>>");
	struct documents documents = read_file(arena, end_pdf(&pdf, arena, ""));
	assert_string_equal(said_at(arena, &documents, "page 1"), "Page");
	return documents;
}

#define ONE_FILE "<</Names[(n) 9 0 R]>>"
#define NOTE "<</Type/Filespec/F(note.txt)/EF<</F 10 0 R>>>>"

struct embedded {
	const char *tree, *entry, *filter;
	bool packed; /* the content, "in trust" */
	const char *place, *said, *trouble;
};

static const struct embedded embedded_files[] = {
	{ ONE_FILE, NOTE, "", false, "note.txt", "in trust", NULL },
	{ ONE_FILE, NOTE, "/Filter/FlateDecode", true, "note.txt", "in trust", NULL },
	{ ONE_FILE, NOTE, "/Filter[/FlateDecode]/DecodeParms[null]", true, "note.txt", "in trust", NULL },
	{ "<</Kids[<</Kids[<</Names[(n) 9 0 R]>>]>>]>>", NOTE, "", false, "note.txt", "in trust", NULL },
	{ ONE_FILE, "<</UF<FEFF00E9002E007400780074>/F(e.txt)/EF<</F 10 0 R/UF 10 0 R>>>>", "", false, "\xC3\xA9.txt", "in trust", NULL },
	{ ONE_FILE, "<</EF<</UF 10 0 R>>>>", "", false, "attachment", "in trust", NULL },
	/* Another form of it beside the first; the same one twice is one. */
	{ ONE_FILE, "<</F(note.txt)/EF<</UF 10 0 R/F 10 0 R/DOS 11 0 R>>>>", "", false, "note.txt", "in trust", NULL },
	{ ONE_FILE, "<</F(note.txt)/EF<</UF 11 0 R/F 10 0 R>>>>", "", false, "note.txt", "the other form", NULL },
	/* What names no file. */
	{ ONE_FILE, "(note.txt)", "", false, "", NULL, "damaged" },
	{ ONE_FILE, "null", "", false, "", NULL, "damaged" },
	{ ONE_FILE, "<</F(note.txt)>>", "", false, "", NULL, "damaged" },
	{ ONE_FILE, "<</F(note.txt)/EF 10 0 R>>", "", false, "", NULL, "damaged" },
	{ ONE_FILE, "<</F(note.txt)/EF<</F(note.txt)>>>>", "", false, "", NULL, "damaged" },
	{ "<</Names[(n) 9 0 R]/Kids[12 0 R]>>", NOTE, "", false, "", NULL, "damaged" }, /* its own child, for ever */
	/* What is not to be had. */
	{ ONE_FILE, NOTE, "/Filter/FlateDecode", false, "note.txt", NULL, "damaged" },
	{ ONE_FILE, NOTE, "/Filter/LZWDecode", false, "note.txt", NULL, "packed in a way that is not examined" },
	{ ONE_FILE, NOTE, "/Filter[/FlateDecode/FlateDecode]", true, "note.txt", NULL, "packed in a way that is not examined" },
	{ ONE_FILE, NOTE, "/Filter/FlateDecode/DecodeParms<</Predictor 12>>", true, "note.txt", NULL, "packed in a way that is not examined" },
};

static void test_embedded(void **state)
{
	for (size_t i = 0; i < sizeof embedded_files / sizeof *embedded_files; i++) {
		const struct embedded *one = &embedded_files[i];
		struct arena *arena = arena_new();
		struct bytes stored = one->packed ? deflated(arena, BYTES("in trust")) : BYTES("in trust");
		struct documents documents = read_embedded(arena, one->tree, one->entry, one->filter, stored);
		if (one->said != NULL)
			assert_string_equal(said_at(arena, &documents, one->place), one->said);
		if (one->trouble != NULL)
			assert_true(has_trouble(&documents, one->place, one->trouble));
		else
			assert_int_equal(documents.trouble_count, 0);
		arena_free(&arena);
	}
}

static void test_embedded_limits(void **state)
{
	struct arena *arena = arena_new();
	size_t much = DOCUMENT_LIMITS_DEFAULT.unpacked + 1;
	char *blanks = test_malloc(much);
	memset(blanks, ' ', much);
	struct documents documents = read_embedded(arena, ONE_FILE, NOTE, "/Filter/FlateDecode", deflated(arena, (struct bytes){ blanks, much }));
	assert_true(has_trouble(&documents, "note.txt", "unpacks to more than 64 MB"));
	assert_int_equal(documents.left.unpacked, 0);
	test_free(blanks);
	struct text tree = TEXT_INIT;
	text_add(&tree, "<</Names[");
	for (int i = 0; i < 501; i++)
		text_add(&tree, "(n) 9 0 R ");
	text_add(&tree, "]>>");
	documents = read_embedded(arena, text_string(&tree), NOTE, "", BYTES(""));
	assert_int_equal(documents.trouble_count, 1);
	assert_true(has_trouble(&documents, "", "more attached files than are examined"));
	text_release(&tree);
	arena_free(&arena);
}

/* 2,001 comments; links are none. */
static void test_notes_limit(void **state)
{
	static const char *const kinds[] = { "Text", "Link" };
	for (size_t i = 0; i < 2; i++) {
		struct arena *arena = arena_new();
		struct pdf pdf = { .text = TEXT_INIT };
		struct text notes = TEXT_INIT;
		text_add(&notes, "/Annots[");
		for (int n = 0; n < 2001; n++)
			text_printf(&notes, "<</Type/Annot/Subtype/%s/Rect[1 1 9 9]/Contents(n)>>", kinds[i]);
		text_add(&notes, "]");
		begin_pdf(&pdf, "", text_string(&notes), "", "BT /F 20 Tf 100 700 Td (Page) Tj ET", "");
		struct documents documents = read_file(arena, end_pdf(&pdf, arena, ""));
		assert_int_equal(documents.trouble_count, i == 0 ? 1 : 0);
		assert_int_equal(has_trouble(&documents, "", "more comments and form fields than are examined"), i == 0);
		text_release(&notes);
		arena_free(&arena);
	}
}

/* A file pinned to a page, and two such that have none. */
static void test_pinned(void **state)
{
	static const char *const files[] = { "<</F(note.txt)/EF<</F 9 0 R>>>>", "(note.txt)", "<</F(note.txt)>>" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct arena *arena = arena_new();
		struct pdf pdf = { .text = TEXT_INIT };
		const char *pinned = arena_printf(arena, "/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[1 1 9 9]/FS%s>>]", files[i]);
		begin_pdf(&pdf, "", pinned, "", "BT /F 20 Tf 100 700 Td (Page) Tj ET", "");
		add_stream(&pdf, "", "in trust");
		struct documents documents = read_file(arena, end_pdf(&pdf, arena, ""));
		assert_string_equal(said_at(arena, &documents, "note.txt"), i == 0 ? "in trust" : "");
		assert_string_equal(said_at(arena, &documents, "page 1"), "Page");
		arena_free(&arena);
	}
}

/* Encrypted with a password for opening: its hash does not fit the empty one. */
static void test_locked(void **state)
{
	struct arena *arena = arena_new();
	struct pdf pdf = { .text = TEXT_INIT };
	begin_pdf(&pdf, "", "", "", "BT ET", "BT ET");
	add_object(&pdf, "<</Filter/Standard/V 1/R 2/P -44/O<4142434445464748494a4b4c4d4e4f505152535455565758595a303132333435>"
			 "/U<6162636465666768696a6b6c6d6e6f707172737475767778797a303132333435>>>");
	struct documents documents = read_file(arena, end_pdf(&pdf, arena, "/Encrypt 9 0 R/ID[<41><41>]"));
	assert_true(has_trouble(&documents, "", "locked with a password"));
	assert_int_equal(documents.text_count, 0);
	arena_free(&arena);
}

static void test_damaged(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, BYTES("%PDF-1.7\nand nothing else"));
	assert_true(has_trouble(&documents, "", "damaged"));
	/* Without its end it opens in every viewer, and so it does here. */
	struct bytes whole = make_pdf(arena);
	documents = read_file(arena, bytes_slice(whole, 0, bytes_find(whole, BYTES("startxref"), 0)));
	assert_string_equal(said_at(arena, &documents, "page 2"), "Page two");
	bend(pdf_read, whole);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages_and_more), cmocka_unit_test(test_words_stay_words), cmocka_unit_test(test_watermarks),
		cmocka_unit_test(test_forms), cmocka_unit_test(test_embedded), cmocka_unit_test(test_embedded_limits), cmocka_unit_test(test_pinned),
		cmocka_unit_test(test_notes_limit), cmocka_unit_test(test_scanned), cmocka_unit_test(test_locked), cmocka_unit_test(test_damaged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
