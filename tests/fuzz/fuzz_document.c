/* fuzz_document.c - any bytes as an attached file of a kind that its content tells.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents.h"

static void any_read(struct documents *documents, const char *place, struct bytes content)
{
	document_opener.is_plain(content);
	document_opener.is_media(content);
	document_read(documents, place, content, NULL, NULL);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	read_any(any_read, data, size);
	return 0;
}
