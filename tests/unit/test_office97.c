/* test_office97.c - Word, Excel and PowerPoint files of 1997 to 2003, written with libgsf around streams made here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats.h"

#include "compound_file.h"
#include "document/compound.h"
#include "document/office_art.h"

static void put_u32(struct text *text, size_t at, uint32_t value)
{
	for (size_t i = 0; i < 4; i++)
		text->data[at + i] = (char)(value >> (8 * i));
}

static void add_zeros(struct text *text, size_t until)
{
	while (text->length < until)
		text_add_char(text, '\0');
}

/* Main text, footnote, header, comment; the first and third piece 8 bits wide, the second 16. */
static const char main_text[] = "Dear all,\r\x13 HYPERLINK x \x14link\x15\x07 caf\xE9\r";
static const char note_text[] = "a note\r";
static const char header_text[] = "NOT FOR PUBLICATION\r";
static const char comment_text[] = "a remark\r";
#define LENGTH_OF(literal) ((uint32_t)(sizeof(literal) - 1))

static void make_word(struct text *stream, struct text *table, unsigned flags)
{
	static const size_t text_at = 0x800;
	add_u16(stream, 0xA5EC);
	add_u16(stream, 0xC1);
	add_zeros(stream, 0x0A);
	add_u16(stream, flags);
	add_zeros(stream, text_at);
	text_add(stream, main_text);
	text_add(stream, note_text);
	size_t wide_at = stream->length + (stream->length & 1);
	add_zeros(stream, wide_at);
	add_utf16(stream, header_text);
	size_t narrow_at = stream->length;
	text_add(stream, comment_text);
	put_u32(stream, 0x4C, LENGTH_OF(main_text));
	put_u32(stream, 0x50, LENGTH_OF(note_text));
	put_u32(stream, 0x54, LENGTH_OF(header_text));
	put_u32(stream, 0x5C, LENGTH_OF(comment_text));

	uint32_t first = LENGTH_OF(main_text) + LENGTH_OF(note_text), second = first + LENGTH_OF(header_text);
	text_add_bytes(table, BYTES("\x01\x02\0xx\x02")); /* a paragraph's format, then the pieces */
	add_u32(table, 4 * 4 + 3 * 8);
	add_u32(table, 0);
	add_u32(table, first);
	add_u32(table, second);
	add_u32(table, second + LENGTH_OF(comment_text));
	const uint32_t places[] = { (uint32_t)text_at * 2 | 0x40000000, (uint32_t)wide_at, (uint32_t)narrow_at * 2 | 0x40000000 };
	for (size_t i = 0; i < 3; i++) {
		add_u16(table, 0);
		add_u32(table, places[i]);
		add_u16(table, 0);
	}
	put_u32(stream, 0x1A2, 0);
	put_u32(stream, 0x1A6, (uint32_t)table->length);
	/* A drawing with words in it behind the pieces. */
	put_u32(stream, 0x22A, (uint32_t)table->length);
	put_u32(stream, 0x22E, 1 + 8 + 8 + 12 + 24);
	text_add_char(table, '\0');
	add_u16(table, 0x000F);
	add_u16(table, 0xF004);
	add_u32(table, 8 + 12 + 24);
	add_u16(table, 0x0023);
	add_u16(table, 0xF00B);
	add_u32(table, 12 + 24);
	add_u16(table, 0x0081);
	add_u32(table, 5);
	add_u16(table, 0x80C0);
	add_u32(table, 24);
	add_utf16(table, "CONFIDENTIAL");
}

static struct bytes make_doc(struct arena *arena, unsigned flags)
{
	struct text stream = TEXT_INIT, table = TEXT_INIT;
	make_word(&stream, &table, flags);
	struct compound_file file = compound_file_begin();
	write_stream(file.top, "WordDocument", text_bytes(&stream));
	write_stream(file.top, (flags & 0x200) != 0 ? "1Table" : "0Table", text_bytes(&table));
	text_release(&stream);
	text_release(&table);
	return compound_file_end(&file, arena);
}

static void test_word(void **state)
{
	static const unsigned flags[] = { 0, 0x200 };
	for (size_t i = 0; i < 2; i++) {
		struct arena *arena = arena_new();
		struct documents documents = read_file(arena, make_doc(arena, flags[i]));
		assert_int_equal(documents.trouble_count, 0);
		assert_string_equal(said_at(arena, &documents, ""), "Dear all,\nlink\t caf\xC3\xA9");
		assert_string_equal(said_at(arena, &documents, "footnotes"), "a note");
		assert_string_equal(said_at(arena, &documents, "header or footer"), "NOT FOR PUBLICATION");
		assert_string_equal(said_at(arena, &documents, "comments"), "a remark");
		assert_string_equal(said_at(arena, &documents, "watermark or drawing"), "CONFIDENTIAL");
		arena_free(&arena);
	}
}

static void test_word_locked(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, make_doc(arena, 0x100));
	assert_true(has_trouble(&documents, "", "locked with a password"));
	assert_int_equal(documents.text_count, 0);
	arena_free(&arena);
}

static void test_word_95(void **state)
{
	struct arena *arena = arena_new();
	struct text stream = TEXT_INIT;
	add_u16(&stream, 0xA5DC);
	add_u16(&stream, 0x68);
	add_zeros(&stream, 0x300);
	text_add(&stream, "an old letter\r");
	put_u32(&stream, 0x18, 0x300);
	put_u32(&stream, 0x1C, (uint32_t)stream.length);
	struct compound_file file = compound_file_begin();
	write_stream(file.top, "WordDocument", text_bytes(&stream));
	struct documents documents = read_file(arena, compound_file_end(&file, arena));
	assert_string_equal(said_at(arena, &documents, ""), "an old letter");
	assert_int_equal(documents.trouble_count, 0);
	text_release(&stream);
	arena_free(&arena);
}

static void test_word_damaged(void **state)
{
	struct arena *arena = arena_new();
	struct text stream = TEXT_INIT, table = TEXT_INIT;
	make_word(&stream, &table, 0);
	struct compound_file file = compound_file_begin();
	write_stream(file.top, "WordDocument", bytes_slice(text_bytes(&stream), 0, 0x810));
	write_stream(file.top, "0Table", text_bytes(&table));
	struct documents documents = read_file(arena, compound_file_end(&file, arena));
	assert_true(has_trouble(&documents, "", "damaged"));
	assert_true(bytes_starts_with(bytes_of(said_at(arena, &documents, "")), BYTES("Dear all,")));
	bend(compound_read, make_doc(arena, 0));
	text_release(&stream);
	text_release(&table);
	arena_free(&arena);
}

static void add_record(struct text *stream, unsigned type, struct bytes content)
{
	add_u16(stream, type);
	add_u16(stream, (unsigned)content.length);
	text_add_bytes(stream, content);
}

static void make_sheet(struct text *stream)
{
	add_record(stream, 0x0809, BYTES("\0\x06\x10\0"));
	add_record(stream, 0x0014, BYTES("\x22\0\0&C&\"Arial,Bold\"&14PRIVATE && &P to"));
	add_record(stream, 0x00FD, BYTES("\0\0\0\0\0\0\0\0\0\0"));
	add_record(stream, 0x00FD, BYTES("\0\0\1\0\0\0\1\0\0\0"));
	add_record(stream, 0x00FD, BYTES("\1\0\1\0\0\0\x63\0\0\0")); /* no such string */
	add_record(stream, 0x0204, BYTES("\1\0\0\0\0\0\5\0\0label"));
	add_record(stream, 0x027E, BYTES("\2\0\0\0\0\0\x0E\0\0\0"));                  /* 3, of 30 bits */
	add_record(stream, 0x027E, BYTES("\2\0\1\0\0\0\xFB\xFF\xFF\xFF"));            /* -0.02: the same in hundredths, without its sign lost */
	add_record(stream, 0x00BD, BYTES("\2\0\2\0\0\0\0\0\xF8\x3F\0\0\x1F\x4E\0\0\3\0")); /* 1.5, 49.99 */
	add_record(stream, 0x0203, BYTES("\3\0\0\0\0\0\0\0\0\0\0\0\xF0\x40"));        /* 65536 */
	add_record(stream, 0x0006, BYTES("\3\0\1\0\0\0\0\0\0\0\0\0\xE0\x3F\0\0"));    /* a formula that gave 0.5 */
	add_record(stream, 0x0006, BYTES("\4\0\0\0\0\0\0\0\0\0\0\0\xFF\xFF\0\0"));    /* and one that gave a text, in a row of its own */
	add_record(stream, 0x0207, BYTES("\3\0\0sum"));
	add_record(stream, 0x0203, BYTES("\5\0\0\0\0\0\0\0"));                       /* cut short */
	add_record(stream, 0x005D, BYTES("\x15\0\x12\0\x19\0\0\0"));
	add_record(stream, 0x01B6, BYTES("\0\0\0\0\0\0\0\0\0\0\x06\0\0\0\0\0\0\0"));
	add_record(stream, 0x003C, BYTES("\0remark"));
	add_record(stream, 0x000A, BYTES_EMPTY);
}

/* Two sheets, the second hidden; the second shared string runs on into a CONTINUE record with wider characters. */
static void make_workbook(struct text *stream)
{
	add_record(stream, 0x0809, BYTES("\0\x06\5\0"));
	size_t first = stream->length + 4;
	add_record(stream, 0x0085, BYTES("\0\0\0\0\0\0\6\0Budget"));
	size_t second = stream->length + 4;
	add_record(stream, 0x0085, BYTES("\0\0\0\0\1\0\5\0Spare"));
	add_record(stream, 0x00FC, BYTES("\2\0\0\0\2\0\0\0\5\0\0Alpha\x06\0\x08\1\0Bet"));
	add_record(stream, 0x003C, BYTES("\1a\0 \0\xA3\0\1\0\1\0"));
	add_record(stream, 0x000A, BYTES_EMPTY);
	put_u32(stream, first, (uint32_t)stream->length);
	make_sheet(stream);
	put_u32(stream, second, (uint32_t)stream->length);
	make_sheet(stream);
}

static struct bytes make_xls(struct arena *arena, bool locked)
{
	struct text stream = TEXT_INIT;
	if (locked)
		add_record(&stream, 0x002F, BYTES("\0\0\0\0\0\0"));
	make_workbook(&stream);
	struct compound_file file = compound_file_begin();
	write_stream(file.top, "Workbook", text_bytes(&stream));
	text_release(&stream);
	return compound_file_end(&file, arena);
}

#define CELLS "Alpha\tBeta \xC2\xA3\t\nlabel\t\n3\t-0.02\t1.5\t49.99\t\n65536\t0.5\t\nsum"

static void test_excel(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, make_xls(arena, false));
	assert_int_equal(documents.trouble_count, 0);
	assert_string_equal(said_at(arena, &documents, "sheet Budget"), CELLS);
	assert_string_equal(said_at(arena, &documents, "sheet Budget, comments"), "remark");
	assert_string_equal(said_at(arena, &documents, "sheet Budget, header or footer"), "PRIVATE &  to");
	assert_string_equal(said_at(arena, &documents, "hidden sheet Spare"), CELLS);
	assert_int_equal(text_at(&documents, "hidden sheet Spare")->role, DOCUMENT_HIDDEN);
	assert_string_equal(said_at(arena, &documents, "names of sheets"), "Budget\nSpare");
	documents = read_file(arena, make_xls(arena, true));
	assert_true(has_trouble(&documents, "", "locked with a password"));
	bend(compound_read, make_xls(arena, false));
	arena_free(&arena);
}

static size_t begin_container(struct text *stream, unsigned instance, unsigned type)
{
	add_u16(stream, instance << 4 | 15);
	add_u16(stream, type);
	add_u32(stream, 0);
	return stream->length;
}

static void end_container(struct text *stream, size_t begun)
{
	put_u32(stream, begun - 4, (uint32_t)(stream->length - begun));
}

static void add_atom(struct text *stream, unsigned type, struct bytes content)
{
	add_u16(stream, 0);
	add_u16(stream, type);
	add_u32(stream, (uint32_t)content.length);
	text_add_bytes(stream, content);
}

static struct bytes make_ppt(struct arena *arena, bool locked)
{
	struct text stream = TEXT_INIT, user = TEXT_INIT;
	size_t document = begin_container(&stream, 0, 0x03E8);
	add_atom(&stream, 0x0FBA, BYTES("A\0r\0i\0a\0l\0"));
	size_t list = begin_container(&stream, 0, 0x0FF0);
	add_atom(&stream, 0x03F3, BYTES("xxxx"));
	add_atom(&stream, 0x0FA8, BYTES("First\rslide"));
	add_atom(&stream, 0x03F3, BYTES("xxxx"));
	add_atom(&stream, 0x0FA0, BYTES("\xE9\0t\0\xE9\0"));
	end_container(&stream, list);
	end_container(&stream, document);
	size_t slide = begin_container(&stream, 0, 0x03EE);
	size_t comment = begin_container(&stream, 0, 0x2EE0);
	add_atom(&stream, 0x0FBA, BYTES("n\0o\0"));
	end_container(&stream, comment);
	add_atom(&stream, 0x0FA8, BYTES("In a box"));
	end_container(&stream, slide);
	size_t notes = begin_container(&stream, 0, 0x03F0);
	add_atom(&stream, 0x0FA8, BYTES("Do not say"));
	end_container(&stream, notes);
	add_zeros(&user, 12);
	add_u32(&user, locked ? 0xF3D1C4DF : 0xE391C05F);
	struct compound_file file = compound_file_begin();
	write_stream(file.top, "PowerPoint Document", text_bytes(&stream));
	write_stream(file.top, "Current User", text_bytes(&user));
	text_release(&stream);
	text_release(&user);
	return compound_file_end(&file, arena);
}

static void test_powerpoint(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, make_ppt(arena, false));
	assert_int_equal(documents.trouble_count, 0);
	assert_string_equal(said_at(arena, &documents, "slide 1"), "First\nslide");
	assert_string_equal(said_at(arena, &documents, "slide 2"), "\xC3\xA9t\xC3\xA9");
	assert_string_equal(said_at(arena, &documents, "comments"), "no");
	assert_string_equal(said_at(arena, &documents, "slides"), "In a box");
	assert_string_equal(said_at(arena, &documents, "notes"), "Do not say");
	documents = read_file(arena, make_ppt(arena, true));
	assert_true(has_trouble(&documents, "", "locked with a password"));
	bend(compound_read, make_ppt(arena, false));
	arena_free(&arena);
}

/* A file of another program: what it packed is opened, and one that holds nothing known is told. */
static void test_others(void **state)
{
	static const char packed[] = "\0\0\0\0\x02\0a.txt\0C:\\a.txt\0\0\0\x03\0\x03\0\0\0C:\\\x08\0\0\0in trust";
	struct arena *arena = arena_new();
	struct compound_file file = compound_file_begin();
	write_stream(file.top, "\001Ole10Native", (struct bytes){ packed, sizeof packed - 1 });
	struct documents documents = read_file(arena, compound_file_end(&file, arena));
	assert_string_equal(said_at(arena, &documents, "a.txt"), "in trust");
	file = compound_file_begin();
	write_stream(file.top, "VisioDocument", BYTES("x"));
	documents = read_file(arena, compound_file_end(&file, arena));
	assert_int_equal(documents.trouble_count, 1);
	file = compound_file_begin();
	write_stream(file.top, "EncryptedPackage", BYTES("x"));
	documents = read_file(arena, compound_file_end(&file, arena));
	assert_true(has_trouble(&documents, "", "locked with a password"));
	arena_free(&arena);
}

/* A directory that is a chain of 60,000 entries: libgsf would recurse down it until the stack ends. */
static void test_long_directory(void **state)
{
	struct arena *arena = arena_new();
	struct text file = TEXT_INIT;
	text_add_bytes(&file, BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
	add_zeros(&file, 512);
	for (size_t i = 0; i < 60000; i++) {
		size_t at = file.length;
		add_utf16(&file, "n");
		add_zeros(&file, at + 64);
		add_u16(&file, 4);
		text_add_bytes(&file, BYTES("\2\1"));
		add_zeros(&file, at + 128);
	}
	struct documents documents = read_file(arena, text_bytes(&file));
	assert_true(has_trouble(&documents, "", "more parts in it than are examined"));
	text_release(&file);
	arena_free(&arena);
}

static void test_properties(void **state)
{
	struct arena *arena = arena_new();
	struct compound_file file = compound_file_begin();
	GsfOutput *memory = gsf_output_memory_new();
	GsfDocMetaData *summary = gsf_doc_meta_data_new();
	GValue *title = g_new0(GValue, 1), *label = g_new0(GValue, 1);
	g_value_init(title, G_TYPE_STRING);
	g_value_set_string(title, "Staffing caf\xC3\xA9");
	gsf_doc_meta_data_insert(summary, g_strdup(GSF_META_NAME_TITLE), title);
	gsf_doc_meta_data_write_to_msole(summary, memory, FALSE);
	gsf_output_close(memory);
	write_stream(file.top, "\005SummaryInformation",
		     (struct bytes){ (const char *)gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory)), (size_t)gsf_output_size(memory) });
	g_object_unref(memory);
	memory = gsf_output_memory_new();
	g_value_init(label, G_TYPE_STRING);
	g_value_set_string(label, "true");
	gsf_doc_meta_data_insert(summary, g_strdup("MSIP_Label_1_Enabled"), label);
	gsf_doc_meta_data_write_to_msole(summary, memory, TRUE);
	gsf_output_close(memory);
	write_stream(file.top, "\005DocumentSummaryInformation",
		     (struct bytes){ (const char *)gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory)), (size_t)gsf_output_size(memory) });
	g_object_unref(memory);
	g_object_unref(summary);
	write_stream(file.top, "PowerPoint Document", BYTES_EMPTY);
	struct documents documents = read_file(arena, compound_file_end(&file, arena));
	assert_string_equal(said_at(arena, &documents, "properties"), "Title: Staffing caf\xC3\xA9");
	assert_int_equal(documents.texts[1].role, DOCUMENT_SENSITIVITY);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_word), cmocka_unit_test(test_word_locked), cmocka_unit_test(test_word_95), cmocka_unit_test(test_word_damaged),
		cmocka_unit_test(test_excel), cmocka_unit_test(test_powerpoint), cmocka_unit_test(test_others), cmocka_unit_test(test_long_directory), cmocka_unit_test(test_properties),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
