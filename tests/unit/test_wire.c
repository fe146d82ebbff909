/* test_wire.c - a reading that goes over the wire comes out the same, every member of it; an answer that does not hold is refused.
 *
 * No member can be forgotten: every octet of a struct that is not padding is filled before the ones we know are set, so that a new
 * member which does not travel comes out as zero.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <reading.pb-c.h>

#include "document/document.h"
#include "reader/wire.h"
#include "reader/wording.h"
#include "reading_case.h"
#include "reading_dump.h"

#define MAIL                                                                                                                             \
	"From: Ruth Ames <clerk@council.example>\r\nTo: Carl <moss@council.example>\r\nSubject: Re: CONFIDENTIAL\r\nMIME-Version: 1.0\r\n" \
	"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"                 \
	"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear Carl,\r\n\r\nIs this in confidence?\r\n\r\nRegards\r\nRuth Ames\r\nTown Clerk\r\n"     \
	"\r\nOn 2 March 2026 Carl Moss <moss@council.example> wrote:\r\n> Strictly confidential.\r\n> Carl\r\n"                           \
	"--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Dear Carl,</p><p>Is this in confidence?</p>\r\n--a--\r\n"                \
	"--m\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: inside\r\n\r\nText \xff in no charset.\r\n"             \
	"--m\r\nContent-Type: text/csv; charset=utf-8; name=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD=QQ!!\r\n--m--\r\n"

#define FILL(value) (memset(&(value), 1, sizeof(value)))
/* Clang has no such built-in: there padding is compared with padding of the same filling and may differ, so it only looks at words. */
#if defined(__GNUC__) && !defined(__clang__)
#define CLEAR_PADDING(value) __builtin_clear_padding(&(value))
#define PADDING_IS_CLEAR true
#else
#define CLEAR_PADDING(value) ((void)0)
#define PADDING_IS_CLEAR false
#endif

/* Small numbers and truths are compared as they are; of a pointer or count only that it is there. */
static void assert_travelled(const void *sent, const void *got, size_t size, const char *what)
{
	const unsigned char *a = sent, *b = got;
	for (size_t word = 0; PADDING_IS_CLEAR && word < size; word += sizeof(void *)) {
		bool small = true, there = false;
		for (size_t i = word; i < word + sizeof(void *) && i < size; i++) {
			small = small && a[i] <= 1;
			there = there || b[i] != 0;
		}
		if (small && memcmp(a + word, b + word, size - word < sizeof(void *) ? size - word : sizeof(void *)) != 0)
			fail_msg("%s: the member at octet %zu did not travel, or is not in this test", what, word);
		if (!small && !there)
			fail_msg("%s: the member at octet %zu came out empty", what, word);
	}
}

struct full {
	struct arena *arena;
	struct message *message;
	struct line lines[2];
	struct passage passage;
	struct marking marking;
	struct signature signature;
	struct mailbox mailboxes[2];
	struct letter letters[2];
	const struct letter *list[2];
	struct sentence sentence;
	struct foot foot;
	struct unreadable unreadable;
	struct reading reading;
};

static struct mailbox_list mailboxes_of_full(struct full *full)
{
	FILL(full->mailboxes);
	full->mailboxes[0] = (struct mailbox){ "Ruth", "clerk@council.example", "Team" };
	full->mailboxes[1] = (struct mailbox){ NULL, "", NULL };
	return (struct mailbox_list){ full->mailboxes, 2, true };
}

static void fill_passage(struct full *full)
{
	FILL(full->lines);
	full->lines[0].text = BYTES("\xc5\xb5 text");
	full->lines[0].plain = BYTES("\xc5\xb5 plain");
	full->lines[0].zone = ZONE_SIGNATURE;
	full->lines[0].offset = 300;
	full->lines[0].end = 306;
	full->lines[1] = full->lines[0];
	full->lines[1].plain = full->lines[1].text;
	FILL(full->passage);
	full->passage.part = full->message->parts[2];
	full->passage.lines = full->lines;
	full->passage.line_count = 2;
}

static void fill_letter(struct full *full)
{
	FILL(full->marking);
	full->marking.place = MARKING_IN_HEADER;
	full->marking.strength = MARKING_EXPLICIT;
	full->marking.where = "subject";
	full->marking.words = "confidential";
	FILL(full->signature);
	full->signature.name = "Ruth Ames";
	full->signature.office = "clerk";
	full->signature.text = "Ruth Ames / Town Clerk";
	for (size_t i = 0; i < 2; i++) {
		struct letter *letter = &full->letters[i];
		FILL(*letter);
		letter->kind = i == 0 ? LETTER_OUTER : LETTER_QUOTED;
		letter->parent = i == 0 ? NULL : &full->letters[0];
		letter->from = letter->to = letter->cc = mailboxes_of_full(full);
		letter->subject = "Re: Minutes";
		letter->date = "2 March";
		letter->bare_subject = "Minutes";
		letter->sensitivity = "personal";
		letter->passages = &full->passage;
		letter->markings = &full->marking;
		letter->signatures = &full->signature;
		letter->passage_count = letter->marking_count = letter->signature_count = 1;
		full->list[i] = letter;
	}
}

static void fill_reading(struct full *full)
{
	full->arena = arena_new();
	full->message = message_scan(full->arena, BYTES(MAIL), &MESSAGE_LIMITS_DEFAULT);
	fill_passage(full);
	fill_letter(full);
	FILL(full->sentence);
	full->sentence.letter = &full->letters[1];
	full->sentence.where = "part 1, line 4";
	full->sentence.plain = BYTES("Is it?");
	full->sentence.zone = ZONE_SIGNATURE;
	FILL(full->foot);
	full->foot.part = full->message->parts[3];
	full->foot.at = 77;
	FILL(full->unreadable);
	full->unreadable = (struct unreadable){ "1.2", "encrypted" };
	FILL(full->reading);
	full->reading.outer = &full->letters[0];
	full->reading.letters = full->list;
	full->reading.letter_count = 2;
	full->reading.sentences = &full->sentence;
	full->reading.feet = &full->foot;
	full->reading.unreadable = &full->unreadable;
	full->reading.sentence_count = full->reading.foot_count = full->reading.unreadable_count = 1;
	full->reading.viewer = NULL; /* the gateway knows its own */
	full->reading.message_id = "<1@council.example>";
	full->reading.sender = mailboxes_of_full(full);
	full->reading.bcc = mailboxes_of_full(full);
	full->reading.resent_from = mailboxes_of_full(full);
	CLEAR_PADDING(full->lines[0]);
	CLEAR_PADDING(full->passage);
	CLEAR_PADDING(full->marking);
	CLEAR_PADDING(full->signature);
	CLEAR_PADDING(full->letters[1]);
	CLEAR_PADDING(full->sentence);
	CLEAR_PADDING(full->foot);
	CLEAR_PADDING(full->reading);
}

/* Padding of what came out is set to nothing before it is compared. */
#define ASSERT_TRAVELLED(sent, got)                                                   \
	do {                                                                          \
		__typeof__(sent) copy_of_got = (got);                                 \
		CLEAR_PADDING(copy_of_got);                                           \
		assert_travelled(&(sent), &copy_of_got, sizeof copy_of_got, #sent); \
	} while (0)

static void assert_same_dump(const struct reading *a, const struct reading *b)
{
	struct text one = dump_reading(a), two = dump_reading(b);
	assert_string_equal(text_string(&one), text_string(&two));
	text_release(&one);
	text_release(&two);
}

static void test_every_member_travels(void **state)
{
	struct full full;
	struct reading *got;
	struct error err = ERROR_INIT;
	fill_reading(&full);
	struct bytes answer = answer_pack(full.arena, full.message, full.message->defect_count, &full.reading);
	if (!answer_unpack(full.arena, full.message, answer, &got, &err))
		fail_msg("%s", error_text(&err));
	assert_same_dump(&full.reading, got);
	ASSERT_TRAVELLED(full.lines[0], got->letters[1]->passages[0].lines[0]);
	ASSERT_TRAVELLED(full.passage, got->letters[1]->passages[0]);
	ASSERT_TRAVELLED(full.marking, got->letters[1]->markings[0]);
	ASSERT_TRAVELLED(full.signature, got->letters[1]->signatures[0]);
	ASSERT_TRAVELLED(full.mailboxes[0], got->letters[1]->from.items[0]);
	ASSERT_TRAVELLED(full.letters[1], *got->letters[1]);
	ASSERT_TRAVELLED(full.sentence, got->sentences[0]);
	ASSERT_TRAVELLED(full.foot, got->feet[0]);
	ASSERT_TRAVELLED(full.unreadable, got->unreadable[0]);
	ASSERT_TRAVELLED(full.reading, *got);
	arena_free(&full.arena);
}

/* A message read as a worker reads it, and packed. */
static struct bytes read_and_pack(const struct reading_case *c, const char *raw, const struct reading **out, struct message **message_out)
{
	struct message *message = message_scan(c->arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
	size_t known = message->defect_count;
	message_second_opinion(c->arena, message);
	*out = reading_make(c->arena, message, c->lexicon, c->scratch);
	*message_out = message;
	return answer_pack(c->arena, message, known, *out);
}

static void test_a_real_reading_comes_out_the_same(void **state)
{
	struct reading_case c = reading_open_with("Subject: x\n", BYTES("x\n"), NULL);
	const struct reading *made;
	struct reading *got;
	struct message *there, *here = message_scan(c.arena, bytes_of(MAIL), &MESSAGE_LIMITS_DEFAULT);
	struct bytes answer = read_and_pack(&c, MAIL, &made, &there);
	assert_true(made->letter_count >= 3 && made->foot_count == 2);
	assert_true(made->sentence_count > 0 && made->letters[0]->signature_count > 0 && made->letters[0]->marking_count > 0);
	assert_true(there->defect_count > here->defect_count);
	assert_true(answer_unpack(c.arena, here, answer, &got, NULL));
	assert_same_dump(made, got);
	assert_int_equal(here->defect_count, there->defect_count);
	assert_int_equal(here->ambiguous, there->ambiguous);
	for (size_t i = 0; i < there->defect_count; i++) {
		assert_int_equal(here->defects[i].kind, there->defects[i].kind);
		assert_string_equal(here->defects[i].part, there->defects[i].part);
	}
	reading_close(&c);
}

/* ---- answers that do not hold */

static void no_letter(Wire__Answer *answer) { answer->reading->n_letters = 0; }
static void other_parts(Wire__Answer *answer) { answer->parts++; }
static void own_parent(Wire__Answer *answer) { answer->reading->letters[1]->parent = 1; }
static void later_parent(Wire__Answer *answer) { answer->reading->letters[1]->parent = 2; }
static void no_parent(Wire__Answer *answer) { answer->reading->letters[1]->has_parent = 0; }
static void parent_of_all(Wire__Answer *answer) { answer->reading->letters[0]->has_parent = 1; }
static void second_outer(Wire__Answer *answer) { answer->reading->letters[1]->kind = LETTER_OUTER; }
static void unknown_kind(Wire__Answer *answer) { answer->reading->letters[1]->kind = 77; }
static void first_not_outer(Wire__Answer *answer) { answer->reading->letters[0]->kind = LETTER_QUOTED; }
static void passage_nowhere(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->part = 1000; }
static void passage_without_part(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->has_part = 0; }
static void long_line(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->lines->text_lengths[0] = UINT64_MAX; }
static void long_plain(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->lines->plain_lengths[0] = UINT64_MAX; }
static void backward_line(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->lines->offsets[0] = UINT64_MAX; }
static void far_line(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->lines->ends[0] = UINT64_MAX; }
static void short_column(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->lines->n_ends--; }
static void no_zone(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->lines->zones.data[0] = 200; }
static void no_text(Wire__Answer *answer) { answer->reading->letters[0]->passages[0]->lines->text.data[0] = 0xff; }
static void no_subject(Wire__Answer *answer) { answer->reading->letters[0]->subject[0] = (char)0xff; }
static void no_place(Wire__Answer *answer) { answer->reading->letters[0]->markings[0]->place = 50; }
static void no_strength(Wire__Answer *answer) { answer->reading->letters[0]->markings[0]->strength = 2; }
static void no_words(Wire__Answer *answer) { answer->reading->letters[0]->markings[0]->words = NULL; }
static void no_signature(Wire__Answer *answer) { answer->reading->letters[0]->signatures[0]->text = NULL; }
static void lost_name(Wire__Answer *answer) { answer->reading->letters[0]->from->n_names--; }
static void odd_member(Wire__Answer *answer) { answer->reading->letters[0]->from->given.data[0] = 8; }
static void lost_letter(Wire__Answer *answer) { answer->reading->sentences->letters[0] = 99; }
static void long_sentence(Wire__Answer *answer) { answer->reading->sentences->lengths[0] = UINT64_MAX; }
static void sentence_in_no_zone(Wire__Answer *answer) { answer->reading->sentences->zones.data[0] = 9; }
static void foot_nowhere(Wire__Answer *answer) { answer->reading->feet[0]->part = UINT64_MAX; }
static void foot_on_multipart(Wire__Answer *answer) { answer->reading->feet[0]->part = 0; }
static void foot_in_enclosed(Wire__Answer *answer) { answer->reading->feet[0]->part = 5; }
static void foot_of_other_kind(Wire__Answer *answer) { answer->reading->feet[0]->html = !answer->reading->feet[0]->html; }
static void foot_beyond(Wire__Answer *answer) { answer->reading->feet[0]->at = UINT64_MAX; }
static void defect_of_no_kind(Wire__Answer *answer) { answer->defects[0]->kind = 100000; }
static void defect_nowhere(Wire__Answer *answer) { answer->defects[0]->part = 1000; }

static const struct {
	const char *what;
	void (*spoil)(Wire__Answer *answer);
} spoilers[] = {
	{ "no letter", no_letter }, { "other parts", other_parts }, { "own parent", own_parent }, { "later parent", later_parent },
	{ "no parent", no_parent }, { "parent of all", parent_of_all }, { "second outer", second_outer }, { "unknown kind", unknown_kind },
	{ "first not outer", first_not_outer }, { "passage nowhere", passage_nowhere }, { "passage without part", passage_without_part },
	{ "long line", long_line }, { "long plain", long_plain }, { "backward line", backward_line }, { "far line", far_line },
	{ "short column", short_column }, { "no zone", no_zone }, { "no text", no_text }, { "no subject", no_subject }, { "no place", no_place },
	{ "no strength", no_strength }, { "no words", no_words }, { "no signature", no_signature }, { "lost name", lost_name },
	{ "odd member", odd_member }, { "lost letter", lost_letter }, { "long sentence", long_sentence },
	{ "sentence in no zone", sentence_in_no_zone }, { "foot nowhere", foot_nowhere }, { "foot on multipart", foot_on_multipart },
	{ "foot in enclosed", foot_in_enclosed }, { "foot of other kind", foot_of_other_kind }, { "foot beyond", foot_beyond },
	{ "defect of no kind", defect_of_no_kind }, { "defect nowhere", defect_nowhere },
};

/* What spoils an answer cuts it off from what it holds, so nobody could free it piece by piece. */
static void *alloc_in_arena(void *arena, size_t size)
{
	return arena_alloc(arena, size);
}

static void free_with_arena(void *arena, void *memory)
{
}

static void test_answers_that_do_not_hold_are_refused(void **state)
{
	struct reading_case c = reading_open_with("Subject: x\n", BYTES("x\n"), NULL);
	const struct reading *made;
	struct reading *reading;
	struct message *message;
	struct bytes answer = read_and_pack(&c, MAIL, &made, &message);
	ProtobufCAllocator allocator = { alloc_in_arena, free_with_arena, c.arena };
	for (size_t i = 0; i < sizeof spoilers / sizeof *spoilers; i++) {
		struct error err = ERROR_INIT;
		struct message *fresh = message_scan(c.arena, bytes_of(MAIL), &MESSAGE_LIMITS_DEFAULT);
		size_t known = fresh->defect_count;
		Wire__Answer *wire = wire__answer__unpack(&allocator, answer.length, (const uint8_t *)answer.data);
		assert_non_null(wire);
		spoilers[i].spoil(wire);
		uint8_t *packed = arena_alloc(c.arena, wire__answer__get_packed_size(wire) + 1);
		struct bytes spoilt = { (const char *)packed, wire__answer__pack(wire, packed) };
		if (answer_unpack(c.arena, fresh, spoilt, &reading, &err))
			fail_msg("%s: taken", spoilers[i].what);
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_int_equal(fresh->defect_count, known);
		error_release(&err);
	}
	reading_close(&c);
}

static void test_any_bytes_are_survived(void **state)
{
	struct reading_case c = reading_open_with("Subject: x\n", BYTES("x\n"), NULL);
	const struct reading *made;
	struct reading *reading;
	struct message *message;
	struct bytes answer = read_and_pack(&c, MAIL, &made, &message);
	char *changed = malloc(answer.length);
	assert_non_null(changed);
	unsigned seed = 7;
	size_t taken = 0;
	for (size_t round = 0; round < 6000; round++) {
		struct arena *arena = arena_new();
		struct message *fresh = message_scan(arena, bytes_of(MAIL), &MESSAGE_LIMITS_DEFAULT);
		struct bytes tried = { changed, round < answer.length ? round : answer.length };
		memcpy(changed, answer.data, answer.length);
		for (size_t n = 0; round >= answer.length / 2 && n <= round % 3; n++) {
			seed = seed * 1103515245 + 12345;
			changed[(seed >> 8) % answer.length] ^= (char)(1 << (seed >> 4) % 8);
			tried.length = answer.length;
		}
		if (answer_unpack(arena, fresh, tried, &reading, NULL)) {
			struct text dump = dump_reading(reading);
			taken++;
			text_release(&dump);
		}
		arena_free(&arena);
	}
	assert_true(taken > 0); /* a changed letter of a text holds */
	free(changed);
	reading_close(&c);
}

/* 40 octets that say "forty thousand empty letters" must not cost the gateway its memory. */
static void test_a_small_answer_stays_small(void **state)
{
	struct arena *arena = arena_new();
	struct reading *reading;
	struct message *message = message_scan(arena, bytes_of(MAIL), &MESSAGE_LIMITS_DEFAULT);
	size_t length = (size_t)8 << 20;
	char *many = malloc(length);
	assert_non_null(many);
	for (size_t i = 0; i + 1 < length; i += 2) {
		many[i] = 0x12; /* an empty defect, over and over */
		many[i + 1] = 0;
	}
	assert_false(answer_unpack(arena, message, (struct bytes){ many, length }, &reading, NULL));
	assert_true(arena_used(arena) < (size_t)300 << 20);
	free(many);
	arena_free(&arena);
}

static void test_html_is_seen_the_same(void **state)
{
	struct arena *arena = arena_new();
	struct html_text seen;
	struct bytes html = BYTES("<p>Dear <b>Carl</b>,</p><blockquote type=cite><div>old \xc5\xb5ords</div></blockquote><p>after</p>");
	const struct html_text text = html_read(arena, html);
	struct bytes answer = view_pack(arena, &text);
	assert_true(view_unpack(arena, html, answer, &seen, NULL));
	assert_true(text.shown.length > 20 && bytes_equal(seen.shown, text.shown));
	assert_memory_equal(seen.source, text.source, text.shown.length * sizeof *text.source);
	assert_memory_equal(seen.quote_depth, text.quote_depth, text.shown.length);
	assert_false(view_unpack(arena, bytes_slice(html, 0, 40), answer, &seen, NULL)); /* places beyond the HTML */
	char *changed = arena_string_of(arena, answer);
	for (size_t i = 0; i < answer.length; i++) {
		changed[i] ^= 0x55;
		if (view_unpack(arena, html, (struct bytes){ changed, answer.length }, &seen, NULL))
			assert_true(seen.shown.length == 0 || seen.source[seen.shown.length - 1] < html.length);
		changed[i] ^= 0x55;
		assert_false(view_unpack(arena, html, bytes_slice(answer, 0, i), &seen, NULL));
	}
	arena_free(&arena);
}

static void test_the_wording_is_told(void **state)
{
	struct reading_case c = reading_open_with("Subject: x\n", BYTES("x\n"),
						  "labels = ( { name = \"Council Eyes\"; guid = \"8d1c3a52-0f3c-4d56-9a1b-0123456789ab\"; marks = true; } );");
	struct reader_limits limits = { MESSAGE_LIMITS_DEFAULT, 7, 12345678 }, told = { .seconds = 0 };
	struct lexicon *lexicon = NULL;
	struct phrase_match match;
	struct error err = ERROR_INIT;
	struct bytes wording = wording_pack(c.arena, c.lexicon, &limits);
	if (!wording_unpack(wording, &lexicon, &told, &err))
		fail_msg("%s", error_text(&err));
	assert_memory_equal(&told.message, &limits.message, sizeof limits.message);
	assert_int_equal(told.seconds, limits.seconds);
	assert_int_equal(told.memory, limits.memory);
	assert_int_equal(lexicon_find(lexicon, c.scratch, "marking", BYTES("In strictest confidence"), &match), YES);
	assert_int_equal(lexicon_find(lexicon, c.scratch, "marking-line", BYTES("COUNCIL EYES"), &match), YES);
	assert_int_equal(lexicon_labels(lexicon)->count, 1);
	assert_int_equal(lexicon_find(lexicon, c.scratch, "disclaimer", BYTES("x"), &match), NO); /* may be asked for, is not there */
	lexicon_free(&lexicon);
	assert_false(wording_unpack(bytes_slice(wording, 0, wording.length - 1), &lexicon, &told, NULL));
	assert_null(lexicon);
	size_t version = bytes_find(wording, BYTES(PACKAGE_VERSION), 0);
	assert_true(version < wording.length);
	((char *)(uintptr_t)wording.data)[version] = 'x';
	assert_false(wording_unpack(wording, &lexicon, &told, &err));
	assert_null(lexicon);
	assert_non_null(strstr(error_text(&err), "was started by a program of version x"));
	error_release(&err);
	reading_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_member_travels),
		cmocka_unit_test(test_a_real_reading_comes_out_the_same),
		cmocka_unit_test(test_answers_that_do_not_hold_are_refused),
		cmocka_unit_test(test_any_bytes_are_survived),
		cmocka_unit_test(test_a_small_answer_stays_small),
		cmocka_unit_test(test_html_is_seen_the_same),
		cmocka_unit_test(test_the_wording_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
