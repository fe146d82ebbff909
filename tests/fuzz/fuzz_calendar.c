/* fuzz_calendar.c - any bytes as a calendar entry and as a contact card.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	read_any(calendar_read, data, size);
	read_any(vcard_read, data, size);
	return 0;
}
