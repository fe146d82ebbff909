/* party.h - small questions on the people of a message that several predicates ask. */
#ifndef COPYHOLD_POLICY_PARTY_H
#define COPYHOLD_POLICY_PARTY_H

#include "directory/shared.h"
#include "facts/facts.h"

/* By any tenure in force on that day, not only the first. */
bool party_has_role(const struct party *party, enum role role, calendar_date on);
/* Neither councillor nor officer, nor a list of only those: a third party, or somebody exempt. */
bool party_is_outside(const struct party *party);
/* What was looked for in the facts: what was not found because a pattern gave up is not known to be absent. */
enum answer facts_found(const struct facts *facts, bool found);
/* The name in the directory, else the address. */
const char *party_name(const struct party *party);
/* A third party only in that somebody who is neither councillor nor officer reads a mailbox of one who is. */
bool party_is_shared(const struct facts *facts, const struct party *party, struct shared_mailbox *out);
/* A list that reaches somebody outside the council. */
bool list_is_public(struct arena *arena, const struct facts *facts, const struct person *list);
/* A list that has members, all of them officers. */
bool list_is_officers(struct arena *arena, const struct facts *facts, const struct person *list);
/* A councillor whom To and Cc do not name, and who is not just one reader of a public list. */
bool hidden_counts(struct arena *arena, const struct facts *facts, const struct hidden *hidden);

#endif
