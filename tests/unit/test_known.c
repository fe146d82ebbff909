/* test_known.c - boilerplate that the configuration names: found again when it has changed a little, and nothing else with it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reading_case.h"

static const char learnt[] =
	"# our own, as the web master sends it\n"
	"Marlbrook Town Council is confidential about your concerns and keeps what you tell it within the Old Bank. Ring 01555\n"
	"123456 when anything here seems odd, or call in on market days.\n"
	"\n"
	"Mae Cyngor Marlbrook yn cadw eich pryderon yn gyfrinachol ac o fewn yr Hen Fanc.\n"
	"\n"
	"Sent from outside the Old Bank\n";

/* Lines of a letter, each with its zone as in test_zones.c: A author, S signature, D disclaimer, "-" for blank lines. */
static const char *const letters[] = {
	/* word for word, but wrapped otherwise */
	"A The rents go up.\n-\nS Regards\nS Ruth Ames\n-\n"
	"D Marlbrook Town Council is confidential about your concerns and keeps\nD what you tell it within the Old Bank. Ring 01555 123456 when\n"
	"D anything here seems odd, or call in on market days.\n",
	/* a new number, a word more, capitals */
	"A The rents go up.\n-\n"
	"D MARLBROOK TOWN COUNCIL is always confidential about your concerns and keeps what you tell it within the Old Bank. Ring 01555 987654 "
	"when anything here seems odd, or call in on market days.\n",
	/* no blank line above it */
	"A The rents go up.\nD Marlbrook Town Council is confidential about your concerns and keeps what you tell it within the Old\n"
	"D Bank. Ring 01555 123456 when anything here seems odd, or call in on market days.\n",
	/* a rule and a heading belong to it */
	"A The rents go up.\n-\nD ------\n-\nD DISCLAIMER\n-\nD Mae Cyngor Marlbrook yn cadw eich pryderon yn gyfrinachol ac o fewn yr Hen Fanc.\n-\nD ------\n",
	/* both run together in one line */
	"A Gweler isod.\n-\nD Mae Cyngor Marlbrook yn cadw eich pryderon yn gyfrinachol ac o fewn yr Hen Fanc. Marlbrook Town Council is confidential "
	"about your concerns and keeps what you tell it within the Old Bank.\n",
	/* a short one, whole */
	"D Sent from outside the Old Bank\n-\nA May I have a key?\n",
	/* the author's words beside it, even between its lines */
	"A The rents go up.\n-\nD Marlbrook Town Council is confidential about your concerns and keeps what you tell it within the Old Bank.\n"
	"A This letter is confidential and must not leave the committee, whatever else it says.\nD Ring 01555 123456 when anything here seems odd, or call in "
	"on market days.\n",
	/* a marking written into it in the same line is somebody's own sentence */
	"A The rents go up.\n-\nA Marlbrook Town Council is confidential about your concerns and keeps what you tell it. The chair has asked me to tell nobody of "
	"this report on his pay. Ring 01555 123456 when anything here seems odd, or call in on market days.\n",
	/* a label at the top is the author's */
	"A CONFIDENTIAL\n-\nD Marlbrook Town Council is confidential about your concerns and keeps what you tell it within the Old Bank.\n-\nA Dear Carl\n",
	/* some of its words */
	"A I told them that Marlbrook Town Council is confidential about such things, and they rang 01555 123456 on a market day.\n",
	"A It was sent from outside the Old Bank by a resident.\n",
};

static const char phrases[] = "phrases = { marking = ( \"confidential\" ); };";

static struct reading_case open_with(const char *body)
{
	struct reading_case c = { .arena = arena_new(), .lexicon = lexicon_new(), .scratch = pattern_scratch_new() };
	struct settings_file *file = NULL;
	struct error err = ERROR_INIT;
	assert_true(settings_open_string("test", phrases, &file, &err));
	assert_true(lexicon_add(c.lexicon, settings_find(settings_root(file), "phrases"), &err));
	assert_true(lexicon_learn(c.lexicon, "disclaimers.txt", bytes_of(learnt), &err));
	assert_true(lexicon_check(c.lexicon, &err));
	settings_close(&file);
	struct text raw = TEXT_INIT;
	text_add(&raw, PLAIN_FROM("Rents") "\n");
	text_add(&raw, body);
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct bytes crlf = message_to_crlf(c.arena, text_to_arena(&raw, c.arena));
	c.reading = reading_make(c.arena, message_scan(c.arena, crlf, &limits), c.lexicon, c.scratch);
	return c;
}

static void check_letter(const char *marked)
{
	struct text body = TEXT_INIT;
	struct bytes line;
	for (size_t at = 0; bytes_next_line(bytes_of(marked), &at, &line);) {
		text_add_bytes(&body, bytes_slice(line, 2, line.length));
		text_add_char(&body, '\n');
	}
	struct reading_case c = open_with(text_string(&body));
	const struct passage *passage = &c.reading->outer->passages[0];
	size_t at = 0;
	for (size_t i = 0; i < passage->line_count && bytes_next_line(bytes_of(marked), &at, &line); i++) {
		char zone = "ASDH"[passage->lines[i].zone];
		if (line.data[0] != '-' && line.data[0] != zone)
			fail_msg("%c for %.*s", zone, (int)line.length, line.data);
	}
	text_release(&body);
	reading_close(&c);
}

static void test_learnt_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		check_letter(letters[i]);
}

static const struct {
	const char *content, *complaint;
} refused[] = {
	{ "# remark\n\nPrivate and confidential\n", "d.txt:3: \"Private and confidential\" is too short to be told from what people write themselves: at least 5 words" },
	{ "One two three four five six.\n\ncaf\xe9 one two three four five\n", "d.txt:3: is no UTF-8 text" },
};

static void test_refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct error err = ERROR_INIT;
		struct known *known = known_new();
		assert_false(known_read(known, "d.txt", bytes_of(refused[i].content), &err));
		assert_string_equal(error_text(&err), refused[i].complaint);
		error_release(&err);
		known_free(&known);
	}
}

static void test_texts_can_be_told(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct known *known = known_new(), *other = known_new();
	struct arena *arena = arena_new();
	assert_true(known_read(known, "d.txt", bytes_of(learnt), &err));
	for (const char *const *text = known_texts(known); *text != NULL; text++)
		assert_true(known_add(other, bytes_of(*text)));
	known_seal(other);
	bool part;
	struct bytes line = BYTES("Mae Cyngor Marlbrook yn cadw eich pryderon yn gyfrinachol ac o fewn yr Hen Fanc.");
	assert_true(known_lines(other, arena, &line, 1, &part) && part);
	arena_free(&arena);
	known_free(&known);
	known_free(&other);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_learnt_texts),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_texts_can_be_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
