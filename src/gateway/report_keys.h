/* report_keys.h - the group `report` of the configuration, which is also read by who looks at the people file alone. */
#ifndef COPYHOLD_GATEWAY_REPORT_KEYS_H
#define COPYHOLD_GATEWAY_REPORT_KEYS_H

#include "base/settings.h"

struct report_keys {
	const char *directory_reviewed;
	int days, escalate_hours, retry_days, directory_days;
};
/* Those that are left out, or all when the group (NULL) is, are as copyhold.conf(5) says. */
bool report_keys_read(const struct settings_node *report, struct arena *arena, struct report_keys *out, struct error *err) MUST_CHECK;

#endif
