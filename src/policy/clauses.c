/* clauses.c - reading the list of clauses that a pack keeps of its documents, and looking for their words in a document's text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/unicode.h"
#include "policy/clauses.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define GAP "[...]"

struct list_keys {
	const struct settings_node *reasons, *documents, *without_clause;
};
static const struct setting_row list_rows[] = {
	{ "reasons", SETTING_GROUP, offsetof(struct list_keys, reasons), false, 0, 0, NULL, "a word and a sentence each: why no rule serves a clause" },
	{ "documents", SETTING_LIST, offsetof(struct list_keys, documents), false, 0, 0, NULL, "documents and their clauses" },
	{ "without_clause", SETTING_LIST, offsetof(struct list_keys, without_clause), false, 0, 0, NULL, "rules that serve no clause, on purpose" },
};

struct document_keys {
	const char *name, *title;
	const struct settings_node *clauses;
};
static const struct setting_row document_rows[] = {
	{ "name", SETTING_STRING, offsetof(struct document_keys, name), true, 0, 0, NULL, "one word for it" },
	{ "title", SETTING_STRING, offsetof(struct document_keys, title), true, 0, 0, NULL, "whose it is and what it is called" },
	{ "clauses", SETTING_LIST, offsetof(struct document_keys, clauses), true, 0, 0, NULL, "every clause of it, in its order" },
};

static const struct setting_row clause_rows[] = {
	{ "clause", SETTING_STRING, offsetof(struct clause, clause), true, 0, 0, NULL, "as the document numbers it" },
	{ "says", SETTING_STRING, offsetof(struct clause, says), true, 0, 0, NULL, "its words, or the beginning of them" },
	{ "rules", SETTING_STRINGS, offsetof(struct clause, rules), false, 0, 0, NULL, "that serve it" },
	{ "no_rule", SETTING_STRING, offsetof(struct clause, no_rule), false, 0, 0, NULL, "why none does, or why none serves the rest of it" },
};

static const struct setting_row exempt_rows[] = {
	{ "rules", SETTING_STRINGS, offsetof(struct clause_exempt, rules), true, 0, 0, NULL, "that serve no clause" },
	{ "because", SETTING_STRING, offsetof(struct clause_exempt, because), true, 0, 0, NULL, "why they are there" },
};

static bool read_reasons(struct arena *arena, const struct settings_node *reasons, struct clause_list *list, struct error *err)
{
	for (size_t i = 0; i < settings_count(reasons); i++) {
		const struct settings_node *node = settings_at(reasons, i);
		const char *name = settings_name(node), *sentence = settings_string(node);
		if (sentence == NULL)
			return settings_complain(node, err, "reasons: %s wants one sentence", name);
		if (clauses_reason(list, name) != NULL)
			return settings_complain(node, err, "reasons: \"%s\" is there already", name);
		*ARENA_PUSH(arena, list->reasons, list->reason_count) =
			(struct clause_reason){ arena_string(arena, name), arena_string(arena, sentence) };
	}
	return true;
}

static bool reason_is_known(struct arena *arena, const struct clause_list *list, const struct clause *clause, struct error *err)
{
	if (clause->no_rule == NULL || clauses_reason(list, clause->no_rule) != NULL)
		return true;
	const char **names = arena_array(arena, list->reason_count + 1, sizeof *names);
	for (size_t i = 0; i < list->reason_count; i++)
		names[i] = list->reasons[i].name;
	const char *close = settings_suggest(clause->no_rule, names);
	return settings_complain(clause->node, err, "clause \"%s\": there is no reason \"%s\"%s%s%s", clause->clause, clause->no_rule,
				 close ? " (did you mean \"" : "", close ? close : "", close ? "\"?)" : "");
}

static bool is_new(const struct clause_document *document, const struct clause *clause, struct error *err)
{
	for (size_t i = 0; i < document->clause_count; i++)
		if (strcmp(document->clauses[i].clause, clause->clause) == 0)
			return settings_complain(clause->node, err, "clause \"%s\" of %s stands on line %d already", clause->clause, document->name,
						 settings_line(document->clauses[i].node));
	return true;
}

static bool read_clauses(struct arena *arena, const struct settings_node *clauses, const struct clause_list *list,
			 struct clause_document *document, struct error *err)
{
	for (size_t i = 0; i < settings_count(clauses); i++) {
		struct clause clause = { .node = settings_at(clauses, i) };
		if (!settings_fill(clause.node, clause_rows, COUNT(clause_rows), arena, &clause, err) ||
		    !reason_is_known(arena, list, &clause, err) || !is_new(document, &clause, err))
			return false;
		*ARENA_PUSH(arena, document->clauses, document->clause_count) = clause;
	}
	return true;
}

static bool read_documents(struct arena *arena, const struct settings_node *documents, struct clause_list *list, struct error *err)
{
	for (size_t i = 0; i < settings_count(documents); i++) {
		struct document_keys keys = { 0 };
		if (!settings_fill(settings_at(documents, i), document_rows, COUNT(document_rows), arena, &keys, err))
			return false;
		struct clause_document *document = ARENA_PUSH(arena, list->documents, list->document_count);
		*document = (struct clause_document){ .name = keys.name, .title = keys.title };
		if (!read_clauses(arena, keys.clauses, list, document, err))
			return false;
	}
	return true;
}

static bool read_exempt(struct arena *arena, const struct settings_node *exempt, struct clause_list *list, struct error *err)
{
	for (size_t i = 0; i < settings_count(exempt); i++) {
		struct clause_exempt *entry = ARENA_PUSH(arena, list->exempt, list->exempt_count);
		*entry = (struct clause_exempt){ .node = settings_at(exempt, i) };
		if (!settings_fill(entry->node, exempt_rows, COUNT(exempt_rows), arena, entry, err))
			return false;
	}
	return true;
}

bool clauses_read(struct arena *arena, const struct settings_node *root, struct clause_list *list, struct error *err)
{
	struct list_keys keys = { 0 };
	return settings_fill(root, list_rows, COUNT(list_rows), arena, &keys, err) &&
	       (keys.reasons == NULL || read_reasons(arena, keys.reasons, list, err)) &&
	       (keys.documents == NULL || read_documents(arena, keys.documents, list, err)) &&
	       (keys.without_clause == NULL || read_exempt(arena, keys.without_clause, list, err));
}

const char *clauses_reason(const struct clause_list *list, const char *name)
{
	for (size_t i = 0; i < list->reason_count; i++)
		if (strcmp(list->reasons[i].name, name) == 0)
			return list->reasons[i].sentence;
	return NULL;
}

static bool names(const struct string_list *rules, const char *rule)
{
	for (size_t i = 0; i < rules->count; i++)
		if (strcmp(rules->items[i], rule) == 0)
			return true;
	return false;
}

bool clauses_name_rule(const struct clause_list *list, const char *rule)
{
	for (size_t i = 0; i < list->document_count; i++)
		for (size_t j = 0; j < list->documents[i].clause_count; j++)
			if (names(&list->documents[i].clauses[j].rules, rule))
				return true;
	return false;
}

const char *clauses_exempt(const struct clause_list *list, const char *rule)
{
	for (size_t i = 0; i < list->exempt_count; i++)
		if (names(&list->exempt[i].rules, rule))
			return list->exempt[i].because;
	return NULL;
}

const char *clauses_plain(struct arena *arena, struct bytes text)
{
	char *key = unicode_key(arena, text), *to = key;
	for (const char *from = key; *from != '\0'; from++) {
		bool again = *from == ' ' && (to == key || to[-1] == ' ');
		if (*from != '*' && !again)
			*to++ = *from;
	}
	*to = '\0';
	return key;
}

bool clauses_stand_in(struct arena *arena, const char *plain, const char *words)
{
	const char *from = words;
	while (from != NULL) {
		const char *gap = strstr(from, GAP);
		size_t length = gap == NULL ? strlen(from) : (size_t)(gap - from);
		const char *piece = clauses_plain(arena, (struct bytes){ from, length });
		const char *found = strstr(plain, piece);
		if (found == NULL)
			return false;
		plain = found + strlen(piece);
		from = gap == NULL ? NULL : gap + strlen(GAP);
	}
	return true;
}
