/* pdf_files.h - the files embedded in a PDF as a whole (qpdf); those pinned to a page are pdf.c's. */
#ifndef COPYHOLD_DOCUMENT_PDF_FILES_H
#define COPYHOLD_DOCUMENT_PDF_FILES_H

#include "document/document.h"

/* For a PDF that is known to have some. Reads each into `documents` under its name; an entry without a file, one that cannot be
 * unpacked, and a list that cannot be found or goes on too long is a trouble. */
void pdf_files_read(struct documents *documents, const char *place, struct bytes content);

#endif
