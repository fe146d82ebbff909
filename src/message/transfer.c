/* transfer.c - base64 and quoted-printable (RFC 2045 6.7, 6.8), as tolerant as mail clients are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "message/decode.h"

#define FOREIGN (-1)

/* One more than what a character is worth, so that those that are not listed are foreign. */
static const int8_t base64_values[256] = {
	['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,  ['I'] = 9,  ['J'] = 10, ['K'] = 11,
	['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22,
	['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33,
	['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44,
	['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55,
	['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64,
};

static int base64_value(char c)
{
	return base64_values[(unsigned char)c] - 1;
}

/* Four characters at a time; `padded` tells that an '=' ended a group, after which more data starts a new one:
 * mail clients either stop there or go on, and what is longer hides nothing. */
struct base64 {
	char *out;
	size_t length;
	uint32_t bits;
	int held; /* characters in the group */
	bool padded, clean;
};

static void end_group(struct base64 *state)
{
	if (state->held >= 2)
		state->out[state->length++] = (char)(state->bits >> (state->held == 2 ? 4 : 10));
	if (state->held == 3)
		state->out[state->length++] = (char)(state->bits >> 2);
	state->bits = 0;
	state->held = 0;
}

static void take_character(struct base64 *state, int value)
{
	if (state->padded)
		state->clean = false;
	state->padded = false;
	state->bits = state->bits << 6 | (uint32_t)value;
	if (++state->held < 4)
		return;
	state->out[state->length++] = (char)(state->bits >> 16);
	state->out[state->length++] = (char)(state->bits >> 8);
	state->out[state->length++] = (char)state->bits;
	state->bits = 0;
	state->held = 0;
}

/* Whole groups from `at` on that nothing interrupts, which is nearly all there is; gives where they end. */
static size_t take_groups(struct base64 *state, struct bytes encoded, size_t at)
{
	for (; at + 4 <= encoded.length; at += 4) {
		const char *group = encoded.data + at;
		int first = base64_value(group[0]), second = base64_value(group[1]), third = base64_value(group[2]), fourth = base64_value(group[3]);
		if ((first | second | third | fourth) < 0)
			break;
		uint32_t bits = (uint32_t)first << 18 | (uint32_t)second << 12 | (uint32_t)third << 6 | (uint32_t)fourth;
		state->out[state->length++] = (char)(bits >> 16);
		state->out[state->length++] = (char)(bits >> 8);
		state->out[state->length++] = (char)bits;
	}
	return at;
}

/* '=' is due in the third and fourth place of a group, and once more after a group of two. */
static void take_padding(struct base64 *state, size_t *due)
{
	if (state->held >= 2) {
		*due = state->held == 2 ? 1 : 0;
		end_group(state);
	} else if (*due > 0) {
		--*due;
	} else {
		state->clean = false;
		state->held = 0;
		state->bits = 0;
	}
	state->padded = true;
}

static bool is_line_end_blank(struct bytes encoded, size_t at)
{
	while (at < encoded.length && (encoded.data[at] == ' ' || encoded.data[at] == '\t'))
		at++;
	return at == encoded.length || encoded.data[at] == '\r' || encoded.data[at] == '\n';
}

struct bytes base64_to_bytes(struct arena *arena, struct bytes encoded, bool *clean_out)
{
	struct base64 state = { .out = arena_alloc(arena, encoded.length / 4 * 3 + 4), .clean = true };
	size_t due = 0;
	for (size_t i = 0; i < encoded.length; i++) {
		if (state.held == 0 && !state.padded && (i = take_groups(&state, encoded, i)) == encoded.length)
			break;
		char c = encoded.data[i];
		int value = base64_value(c);
		if (value != FOREIGN) {
			take_character(&state, value);
		} else if (c == '=') {
			take_padding(&state, &due);
		} else if (c == ' ' || c == '\t') {
			if (state.clean && !is_line_end_blank(encoded, i))
				state.clean = false;
		} else if (c == '\n') {
			/* A group that goes on in the next line: who decodes each line by itself sees something else. */
			if (state.held != 0)
				state.clean = false;
		} else if (c != '\r') {
			state.clean = false;
		}
	}
	if (state.held > 0 || due > 0)
		state.clean = false;
	end_group(&state);
	*clean_out = state.clean;
	return (struct bytes){ state.out, state.length };
}

/* One past a soft line break whose '=' stands at `at`; 0 when it is none. The end of the part counts as one. */
static size_t soft_break_end(struct bytes encoded, size_t at, bool *clean)
{
	size_t i = at + 1;
	while (i < encoded.length && (encoded.data[i] == ' ' || encoded.data[i] == '\t'))
		i++;
	if (i < encoded.length && encoded.data[i] != '\n' &&
	    !(encoded.data[i] == '\r' && i + 1 < encoded.length && encoded.data[i + 1] == '\n') &&
	    !(encoded.data[i] == '\r' && i + 1 == encoded.length))
		return 0;
	if (i > at + 1)
		*clean = false; /* some clients do not join the lines then */
	if (i < encoded.length && encoded.data[i] == '\r')
		i++;
	return i < encoded.length ? i + 1 : i;
}

struct bytes quoted_printable_to_bytes(struct arena *arena, struct bytes encoded, bool *clean_out)
{
	char *out = arena_alloc(arena, encoded.length + 1);
	size_t length = 0, text_end = 0; /* text_end: the line so far without trailing blanks, which do not count */
	bool clean = true, small = false, capital = false;
	for (size_t i = 0; i < encoded.length; i++) {
		char c = encoded.data[i];
		if (c == '\n' || c == '\r') {
			if (c == '\n' || (i + 1 < encoded.length && encoded.data[i + 1] == '\n'))
				length = text_end;
			out[length++] = c;
			text_end = length;
			continue;
		}
		if (c != '=') {
			out[length++] = c;
			if (c != ' ' && c != '\t')
				text_end = length;
			continue;
		}
		size_t next = soft_break_end(encoded, i, &clean);
		if (next > 0) {
			i = next - 1;
		} else if (i + 2 < encoded.length && ascii_hex_value(encoded.data[i + 1]) >= 0 &&
			   ascii_hex_value(encoded.data[i + 2]) >= 0) {
			out[length++] = (char)(ascii_hex_value(encoded.data[i + 1]) << 4 | ascii_hex_value(encoded.data[i + 2]));
			for (size_t end = i + 2; i < end; i++) {
				small |= encoded.data[i + 1] >= 'a';
				capital |= encoded.data[i + 1] >= 'A' && encoded.data[i + 1] <= 'F';
			}
		} else {
			out[length++] = c;
			clean = false;
		}
		text_end = length;
	}
	/* Some decoders pass over escapes in small letters; who writes both kinds may count on that. */
	*clean_out = clean && !(small && capital);
	return (struct bytes){ out, length };
}
