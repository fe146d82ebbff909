/* page_parts.h - what several pages show alike: facts, people, entries, decisions, states in words. Private to src/console. */
#ifndef COPYHOLD_CONSOLE_PAGE_PARTS_H
#define COPYHOLD_CONSOLE_PAGE_PARTS_H

#include "console/page.h"

/* A code of the desk and what it means in plain words; tables end in { NULL, NULL }. */
struct word {
	const char *code, *words;
};
/* The words of a code; the code itself when the table has none, "" for NULL. */
const char *word_of(const struct word *table, const char *code);
extern const struct word words_of_state[];   /* "waits for a decision": what has become of a copy */
extern const struct word words_of_deed[];    /* "release": what a reviewer decides */
extern const struct word words_of_outcome[]; /* "delivered with a line or a note added" */
extern const struct word words_of_line[];    /* "The text was read": what a line of the journal tells */

/* <p>words</p> */
void page_paragraph(struct page *page, const char *words);
/* The value of a key as a paragraph; an object of languages ({"en":...,"cy":...}) as one for each, tagged. Nothing for null. */
void page_passage(struct page *page, const json_t *object, const char *key);
/* The same within a sentence. */
void page_passage_words(struct page *page, const json_t *object, const char *key);
void page_link_to(struct page *page, const char *href, const char *words);
/* "/message/ID", or "/message/ID/DEED"; the id percent-encoded. */
const char *page_message_path(struct page *page, const char *id, const char *deed);

/* Times the answer gives: in full, in <time>; "not known" where there is none. */
void page_when(struct page *page, const json_t *object, const char *key);
void page_time(struct page *page, int64_t at);
/* A day that is written "2026-01-12", in full; anything else as it is. */
void page_day(struct page *page, const char *date);
/* "1 hour", "30 hours", "75 hours (3 days)" */
const char *page_hours(struct page *page, int64_t hours);
/* "1 octet" never: "less than 1 KB", "12 KB", "3.4 MB" */
const char *page_size(struct page *page, int64_t octets);
/* "1 message", "2,500 messages" */
const char *page_count(struct page *page, int64_t count, const char *one, const char *many);
/* At most so many octets and a word that there are more: a name may be as long as its sender liked. */
const char *page_shortened(struct page *page, const char *words, size_t most);
/* The words, or others where a reader would see or hear nothing: for links, labels and headings. */
const char *page_spoken(struct page *page, const char *words, const char *otherwise);
/* "Silent copy" for the rule "silent-copy". */
const char *page_rule(struct page *page, const char *rule);
/* A whole or broken number, "not measured" for null. */
const char *page_measured(struct page *page, const json_t *object, const char *key);

/* <dl class="facts"> ... */
void facts_begin(struct page *page);
void facts_end(struct page *page);
/* One term; whatever is written until facts_close is its description. */
void facts_open(struct page *page, const char *term);
void facts_close(struct page *page);
void facts_words(struct page *page, const char *term, const char *words);   /* nothing for NULL or "" */
void facts_foreign(struct page *page, const char *term, const char *words); /* the same, in <bdi> */
void facts_when(struct page *page, const char *term, const json_t *object, const char *key);

/* A table that may scroll sideways on a narrow page; columns end in NULL, one that has numbers begins with '#'. */
void table_begin(struct page *page, const char *caption, const char *const *columns);
void table_end(struct page *page);
void table_cell(struct page *page, const char *words); /* <td> */
void table_foreign(struct page *page, const char *words);
void table_number(struct page *page, const char *words);

/* A few words in a frame: a state that must be seen without colour. */
void page_tag(struct page *page, const char *words);

/* "Siân O'Neill, councillor, sian@...", or what of it is known. */
void page_person(struct page *page, const json_t *person);
/* One term with a list of people; nothing for an empty list. After `most` come "and N more"; 0: all. */
void facts_people(struct page *page, const char *term, const json_t *people, size_t most);

/* The subject, or why there is none. */
void page_subject(struct page *page, const json_t *entry);

struct entry_look {
	const char *heading; /* "h3" */
	const char *form;    /* the form whose boxes choose entries; NULL: none */
	bool linked;         /* to the message's page */
};
/* <li> with one entry. */
void page_entry(struct page *page, const json_t *entry, const struct entry_look *look);
/* <ol> of all entries. */
void page_entries(struct page *page, const json_t *entries, const struct entry_look *look);
/* Links to the pages before and after, "Page 2 of 40"; nothing when there is one page. `path` is with its query, but for page=. */
void page_paging(struct page *page, const json_t *answer, const char *path);

/* What was decided, by whom, what becomes of it and when; with the forms to undo or confirm it when `id` is not NULL. */
void page_decision(struct page *page, const json_t *decision, const char *id);

/* `words` with the spans [start, length] of a list marked, whatever their order; those that overlap, go beyond or cut a character are made to fit. */
void page_marked(struct page *page, struct bytes words, const json_t *list, enum harmless_form form);
/* How many places that marks. */
size_t page_mark_count(struct page *page, struct bytes words, const json_t *list);

/* What was written with a line of the journal: a sentence, or names and values (JSON as text, or an object). */
void page_detail(struct page *page, const json_t *detail);

bool page_holds(const json_t *finding);
/* Findings, those first for which the message waits: the clause, the evidence and the form to mark each as wrong. */
void page_findings(struct page *page, const json_t *answer, const char *id);
/* The form to decide. */
void page_decide(struct page *page, const json_t *answer, const char *id);

/* A button of the form that Enter "presses" when it is hit in a field: one that does nothing, so that no message goes out by a slip. */
void form_no_default(struct page *page);

#endif
