/* copy_lead.h - the words a copy line begins with, and the words for "all councillors". Private to facts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_FACTS_COPY_LEAD_H
#define COPYHOLD_FACTS_COPY_LEAD_H

#include "base/arena.h"
#include "base/bytes.h"

/* True when the line begins like a copy line; `rest_out` is what follows, perhaps empty. */
bool copy_lead(struct bytes plain, struct bytes *rest_out);
bool copy_is_all(struct arena *arena, struct bytes names);
/* The next of the names a copy line lists, from *at on; false at the end. */
bool copy_next_name(struct bytes names, size_t *at, struct bytes *name_out);
/* True when the list goes on in the next line: it ends with a comma or "and". */
bool copy_goes_on(struct bytes names);

#endif
