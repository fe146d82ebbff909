/* properties.h - the properties of a document, gathered from whatever its format keeps them in.
 *
 * They become one text of "Name: value" lines; those that are a Purview label's become a DOCUMENT_SENSITIVITY instead. */
#ifndef COPYHOLD_DOCUMENT_PROPERTIES_H
#define COPYHOLD_DOCUMENT_PROPERTIES_H

#include "base/text.h"
#include "document/document.h"

struct properties {
	struct text lines, labels;
};

#define PROPERTIES_INIT ((struct properties){ TEXT_INIT, TEXT_INIT })

/* Blank values are passed over; a line end in one becomes a blank. */
void properties_add(struct properties *properties, struct bytes name, struct bytes utf8);
/* Adds what was gathered to the documents and frees it. */
void properties_end(struct properties *properties, struct documents *documents, const char *place);

#endif
