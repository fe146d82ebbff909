/* confidence.c - see confidence.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "confidence.h"

#include <string.h>

#include "policy/condition.h"

static bool is_outside_text(const char *where)
{
	static const char *const places[] = { "envelope", "To", "Cc", "From", "Sender", "message", "To and Cc", "quoted letter" };
	for (size_t i = 0; where != NULL && i < sizeof places / sizeof *places; i++)
		if (strcmp(where, places[i]) == 0)
			return true;
	return false;
}

static bool asks_for_marking(const struct rule *rule)
{
	for (size_t i = 0; rule != NULL && rule->when != NULL && rule->when[i] != NULL; i++)
		if (strstr(rule->when[i]->sentence, "marked") != NULL || strstr(rule->when[i]->sentence, "marking") != NULL)
			return true;
	return false;
}

const char *confidence_of(const struct rule *rule, const json_t *evidence)
{
	for (size_t i = 0; i < json_array_size(evidence); i++)
		if (!is_outside_text(json_string_value(json_object_get(json_array_get(evidence, i), "where"))))
			return asks_for_marking(rule) ? "marked" : "wording";
	return "structural";
}
