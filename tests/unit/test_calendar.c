/* test_calendar.c - calendar entries and contact cards: what is said, how private it is, the files in them, and damage.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats.h"

static const char appointment[] =
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T100000Z\r\n"
	"DTSTART:20260102T100000Z\r\nSUMMARY:Disciplinary hear\r\n ing\\, stage 2\r\nDESCRIPTION:Not for\\npublication\\; caf\xC3\xA9\r\n"
	"LOCATION:Committee room\r\nCOMMENT:bring the file\r\nCLASS:CONFIDENTIAL\r\nCATEGORIES:Staffing\r\n"
	"ORGANIZER;CN=Ruth Owen:mailto:clerk@council.example\r\nATTENDEE;CN=\"Hill, Tom\":MAILTO:tom@council.example\r\n"
	"X-ALT-DESC;FMTTYPE=text/html:<p>in <b>confidence</b></p>\r\n"
	"ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY;FILENAME=note.txt:aW4gdHJ1c3Q=\r\n"
	"ATTACH:https://files.example/secret.docx\r\n"
	"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:soon\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static void test_appointment(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, bytes_of(appointment));
	assert_int_equal(documents.trouble_count, 0);
	assert_string_equal(said_at(arena, &documents, ""),
			    "Disciplinary hearing, stage 2\nNot for\npublication; caf\xC3\xA9\nCommittee room\nbring the file\nsoon");
	assert_string_equal(said_at(arena, &documents, "people"), "Organizer: Ruth Owen <clerk@council.example>\nAttendee: Hill, Tom <tom@council.example>");
	const char *properties = said_at(arena, &documents, "properties");
	assert_non_null(strstr(properties, "Class: CONFIDENTIAL"));
	assert_non_null(strstr(properties, "Categories: Staffing"));
	assert_string_equal(said_at(arena, &documents, "note.txt"), "in trust");
	bool html = false;
	for (size_t i = 0; i < documents.text_count; i++)
		html = html || (documents.texts[i].html && bytes_equal(bytes_trim(documents.texts[i].utf8), BYTES("<p>in <b>confidence</b></p>")));
	assert_true(html);
	bend(calendar_read, bytes_of(appointment));
	arena_free(&arena);
}

static void test_public_is_no_class(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, BYTES("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Fete\nCLASS:PUBLIC\nEND:VEVENT\nEND:VCALENDAR\n"));
	assert_string_equal(said_at(arena, &documents, ""), "Fete");
	assert_null(text_at(&documents, "properties"));
	arena_free(&arena);
}

static void test_hostile_calendars(void **state)
{
	struct arena *arena = arena_new();
	struct text deep = TEXT_INIT;
	text_add(&deep, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < 100000; i++)
		text_add(&deep, "BEGIN:VEVENT\n");
	struct documents documents = read_file(arena, text_bytes(&deep));
	assert_true(has_trouble(&documents, "", "damaged"));
	text_release(&deep);
	documents = read_file(arena, BYTES("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:half\n"));
	assert_true(has_trouble(&documents, "", "damaged"));
	/* What stands behind a NUL is read all the same. */
	documents = read_file(arena, BYTES("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\0y\nLOCATION:here\nEND:VEVENT\nEND:VCALENDAR\n"));
	assert_string_equal(said_at(arena, &documents, ""), "xy\nhere");
	arena_free(&arena);
}

struct card_case {
	const char *card, *text, *properties;
};

static const struct card_case cards[] = {
	{ "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ruth Owen\r\nORG:Council;Clerk's office\r\nTITLE:Clerk\r\nNOTE:in con\r\n fidence\\, please\\nsecond\r\n"
	  "CLASS:PRIVATE\r\nEND:VCARD\r\n",
	  "Ruth Owen\nCouncil Clerk's office\nClerk\nin confidence, please\nsecond", "CLASS: PRIVATE" },
	{ "BEGIN:VCARD\nVERSION:2.1\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9 =\nand more\nEND:VCARD\n", "caf\xC3\xA9 and more", "" },
	{ "BEGIN:VCARD\nitem1.NOTE;X=\"a:b\":grouped\nCLASS:PUBLIC\nPHOTO;ENCODING=b:AAAA\n AAAA=\nNOTE:next\nEND:VCARD\n", "grouped\nnext", "" },
	{ "BEGIN:VCARD\nFN:One\nEND:VCARD\nBEGIN:VCARD\nFN:Two\nEND:VCARD\n", "One\nTwo", "" },
};

static void test_cards(void **state)
{
	for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
		struct arena *arena = arena_new();
		struct documents documents = read_file(arena, bytes_of(cards[i].card));
		assert_string_equal(said_at(arena, &documents, ""), cards[i].text);
		assert_string_equal(said_at(arena, &documents, "properties"), cards[i].properties);
		assert_int_equal(documents.trouble_count, 0);
		bend(vcard_read, bytes_of(cards[i].card));
		arena_free(&arena);
	}
}

static void test_card_left_open(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = read_file(arena, BYTES("BEGIN:VCARD\nFN:One\n"));
	assert_string_equal(said_at(arena, &documents, ""), "One");
	assert_true(has_trouble(&documents, "", "damaged"));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_appointment), cmocka_unit_test(test_public_is_no_class), cmocka_unit_test(test_hostile_calendars),
		cmocka_unit_test(test_cards), cmocka_unit_test(test_card_left_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
