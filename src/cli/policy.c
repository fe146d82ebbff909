/* policy.c - `copyhold policy`: the policy seen from the council's documents.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/coverage.h"
#include "cli/exchange.h"
#include "cli/judge.h"

static const struct option_row policy_rows[] = {
	{ "pack", OPTION_VALUE, offsetof(struct coverage_flags, pack), "NAME", "with coverage: only this pack" },
	{ "document", OPTION_VALUE, offsetof(struct coverage_flags, document), "NAME", "with coverage: only this document" },
	{ "words", OPTION_FLAG, offsetof(struct coverage_flags, words), NULL, "with coverage: each clause's own words, too" },
	{ "text", OPTION_MANY, offsetof(struct coverage_flags, texts), "NAME=FILE", "with coverage: look whether that document really says what clauses and rules quote" },
	{ "json", OPTION_FLAG, offsetof(struct coverage_flags, json), NULL, "with coverage: JSON" },
};

/* A pack's lists, open while they are looked at. */
struct lists {
	struct settings_file **files;
	size_t count;
};

static bool open_lists(struct coverage *coverage, struct lists *lists, struct error *err)
{
	const struct string_list *paths = &coverage->pack->clauses;
	lists->files = arena_array(coverage->arena, paths->count, sizeof *lists->files);
	for (size_t i = 0; i < paths->count; i++) {
		if (!settings_open(paths->items[i], &lists->files[i], err))
			return false;
		lists->count++;
		if (!clauses_read(coverage->arena, settings_root(lists->files[i]), &coverage->list, err))
			return false;
	}
	return true;
}

static json_t *clause_json(const struct coverage *coverage, const struct clause *clause)
{
	json_t *rules = json_array();
	for (size_t i = 0; i < clause->rules.count; i++) {
		const struct rule *rule = coverage_rule(coverage, clause->rules.items[i]);
		json_array_append_new(rules, json_pack("{s:o,s:o}", "id", json_text(clause->rules.items[i]), "mode",
						       rule == NULL ? json_null() : json_text(mode_name(rule->mode))));
	}
	const char *state = coverage_is_open(coverage, clause) ? "open" : clause->rules.count > 0 ? "served" : "left";
	return json_pack("{s:o,s:o,s:s,s:o,s:o,s:o}", "clause", json_text(clause->clause), "says", json_text(clause->says), "state", state, "rules",
			 rules, "no_rule", json_text(clause->no_rule), "because",
			 json_text(clause->no_rule == NULL ? NULL : clauses_reason(&coverage->list, clause->no_rule)));
}

static json_t *pack_json(const struct coverage *coverage)
{
	json_t *documents = json_array(), *without = json_array(), *problems = json_array();
	for (size_t i = 0; i < coverage->list.document_count; i++) {
		const struct clause_document *document = &coverage->list.documents[i];
		if (!coverage_wants(coverage, document))
			continue;
		json_t *clauses = json_array();
		for (size_t j = 0; j < document->clause_count; j++)
			json_array_append_new(clauses, clause_json(coverage, &document->clauses[j]));
		json_array_append_new(documents, json_pack("{s:o,s:o,s:o}", "name", json_text(document->name), "title", json_text(document->title),
							   "clauses", clauses));
	}
	for (size_t i = 0; i < coverage->pack->rule_count; i++) {
		const char *id = coverage->pack->rules[i].id;
		if (!clauses_name_rule(&coverage->list, id))
			json_array_append_new(without, json_pack("{s:o,s:o}", "id", json_text(id), "because",
								 json_text(clauses_exempt(&coverage->list, id))));
	}
	for (size_t i = 0; i < coverage->problem_count; i++)
		json_array_append_new(problems, json_text(coverage->problems[i]));
	return json_pack("{s:o,s:o,s:o,s:o}", "pack", json_text(coverage->pack->name), "documents", documents, "rules_without_clause", without,
			 "to_be_mended", problems);
}

/* What has been shown so far, of the packs that were asked for. */
struct shown {
	json_t *packs;
	size_t count, documents, texts, problems;
};

static void show(const struct coverage *coverage, struct shown *shown)
{
	for (size_t i = 0; i < coverage->list.document_count; i++)
		shown->documents += coverage_wants(coverage, &coverage->list.documents[i]);
	shown->count++;
	if (coverage->flags->json)
		json_array_append_new(shown->packs, pack_json(coverage));
	else
		coverage_print(coverage);
}

static bool cover_pack(struct coverage *coverage, struct shown *shown, struct error *err)
{
	struct lists lists = { NULL, 0 };
	bool good = open_lists(coverage, &lists, err) && coverage_examine(coverage, err);
	bool wanted = false; /* it has the document that is asked for */
	for (size_t i = 0; good && i < coverage->list.document_count; i++) {
		wanted |= coverage_wants(coverage, &coverage->list.documents[i]);
		shown->texts += coverage_text(coverage, &coverage->list.documents[i]) != NULL;
	}
	if (good && (wanted || coverage->flags->document == NULL))
		show(coverage, shown);
	shown->problems += coverage->problem_count;
	for (size_t i = 0; i < lists.count; i++)
		settings_close(&lists.files[i]);
	return good;
}

static bool texts_have_names(const struct coverage_flags *flags, struct error *err)
{
	for (size_t i = 0; i < flags->texts.count; i++)
		if (strchr(flags->texts.items[i], '=') == NULL)
			return error_set(err, ERROR_USAGE, "--text wants NAME=FILE, not \"%s\"", flags->texts.items[i]);
	return true;
}

static bool cover_all(const struct snapshot *snapshot, struct arena *arena, const struct coverage_flags *flags, struct shown *shown,
		      struct error *err)
{
	for (size_t i = 0; i < snapshot->pack_count; i++) {
		struct coverage coverage = { .arena = arena, .snapshot = snapshot, .flags = flags, .pack = &snapshot->packs[i] };
		if (flags->pack != NULL && strcmp(flags->pack, coverage.pack->name) != 0)
			continue;
		if (!cover_pack(&coverage, shown, err))
			return false;
	}
	if (shown->count == 0 && flags->pack != NULL)
		return error_set(err, ERROR_USAGE, "%s: the configuration has no pack \"%s\" with such a document", snapshot->path, flags->pack);
	if (flags->document != NULL && shown->documents == 0)
		return error_set(err, ERROR_USAGE, "%s: no pack lists the clauses of a document \"%s\"", snapshot->path, flags->document);
	return shown->texts == flags->texts.count ||
	       error_set(err, ERROR_USAGE, "%s: --text does not name one document of the packs' lists each time", snapshot->path);
}

static bool coverage_run(struct invocation *invocation, const struct coverage_flags *flags, struct error *err)
{
	struct snapshot *snapshot = NULL;
	struct shown shown = { .packs = json_array() };
	bool good = texts_have_names(flags, err) && snapshot_load(invocation->configuration, &snapshot, err) &&
		    cover_all(snapshot, invocation->arena, flags, &shown, err);
	if (good && flags->json) {
		json_t *whole = json_pack("{s:i,s:O}", "version", 1, "packs", shown.packs);
		json_dumpf(whole, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(whole);
	}
	json_decref(shown.packs);
	snapshot_drop(&snapshot);
	return good && (shown.problems == 0 ||
			error_set(err, ERROR_REFUSED, "%zu thing%s to be mended", shown.problems, shown.problems == 1 ? "" : "s"));
}

/* Needs no configuration: who has Exchange may not have one yet. */
static bool import_exchange(struct invocation *invocation, const struct coverage_flags *flags, const char *path, struct error *err)
{
	struct exchange_rules rules = { NULL, 0 };
	if (flags->pack != NULL || flags->document != NULL || flags->texts.count > 0 || flags->words || flags->json)
		return error_set(err, ERROR_USAGE, "--pack, --document, --words, --text and --json belong to policy coverage");
	if (!exchange_load(invocation->arena, path, &rules, err))
		return false;
	size_t remarks = exchange_print_draft(invocation->arena, &rules, stdout);
	fprintf(stderr, "copyhold: %zu rules read; %zu remarks on what could not be carried, or is done otherwise, stand in the draft\n", rules.count,
		remarks);
	return true;
}

static bool policy_run(struct invocation *invocation, struct error *err)
{
	struct coverage_flags flags = { 0 };
	const char *const *operands;
	if (!options_parse(invocation->arena, policy_rows, sizeof policy_rows / sizeof *policy_rows, invocation->argc, invocation->argv, &flags,
			   &operands, err) ||
	    (operands[0] == NULL && !command_operands(operands, 1, "policy coverage or policy import-exchange FILE", err)))
		return false;
	if (strcmp(operands[0], "import-exchange") == 0)
		return command_operands(operands, 2, "policy import-exchange FILE", err) && import_exchange(invocation, &flags, operands[1], err);
	if (strcmp(operands[0], "coverage") != 0)
		return error_set(err, ERROR_USAGE, "policy wants coverage or import-exchange, not \"%s\"", operands[0]);
	return command_operands(operands, 1, "policy coverage", err) && coverage_run(invocation, &flags, err);
}

const struct command policy_command = {
	.name = "policy",
	.operands = "coverage|import-exchange FILE",
	.summary = "which clause of the council's documents which rule serves, and which has none; drafts from Exchange",
	.options = policy_rows,
	.option_count = sizeof policy_rows / sizeof *policy_rows,
	.run = policy_run,
};
