/* exchange.h - drafts of rules from the transport rules of an Exchange server. */
#ifndef COPYHOLD_CLI_EXCHANGE_H
#define COPYHOLD_CLI_EXCHANGE_H

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

/* Reads an export; the XML is taken apart by copyhold-reader, in its cage. `reader` is the configured program or NULL. */
bool exchange_load(struct arena *arena, const char *reader, const char *path, struct exchange_rules *out, struct error *err) MUST_CHECK;
/* What a command such as New-TransportRule -FromScope InOrganization sets. */
void exchange_read_command(struct arena *arena, struct exchange_rule *rule, const char *command);
/* Writes a pack of drafts to standard output; what could not be carried stands in it as comments. Returns how much that was. */
size_t exchange_print_draft(struct arena *arena, const struct exchange_rules *rules);

#endif
