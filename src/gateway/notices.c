/* notices.c - the texts of notices: the catalogue of each language that is wanted, and the Council's own texts over it, held against what
 * notices may be before one is written.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "action/notice.h"
#include "gateway/build.h"

/* Settings of one notice; in the order of enum notice_part. */
struct notice_keys {
	int kind;
	const struct settings_node *parts[PART_COUNT];
};
static const char *const kind_words[] = { "held", "annotated", "advice", "returned", "companion", "released", "escalated", "expired", NULL };
_Static_assert(sizeof kind_words / sizeof *kind_words == NOTICE_TOLD_COUNT + 1, "a word for each kind");

#define PART(part) offsetof(struct notice_keys, parts) + (part) * sizeof(const struct settings_node *)
static const struct setting_row notice_rows[] = {
	{ "kind", SETTING_WORD, offsetof(struct notice_keys, kind), true, 0, 0, kind_words, "which notice these texts are for" },
	{ "subject", SETTING_GROUP, PART(PART_SUBJECT), false, 0, 0, NULL, "{ en; cy; }: its subject, with %{about}" },
	{ "opening", SETTING_GROUP, PART(PART_OPENING), false, 0, 0, NULL, "{ en; cy; }: delivered or not, with %{title}" },
	{ "opening_some", SETTING_GROUP, PART(PART_OPENING_SOME), false, 0, 0, NULL, "{ en; cy; }: the same when it is about some recipients only, with %{title} and %{held}" },
	{ "step", SETTING_GROUP, PART(PART_STEP), false, 0, 0, NULL, "{ en; cy; }: what the sender may do, where the rule has no remedy of its own" },
	{ "wrong", SETTING_GROUP, PART(PART_WRONG), false, 0, 0, NULL, "{ en; cy; }: how to say that it is wrong, or an exception" },
	{ "link", SETTING_GROUP, PART(PART_LINK), false, 0, 0, NULL, "{ en; cy; }: where to act, with %{link}; only shown where there is one" },
	{ "thanks", SETTING_GROUP, PART(PART_THANKS), false, 0, 0, NULL, "{ en; cy; }: the last line, with %{reference}" },
};

struct notice_text {
	const char *en, *cy;
};
static const struct setting_row text_rows[] = {
	{ "en", SETTING_STRING, offsetof(struct notice_text, en), false, 0, 0, NULL, "in English" },
	{ "cy", SETTING_STRING, offsetof(struct notice_text, cy), false, 0, 0, NULL, "in Welsh" },
};

/* COPYHOLD_LOCALES stands for where catalogues are; then where they were installed, and beside the program. */
static const char *find_catalogue(struct build *build, const char *language)
{
	const char *given = getenv("COPYHOLD_LOCALES");
	const char *folders[] = {
		given == NULL ? LOCALEDIR : given,
		build_beside_program(build, "../share/locale"),
		build_beside_program(build, "po"),
		build_beside_program(build, "../po"),
	};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		const char *path = arena_printf(build->arena, "%s/%s/LC_MESSAGES/copyhold.mo", folders[i], language);
		if (access(path, R_OK) == 0)
			return path;
	}
	return NULL;
}

static bool load_welsh(struct build *build, struct notice_words **out, struct error *err)
{
	const struct catalogue *catalogue;
	const struct settings_node *node = settings_find(build_root(build), "languages");
	const char *path = find_catalogue(build, "cy");
	if (path == NULL)
		return settings_complain(node, err, "languages: the Welsh catalogue is not installed (%s/cy/LC_MESSAGES/copyhold.mo)", LOCALEDIR);
	if (!catalogue_read(path, build->arena, &catalogue, err))
		return false;
	return notice_words_translate(build->arena, catalogue, out, err) || error_context(err, "%s", path);
}

static bool check_text(const struct settings_node *group, const char *language, enum notice_kind kind, enum notice_part part, const char *text,
		       struct error *err)
{
	struct error problem = ERROR_INIT;
	bool good = notice_part_check(kind, part, text, &problem);
	if (good && strpbrk(text, "\r\n") != NULL)
		good = error_set(&problem, ERROR_SETTINGS, "a text is one paragraph: write it without line ends");
	if (!good)
		settings_complain(settings_find(group, language), err, "notices: %s, %s.%s: %s", kind_words[kind], notice_part_names[part], language,
				  error_text(&problem));
	error_release(&problem);
	return good;
}

struct both {
	struct notice_words *en, *cy; /* cy NULL: no Welsh */
};

static bool read_part(struct build *build, const struct settings_node *group, enum notice_kind kind, enum notice_part part,
		      const struct both *words, struct error *err)
{
	struct notice_text text = { NULL, NULL };
	const char *name = notice_part_names[part];
	if (group == NULL)
		return true;
	if (!settings_fill(group, ROWS(text_rows), build->arena, &text, err))
		return false;
	if (notice_words_en.parts[kind][part] == NULL)
		return settings_complain(group, err, "notices: a notice of kind \"%s\" has no %s", kind_words[kind], name);
	if (text.en == NULL || (text.cy == NULL && words->cy != NULL))
		return settings_complain(group, err, "notices: %s, %s: the text in %s is missing%s", kind_words[kind], name, text.en == NULL ? "English (en)" : "Welsh (cy)",
					 text.en == NULL ? "" : ", and `languages` wants both");
	if (!check_text(group, "en", kind, part, text.en, err) || (text.cy != NULL && !check_text(group, "cy", kind, part, text.cy, err)))
		return false;
	words->en->parts[kind][part] = text.en;
	if (words->cy != NULL)
		words->cy->parts[kind][part] = text.cy;
	return true;
}

/* A text that would be cut, whatever the message: words that are not there help nobody. */
static bool check_length(const struct settings_node *node, const char *language, const struct notice_words *words, enum notice_kind kind,
			 struct error *err)
{
	size_t count = notice_fixed_words(words, kind), most = NOTICE_MAX_WORDS - NOTICE_RULE_WORDS;
	if (count <= most)
		return true;
	return settings_complain(node, err,
				 "notices: %s: the texts in %s come to %zu words when filled; with what a rule says the notice would be over %d (at most %zu)",
				 kind_words[kind], language, count, NOTICE_MAX_WORDS, most);
}

static bool read_notice(struct build *build, const struct settings_node *node, const struct both *words, struct error *err)
{
	struct notice_keys keys = { 0 };
	if (!settings_is_group(node))
		return settings_complain(node, err, "notices: each is a group: { kind = \"held\"; opening = { en = \"...\"; cy = \"...\"; }; }");
	if (!settings_fill(node, ROWS(notice_rows), build->arena, &keys, err))
		return false;
	for (enum notice_part part = 0; part < PART_COUNT; part++)
		if (!read_part(build, keys.parts[part], (enum notice_kind)keys.kind, part, words, err))
			return false;
	return check_length(node, "English", words->en, (enum notice_kind)keys.kind, err) &&
	       (words->cy == NULL || check_length(node, "Welsh", words->cy, (enum notice_kind)keys.kind, err));
}

bool build_notices(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	struct notice_words *english = arena_alloc(build->arena, sizeof *english);
	struct both words = { english, NULL };
	*english = notice_words_en;
	if (build->top.languages != 0 && !load_welsh(build, &words.cy, err))
		return false;
	for (size_t i = 0; build->top.notices != NULL && i < settings_count(build->top.notices); i++)
		if (!read_notice(build, settings_at(build->top.notices, i), &words, err))
			return false;
	snapshot->words_en = words.en;
	snapshot->words_cy = words.cy;
	snapshot->welsh_first = build->top.languages == 1 || build->top.languages == 3;
	return true;
}

/* --- what rules say --- */

/* A slot becomes a name: two words. */
static size_t words_when_filled(const char *text)
{
	size_t slots = 0;
	for (const char *c = text; c != NULL && (c = strstr(c, "%{")) != NULL; c++)
		slots++;
	return bytes_words(bytes_of(text)) + slots;
}

/* It is no reason not to start: a notice ends where its room does. */
void build_rule_words(struct build *build)
{
	for (size_t i = 0; i < policy_count(build->snapshot->policy); i++) {
		const struct rule *rule = policy_at(build->snapshot->policy, i);
		const struct {
			const char *key, *text;
			size_t most;
		} rows[] = {
			{ "clause", rule->clause, NOTICE_CLAUSE_WORDS },  { "says.en", rule->says_en, NOTICE_SAYS_WORDS },
			{ "says.cy", rule->says_cy, NOTICE_SAYS_WORDS },  { "remedy.en", rule->remedy_en, NOTICE_REMEDY_WORDS },
			{ "remedy.cy", rule->remedy_cy, NOTICE_REMEDY_WORDS },
		};
		for (size_t k = 0; rule->mode != MODE_OFF && k < sizeof rows / sizeof *rows; k++)
			if (words_when_filled(rows[k].text) > rows[k].most)
				build_warn(build, GATEWAY_WORDS_TOO_LONG, rule->file, rule->line,
					   "rule \"%s\": %s has %zu words when filled; in a notice it is cut after %zu", rule->id, rows[k].key, words_when_filled(rows[k].text), rows[k].most);
		bool in_welsh = rule->mode != MODE_OFF && build->snapshot->words_cy != NULL;
		if (in_welsh && rule->says_cy == NULL)
			build_warn(build, GATEWAY_LANGUAGE_MISSING, rule->file, rule->line, "rule \"%s\" has no says.cy: Welsh notices would say it in English",
				   rule->id);
		if (in_welsh && rule->remedy_en != NULL && rule->remedy_cy == NULL)
			build_warn(build, GATEWAY_LANGUAGE_MISSING, rule->file, rule->line, "rule \"%s\" has no remedy.cy: Welsh notices would say it in English",
				   rule->id);
	}
}
