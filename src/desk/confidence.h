/* confidence.h - how sure a finding is. Private to src/desk. */
#ifndef COPYHOLD_DESK_CONFIDENCE_H
#define COPYHOLD_DESK_CONFIDENCE_H

#include <jansson.h>

#include "policy/policy.h"

/* "structural": what envelope and headers show, near certain; "marked": a marking; "wording": to be read with care. By the rule (NULL
 * when it is no longer there) and the places of its evidence, a list of objects with "where". */
const char *confidence_of(const struct rule *rule, const json_t *evidence);

#endif
