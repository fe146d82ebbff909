/* coverage.c - holding a pack's rules against the clauses of its documents, and both against the documents' own words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/file.h"
#include "cli/coverage.h"

#define TEXT_MOST ((size_t)4 << 20)

static void complain(struct coverage *coverage, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void complain(struct coverage *coverage, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	*ARENA_PUSH(coverage->arena, coverage->problems, coverage->problem_count) = arena_vprintf(coverage->arena, format, args);
	va_end(args);
}

static const struct rule *rule_in_force(const struct snapshot *snapshot, const char *id)
{
	for (size_t i = 0; i < policy_count(snapshot->policy); i++)
		if (strcmp(policy_at(snapshot->policy, i)->id, id) == 0)
			return policy_at(snapshot->policy, i);
	return NULL;
}

const struct rule *coverage_rule(const struct coverage *coverage, const char *id)
{
	for (size_t i = 0; i < coverage->pack->rule_count; i++)
		if (strcmp(coverage->pack->rules[i].id, id) == 0)
			return rule_in_force(coverage->snapshot, id);
	return NULL;
}

bool coverage_wants(const struct coverage *coverage, const struct clause_document *document)
{
	return coverage->flags->document == NULL || strcmp(coverage->flags->document, document->name) == 0;
}

bool coverage_is_open(const struct coverage *coverage, const struct clause *clause)
{
	for (size_t i = 0; i < clause->rules.count; i++)
		if (coverage_rule(coverage, clause->rules.items[i]) != NULL)
			return false;
	return clause->rules.count > 0 || clause->no_rule == NULL;
}

static void examine_clause(struct coverage *coverage, const struct clause_document *document, const struct clause *clause, const char *plain)
{
	const char *file = settings_file_of(clause->node);
	int line = settings_line(clause->node);
	for (size_t i = 0; i < clause->rules.count; i++)
		if (coverage_rule(coverage, clause->rules.items[i]) == NULL)
			complain(coverage, "%s:%d: clause \"%s\" of %s is to be served by the rule %s, which the pack %s does not have", file, line,
				 clause->clause, document->name, clause->rules.items[i], coverage->pack->name);
	if (clause->rules.count == 0 && clause->no_rule == NULL)
		complain(coverage, "%s:%d: clause \"%s\" of %s has no rule, and nothing says why", file, line, clause->clause, document->name);
	if (plain != NULL && !clauses_stand_in(coverage->arena, plain, clause->says))
		complain(coverage, "%s:%d: clause \"%s\": %s does not say \"%s\"", file, line, clause->clause, document->title, clause->says);
}

const char *coverage_text(const struct coverage *coverage, const struct clause_document *document)
{
	const struct option_values *texts = &coverage->flags->texts;
	size_t length = strlen(document->name);
	for (size_t i = texts->count; i-- > 0;)
		if (strncmp(texts->items[i], document->name, length) == 0 && texts->items[i][length] == '=')
			return texts->items[i] + length + 1;
	return NULL;
}

/* The document's text made comparable; NULL when none is given. */
static bool text_of(const struct coverage *coverage, const struct clause_document *document, const char **out, struct error *err)
{
	const char *path = coverage_text(coverage, document);
	struct bytes text;
	*out = NULL;
	if (path == NULL)
		return true;
	if (!file_read(coverage->arena, path, TEXT_MOST, ERROR_INPUT, &text, err))
		return false;
	*out = clauses_plain(coverage->arena, text);
	return true;
}

static bool stands_in_one(const struct coverage *coverage, const char *const *plain, const char *words)
{
	for (size_t i = 0; i < coverage->list.document_count; i++)
		if (clauses_stand_in(coverage->arena, plain[i], words))
			return true;
	return false;
}

/* Only when every document's text is there can a quote be found wanting. */
static void examine_quotes(struct coverage *coverage, const char *const *plain)
{
	for (size_t i = 0; i < coverage->list.document_count; i++)
		if (plain[i] == NULL)
			return;
	for (size_t i = 0; i < coverage->pack->rule_count; i++) {
		const struct pack_rule *rule = &coverage->pack->rules[i];
		if (rule->quote != NULL && !stands_in_one(coverage, plain, rule->quote))
			complain(coverage, "pack %s: rule %s quotes what no document says: \"%s\"", coverage->pack->name, rule->id, rule->quote);
	}
}

static void examine_rules(struct coverage *coverage)
{
	for (size_t i = 0; i < coverage->pack->rule_count; i++) {
		const char *id = coverage->pack->rules[i].id;
		bool named = clauses_name_rule(&coverage->list, id), exempt = clauses_exempt(&coverage->list, id) != NULL;
		if (!named && !exempt)
			complain(coverage, "pack %s: no clause names the rule %s", coverage->pack->name, id);
		if (named && exempt)
			complain(coverage, "pack %s: the rule %s serves a clause and stands under without_clause", coverage->pack->name, id);
	}
	for (size_t i = 0; i < coverage->list.exempt_count; i++)
		for (size_t j = 0; j < coverage->list.exempt[i].rules.count; j++)
			if (coverage_rule(coverage, coverage->list.exempt[i].rules.items[j]) == NULL)
				complain(coverage, "pack %s: without_clause names the rule %s, which the pack does not have", coverage->pack->name,
					 coverage->list.exempt[i].rules.items[j]);
}

bool coverage_examine(struct coverage *coverage, struct error *err)
{
	const struct clause_list *list = &coverage->list;
	const char **plain = arena_array(coverage->arena, list->document_count, sizeof *plain);
	for (size_t i = 0; i < list->document_count; i++) {
		const struct clause_document *document = &list->documents[i];
		if (!text_of(coverage, document, &plain[i], err))
			return false;
		for (size_t j = 0; coverage_wants(coverage, document) && j < document->clause_count; j++)
			examine_clause(coverage, document, &document->clauses[j], plain[i]);
	}
	if (coverage->flags->document == NULL && coverage->pack->clauses.count > 0) {
		examine_rules(coverage);
		if (list->document_count > 0)
			examine_quotes(coverage, plain);
	}
	return true;
}
