/* name_title.h - words that stand before a name: "Cllr", "Y Cynghorydd", "Mrs". All who look for a name ask here. */
#ifndef COPYHOLD_BASE_NAME_TITLE_H
#define COPYHOLD_BASE_NAME_TITLE_H

#include "base/bytes.h"

enum name_title_kind {
	NAME_TITLE_COUNCILLOR,
	NAME_TITLE_COUNCILLORS, /* opens a list of names */
	NAME_TITLE_MAYOR,
	NAME_TITLE_HONORIFIC,   /* anybody's */
};

struct name_title {
	const char *words; /* in the form of unicode_key, without full stops */
	enum name_title_kind kind;
};
extern const struct name_title name_titles[]; /* ends with words NULL */

/* Is the word, with or without its full stop, one of them? In any case; NULL: no. */
const struct name_title *name_title_of(struct bytes word);
/* "Cllr. Amir Khan", "Councillor Khan": what stands behind a councillor's title; the whole where there is none. */
struct bytes name_behind_councillor(struct bytes name);

#endif
