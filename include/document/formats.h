/* formats.h - the readers of single formats behind document.h; each sees its library alone.
 *
 * Each adds all it finds under `place`, and what it cannot read as a trouble. A row of document.c's table names it beside the
 * function that knows the kind by its content. */
#ifndef COPYHOLD_DOCUMENT_FORMATS_H
#define COPYHOLD_DOCUMENT_FORMATS_H

#include "document/document.h"

void pdf_read(struct documents *documents, const char *place, struct bytes content);     /* poppler */
void rtf_read(struct documents *documents, const char *place, struct bytes content);
void compound_read(struct documents *documents, const char *place, struct bytes content); /* OLE2 by libgsf: .msg, .doc, .xls, .ppt and others */
void package_read(struct documents *documents, const char *place, struct bytes content); /* a file that Windows packed to embed it */
void tnef_read(struct documents *documents, const char *place, struct bytes content);
void calendar_read(struct documents *documents, const char *place, struct bytes content); /* libical */
void vcard_read(struct documents *documents, const char *place, struct bytes content);

void container_read(struct documents *documents, const char *place, struct bytes content); /* zip, 7z, tar and their compressions: libarchive */

#endif
