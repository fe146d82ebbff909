/* fuzz_outlook.c - any bytes as an OLE2 file: an Outlook message and an old Office file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	read_any(compound_read, data, size);
	return 0;
}
