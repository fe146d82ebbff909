/* package.h - documents that are zips of XML, or one XML file. */
#ifndef COPYHOLD_DOCUMENT_PACKAGE_H
#define COPYHOLD_DOCUMENT_PACKAGE_H

#include "document/document.h"

/* A sheet or slide as its workbook or presentation lists it. */
struct package_order {
	const char *member; /* its name in the zip */
	const char *place;  /* "sheet Budget", "slide 2" */
	bool hidden;
};

/* A zip that is a document, or a container. */
void zip_read(struct documents *documents, const char *place, struct bytes content);
/* Flat OpenDocument, Word 2003, a flat package, or any other. */
void lone_xml_read(struct documents *documents, const char *place, struct bytes content);

#endif
