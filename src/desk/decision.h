/* decision.h - what the calls say of decisions and offers. Private to src/desk. */
#ifndef COPYHOLD_DESK_DECISION_H
#define COPYHOLD_DESK_DECISION_H

#include "handlers.h"
#include "review/decide.h"

json_t *decision_json(const struct request *request, const struct decision *decision);
/* Adds "decided", "offers" and "reasons" to the answer, and what they say of it to the message's entry. */
bool add_decisions(struct request *request, const struct held *held, json_t *entry, struct error *err) MUST_CHECK;
/* The decision that stands for a message: the open one, or the newest that was not undone; NULL when there is none. */
const struct decision *standing_decision(const struct decision_list *list);

#endif
