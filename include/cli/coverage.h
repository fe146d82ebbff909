/* coverage.h - which clause of a pack's documents which rule serves, as `copyhold policy coverage` tells it. */
#ifndef COPYHOLD_CLI_COVERAGE_H
#define COPYHOLD_CLI_COVERAGE_H

#include "cli/options.h"
#include "gateway/snapshot.h"
#include "policy/clauses.h"

struct coverage_flags {
	bool json, words;
	const char *pack, *document;
	struct option_values texts; /* NAME=FILE */
};

/* What stands in one pack's lists of clauses, held against its rules. */
struct coverage {
	struct arena *arena;
	const struct snapshot *snapshot;
	const struct coverage_flags *flags;
	const struct pack *pack;
	struct clause_list list;
	const char **problems; /* whole sentences */
	size_t problem_count;
};

/* The rule of that id, if the pack names it. */
const struct rule *coverage_rule(const struct coverage *coverage, const char *id);
/* The document is asked for. */
bool coverage_wants(const struct coverage *coverage, const struct clause_document *document);
/* The file that --text gives for it, or NULL. */
const char *coverage_text(const struct coverage *coverage, const struct clause_document *document);
/* Neither a rule of the pack serves it nor does the list say why none does. */
bool coverage_is_open(const struct coverage *coverage, const struct clause *clause);
/* Compares, and adds to the problems; false when a text cannot be read. */
bool coverage_examine(struct coverage *coverage, struct error *err) MUST_CHECK;
/* Tables for people on standard output. */
void coverage_print(const struct coverage *coverage);

#endif
