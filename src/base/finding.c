/* finding.c - see finding.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

void findings_add(struct findings *findings, const struct finding_class *class, const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *reason = arena_vprintf(findings->arena, format, args);
	va_end(args);
	*ARENA_PUSH(findings->arena, findings->items, findings->count) =
		(struct finding){ arena_string(findings->arena, file), line, class, reason, false };
}

/* Where ":LINE: " stands in a complaint, or NULL. A path may hold a colon itself; behind the first one with a blank stands what is wrong, which
 * may speak of "10:30: ..." itself. */
static const char *find_line(const char *sentence)
{
	for (const char *c = strchr(sentence, ':'); c != NULL; c = strchr(c + 1, ':')) {
		size_t digits = strspn(c + 1, "0123456789");
		if (digits > 0 && digits < 8 && strncmp(c + 1 + digits, ": ", 2) == 0)
			return c;
		if (c[1] == ' ')
			return NULL;
	}
	return NULL;
}

void findings_add_error(struct findings *findings, const struct finding_class *class, const char *file, const char *sentence)
{
	const char *colon = find_line(sentence);
	struct finding finding = { arena_string(findings->arena, file), 0, class, arena_string(findings->arena, sentence), true };
	if (colon != NULL) {
		finding.file = arena_string_of(findings->arena, (struct bytes){ sentence, (size_t)(colon - sentence) });
		finding.line = atoi(colon + 1);
		finding.reason = arena_string(findings->arena, strchr(colon + 1, ':') + 2);
	}
	*ARENA_PUSH(findings->arena, findings->items, findings->count) = finding;
}

static int compare_findings(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	if (x->error != y->error)
		return x->error ? -1 : 1;
	int order = strcmp(x->file, y->file);
	if (order != 0)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	order = strcmp(x->class->name, y->class->name);
	return order != 0 ? order : strcmp(x->reason, y->reason);
}

void findings_sort(struct findings *findings)
{
	if (findings->count > 1)
		qsort(findings->items, findings->count, sizeof *findings->items, compare_findings);
}

size_t findings_errors(const struct findings *findings)
{
	size_t count = 0;
	for (size_t i = 0; i < findings->count; i++)
		count += findings->items[i].error;
	return count;
}

const char *finding_sentence(struct arena *arena, const struct finding *finding)
{
	if (finding->line == 0)
		return arena_printf(arena, "%s: %s", finding->file, finding->reason);
	return arena_printf(arena, "%s:%d: %s", finding->file, finding->line, finding->reason);
}
