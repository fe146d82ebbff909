/* clauses.h - the clauses of a council's documents, and which rule serves each.
 *
 * A pack lists every clause of the documents it follows: those its rules serve, and those that no rule serves on purpose, with the
 * reason. What is neither is open. Read only to be looked at; no message is judged by it. */
#ifndef COPYHOLD_POLICY_CLAUSES_H
#define COPYHOLD_POLICY_CLAUSES_H

#include "base/settings.h"

/* Why no rule serves a clause: a word, and the sentence that the list gives it. */
struct clause_reason {
	const char *name, *sentence;
};

struct clause {
	const char *clause;       /* as the document numbers it */
	const char *says;         /* its words, or the beginning of them; "[...]" stands for words left out */
	struct string_list rules; /* ids of those that serve it */
	const char *no_rule;      /* the reason's name: of the clause, or with rules of the rest of it; or NULL */
	const struct settings_node *node; /* for complaints */
};

struct clause_document {
	const char *name, *title;
	struct clause *clauses;
	size_t clause_count;
};

/* Rules that serve no clause, on purpose. */
struct clause_exempt {
	struct string_list rules;
	const char *because;
	const struct settings_node *node; /* for complaints */
};

struct clause_list {
	struct clause_reason *reasons;
	size_t reason_count;
	struct clause_document *documents;
	size_t document_count;
	struct clause_exempt *exempt;
	size_t exempt_count;
};

/* Adds what a file says. A clause has rules, or a reason that this file or an earlier one gives, or neither; no clause stands twice
 * in a document. `list` borrows nodes from the file, which must outlive it. */
bool clauses_read(struct arena *arena, const struct settings_node *root, struct clause_list *list, struct error *err) MUST_CHECK;
/* NULL when the list has no such reason. */
const char *clauses_reason(const struct clause_list *list, const char *name);
/* Some clause of some document is served by the rule. */
bool clauses_name_rule(const struct clause_list *list, const char *rule);
/* Why the rule serves no clause, or NULL. */
const char *clauses_exempt(const struct clause_list *list, const char *rule);

/* A document's text made comparable: blanks, line ends, quotation marks, dashes, emphasis and letter case do not count. */
const char *clauses_plain(struct arena *arena, struct bytes text);
/* The words stand in that text, in order, "[...]" standing for any. */
bool clauses_stand_in(struct arena *arena, const char *plain, const char *words);

#endif
