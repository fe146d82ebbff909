/* rule.h - reading one rule from a configuration, alone or over an earlier one of the same id. */
#ifndef COPYHOLD_POLICY_RULE_H
#define COPYHOLD_POLICY_RULE_H

#include "policy/condition.h"
#include "policy/policy.h"

#define RULE_ID_LENGTH 64

/* The keys of a rule: settings_fill writes them here, and the manual prints them. */
struct rule_keys {
	const char *id, *clause, *quote;
	struct string_list when, unless, provided, otherwise_provided, also_provided, when_also, unless_also, provided_also, also, reasons, remedies;
	int action, otherwise, most, fallback, mode, on_expiry, kept;
	bool whole_message, otherwise_counted, discreet, two_persons;
	const struct settings_node *says, *remedy, *clock, *duty;
};
extern const struct setting_row rule_rows[];
extern const size_t rule_row_count;

/* The keys of its group `clock`. */
extern const struct setting_row clock_rows[];
extern const size_t clock_row_count;
/* Reads the group over *clock, which is NULL or what an earlier file said. */
bool clock_read(struct arena *arena, const struct rule_clock **clock, const struct settings_node *group, const struct lexicon *lexicon,
		struct error *err) MUST_CHECK;

/* The same of its group `duty`. */
extern const struct setting_row duty_rows[];
extern const size_t duty_row_count;
bool duty_read(struct arena *arena, const struct rule_duty **duty, const struct settings_node *group, const struct lexicon *lexicon,
	       struct error *err) MUST_CHECK;

/* A group { en; cy; } over what stands there; NULL changes nothing. */
bool wording_read(struct arena *arena, const struct settings_node *group, const char **en, const char **cy, struct error *err) MUST_CHECK;

/* Each term of all its lists, that of what meets its duty too. */
void rule_each_term(const struct rule *rule, term_visitor *visit, void *context);

/* Reads `node` over `rule`, which is empty or holds what earlier files said. On failure `rule` is to be thrown away. */
bool rule_read(struct arena *arena, struct rule *rule, const struct settings_node *node, const char *path,
	       const struct lexicon *lexicon, struct error *err) MUST_CHECK;
/* What is stronger than its `most` is taken back to that; `wanted` remembers what it was. */
void rule_cap(struct rule *rule);
/* All that a rule needs is there. */
bool rule_is_complete(const struct rule *rule, struct error *err) MUST_CHECK;
/* A rule before anything was read: actions and mode unset. */
struct rule rule_empty(void);

#endif
