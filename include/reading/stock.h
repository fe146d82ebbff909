/* stock.h - what the reader knows of letters without being told: phrases of boilerplate, sign-offs, offices, and
 * sentences that mark a letter. An administrator's families (lexicon.h) add to them. */
#ifndef COPYHOLD_READING_STOCK_H
#define COPYHOLD_READING_STOCK_H

#include "base/pattern.h"
#include "base/sieve.h"

enum stock_family {
	STOCK_LEGAL,         /* one of these makes a paragraph boilerplate */
	STOCK_LEGAL_HINT,    /* three of these do, or any beside boilerplate */
	STOCK_LEGAL_HEADING, /* a whole line above boilerplate */
	STOCK_SIGN_OFF,      /* a whole line that closes a letter */
	STOCK_MOBILE,        /* "Sent from my iPhone": the whole line */
	STOCK_MARKS,         /* a sentence that says this message is confidential */
	STOCK_UNMARKS,       /* a sentence or label that takes a marking away */
	STOCK_NEGATION,      /* right before a marking: not a marking */
	STOCK_REQUEST,       /* "could you keep this ...", "if you would treat this ...": asked for, not doubted */
	STOCK_CHOICE,        /* a form or template that leaves open which marking applies */
	STOCK_OPEN_LABEL,    /* a whole line: a label that does not mark */
	STOCK_FOR_COUNCIL,
	STOCK_ON_BEHALF,
	STOCK_OTHER_BODY,
	STOCK_PERSONAL,
	STOCK_FAMILIES,
};

struct stock;

/* The caller frees it, which sets *stock to NULL. */
struct stock *stock_new(void);
void stock_free(struct stock **stock);
/* All patterns, for a sieve over more than these; *count_out of them, freed by the caller. */
const struct pattern **stock_patterns(const struct stock *stock, size_t *count_out);
/* From now on texts are sifted first: the patterns are numbers `first` and up in the sieve, which is borrowed. */
void stock_use_sieve(struct stock *stock, const struct sieve *sieve, size_t first);
/* Whether a phrase of the family is in the text; what cannot be told counts as no. */
bool stock_find(const struct stock *stock, struct pattern_scratch *scratch, enum stock_family family, struct bytes plain,
		struct pattern_span *span_out);
/* How many different phrases of the family are in it. */
size_t stock_count(const struct stock *stock, struct pattern_scratch *scratch, enum stock_family family, struct bytes plain);

#endif
