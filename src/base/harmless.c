/* harmless.c - see harmless.h. ICU says what a character is; plain ASCII never reaches it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/harmless.h"

#include <stdint.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#define REPLACEMENT 0xFFFD
#define BLACK_FLAG 0x1F3F4 /* the tags of the flags of England, Scotland and Wales follow it */

struct state {
	enum harmless_form form;
	UChar32 previous; /* what was shown last */
	unsigned marks;   /* over the letter at hand */
	bool flag;        /* in the tags of a flag */
};

static bool turns_direction(UChar32 c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0x206A && c <= 0x206F);
}

static bool is_joiner(UChar32 c)
{
	return c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* Nobody sees it: no ink and no room. The marks U+200E, U+200F and U+061C only turn what is neutral beside them. */
static bool is_unseen(const struct state *state, UChar32 c)
{
	if (is_joiner(c))
		return state->previous < 0x80;
	if (state->flag && c >= 0xE0020 && c <= 0xE007F)
		return false;
	return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || c == 0x061C || c == 0x3164;
}

static bool is_mark(UChar32 c)
{
	return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0 && !is_joiner(c);
}

/* What to show for a character; a negative value for nothing. */
static UChar32 shown(struct state *state, UChar32 c)
{
	if (c < 0 || U_IS_UNICODE_NONCHAR(c))
		return REPLACEMENT;
	if (c == 0x2028 || c == 0x2029)
		return state->form == HARMLESS_LINES ? '\n' : ' ';
	if ((c == '\n' || c == '\t') && state->form == HARMLESS_LINES)
		return c;
	if (c < 0x20 || (c >= 0x7f && c <= 0x9f) || turns_direction(c))
		return ' ';
	if (c < 0x80)
		return c;
	if (is_unseen(state, c))
		return -1;
	state->marks = is_mark(c) ? state->marks + 1 : 0;
	return state->marks > HARMLESS_MARKS_MOST ? -1 : c;
}

static void add_char(struct text *out, UChar32 c)
{
	char octets[U8_MAX_LENGTH];
	size_t length = 0;
	U8_APPEND_UNSAFE(octets, length, c);
	text_add_bytes(out, (struct bytes){ octets, length });
}

static void add(struct text *out, struct state *state, UChar32 c)
{
	UChar32 instead = shown(state, c);
	if (instead < 0)
		return;
	if (instead < 0x80)
		state->marks = 0;
	state->flag = instead == BLACK_FLAG || (state->flag && instead >= 0xE0020 && instead <= 0xE007F);
	state->previous = instead;
	add_char(out, instead);
}

void harmless_add(struct text *out, struct bytes foreign, enum harmless_form form)
{
	struct state state = { .form = form };
	for (size_t at = 0; at < foreign.length;) {
		int32_t left = foreign.length - at < U8_MAX_LENGTH ? (int32_t)(foreign.length - at) : U8_MAX_LENGTH;
		int32_t length = 0;
		UChar32 c;
		U8_NEXT((const uint8_t *)foreign.data + at, length, left, c);
		at += (size_t)length;
		if (c == '\r') {
			if (at < foreign.length && foreign.data[at] == '\n')
				continue;
			c = '\n';
		}
		add(out, &state, c);
	}
}

char *harmless_line(struct arena *arena, struct bytes foreign)
{
	struct text text = TEXT_INIT;
	harmless_add(&text, foreign, HARMLESS_LINE);
	char *line = arena_string_of(arena, text_bytes(&text));
	text_release(&text);
	return line;
}
