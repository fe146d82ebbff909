/* finding.c - see finding.h. The store has them in the order of the file, whatever each of them did.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/finding.h"

#include <string.h>

#include "policy/policy.h"

static bool is_mode(const struct finding_record *finding, enum mode mode)
{
	return finding->mode != NULL && strcmp(finding->mode, mode_name(mode)) == 0;
}

static bool is_enforced(const struct finding_record *finding)
{
	return is_mode(finding, MODE_ENFORCE);
}

bool finding_is_acted_on(const struct finding_record *finding)
{
	return is_mode(finding, MODE_ADVISE) || is_mode(finding, MODE_ENFORCE);
}

static bool is_any(const struct finding_record *finding)
{
	(void)finding;
	return true;
}

/* The first of the strictest action, which are in that order, but none milder than `mildest`. */
static const struct finding_record *strictest(const struct held *held, bool (*counts)(const struct finding_record *), enum action mildest)
{
	for (int action = ACTION_COUNT - 1; action >= (int)mildest; action--)
		for (size_t i = 0; i < held->finding_count; i++) {
			const struct finding_record *finding = &held->findings[i];
			if (finding->action != NULL && strcmp(finding->action, action_name((enum action)action)) == 0 && counts(finding))
				return finding;
		}
	return NULL;
}

/* A footer keeps back what cannot take its line. */
const struct finding_record *finding_that_held(const struct held *held)
{
	return held->recipient_count == 0 ? NULL : strictest(held, is_enforced, ACTION_FOOTER);
}

const struct finding_record *finding_leading(const struct held *held)
{
	const struct finding_record *finding = finding_that_held(held);
	if (finding == NULL)
		finding = strictest(held, finding_is_acted_on, ACTION_REPORT);
	if (finding == NULL)
		finding = strictest(held, is_any, ACTION_REPORT);
	return finding != NULL || held->finding_count == 0 ? finding : &held->findings[0];
}
