/* test_office.c - office documents built at test time: text in its places, what is hidden, what is locked, what is a trap.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/text.h"
#include "document/document.h"
#include "compound_file.h"
#include "packing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define W "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:v='urn:schemas-microsoft-com:vml' " \
	  "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define S "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
#define A "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' " \
	  "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
#define ODF "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' " \
	    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' " \
	    "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' xmlns:dc='http://purl.org/dc/elements/1.1/' " \
	    "xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0' xmlns:presentation='urn:oasis:names:tc:opendocument:xmlns:presentation:1.0'"
#define TYPES { "[Content_Types].xml", BYTES("<Types/>") }

struct expected {
	const char *place, *text;
	enum document_role role;
};

static void check_text(struct arena *arena, const struct documents *documents, const struct expected *expected)
{
	for (size_t i = 0; i < documents->text_count; i++)
		if (strcmp(documents->texts[i].place, expected->place) == 0 && documents->texts[i].role == expected->role &&
		    strcmp(arena_string_of(arena, documents->texts[i].utf8), expected->text) == 0)
			return;
	for (size_t i = 0; i < documents->text_count; i++)
		fprintf(stderr, "\"%s\" (%d): %s\n", documents->texts[i].place, documents->texts[i].role, arena_string_of(arena, documents->texts[i].utf8));
	for (size_t i = 0; i < documents->trouble_count; i++)
		fprintf(stderr, "trouble \"%s\": %s\n", documents->troubles[i].place, documents->troubles[i].why);
	fail_msg("no \"%s\" (%d): %s", expected->place, expected->role, expected->text);
}

static void check_texts(struct bytes file, const struct expected *expected, size_t count)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	assert_true(document_read(&documents, "", file, "misnamed.jpg", "image/jpeg"));
	for (size_t i = 0; i < count; i++)
		check_text(arena, &documents, &expected[i]);
	assert_int_equal(documents.text_count, count);
	assert_int_equal(documents.trouble_count, 0);
	arena_free(&arena);
}

static void test_word(void **state)
{
	static const struct packed members[] = {
		TYPES,
		{ "word/anything.xml", BYTES("<w:document " W "><w:body><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>Dear </w:t></w:r><w:r><w:t>Ruth</w:t>"
					     "<w:tab/><w:t>&amp; all</w:t><w:br/><w:t>yes</w:t></w:r></w:p>"
					     "<w:tbl><w:tr><w:tc>" P("one") "</w:tc><w:tc>" P("two") "</w:tc></w:tr><w:tr><w:tc>" P("three") P("four")
					     "</w:tc><w:tc>" P("five") "</w:tc></w:tr></w:tbl>"
					     "<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>struck out</w:delText></w:r></w:del>"
					     "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:ins><w:r><w:t> added</w:t></w:r></w:ins>"
					     "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> seen</w:t></w:r>"
					     "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
					     "<w:p><w:r><w:t>box here</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>" P("In the box")
					     "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" P("In the box") "</w:txbxContent></mc:Fallback>"
					     "</mc:AlternateContent><w:t>, on</w:t></w:r></w:p></w:body></w:document>") },
		{ "word/header1.xml", BYTES("<w:hdr " W ">" P("OFFICIAL-SENSITIVE") "<w:p><w:r><w:pict><v:shape><v:textpath string='CONFIDENTIAL'/>"
					    "</v:shape></w:pict></w:r></w:p></w:hdr>") },
		{ "word/footer1.xml", BYTES("<w:ftr " W ">" P("Page 1") "</w:ftr>") },
		{ "word/footnotes.xml", BYTES("<w:footnotes " W "><w:footnote>" P("A note") "</w:footnote></w:footnotes>") },
		{ "word/comments.xml", BYTES("<w:comments " W "><w:comment w:author='x'>" P("Is this so?") "</w:comment></w:comments>") },
		{ "word/glossary/document.xml", BYTES("<w:glossaryDocument " W ">" P("CONFIDENTIAL 1") "</w:glossaryDocument>") },
		{ "docProps/core.xml", BYTES("<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>The\nplan</dc:title><dc:creator>x</dc:creator>"
					     "<cp:keywords>private</cp:keywords><cp:category/></cp:coreProperties>") },
		{ "docProps/custom.xml", BYTES("<Properties xmlns:vt='v'><property name='Classification'><vt:lpwstr>Restricted</vt:lpwstr></property>"
					       "<property name='MSIP_Label_a-b_Enabled'><vt:lpwstr>true</vt:lpwstr></property></Properties>") },
		{ "docMetadata/LabelInfo.xml", BYTES("<clbl:labelList xmlns:clbl='c'><clbl:label id='{c-d}' enabled='1' siteId='{e}' removed='0'/>"
						     "<clbl:label id='{gone}' enabled='1' removed='1'/></clbl:labelList>") },
		{ "word/media/image1.png", BYTES("\x89PNG\r\n\x1a\n") },
	};
	static const struct expected expected[] = {
		{ "", "Dear Ruth\t& all\nyes\none\ttwo\nthree\nfour\nfive\nkept added seen\nbox here, on\n", DOCUMENT_BODY },
		{ "text box", "In the box\n", DOCUMENT_BODY },
		{ "deleted text", "struck out\n", DOCUMENT_HIDDEN },
		{ "hidden text", "unseen", DOCUMENT_HIDDEN },
		{ "header", "OFFICIAL-SENSITIVE\n", DOCUMENT_MARGIN },
		{ "watermark", "CONFIDENTIAL\n", DOCUMENT_MARGIN },
		{ "footer", "Page 1\n", DOCUMENT_MARGIN },
		{ "footnotes", "A note\n", DOCUMENT_NOTE },
		{ "comments", "Is this so?\n", DOCUMENT_NOTE },
		{ "properties", "Title: The plan\nKeywords: private\n", DOCUMENT_PROPERTIES },
		{ "properties", "Classification: Restricted\n", DOCUMENT_PROPERTIES },
		{ "properties", "MSIP_Label_a-b_Enabled=true; ", DOCUMENT_SENSITIVITY },
		{ "properties", "MSIP_Label_c-d_Enabled=True; MSIP_Label_c-d_SiteId=e; ", DOCUMENT_SENSITIVITY },
	};
	struct arena *arena = arena_new();
	check_texts(pack_zip(arena, members, COUNT(members)), expected, COUNT(expected));
	arena_free(&arena);
}

static void test_workbook(void **state)
{
	static const struct packed members[] = {
		TYPES,
		{ "xl/workbook.xml", BYTES("<workbook " S "><sheets><sheet name='Budget' sheetId='9' r:id='rId7'/><sheet name='Old' state='veryHidden' r:id='rId2'/>"
					   "</sheets></workbook>") },
		{ "xl/_rels/workbook.xml.rels", BYTES("<Relationships><Relationship Id='rId2' Target='/xl/worksheets/b.xml'/>"
						      "<Relationship Id='rId7' Target='worksheets/a.xml'/></Relationships>") },
		{ "xl/worksheets/a.xml", BYTES("<worksheet " S "><sheetData><row><c t='s'><v>1</v></c><c><v>12.5</v></c></row><row><c t='inlineStr'><is><t>in</t><r><t>"
					       "line</t></r></is></c></row><row><c t='s'><v>99</v></c></row></sheetData><headerFooter><oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;8"
					       "Council&amp;CCONFIDENTIAL&amp;K112233 &amp;P</oddHeader></headerFooter></worksheet>") },
		{ "xl/worksheets/b.xml", BYTES("<worksheet " S "><row><c t='str'><v>out of sight</v></c></row></worksheet>") },
		{ "xl/sharedStrings.xml", BYTES("<sst " S "><si><t>zero</t></si><si><r><t>Gro</t></r><r><t>unds</t></r><rPh><t>x</t></rPh></si></sst>") },
		{ "xl/comments1.xml", BYTES("<comments " S "><authors><author>Ruth</author></authors><commentList><comment><text><r><t>Check this</t></r></text></comment>"
					    "</commentList></comments>") },
		{ "xl/drawings/drawing1.xml", BYTES("<xdr:wsDr xmlns:xdr='x' " A "><xdr:sp><a:p><a:r><a:t>Floating</a:t></a:r></a:p></xdr:sp></xdr:wsDr>") },
	};
	static const struct expected expected[] = {
		{ "sheet Budget", "Grounds\t12.5\ninline\n\n", DOCUMENT_BODY },
		{ "sheet Budget, header", "\nCouncil\nCONFIDENTIAL \n", DOCUMENT_MARGIN },
		{ "sheet Old", "out of sight\n", DOCUMENT_HIDDEN },
		{ "comments", "Check this\n", DOCUMENT_NOTE },
		{ "text box", "Floating\n", DOCUMENT_BODY },
	};
	struct arena *arena = arena_new();
	check_texts(pack_zip(arena, members, COUNT(members)), expected, COUNT(expected));
	arena_free(&arena);
}

static void test_presentation(void **state)
{
	static const struct packed members[] = {
		TYPES,
		{ "ppt/presentation.xml", BYTES("<p:presentation " A "><p:sldIdLst><p:sldId id='256' r:id='rId3'/><p:sldId id='257' r:id='rId2'/></p:sldIdLst></p:presentation>") },
		{ "ppt/_rels/presentation.xml.rels", BYTES("<Relationships><Relationship Id='rId2' Target='slides/slide1.xml'/><Relationship Id='rId3' "
							   "Target='slides/slide2.xml'/></Relationships>") },
		{ "ppt/slides/slide1.xml", BYTES("<p:sld " A "><p:sp><a:p><a:r><a:t>Second</a:t></a:r><a:br/><a:r><a:t>slide</a:t></a:r></a:p></p:sp></p:sld>") },
		{ "ppt/slides/slide2.xml", BYTES("<p:sld " A "><a:p><a:r><a:t>First</a:t></a:r></a:p></p:sld>") },
		{ "ppt/notesSlides/notesSlide1.xml", BYTES("<p:notes " A "><a:p><a:r><a:t>Say hello</a:t></a:r></a:p></p:notes>") },
		{ "ppt/notesSlides/_rels/notesSlide1.xml.rels", BYTES("<Relationships><Relationship Id='rId1' Target='../slides/slide1.xml'/></Relationships>") },
		{ "ppt/slideMasters/slideMaster1.xml", BYTES("<p:sldMaster " A "><p:sp><p:nvPr><p:ph type='title'/></p:nvPr><a:p><a:r><a:t>Click to edit</a:t></a:r></a:p></p:sp>"
							     "<p:sp><a:p><a:r><a:t>OFFICIAL</a:t></a:r></a:p></p:sp></p:sldMaster>") },
		{ "ppt/comments/comment1.xml", BYTES("<p:cmLst " A "><p:cm><p:text>Really?</p:text></p:cm></p:cmLst>") },
	};
	static const struct expected expected[] = {
		{ "slide 1", "First\n", DOCUMENT_BODY }, { "slide 2", "Second\nslide\n", DOCUMENT_BODY }, { "slide 2, notes", "Say hello\n", DOCUMENT_NOTE },
		{ "header of the slides", "OFFICIAL\n", DOCUMENT_MARGIN }, { "comments", "Really?\n", DOCUMENT_NOTE },
	};
	struct arena *arena = arena_new();
	check_texts(pack_zip(arena, members, COUNT(members)), expected, COUNT(expected));
	arena_free(&arena);
}

#define ODT_CONTENT "<office:automatic-styles><style:style style:name='T1'><style:text-properties text:display='none'/></style:style></office:automatic-styles>" \
	"<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>x</dc:creator></office:change-info>" \
	"<text:p>struck out</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h>Heading</text:h>\n  <text:p>Dear\n   " \
	"<text:span>Ruth</text:span>,<text:s text:c='2'/>hello<text:tab/>x<text:line-break/>y<text:span text:style-name='T1'>unseen</text:span>" \
	"<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note</text:p></text:note-body></text:note>" \
	"<office:annotation><dc:creator>x</dc:creator><dc:date>2026</dc:date><text:p>Is this so?</text:p></office:annotation>" \
	"<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box></draw:frame>.</text:p><table:table><table:table-row><table:table-cell>" \
	"<text:p>one</text:p></table:table-cell><table:table-cell><text:p>two</text:p></table:table-cell></table:table-row></table:table></office:text></office:body>"
#define ODT_STYLES "<office:master-styles><style:master-page><style:header><text:p>CONFIDENTIAL</text:p></style:header><style:footer><text:p>Page</text:p>" \
	"</style:footer></style:master-page></office:master-styles>"
#define ODT_META "<office:meta><dc:title>The plan</dc:title><dc:creator>x</dc:creator><meta:keyword>private</meta:keyword>" \
	"<meta:user-defined meta:name='Class'>Open</meta:user-defined></office:meta>"

static const struct expected odt_expected[] = {
	{ "", "Heading\nDear Ruth,  hello\tx\ny.\none\ttwo\n", DOCUMENT_BODY }, { "text box", "In the box\n", DOCUMENT_BODY },
	{ "deleted text", "struck out\n", DOCUMENT_HIDDEN }, { "hidden text", "unseen\n", DOCUMENT_HIDDEN }, { "footnotes", "A note\n", DOCUMENT_NOTE },
	{ "comments", "Is this so?\n", DOCUMENT_NOTE }, { "header", "CONFIDENTIAL\n", DOCUMENT_MARGIN }, { "footer", "Page\n", DOCUMENT_MARGIN },
	{ "properties", "Title: The plan\nKeywords: private\nClass: Open\n", DOCUMENT_PROPERTIES },
};

static void test_opendocument_text(void **state)
{
	static const struct packed members[] = {
		{ "mimetype", BYTES("application/vnd.oasis.opendocument.text") },
		{ "content.xml", BYTES("<office:document-content " ODF ">" ODT_CONTENT "</office:document-content>") },
		{ "styles.xml", BYTES("<office:document-styles " ODF ">" ODT_STYLES "</office:document-styles>") },
		{ "meta.xml", BYTES("<office:document-meta " ODF ">" ODT_META "</office:document-meta>") },
	};
	struct arena *arena = arena_new();
	check_texts(pack_zip(arena, members, COUNT(members)), odt_expected, COUNT(odt_expected));
	check_texts(BYTES("<?xml version='1.0'?><office:document " ODF ">" ODT_META ODT_STYLES ODT_CONTENT "</office:document>"), odt_expected, COUNT(odt_expected));
	arena_free(&arena);
}

static void test_opendocument_sheets_and_pages(void **state)
{
	static const struct packed sheets[] = {
		{ "mimetype", BYTES("application/vnd.oasis.opendocument.spreadsheet") },
		{ "content.xml", BYTES("<office:document-content " ODF "><office:automatic-styles><style:style style:name='ta2'><style:table-properties "
				       "table:display='false'/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name='Costs'>"
				       "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>b</text:p>"
				       "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row>"
				       "</table:table><table:table table:name='Old' table:style-name='ta2'><table:table-row><table:table-cell><text:p>out of sight</text:p>"
				       "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>") },
	};
	static const struct expected in_sheets[] = { { "sheet Costs", "a \t\tb \nc \n", DOCUMENT_BODY }, { "sheet Old, hidden text", "out of sight \n", DOCUMENT_HIDDEN } };
	static const struct packed pages[] = {
		{ "mimetype", BYTES("application/vnd.oasis.opendocument.presentation") },
		{ "content.xml", BYTES("<office:document-content " ODF "><office:body><office:presentation><draw:page><draw:frame><draw:text-box><text:p>First</text:p>"
				       "</draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>Say hello</text:p></draw:text-box></draw:frame>"
				       "</presentation:notes></draw:page><draw:page><draw:custom-shape><text:p>Second</text:p></draw:custom-shape></draw:page>"
				       "</office:presentation></office:body></office:document-content>") },
		{ "styles.xml", BYTES("<office:document-styles " ODF "><style:master-page><draw:frame presentation:class='title'><draw:text-box><text:p>Click</text:p>"
				      "</draw:text-box></draw:frame><draw:custom-shape><text:p>RESTRICTED</text:p></draw:custom-shape></style:master-page>"
				      "</office:document-styles>") },
	};
	static const struct expected in_pages[] = {
		{ "slide 1", "First\n", DOCUMENT_BODY }, { "slide 1, notes", "Say hello\n", DOCUMENT_NOTE }, { "slide 2", "Second\n", DOCUMENT_BODY },
		{ "header", "RESTRICTED\n", DOCUMENT_MARGIN },
	};
	struct arena *arena = arena_new();
	check_texts(pack_zip(arena, sheets, COUNT(sheets)), in_sheets, COUNT(in_sheets));
	check_texts(pack_zip(arena, pages, COUNT(pages)), in_pages, COUNT(in_pages));
	arena_free(&arena);
}

static void test_word_2003(void **state)
{
	static const struct expected expected[] = { { "", "Dear Ruth\n", DOCUMENT_BODY }, { "header", "PRIVATE\n", DOCUMENT_MARGIN } };
	check_texts(BYTES("<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'><w:body>" P("Dear Ruth")
			  "<w:sectPr><w:hdr>" P("PRIVATE") "</w:hdr></w:sectPr></w:body></w:wordDocument>"), expected, COUNT(expected));
}

/* What another program wrote, in Windows' wrapper. */
static struct bytes object(struct arena *arena, const char *stream, struct bytes content)
{
	struct compound_file file = compound_file_begin();
	write_stream(file.top, stream, content);
	return compound_file_end(&file, arena);
}

static void test_embedded_files(void **state)
{
	struct arena *arena = arena_new();
	const struct packed inner[] = { TYPES, { "word/document.xml", BYTES("<w:document " W ">" P("Inside") "</w:document>") } };
	const struct packed members[] = {
		TYPES, { "word/document.xml", BYTES("<w:document " W ">" P("Outside") "</w:document>") },
		{ "word/embeddings/Letter.docx", pack_zip(arena, inner, COUNT(inner)) }, { "word/afchunk.htm", BYTES("<html><p>chunk") },
		{ "word/embeddings/oleObject1.bin", object(arena, "CONTENTS", BYTES("An old note.")) },
		{ "word/embeddings/oleObject2.bin", object(arena, "Equation Native", BYTES("\x1c\0\0\0")) }, { "word/vbaProject.bin", BYTES("x") },
	};
	static const struct expected expected[] = { { "", "Outside\n", DOCUMENT_BODY }, { "Letter.docx", "Inside\n", DOCUMENT_BODY },
						    { "afchunk.htm", "<html><p>chunk", DOCUMENT_BODY },
						    { "oleObject1.bin", "An old note.", DOCUMENT_BODY } };
	check_texts(pack_zip(arena, members, COUNT(members)), expected, COUNT(expected));
	arena_free(&arena);
}

static void expect_trouble(struct bytes file, const char *why)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	assert_true(document_read(&documents, "", file, NULL, NULL));
	for (size_t i = 0; i < documents.trouble_count; i++)
		if (strcmp(documents.troubles[i].why, why) == 0) {
			arena_free(&arena);
			return;
		}
	fail_msg("no trouble: %s, but %s", why, documents.trouble_count == 0 ? "none" : documents.troubles[0].why);
}

#define LAUGHS "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>" \
	"<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>" \
	"<!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;'><!ENTITY h '&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;'>]>"

static void test_traps(void **state)
{
	struct arena *arena = arena_new();
	const struct packed laughs[] = { TYPES, { "word/document.xml", BYTES(LAUGHS "<w:document " W "><w:p><w:r><w:t>&h;</w:t></w:r></w:p></w:document>") } };
	expect_trouble(pack_zip(arena, laughs, COUNT(laughs)), "damaged");
	const struct packed outside[] = { TYPES, { "word/document.xml", BYTES("<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><w:document " W ">"
									      "<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>") } };
	expect_trouble(pack_zip(arena, outside, COUNT(outside)), "text kept in XML entities, which are not examined");
	const struct packed broken[] = { TYPES, { "word/document.xml", BYTES("<w:document " W ">" P("half") "<w:p>") } };
	expect_trouble(pack_zip(arena, broken, COUNT(broken)), "damaged");
	struct text deep = TEXT_INIT;
	text_add(&deep, "<w:document " W ">");
	for (int i = 0; i < 20000; i++)
		text_add(&deep, "<w:p>");
	const struct packed nested[] = { TYPES, { "word/document.xml", text_to_arena(&deep, arena) } };
	expect_trouble(pack_zip(arena, nested, COUNT(nested)), "damaged");
	const struct packed locked[] = { { "mimetype", BYTES("application/vnd.oasis.opendocument.text") }, { "content.xml", BYTES("\x01\x02\x03") },
					 { "META-INF/manifest.xml", BYTES("<manifest:manifest xmlns:manifest='m'><manifest:file-entry><manifest:encryption-data/>"
									  "</manifest:file-entry></manifest:manifest>") } };
	expect_trouble(pack_zip(arena, locked, COUNT(locked)), "locked with a password");
	const struct packed empty[] = { TYPES };
	expect_trouble(pack_zip(arena, empty, COUNT(empty)), "a document of a kind that is not examined, or damaged");
	const struct packed apple[] = { { "Index/Document.iwa", BYTES("x") } };
	expect_trouble(pack_zip(arena, apple, COUNT(apple)), "an Apple Pages, Numbers or Keynote file, which is not examined");
	arena_free(&arena);
}

static void test_too_many_parts(void **state)
{
	enum { PARTS = 5001 };
	struct arena *arena = arena_new();
	struct packed *members = arena_array(arena, PARTS, sizeof *members);
	members[0] = (struct packed){ "[Content_Types].xml", BYTES("<Types/>") };
	members[1] = (struct packed){ "word/document.xml", BYTES("<w:document " W ">" P("Inside") "</w:document>") };
	for (size_t i = 2; i < PARTS; i++)
		members[i] = (struct packed){ arena_printf(arena, "word/%zu.xml", i), BYTES_EMPTY };
	for (size_t count = PARTS - 1; count <= PARTS; count++) {
		struct documents documents = documents_begin(arena);
		assert_true(document_read(&documents, "", pack_zip(arena, members, count), NULL, NULL));
		assert_int_equal(documents.trouble_count, count == PARTS ? 1 : 0);
		if (count == PARTS)
			assert_string_equal(documents.troubles[0].why, "more parts in it than are examined");
		assert_int_equal(documents.text_count, 1);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_word), cmocka_unit_test(test_workbook), cmocka_unit_test(test_presentation), cmocka_unit_test(test_opendocument_text),
		cmocka_unit_test(test_opendocument_sheets_and_pages), cmocka_unit_test(test_word_2003), cmocka_unit_test(test_embedded_files),
		cmocka_unit_test(test_traps), cmocka_unit_test(test_too_many_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
