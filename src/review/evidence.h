/* evidence.h - evidence as the store keeps it, back into values. Private to src/review. */
#ifndef COPYHOLD_REVIEW_EVIDENCE_H
#define COPYHOLD_REVIEW_EVIDENCE_H

#include "store/store.h"

/* Of a JSON array of {where,text}; what is not such is left out. */
const struct evidence *evidence_parse(struct arena *arena, const char *json, size_t *count_out);

#endif
