/* drafts.h - a reading while it is being made: the letters found so far, and what is left of the limits. */
#ifndef COPYHOLD_READING_DRAFTS_H
#define COPYHOLD_READING_DRAFTS_H

#include "document/document.h"
#include "reading/foot.h"
#include "reading/marking.h"
#include "reading/unread.h"

#define LETTERS_MOST 500

/* A letter while its passages are gathered. */
struct draft {
	struct letter letter;
	struct markings markings;
	struct passage *passages;
	size_t matched_in; /* the text in which it was last found, by its number */
};

struct attached_text {
	const char *where; /* "Licence.pdf (part 2)" */
	struct bytes utf8;
};

struct reading_work {
	struct arena *arena;
	struct wording wording;
	struct draft **drafts;
	size_t draft_count;
	size_t text_count; /* texts cut into letters so far */
	struct unread unread;
	struct foot_page *pages;
	size_t page_count;
	struct sentence *sentences;
	size_t sentence_count;
	size_t *seen;       /* open-addressed table of sentences by hash, as index + 1 */
	size_t seen_size;
	size_t lines_left, bytes_left; /* of shown texts */
	size_t other_lines_left, other_bytes_left; /* of what only some clients show */
	bool other_text_marked;
	const struct document_opener *opener; /* NULL: attached files stay closed */
	struct documents documents;
	size_t document_lines_left;
	struct attached_text *attached; /* documents that may be letters */
	size_t attached_count;
	const struct part *carrier; /* while the letter in an attached file is read: the part of the message that holds the file */
};

/* A text about to be cut into letters. */
struct source {
	const struct part *part;
	const char *number;       /* of the part; inside the letter in an attached file, with that file's name */
	const char *file, *place; /* of an attached file and in it; NULL else */
	const char *document;     /* what to call it if it is a letter; NULL when it cannot be one */
	bool html, shown;
	bool counted; /* within the limits already */
	struct bytes source;
	size_t end;
	struct text_lines lines;
};

/* A new letter without anything in it, behind all others; in the arena and where it is until the reading is done. */
struct draft *draft_add(struct reading_work *work, enum letter_kind kind, const struct letter *parent);
/* The letter of a message: what its own headers say. */
struct draft *draft_of_message(struct reading_work *work, const struct message *message, enum letter_kind kind,
			       const struct letter *parent);
/* Adds the text to the letter and those found in it. `first` is the first draft of this message: letters are matched among its own. */
void drafts_take(struct reading_work *work, struct draft *main, size_t first, const struct source *source);
/* The letter with the passages and markings gathered for it; nothing can be added afterwards. */
const struct letter *draft_settle(struct draft *draft);

/* The author's sentences, each once however many alternatives say it; `where` is the text's place. What is too many is told as unread. */
void work_take_sentences(struct reading_work *work, const struct letter *letter, const char *where, const struct found_letter *found);
/* "part 1.2, hidden text"; a message of one part has no numbers. */
const char *work_place(struct arena *arena, const char *number, const char *what);

/* Cuts `utf8`, plain text or HTML, into lines and takes them, as far as the limits go. */
void work_read_source(struct reading_work *work, struct draft *main, size_t first, struct source *source, struct bytes utf8);
/* A message and all in it, as one letter and those inside. */
void work_read_message(struct reading_work *work, const struct message *message, enum letter_kind kind, const struct letter *parent);

#endif
