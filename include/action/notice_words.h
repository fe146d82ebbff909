/* notice_words.h - the texts of notices: English in the source, every other language from the catalogue, and the Council's own over
 * both.
 *
 * A text has named slots, as %{title}. Filling is one pass: what a value holds is never a slot itself. */
#ifndef COPYHOLD_ACTION_NOTICE_WORDS_H
#define COPYHOLD_ACTION_NOTICE_WORDS_H

#include "action/plan.h"
#include "base/catalogue.h"

/* What every kind of notice has; NULL where a kind has no such part. */
enum notice_part {
	PART_SUBJECT,      /* %{about}: the subject of the message, or its reference */
	PART_OPENING,      /* %{title}; of a companion notice %{sender} too */
	PART_OPENING_SOME, /* when it is about some recipients only: %{title} %{held} */
	PART_STEP,
	PART_WRONG,
	PART_LINK,         /* %{link} */
	PART_THANKS,       /* %{reference} */
	PART_COUNT
};
extern const char *const notice_part_names[PART_COUNT + 1]; /* keys of the configuration; NULL-terminated */

enum notice_word {
	WORD_SUBJECT_APART, /* of one that tells of companion notices: %{about} */
	WORD_TITLE,         /* %{subject} */
	WORD_OTHERS,        /* %{count} */
	WORD_ADDED,         /* %{lines} */
	WORD_NOT_ADDED,     /* %{why} %{lines} */
	WORD_TOLD_APART,    /* %{why} %{lines} */
	WORD_TOLD_LATER,    /* %{lines}: added here, and earlier readers told in a notice */
	WORD_LATE_UNTOLD,   /* %{lines}: added here, and earlier readers not told */
	WORD_CAME_LATER,    /* of a companion notice about a copy that came after the reader's; the lines follow */
	WORD_STANDS_HERE,   /* of a companion notice: %{why}; the lines follow */
	WORD_MADE_OPEN,     /* of a companion notice that the sender asked for; the lines follow */
	WORD_BESIDE_SUBJECT,/* of a note beside a message: %{about} */
	WORD_BESIDE,        /* its opening: %{sender} */
	WORD_BESIDE_STEP,   /* where the rule says none */
	WORD_UNDECIDED,     /* what was noticed when a rule could not be answered */
	WORD_CLAUSE,        /* %{clause} */
	WORD_CLAUSE_QUOTED, /* %{clause} %{quote} */
	WORD_COUNT
};

struct notice_words {
	const char *parts[NOTICE_TOLD_COUNT][PART_COUNT];
	const char *words[WORD_COUNT];
	const char *untouched[UNTOUCHED_COUNT]; /* sentences */
	const struct catalogue *catalogue;      /* NULL: English */
};

/* The shipped English. */
extern const struct notice_words notice_words_en;
/* The same in the catalogue's language. ERROR_SETTINGS, naming the text, when one is missing there or has other slots. */
bool notice_words_translate(struct arena *arena, const struct catalogue *catalogue, struct notice_words **out, struct error *err) MUST_CHECK;

/* A text for that part has the slots it needs, closed, and no others; the error says which and what may have been meant. */
bool notice_part_check(enum notice_kind kind, enum notice_part part, const char *text, struct error *err) MUST_CHECK;

/* Any other text that the sources mark with N_(), in the language of these words (NULL: English). */
const char *notice_words_text(const struct notice_words *words, const char *text);

struct notice_value {
	const char *slot, *value;
};
#define NOTICE_VALUES(...) (const struct notice_value[]){ __VA_ARGS__ }, sizeof((struct notice_value[]){ __VA_ARGS__ }) / sizeof(struct notice_value)
/* Slots without a value stay empty. */
const char *notice_fill(struct arena *arena, const char *text, const struct notice_value *values, size_t count);

#endif
