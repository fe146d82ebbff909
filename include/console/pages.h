/* pages.h - every page: one function each, from the desk's answer to HTML. See page.h for how they are written. */
#ifndef COPYHOLD_CONSOLE_PAGES_H
#define COPYHOLD_CONSOLE_PAGES_H

#include "console/page.h"

/* Of the desk: `answer` is what the call of the same name gave (desk/protocol.h). */
void page_desk(struct page *page, const json_t *answer);       /* desk: what waits */
void page_message(struct page *page, const json_t *answer);    /* message: why, to whom, the buttons */
void page_content(struct page *page, const json_t *answer);    /* content: the text as the reader saw it */
/* The selection made on the desk, fixed and counted, before anything is done: `answer` is the desk page it was made on, page->fields
 * has the ticked ids ("ids", several). The form posts /bulk/decide. */
void page_bulk(struct page *page, const json_t *answer);
void page_bulk_done(struct page *page, const json_t *answer);  /* bulk: what became of each */
void page_search(struct page *page, const json_t *answer);     /* search; `answer` is NULL when nothing was asked yet */
void page_own(struct page *page, const json_t *answer);        /* own */
void page_export(struct page *page, const json_t *answer);     /* the form for an export; `answer` is NULL */
void page_statistics(struct page *page, const json_t *answer); /* statistics */
void page_status(struct page *page, const json_t *answer);     /* status */
/* A link from a mail, of purpose "own": the sender's own message and its remedies. Its forms post to page->path. */
void page_link(struct page *page, const json_t *answer);
void page_link_done(struct page *page, const json_t *answer);  /* own-act */

void page_journal(struct page *page, const json_t *answer);    /* journal */
void page_help(struct page *page, const json_t *answer);       /* words explained; `answer` is NULL */

/* Of the console itself. */
void page_login(struct page *page, const json_t *answer);      /* `answer` is NULL; page->fields may have "login" and "to" */
void page_code(struct page *page, const json_t *answer);       /* {"carried":...,"to":...}: the one-time code, after the password */
void page_trouble(struct page *page, const json_t *answer);    /* {"title":...,"text":...,"back":path or absent}: a page for what cannot be shown */

/* The style rules of what only some pages show; they follow the sheet that all share. */
extern const char page_style[];

#endif
