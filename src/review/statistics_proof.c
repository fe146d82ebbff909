/* statistics_proof.c - is this report what was issued, and were its figures those of the journal? The journal's line of the issue binds
 * the document's octets to the figures; the journal's earlier lines give the same figures again, or something was changed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "paper.h"

static void add_figures(struct text *out, const char *name, int64_t findings, const struct fates *fates)
{
	text_printf(out, "%s: findings=%lld held=%lld released=%lld returned=%lld waiting=%lld in_doubt=%lld median_minutes=", name, (long long)findings,
		    (long long)fates->held, (long long)fates->released, (long long)fates->returned, (long long)fates->waiting, (long long)fates->in_doubt);
	if (fates->median_minutes == STATISTICS_NONE)
		text_add(out, "none\n");
	else
		text_printf(out, "%lld\n", (long long)fates->median_minutes);
}

struct bytes paper_figures(struct arena *arena, const struct statistics *statistics)
{
	struct text out = TEXT_INIT;
	add_figures(&out, "all", statistics->findings, &statistics->fates);
	for (size_t i = 0; i < statistics->plain_rule_count; i++) {
		const struct statistics_rule *rule = &statistics->plain_rules[i];
		/* A rule without a finding in force, but with a mark, is nothing to the journal. */
		if (rule->findings > 0)
			add_figures(&out, arena_printf(arena, "rule %s", harmless_line(arena, bytes_of(rule->rule))), rule->findings, &rule->fates);
	}
	return text_to_arena(&out, arena);
}

struct issue {
	const struct journal_line *line;
	const char *form, *document, *figures;
	int64_t from, to, last;
};

static bool issue_of(struct arena *arena, const struct journal_line *line, struct issue *out)
{
	json_t *detail = json_loads(line->detail, 0, NULL);
	*out = (struct issue){
		.line = line,
		.form = arena_string(arena, json_string_value(json_object_get(detail, "form"))),
		.document = arena_string(arena, json_string_value(json_object_get(detail, "document"))),
		.figures = arena_string(arena, json_string_value(json_object_get(detail, "figures"))),
		.from = json_integer_value(json_object_get(detail, "from")),
		.to = json_integer_value(json_object_get(detail, "to")),
		.last = json_integer_value(json_object_get(detail, "line")),
	};
	json_decref(detail);
	return out->form != NULL && out->document != NULL && out->figures != NULL;
}

/* The latest issue of exactly these octets. */
static bool find_issue(struct store *store, struct arena *arena, struct bytes document, struct issue *out, bool *found_out, struct error *err)
{
	const struct journal_line *lines;
	const char *digest = digest_of(arena, document);
	size_t count = 0;
	*found_out = false;
	if (!store_journal_of(store, arena, "reported", &lines, &count, err))
		return false;
	for (size_t i = count; i > 0 && !*found_out; i--)
		*found_out = issue_of(arena, &lines[i - 1], out) && strcmp(out->document, digest) == 0;
	return true;
}

/* A copy that was changed still names the line its original was made at. */
static bool complain_of_unknown(struct store *store, struct arena *arena, struct bytes document, struct error *err)
{
	const struct journal_line *lines;
	size_t count = 0;
	if (!store_journal_of(store, arena, "reported", &lines, &count, err))
		return false;
	for (size_t i = count; i > 0; i--) {
		struct issue issue;
		struct journal_line line;
		if (!issue_of(arena, &lines[i - 1], &issue))
			continue;
		if (!store_journal_line(store, arena, issue.last, &line, err))
			return false;
		if (line.number != 0 && bytes_find(document, bytes_of(line.hash), 0) != (size_t)-1)
			return error_set(err, ERROR_REFUSED,
					 "no report with these octets was issued from this store: it was changed since. It names line %lld of the journal, as a"
					 " report does that was issued on %s",
					 (long long)line.number, clock_format_local(arena, issue.line->at));
	}
	return error_set(err, ERROR_REFUSED,
			 "no report with these octets was issued from this store: it was changed since, is of another store, or its line in the journal is"
			 " past its time");
}

static bool chain_is_whole(struct store *store, int64_t *lines_out, struct error *err)
{
	int64_t broken_at = 0;
	if (!store_journal_verify(store, lines_out, &broken_at, err))
		return false;
	return broken_at == 0 || error_set(err, ERROR_REFUSED, "the journal's chain is broken at line %lld, so nothing can be proved by it",
					   (long long)broken_at);
}

/* The first line in which the two differ, for people: "rule silent-copy: held=3 ..." against "... held=2 ...". */
static bool compare(struct arena *arena, const char *first, const char *second, const char *complaint, const char *first_name,
		    const char *second_name, struct error *err)
{
	struct bytes a = bytes_of(first), b = bytes_of(second), line_a, line_b;
	size_t at_a = 0, at_b = 0;
	for (;;) {
		bool more_a = bytes_next_line(a, &at_a, &line_a), more_b = bytes_next_line(b, &at_b, &line_b);
		if (!more_a)
			line_a = BYTES_EMPTY;
		if (!more_b)
			line_b = BYTES_EMPTY;
		if (!more_a && !more_b)
			return true;
		if (!bytes_equal(line_a, line_b))
			return error_set(err, ERROR_REFUSED, "%s: %s \"%s\", %s \"%s\"", complaint, first_name, arena_string_of(arena, line_a), second_name,
					 arena_string_of(arena, line_b));
	}
}

/* Somebody may have written the whole journal anew, this report's line included: what they cannot reach is the hash in the document.
 * Only a PDF that another program compressed does not show it; then a person has to compare. */
static bool names_the_hash(struct bytes document, const struct journal_line *line, bool *readable_out, struct error *err)
{
	bool named = line->number == 0 || bytes_find(document, bytes_of(line->hash), 0) != (size_t)-1;
	*readable_out = named || !bytes_starts_with(document, BYTES("%PDF-")) || bytes_find(document, BYTES(PAPER_MARK), 0) != (size_t)-1;
	return named || !*readable_out ||
	       error_set(err, ERROR_REFUSED, "the journal was written anew: its line %lld does not have the hash that the report names",
			 (long long)line->number);
}

static bool is_told_in_full(struct store *store, const struct issue *issue, struct error *err)
{
	bool reduced = false;
	if (!store_journal_is_reduced(store, issue->from, &reduced, err))
		return false;
	return !reduced || error_set(err, ERROR_REFUSED,
				     "the report is as it was issued, but the journal's lines of its period are past their time, so its figures cannot be"
				     " made anew");
}

static const char *replayed(struct store *store, struct arena *arena, const struct issue *issue, int64_t last, struct error *err)
{
	struct statistics statistics;
	if (!store_statistics_replay(store, arena, issue->from, issue->to, last, &statistics, err))
		return NULL;
	return arena_string_of(arena, paper_figures(arena, &statistics));
}

/* The store as it is now against the journal as it is now. */
static bool store_agrees(struct store *store, struct arena *arena, const struct issue *issue, struct error *err)
{
	struct statistics statistics;
	if (!store_statistics(store, arena, issue->from, issue->to, &statistics, err))
		return false;
	const char *now = arena_string_of(arena, paper_figures(arena, &statistics));
	const char *then = replayed(store, arena, issue, statistics.journal.number, err);
	return then != NULL && compare(arena, then, now, "the store was changed past the journal", "the journal gives", "the store has", err);
}

bool statistics_verify(struct store *store, struct arena *arena, struct bytes document, const char **told_out, struct error *err)
{
	struct issue issue;
	struct journal_line line;
	int64_t lines = 0;
	bool found = false, readable = false;
	if (!chain_is_whole(store, &lines, err) || !find_issue(store, arena, document, &issue, &found, err))
		return false;
	if (!found)
		return complain_of_unknown(store, arena, document, err);
	if (!store_journal_line(store, arena, issue.last, &line, err) || !names_the_hash(document, &line, &readable, err) ||
	    !is_told_in_full(store, &issue, err))
		return false;
	const char *figures = replayed(store, arena, &issue, issue.last, err);
	if (figures == NULL ||
	    !compare(arena, issue.figures, figures, "the journal does not give the report's figures", "the report has", "the journal gives", err) ||
	    !store_agrees(store, arena, &issue, err))
		return false;
	*told_out = arena_printf(arena,
				 "The report is as it was issued on %s by %s (%s), for %s to %s.\n"
				 "The journal's chain holds: %lld lines. Line %lld has the hash %s, %s.\nIts lines 1 to %lld alone give the report's figures:\n%s"
				 "The store agrees with the journal about this period.\n",
				 clock_format_local(arena, issue.line->at), issue.line->by == NULL ? "copyhold" : issue.line->by, issue.form,
				 clock_format_rfc3339(arena, issue.from), clock_format_rfc3339(arena, issue.to), (long long)lines, (long long)line.number, line.hash,
				 readable ? "as the report says" : "which this PDF does not show: compare it with the printed page", (long long)issue.last, figures);
	return true;
}
