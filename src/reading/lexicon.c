/* lexicon.c - see lexicon.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lexicon_parts.h"

#include <stdlib.h>
#include <string.h>

#include "reading/phrase_fill.h"

struct lexicon *lexicon_new(void)
{
	struct lexicon *lexicon = memory_must(calloc(1, sizeof *lexicon));
	lexicon->family_names = memory_must(calloc(1, sizeof *lexicon->family_names));
	lexicon->stock = stock_new();
	lexicon->labels = label_map_new();
	lexicon->known = known_new();
	return lexicon;
}

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		free(names->items[i]);
		free(names->places[i]);
	}
	free(names->items);
	free(names->places);
}

static void forget_waiting(struct lexicon *lexicon)
{
	for (size_t i = 0; i < lexicon->waiting_count; i++) {
		free(lexicon->waiting[i].phrase);
		free(lexicon->waiting[i].where);
	}
	free(lexicon->waiting);
	lexicon->waiting = NULL;
	lexicon->waiting_count = 0;
}

void lexicon_free(struct lexicon **lexicon)
{
	if (*lexicon == NULL)
		return;
	for (size_t i = 0; i < (*lexicon)->count; i++) {
		struct family *family = (*lexicon)->families[i];
		for (size_t k = 0; k < family->pattern_count + family->muted_count; k++)
			pattern_free(&family->patterns[k]);
		free(family->patterns);
		names_release(&family->sources);
		names_release(&family->unless);
		names_release(&family->unless_before);
		names_release(&family->unless_in_clause);
		free(family->name);
		free(family);
	}
	forget_waiting(*lexicon);
	free((*lexicon)->families);
	free((*lexicon)->family_names);
	stock_free(&(*lexicon)->stock);
	label_map_free(&(*lexicon)->labels);
	known_free(&(*lexicon)->known);
	sieve_free(&(*lexicon)->sieve);
	free(*lexicon);
	*lexicon = NULL;
}

const struct stock *lexicon_stock(const struct lexicon *lexicon)
{
	return lexicon->stock;
}

const struct known *lexicon_known(const struct lexicon *lexicon)
{
	return lexicon->known;
}

bool lexicon_learn(struct lexicon *lexicon, const char *name, struct bytes content, struct error *err)
{
	return known_read(lexicon->known, name, content, err);
}

static struct family *find_family(const struct lexicon *lexicon, const char *name, size_t *place_out)
{
	size_t low = 0, high = lexicon->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(lexicon->families[middle]->name, name);
		if (order == 0)
			return lexicon->families[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (place_out != NULL)
		*place_out = low;
	return NULL;
}

struct family *lexicon_family_named(const struct lexicon *lexicon, const char *name)
{
	return find_family(lexicon, name, NULL);
}

static struct family *need_family(struct lexicon *lexicon, const char *name)
{
	size_t place;
	struct family *family = find_family(lexicon, name, &place);
	if (family != NULL)
		return family;
	size_t tail = lexicon->count - place;
	lexicon->families = memory_must(reallocarray(lexicon->families, lexicon->count + 1, sizeof *lexicon->families));
	lexicon->family_names = memory_must(reallocarray(lexicon->family_names, lexicon->count + 2, sizeof *lexicon->family_names));
	memmove(&lexicon->families[place + 1], &lexicon->families[place], tail * sizeof *lexicon->families);
	memmove(&lexicon->family_names[place + 1], &lexicon->family_names[place], (tail + 1) * sizeof *lexicon->family_names);
	family = memory_must(calloc(1, sizeof *family));
	family->name = memory_must(strdup(name));
	lexicon->families[place] = family;
	lexicon->family_names[place] = family->name;
	lexicon->count++;
	lexicon->family_names[lexicon->count] = NULL;
	return family;
}

/* FILE:LINE, for complaints that come when the file is closed. */
static char *place_of(const struct settings_node *node)
{
	struct text place = TEXT_INIT;
	text_printf(&place, "%s:%d", settings_file_of(node), settings_line(node));
	char *copy = memory_must(strdup(text_string(&place)));
	text_release(&place);
	return copy;
}

/* Takes `place` over. */
static void add_name(struct names *names, const char *name, char *place)
{
	names->items = memory_must(reallocarray(names->items, names->count + 2, sizeof *names->items));
	names->places = memory_must(reallocarray(names->places, names->count + 1, sizeof *names->places));
	names->places[names->count] = place;
	names->items[names->count++] = memory_must(strdup(name));
	names->items[names->count] = NULL;
}

static void add_names(struct names *names, const struct settings_node *group, const char *key, const struct string_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		add_name(names, list->items[i], place_of(settings_item(settings_find(group, key), i)));
}

static void push_pattern(struct family *family, struct pattern *pattern)
{
	family->patterns = memory_must(reallocarray(family->patterns, family->pattern_count + 1, sizeof *family->patterns));
	family->patterns[family->pattern_count++] = pattern;
}

static bool add_pattern(struct family *family, const char *phrase, struct error *err)
{
	struct pattern *pattern = NULL;
	if (!pattern_compile(phrase, &pattern, err))
		return false;
	push_pattern(family, pattern);
	return true;
}

static void let_wait(struct lexicon *lexicon, struct family *family, const struct settings_node *node, const char *phrase)
{
	lexicon->waiting = memory_must(reallocarray(lexicon->waiting, lexicon->waiting_count + 1, sizeof *lexicon->waiting));
	lexicon->waiting[lexicon->waiting_count++] = (struct waiting){
		.family = family, .index = family->pattern_count, .phrase = memory_must(strdup(phrase)), .where = place_of(node),
	};
	push_pattern(family, NULL);
}

static bool add_phrases(struct lexicon *lexicon, struct family *family, const struct settings_node *node,
			const struct string_list *phrases, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < phrases->count; i++) {
		struct error why = ERROR_INIT;
		add_name(&family->sources, phrases->items[i], place_of(settings_item(node, i)));
		if (phrase_has_family(phrases->items[i])) {
			let_wait(lexicon, family, settings_item(node, i), phrases->items[i]);
			continue;
		}
		if (!add_pattern(family, phrases->items[i], &why)) {
			good = settings_complain(settings_item(node, i), err, "%s", error_text(&why));
			error_release(&why);
			if (!error_gathered(err))
				return false;
		}
	}
	return good;
}

struct family_settings {
	struct string_list any, unless, unless_before, unless_in_clause;
};

static const struct setting_row family_rows[] = {
	{ .key = "any", .type = SETTING_STRINGS, .offset = offsetof(struct family_settings, any), .required = true,
	  .meaning = "phrases, one of which is enough" },
	{ .key = "unless", .type = SETTING_STRINGS, .offset = offsetof(struct family_settings, unless),
	  .meaning = "families that take the meaning away anywhere in the same sentence" },
	{ .key = "unless_before", .type = SETTING_STRINGS, .offset = offsetof(struct family_settings, unless_before),
	  .meaning = "families that take the meaning away when they stand at most six words before" },
	{ .key = "unless_in_clause", .type = SETTING_STRINGS, .offset = offsetof(struct family_settings, unless_in_clause),
	  .meaning = "the same, but not across a comma or dash behind which a new subject or \"but\" begins" },
};

static bool add_family(struct lexicon *lexicon, const struct settings_node *node, struct arena *arena, struct error *err)
{
	struct family *family = need_family(lexicon, settings_name(node));
	struct family_settings settings = { 0 };
	if (!settings_is_group(node))
		return settings_strings(node, arena, &settings.any, err) && add_phrases(lexicon, family, node, &settings.any, err);
	if (!settings_fill(node, family_rows, sizeof family_rows / sizeof *family_rows, arena, &settings, err))
		return false;
	add_names(&family->unless, node, "unless", &settings.unless);
	add_names(&family->unless_before, node, "unless_before", &settings.unless_before);
	add_names(&family->unless_in_clause, node, "unless_in_clause", &settings.unless_in_clause);
	return add_phrases(lexicon, family, settings_find(node, "any"), &settings.any, err);
}

bool lexicon_add(struct lexicon *lexicon, const struct settings_node *phrases, struct error *err)
{
	if (!settings_is_group(phrases))
		return settings_complain(phrases, err, "\"phrases\" is a group of families: phrases = { name = { any = ( ... ); }; };");
	stock_use_sieve(lexicon->stock, NULL, 0); /* it does not know what is added */
	sieve_free(&lexicon->sieve);
	struct arena *arena = arena_new();
	bool good = true;
	for (size_t i = 0; i < settings_count(phrases); i++) {
		if (add_family(lexicon, settings_at(phrases, i), arena, err))
			continue;
		good = false;
		if (!error_gathered(err))
			break;
	}
	arena_free(&arena);
	return good;
}

static const char *const none[] = { NULL };

static const char *const *list_of(const struct names *names)
{
	return names->count == 0 ? none : (const char *const *)names->items;
}

bool lexicon_family_of(const struct lexicon *lexicon, struct arena *arena, const char *name, struct lexicon_family *out)
{
	const struct family *family = find_family(lexicon, name, NULL);
	if (family == NULL)
		return false;
	const char **phrases = arena_array(arena, family->pattern_count + 1, sizeof *phrases);
	for (size_t i = 0; i < family->pattern_count; i++)
		phrases[i] = pattern_source(family->patterns[i]);
	*out = (struct lexicon_family){ family->name, phrases, list_of(&family->unless), list_of(&family->unless_before),
					list_of(&family->unless_in_clause) };
	return true;
}

static void take_names(struct names *names, const char *const *list)
{
	for (; *list != NULL; list++)
		add_name(names, *list, NULL);
}

bool lexicon_take(struct lexicon *lexicon, const struct lexicon_family *told, struct error *err)
{
	struct family *family = need_family(lexicon, told->name);
	for (const char *const *phrase = told->phrases; *phrase != NULL; phrase++)
		if (!add_pattern(family, *phrase, err))
			return false;
	take_names(&family->unless, told->unless);
	take_names(&family->unless_before, told->unless_before);
	take_names(&family->unless_in_clause, told->unless_in_clause);
	return true;
}

bool lexicon_take_text(struct lexicon *lexicon, const char *text, struct error *err)
{
	return known_add(lexicon->known, bytes_of(text)) || error_set(err, ERROR_INPUT, "a known text is too short");
}

void lexicon_limit(struct lexicon *lexicon, const char *const *only)
{
	lexicon->only = only;
}

static bool check_names(const struct lexicon *lexicon, const struct family *family, const struct names *names, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < names->count; i++) {
		if (find_family(lexicon, names->items[i], NULL) != NULL)
			continue;
		const char *close = settings_suggest(names->items[i], lexicon->family_names);
		good = error_set(err, ERROR_SETTINGS, "%s: phrases.%s: there is no family \"%s\"%s%s%s", names->places[i] == NULL ? "the phrases" : names->places[i], family->name,
				 names->items[i], close == NULL ? "" : "; did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?");
		if (!error_gathered(err))
			return false;
	}
	return good;
}

/* A label's name as a phrase: the same words, any blanks. */
static void add_label_phrase(struct lexicon *lexicon, const struct label *label)
{
	struct text phrase = TEXT_INIT;
	struct error err = ERROR_INIT;
	struct family *family = need_family(lexicon, label->marks ? "marking-line" : "marking-open");
	label_phrase(label, &phrase);
	add_name(&family->sources, text_string(&phrase), NULL);
	if (!add_pattern(family, text_string(&phrase), &err))
		abort(); /* nothing but words and quoted marks */
	text_release(&phrase);
}

void lexicon_add_label(struct lexicon *lexicon, const struct label *label)
{
	stock_use_sieve(lexicon->stock, NULL, 0);
	sieve_free(&lexicon->sieve);
	label_map_add(lexicon->labels, label);
	if (label->name != NULL)
		add_label_phrase(lexicon, label);
}

bool lexicon_add_labels(struct lexicon *lexicon, const struct settings_node *labels, struct error *err)
{
	struct arena *arena = arena_new();
	bool good = true;
	for (size_t i = 0; i < settings_count(labels); i++) {
		struct label label;
		if (label_read(arena, lexicon->labels, settings_at(labels, i), &label, err)) {
			lexicon_add_label(lexicon, &label);
			continue;
		}
		good = false;
		if (!error_gathered(err))
			break;
	}
	arena_free(&arena);
	return good;
}

const struct label_map *lexicon_labels(const struct lexicon *lexicon)
{
	return lexicon->labels;
}

/* Numbers the patterns: family by family, then the stock. */
static void build_sieve(struct lexicon *lexicon)
{
	size_t count = 0, stock_count;
	const struct pattern **all = stock_patterns(lexicon->stock, &stock_count);
	for (size_t i = 0; i < lexicon->count; i++)
		count += lexicon->families[i]->pattern_count;
	all = memory_must(reallocarray(all, count + stock_count, sizeof *all));
	memmove(all + count, all, stock_count * sizeof *all);
	count = 0;
	for (size_t i = 0; i < lexicon->count; i++) {
		struct family *family = lexicon->families[i];
		family->first = count;
		for (size_t k = 0; k < family->pattern_count; k++)
			all[count++] = family->patterns[k];
	}
	sieve_free(&lexicon->sieve);
	lexicon->sieve = sieve_new(all, count + stock_count);
	stock_use_sieve(lexicon->stock, lexicon->sieve, count);
	free(all);
}

static const char *const *phrases_of(const void *keeper, const char *name)
{
	struct family *family = find_family(keeper, name, NULL);
	if (family == NULL)
		return NULL;
	family->fills = true;
	return (const char *const *)family->sources.items;
}

static bool compile_waiting(const struct lexicon *lexicon, const struct waiting *waiting, struct error *err)
{
	const struct phrase_families families = { .keeper = lexicon, .phrases = phrases_of, .names = lexicon->family_names };
	struct text filled = TEXT_INIT;
	bool good = phrase_fill(&families, waiting->phrase, &filled, err) &&
		    pattern_compile(text_string(&filled), &waiting->family->patterns[waiting->index], err);
	text_release(&filled);
	return good || error_context(err, "%s", waiting->where);
}

bool lexicon_check(struct lexicon *lexicon, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < lexicon->waiting_count; i++) {
		good &= compile_waiting(lexicon, &lexicon->waiting[i], err);
		if (!good && !error_gathered(err))
			return false;
	}
	forget_waiting(lexicon);
	for (size_t i = 0; i < lexicon->count; i++) {
		const struct family *family = lexicon->families[i];
		const struct names *const lists[] = { &family->unless, &family->unless_before, &family->unless_in_clause };
		for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
			good &= check_names(lexicon, family, lists[k], err);
			if (!good && !error_gathered(err))
				return false;
		}
	}
	if (!good)
		return false;
	known_seal(lexicon->known);
	build_sieve(lexicon);
	return true;
}

void lexicon_make_ready(const struct lexicon *lexicon)
{
	size_t count;
	const struct pattern **stock = stock_patterns(lexicon->stock, &count);
	for (size_t i = 0; i < count; i++)
		pattern_make_ready(stock[i]);
	free(stock);
	for (size_t i = 0; i < lexicon->count; i++)
		for (size_t k = 0; k < lexicon->families[i]->pattern_count; k++)
			pattern_make_ready(lexicon->families[i]->patterns[k]);
}

const struct sieve *lexicon_sieve(const struct lexicon *lexicon)
{
	return lexicon->sieve;
}

bool lexicon_range(const struct lexicon *lexicon, const char *name, size_t *first_out, size_t *behind_out)
{
	const struct family *family = find_family(lexicon, name, NULL);
	if (family == NULL)
		return false;
	*first_out = family->first;
	*behind_out = family->first + family->pattern_count;
	return true;
}

bool lexicon_has(const struct lexicon *lexicon, const char *family)
{
	return find_family(lexicon, family, NULL) != NULL;
}

const char *const *lexicon_families(const struct lexicon *lexicon)
{
	return lexicon->family_names;
}

void lexicon_mute(struct lexicon *lexicon, const char *name)
{
	for (size_t i = 0; i < lexicon->count; i++) {
		struct family *family = lexicon->families[i];
		family->pattern_count += family->muted_count;
		family->muted_count = 0;
		if (name != NULL && strcmp(family->name, name) == 0) {
			family->muted_count = family->pattern_count;
			family->pattern_count = 0;
		}
	}
}

bool lexicon_fills_others(const struct lexicon *lexicon, const char *name)
{
	const struct family *family = find_family(lexicon, name, NULL);
	return family != NULL && family->fills;
}
