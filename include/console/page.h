/* page.h - what a page of the console is made from, and the parts that all pages share.
 *
 * A page function is pure: from the desk's answer (JSON; foreign text in it is raw) into page->markup, whose elements escape
 * all words. It works without any script, and writes no style attribute, no <style>, no remote address, no data: address:
 * the policy sent with each page refuses them (SVG uses classes or presentation attributes). Links are made of paths of the table in route.h.
 *
 *	void page_desk(struct page *page, const json_t *answer)
 *	{
 *		page_begin(page, "What waits");
 *		...
 *		form_begin(page, "/bulk", "chosen");
 *		...
 *		form_end(page);
 *		page_end(page);
 *	}
 *
 * page_begin writes all up to the open <main>, the one <h1> and, below it, what was just said or went wrong; sections start at <h2>. */
#ifndef COPYHOLD_CONSOLE_PAGE_H
#define COPYHOLD_CONSOLE_PAGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/markup.h"
#include "console/form.h"

struct page {
	struct markup *markup;            /* what is written; markup->arena for passing strings */
	const char *council;              /* its name; never NULL */
	const char *language;             /* what the page itself is written in, for <html lang>: "en-GB" */
	const char *path;                 /* of this page, with its query: for "you are here" and coming back after a log-in */
	const char *csrf;                 /* the token every posted form carries; form_begin puts it. NULL: no form can be posted */
	const char *style;                /* path of the style sheet */
	const char *said;                 /* one sentence on what was just done ("Released to Siân O'Neill."), or NULL */
	const char *problem;              /* one sentence on why what was asked for was not done, or NULL */
	const struct fields *fields;      /* the query of a GET; the posted form, to fill in again, when there is a problem. Never NULL */
	const json_t *words;              /* what stands around the page, from the desk in the Council's languages; NULL: English. See page_speak */
	const json_t *me;                 /* the desk's answer to `me`; NULL before a log-in and on a link's page */
	int64_t now;
	unsigned described;               /* sentences that buttons refer to, so far: start with 0 */
};

/* Whether the person may make that call of the desk ("decide", "content", "search" ...). */
bool page_may(const struct page *page, const char *call);
/* The person's role, "" before a log-in. */
const char *page_role(const struct page *page);

/* Before page_begin: this page has its own words (and with them its language), from the answer to `link` or `own-act`. */
void page_speak(struct page *page, const json_t *answer);
/* One of them by its key, or the English. */
const char *page_word(const struct page *page, const char *key, const char *english);
void page_begin(struct page *page, const char *title);
void page_end(struct page *page);

/* A string, or "" when the key is absent or null; a whole number, or 0; true only for true. They never fail: the desk is trusted to
 * answer in the shapes of desk/protocol.h, and what it leaves out is shown as empty. */
const char *answer_string(const json_t *object, const char *key);
int64_t answer_number(const json_t *object, const char *key);
bool answer_true(const json_t *object, const char *key);

/* Forms. `action` is a path of ours, its parts already percent-encoded; `id` is an id for the form and the start of its controls' ids
 * (so it must differ from other forms' on the page). form_begin posts and carries the token; form_begin_query gets. */
void form_begin(struct page *page, const char *action, const char *id);
void form_begin_query(struct page *page, const char *action, const char *id);
void form_end(struct page *page);
void form_hidden(struct page *page, const char *name, const char *value);

enum form_kind { FORM_TEXT, FORM_AREA, FORM_DATE, FORM_PASSWORD, FORM_CODE };
struct form_line {
	enum form_kind kind;
	const char *form;         /* the id given to form_begin */
	const char *name, *label;
	const char *hint;         /* a sentence under the label, or NULL */
	const char *value;        /* NULL: what page->fields has under this name, so that nothing is typed twice */
	const char *autocomplete; /* NULL: off */
	bool required;
	size_t longest;           /* characters; 0: 200 */
};
/* A labelled line or area. */
void form_line(struct page *page, const struct form_line *line);

struct form_option {
	const char *value, *label;
};
/* A labelled <select>; `chosen` NULL: what page->fields has, else the first. */
void form_select(struct page *page, const char *form, const char *name, const char *label, const struct form_option *options, size_t count,
		 const char *chosen);
/* One box with its label (label is text, escaped here). Ticked when `ticked`, or when page->fields has it with this value. */
void form_box(struct page *page, const char *form, const char *name, const char *value, const char *label, bool ticked);
/* One of several to choose one from; inside a <fieldset> with a <legend> of the page's. */
void form_radio(struct page *page, const char *form, const char *name, const char *value, const char *label, const char *hint, bool chosen);

enum button_look { BUTTON_PLAIN, BUTTON_MAIN, BUTTON_GRAVE };
/* A button that sends its form, with name=value when name is not NULL; `will` is the sentence under it that says what it does, or NULL. */
void form_button(struct page *page, enum button_look look, const char *name, const char *value, const char *label, const char *will);

#endif
