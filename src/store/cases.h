/* cases.h - each judged message of a period as numbers: what it was judged by, what became of its held copies. Told by the
 * tables, or by the journal alone; whoever compares the two finds what was changed behind Copyhold's back. Private to
 * src/store. */
#ifndef COPYHOLD_STORE_CASES_H
#define COPYHOLD_STORE_CASES_H

#include "database.h"

struct case_rule {
	const char *rule, *clause; /* clause "" from the journal, which has none */
	bool holds;                /* it is why copies are held, when any are */
};

struct judged_case {
	const char *id;
	int64_t at;
	int64_t copies, released, returned, in_doubt; /* of the copies held; the others wait */
	int64_t settled_at;        /* when the last decision on them was taken; without any, when the last was released or returned */
	const struct case_rule *rules;
	size_t rule_count;
};

struct case_list {
	struct judged_case *items;
	size_t count;
};

/* Which findings of one message hold it, given that it is held: those that say hold and are enforced; failing those, the enforced
 * ones (a footer that could not be added), failing those all. */
void cases_mark_holding(const char *const *actions, const char *const *modes, size_t count, bool *holds);

/* Within a read transaction; of messages judged in [from, to) and not taken back. */
bool cases_load(struct store *store, struct arena *arena, int64_t from, int64_t to, struct case_list *out, struct error *err) MUST_CHECK;
/* The same from the lines 1 to `last` of the journal. */
bool cases_replay(struct store *store, struct arena *arena, int64_t from, int64_t to, int64_t last, struct case_list *out,
		  struct error *err) MUST_CHECK;

#endif
