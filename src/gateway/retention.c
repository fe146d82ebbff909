/* retention.c - the Council's retention schedule, from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/build.h"

struct retention_keys {
	const char *keep[RETENTION_CLASS_COUNT];
};
#define KEEP(class) offsetof(struct retention_keys, keep[class])
static const struct setting_row retention_rows[] = {
	{ "bodies", SETTING_STRING, KEEP(RETENTION_BODIES), false, 0, 0, NULL, "octets of held messages, after the decision" },
	{ "notices", SETTING_STRING, KEEP(RETENTION_NOTICES), false, 0, 0, NULL, "to whom own mail went, after it was sent" },
	{ "observations", SETTING_STRING, KEEP(RETENTION_OBSERVATIONS), false, 0, 0, NULL, "what names or quotes a person in an entry" },
	{ "memory", SETTING_STRING, KEEP(RETENTION_MEMORY), false, 0, 0, NULL, "fingerprints by which content is known again" },
	{ "journal", SETTING_STRING, KEEP(RETENTION_JOURNAL), false, 0, 0, NULL, "what the journal's lines say, beyond time and kind" },
	{ "counts", SETTING_STRING, KEEP(RETENTION_COUNTS), false, 0, 0, NULL, "hourly counts of all mail" },
};

static bool parse_rows(struct build *build, const struct retention_keys *keys, struct error *err)
{
	struct retention_schedule *schedule = &build->snapshot->retention;
	for (size_t i = 0; i < sizeof retention_rows / sizeof *retention_rows; i++) {
		struct error why = ERROR_INIT;
		if (keys->keep[i] == NULL || period_parse(keys->keep[i], &schedule->keep[i], &why))
			continue;
		settings_complain(settings_find(build->top.retention, retention_rows[i].key), err, "retention.%s: %s", retention_rows[i].key,
				  error_text(&why));
		error_release(&why);
		return false;
	}
	return true;
}

bool build_retention(struct build *build, struct error *err)
{
	struct retention_keys keys = { 0 };
	struct error why = ERROR_INIT;
	enum retention_class class = RETENTION_BODIES;
	build->snapshot->retention = retention_usual();
	if (build->top.retention == NULL)
		return true;
	if (!settings_fill(build->top.retention, ROWS(retention_rows), build->arena, &keys, err) || !parse_rows(build, &keys, err))
		return false;
	if (retention_check(&build->snapshot->retention, &class, &why))
		return true;
	const struct settings_node *node = settings_find(build->top.retention, retention_rows[class].key);
	settings_complain(node != NULL ? node : build->top.retention, err, "retention.%s: %s", retention_rows[class].key, error_text(&why));
	error_release(&why);
	return false;
}
