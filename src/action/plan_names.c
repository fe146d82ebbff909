/* plan_names.c - the words for outcomes and notices in reports, JSON and the journal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/plan.h"

const char *outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
		[OUTCOME_DELIVER] = "deliver", [OUTCOME_ANNOTATE] = "annotate", [OUTCOME_HOLD] = "hold",
		[OUTCOME_RETURN] = "return", [OUTCOME_RETRY] = "retry",
	};
	return names[outcome];
}

const char *notice_kind_name(enum notice_kind kind)
{
	static const char *const names[] = {
		[NOTICE_HELD] = "held", [NOTICE_ANNOTATED] = "annotated", [NOTICE_ADVICE] = "advice",
		[NOTICE_RETURNED] = "returned", [NOTICE_COMPANION] = "companion", [NOTICE_RELEASED] = "released",
		[NOTICE_ESCALATED] = "escalated", [NOTICE_EXPIRED] = "expired", [NOTICE_DIGEST] = "digest", [NOTICE_REVIEW] = "review",
		[NOTICE_REMINDER] = "reminder",
	};
	return names[kind];
}
