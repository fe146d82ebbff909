/* signatories.h - those who sign a letter, while signatory.c reads the block: names and offices come in turn, and it is settled here
 * whose they are. */
#ifndef COPYHOLD_READING_SIGNATORIES_H
#define COPYHOLD_READING_SIGNATORIES_H

#include "reading/boilerplate.h"
#include "reading/title.h"

struct signatory {
	struct bytes name;
	bool as_councillor, as_officer;
	bool ward, council_office; /* a ward only, or more */
	bool for_council, for_other_body;
	bool principal;            /* somebody else wrote "pp" or "on behalf of" */
	size_t line;               /* of the block, where the name stands */
	const char *office;
};

/* Those made out so far, and where the reading of the block stands. */
struct signatories {
	struct arena *arena;
	const struct wording *wording;
	struct signatory *items;
	size_t count;
	struct bytes candidate; /* a bare name that an office behind it would make a signatory */
	size_t line;            /* lines of the block read so far */
	bool principal;         /* the pieces now read follow "pp" or "on behalf of" */
	size_t column;          /* from 1: offices now read stand side by side, as the names above them do; 0: they do not */
};

/* The last one, or NULL. */
struct signatory *signatories_current(struct signatories *signatories);
/* A new one, all of them in the arena: who was returned before may have moved. When there are as many as may sign, the last one. */
struct signatory *signatories_add(struct signatories *signatories, struct bytes name);
/* The signatory of that name, or a new one; a longer form of the name replaces a shorter. */
struct signatory *signatories_named(struct signatories *signatories, struct bytes name);
/* An office without a name: it is the last signatory's, or makes the waiting name one. */
void signatories_take_office(struct signatories *signatories, const struct title *title);
/* A name: a signatory's when `titled`, known or near the top; else it waits for an office. */
void signatories_take_name(struct signatories *signatories, struct bytes name, bool titled);

/* Up to the first blank. */
struct bytes name_first_word(struct bytes name);
bool name_has_one_word(struct bytes name);

#endif
