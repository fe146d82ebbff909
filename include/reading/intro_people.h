/* intro_people.h - people as the lines above a quoted letter name them: looser than any header grammar. */
#ifndef COPYHOLD_READING_INTRO_PEOPLE_H
#define COPYHOLD_READING_INTRO_PEOPLE_H

#include "base/arena.h"
#include "message/address.h"

#define INTRO_PEOPLE_MOST 2000

/* "Ruth Ames <clerk@x>; Carl Moss", "Khan, Amir [mailto:a@x]": a person without an address has address "". */
struct mailbox_list intro_people(struct arena *arena, struct bytes value);
/* The first run of characters that looks like an address; false when there is none. */
bool intro_find_address(struct bytes text, size_t from, struct bytes *address_out);

#endif
