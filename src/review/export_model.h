/* export_model.h - an export as one JSON value, before it is written out in a form. Private to src/review. */
#ifndef COPYHOLD_REVIEW_EXPORT_MODEL_H
#define COPYHOLD_REVIEW_EXPORT_MODEL_H

#include <jansson.h>

#include "masking.h"
#include "review/export.h"

struct export {
	struct store *store;
	const struct directory *directory;
	struct arena *arena;
	const struct export_request *request;
	struct reviewer who;
	struct masking *masking;  /* of the day of the entry that is being written */
	size_t masked, subjects_withheld, words_withheld, recused;
};

/* One entry with what they are in it; new reference, NULL when they have no part in it. */
json_t *export_entry(struct export *export, const struct held *held);
/* The journal's lines on one message, masked; NULL on trouble with the store. */
json_t *export_history(struct export *export, const char *id, struct error *err);

/* Forms; in the arena. */
struct bytes export_text(struct arena *arena, const json_t *model);
struct bytes export_html(struct arena *arena, const json_t *model);

#endif
