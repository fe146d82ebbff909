/* xml.h - an XML file as a run of events (libxml2's text reader).
 *
 * Nothing is fetched, no entity is put in, no document type is loaded: a billion laughs stay one. */
#ifndef COPYHOLD_DOCUMENT_XML_H
#define COPYHOLD_DOCUMENT_XML_H

#include "document/document.h"

enum xml_event { XML_END_OF_FILE, XML_START, XML_END, XML_TEXT };

struct xml {
	struct documents *documents;
	const char *place;
	void *reader;
	bool empty;        /* the element just begun ends at once */
	/* Of the current event, until the next. */
	const char *name;  /* without its prefix; "" for text */
	const char *space; /* the namespace's address, or "" */
	struct bytes text; /* of XML_TEXT */
	int depth;
};

/* `content` must live until the end. */
void xml_open(struct xml *xml, struct documents *documents, const char *place, struct bytes content);
void xml_close(struct xml *xml);
/* Every XML_START has its XML_END. What cannot be parsed ends the file, with a trouble noted. */
enum xml_event xml_next(struct xml *xml);
/* From an XML_START past its XML_END. */
void xml_skip(struct xml *xml);
bool xml_is(const struct xml *xml, const char *name);
/* Of an XML_START, by its name without prefix, or as written ("r:id"), in the documents' arena; NULL when absent. */
const char *xml_attribute(struct xml *xml, const char *name);
/* The attribute says yes: absent counts as `absent`. */
bool xml_attribute_is_on(struct xml *xml, const char *name, bool absent);
/* From an XML_START: all text inside it, in the documents' arena, clipped to `most`; past its XML_END. */
struct bytes xml_text_of(struct xml *xml, size_t most);

#endif
