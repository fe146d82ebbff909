/* remember_letters.c - of a councillor's letter to officers, and of what goes to a political group, the author's own words and files: an
 * answer makes the words it quotes nobody else's. Of mail to the Leader and of threads that an officer opens with several councillors,
 * nothing but the ids.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/remembering.h"

/* Who writes: whoever signed in, else whom From names. What is remembered by that only tells an officer what they hand on. */
static const struct person *writer_of(const struct facts *facts)
{
	return facts->sender_known ? facts->sender.person : facts->header_from.person;
}

static bool reaches_officer(struct arena *arena, const struct facts *facts)
{
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct person *person = facts->recipients[i].party.person;
		if (person == NULL || !person->is_list) {
			if (person != NULL && person_has_role(person, ROLE_OFFICER, facts->on))
				return true;
			continue;
		}
		bool reaches_public, archive;
		struct person_list members = list_members(arena, facts->directory, person, facts->on, &reaches_public, &archive);
		for (size_t j = 0; j < members.count; j++)
			if (person_has_role(members.items[j], ROLE_OFFICER, facts->on))
				return true;
	}
	return false;
}

static unsigned kinds_of(struct arena *arena, const struct facts *facts)
{
	const struct person *writer = writer_of(facts);
	unsigned kinds = 0;
	if (writer != NULL && !writer->is_list && person_has_role(writer, ROLE_COUNCILLOR, facts->on) && reaches_officer(arena, facts))
		kinds |= MEMORY_LETTER;
	if (facts->to_group != NULL)
		kinds |= MEMORY_GROUP;
	if (facts->to_leader)
		kinds |= MEMORY_LEADER;
	if (facts->sender_known && facts->sender.role == ROLE_OFFICER && facts->visible_councillor_count > 1)
		kinds |= MEMORY_OPENED;
	return kinds;
}

void remember_letters(struct remembering *remembering)
{
	const struct judgement *judgement = remembering->judgement;
	const struct trace *trace = judgement->trace;
	unsigned kinds = kinds_of(remembering->arena, judgement->facts);
	remembering->kinds |= kinds;
	if ((kinds & MEMORY_GROUP) != 0)
		remembering->group = judgement->facts->to_group;
	if ((kinds & (MEMORY_LETTER | MEMORY_GROUP)) == 0)
		return;
	for (size_t i = 0; i < trace->text_count; i++)
		remembering->texts[i] |= trace->texts[i].letter->kind == LETTER_OUTER;
	for (size_t i = 0; i < trace->file_count; i++)
		remembering->files[i] = true;
	if (remembering->author == NULL)
		remembering->author = writer_of(judgement->facts);
}
