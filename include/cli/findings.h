/* findings.h - findings on a configuration as people and programs read them. */
#ifndef COPYHOLD_CLI_FINDINGS_H
#define COPYHOLD_CLI_FINDINGS_H

#include "base/finding.h"

/* One to two lines each, sorted: place, whether error or warning, reason and class; below it what to do. */
void findings_print(const struct findings *findings);
/* One JSON object: { "v": 1, "configuration", "errors", "warnings", "findings": [ { "file", "line", "severity", "class", "reason",
 * "remedy" } ] }. */
void findings_print_json(const struct findings *findings, const char *configuration);
/* Every class there is, with its meaning. */
void findings_print_classes(const struct finding_class *const *tables);

#endif
