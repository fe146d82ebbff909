/* lint_clauses.c - whether a pack's rules cite clauses that its documents have, and its lists name rules that the pack has.
 *
 * A list divides a document more finely than a notice cites it: "7.9, first sentence" is listed, "Member/Officer Protocol, 7.9" is
 * cited. So a citation is good when each number in it is one of a listed clause whose other words, up to one of its commas, are in the
 * citation, too; one without numbers, when it has all words of such a beginning.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lint_clauses.h"

#include <string.h>

#include "base/unicode.h"
#include "gateway/snapshot.h"
#include "policy/clauses.h"

struct words {
	const char **items;
	size_t count;
};

static bool is_number(const char *word)
{
	return word[0] >= '0' && word[0] <= '9';
}

/* Words that say nothing of the place. */
static bool is_idle(const char *word)
{
	static const char *const idle[] = { "and", "of", "the", "to", "paragraph", "paragraphs", NULL };
	for (const char *const *one = idle; *one != NULL; one++)
		if (strcmp(*one, word) == 0)
			return true;
	return false;
}

static struct words words_of(struct arena *arena, struct bytes text)
{
	static const char between[] = " ,;:/()'";
	struct words words = { NULL, 0 };
	for (char *from = unicode_key(arena, text); *from != '\0';) {
		size_t length = strcspn(from, between);
		const char *word = arena_string_of(arena, (struct bytes){ from, length });
		if (length > 0 && !is_idle(word))
			*ARENA_PUSH(arena, words.items, words.count) = word;
		from += length + (from[length] != '\0');
	}
	return words;
}

static bool has(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->items[i], word) == 0)
			return true;
	return false;
}

/* The listed place is meant, as far as words tell; number NULL: for a citation without numbers. */
static bool is_meant(const struct words *place, const struct words *cited, const char *number)
{
	size_t names = 0;
	for (size_t i = 0; i < place->count; i++) {
		if (is_number(place->items[i]))
			continue;
		if (!has(cited, place->items[i]))
			return false;
		names++;
	}
	return number == NULL ? names > 0 : has(place, number);
}

static bool clause_fits(struct arena *arena, const char *clause, const struct words *cited, const char *number)
{
	for (const char *end = clause; *end != '\0';) {
		end += *end == ',';
		end += strcspn(end, ",");
		struct words place = words_of(arena, (struct bytes){ clause, (size_t)(end - clause) });
		if (is_meant(&place, cited, number))
			return true;
	}
	return false;
}

static bool some_clause_fits(struct arena *arena, const struct clause_list *list, const struct words *cited, const char *number)
{
	for (size_t i = 0; i < list->document_count; i++)
		for (size_t j = 0; j < list->documents[i].clause_count; j++)
			if (clause_fits(arena, list->documents[i].clauses[j].clause, cited, number))
				return true;
	return false;
}

static bool is_cited_well(struct arena *arena, const struct clause_list *list, const char *citation)
{
	struct words cited = words_of(arena, bytes_of(citation));
	bool numbered = false, good = true;
	for (size_t i = 0; i < cited.count; i++) {
		if (!is_number(cited.items[i]))
			continue;
		numbered = true;
		good &= some_clause_fits(arena, list, &cited, cited.items[i]);
	}
	return numbered ? good : some_clause_fits(arena, list, &cited, NULL);
}

static void check_citations(struct arena *arena, const struct pack *pack, const struct clause_list *list, struct findings *found)
{
	for (size_t i = 0; i < pack->rule_count; i++) {
		const struct pack_rule *rule = &pack->rules[i];
		if (rule->id == NULL || rule->clause == NULL || clauses_exempt(list, rule->id) != NULL || is_cited_well(arena, list, rule->clause))
			continue;
		findings_add(found, &gateway_classes[GATEWAY_CLAUSE_UNKNOWN], pack->path, rule->line,
			     "rule \"%s\" cites \"%s\", and no document of the pack %s has such a clause", rule->id, rule->clause, pack->name);
	}
}

static void check_names(const struct pack *pack, const struct string_list *rules, const char *what, const struct settings_node *node,
			struct findings *found)
{
	for (size_t i = 0; i < rules->count; i++) {
		bool there = false;
		for (size_t k = 0; k < pack->rule_count; k++)
			there |= pack->rules[k].id != NULL && strcmp(pack->rules[k].id, rules->items[i]) == 0;
		if (!there)
			findings_add(found, &gateway_classes[GATEWAY_CLAUSE_LIST], settings_file_of(node), rules->lines[i],
				     "%s names the rule %s, which the pack %s does not have", what, rules->items[i], pack->name);
	}
}

static void check_list(struct arena *arena, const struct pack *pack, const struct clause_list *list, struct findings *found)
{
	for (size_t i = 0; i < list->document_count; i++)
		for (size_t j = 0; j < list->documents[i].clause_count; j++) {
			const struct clause *clause = &list->documents[i].clauses[j];
			check_names(pack, &clause->rules, arena_printf(arena, "clause \"%s\"", clause->clause), clause->node, found);
		}
	for (size_t i = 0; i < list->exempt_count; i++)
		check_names(pack, &list->exempt[i].rules, "without_clause", list->exempt[i].node, found);
}

static void check_pack(struct arena *arena, const struct pack *pack, struct findings *found)
{
	struct settings_file **files = arena_array(arena, pack->clauses.count, sizeof *files);
	struct clause_list list = { 0 };
	struct error err = ERROR_INIT;
	size_t open = 0;
	bool good = true;
	while (good && open < pack->clauses.count) {
		good = settings_open(pack->clauses.items[open], &files[open], &err);
		if (good)
			good = clauses_read(arena, settings_root(files[open++]), &list, &err);
	}
	if (!good) {
		findings_add_error(found, &gateway_classes[GATEWAY_CLAUSE_LIST], pack->path, error_text(&err));
		found->items[found->count - 1].error = false; /* no message is judged by it */
	} else {
		check_list(arena, pack, &list, found);
	}
	if (good && list.document_count > 0)
		check_citations(arena, pack, &list, found);
	while (open > 0)
		settings_close(&files[--open]);
	error_release(&err);
}

void lint_clauses(const struct snapshot *snapshot, struct arena *arena, struct findings *found)
{
	for (size_t i = 0; i < snapshot->pack_count; i++)
		check_pack(arena, &snapshot->packs[i], found);
}
