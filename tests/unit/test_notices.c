/* test_notices.c - the texts of notices as a configuration gives them: both languages whatever the system's locale, the Council's own
 * texts held to their form, and every rule of the shipped pack told in full within 120 words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "action/notice.h"
#include "base/text.h"
#include "message/decode.h"
#include "snapshot_case.h"

static const char people[] = "name,role,addresses,offices\nRuth Ames,officer,clerk@marlbrook.example,clerk\n";

static int set_up(void **state)
{
	*state = snapshot_case_new("notices", people);
	setlocale(LC_ALL, "C"); /* no Welsh on this system */
	unsetenv("LANGUAGE");
	return 0;
}

static bool load(struct fixture *fixture, const char *more)
{
	return snapshot_case_load(fixture, arena_printf(fixture->arena,
		"council = { name = \"Marlbrook Town Council\"; domains = [ \"marlbrook.example\" ]; notice_from = \"help@marlbrook.example\"; };\n"
		"directory = \"people.csv\"; packs = [ \"dunstable\" ];\n%s\n", more));
}

static const char *body_of(struct fixture *fixture, const struct telling *telling)
{
	struct plan_options options = snapshot_plan_options(fixture->snapshot, "CH-20260302-3F7KQ2XM", 1772442000);
	struct notice notice = notice_make(fixture->arena, telling, &options);
	struct message *message = message_scan(fixture->arena, notice.message, &MESSAGE_LIMITS_DEFAULT);
	struct bytes body = BYTES_EMPTY;
	assert_true(part_text(fixture->arena, message->root, &body));
	char *text = arena_string_of(fixture->arena, body), *to = text;
	for (const char *c = text; *c != '\0'; c++)
		if (*c != '\r')
			*to++ = *c == '\n' ? ' ' : *c;
	*to = '\0';
	return text;
}

static void assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is missing in: %s", part, text);
}

/* Each slot as two words: a name. */
static const char *with_names(struct arena *arena, const char *words)
{
	struct text out = TEXT_INIT;
	for (const char *c = words; *c != '\0'; c++) {
		if (c[0] == '%' && c[1] == '{') {
			text_add(&out, "Amir Khan");
			c = strchr(c, '}');
		} else {
			text_add_char(&out, *c);
		}
	}
	return arena_string_of(arena, text_to_arena(&out, arena));
}

static struct telling of_rule(struct arena *arena, const struct rule *rule, enum notice_kind kind)
{
	static const char *const lines[] = { "CC councillor Amir Khan" };
	struct telling telling = {
		.kind = kind, .to = "clerk@marlbrook.example", .sender = "Ruth Ames", .subject = "Allotment fees on Mill Lane",
		.clause = rule->clause, .quote = rule->quote,
		.noticed_en = with_names(arena, rule->says_en), .noticed_cy = with_names(arena, rule->says_cy),
		.link = "https://desk.marlbrook.example/own/0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
	};
	if (rule->remedy_en != NULL)
		telling.remedy_en = with_names(arena, rule->remedy_en);
	if (rule->remedy_cy != NULL)
		telling.remedy_cy = with_names(arena, rule->remedy_cy);
	telling.lines = lines;
	telling.lines_added = true;
	telling.line_count = kind == NOTICE_ANNOTATED;
	return telling;
}

/* Whole: what is cut says nothing. */
static void check_language(struct arena *arena, const char *page, const struct notice_words *words, const struct rule *rule, const struct telling *telling,
			   const char *noticed, const char *remedy)
{
	size_t count = bytes_words(bytes_of(page));
	if (count > NOTICE_MAX_WORDS)
		fail_msg("%s, %s: %zu words: %s", rule->id, notice_kind_name(telling->kind), count, page);
	assert_has(page, noticed);
	assert_has(page, remedy != NULL ? remedy : words->parts[telling->kind][PART_STEP]);
	assert_has(page, telling->clause);
	assert_has(page, words->parts[telling->kind][PART_WRONG]);
	assert_has(page, "CH-20260302-3F7KQ2XM");
	if (words->parts[telling->kind][PART_LINK] != NULL)
		assert_has(page, telling->link);
	const char *quote = rule->quote == NULL ? NULL : strstr(page, arena_printf(arena, "%.20s", rule->quote));
	/* A notice of a line at the foot is about a rule that wants one. */
	bool usual = telling->kind != NOTICE_ANNOTATED || rule->action == ACTION_FOOTER;
	if (rule->quote != NULL && quote == NULL && usual)
		fail_msg("%s, %s: the clause is not quoted: %s", rule->id, notice_kind_name(telling->kind), page);
}

static void every_rule_in_every_kind(void **state)
{
	static const enum notice_kind kinds[] = { NOTICE_HELD, NOTICE_ANNOTATED, NOTICE_ADVICE, NOTICE_RETURNED, NOTICE_ESCALATED, NOTICE_EXPIRED };
	struct fixture *fixture = *state;
	if (!load(fixture, "languages = \"en+cy\";"))
		fail_msg("%s", error_text(&fixture->err));
	assert_true(policy_count(fixture->snapshot->policy) >= 9);
	for (size_t i = 0; i < policy_count(fixture->snapshot->policy); i++) {
		const struct rule *rule = policy_at(fixture->snapshot->policy, i);
		for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
			struct telling telling = of_rule(fixture->arena, rule, kinds[k]);
			char *both = arena_string(fixture->arena, body_of(fixture, &telling));
			char *welsh = strstr(both, "--------");
			assert_non_null(welsh);
			*welsh = '\0';
			check_language(fixture->arena, both, &notice_words_en, rule, &telling, telling.noticed_en, telling.remedy_en);
			check_language(fixture->arena, welsh + 8, fixture->snapshot->words_cy, rule, &telling, telling.noticed_cy, telling.remedy_cy);
		}
	}
}

/* Who has it and who has not is told in full, however long the subject and many the addresses, beside the longest words of a rule. */
static void for_some_in_every_kind(void **state)
{
	static const enum notice_kind kinds[] = { NOTICE_HELD, NOTICE_RETURNED, NOTICE_RELEASED, NOTICE_ESCALATED, NOTICE_EXPIRED };
	static const char *const held[] = { "a@post.example", "b@post.example", "c@post.example", "d@post.example", "e@post.example" };
	struct fixture *fixture = *state;
	if (!load(fixture, "languages = \"en+cy\";"))
		fail_msg("%s", error_text(&fixture->err));
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
		struct telling telling = of_rule(fixture->arena, policy_at(fixture->snapshot->policy, 0), kinds[k]);
		telling.subject = "one two three four five six seven eight nine ten";
		telling.held = held;
		telling.held_count = 5;
		char *pages = arena_string(fixture->arena, body_of(fixture, &telling)), *welsh = strstr(pages, "--------");
		assert_non_null(welsh);
		*welsh = '\0';
		const char *const page[] = { pages, welsh + 8 };
		const struct notice_words *const words[] = { &notice_words_en, fixture->snapshot->words_cy };
		for (size_t i = 0; i < 2; i++) {
			const char *text = words[i]->parts[kinds[k]][PART_OPENING_SOME];
			assert_non_null(text);
			if (bytes_words(bytes_of(page[i])) > NOTICE_MAX_WORDS)
				fail_msg("%s: too long: %s", notice_kind_name(kinds[k]), page[i]);
			assert_has(page[i], "a@post.example, b@post.example, c@post.example");
			assert_has(page[i], strstr(text, "%{held}") + strlen("%{held}"));
			assert_has(page[i], telling.clause);
		}
	}
}

/* DOMAIN 5.4: delivered or not, what was noticed, the clause, one step, how to say that it is wrong, thanks. */
static void in_the_order_of_the_design(void **state)
{
	static const char *const order[] = { "Your message \"Allotment fees on Mill Lane\" has not been sent.", "Amir Khan", "The clause: ", "desk.marlbrook",
					     "Thank you. Reference: " };
	struct fixture *fixture = *state;
	assert_true(load(fixture, "languages = \"en\";"));
	assert_null(fixture->snapshot->words_cy);
	struct telling telling = of_rule(fixture->arena, policy_at(fixture->snapshot->policy, 0), NOTICE_HELD);
	const char *at = body_of(fixture, &telling);
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		at = strstr(at, order[i]);
		if (at == NULL)
			fail_msg("\"%s\" is missing or too early", order[i]);
	}
}

static void languages_and_their_order(void **state)
{
	struct fixture *fixture = *state;
	static const struct {
		const char *setting;
		bool welsh, first;
	} rows[] = { { "en", false, false }, { "cy", true, true }, { "en+cy", true, false }, { "cy+en", true, true } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!load(fixture, arena_printf(fixture->arena, "languages = \"%s\";", rows[i].setting)))
			fail_msg("%s", error_text(&fixture->err));
		struct telling telling = { .kind = NOTICE_RELEASED, .to = "clerk@marlbrook.example", .subject = "Fees" };
		const char *body = body_of(fixture, &telling);
		const char *english = strstr(body, "has now been sent"), *welsh = strstr(body, "Anfonwyd eich neges");
		assert_non_null(english);
		assert_int_equal(welsh != NULL, rows[i].welsh);
		if (welsh != NULL)
			assert_int_equal(welsh < english, rows[i].first);
	}
}

/* Two threads of a daemon would otherwise share one locale: here each snapshot has its own table. */
static void a_catalogue_that_is_not_there(void **state)
{
	struct fixture *fixture = *state;
	setenv("COPYHOLD_LOCALES", fixture->folder, 1);
	const char *folder = arena_printf(fixture->arena, "mkdir -p %s/cy/LC_MESSAGES", fixture->folder);
	assert_int_equal(system(folder), 0);
	folder_put(fixture->arena, fixture->folder, "cy/LC_MESSAGES/copyhold.mo", "not a catalogue");
	assert_false(load(fixture, "languages = \"en+cy\";"));
	assert_has(error_text(&fixture->err), "no compiled gettext catalogue");
	assert_true(load(fixture, "languages = \"en\";"));
	unsetenv("COPYHOLD_LOCALES");
}

static void the_councils_own_texts(void **state)
{
	struct fixture *fixture = *state;
	if (!load(fixture, "languages = \"en+cy\"; notices = ( { kind = \"held\"; opening = { en = \"We kept back your e-mail%{title}.\"; "
			   "cy = \"Cadwyd eich e-bost%{title}.\"; }; thanks = { en = \"Ref %{reference}\"; cy = \"Cyf %{reference}\"; }; } );"))
		fail_msg("%s", error_text(&fixture->err));
	struct telling telling = { .kind = NOTICE_HELD, .to = "clerk@marlbrook.example", .subject = "%{reference} %s" };
	const char *body = body_of(fixture, &telling);
	assert_has(body, "We kept back your e-mail \"%{reference} %s\".");
	assert_has(body, "Cadwyd eich e-bost \"%{reference} %s\".");
	assert_has(body, "Ref CH-20260302-3F7KQ2XM");
	assert_has(body, "Cyf CH-20260302-3F7KQ2XM");
	telling.kind = NOTICE_RELEASED;
	assert_has(body_of(fixture, &telling), "Your message \"%{reference} %s\" has now been sent.");
}

#define TWENTY "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "

static void texts_that_are_refused(void **state)
{
	static const struct {
		const char *notices, *complaint;
	} rows[] = {
		{ "{ kind = \"helt\"; }", "did you mean \"held\"" },
		{ "{ step = { en = \"a\"; }; }", "kind" },
		{ "{ kind = \"held\"; opening = { en = \"Kept.\"; cy = \"x%{title}\"; }; }", "held, opening.en: the slot %{title} is missing" },
		{ "{ kind = \"held\"; opening = { en = \"Kept%{titel}\"; cy = \"x%{title}\"; }; }", "no slot %{titel} (did you mean %{title}?)" },
		{ "{ kind = \"held\"; opening = { en = \"Kept%{title\"; cy = \"x%{title}\"; }; }", "a slot is not closed" },
		{ "{ kind = \"held\"; step = { en = \"Wait for %{sender}.\"; cy = \"x\"; }; }", "can have no slot %{sender}" },
		{ "{ kind = \"held\"; step = { en = \"Wait.\"; }; }", "held, step: the text in Welsh (cy) is missing, and `languages` wants both" },
		{ "{ kind = \"held\"; step = { cy = \"Aros.\"; }; }", "held, step: the text in English (en) is missing" },
		{ "{ kind = \"held\"; step = { en = \"Wait.\\nFrom: me\"; cy = \"x\"; }; }", "without line ends" },
		{ "{ kind = \"released\"; link = { en = \"%{link}\"; cy = \"%{link}\"; }; }", "has no link" },
		{ "{ kind = \"companion\"; opening = { en = \"See%{title}\"; cy = \"x%{title}%{sender}\"; }; }", "the slot %{sender} is missing" },
		{ "{ kind = \"held\"; step = { en = \"" TWENTY TWENTY "\"; cy = \"x\"; }; }", "words when filled" },
		{ "{ kind = \"held\"; wrong = { en = \"x\"; cy = \"" TWENTY TWENTY TWENTY "\"; }; }", "the texts in Welsh come to" },
		{ "\"held\"", "each is a group" },
		{ "{ kind = \"held\"; setp = { en = \"x\"; cy = \"x\"; }; }", "did you mean \"step\"" },
	};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (load(fixture, arena_printf(fixture->arena, "languages = \"en+cy\";\nnotices = ( %s );", rows[i].notices)))
			fail_msg("taken: %s", rows[i].notices);
		assert_has(error_text(&fixture->err), rows[i].complaint);
		assert_has(error_text(&fixture->err), "copyhold.conf:4:");
	}
}

#define RULE "rules = ( { id = \"own\"; clause = \"One\"; when = ( \"sender is officer\" ); action = \"notify\"; says = { en = \"%s\"; %s }; } );"

static bool warns(struct fixture *fixture, const char *words)
{
	for (size_t i = 0; i < fixture->snapshot->warning_count; i++)
		if (strstr(fixture->snapshot->warnings[i], words) != NULL)
			return true;
	return false;
}

static void words_of_rules_that_do_not_fit(void **state)
{
	struct fixture *fixture = *state;
	assert_true(load(fixture, arena_printf(fixture->arena, "languages = \"en+cy\"; " RULE, "Short.", "cy = \"Byr.\";")));
	assert_false(warns(fixture, "when filled") || warns(fixture, "no says.cy"));
	assert_true(load(fixture, arena_printf(fixture->arena, "languages = \"en+cy\"; " RULE, TWENTY TWENTY "%{hidden} %{visible} %{name} x", "")));
	assert_true(warns(fixture, "rule \"own\": says.en has 47 words when filled; in a notice it is cut after 46"));
	assert_true(warns(fixture, "rule \"own\" has no says.cy"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_rule_in_every_kind, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(for_some_in_every_kind, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(in_the_order_of_the_design, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(languages_and_their_order, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(a_catalogue_that_is_not_there, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(the_councils_own_texts, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(words_of_rules_that_do_not_fit, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(texts_that_are_refused, set_up, snapshot_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
