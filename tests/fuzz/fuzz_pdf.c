/* fuzz_pdf.c - any bytes as a PDF: poppler's own defects show here too.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	read_any(pdf_read, data, size);
	return 0;
}
