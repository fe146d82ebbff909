/* books.h - the rules of then, each rulebook of a store read once; and when `replay` and `diff` begin. */
#ifndef COPYHOLD_CLI_BOOKS_H
#define COPYHOLD_CLI_BOOKS_H

#include "gateway/past.h"
#include "gateway/snapshot.h"
#include "store/answers.h"

#define BOOK_POLICIES 2
struct book {
	const char *digest;
	const char *why_not;           /* it cannot be gone by; NULL: it can */
	struct rulebook *rulebook;
	const size_t *places[BOOK_POLICIES];          /* of the answers to other policies' sentences (rulebook_places) */
	const enum unheard_why *why[BOOK_POLICIES];
};
struct books {
	struct arena *arena;
	struct store *store;
	const struct snapshot *policies[BOOK_POLICIES]; /* the others; NULL: its own rules are gone by */
	struct book **items;
	size_t count;
};
/* Kept until books_close. False only when the store does not answer. */
bool books_get(struct books *books, const char *digest, const struct book **out, struct error *err) MUST_CHECK;
void books_close(struct books *books);

/* The beginning of the last N days before `now`; `text` NULL: `usual` days. */
bool books_days(const char *text, long usual, int64_t now, int64_t *from_out, struct error *err) MUST_CHECK;

#endif
