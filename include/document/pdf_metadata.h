/* pdf_metadata.h - the properties an author or a labelling program put into a PDF's XMP metadata. */
#ifndef COPYHOLD_DOCUMENT_PDF_METADATA_H
#define COPYHOLD_DOCUMENT_PDF_METADATA_H

#include "document/properties.h"

/* Those of the "pdfx" schema, where a PDF keeps what its makers added (Purview's labels among them). */
void pdf_metadata_read(struct bytes xmp, struct properties *properties);

#endif
