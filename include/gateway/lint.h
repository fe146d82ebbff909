/* lint.h - whether a configuration that can be read can also be trusted: what `copyhold lint` looks for beyond what stops a start.
 *
 * Classes of findings of this layer; those of the others are policy_classes, lexicon_classes, directory_classes. */
#ifndef COPYHOLD_GATEWAY_LINT_H
#define COPYHOLD_GATEWAY_LINT_H

#include "base/finding.h"

enum gateway_class {
	GATEWAY_MISTAKE,
	GATEWAY_DIRECTORY_MISTAKE,
	GATEWAY_NO_AUTHORITY,
	GATEWAY_NO_REVIEWER,
	GATEWAY_NO_SECOND_REVIEWER,
	GATEWAY_REVIEWER_UNKNOWN,
	GATEWAY_NOTICES_FROM,
	GATEWAY_WORDS_TOO_LONG,
	GATEWAY_LANGUAGE_MISSING,
	GATEWAY_NO_RULES,
	GATEWAY_NO_TEST,
	GATEWAY_MEMORY_OFF,
	GATEWAY_HOLIDAYS,
	GATEWAY_OPEN_RELAY,
	GATEWAY_DIRECTORY_OLD,
	GATEWAY_CALENDAR,
	GATEWAY_PERMISSION_ENDED,
	GATEWAY_ACCOUNT,
	GATEWAY_CLAUSE_UNKNOWN,
	GATEWAY_CLAUSE_LIST,
};
extern const struct finding_class gateway_classes[]; /* the last one has no name */

struct snapshot;
/* What can be read and yet not be trusted, beyond what snapshot_examine found. */
void snapshot_lint(const struct snapshot *snapshot, struct findings *found);

/* The tables of classes of all layers, NULL at the end. */
extern const struct finding_class *const lint_classes[];

#endif
