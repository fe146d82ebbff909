/* fuzz_tnef.c - any bytes as winmail.dat.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	read_any(tnef_read, data, size);
	return 0;
}
