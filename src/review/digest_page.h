/* digest_page.h - a digest as values, before it has a form. Private to src/review. */
#ifndef COPYHOLD_REVIEW_DIGEST_PAGE_H
#define COPYHOLD_REVIEW_DIGEST_PAGE_H

#include "report_model.h"
#include "review/digest.h"
#include "review/tend.h"

/* More are counted, not listed: nobody decides so many from a mail. */
#define DIGEST_ITEMS_MOST ((size_t)50)

struct digest_item {
	const struct held *held;
	struct waiting waiting;      /* for report_hours */
	const char *why;             /* what was observed, in a sentence */
	const char *clause;          /* the Council's */
	struct next_deadline next;
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
	struct voices voices;        /* the Council's languages */
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

/* Words that both forms use: what is said of the whole, in one language. NULL: nothing to say. */
const char *digest_title(const struct voice *voice, const struct digest_page *page);
const char *digest_first_line(const struct voice *voice, const struct digest_page *page); /* counts */
const char *digest_nothing(const struct voice *voice, const struct digest_page *page);    /* that nothing waits */
const char *digest_elsewhere(const struct voice *voice, const struct digest_page *page);
const char *digest_unlisted(const struct voice *voice, const struct digest_page *page);
const char *digest_how(const struct voice *voice, const struct digest_page *page);        /* what a link does, or a command */
const char *digest_now(const struct voice *voice, const struct digest_page *page);
/* "waiting 20 hours" */
const char *digest_waiting(const struct voice *voice, const struct digest_item *item);

/* A fact about an item, or about the gate: listed once, in all languages. */
struct digest_fact {
	const char *labels[VOICES_MOST]; /* parallel to the page's voices */
	const char *words[VOICES_MOST];  /* only the first when the others are the same */
	bool is_english;                 /* kept in English alone */
	int64_t at;                      /* the words are this time; 0: they are not a time */
};
const struct digest_fact *digest_item_facts(struct arena *arena, const struct digest_page *page, const struct digest_item *item, size_t *count_out);
const struct digest_fact *digest_gate_facts(struct arena *arena, const struct digest_page *page, size_t *count_out);

struct bytes digest_as_text(struct arena *arena, const struct digest_page *page);
struct bytes digest_as_html(struct arena *arena, const struct digest_page *page);

#endif
