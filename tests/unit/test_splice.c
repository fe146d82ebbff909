/* test_splice.c - bytes spliced into encoded bodies: exact results, and what is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "action/splice.h"

struct splice_case {
	enum transfer_encoding encoding;
	const char *encoded;
	size_t at;
	const char *inserted;
	const char *result; /* NULL: refused */
};

static const struct splice_case splice_cases[] = {
	{ ENCODING_8BIT, "a\r\nb\r\n", 3, "X\r\n", "a\r\nX\r\nb\r\n" },
	{ ENCODING_7BIT, "", 0, "X\r\n", "X\r\n" },
	{ ENCODING_7BIT, "abc", 4, "X", NULL },

	{ ENCODING_QUOTED_PRINTABLE, "", 0, "Si\xc3\xa2n\r\n", "Si=C3=A2n\r\n" },
	{ ENCODING_QUOTED_PRINTABLE, "a\r\nb\r\n", 3, "X\r\n", "a\r\nX\r\nb\r\n" },
	{ ENCODING_QUOTED_PRINTABLE, "=C3=A9t=C3=A9\r\nb", 7, "X\r\n", "=C3=A9t=C3=A9\r\nX\r\nb" },
	/* a soft break at the place is mended */
	{ ENCODING_QUOTED_PRINTABLE, "foo=\r\nbar\r\n", 3, "\r\nX\r\n", "foo\r\nX\r\nbar\r\n" },
	{ ENCODING_QUOTED_PRINTABLE, "=\r\n=\r\nbar", 0, "X\r\n", "X\r\nbar" },
	/* one before the place is not */
	{ ENCODING_QUOTED_PRINTABLE, "f=\r\noobar", 3, "\r\nX\r\n", "f=\r\noo\r\nX\r\nbar" },
	/* a blank that comes to stand at a line's end is escaped */
	{ ENCODING_QUOTED_PRINTABLE, "foo bar", 4, "\r\nX\r\n", "foo=20\r\nX\r\nbar" },
	{ ENCODING_QUOTED_PRINTABLE, "foo=20=\r\nbar", 4, "\r\nX\r\n", "foo=20\r\nX\r\nbar" },
	{ ENCODING_QUOTED_PRINTABLE, "foobar", 3, "X \r\nY\t", "fooX=20\r\nY=09bar" },
	/* transport padding decodes to nothing */
	{ ENCODING_QUOTED_PRINTABLE, "foo  \r\nbar", 3, "X", "fooX\r\nbar" },
	{ ENCODING_QUOTED_PRINTABLE, "foo  \r\nbar", 5, "X\r\n", "foo  \r\nX\r\nbar" },
	{ ENCODING_QUOTED_PRINTABLE, "foo=\r\n", 3, "\r\nX", "foo\r\nX=\r\n" },
	/* a sign that ends the body is a soft break to some and a sign to others */
	{ ENCODING_QUOTED_PRINTABLE, "foo=", 3, "\r\nX", "foo=\r\n\r\nX" },
	{ ENCODING_QUOTED_PRINTABLE, "a\r\nfoo=3D=", 7, "X", "a\r\nfoo=3D=\r\nX" },
	/* small letters stay small: some decoders do not know them, and a text is to be read in one way */
	{ ENCODING_QUOTED_PRINTABLE, "=c3=a2\r\n", 4, "\xc3\xa2\r\n", "=c3=a2\r\n=c3=a2\r\n" },
	{ ENCODING_QUOTED_PRINTABLE, "=3D=20\r\n", 4, "\xc3\xa2\r\n", "=3D=20\r\n=C3=A2\r\n" },
	/* lines stay within 76 */
	{ ENCODING_QUOTED_PRINTABLE, "0123456789012345678901234567890123456789012345678901234567890123456789012345", 70, "XY",
	  "0123456789012345678901234567890123456789012345678901234567890123456789XY=\r\n012345" },
	{ ENCODING_QUOTED_PRINTABLE, "", 0, "12345678901234567890123456789012345678901234567890123456789012345678901\xc3\xa9",
	  "12345678901234567890123456789012345678901234567890123456789012345678901=\r\n=C3=A9" },
	{ ENCODING_QUOTED_PRINTABLE, "", 0, "123456789012345678901234567890123456789012345678901234567890123456789\xc3\xa9x",
	  "123456789012345678901234567890123456789012345678901234567890123456789=C3=A9=\r\nx" },
	{ ENCODING_QUOTED_PRINTABLE, "", 0, "1234567890123456789012345678901234567890123456789012345678901234567890\xf0\x9f\x8c\xb3",
	  "1234567890123456789012345678901234567890123456789012345678901234567890=\r\n=F0=9F=8C=B3" },
	{ ENCODING_QUOTED_PRINTABLE, "foo  ", 5, "\r\nX", "foo =20\r\nX" },
	/* mail programs differ about a blank behind the soft break's sign */
	{ ENCODING_QUOTED_PRINTABLE, "foo= \r\nbar\r\n", 3, "X", NULL },
	/* never inside a line end; not where the encoding is damaged */
	{ ENCODING_QUOTED_PRINTABLE, "a\r\nb", 2, "X", NULL },
	{ ENCODING_QUOTED_PRINTABLE, "a=zzb", 1, "X", NULL },
	{ ENCODING_QUOTED_PRINTABLE, "a", 2, "X", NULL },

	{ ENCODING_BASE64, "", 0, "abc", "YWJj" },
	{ ENCODING_BASE64, "YWJj\r\n", 3, "def", "YWJj\r\nZGVm\r\n" },
	{ ENCODING_BASE64, "YWJj\r\n\r\n", 3, "def", "YWJj\r\nZGVm\r\n" },
	{ ENCODING_BASE64, "YWI=\r\n", 2, "c", "YWJj\r\n" },
	{ ENCODING_BASE64, "YWJj", 1, "X", "YVhiYw==" },
	{ ENCODING_BASE64, "YWJj", 0, "X", "WGFiYw==" },
	/* lines before the place stay, lines after it keep their length */
	{ ENCODING_BASE64, "YWJjZGVm\r\nYWJjZGVm\r\nYWJjZGVm\r\n", 6, "XYZ", "YWJjZGVm\r\nWFlaYWJj\r\nZGVmYWJj\r\nZGVm\r\n" },
	{ ENCODING_BASE64, "YWJjZGVm\r\nYWJjZGVm\r\nYWJjZGVm\r\n", 13, "X", "YWJjZGVm\r\nYWJjZGVm\r\nYVhiY2Rl\r\nZg==\r\n" },
	/* lines that do not end with a whole group: who decodes line by line reads something else */
	{ ENCODING_BASE64, "YWJjZ\r\nGVmYWJ\r\njZGVm\r\n", 9, "X", NULL },
	{ ENCODING_BASE64, "YW-j", 0, "X", NULL },
	{ ENCODING_BASE64, "YWI=YWI=", 0, "X", NULL },
	{ ENCODING_UNKNOWN, "abc", 0, "X", NULL },
};

static void test_cases(void **state)
{
	for (size_t i = 0; i < sizeof splice_cases / sizeof splice_cases[0]; i++) {
		const struct splice_case *it = &splice_cases[i];
		struct arena *arena = arena_new();
		struct splice splice;
		struct bytes encoded = bytes_of(it->encoded);
		bool done = splice_encoded(arena, it->encoding, encoded, it->at, bytes_of(it->inserted), &splice);
		if (done != (it->result != NULL))
			fail_msg("case %zu: %s", i, done ? "not refused" : "refused");
		if (done) {
			struct text text = TEXT_INIT;
			text_add_bytes(&text, bytes_slice(encoded, 0, splice.start));
			text_add_bytes(&text, splice.bytes);
			text_add_bytes(&text, bytes_slice(encoded, splice.end, encoded.length));
			assert_string_equal(text_string(&text), it->result);
			text_release(&text);
		}
		arena_free(&arena);
	}
}

static const char long_text[] =
	"Annwyl Gynghorydd,\r\n\r\nDiolch am eich neges = ynghylch y t\xc5\xb7 a'r c\xc5\xb5n; "
	"bydd y cyngor yn trafod y mater yn y cyfarfod nesaf.   \r\n\tMae'r pwyllgor \xf0\x9f\x8c\xb3 "
	"\xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2 Za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87.\r\n\r\nCofion\r\n";

static bool lines_fit(struct bytes text)
{
	size_t offset = 0;
	struct bytes line;
	while (bytes_next_line(text, &offset, &line))
		if (line.length > ENCODED_LINE_LENGTH)
			return false;
	return true;
}

static void check_everywhere(enum transfer_encoding encoding, struct bytes encoded, struct bytes inserted)
{
	struct arena *arena = arena_new();
	struct bytes decoded, again;
	assert_true(splice_decode(arena, encoding, encoded, &decoded));
	for (size_t at = 0; at <= decoded.length; at++) {
		struct splice splice;
		struct text changed = TEXT_INIT;
		bool in_line_end = at > 0 && at < decoded.length && decoded.data[at] == '\n' && decoded.data[at - 1] == '\r';
		bool done = splice_encoded(arena, encoding, encoded, at, inserted, &splice);
		if (encoding == ENCODING_QUOTED_PRINTABLE && in_line_end) {
			assert_false(done);
			continue;
		}
		assert_true(done);
		text_add_bytes(&changed, bytes_slice(encoded, 0, splice.start));
		text_add_bytes(&changed, splice.bytes);
		text_add_bytes(&changed, bytes_slice(encoded, splice.end, encoded.length));
		assert_true(lines_fit(text_bytes(&changed)));
		assert_true(splice_decode(arena, encoding, text_bytes(&changed), &again));
		assert_int_equal(again.length, decoded.length + inserted.length);
		assert_memory_equal(again.data, decoded.data, at);
		assert_memory_equal(again.data + at, inserted.data, inserted.length);
		assert_memory_equal(again.data + at + inserted.length, decoded.data + at, decoded.length - at);
		text_release(&changed);
	}
	arena_free(&arena);
}

/* Every offset of a text of several scripts, in both encodings. */
static void test_every_offset(void **state)
{
	static const char *const inserted[] = { "\r\nCC councillor Si\xc3\xa2n O'Neill\r\n", "X", " \r\n ", "\xf0\x9f\x8c\xb3 " };
	struct text quoted = TEXT_INIT;
	quoted_printable_encode(&quoted, bytes_of(long_text), 0, &(struct quoting){ BYTES("\r\n"), false });
	assert_true(lines_fit(text_bytes(&quoted)));
	struct arena *arena = arena_new();
	struct splice all;
	assert_true(splice_encoded(arena, ENCODING_BASE64, BYTES("\r\n"), 0, bytes_of(long_text), &all));
	for (size_t i = 0; i < sizeof inserted / sizeof inserted[0]; i++) {
		check_everywhere(ENCODING_QUOTED_PRINTABLE, text_bytes(&quoted), bytes_of(inserted[i]));
		check_everywhere(ENCODING_BASE64, all.bytes, bytes_of(inserted[i]));
	}
	arena_free(&arena);
	text_release(&quoted);
}

/* Bytes that no encoder would write: long runs must not cost their square. */
static void test_long_runs(void **state)
{
	enum { LENGTH = 1 << 20 };
	char *blanks = malloc(LENGTH + 1);
	memset(blanks, ' ', LENGTH);
	blanks[LENGTH] = 'x';
	struct arena *arena = arena_new();
	struct splice splice;
	assert_true(splice_encoded(arena, ENCODING_QUOTED_PRINTABLE, (struct bytes){ blanks, LENGTH + 1 }, LENGTH / 2, BYTES("X"), &splice));
	arena_free(&arena);
	free(blanks);
}

static void test_line_end(void **state)
{
	assert_int_equal(line_end_near(BYTES("a\nb\r\nc"), 2).length, 1);
	assert_int_equal(line_end_near(BYTES("a\nb\r\nc"), 6).length, 2);
	assert_int_equal(line_end_near(BYTES("ab\nc"), 0).length, 1);
	assert_int_equal(line_end_near(BYTES("abc"), 1).length, 2);
	assert_int_equal(line_end_near(BYTES_EMPTY, 0).length, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_every_offset),
		cmocka_unit_test(test_long_runs),
		cmocka_unit_test(test_line_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
