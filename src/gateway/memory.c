/* memory.c - how long what was seen before is remembered, from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/build.h"

#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)

struct memory_keys {
	bool keep;
	int reunion_hours, correspondence_days, issued_days, key_days;
};
static const struct setting_row memory_rows[] = {
	{ "keep", SETTING_BOOL, offsetof(struct memory_keys, keep), false, 0, 0, NULL, "false: each message is judged by itself" },
	{ "reunion_hours", SETTING_INT, offsetof(struct memory_keys, reunion_hours), false, 1, 168, NULL, "envelopes of one message are joined" },
	{ "correspondence_days", SETTING_INT, offsetof(struct memory_keys, correspondence_days), false, 1, 1100, NULL,
	  "confidential and councillors' letters are known again" },
	{ "issued_days", SETTING_INT, offsetof(struct memory_keys, issued_days), false, 1, 1100, NULL, "what was issued openly is known to be no secret" },
	{ "key_days", SETTING_INT, offsetof(struct memory_keys, key_days), false, 1, 1100, NULL, "one secret key serves for new entries" },
};

bool build_memory(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	struct memory_terms terms = MEMORY_TERMS_DEFAULT;
	struct memory_keys keys = { true, (int)(terms.reunion / HOUR), (int)(terms.correspondence / DAY), (int)(terms.issued / DAY), (int)(terms.key / DAY) };
	if (build->top.memory != NULL && !settings_fill(build->top.memory, ROWS(memory_rows), build->arena, &keys, err))
		return false;
	snapshot->memory_kept = keys.keep;
	snapshot->memory_terms = (struct memory_terms){ keys.reunion_hours * HOUR, keys.correspondence_days * DAY, keys.issued_days * DAY,
							keys.key_days * DAY };
	if (!keys.keep)
		build_warn(build, GATEWAY_MEMORY_OFF, snapshot->path, settings_line(build->top.memory),
			   "memory.keep is false: copies that arrive in several envelopes, and confidential letters passed on, are not noticed");
	for (size_t i = 0; !keys.keep && i < snapshot->council.trusted_count; i++)
		if (snapshot->council.trusted[i].hold_window > 0)
			build_warn(build, GATEWAY_MEMORY_OFF, snapshot->path, settings_line(build->top.trusted),
				   "trusted.hold_window has no meaning while memory.keep is false: nothing waits for copies that will not be known");
	return true;
}
