/* gather.c - the facts of a message, gathered in the order in which one needs another.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

const struct facts *facts_gather(struct arena *arena, const struct envelope *envelope, const struct reading *reading,
				 const struct recall *recall, const struct directory *directory, const struct council *council, const struct lexicon *lexicon,
				 struct pattern_scratch *scratch)
{
	struct facts *facts = arena_alloc(arena, sizeof *facts);
	facts->envelope = envelope;
	static const struct recall nothing;
	facts->reading = reading;
	facts->recall = recall == NULL ? &nothing : recall;
	facts->directory = directory;
	facts->council = council;
	facts->on = clock_date_of(envelope->at);

	struct gathering gathering = { .arena = arena, .facts = facts, .lexicon = lexicon, .scratch = scratch, .remembers = recall != NULL };
	gathering.visible = person_set_new(arena, directory);
	gathering.recipients = person_set_new(arena, directory);
	gathering.senders = person_set_new(arena, directory);

	gather_sender(&gathering);
	gather_visible(&gathering);
	gather_recipients(&gathering);
	gather_elsewhere(&gathering);
	gather_direction(&gathering);
	gather_staff(&gathering);
	gather_from_line(&gathering);
	gather_hidden(&gathering);
	gather_copy_lines(&gathering);
	gather_mentions(&gathering);
	gather_exchange(&gathering);
	gather_passed(&gathering);
	gather_groups(&gathering);
	gather_name(&gathering);
	gather_leader(&gathering);
	gather_marked(&gathering);
	gather_lineage(&gathering);
	return facts;
}
