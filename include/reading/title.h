/* title.h - words that say in what capacity somebody signs, or only how they are addressed. */
#ifndef COPYHOLD_READING_TITLE_H
#define COPYHOLD_READING_TITLE_H

#include "base/bytes.h"

enum title_kind {
	TITLE_NONE,
	TITLE_COUNCILLOR, /* an elected member, by address or office */
	TITLE_WARD,       /* an elected member as such, without an office of the council */
	TITLE_OFFICER,
	TITLE_HONORIFIC,  /* Mr, Mrs, Dr */
	TITLE_LETTERS,    /* behind a name: MBE, PSLCC */
};

struct title {
	enum title_kind kind;
	const char *office;  /* as the directory spells it, or NULL */
	bool before_name;    /* is followed by a name: "Cllr Jane Smith" */
};

/* The longest title at `at`, as whole words; its length, or 0. */
size_t title_at(struct bytes text, size_t at, struct title *out);
/* It says in what capacity somebody signs; an honorific and letters behind a name do not. */
bool title_makes_capacity(const struct title *title);
/* The first title at or after `from` that makes a capacity; false, and nothing filled, when there is none. */
bool title_find(struct bytes text, size_t from, size_t *at_out, size_t *length_out, struct title *out);

#endif
