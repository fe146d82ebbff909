/* digest_page.h - a digest as values, before it has a form. Private to src/review. */
#ifndef COPYHOLD_REVIEW_DIGEST_PAGE_H
#define COPYHOLD_REVIEW_DIGEST_PAGE_H

#include "report_model.h"
#include "review/digest.h"

/* More are counted, not listed: nobody decides so many from a mail. */
#define DIGEST_ITEMS_MOST ((size_t)50)

struct digest_item {
	const struct held *held;
	struct waiting waiting;      /* for report_hours */
	const char *why;             /* what was observed, in a sentence */
	const char *clause;          /* the Council's */
	const char *deadline;        /* "Passed to the second reviewer on ..." ; NULL: none */
	const char *said;            /* by the sender; NULL */
	const char *link;            /* NULL: there is no console */
};
struct digest_count { /* new since the last one, of what the reader may see */
	const char *rule, *clause;
	size_t count;
};

struct digest_page {
	const struct digest_job *job;
	const char *reader;
	bool second;                 /* the reader is the second reviewer */
	int64_t now;
	struct report report;        /* what report_words.c speaks of */
	struct report_options options;
	const struct digest_item *items; /* oldest first */
	size_t item_count;
	size_t waiting;              /* all that wait for the reader, listed or not */
	size_t elsewhere;            /* wait for another reviewer */
	const struct digest_count *news;
	size_t news_count, news_total;
};

/* Gathers what `reader` may see: what waits, and what came in [from, now]. `before`: count only what came by then as there (0: all). */
bool digest_gather(const struct digest_job *job, struct arena *arena, const char *reader, bool second, int64_t from, int64_t now, int64_t before,
		   struct digest_page *out, struct error *err) MUST_CHECK;

/* Words that both forms use. */
const char *digest_title(struct arena *arena, const struct digest_page *page);
const char *digest_first_line(struct arena *arena, const struct digest_page *page); /* counts */
const char *digest_elsewhere(struct arena *arena, const struct digest_page *page);  /* NULL for none */
const char *digest_unlisted(struct arena *arena, const struct digest_page *page);   /* NULL when all are listed */
const char *digest_people(struct arena *arena, const struct held *held, enum openness openness); /* NULL for nobody */

struct bytes digest_as_text(struct arena *arena, const struct digest_page *page);
struct bytes digest_as_html(struct arena *arena, const struct digest_page *page);

#endif
