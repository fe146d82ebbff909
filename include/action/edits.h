/* edits.h - building a list of edits (footer.h): kept in order of offset, each a change of untouched bytes. */
#ifndef COPYHOLD_ACTION_EDITS_H
#define COPYHOLD_ACTION_EDITS_H

#include "action/footer.h"

/* Puts the edit in its place; insertions at one offset stay in the order they came, before what is replaced there. */
void edits_add(struct arena *arena, struct edit_list *edits, struct edit edit);
void edits_add_body(struct arena *arena, struct edit_list *edits, size_t offset, size_t length, struct bytes bytes);
/* A field at the top of the message; `value` without its leading blank. */
void edits_insert_field(struct arena *arena, struct edit_list *edits, const char *name, const char *value);
void edits_remove_field(struct arena *arena, struct edit_list *edits, const struct message *message, const struct header *header);
/* raw[offset, offset + length), inside that field of the root, becomes `bytes`. */
void edits_change_field(struct arena *arena, struct edit_list *edits, const struct message *message, const struct header *header,
			size_t offset, size_t length, struct bytes bytes);
/* All edits of `more`, in order. */
void edits_join(struct arena *arena, struct edit_list *edits, const struct edit_list *more);
/* An edit at just that offset and of that length is there. */
bool edits_have(const struct edit_list *edits, size_t offset, size_t length);

#endif
