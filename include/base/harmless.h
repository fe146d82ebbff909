/* harmless.h - foreign text as a person may be shown it.
 *
 * What mail carries may move a terminal's cursor, turn the direction of writing, hide between letters or pile up on them.
 * None of that is needed to read it. The result is always valid UTF-8; it is plain text, not yet escaped for HTML. */
#ifndef COPYHOLD_BASE_HARMLESS_H
#define COPYHOLD_BASE_HARMLESS_H

#include "base/text.h"

enum harmless_form {
	HARMLESS_LINE,  /* line ends and tabs become spaces */
	HARMLESS_LINES, /* line ends become LF, tabs stay */
};

/* More marks over one letter than any language needs are left out. */
#define HARMLESS_MARKS_MOST 6

/* Appends `foreign`: ill-formed octets and non-characters become U+FFFD, controls and what turns the direction a space;
 * what nobody can see is left out, but for the joiners and selectors that follow a character beyond ASCII. */
void harmless_add(struct text *out, struct bytes foreign, enum harmless_form form);
/* The same in the arena, NUL-terminated. */
char *harmless_line(struct arena *arena, struct bytes foreign);

#endif
