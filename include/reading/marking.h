/* marking.h - words that mark a letter as confidential, and those that only speak of confidentiality. */
#ifndef COPYHOLD_READING_MARKING_H
#define COPYHOLD_READING_MARKING_H

#include "reading/boilerplate.h"
#include "reading/standing.h"

#define MARKINGS_MOST 50 /* of one letter */

struct markings {
	struct arena *arena;
	const struct wording *wording;
	struct marking *items;
	size_t count;
	bool odd_letters;       /* some line of the text at hand has to be read letter by letter (lettering.h) */
	bool unmarked;          /* the author takes a marking away */
	bool unmarked_attached; /* and says so of what is attached, or of what was marked until now */
};

/* A decoded subject; NULL: there is none. What stands behind Re: or Fwd: is inherited. */
void markings_of_subject(struct markings *markings, const char *subject);
/* RFC 2156: Company-Confidential marks; Personal and Private do not. */
void markings_of_sensitivity(struct markings *markings, const char *sensitivity);
/* Other labels in the header: msip_labels (Purview), X-Protective-Marking, X-Classification and their like. */
void markings_of_labels(struct markings *markings, const struct part *root);
/* The author's text of a letter; `part` is its number. */
void markings_of_text(struct markings *markings, const struct found_letter *letter, const char *part);
/* A file's properties as "name: value" lines: Purview's labels among them. */
void markings_of_properties(struct markings *markings, struct bytes properties, const char *where);
/* The text of one place of an attached file, zones marked; `place` as document.h has it ("", "header", "page 3", "sheet Budget",
 * "properties"). A label in a header, footer, watermark or property, among the first or last lines, or alone on a line is
 * explicit; the word in running text is weak. */
void markings_of_document(struct markings *markings, const struct found_letter *document, const char *file_name, const char *place,
			  const char *part);
/* A name's words with its extension and joints ("_", "+", ".") off. */
void markings_of_file_name(struct markings *markings, const char *file_name, const char *part);
/* A letter in text that only some mail clients show: labels in it and in its subject are explicit. True when there is one
 * that is not among those every client shows. */
bool markings_of_other_text(struct markings *markings, const struct markings *shown, const struct found_letter *text,
			    const char *where);
/* Text that mail clients hide: never more than weak. */
void markings_of_hidden_text(struct markings *markings, struct bytes text, const char *where);

/* For label.c and label_line.c. What is there already is not added twice; beyond MARKINGS_MOST only an explicit one, in place of a weak one. */
void markings_add(struct markings *markings, struct marking marking);
/* How the best marking words of a text stand in it; STANDS_NOT when there are none. */
enum standing markings_best(const struct markings *markings, struct bytes text, struct pattern_span *span_out);
/* The text takes a marking away. */
bool markings_cancelled(const struct markings *markings, struct bytes text);

#endif
