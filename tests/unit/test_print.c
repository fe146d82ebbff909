/* test_print.c - fingerprints: what leaves them as they are, what of a text stays when it is changed, and that they stay few.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/unicode.h"
#include "memory/print.h"
#include "memory/trace.h"
#include "reading_case.h"

static struct print_set prints_of(struct arena *arena, struct bytes text)
{
	struct print_words words = { .arena = arena };
	struct print_set set = { .arena = arena };
	struct bytes line;
	size_t offset = 0;
	while (bytes_next_line(text, &offset, &line))
		print_add_line(&words, unicode_plain(arena, line));
	print_make(&words, &set);
	return set;
}

static size_t common(const struct print_set *a, const struct print_set *b)
{
	size_t count = 0;
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++)
			count += a->items[i] == b->items[j];
	return count;
}

static const char note[] =
	"The valuer puts the yard at £412,500, which is well above what the group was told in June.\n"
	"Until the sale is agreed we mustn't let the figure out: a bidder who knows it will not go higher.\n"
	"Mrs Orme's solicitors have asked twice for the e-mail of 3 May, and I've declined both times.\n";

static void assert_same(const char *a, const char *b)
{
	struct arena *arena = arena_new();
	struct print_set x = prints_of(arena, bytes_of(a)), y = prints_of(arena, bytes_of(b));
	assert_true(x.count > 0);
	assert_int_equal(x.count, y.count);
	assert_int_equal(common(&x, &y), x.count);
	arena_free(&arena);
}

static void test_dress_does_not_count(void **state)
{
	assert_same(note, "the VALUER puts the yard at £412500,\nwhich is well above what the group was told in June. Until the sale is\n"
			  "agreed we mustn\u2019t let the figure out \u2013 a bidder\nwho knows it will not go higher. Mrs Orme\u2019s solicitors "
			  "have asked twice for\nthe email of 3 May, and I\u2019ve de-\nclined both times.");
	assert_same("1. Do not tell the tenant yet\n2. Sell the yard before the spring", "* Do not tell the tenant yet\nSell the *yard* before the spring");
	assert_same("Do not (see the plan) tell the tenant yet", "Do not (see the plan <https://example.org/a/b?c=1>) tell the tenant [image: logo.png] yet");
	assert_same("Mae\u2019r prisiwr yn rhoi\u2019r iard ar bedwar can mil", "MAE'R PRISIWR YN RHOI'R IARD AR BEDWAR CAN MIL");
	assert_same("we meet on Monday", "We meet, on Monday!"); /* shorter than a run */
}

static void test_words_count(void **state)
{
	struct arena *arena = arena_new();
	struct print_set x = prints_of(arena, bytes_of(note));
	struct print_set other = prints_of(arena, BYTES("The yard is for sale and the group will be told what the valuer thinks of it in June, at the meeting "
							"which Mrs Orme has asked for."));
	struct print_set figure = prints_of(arena, BYTES("the yard at 412500")), changed = prints_of(arena, BYTES("the yard at 412600"));
	assert_int_equal(common(&x, &other), 0);
	assert_int_equal(figure.count, 1);
	assert_int_equal(common(&figure, &changed), 0);
	assert_int_equal(prints_of(arena, BYTES("Thank you")).count, 0);
	assert_int_equal(prints_of(arena, BYTES("")).count, 0);
	arena_free(&arena);
}

static size_t words_left(struct arena *arena, const char *text)
{
	struct print_words words = { .arena = arena };
	print_add_line(&words, unicode_plain(arena, bytes_of(text)));
	return courtesies_strip(courtesies_make(arena), words.items, words.count);
}

static void test_courtesies_go(void **state)
{
	struct arena *arena = arena_new();
	static const char *const nothing[] = {
		"Thank you very much for your email.", "I hope this email finds you well.", "If you have any questions, please don't hesitate to contact me.",
		"I look forward to hearing from you.", "Diolch yn fawr am eich e-bost.", "Please let me know if you have any further questions. Thanks in advance!",
	};
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
		if (words_left(arena, nothing[i]) != 0)
			fail_msg("%zu words left of \"%s\"", words_left(arena, nothing[i]), nothing[i]);
	assert_int_equal(words_left(arena, "Thank you for your bribe"), 3);
	assert_int_equal(words_left(arena, "I look forward to hearing the case"), 7);
	assert_int_equal(words_left(arena, "The scouts thank you for your help with the lease"), 5);
	assert_int_equal(words_left(arena, ""), 0);
	arena_free(&arena);
}

static void test_any_passage_of_certain_length_is_known_again(void **state)
{
	struct arena *arena = arena_new();
	struct print_set whole = prints_of(arena, bytes_of(note));
	struct bytes all = bytes_of(note);
	for (size_t start = 0; start < all.length; start++) {
		if (start > 0 && all.data[start - 1] != ' ')
			continue;
		size_t end = start, words = 0;
		for (; end < all.length && words < PRINT_CERTAIN; end++)
			words += ascii_is_space(all.data[end]);
		if (words < PRINT_CERTAIN)
			break;
		char *said = arena_printf(arena, "As I heard yesterday, %.*s or so they say in the town.", (int)(end - start), all.data + start);
		struct print_set some = prints_of(arena, bytes_of(said));
		assert_true(common(&whole, &some) > 0);
	}
	arena_free(&arena);
}

/* ---- any bytes ------------------------------------------------------------------------------------------------- */

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	return *seed ^= *seed << 17;
}

static void test_any_bytes_and_any_wrapping(void **state)
{
	uint64_t seed = 2003;
	for (int round = 0; round < 300; round++) {
		struct arena *arena = arena_new();
		struct text flat = TEXT_INIT, wrapped = TEXT_INIT;
		size_t words = next_random(&seed) % 300;
		for (size_t i = 0; i < words; i++) {
			for (size_t n = 1 + next_random(&seed) % 6; n > 0; n--) {
				char letter = (char)(round % 2 == 0 ? 'a' + next_random(&seed) % 26 : 'A' + next_random(&seed) % 58);
				text_add_char(&flat, letter);
				text_add_char(&wrapped, letter);
			}
			text_add_char(&flat, ' ');
			text_add_char(&wrapped, round % 2 == 0 && next_random(&seed) % 9 == 0 ? '\n' : ' ');
		}
		struct print_set x = prints_of(arena, text_to_arena(&flat, arena)), y = prints_of(arena, text_to_arena(&wrapped, arena));
		assert_true(x.count <= words * 6);
		assert_int_equal(x.count, y.count);
		assert_int_equal(common(&x, &y), x.count);
		char noise[512];
		for (size_t i = 0; i < sizeof noise; i++)
			noise[i] = (char)next_random(&seed);
		assert_true(prints_of(arena, (struct bytes){ noise, sizeof noise }).count <= sizeof noise);
		arena_free(&arena);
	}
}

/* ---- of messages ----------------------------------------------------------------------------------------------- */

static const struct trace *trace_of(struct reading_case *c, const char *headers, const char *body)
{
	*c = reading_open(headers, bytes_of(body));
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct bytes raw = message_to_crlf(c->arena, bytes_of(arena_printf(c->arena, "%s\n%s", headers, body)));
	struct message *message = message_scan(c->arena, raw, &limits);
	return trace_make(c->arena, message, reading_make(c->arena, message, c->lexicon, c->scratch));
}

static const char head[] = "From: clerk@marlbrook.example\nTo: cllr.moss@marlbrook.example\nSubject: Yard\n";

static void test_letters_apart(void **state)
{
	struct reading_case c;
	const struct trace *trace = trace_of(&c, head,
					     "Dear Carl,\n\nThe valuer puts the yard well above what the group was told in June.\n\nKind regards\nRuth Ames\nTown Clerk\n"
					     "Marlbrook Town Council, The Old Mill, Mill Lane, Marlbrook\n\n"
					     "On 1 March 2026 at 09:00, Carl Moss <cllr.moss@marlbrook.example> wrote:\n"
					     "> Has the valuer reported on the yard at last, and what does he say of it?\n");
	assert_int_equal(trace->text_count, 2);
	assert_int_equal(trace->texts[0].letter->kind, LETTER_OUTER);
	assert_int_equal(trace->texts[1].letter->kind, LETTER_QUOTED);
	assert_true(trace->texts[0].count >= 2 && trace->texts[1].count >= 2);
	struct print_set own = prints_of(c.arena, BYTES("The valuer puts the yard well above what the group was told in June."));
	assert_int_equal(own.count, trace->texts[0].count); /* no greeting, no signature */
	assert_string_equal(trace->texts[0].where, "text");
	reading_close(&c);
}

static void test_alternatives_count_once(void **state)
{
	struct arena *arena = arena_new();
	struct reading_case c;
	static const char said[] = "The valuer puts the yard well above what the group was told in June, and asks for more time.";
	const struct trace *trace = trace_of(&c, arena_printf(arena, "%sMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n", head),
					     arena_printf(arena, "--b\nContent-Type: text/plain\n\n%s\n--b\nContent-Type: text/html\n\n<p>%s</p>\n--b--\n", said, said));
	struct print_set once = prints_of(c.arena, bytes_of(said));
	assert_int_equal(trace->text_count, 1);
	assert_int_equal(trace->print_count, once.count);
	reading_close(&c);
	arena_free(&arena);
}

static void test_files(void **state)
{
	struct reading_case c;
	const struct trace *trace = trace_of(&c, "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n",
					     "--b\nContent-Type: text/plain\n\nAttached.\n"
					     "--b\nContent-Type: application/octet-stream; name=plan.bin\nContent-Transfer-Encoding: base64\n\n"
					     "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUm\n"
					     "--b\nContent-Type: application/pdf; name=same.pdf\nContent-Transfer-Encoding: base64\n\n"
					     "AAECAwQFBgcICQoLDA0O\nDxAREhMUFRYXGBkaGxwdHh8gISIjJCUm\n"
					     "--b\nContent-Type: image/png; name=logo.png\nContent-Transfer-Encoding: base64\n\n"
					     "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJw==\n"
					     "--b\nContent-Type: application/octet-stream; name=empty.bin\n\n\n"
					     "--b--\n");
	assert_int_equal(trace->file_count, 2); /* neither the little picture nor the empty file */
	assert_memory_equal(trace->files[0].digest, trace->files[1].digest, TRACE_DIGEST_LENGTH);
	assert_string_equal(trace->files[0].where, "plan.bin (part 2)");
	assert_int_equal(trace->files[0].size, 39);
	reading_close(&c);
}

static void test_too_many_are_thinned(void **state)
{
	struct arena *arena = arena_new();
	struct text body = TEXT_INIT;
	uint64_t seed = 7;
	text_add(&body, note);
	for (size_t i = 0; i < 120000; i++)
		text_printf(&body, "%llx%s", (unsigned long long)(next_random(&seed) & 0xffff), i % 12 == 11 ? "\n" : " ");
	struct reading_case c;
	const struct trace *trace = trace_of(&c, head, arena_string_of(arena, text_to_arena(&body, arena)));
	assert_true(trace->print_count <= TRACE_PRINTS_MOST && trace->print_count > TRACE_PRINTS_MOST - 100);
	struct print_set of_note = prints_of(arena, bytes_of(note));
	struct print_set kept = { .arena = arena };
	for (size_t i = 0; i < trace->print_count; i++)
		print_set_add(&kept, trace->prints[i]);
	assert_true(common(&of_note, &kept) >= 3); /* of about 20, at a share of two fifths */
	reading_close(&c);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dress_does_not_count),
		cmocka_unit_test(test_words_count),
		cmocka_unit_test(test_courtesies_go),
		cmocka_unit_test(test_any_passage_of_certain_length_is_known_again),
		cmocka_unit_test(test_any_bytes_and_any_wrapping),
		cmocka_unit_test(test_letters_apart),
		cmocka_unit_test(test_alternatives_count_once),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_too_many_are_thinned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
