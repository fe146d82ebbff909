/* style.c - the one style sheet, and the path that changes with it, so that browsers may keep it for as long as they like.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <console_css.h>

#include "base/digest.h"
#include "base/text.h"
#include "console/console.h"
#include "console/pages.h"

#define DIGITS 16 /* of the digest, in the path */

struct bytes style_sheet(struct arena *arena)
{
	struct text sheet = TEXT_INIT;
	text_add(&sheet, console_css);
	text_add(&sheet, page_style);
	return text_to_arena(&sheet, arena);
}

const char *style_path(struct arena *arena)
{
	return arena_printf(arena, "/style-%.*s.css", DIGITS, digest_of(arena, style_sheet(arena)));
}
