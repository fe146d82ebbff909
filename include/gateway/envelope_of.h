/* envelope_of.h - an envelope for a message that comes without one: whom its header fields address. */
#ifndef COPYHOLD_GATEWAY_ENVELOPE_OF_H
#define COPYHOLD_GATEWAY_ENVELOPE_OF_H

#include "facts/facts.h"

/* Appends recipients, borrowed, in order; duplicates stay. `recipients` of the envelope is an array of the arena, or NULL with none. */
void envelope_add(struct arena *arena, struct envelope *envelope, const char *const *addresses, size_t count);
/* Everybody in To, then in Cc; mailboxes without an address are left out. */
void envelope_add_addressed(struct arena *arena, struct envelope *envelope, const struct part *root);

#endif
