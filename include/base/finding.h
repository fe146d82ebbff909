/* finding.h - what a look over a configuration shows: each with its place, its class, and why.
 *
 * A class says once what is wrong with all of its kind and what to do about it. Each layer has a table of its own classes; the
 * manual is made from the tables. */
#ifndef COPYHOLD_BASE_FINDING_H
#define COPYHOLD_BASE_FINDING_H

#include "base/arena.h"

struct finding_class {
	const char *name;    /* "shadowed-rule" */
	const char *meaning; /* one line for the manual */
	const char *remedy;  /* one sentence to whoever keeps the file */
};

struct finding {
	const char *file;
	int line;            /* 0: the whole file */
	const struct finding_class *class;
	const char *reason;
	bool error;          /* the configuration is refused for it */
};

struct findings {
	struct arena *arena;
	struct finding *items;
	size_t count;
};

/* A warning; the words are copied. */
void findings_add(struct findings *findings, const struct finding_class *class, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
/* An error, from the sentence "FILE:LINE: what is wrong"; one that names no place is of the whole of `file`. */
void findings_add_error(struct findings *findings, const struct finding_class *class, const char *file, const char *sentence);
/* Errors first, then by file and line; then by class. */
void findings_sort(struct findings *findings);
size_t findings_errors(const struct findings *findings);
/* "FILE:LINE: what is wrong" */
const char *finding_sentence(struct arena *arena, const struct finding *finding);

#endif
