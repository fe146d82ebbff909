/* coverage_print.c - the table of clauses and rules, for whoever asks which clause a rule serves and which has none.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/coverage.h"

#define WIDEST ((size_t)48)

static int width_of(const struct clause_document *document)
{
	size_t width = strlen("Clause");
	for (size_t i = 0; i < document->clause_count; i++) {
		size_t length = strlen(document->clauses[i].clause);
		if (length > width && length <= WIDEST)
			width = length;
	}
	return (int)width;
}

static void print_rules(const struct coverage *coverage, const struct clause *clause)
{
	for (size_t i = 0; i < clause->rules.count; i++) {
		const struct rule *rule = coverage_rule(coverage, clause->rules.items[i]);
		printf("%s%s%s", i > 0 ? ", " : "", clause->rules.items[i],
		       rule == NULL ? " (MISSING)" : rule->mode == MODE_OFF ? " (off)" : "");
	}
	if (clause->rules.count > 0 && clause->no_rule != NULL)
		printf("; the rest: ");
	if (clause->no_rule != NULL)
		printf("none (%s)", clause->no_rule);
	if (clause->rules.count == 0 && clause->no_rule == NULL)
		printf("OPEN");
	putchar('\n');
}

struct clause_tally {
	size_t served, left, open;
};

static struct clause_tally count_clauses(const struct coverage *coverage, const struct clause_document *document)
{
	struct clause_tally tally = { 0 };
	for (size_t i = 0; i < document->clause_count; i++) {
		const struct clause *clause = &document->clauses[i];
		bool open = coverage_is_open(coverage, clause);
		tally.open += open;
		tally.served += !open && clause->rules.count > 0;
		tally.left += !open && clause->rules.count == 0;
	}
	return tally;
}

static void print_document(const struct coverage *coverage, const struct clause_document *document)
{
	int width = width_of(document);
	struct clause_tally tally = count_clauses(coverage, document);
	printf("%s: %s (pack %s)\n\n  %-*s  Rules that serve it, or why none does\n", document->name, document->title, coverage->pack->name, width,
	       "Clause");
	for (size_t i = 0; i < document->clause_count; i++) {
		printf("  %-*s  ", width, document->clauses[i].clause);
		print_rules(coverage, &document->clauses[i]);
		if (coverage->flags->words)
			printf("      \"%s\"\n", document->clauses[i].says);
	}
	printf("\n  %zu clauses: %zu served by rules, %zu by none on purpose, %zu open.\n\n", document->clause_count, tally.served, tally.left,
	       tally.open);
}

static bool is_used(const struct coverage *coverage, const char *reason)
{
	for (size_t i = 0; i < coverage->list.document_count; i++) {
		const struct clause_document *document = &coverage->list.documents[i];
		for (size_t j = 0; coverage_wants(coverage, document) && j < document->clause_count; j++)
			if (document->clauses[j].no_rule != NULL && strcmp(document->clauses[j].no_rule, reason) == 0)
				return true;
	}
	return false;
}

static void print_reasons(const struct coverage *coverage)
{
	const char *title = "Why no rule serves a clause:\n";
	for (size_t i = 0; i < coverage->list.reason_count; i++) {
		const struct clause_reason *reason = &coverage->list.reasons[i];
		if (!is_used(coverage, reason->name))
			continue;
		printf("%s  %-14s %s\n", title, reason->name, reason->sentence);
		title = "";
	}
	if (*title == '\0')
		putchar('\n');
}

static void print_exempt(const struct coverage *coverage)
{
	if (coverage->list.exempt_count > 0)
		printf("Rules of the pack %s that serve no clause, on purpose:\n", coverage->pack->name);
	for (size_t i = 0; i < coverage->list.exempt_count; i++) {
		const struct clause_exempt *exempt = &coverage->list.exempt[i];
		for (size_t j = 0; j < exempt->rules.count; j++)
			printf("  %-24s %s\n", exempt->rules.items[j], exempt->because);
	}
	if (coverage->list.exempt_count > 0)
		putchar('\n');
}

void coverage_print(const struct coverage *coverage)
{
	if (coverage->pack->clauses.count == 0)
		printf("The pack %s lists no clauses.\n\n", coverage->pack->name);
	for (size_t i = 0; i < coverage->list.document_count; i++)
		if (coverage_wants(coverage, &coverage->list.documents[i]))
			print_document(coverage, &coverage->list.documents[i]);
	print_reasons(coverage);
	if (coverage->flags->document == NULL)
		print_exempt(coverage);
	for (size_t i = 0; i < coverage->problem_count; i++)
		printf("%s%s\n%s", i == 0 ? "To be mended:\n" : "", coverage->problems[i], i + 1 == coverage->problem_count ? "\n" : "");
}
