/* rule.c - see rule.h. The keys are rows; conditions are parsed where their key stands, so that every complaint has the
 * file and line of the sentence itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/rule.h"

#include <string.h>

#include "policy/explanation.h"

#define UNSET (-1)

const char *const action_words[] = { "report", "flag", "notify", "companion", "footer", "hold", "return", NULL };
const char *const kept_words[] = { "whole", "outline", "nothing", NULL };
const char *const fallback_words[] = { "notify", "companion", "hold", NULL };
const char *const on_expiry_words[] = { "escalate", "return", "release-annotated", NULL };
const char *const remedy_words[] = { "open-copy", "drop-hidden", "withdraw", "reason", NULL };
const char *const mode_words[] = { "off", "observe", "advise", "enforce", NULL };

#define KEY(name) .key = #name, .offset = offsetof(struct rule_keys, name)

const struct setting_row rule_rows[] = {
	{ KEY(id), .type = SETTING_STRING, .required = true, .meaning = "name of the rule: a-z, 0-9 and hyphens" },
	{ KEY(clause), .type = SETTING_STRING, .meaning = "the clause it serves, as the council cites it" },
	{ KEY(quote), .type = SETTING_STRING, .meaning = "the clause's own words" },
	{ KEY(when), .type = SETTING_STRINGS, .meaning = "conditions that must all hold" },
	{ KEY(when_also), .type = SETTING_STRINGS, .meaning = "further conditions for a rule of an earlier file" },
	{ KEY(unless), .type = SETTING_STRINGS, .meaning = "exceptions, any of which keeps the rule from firing" },
	{ KEY(unless_also), .type = SETTING_STRINGS, .meaning = "further exceptions for a rule of an earlier file" },
	{ KEY(action), .type = SETTING_WORD, .words = action_words, .meaning = "what is done" },
	{ KEY(provided), .type = SETTING_STRINGS, .meaning = "conditions of the action: else what `otherwise` says is done" },
	{ KEY(provided_also), .type = SETTING_STRINGS, .meaning = "further ones for a rule of an earlier file" },
	{ KEY(otherwise), .type = SETTING_WORD, .words = action_words, .meaning = "the milder action; notify when absent" },
	{ KEY(otherwise_provided), .type = SETTING_STRINGS, .meaning = "conditions of the milder action: else it is only reported" },
	{ KEY(most), .type = SETTING_WORD, .words = action_words,
	  .meaning = "nothing stronger is ever done, whatever is asked for; a later file may lower it" },
	{ KEY(also), .type = SETTING_STRINGS, .meaning = "actions done besides, whichever was reached" },
	{ KEY(also_provided), .type = SETTING_STRINGS, .meaning = "conditions of what is done besides: else only the action is" },
	{ KEY(fallback), .type = SETTING_WORD, .words = fallback_words,
	  .meaning = "what is done when a message cannot take the line; companion when absent" },
	{ KEY(mode), .type = SETTING_WORD, .words = mode_words, .meaning = "how far it goes; observe when absent" },
	{ KEY(whole_message), .type = SETTING_BOOL, .meaning = "a hold keeps the message from everybody" },
	{ KEY(kept), .type = SETTING_WORD, .words = kept_words,
	  .meaning = "what is kept of its finding: whole, outline (no words, no subject) or nothing; whole when absent" },
	{ KEY(otherwise_counted), .type = SETTING_BOOL, .meaning = "of what comes to `otherwise` alone reports give the number, and list none" },
	{ KEY(discreet), .type = SETTING_BOOL, .meaning = "the finding is never shown in a header" },
	{ KEY(two_persons), .type = SETTING_BOOL, .meaning = "a second person must confirm the release of what it holds" },
	{ KEY(on_expiry), .type = SETTING_WORD, .words = on_expiry_words,
	  .meaning = "what becomes of a held message nobody decides on in time; escalate when absent" },
	{ KEY(reasons), .type = SETTING_STRINGS, .meaning = "what a reviewer can choose from as the reason: the clause's own exceptions" },
	{ KEY(remedies), .type = SETTING_STRINGS, .meaning = "what the sender may do by a link: open-copy, drop-hidden, withdraw, reason" },
	{ KEY(clock), .type = SETTING_GROUP, .meaning = "{ contact_days; response_days; ... }: by when the officer it is addressed to is to answer" },
	{ KEY(duty), .type = SETTING_GROUP, .meaning = "{ owner; days; met_when; ... }: what somebody is then to do by a day, and what does it" },
	{ KEY(says), .type = SETTING_GROUP, .meaning = "{ en; cy; }: what was noticed, for people" },
	{ KEY(remedy), .type = SETTING_GROUP, .meaning = "{ en; cy; }: one step the sender can take" },
};
const size_t rule_row_count = sizeof rule_rows / sizeof *rule_rows;

struct wording {
	const char *en, *cy;
};
static const struct setting_row wording_rows[] = {
	{ .key = "en", .type = SETTING_STRING, .offset = offsetof(struct wording, en), .meaning = "in English" },
	{ .key = "cy", .type = SETTING_STRING, .offset = offsetof(struct wording, cy), .meaning = "in Welsh" },
};

struct rule rule_empty(void)
{
	return (struct rule){ .action = (enum action)UNSET, .otherwise = ACTION_NOTIFY, .most = ACTION_RETURN,
			      .fallback = FALLBACK_COMPANION, .mode = MODE_OBSERVE };
}

const struct condition *const *rule_conditions(const struct rule *rule, enum asked_part part)
{
	const struct condition *const *const lists[] = {
		[ASKED_WHEN] = rule->when, [ASKED_UNLESS] = rule->unless, [ASKED_PROVIDED] = rule->provided,
		[ASKED_OTHERWISE] = rule->otherwise_provided, [ASKED_ALSO] = rule->also_provided,
	};
	return lists[part];
}

void rule_each_term(const struct rule *rule, term_visitor *visit, void *context)
{
	for (enum asked_part part = 0; part < ASKED_PARTS; part++)
		conditions_each_term(rule_conditions(rule, part), visit, context);
	if (rule->duty == NULL)
		return;
	conditions_each_term(rule->duty->met_when, visit, context);
	conditions_each_term(rule->duty->at_large_when, visit, context);
}

static bool id_is_good(const char *id)
{
	size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return length > 0 && length <= RULE_ID_LENGTH && id[length] == '\0' && id[0] != '-';
}

struct condition_reader {
	struct arena *arena;
	const struct lexicon *lexicon;
	const struct settings_node *rule;
	struct error *err;
};

/* What `key` lists, behind `before` if that is given. */
static bool read_conditions(struct condition_reader *reader, const char *key, const struct string_list *sentences,
			    const struct condition *const *before, const struct condition *const **out)
{
	const struct settings_node *node = settings_find(reader->rule, key);
	if (node == NULL)
		return true;
	size_t old = conditions_count(before);
	bool good = true;
	const struct condition **all = arena_array(reader->arena, old + sentences->count + 1, sizeof *all);
	for (size_t i = 0; i < old; i++)
		all[i] = before[i];
	for (size_t i = 0; i < sentences->count; i++) {
		good &= condition_read(reader->arena, settings_item(node, i), sentences->items[i], reader->lexicon, &all[old + i], reader->err);
		if (!good && !error_gathered(reader->err))
			return false;
	}
	if (good)
		*out = all;
	return good;
}

static bool read_all_conditions(struct condition_reader *reader, const struct rule_keys *keys, struct rule *rule)
{
	const struct {
		const char *key;
		const struct string_list *sentences;
		const struct condition *const **list;
		bool adds;
	} lists[] = {
		{ "when", &keys->when, &rule->when, false },
		{ "when_also", &keys->when_also, &rule->when, true },
		{ "unless", &keys->unless, &rule->unless, false },
		{ "unless_also", &keys->unless_also, &rule->unless, true },
		{ "provided", &keys->provided, &rule->provided, false },
		{ "provided_also", &keys->provided_also, &rule->provided, true },
		{ "otherwise_provided", &keys->otherwise_provided, &rule->otherwise_provided, false },
		{ "also_provided", &keys->also_provided, &rule->also_provided, false },
	};
	bool good = true;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		good &= read_conditions(reader, lists[i].key, lists[i].sentences, lists[i].adds ? *lists[i].list : NULL, lists[i].list);
		if (!good && !error_gathered(reader->err))
			return false;
	}
	return good;
}

static bool read_also(const struct settings_node *rule_node, const struct string_list *words, unsigned *out, struct error *err)
{
	const struct settings_node *node = settings_find(rule_node, "also");
	if (node == NULL)
		return true;
	*out = 0;
	for (size_t i = 0; i < words->count; i++) {
		int action = 0;
		while (action_words[action] != NULL && strcmp(action_words[action], words->items[i]) != 0)
			action++;
		if (action_words[action] == NULL) {
			const char *close = settings_suggest(words->items[i], action_words);
			return settings_complain(settings_item(node, i), err, "unknown action \"%s\"%s%s%s", words->items[i],
						 close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close,
						 close == NULL ? "" : "\"?)");
		}
		if (action > ACTION_FOOTER)
			return settings_complain(settings_item(node, i), err, "\"%s\" cannot stand in \"also\": make it the action",
						 words->items[i]);
		*out |= 1u << action;
	}
	return true;
}

bool remedy_parse(const char *name, enum remedy *out)
{
	for (size_t i = 0; i < REMEDY_COUNT; i++) {
		if (strcmp(remedy_words[i], name) == 0) {
			*out = (enum remedy)i;
			return true;
		}
	}
	return false;
}

static bool read_remedies(const struct settings_node *rule_node, const struct string_list *words, unsigned *out, struct error *err)
{
	const struct settings_node *node = settings_find(rule_node, "remedies");
	if (node == NULL)
		return true;
	*out = 0;
	for (size_t i = 0; i < words->count; i++) {
		enum remedy remedy;
		const char *close = settings_suggest(words->items[i], remedy_words);
		if (!remedy_parse(words->items[i], &remedy))
			return settings_complain(settings_item(node, i), err, "unknown remedy \"%s\"%s%s%s", words->items[i],
						 close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
		*out |= 1u << remedy;
	}
	return true;
}

static bool check_words(const struct settings_node *group, const char *key, const char *words, struct error *err)
{
	struct error problem = ERROR_INIT;
	bool good = explanation_check(words, &problem);
	if (!good)
		settings_complain(settings_find(group, key), err, "%s", error_text(&problem));
	error_release(&problem);
	return good;
}

bool wording_read(struct arena *arena, const struct settings_node *group, const char **en, const char **cy, struct error *err)
{
	struct wording wording = { *en, *cy };
	if (group == NULL)
		return true;
	if (!settings_fill(group, wording_rows, sizeof wording_rows / sizeof *wording_rows, arena, &wording, err))
		return false;
	*en = wording.en;
	*cy = wording.cy;
	return true;
}

static bool read_wording(struct arena *arena, const struct settings_node *group, const char **en, const char **cy,
			 struct error *err)
{
	return group == NULL || (wording_read(arena, group, en, cy, err) && check_words(group, "en", *en, err) && check_words(group, "cy", *cy, err));
}

/* Strings and numbers of the keys that are there; the others keep what an earlier file said. */
static void take_keys(struct rule *rule, const struct rule_keys *keys)
{
	rule->id = keys->id;
	rule->clause = keys->clause;
	rule->quote = keys->quote;
	rule->action = (enum action)keys->action;
	rule->otherwise = (enum action)keys->otherwise;
	rule->most = (enum action)keys->most;
	rule->fallback = (enum fallback)keys->fallback;
	rule->mode = (enum mode)keys->mode;
	rule->whole_message = keys->whole_message;
	rule->kept = (enum keeping)keys->kept;
	rule->otherwise_counted = keys->otherwise_counted;
	rule->discreet = keys->discreet;
	rule->two_persons = keys->two_persons;
	rule->on_expiry = (enum on_expiry)keys->on_expiry;
	rule->reasons = keys->reasons;
}

static void take_mode(struct rule *rule, const struct settings_node *mode, const char *path)
{
	if (mode == NULL)
		return;
	rule->mode_wanted = rule->mode;
	rule->mode_file = path;
	rule->mode_line = settings_line(mode);
}

bool rule_read(struct arena *arena, struct rule *rule, const struct settings_node *node, const char *path,
	       const struct lexicon *lexicon, struct error *err)
{
	struct rule_keys keys = {
		.id = rule->id,
		.clause = rule->clause,
		.quote = rule->quote,
		.action = (int)rule->action,
		.otherwise = (int)rule->otherwise,
		.most = (int)rule->most,
		.fallback = (int)rule->fallback,
		.mode = (int)rule->mode,
		.whole_message = rule->whole_message,
		.kept = (int)rule->kept,
		.otherwise_counted = rule->otherwise_counted,
		.discreet = rule->discreet,
		.two_persons = rule->two_persons,
		.on_expiry = (int)rule->on_expiry,
		.reasons = rule->reasons,
	};
	if (!settings_fill(node, rule_rows, rule_row_count, arena, &keys, err))
		return false;
	if (!id_is_good(keys.id))
		return settings_complain(settings_find(node, "id"), err,
					 "\"%s\" is no rule id: use a-z, 0-9 and hyphens, at most %d of them", keys.id, RULE_ID_LENGTH);
	if (keys.most > (int)rule->most)
		return settings_complain(settings_find(node, "most"), err, "most: an earlier file allows rule \"%s\" no more than \"%s\"", keys.id,
					 action_name(rule->most));
	take_keys(rule, &keys);
	take_mode(rule, settings_find(node, "mode"), path);
	rule->file = path;
	rule->line = settings_line(node);
	struct condition_reader reader = { arena, lexicon, node, err };
	return read_all_conditions(&reader, &keys, rule) && read_also(node, &keys.also, &rule->also, err) &&
	       read_remedies(node, &keys.remedies, &rule->remedies, err) && clock_read(arena, &rule->clock, keys.clock, lexicon, err) &&
	       duty_read(arena, &rule->duty, keys.duty, lexicon, err) &&
	       read_wording(arena, keys.says, &rule->says_en, &rule->says_cy, err) &&
	       read_wording(arena, keys.remedy, &rule->remedy_en, &rule->remedy_cy, err);
}

static bool complain(const struct rule *rule, struct error *err, const char *what)
{
	return error_set(err, ERROR_SETTINGS, "%s:%d: rule \"%s\" %s", rule->file, rule->line, rule->id, what);
}

static bool may_do(const struct rule *rule, enum action action)
{
	return rule->action == action || rule->otherwise == action || (rule->also & 1u << action) != 0;
}

/* Somebody besides who is told would see that it fired, or somebody would have to come back to it. */
static bool leaves_a_trace(const struct rule *rule)
{
	return rule->action >= ACTION_HOLD || rule->otherwise >= ACTION_HOLD || may_do(rule, ACTION_FOOTER) || may_do(rule, ACTION_FLAG) ||
	       rule->clock != NULL || rule->duty != NULL || rule->remedies != 0;
}

/* What does not come to its action is seen by nobody. */
static bool only_reports_otherwise(const struct rule *rule)
{
	return rule->otherwise == ACTION_REPORT && (rule->also & ~(1u << ACTION_REPORT)) == 0 && rule->clock == NULL && rule->duty == NULL;
}

bool rule_is_complete(const struct rule *rule, struct error *err)
{
	if (rule->clause == NULL || rule->clause[0] == '\0')
		return complain(rule, err, "names no clause");
	if (conditions_count(rule->when) == 0)
		return complain(rule, err, "has no condition in \"when\": it would fire on every message");
	if ((int)rule->action == UNSET)
		return complain(rule, err, "has no action");
	if (rule->says_en == NULL || rule->says_en[0] == '\0')
		return complain(rule, err, "has no words in says.en to tell people with");
	if (rule->clock != NULL && rule->mode != MODE_OFF && (rule->clock->contact_days == 0 || rule->clock->response_days == 0))
		return complain(rule, err, "has a clock without days: clock = { contact_days = 5; response_days = 14; }, with the Council's own");
	if (rule->clock != NULL && rule->duty != NULL)
		return complain(rule, err, "has a clock and a duty: make two rules of it");
	if (rule->kept == KEPT_NOTHING && leaves_a_trace(rule))
		return complain(rule, err, "keeps nothing, and so can neither hold, return, flag, add a line, set anybody a time nor offer remedies");
	if (rule->discreet && may_do(rule, ACTION_FLAG))
		return complain(rule, err, "is discreet, and so cannot flag: a flag is a header that recipients see");
	if (rule->otherwise_counted && !only_reports_otherwise(rule))
		return complain(rule, err, "counts what it does otherwise, and so cannot do more than report it: otherwise = \"report\", nothing"
			       " else in \"also\", no clock and no duty");
	if (rule->two_persons && rule->on_expiry == EXPIRY_RELEASE_ANNOTATED)
		return complain(rule, err, "asks for two persons, and so cannot be released by the clock: on_expiry is \"escalate\" or \"return\"");
	return true;
}
