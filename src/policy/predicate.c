/* predicate.c - see predicate.h. The rows of all subjects as one table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/predicate.h"

const struct predicate *const predicate_subjects[] = {
	predicates_sender, predicates_recipients, predicates_permissions, predicates_copies, predicates_markings, predicates_lineage,
	predicates_words, predicates_letters, predicates_replies, predicates_passed, predicates_groups,
	predicates_conduct, predicates_ways,
	predicates_press, predicates_speech, NULL,
};

const struct predicate *predicate_at(size_t index)
{
	for (const struct predicate *const *subject = predicate_subjects; *subject != NULL; subject++)
		for (const struct predicate *row = *subject; row->sentence != NULL; row++)
			if (index-- == 0)
				return row;
	return NULL;
}
