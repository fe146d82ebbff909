/* certificate.c - the disposal certificate: what was removed in a period, in numbers and digests, from the journal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "review/retention.h"
#include "store/purge.h"

struct proof { /* one journal line of it */
	const struct journal_line *line;
	const char *class, *before, *digest;
	long long count;
};

/* What each class is called on paper. */
static const struct {
	const char *class, *words;
} titles[] = {
	{ "bodies", "Held messages, the text" },
	{ "notices", "Notices sent, to whom" },
	{ "observations", "Entries, names and evidence" },
	{ "memory", "Fingerprints" },
	{ "remains", "Entries, what was left of them" },
	{ "counts", "Hourly counts" },
	{ "past", "Figures of entries long gone" },
	{ "holds", "Legal holds that were lifted" },
	{ "journal", "Journal lines, reduced to time and kind" },
};

static const char *member(struct arena *arena, const json_t *detail, const char *name)
{
	const char *value = json_string_value(json_object_get(detail, name));
	return value == NULL ? "" : arena_string(arena, value);
}

static bool proof_of(struct arena *arena, const struct journal_line *line, struct proof *out)
{
	bool sealed = strcmp(line->what, "journal-reduced") == 0;
	if (!sealed && strcmp(line->what, "disposed") != 0)
		return false;
	json_t *detail = json_loads(line->detail, 0, NULL);
	*out = (struct proof){ .line = line, .class = sealed ? "journal" : member(arena, detail, "class"), .before = member(arena, detail, "before"),
			       .digest = member(arena, detail, sealed ? "lines" : "ids"), .count = strtoll(member(arena, detail, "count"), NULL, 10) };
	json_decref(detail);
	return true;
}

static void add_totals(struct text *page, const struct proof *proofs, size_t count)
{
	long long all = 0;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		long long sum = 0;
		for (size_t k = 0; k < count; k++)
			sum += strcmp(proofs[k].class, titles[i].class) == 0 ? proofs[k].count : 0;
		text_printf(page, "  %-42s %10lld\n", titles[i].words, sum);
		all += sum;
	}
	text_printf(page, "  %-42s %10lld\n\n", "Together", all);
}

static void add_proofs(struct text *page, struct arena *arena, const struct proof *proofs, size_t count)
{
	text_add(page, "Each transaction, as its line in the journal proves it. The digest is SHA-256 over the references removed\n"
		       "(of journal lines: over what is left of them); whoever still holds the references can repeat it.\n\n");
	for (size_t i = 0; i < count; i++)
		text_printf(page, "  line %lld  %s  %s  %lld, older than %s\n    %s\n", (long long)proofs[i].line->number,
			    clock_format_rfc3339(arena, proofs[i].line->at), proofs[i].class, proofs[i].count, proofs[i].before, proofs[i].digest);
	if (count == 0)
		text_add(page, "  Nothing was disposed of in this period.\n");
	text_add_char(page, '\n');
}

static bool add_holds(struct text *page, struct store *store, struct arena *arena, struct error *err)
{
	const struct legal_hold *holds = NULL;
	size_t count = 0;
	if (!store_legal_holds(store, arena, &holds, &count, err))
		return false;
	text_printf(page, "Legal holds in force when this was made: %zu.\n", count);
	return true;
}

static bool add_chain(struct text *page, struct store *store, struct arena *arena, struct error *err)
{
	int64_t lines = 0, broken = 0;
	struct journal_line head = { 0 };
	if (!store_journal_verify(store, &lines, &broken, err) || !store_journal_head(store, arena, &head, err))
		return false;
	if (broken != 0)
		return error_set(err, ERROR_REFUSED, "the journal's chain is broken at line %lld, so it proves nothing from there on", (long long)broken);
	text_printf(page, "The journal's chain holds: %lld lines, head %s.\n\n", (long long)lines, head.hash);
	return true;
}

bool retention_certificate(struct store *store, struct arena *arena, const char *council, int64_t from, int64_t to, int64_t now,
			   struct bytes *out, struct error *err)
{
	const struct journal_line *lines = NULL;
	struct proof *proofs = NULL, proof;
	size_t line_count = 0, count = 0;
	if (!store_journal_list(store, arena, from, to, &lines, &line_count, err))
		return false;
	for (size_t i = 0; i < line_count; i++)
		if (proof_of(arena, &lines[i], &proof))
			*ARENA_PUSH(arena, proofs, count) = proof;
	struct text page = TEXT_INIT;
	text_printf(&page, "CERTIFICATE OF DISPOSAL\n\n%s\n\nFrom %s\nto   %s\nMade %s\n\n", council, clock_format_local(arena, from),
		    clock_format_local(arena, to), clock_format_local(arena, now));
	text_add(&page, "By its retention schedule the Council has disposed of the following records of its correspondence gateway.\n"
			"This certificate counts them and holds nothing of what was in them.\n\n");
	add_totals(&page, proofs, count);
	add_proofs(&page, arena, proofs, count);
	bool good = add_holds(&page, store, arena, err) && add_chain(&page, store, arena, err);
	text_add(&page, "Signed _______________________________   Proper Officer        Date ________________\n");
	*out = text_to_arena(&page, arena);
	return good;
}
