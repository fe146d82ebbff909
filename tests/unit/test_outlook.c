/* test_outlook.c - Outlook's messages: .msg files written with libgsf and winmail.dat written octet by octet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats.h"

#include "compound_file.h"
#include "document/mapi.h"

static void add_wide(GsfOutfile *folder, const char *property, const char *ascii)
{
	struct text text = TEXT_INIT;
	add_utf16(&text, ascii);
	char name[40];
	snprintf(name, sizeof name, "__substg1.0_%s", property);
	write_stream(folder, name, text_bytes(&text));
	text_release(&text);
}

/* The stream of numbers: a header, then type, identifier, flags and value. */
static void add_numbers(GsfOutfile *folder, size_t header, const uint32_t *pairs, size_t count)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < header; i++)
		text_add_char(&text, '\0');
	for (size_t i = 0; i < count; i++) {
		add_u32(&text, pairs[i * 2]);
		add_u32(&text, 6);
		add_u32(&text, pairs[i * 2 + 1]);
		add_u32(&text, 0);
	}
	write_stream(folder, "__properties_version1.0", text_bytes(&text));
	text_release(&text);
}

static void add_recipient(GsfOutfile *message, const char *folder_name, uint32_t type, const char *name, const char *smtp, const char *address_type)
{
	const uint32_t numbers[] = { 0x0C150003, type };
	GsfOutfile *folder = open_folder(message, folder_name);
	add_wide(folder, "3001001F", name);
	add_wide(folder, "3002001F", address_type);
	add_wide(folder, strcmp(address_type, "SMTP") == 0 ? "3003001F" : "39FE001F", smtp);
	add_numbers(folder, 8, numbers, 1);
	close_folder(folder);
}

static void add_attachment(GsfOutfile *message, const char *folder_name, const char *file_name, struct bytes data)
{
	GsfOutfile *folder = open_folder(message, folder_name);
	add_wide(folder, "3707001F", file_name);
	write_stream(folder, "__substg1.0_37010102", data);
	add_numbers(folder, 8, NULL, 0);
	close_folder(folder);
}

static void add_message_inside(GsfOutfile *message)
{
	const uint32_t numbers[] = { 0x00360003, 3 };
	GsfOutfile *folder = open_folder(message, "__attach_version1.0_#00000001");
	GsfOutfile *inside = open_folder(folder, "__substg1.0_3701000D");
	add_wide(folder, "3001001F", "Old letter");
	add_numbers(folder, 8, NULL, 0);
	add_wide(inside, "0037001F", "The old one");
	add_wide(inside, "1000001F", "not to be passed on");
	add_wide(inside, "0042001F", "Ann Lee");
	add_numbers(inside, 24, numbers, 1);
	close_folder(inside);
	close_folder(folder);
}

/* Property 8000 has a name instead of a number: the first entry of the map, its name at the start of the strings. */
static void add_label(GsfOutfile *top)
{
	struct text text = TEXT_INIT;
	GsfOutfile *map = open_folder(top, "__nameid_version1.0");
	add_u32(&text, 0);
	add_u16(&text, 1);
	add_u16(&text, 0);
	write_stream(map, "__substg1.0_00030102", text_bytes(&text));
	text_truncate(&text, 0);
	add_u32(&text, 22);
	add_utf16(&text, "msip_labels");
	write_stream(map, "__substg1.0_00040102", text_bytes(&text));
	close_folder(map);
	add_wide(top, "8000001F", "MSIP_Label_1_Enabled=true;");
	text_release(&text);
}

static struct bytes make_msg(struct arena *arena)
{
	const uint32_t numbers[] = { 0x00360003, 2, 0x3FDE0003, 65001 };
	struct compound_file file = compound_file_begin();
	add_wide(file.top, "001A001F", "IPM.Note");
	add_wide(file.top, "0037001F", "Grievance");
	add_wide(file.top, "0042001F", "Ruth Owen");
	add_wide(file.top, "0064001F", "EX");
	add_wide(file.top, "0065001F", "/O=COUNCIL/CN=RUTH");
	add_wide(file.top, "5D02001F", "clerk@council.example");
	add_wide(file.top, "1000001F", "Please see below.");
	write_stream(file.top, "__substg1.0_10130102", BYTES("<p>Please see below. caf\xC3\xA9</p>"));
	add_wide(file.top, "007D001F", "Received: by x\r\nX-Protective-Marking: OFFICIAL-SENSITIVE\r\n");
	add_numbers(file.top, 32, numbers, 2);
	add_label(file.top);
	add_recipient(file.top, "__recip_version1.0_#00000000", 1, "Tom \"T\" Hill", "tom@council.example", "SMTP");
	add_recipient(file.top, "__recip_version1.0_#00000001", 2, "Una", "una@council.example", "EX");
	add_attachment(file.top, "__attach_version1.0_#00000000", "note.txt", BYTES("in trust"));
	add_message_inside(file.top);
	return compound_file_end(&file, arena);
}

static void test_msg(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, make_msg(arena));
	assert_int_equal(documents.trouble_count, 0);
	assert_int_equal(documents.letter_count, 2);
	const struct document_letter *letter = &documents.letters[0];
	assert_string_equal(letter->from, "\"Ruth Owen\" <clerk@council.example>");
	assert_string_equal(letter->to, "\"Tom \\\"T\\\" Hill\" <tom@council.example>");
	assert_string_equal(letter->cc, "\"Una\" <una@council.example>");
	assert_string_equal(letter->subject, "Grievance");
	assert_string_equal(letter->sensitivity, "Private");
	assert_string_equal(arena_string_of(arena, letter->plain), "Please see below.");
	assert_string_equal(arena_string_of(arena, letter->html), "<p>Please see below. caf\xC3\xA9</p>");
	assert_string_equal(said_at(arena, &documents, "note.txt"), "in trust");
	letter = &documents.letters[1];
	assert_string_equal(letter->place, "Old letter");
	assert_string_equal(letter->from, "\"Ann Lee\" <>");
	assert_string_equal(letter->sensitivity, "Company-Confidential");
	assert_string_equal(arena_string_of(arena, letter->plain), "not to be passed on");
	assert_string_equal(said_at(arena, &documents, "properties"), "MSIP_Label_1_Enabled=true;");
	assert_int_equal(text_at(&documents, "properties")->role, DOCUMENT_SENSITIVITY);
	bool marked = false;
	for (size_t i = 0; i < documents.text_count; i++)
		marked = marked || bytes_find(documents.texts[i].utf8, BYTES("X-Protective-Marking: OFFICIAL-SENSITIVE"), 0) != (size_t)-1;
	assert_true(marked);
	arena_free(&arena);
}

static void test_sealed_msg(void **state)
{
	struct arena *arena = arena_new();
	struct compound_file file = compound_file_begin();
	add_wide(file.top, "001A001F", "IPM.Note.SMIME");
	add_numbers(file.top, 32, NULL, 0);
	add_attachment(file.top, "__attach_version1.0_#00000000", "smime.p7m", BYTES("\x30\x80\x06\x09"));
	struct documents documents = read_file(arena, compound_file_end(&file, arena));
	assert_true(has_trouble(&documents, "", "encrypted"));
	arena_free(&arena);
}

static void test_bent_msg(void **state)
{
	struct arena *arena = arena_new();
	bend(compound_read, make_msg(arena));
	arena_free(&arena);
}

/* The example of MS-OXRTFCP 4.1.1: literals and one reference that overlaps itself is in the second. */
static void test_packed_rtf(void **state)
{
	static const char simple[] = "\x2d\0\0\0\x2b\0\0\0\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\0\x0a\0\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65"
				     "\x6c\x09\0\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0";
	static const char crossing[] = "\x1a\0\0\0\x1c\0\0\0\x4c\x5a\x46\x75\xe2\xd4\x4b\x51\x41\0\x04\x20\x57\x58\x59\x5a\x0d\x6e\x7d\x01\x0e\xb0";
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	struct bytes rtf;
	assert_true(mapi_rtf_unpack(&documents, "", (struct bytes){ simple, sizeof simple - 1 }, &rtf));
	assert_string_equal(arena_string_of(arena, rtf), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
	assert_true(mapi_rtf_unpack(&documents, "", (struct bytes){ crossing, sizeof crossing - 1 }, &rtf));
	assert_string_equal(arena_string_of(arena, rtf), "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
	/* Cut short: what there is, and the word that it is not all. */
	assert_false(mapi_rtf_unpack(&documents, "", (struct bytes){ simple, sizeof simple - 4 }, &rtf));
	assert_true(bytes_starts_with(rtf, BYTES("{\\rtf1\\ansi\\ansicpg1252")));
	assert_false(mapi_rtf_unpack(&documents, "", BYTES("\x1a\0\0\0\x1c\0\0\0WHAT\0\0\0\0xxxx"), &rtf));
	arena_free(&arena);
}

static void add_attribute(struct text *text, int level, uint32_t id, struct bytes value)
{
	unsigned sum = 0;
	text_add_char(text, (char)level);
	add_u32(text, id);
	add_u32(text, (uint32_t)value.length);
	text_add_bytes(text, value);
	for (size_t i = 0; i < value.length; i++)
		sum += (unsigned char)value.data[i];
	add_u16(text, sum & 0xFFFF);
}

static void begin_tnef(struct text *text)
{
	add_u32(text, 0x223E9F78);
	add_u16(text, 1);
}

/* A property of variable length: tag, how many values, length, value, filled up to four. */
static void add_value(struct text *text, uint32_t tag, struct bytes value)
{
	add_u32(text, tag);
	add_u32(text, 1);
	add_u32(text, (uint32_t)value.length);
	text_add_bytes(text, value);
	while (text->length % 4 != 0)
		text_add_char(text, '\0');
}

static void make_tnef(struct text *tnef, bool with_message)
{
	struct text inner = TEXT_INIT, properties = TEXT_INIT;
	begin_tnef(tnef);
	add_attribute(tnef, 1, 0x00069007, BYTES("\xE4\x04\0\0\0\0\0\0"));
	add_attribute(tnef, 1, 0x00018004, BYTES("Pay award\0"));
	add_attribute(tnef, 1, 0x0002800C, BYTES("caf\xE9, in confidence\0"));
	add_attribute(tnef, 1, 0x00018009, BYTES("")); /* no length: libytnef stops here */
	add_u32(&properties, 2);
	add_u32(&properties, 0x00360003);
	add_u32(&properties, 3);
	add_value(&properties, 0x1013001E, BYTES("<b>bold</b>"));
	add_attribute(tnef, 1, 0x00069003, text_bytes(&properties));
	add_attribute(tnef, 2, 0x00069002, BYTES("\1\0\0\0\0\0\0\0\0\0\0\0\0\0"));
	add_attribute(tnef, 2, 0x00018010, BYTES("a.txt\0"));
	add_attribute(tnef, 2, 0x0006800F, BYTES("in trust"));
	if (with_message) {
		text_truncate(&properties, 0);
		text_add_bytes(&inner, BYTES("\x07\x03\x02\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"));
		make_tnef(&inner, false);
		add_u32(&properties, 1);
		add_value(&properties, 0x3701000D, text_bytes(&inner));
		add_attribute(tnef, 2, 0x00069002, BYTES("\1\0\0\0\0\0\0\0\0\0\0\0\0\0"));
		add_attribute(tnef, 2, 0x00069005, text_bytes(&properties));
	}
	text_release(&inner);
	text_release(&properties);
}

static void test_tnef(void **state)
{
	struct arena *arena = arena_new();
	struct text tnef = TEXT_INIT;
	make_tnef(&tnef, true);
	struct documents documents = read_file(arena, text_bytes(&tnef));
	assert_int_equal(documents.trouble_count, 0);
	assert_string_equal(said_at(arena, &documents, ""), "caf\xC3\xA9, in confidence");
	assert_string_equal(said_at(arena, &documents, "properties"), "Subject: Pay award\nSensitivity: Company-Confidential");
	assert_string_equal(said_at(arena, &documents, "a.txt"), "in trust");
	assert_int_equal(documents.letter_count, 1);
	assert_string_equal(documents.letters[0].subject, "Pay award");
	assert_string_equal(documents.letters[0].place, "attached message");
	assert_string_equal(arena_string_of(arena, documents.letters[0].html), "<b>bold</b>");
	assert_string_equal(said_at(arena, &documents, "attached message, a.txt"), "in trust");
	bend(tnef_read, text_bytes(&tnef));
	documents = documents_begin(arena);
	tnef_read(&documents, "", bytes_slice(text_bytes(&tnef), 0, 60));
	assert_true(has_trouble(&documents, "", "damaged"));
	text_release(&tnef);
	arena_free(&arena);
}

static void test_tnef_numbers_that_lie(void **state)
{
	static const uint32_t numbers[] = { 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 100000 };
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct text tnef = TEXT_INIT, properties = TEXT_INIT;
		begin_tnef(&tnef);
		add_u32(&properties, numbers[i]);      /* properties */
		add_u32(&properties, 0x101F3001);
		add_u32(&properties, numbers[i]);      /* values of one */
		add_u32(&properties, numbers[i]);      /* length of a value */
		add_attribute(&tnef, 1, 0x00069003, text_bytes(&properties));
		add_attribute(&tnef, 1, 0x00069004, text_bytes(&properties));
		add_attribute(&tnef, 2, 0x00069005, text_bytes(&properties));
		struct arena *arena = arena_new();
		struct documents documents = read_file(arena, text_bytes(&tnef));
		assert_true(has_trouble(&documents, "", "damaged"));
		arena_free(&arena);
		text_release(&tnef);
		text_release(&properties);
	}
}

static void test_empty_folders(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	compound_read(&documents, "x.msg", BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more"));
	assert_true(has_trouble(&documents, "x.msg", "damaged"));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_msg), cmocka_unit_test(test_sealed_msg), cmocka_unit_test(test_bent_msg), cmocka_unit_test(test_packed_rtf),
		cmocka_unit_test(test_tnef), cmocka_unit_test(test_tnef_numbers_that_lie), cmocka_unit_test(test_empty_folders),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
