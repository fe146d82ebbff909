/* rulebook.c - see rulebook.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/rulebook.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "reader/wording.h"

/* ---- digests of phrases ------------------------------------------------------------------------------------- */

struct closure { /* a family and those that take its meaning away */
	struct arena *arena;
	const struct lexicon *lexicon;
	const char **names;
	size_t count;
};

static void add_family(struct closure *closure, const char *name);

static void add_families(struct closure *closure, const char *const *names)
{
	for (; *names != NULL; names++)
		add_family(closure, *names);
}

static void add_family(struct closure *closure, const char *name)
{
	struct lexicon_family family;
	for (size_t i = 0; i < closure->count; i++)
		if (strcmp(closure->names[i], name) == 0)
			return;
	if (!lexicon_family_of(closure->lexicon, closure->arena, name, &family))
		return;
	*ARENA_PUSH(closure->arena, closure->names, closure->count) = family.name;
	add_families(closure, family.unless);
	add_families(closure, family.unless_before);
	add_families(closure, family.unless_in_clause);
}

static void digest_list(struct digest *digest, const char *const *list)
{
	for (; *list != NULL; list++)
		digest_add_field(digest, bytes_of(*list));
	digest_add_field(digest, BYTES_EMPTY);
}

/* Of some families, each NULL or a name; NULL for none. */
static const char *phrases_digest(struct arena *arena, const struct lexicon *lexicon, const char *const *names, size_t count)
{
	struct closure closure = { .arena = arena, .lexicon = lexicon };
	struct digest digest;
	for (size_t i = 0; i < count; i++)
		if (names[i] != NULL)
			add_family(&closure, names[i]);
	if (closure.count == 0)
		return NULL;
	digest_begin(&digest);
	for (size_t i = 0; i < closure.count; i++) {
		struct lexicon_family family;
		if (!lexicon_family_of(lexicon, arena, closure.names[i], &family))
			continue;
		digest_add_field(&digest, bytes_of(family.name));
		digest_list(&digest, family.phrases);
		digest_list(&digest, family.unless);
		digest_list(&digest, family.unless_before);
		digest_list(&digest, family.unless_in_clause);
	}
	return digest_end(&digest, arena);
}

/* Whatever a reader is told: phrases for markings, signatures and the like, labels, boilerplate. */
static const char *reading_digest(struct arena *arena, const struct lexicon *lexicon)
{
	static const struct reader_limits none;
	return digest_of(arena, wording_pack(arena, lexicon, &none));
}

/* ---- writing ------------------------------------------------------------------------------------------------ */

static const char *const part_words[] = { "when", "unless", "provided", "otherwise", "also" };
static const char *const unknown_words[] = { "report", "hold", "retry" };

static void add_questions(json_t *list, const char *part, const struct condition *const *conditions)
{
	for (; conditions != NULL && *conditions != NULL; conditions++)
		json_array_append_new(list, json_pack("{s:s,s:s}", "part", part, "sentence", (*conditions)->sentence));
}

static json_t *rule_json(const struct rule *rule)
{
	json_t *questions = json_array();
	for (enum asked_part part = 0; part < ASKED_PARTS; part++)
		add_questions(questions, part_words[part], rule_conditions(rule, part));
	json_t *json = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:i,s:b,s:b,s:o}", "id", rule->id, "clause", rule->clause, "action", action_name(rule->action),
			 "otherwise", action_name(rule->otherwise), "fallback", fallback_name(rule->fallback), "mode", mode_name(rule->mode),
			 "also", (int)rule->also, "whole_message", rule->whole_message, "discreet", rule->discreet, "questions", questions);
	if (rule->otherwise_counted)
		json_object_set_new(json, "otherwise_counted", json_true());
	return json;
}

static json_t *asks_json(struct arena *arena, const struct policy *policy, const struct lexicon *lexicon)
{
	size_t count;
	const struct ground *ground = policy_ground(policy, &count);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		json_t *ask = json_pack("{s:s,s:b}", "sentence", ground[i].sentence, "each", ground[i].per_recipient);
		const char *phrases = phrases_digest(arena, lexicon, ground[i].families, PREDICATE_SLOTS);
		if (phrases != NULL)
			json_object_set_new(ask, "phrases", json_string(phrases));
		json_array_append_new(list, ask);
	}
	return list;
}

const char *rulebook_write(struct arena *arena, const struct policy *policy, const struct lexicon *lexicon)
{
	json_t *rules = json_array();
	for (size_t i = 0; i < policy_count(policy); i++)
		if (policy_at(policy, i)->mode != MODE_OFF && policy_at(policy, i)->kept != KEPT_NOTHING)
			json_array_append_new(rules, rule_json(policy_at(policy, i)));
	json_t *book = json_pack("{s:i,s:s,s:s,s:s,s:o,s:o}", "v", 2, "policy", policy_digest(policy),
				 "unknown", unknown_words[policy_unknown(policy)], "reading", reading_digest(arena, lexicon), "rules", rules, "asks",
				 asks_json(arena, policy, lexicon));
	char *dump = json_dumps(book, JSON_COMPACT);
	const char *kept = arena_string(arena, memory_must(dump));
	free(dump);
	json_decref(book);
	return kept;
}

static void digest_conditions(struct digest *digest, struct arena *arena, const struct condition *const *conditions, const struct lexicon *lexicon,
			      bool *reads_out)
{
	for (; conditions != NULL && *conditions != NULL; conditions++)
		for (size_t i = 0; i < (*conditions)->count; i++)
			for (size_t k = 0; k < (*conditions)->alternatives[i].count; k++) {
				const struct term *term = &(*conditions)->alternatives[i].terms[k];
				*reads_out |= predicate_reads_text(term->predicate);
				for (size_t slot = 0; slot < PREDICATE_SLOTS; slot++)
					if (term->arguments[slot].word != NULL && lexicon_has(lexicon, term->arguments[slot].word))
						digest_add_field(digest, bytes_of(phrases_digest(arena, lexicon, &term->arguments[slot].word, 1)));
			}
}

const char *rulebook_rule_digest(struct arena *arena, const struct rule *rule, const struct lexicon *lexicon)
{
	bool reads = false;
	struct digest digest;
	digest_begin(&digest);
	json_t *json = rule_json(rule);
	char *dump = memory_must(json_dumps(json, JSON_COMPACT));
	digest_add_field(&digest, bytes_of(dump));
	free(dump);
	json_decref(json);
	for (enum asked_part part = 0; part < ASKED_PARTS; part++)
		digest_conditions(&digest, arena, rule_conditions(rule, part), lexicon, &reads);
	if (reads)
		digest_add_field(&digest, bytes_of(reading_digest(arena, lexicon)));
	return digest_end(&digest, arena);
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text == NULL ? "" : text;
}

/* The index of a word in a list that ends in NULL, or after `most`; -1 when it is none of them. */
static int word_of(const char *const *words, size_t most, const char *word)
{
	for (size_t i = 0; i < most && words[i] != NULL; i++)
		if (strcmp(words[i], word) == 0)
			return (int)i;
	return -1;
}

/* The conditions of one part of a rule. */
static bool read_part(struct arena *arena, const json_t *questions, const char *part, const struct condition *const **out, struct error *err)
{
	size_t count = json_array_size(questions), kept = 0;
	const struct condition **conditions = arena_array(arena, count + 1, sizeof *conditions);
	for (size_t i = 0; i < count; i++) {
		const json_t *question = json_array_get(questions, i);
		if (strcmp(text_of(question, "part"), part) == 0 &&
		    !condition_parse(arena, text_of(question, "sentence"), NULL, &conditions[kept++], err))
			return false;
	}
	*out = conditions;
	return true;
}

static bool read_rule(struct rulebook *book, const json_t *json, struct error *err)
{
	struct arena *arena = book->arena;
	const json_t *questions = json_object_get(json, "questions");
	int action = word_of(action_words, ACTION_COUNT, text_of(json, "action")), otherwise = word_of(action_words, ACTION_COUNT, text_of(json, "otherwise"));
	int fallback = word_of(fallback_words, 3, text_of(json, "fallback")), mode = word_of(mode_words, 4, text_of(json, "mode"));
	if (action < 0 || otherwise < 0 || fallback < 0 || mode < 0)
		return error_set(err, ERROR_INPUT, "rule \"%s\" of then says what this version does not know", text_of(json, "id"));
	struct rule rule = {
		.id = arena_string(arena, text_of(json, "id")),
		.clause = arena_string(arena, text_of(json, "clause")),
		.action = (enum action)action,
		.otherwise = (enum action)otherwise,
		.most = ACTION_RETURN, /* what is written down was capped then */
		.fallback = (enum fallback)fallback,
		.mode = (enum mode)mode,
		.also = (unsigned)json_integer_value(json_object_get(json, "also")),
		.whole_message = json_is_true(json_object_get(json, "whole_message")),
		.otherwise_counted = json_is_true(json_object_get(json, "otherwise_counted")),
		.discreet = json_is_true(json_object_get(json, "discreet")),
		.says_en = "-",
		.file = "rulebook",
	};
	if (!read_part(arena, questions, part_words[ASKED_WHEN], &rule.when, err) || !read_part(arena, questions, part_words[ASKED_UNLESS], &rule.unless, err) ||
	    !read_part(arena, questions, part_words[ASKED_PROVIDED], &rule.provided, err) ||
	    !read_part(arena, questions, part_words[ASKED_OTHERWISE], &rule.otherwise_provided, err) ||
	    !read_part(arena, questions, part_words[ASKED_ALSO], &rule.also_provided, err))
		return error_context(err, "rule \"%s\" of then", rule.id);
	policy_take(book->policy, &rule);
	return true;
}

static void read_asks(struct rulebook *book, const json_t *list)
{
	struct asked_sentence *asks = arena_array(book->arena, json_array_size(list) + 1, sizeof *asks);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *ask = json_array_get(list, i);
		const char *phrases = json_string_value(json_object_get(ask, "phrases"));
		bool each = json_is_true(json_object_get(ask, "each"));
		asks[book->ask_count++] = (struct asked_sentence){ arena_string(book->arena, text_of(ask, "sentence")), arena_string(book->arena, phrases), each,
								   each ? book->each_count++ : book->once_count++ };
	}
	book->asks = asks;
}

static bool read_book(struct rulebook *book, const json_t *json, struct error *err)
{
	if (json_integer_value(json_object_get(json, "v")) != 2)
		return error_set(err, ERROR_INPUT, "the rules of then were kept by an earlier version, for `copyhold why` alone");
	int unknown = word_of(unknown_words, 3, text_of(json, "unknown"));
	if (unknown < 0)
		return error_set(err, ERROR_INPUT, "the rules of then are damaged");
	book->policy_digest = arena_string(book->arena, text_of(json, "policy"));
	book->reading = arena_string(book->arena, text_of(json, "reading"));
	const json_t *rules = json_object_get(json, "rules");
	for (size_t i = 0; i < json_array_size(rules); i++)
		if (!read_rule(book, json_array_get(rules, i), err))
			return false;
	read_asks(book, json_object_get(json, "asks"));
	return policy_finish(book->policy, -1, (enum unknown_means)unknown, err);
}

bool rulebook_read(const char *text, struct rulebook **out, struct error *err)
{
	struct policy *policy = policy_new();
	struct rulebook *book = arena_alloc(policy_arena(policy), sizeof *book);
	book->arena = policy_arena(policy);
	book->policy = policy;
	json_t *json = json_loads(text, 0, NULL);
	bool good = read_book(book, json, err);
	json_decref(json);
	if (good)
		*out = book;
	else
		policy_free(&policy);
	return good;
}

void rulebook_free(struct rulebook **rulebook)
{
	if (*rulebook == NULL)
		return;
	struct policy *policy = (*rulebook)->policy; /* which the book itself is in */
	*rulebook = NULL;
	policy_free(&policy);
}

/* ---- what it can be asked ----------------------------------------------------------------------------------- */

const char *unheard_sentence(enum unheard_why why)
{
	static const char *const words[] = {
		[HEARD] = "answered only where it mattered then",
		[UNHEARD_SENTENCE] = "nobody asked it then",
		[UNHEARD_PHRASES] = "the phrases it asks about were others then",
		[UNHEARD_READING] = "markings, signatures or boilerplate were told by other phrases then",
	};
	return words[why];
}

static const struct asked_sentence *find_ask(const struct rulebook *book, const char *sentence)
{
	for (size_t i = 0; i < book->ask_count; i++)
		if (strcmp(book->asks[i].sentence, sentence) == 0)
			return &book->asks[i];
	return NULL;
}

static enum unheard_why why_unheard(struct arena *arena, const struct asked_sentence *ask, const struct ground *ground, const struct lexicon *lexicon,
				    bool same_reading)
{
	if (ask == NULL || ask->per_recipient != ground->per_recipient)
		return UNHEARD_SENTENCE;
	if (lexicon == NULL)
		return HEARD;
	const char *phrases = phrases_digest(arena, lexicon, ground->families, PREDICATE_SLOTS);
	if (phrases != NULL && (ask->phrases == NULL || strcmp(ask->phrases, phrases) != 0))
		return UNHEARD_PHRASES;
	return ground->reads && !same_reading ? UNHEARD_READING : HEARD;
}

const size_t *rulebook_places(struct arena *arena, const struct rulebook *rulebook, const struct policy *policy, const struct lexicon *lexicon,
			      const enum unheard_why **why_out)
{
	size_t count;
	const struct ground *ground = policy_ground(policy, &count);
	size_t *places = arena_array(arena, count + 1, sizeof *places);
	enum unheard_why *why = arena_array(arena, count + 1, sizeof *why);
	bool same_reading = lexicon == NULL || strcmp(rulebook->reading, reading_digest(arena, lexicon)) == 0;
	for (size_t i = 0; i < count; i++) {
		const struct asked_sentence *ask = find_ask(rulebook, ground[i].sentence);
		why[i] = why_unheard(arena, ask, &ground[i], lexicon, same_reading);
		places[i] = why[i] == HEARD ? ask->place : NO_PLACE;
	}
	*why_out = why;
	return places;
}
