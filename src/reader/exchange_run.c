/* exchange_run.c - `copyhold-reader --exchange`: the cage around exchange_read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange.h"

#include <sysexits.h>

#include "base/file.h"
#include "cage.h"

#define XML_MOST ((size_t)8 << 20)
#define MEMORY ((size_t)512 << 20)
#define SECONDS 20

int exchange_run(void)
{
	struct arena *arena = arena_new();
	struct text out = TEXT_INIT, remarks = TEXT_INIT;
	struct error err = ERROR_INIT;
	struct bytes content;
	int code = EX_DATAERR;
	if (!cage_nursery(&remarks, &err) || !cage_worker(MEMORY, &err)) {
		code = EX_UNAVAILABLE;
	} else if (file_read(arena, "-", XML_MOST, ERROR_INPUT, &content, &err)) {
		cage_limit_time(SECONDS);
		if (exchange_read(arena, content, &out) && file_write_all(1, text_bytes(&out)))
			code = EX_OK;
	}
	text_release(&out);
	text_release(&remarks);
	error_release(&err);
	arena_free(&arena);
	return code;
}
