/* remember_confidential.c - of confidential correspondence, and of what the Council says openly, the words and files that count: those of
 * the marked letters themselves, never what an outsider wrote who is quoted there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/remembering.h"

#include <stdlib.h>
#include <string.h>

static bool is_binding(const struct marked *marked)
{
	return marked_counts(marked) && marked->council_author;
}

/* "2.1" of "minutes.pdf, page 3 (part 2.1)" and of "file name, part 2.1"; empty when no part is named. */
static struct bytes part_named(const char *where)
{
	struct bytes whole = bytes_of(where), number = BYTES_EMPTY;
	for (size_t at = bytes_find(whole, BYTES("part "), 0); at != (size_t)-1; at = bytes_find(whole, BYTES("part "), at + 1))
		number = bytes_slice(whole, at + strlen("part "), whole.length);
	return bytes_slice(number, 0, strspn(number.data == NULL ? "" : number.data, "0123456789."));
}

static bool same_file(const char *where, const char *marked)
{
	struct bytes a = part_named(where), b = part_named(marked);
	return a.length > 0 && bytes_equal(a, b);
}

/* A file that bears the marking itself says nothing of the letter it comes with. */
static bool is_of_file(const struct marking *marking)
{
	return marking->place == MARKING_IN_DOCUMENT || marking->place == MARKING_IN_FILE_NAME;
}

static void choose_marked(struct remembering *remembering, const struct marked *marked)
{
	const struct trace *trace = remembering->judgement->trace;
	for (size_t i = 0; i < trace->text_count; i++) {
		const struct traced_text *text = &trace->texts[i];
		bool chosen = is_of_file(marked->marking) ? text->attachment && same_file(text->where, marked->marking->where)
							  : text->letter == marked->letter;
		remembering->texts[i] |= chosen;
	}
	bool outer = marked->letter->kind == LETTER_OUTER && !is_of_file(marked->marking);
	for (size_t i = 0; i < trace->file_count; i++)
		remembering->files[i] |= outer || (is_of_file(marked->marking) && same_file(trace->files[i].where, marked->marking->where));
}

static void choose_own(struct remembering *remembering)
{
	const struct trace *trace = remembering->judgement->trace;
	for (size_t i = 0; i < trace->text_count; i++)
		remembering->texts[i] |= trace->texts[i].letter->kind == LETTER_OUTER;
	for (size_t i = 0; i < trace->file_count; i++)
		remembering->files[i] = true;
}

/* Some third party gets it; or, for what is said among councillors and officers, anybody. */
static bool is_out(const struct judgement *judgement, bool to_anybody)
{
	for (size_t i = 0; i < judgement->facts->recipient_count; i++)
		if ((to_anybody || judgement->facts->recipients[i].party.third_party) && judgement->plan->recipients[i] <= OUTCOME_ANNOTATE)
			return true;
	return false;
}

size_t remembering_cleared(const struct judgement *judgement)
{
	return is_out(judgement, judgement->reading->outer->unmarked) ? judgement->facts->reissued_count : 0;
}

void remember_confidential(struct remembering *remembering)
{
	const struct judgement *judgement = remembering->judgement;
	const struct facts *facts = judgement->facts;
	unsigned kinds = judgement->verdict->remember;
	/* What was kept back is not out. */
	if (!is_out(judgement, false))
		kinds &= ~(unsigned)MEMORY_ISSUED;
	for (size_t i = 0; (kinds & MEMORY_MARKED) != 0 && i < facts->marked_count; i++)
		if (is_binding(&facts->marked[i]))
			choose_marked(remembering, &facts->marked[i]);
	if ((kinds & (MEMORY_ADVICE | MEMORY_ISSUED)) != 0)
		choose_own(remembering);
	/* Advice may come from outside, where nobody vouches; it needs a name all the same. */
	if ((kinds & MEMORY_ADVICE) != 0 && remembering->author == NULL)
		remembering->author = facts->header_from.person;
	remembering->kinds |= kinds;
}

/* ---- the trace that is kept --------------------------------------------------------------------------------------- */

static bool is_council(const struct remembering *remembering, const struct letter *letter)
{
	const struct facts *facts = remembering->judgement->facts;
	if (letter->kind == LETTER_OUTER || letter->from.count == 0)
		return true;
	const struct mailbox *from = &letter->from.items[0];
	const struct person *person = from->address[0] == '\0' ? NULL : directory_by_address(facts->directory, from->address);
	if (person != NULL)
		return person_serves(person, facts->on);
	if (from->address[0] != '\0')
		return directory_is_council_domain(facts->directory, from->address);
	return from->name != NULL &&
	       directory_by_name(remembering->arena, facts->directory, from->name, ROLE_NONE, facts->on).count > 0;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* What outsiders wrote who are quoted in the message, in order. */
static uint64_t *foreign_prints(const struct remembering *remembering, size_t *count_out)
{
	const struct trace *trace = remembering->judgement->trace;
	uint64_t *prints = arena_array(remembering->arena, trace->print_count, sizeof *prints);
	*count_out = 0;
	for (size_t i = 0; i < trace->text_count; i++) {
		const struct traced_text *text = &trace->texts[i];
		if (text->count == 0 || is_council(remembering, text->letter))
			continue;
		memcpy(prints + *count_out, trace->prints + text->first, text->count * sizeof *prints);
		*count_out += text->count;
	}
	qsort(prints, *count_out, sizeof *prints, by_number);
	return prints;
}

static void take_text(const struct traced_text *text, const struct trace *from, const uint64_t *foreign, size_t foreign_count,
		      uint64_t *prints, struct trace *out)
{
	for (size_t i = text->first; i < text->first + text->count; i++)
		if (bsearch(&from->prints[i], foreign, foreign_count, sizeof *foreign, by_number) == NULL)
			prints[out->print_count++] = from->prints[i];
}

const struct trace *remembering_trace(const struct remembering *remembering)
{
	const struct trace *trace = remembering->judgement->trace;
	struct trace *out = arena_alloc(remembering->arena, sizeof *out);
	struct traced_file *files = arena_array(remembering->arena, trace->file_count, sizeof *files);
	uint64_t *prints = arena_array(remembering->arena, trace->print_count, sizeof *prints);
	size_t foreign_count;
	const uint64_t *foreign = foreign_prints(remembering, &foreign_count);
	*out = *trace;
	out->file_count = out->print_count = out->text_count = 0;
	for (size_t i = 0; i < trace->file_count; i++)
		if (remembering->files[i])
			files[out->file_count++] = trace->files[i];
	for (size_t i = 0; i < trace->text_count; i++)
		if (remembering->texts[i])
			take_text(&trace->texts[i], trace, foreign, foreign_count, prints, out);
	out->files = files;
	out->prints = prints;
	return out;
}
