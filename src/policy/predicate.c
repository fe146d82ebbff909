/* predicate.c - see predicate.h. The rows of all subjects as one table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/predicate.h"

static const struct predicate *const subjects[] = {
	predicates_sender, predicates_recipients, predicates_permissions, predicates_copies, predicates_markings, predicates_lineage,
	predicates_words, predicates_letters, predicates_replies, predicates_passed, predicates_groups,
	predicates_conduct, predicates_ways,
	predicates_press, predicates_speech,
};

const struct predicate *predicate_at(size_t index)
{
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
		for (const struct predicate *row = subjects[i]; row->sentence != NULL; row++)
			if (index-- == 0)
				return row;
	return NULL;
}
