/* reader.c - the end of any reader.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/reader.h"

void reader_free(struct reader **reader)
{
	if (*reader == NULL)
		return;
	(*reader)->end(*reader);
	*reader = NULL;
}
