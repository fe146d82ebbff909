/* export.h - all that the store has on one person, for a request of access (UK GDPR article 15) or of information (FOIA).
 *
 * Entries they sent, received, are named in or decided on, and the journal's lines of those and of their own deeds. Everybody else is
 * masked: a name becomes what they are ("a councillor", "a third party"), an address i...b@..., wherever either stands, in our own
 * sentences too. With `redact`, for information that goes to the public, holders of the offices that answer for the Council
 * (councillors, clerk, deputy, RFO, heads of service, monitoring officer) are named and everybody below that is
 * masked, the person asked about included.
 * Never in it: content of messages; the subject of a message the person neither wrote nor was given; evidence words of marked mail or
 * of protected correspondents, unless `marked_words` asks for the words that were kept. What was withheld stands in the document, with the reason.
 * Every export is journalled: whose, by whom, why, how many entries; never their content. */
#ifndef COPYHOLD_REVIEW_EXPORT_H
#define COPYHOLD_REVIEW_EXPORT_H

#include "directory/directory.h"
#include "store/store.h"

enum export_form { EXPORT_JSON, EXPORT_TEXT, EXPORT_HTML };
bool export_form_parse(const char *word, enum export_form *out); /* "json", "text", "html" */

struct export_request {
	const char *person;     /* an address, login or full name of the directory, or an address it does not know */
	const char *by;         /* who makes the export */
	const char *reason;     /* why; must not be empty */
	const char *council;    /* its name, for the heading */
	int64_t at;
	enum export_form form;
	bool redact;
	bool own_only;          /* leave out what they only decided on as a reviewer */
	bool marked_words;
	bool recuse;            /* leave out, and count, what `by` sent, received or is named in: somebody else exports that */
};
struct export_document {
	struct bytes document;
	const char *type; /* "application/json", "text/plain; charset=utf-8", "text/html; charset=utf-8" */
	const char *name; /* a harmless file name */
	size_t count;     /* entries */
};
/* ERROR_INPUT when nobody is meant, or a name fits several: then it says which addresses to choose from. */
bool export_make(struct store *store, const struct directory *directory, struct arena *arena, const struct export_request *request,
		 struct export_document *out, struct error *err) MUST_CHECK;

#endif
