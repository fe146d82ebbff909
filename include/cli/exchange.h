/* exchange.h - drafts of rules from the transport rules of an Exchange server. */
#ifndef COPYHOLD_CLI_EXCHANGE_H
#define COPYHOLD_CLI_EXCHANGE_H

#include <stdio.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

/* One condition, exception or action: "FromScope" and what it is set to. */
struct exchange_setting {
	const char *name;
	const char **values;
	size_t value_count;
};
struct exchange_rule {
	const char *name;
	struct exchange_setting *settings;
	size_t setting_count;
};
struct exchange_rules {
	struct exchange_rule *items;
	size_t count;
};

/* Adds the rules of an export to `out`; the XML is taken apart by copyhold-reader, in its cage. ERROR_INPUT: it is no whole export, or
 * has no rule; ERROR_SETTINGS or ERROR_UNAVAILABLE: that program cannot be run. */
bool exchange_load(struct arena *arena, const char *path, struct exchange_rules *out, struct error *err) MUST_CHECK;
/* The same from what copyhold-reader answers (src/reader/exchange.h), which is not trusted: what fits nowhere is passed over. */
bool exchange_read_records(struct arena *arena, struct bytes records, struct exchange_rules *out, struct error *err) MUST_CHECK;
/* What a command such as New-TransportRule -FromScope InOrganization sets. */
void exchange_read_command(struct arena *arena, struct exchange_rule *rule, const char *command);
/* Writes a pack of drafts; what could not be carried stands in it as comments. Returns how much that was. */
size_t exchange_print_draft(struct arena *arena, const struct exchange_rules *rules, FILE *out);

#endif
