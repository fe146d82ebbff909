/* findings.c - see findings.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/findings.h"

#include <jansson.h>
#include <stdio.h>

#include "cli/judge.h"

static const char *severity(const struct finding *finding)
{
	return finding->error ? "error" : "warning";
}

void findings_print(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		printf("%s:", finding->file);
		if (finding->line > 0)
			printf("%d:", finding->line);
		printf(" %s: %s [%s]\n    %s\n", severity(finding), finding->reason, finding->class->name, finding->class->remedy);
	}
}

void findings_print_json(const struct findings *findings, const char *configuration)
{
	json_t *list = json_array();
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		json_array_append_new(list, json_pack("{s:o,s:i,s:s,s:s,s:o,s:s}", "file", json_text(finding->file), "line", finding->line, "severity",
						      severity(finding), "class", finding->class->name, "reason", json_text(finding->reason),
						      "remedy", finding->class->remedy));
	}
	size_t errors = findings_errors(findings);
	json_t *whole = json_pack("{s:i,s:o,s:I,s:I,s:o}", "v", 1, "configuration", json_text(configuration), "errors", (json_int_t)errors, "warnings",
				  (json_int_t)(findings->count - errors), "findings", list);
	json_dumpf(whole, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(whole);
}

void findings_print_classes(const struct finding_class *const *tables)
{
	for (; *tables != NULL; tables++)
		for (const struct finding_class *class = *tables; class->name != NULL; class++)
			printf("%s\n    %s\n    %s\n", class->name, class->meaning, class->remedy);
}
