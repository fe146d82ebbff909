/* lint_clauses.h - packs and the lists of their documents' clauses, held against each other. */
#ifndef COPYHOLD_GATEWAY_LINT_CLAUSES_H
#define COPYHOLD_GATEWAY_LINT_CLAUSES_H

#include "gateway/lint.h"

void lint_clauses(const struct snapshot *snapshot, struct arena *arena, struct findings *found);

#endif
