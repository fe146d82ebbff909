/* conditions.c - lists of conditions, and the terms in them: what both are, whoever asks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/condition.h"

#include <string.h>

#include "base/text.h"

static bool same_word(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

bool term_is_same(const struct term *a, const struct term *b)
{
	bool same = a->key == b->key && a->predicate == b->predicate;
	for (size_t i = 0; same && i < PREDICATE_SLOTS; i++)
		same = same_word(a->arguments[i].word, b->arguments[i].word);
	return same;
}

bool term_has_slot(const struct term *term, size_t index, const char *slot)
{
	const char *at = strchr(term->predicate->sentence, '{');
	for (; index > 0 && at != NULL; index--)
		at = strchr(at + 1, '{');
	return at != NULL && strncmp(at, slot, strlen(slot)) == 0;
}

const char *term_sentence(struct arena *arena, const struct term *term)
{
	struct text out = TEXT_INIT;
	const char *at = term->predicate->sentence;
	for (size_t slot = 0; slot < PREDICATE_SLOTS && strchr(at, '{') != NULL; slot++) {
		const char *word = term->arguments[slot].word;
		text_add_bytes(&out, (struct bytes){ at, strcspn(at, "{") });
		text_add(&out, word == NULL ? "" : word);
		at = strchr(at, '}') + 1;
	}
	text_add(&out, at);
	return text_to_arena(&out, arena).data;
}

size_t conditions_count(const struct condition *const *conditions)
{
	size_t count = 0;
	while (conditions != NULL && conditions[count] != NULL)
		count++;
	return count;
}

void conditions_each_term(const struct condition *const *conditions, term_visitor *visit, void *context)
{
	for (; conditions != NULL && *conditions != NULL; conditions++)
		for (size_t i = 0; i < (*conditions)->count; i++)
			for (size_t k = 0; k < (*conditions)->alternatives[i].count; k++)
				visit(context, *conditions, &(*conditions)->alternatives[i].terms[k]);
}

bool condition_read(struct arena *arena, const struct settings_node *node, const char *written, const struct lexicon *lexicon,
		    const struct condition **out, struct error *err)
{
	struct error problem = ERROR_INIT;
	const struct condition *parsed;
	if (!condition_parse(arena, written, lexicon, &parsed, &problem)) {
		settings_complain(node, err, "%s", error_text(&problem));
		error_release(&problem);
		return false;
	}
	struct condition *placed = arena_alloc(arena, sizeof *placed);
	*placed = *parsed;
	placed->file = arena_string(arena, settings_file_of(node));
	placed->line = settings_line(node);
	*out = placed;
	return true;
}

static bool read_whole(struct arena *arena, const struct settings_node *node, const char *sentence, const struct lexicon *lexicon, const char *what,
		       const struct condition **out, struct error *err)
{
	return condition_read(arena, node, sentence, lexicon, out, err) &&
	       (!(*out)->per_recipient || settings_complain(node, err, "%s whole: \"%s\" speaks of one recipient", what, sentence));
}

bool conditions_read_whole(struct arena *arena, const struct settings_node *node, const struct string_list *sentences,
			   const struct lexicon *lexicon, const char *what, const struct condition *const **out, struct error *err)
{
	const struct condition **conditions = arena_array(arena, sentences->count + 1, sizeof *conditions);
	bool good = true;
	for (size_t i = 0; i < sentences->count; i++) {
		good &= read_whole(arena, settings_item(node, i), sentences->items[i], lexicon, what, &conditions[i], err);
		if (!good && !error_gathered(err))
			return false;
	}
	if (good)
		*out = conditions;
	return good;
}

enum answer conditions_hold(const struct condition *const *conditions, const struct question *about, struct memo_list *memos)
{
	enum answer all = conditions == NULL || conditions[0] == NULL ? NO : YES;
	for (size_t i = 0; all != NO && conditions[i] != NULL; i++) {
		struct question question = *about;
		bool by_exemption;
		all = answer_and(all, condition_ask(conditions[i], &question, memos, &by_exemption));
	}
	return all;
}
