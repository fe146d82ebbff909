/* fuzz_rtf.c - any bytes as RTF.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	read_any(rtf_read, data, size);
	return 0;
}
