/* signature.h - where a letter is signed, and who signs it in what capacity. */
#ifndef COPYHOLD_READING_SIGNATURE_H
#define COPYHOLD_READING_SIGNATURE_H

#include "reading/boilerplate.h"

/* Puts the lines of signature blocks into ZONE_SIGNATURE. `from_name` is the author's display name, or NULL. After
 * boilerplate_mark. */
void signature_mark(struct arena *arena, const struct wording *wording, struct found_letter *letter, const char *from_name);

/* Those who sign in the topmost block; none when there is no block or nobody to make out. */
const struct signature *signature_read(struct arena *arena, const struct wording *wording, const struct found_letter *letter,
				       size_t *count_out);

#define SIGNATURE_COLUMNS 8
/* What stands side by side on a line, "Ruth Ames          Cllr Amir Khan"; their count. The last one has whatever is too many. Borrowed from it. */
size_t signature_columns(struct bytes plain, struct bytes columns[SIGNATURE_COLUMNS]);
/* "Beth" of "Beth xx". */
struct bytes without_kisses(struct bytes plain);
/* Words like a person's name: capitals, initials, small particles; no title. */
bool is_name(struct bytes words);

#endif
