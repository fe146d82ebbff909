/* test_policy.c - rules: how they are read, merged and refused, and what they decide of hand-made facts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "policy/condition.h"
#include "policy/policy.h"
#include "scene.h"

#define MOSS "cllr.moss@marlbrook.example"
#define KHAN "cllr.khan@marlbrook.example"
#define WEBB "ivy.webb@post.example"
#define LAMB "k.lamb@lambkeyes.example"
#define MINISTER "ps@communities.example"

#define WORDS "says = { en = \"noticed\"; }; "
#define RULE(rest) "rules = ( { id = \"r\"; clause = \"C\"; when = ( \"sender is known\" ); action = \"report\"; " WORDS rest " } );"

/* ---- reading ------------------------------------------------------------------------------------------------ */

static bool add(struct policy *policy, const char *name, const char *content, struct error *err)
{
	struct settings_file *file;
	struct lexicon *lexicon = lexicon_new();
	bool good = settings_open_string(name, content, &file, err);
	if (good) {
		const struct settings_node *phrases = settings_find(settings_root(file), "phrases");
		good = (phrases == NULL || lexicon_add(lexicon, phrases, err)) &&
		       policy_add(policy, settings_find(settings_root(file), "rules"), lexicon, err);
		settings_close(&file);
	}
	lexicon_free(&lexicon);
	return good;
}

/* Of one or two files; NULL when refused. */
static struct policy *policy_of(const char *first, const char *second, int override, enum unknown_means unknown, struct error *err)
{
	struct policy *policy = policy_new();
	if (!add(policy, "pack.conf", first, err) || (second != NULL && !add(policy, "own.conf", second, err)) ||
	    !policy_finish(policy, override, unknown, err))
		policy_free(&policy);
	return policy;
}

static struct policy *good_policy(const char *first, const char *second, int override)
{
	struct error err = ERROR_INIT;
	struct policy *policy = policy_of(first, second, override, UNKNOWN_REPORTS, &err);
	if (policy == NULL)
		fail_msg("%s", error_text(&err));
	return policy;
}

static const struct {
	const char *content, *said;
} refused[] = {
	{ "rules = ( { id = \"r\"; } );", "pack.conf:1: rule \"r\" names no clause" },
	{ "rules = ( { id = \"r\"; clause = \"C\"; action = \"report\"; " WORDS "} );", "has no condition in \"when\"" },
	{ "rules = ( { id = \"r\"; clause = \"C\"; when = (); action = \"report\"; " WORDS "} );", "has no condition in \"when\"" },
	{ "rules = ( { id = \"r\"; clause = \"C\"; when = \"sender is known\"; " WORDS "} );", "has no action" },
	{ "rules = ( { id = \"r\"; clause = \"C\"; when = \"sender is known\"; action = \"report\"; } );", "no words in says.en" },
	{ "rules = ( { clause = \"C\"; } );", "lacks the key \"id\"" },
	{ "rules = ( { id = \"Silent Copy\"; } );", "is no rule id" },
	{ "rules = ( { id = \"-r\"; } );", "is no rule id" },
	{ RULE("mode = \"enforced\";"), "did you mean \"enforce\"?" },
	{ RULE("actoin = \"hold\";"), "unknown key \"actoin\"" },
	{ RULE("also = ( \"notfy\" );"), "unknown action \"notfy\" (did you mean \"notify\"?)" },
	{ RULE("also = ( \"hold\" );"), "cannot stand in \"also\"" },
	{ RULE("discreet = true; also = ( \"flag\" );"), "is discreet, and so cannot flag" },
	{ RULE("otherwise_counted = true;"), "counts what it does otherwise" },
	{ RULE("otherwise_counted = true; otherwise = \"report\"; also = ( \"report\", \"notify\" );"), "nothing else in \"also\"" },
	{ RULE("otherwise_counted = true; otherwise = \"report\"; clock = { contact_days = 5; response_days = 14; };"), "no clock and no duty" },
	{ RULE("remedy = { en = \"ask %{hiden}\"; };"), "unknown slot %{hiden} (did you mean %{hidden}?)" },
	{ RULE("remedy = { cy = \"%{hidden\"; };"), "a slot is not closed" },
	{ RULE("remedy = { de = \"bitte\"; };"), "unknown key \"de\"" },
	{ "rules = (\n { id = \"r\"; clause = \"C\";\n  when = ( \"sender is known\",\n   \"sender is oficer\" );\n } );",
	  "pack.conf:4: unknown role \"oficer\" (did you mean \"officer\"?) in \"sender is oficer\"" },
	{ "rules = (\n { id = \"r\"; clause = \"C\";\n  unless = \"the author says hedges\";\n } );", "pack.conf:3: unknown family of phrases \"hedges\"" },
	{ "rules = ( { id = \"r\"; }, { id = \"r\"; } );", "stands twice in this file (first on line 1)" },
	{ "rules = ( \"r\" );", "must be a group" },
	{ "rules = ( { id = \"silent-copy\"; clause = \"C\"; when = \"sender is known\"; action = \"report\"; " WORDS "},\n"
	  "          { id = \"silent-cpoy\"; mode = \"off\"; } );",
	  "pack.conf:2: rule \"silent-cpoy\" names no clause (did you mean to change \"silent-copy\"?)" },
};

static void test_refused(void **state)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct error err = ERROR_INIT;
		struct policy *policy = policy_of(refused[i].content, NULL, -1, UNKNOWN_REPORTS, &err);
		if (policy != NULL)
			fail_msg("taken: %s", refused[i].content);
		if (strstr(error_text(&err), refused[i].said) == NULL)
			fail_msg("%s\nsaid: %s", refused[i].content, error_text(&err));
		error_release(&err);
	}
}

static void test_merged(void **state)
{
	struct policy *policy = good_policy(RULE("mode = \"observe\"; also = ( \"notify\" ); remedy = { en = \"do\"; cy = \"gwna\"; };"),
					    "rules = ( { id = \"r\"; mode = \"enforce\"; unless_also = \"sender is officer\"; says = { cy = \"sylwyd\"; }; } );", -1);
	const struct rule *rule = policy_at(policy, 0);
	assert_int_equal(policy_count(policy), 1);
	assert_int_equal(rule->mode, MODE_ENFORCE);
	assert_int_equal(rule->also, 1u << ACTION_NOTIFY);
	assert_int_equal(rule->otherwise, ACTION_NOTIFY);
	assert_string_equal(rule->clause, "C");
	assert_string_equal(rule->says_en, "noticed");
	assert_string_equal(rule->says_cy, "sylwyd");
	assert_string_equal(rule->remedy_cy, "gwna");
	assert_string_equal(rule->file, "own.conf");
	assert_non_null(rule->when[0]);
	assert_null(rule->when[1]);
	assert_non_null(rule->unless[0]);
	assert_null(rule->unless[1]);
	policy_free(&policy);
}

static void test_also_lists_add(void **state)
{
	struct policy *policy = good_policy(RULE("unless = ( \"sender is officer\", \"mail is internal\" );"),
					    "rules = ( { id = \"r\"; unless_also = ( \"mail is incoming\" ); when_also = ( \"mail is outgoing\" ); } );", -1);
	const struct rule *rule = policy_at(policy, 0);
	assert_non_null(rule->when[1]);
	assert_null(rule->when[2]);
	assert_non_null(rule->unless[2]);
	assert_null(rule->unless[3]);
	policy_free(&policy);
	/* a list named again is replaced */
	policy = good_policy(RULE("unless = ( \"sender is officer\", \"mail is internal\" );"),
			     "rules = ( { id = \"r\"; unless = \"mail is incoming\"; } );", -1);
	assert_null(policy_at(policy, 0)->unless[1]);
	policy_free(&policy);
}

static void test_override(void **state)
{
	struct policy *policy = good_policy(RULE("mode = \"off\";"), "rules = ( { id = \"s\"; clause = \"C\"; when = \"sender is known\"; action = \"hold\"; " WORDS "} );",
					    MODE_ADVISE);
	assert_int_equal(policy_at(policy, 0)->mode, MODE_OFF);
	assert_int_equal(policy_at(policy, 1)->mode, MODE_ADVISE);
	policy_free(&policy);
	policy = good_policy(RULE(""), NULL, -1);
	assert_int_equal(policy_at(policy, 0)->mode, MODE_OBSERVE);
	policy_free(&policy);
}

static void test_digest(void **state)
{
	static const char *const changed[] = {
		RULE("mode = \"advise\";"), RULE("also = ( \"notify\" );"), RULE("quote = \"Q\";"), RULE("unless = \"sender is officer\";"),
		RULE("discreet = true;"),   RULE("otherwise = \"flag\";"), RULE("otherwise = \"report\";"),
		RULE("otherwise = \"report\"; otherwise_counted = true;"),
	};
	struct policy *policy = good_policy(RULE(""), NULL, -1), *same = good_policy("\n\n" RULE(""), NULL, -1);
	assert_int_equal(strlen(policy_digest(policy)), 64);
	assert_string_equal(policy_digest(policy), policy_digest(same));
	for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
		struct policy *other = good_policy(changed[i], NULL, -1);
		assert_string_not_equal(policy_digest(policy), policy_digest(other));
		policy_free(&other);
	}
	policy_free(&policy);
	policy_free(&same);
}

/* ---- judging ------------------------------------------------------------------------------------------------ */

static const char rules[] =
	"phrases = { deal = { any = ( \"accept your quotation\" ); }; };\n"
	"rules = (\n"
	" { id = \"copy\"; clause = \"1\"; when = ( \"sender is officer\", \"a hidden councillor is not made clear\" );\n"
	"   action = \"footer\"; provided = \"every visible recipient is of the council\"; also = \"notify\"; discreet = true; mode = \"enforce\";\n"
	"   says = { en = \"%{visible} / %{hidden}\"; cy = \"hefyd %{hidden}\"; }; remedy = { en = \"name %{unclear}\"; }; },\n"
	" { id = \"secret\"; clause = \"3\"; when = ( \"sender is of the council\", \"this recipient is a third party\",\n"
	"     \"the council has marked it confidential\" );\n"
	"   unless = ( \"this recipient is minister\" ); action = \"hold\"; discreet = true; mode = \"enforce\";\n"
	"   says = { en = \"to %{recipients}: %{marking}\"; }; },\n"
	" { id = \"deal\"; clause = \"2\"; when = ( \"the author states deal\" ); unless = ( \"every addressee is minister\" );\n"
	"   action = \"hold\"; whole_message = true; also = \"notify\"; mode = \"enforce\"; says = { en = \"%{act} by %{name}\"; }; },\n"
	" { id = \"dark\"; clause = \"Operation\"; when = \"something is unreadable\"; action = \"hold\";\n"
	"   provided = ( \"this recipient is a third party\", \"it carries an explicit marking\" ); otherwise = \"notify\";\n"
	"   otherwise_provided = \"sender is officer\"; mode = \"enforce\"; says = { en = \"%{unreadable}\"; }; }\n"
	");\n";

struct judged {
	struct scene *scene;
	struct lexicon *lexicon;
	struct pattern_scratch *scratch;
	struct policy *policy;
	const struct verdict *verdict;
};

/* An officer writes to Moss; what differs is done to the scene before judged_now. */
static struct judged judged_start(const char *own, int override, enum unknown_means unknown)
{
	struct error err = ERROR_INIT;
	struct judged judged = { .scene = scene_new(), .lexicon = lexicon_new(), .scratch = pattern_scratch_new() };
	struct settings_file *file;
	judged.policy = policy_of(rules, own, override, unknown, &err);
	if (judged.policy == NULL || !settings_open_string("phrases", rules, &file, &err) ||
	    !lexicon_add(judged.lexicon, settings_find(settings_root(file), "phrases"), &err))
		fail_msg("%s", error_text(&err));
	settings_close(&file);
	return judged;
}

static const struct opinion *judged_now(struct judged *judged, const char *rule)
{
	judged->verdict = policy_judge(judged->scene->arena, judged->policy, &judged->scene->facts, judged->lexicon, judged->scratch);
	for (size_t i = 0; i < judged->verdict->opinion_count; i++)
		if (strcmp(judged->verdict->opinions[i].rule->id, rule) == 0)
			return &judged->verdict->opinions[i];
	return NULL;
}

static void judged_end(struct judged *judged)
{
	policy_free(&judged->policy);
	lexicon_free(&judged->lexicon);
	pattern_scratch_free(&judged->scratch);
	scene_free(&judged->scene);
}

static void test_copy(void **state)
{
	struct judged judged = judged_start(NULL, -1, UNKNOWN_REPORTS);
	scene_to(judged.scene, MOSS);
	scene_hide(judged.scene, KHAN);
	const struct opinion *opinion = judged_now(&judged, "copy");
	assert_int_equal(opinion->fires, YES);
	assert_int_equal(opinion->action, ACTION_FOOTER);
	assert_int_equal(opinion->also, 1u << ACTION_NOTIFY);
	assert_true(opinion->provided && opinion->concerns[0] && opinion->concerns[1]);
	assert_string_equal(opinion->explanation, "Carl Moss / Amir Khan");
	assert_string_equal(opinion->explanation_cy, "hefyd Amir Khan");
	assert_string_equal(opinion->remedy, "name Amir Khan");
	assert_null(opinion->remedy_cy);
	assert_int_equal(opinion->asked_count, 3);
	assert_int_equal(opinion->asked[2].part, ASKED_PROVIDED);
	assert_int_equal(opinion->evidence_count, 2);
	assert_string_equal(opinion->evidence[1].text, "Amir Khan is a recipient whom To and Cc do not name");
	judged_end(&judged);
}

static void test_copy_beside_outsider(void **state)
{
	struct judged judged = judged_start(NULL, -1, UNKNOWN_REPORTS);
	scene_to(judged.scene, WEBB);
	scene_hide(judged.scene, KHAN);
	const struct opinion *opinion = judged_now(&judged, "copy");
	assert_int_equal(opinion->fires, YES);
	assert_int_equal(opinion->action, ACTION_NOTIFY);
	assert_false(opinion->provided);
	judged_end(&judged);
}

/* Each is named once. */
static void test_several_who_sign(void **state)
{
	const char *signers[] = { "Ruth Ames", "Amir Khan", "Ruth Ames" };
	struct judged judged = judged_start(NULL, -1, UNKNOWN_REPORTS);
	scene_say(judged.scene, "We accept your quotation.");
	judged.scene->facts.name = (struct in_name_of){ .text = "Regards / Ruth Ames / Amir Khan", .signers = signers, .signer_count = 3 };
	assert_string_equal(judged_now(&judged, "deal")->explanation, "We accept your quotation. by Ruth Ames and Amir Khan");
	judged_end(&judged);
}

/* Names come from mail and from people.csv: they are values, never templates, and stay on one line. */
static void test_slots_are_one_pass(void **state)
{
	struct judged judged = judged_start(NULL, -1, UNKNOWN_REPORTS);
	scene_say(judged.scene, "We accept your quotation.");
	judged.scene->facts.name.text = "%{act}\r\nBcc: x %{nothing";
	const struct opinion *opinion = judged_now(&judged, "deal");
	assert_string_equal(opinion->explanation, "We accept your quotation. by %{act}  Bcc: x %{nothing");
	judged_end(&judged);
}

/* The sender is shown the words of the attached letter, too, and why a message that can be read is called unreadable. */
static void test_slots_of_files_and_readings(void **state)
{
	struct judged judged = judged_start("rules = ( { id = \"dark\"; when = \"two readings differ and one is marked\"; } );", -1, UNKNOWN_REPORTS);
	scene_to(judged.scene, WEBB);
	scene_say(judged.scene, "We accept your quotation.");
	judged.scene->facts.name.text = "Carl Moss";
	judged.scene->sentences[0].where = "letter.pdf (part 2), line 3";
	judged.scene->reading.other_text_marked = true;
	assert_string_equal(judged_now(&judged, "deal")->explanation, "We accept your quotation. by Carl Moss");
	assert_string_equal(judged_now(&judged, "dark")->explanation, "two mail programs may show different text, only one of them a marking");
	judged_end(&judged);
}

static void test_secret_concerns_one(void **state)
{
	struct judged judged = judged_start(NULL, -1, UNKNOWN_REPORTS);
	scene_to(judged.scene, MOSS);
	scene_to(judged.scene, WEBB);
	scene_to(judged.scene, LAMB);
	scene_to(judged.scene, MINISTER);
	scene_mark(judged.scene);
	const struct opinion *opinion = judged_now(&judged, "secret");
	static const bool concerned[] = { false, true, false, false };
	assert_int_equal(opinion->fires, YES);
	assert_int_equal(opinion->action, ACTION_HOLD);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(opinion->concerns[i], concerned[i]);
	assert_string_equal(opinion->explanation, "to ivy.webb@post.example: subject");
	/* the adviser would have been concerned, were he not exempt; the minister is an exception of words, not listed */
	assert_int_equal(judged.verdict->exception_count, 1);
	assert_string_equal(judged.verdict->exceptions[0].rule, "secret");
	assert_string_equal(judged.verdict->exceptions[0].sentence, "this recipient is a third party");
	assert_string_equal(judged.verdict->exceptions[0].detail, "Keith Lamb, adviser");
	judged_end(&judged);
}

static void test_exempt_only_when_it_mattered(void **state)
{
	struct judged judged = judged_start(NULL, -1, UNKNOWN_REPORTS);
	scene_to(judged.scene, LAMB);
	assert_int_equal(judged_now(&judged, "secret")->fires, NO);
	assert_int_equal(judged.verdict->exception_count, 0);
	judged_end(&judged);
}

static void test_exemption_listed(void **state)
{
	struct judged judged = judged_start(NULL, -1, UNKNOWN_REPORTS);
	scene_to(judged.scene, MINISTER);
	scene_say(judged.scene, "We accept your quotation.");
	const struct opinion *opinion = judged_now(&judged, "deal");
	assert_int_equal(opinion->fires, NO);
	assert_null(opinion->explanation);
	assert_int_equal(judged.verdict->exception_count, 1);
	assert_string_equal(judged.verdict->exceptions[0].sentence, "every addressee is minister");
	assert_string_equal(judged.verdict->exceptions[0].detail, "Dana Whitlock MP, minister");
	/* the answers are there all the same, for explain */
	assert_int_equal(opinion->asked[0].answer, YES);
	assert_int_equal(opinion->asked[1].part, ASKED_UNLESS);
	judged_end(&judged);
}

static void test_modes(void **state)
{
	static const struct {
		int mode;
		const char *rule;
		enum action action;
		unsigned also;
	} cases[] = {
		{ MODE_OBSERVE, "secret", ACTION_HOLD, 0 }, /* what would be: the plan leaves it out */
		{ MODE_ADVISE, "secret", ACTION_NOTIFY, 0 }, /* discreet: no flag */
		{ MODE_ENFORCE, "secret", ACTION_HOLD, 0 },
		{ MODE_OBSERVE, "deal", ACTION_HOLD, 1u << ACTION_NOTIFY },
		{ MODE_ADVISE, "deal", ACTION_NOTIFY, 1u << ACTION_NOTIFY | 1u << ACTION_FLAG },
		{ MODE_ENFORCE, "deal", ACTION_HOLD, 1u << ACTION_NOTIFY },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct judged judged = judged_start(NULL, cases[i].mode, UNKNOWN_REPORTS);
		scene_to(judged.scene, WEBB);
		scene_mark(judged.scene);
		scene_say(judged.scene, "We accept your quotation.");
		const struct opinion *opinion = judged_now(&judged, cases[i].rule);
		assert_int_equal(opinion->fires, YES);
		assert_int_equal(opinion->action, cases[i].action);
		assert_int_equal(opinion->also, cases[i].also);
		judged_end(&judged);
	}
}

static void test_off_has_no_opinion(void **state)
{
	struct judged judged = judged_start("rules = ( { id = \"deal\"; mode = \"off\"; } );", MODE_ENFORCE, UNKNOWN_REPORTS);
	assert_null(judged_now(&judged, "deal"));
	assert_int_equal(judged.verdict->opinion_count, 3);
	judged_end(&judged);
}

static void darken(struct scene *scene)
{
	scene->unreadable[0] = (struct unreadable){ "2", "encrypted" };
	scene->reading.unreadable_count = 1;
}

static void test_ladder(void **state)
{
	struct judged judged = judged_start(NULL, -1, UNKNOWN_REPORTS);
	scene_to(judged.scene, MOSS);
	scene_to(judged.scene, WEBB);
	darken(judged.scene);
	assert_int_equal(judged_now(&judged, "dark")->action, ACTION_NOTIFY);
	assert_true(judged_now(&judged, "dark")->concerns[0]);
	scene_mark(judged.scene);
	const struct opinion *opinion = judged_now(&judged, "dark");
	assert_int_equal(opinion->action, ACTION_HOLD);
	assert_false(opinion->concerns[0]);
	assert_true(opinion->concerns[1]);
	judged.scene->facts.marked_count = 0;
	scene_sender(judged.scene, "stranger@elsewhere.example");
	assert_int_equal(judged_now(&judged, "dark")->action, ACTION_REPORT);
	judged_end(&judged);
}

static void test_unknown(void **state)
{
	static const struct {
		int mode;
		enum unknown_means unknown, decided;
	} cases[] = {
		{ MODE_ENFORCE, UNKNOWN_HOLDS, UNKNOWN_HOLDS },	    { MODE_ENFORCE, UNKNOWN_RETRIES, UNKNOWN_RETRIES },
		{ MODE_ENFORCE, UNKNOWN_REPORTS, UNKNOWN_REPORTS }, { MODE_ADVISE, UNKNOWN_HOLDS, UNKNOWN_REPORTS },
		{ MODE_OBSERVE, UNKNOWN_RETRIES, UNKNOWN_REPORTS },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct judged judged = judged_start(NULL, cases[i].mode, cases[i].unknown);
		scene_to(judged.scene, WEBB);
		judged.scene->facts.undecided_pattern = true;
		assert_int_equal(judged_now(&judged, "secret")->fires, UNKNOWN);
		assert_true(judged.verdict->undecided);
		assert_int_equal(judged.verdict->unknown, cases[i].decided);
		judged_end(&judged);
	}
}

/* What may have come to the action is listed: only what certainly has not is a mere number. */
static void test_doubt_is_not_only_counted(void **state)
{
	struct judged judged = judged_start("rules = ( { id = \"often\"; clause = \"C\"; when = ( \"sender is known\" ); action = \"notify\"; otherwise = \"report\";"
					    " provided = ( \"it carries an explicit marking\" ); otherwise_counted = true; " WORDS "} );",
					    -1, UNKNOWN_REPORTS);
	scene_to(judged.scene, MOSS);
	assert_int_equal(judged_now(&judged, "often")->action, ACTION_REPORT);
	assert_true(judged_now(&judged, "often")->counted);
	judged.scene->facts.undecided_pattern = true;
	assert_int_equal(judged_now(&judged, "often")->action, ACTION_REPORT);
	assert_false(judged_now(&judged, "often")->counted);
	scene_mark(judged.scene);
	assert_int_equal(judged_now(&judged, "often")->action, ACTION_NOTIFY);
	assert_false(judged_now(&judged, "often")->counted);
	judged_end(&judged);
}

/* A doubt that cannot change the answer is none. */
static void test_unknown_that_does_not_matter(void **state)
{
	struct judged judged = judged_start(NULL, MODE_ENFORCE, UNKNOWN_HOLDS);
	scene_to(judged.scene, MOSS);
	judged.scene->facts.undecided_pattern = true;
	assert_int_equal(judged_now(&judged, "secret")->fires, NO);
	assert_false(judged.verdict->undecided);
	judged_end(&judged);
}

static void test_nobody_to_send_to(void **state)
{
	struct judged judged = judged_start(NULL, MODE_ENFORCE, UNKNOWN_HOLDS);
	scene_mark(judged.scene);
	darken(judged.scene);
	scene_say(judged.scene, "We accept your quotation.");
	assert_int_equal(judged_now(&judged, "secret")->fires, NO);
	assert_int_equal(judged_now(&judged, "dark")->fires, NO);
	assert_int_equal(judged_now(&judged, "deal")->fires, YES);
	judged_end(&judged);
}

/* More sentences than there are places at first; two that differ in one word only, or in whether they are turned round. */
static void test_each_sentence_is_known_again(void **state)
{
	struct arena *arena = arena_new();
	struct memo_list memos = { 0 };
	struct error err = ERROR_INIT;
	const struct condition *conditions[1000], *turned;
	struct said said[1000];
	for (size_t i = 0; i < 1000; i++) {
		assert_true(condition_parse(arena, arena_printf(arena, "%s %s-%zu", i % 2 == 0 ? "the author says" : "it is about", "f", i / 2), NULL, &conditions[i], &err));
		assert_null(memo_find(&memos, &conditions[i]->alternatives[0].terms[0]));
		memo_add(arena, &memos, (struct memo){ conditions[i]->alternatives[0].terms[0], &said[i] });
	}
	for (size_t i = 0; i < 1000; i++)
		assert_ptr_equal(memo_find(&memos, &conditions[i]->alternatives[0].terms[0])->said, &said[i]);
	assert_true(condition_parse(arena, "not: the author  says f-7", NULL, &turned, &err));
	assert_ptr_equal(memo_find(&memos, &turned->alternatives[0].terms[0])->said, &said[14]);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_also_lists_add),
		cmocka_unit_test(test_override),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_copy_beside_outsider),
		cmocka_unit_test(test_slots_are_one_pass),
		cmocka_unit_test(test_several_who_sign),
		cmocka_unit_test(test_slots_of_files_and_readings),
		cmocka_unit_test(test_secret_concerns_one),
		cmocka_unit_test(test_exempt_only_when_it_mattered),
		cmocka_unit_test(test_exemption_listed),
		cmocka_unit_test(test_modes),
		cmocka_unit_test(test_off_has_no_opinion),
		cmocka_unit_test(test_ladder),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_doubt_is_not_only_counted),
		cmocka_unit_test(test_unknown_that_does_not_matter),
		cmocka_unit_test(test_nobody_to_send_to),
		cmocka_unit_test(test_each_sentence_is_known_again),
	};
	return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
