/* unicode_alike.c - letters of other alphabets that look like Latin ones, made Latin (ICU's confusables, UTS #39): what the eye
 * reads as a word should be found as that word.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

#include "base/unicode.h"

#define NAME_BYTES 128 /* no character's name is longer */

struct likeness {
	USpoofChecker *checker;
	UChar32 letters[52];    /* A-Z, a-z, by what their skeletons are */
};

/* The one character that all that look like `c` have in common; 0 when it looks like several characters. */
static UChar32 skeleton_of(const USpoofChecker *checker, UChar32 c)
{
	UChar source[2], target[4];
	int32_t length = 0, at = 0;
	UErrorCode status = U_ZERO_ERROR;
	U16_APPEND_UNSAFE(source, length, c);
	int32_t made = uspoof_getSkeleton(checker, 0, source, length, target, 4, &status);
	if (U_FAILURE(status) || made == 0)
		return 0;
	UChar32 skeleton;
	U16_NEXT(target, at, made, skeleton);
	return at == made ? skeleton : 0;
}

static char letter_at(size_t index)
{
	return (char)(index < 26 ? 'A' + (int)index : 'a' + (int)index - 26);
}

static bool likeness_open(struct likeness *likeness)
{
	UErrorCode status = U_ZERO_ERROR;
	likeness->checker = uspoof_open(&status);
	if (U_FAILURE(status))
		return false;
	for (size_t i = 0; i < 52; i++)
		likeness->letters[i] = skeleton_of(likeness->checker, letter_at(i));
	return true;
}

/* "LATIN LETTER SMALL CAPITAL N", "NEGATIVE SQUARED LATIN CAPITAL LETTER C": named for the letter they are. */
static UChar32 letter_named(UChar32 c)
{
	static const char *const kinds[] = { "SMALL CAPITAL ", "LATIN CAPITAL LETTER ", "SYMBOL LETTER " };
	char name[NAME_BYTES];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = u_charName(c, U_UNICODE_CHAR_NAME, name, sizeof name, &status);
	if (U_FAILURE(status) || length < 2 || name[length - 1] < 'A' || name[length - 1] > 'Z')
		return c;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t kind = strlen(kinds[i]);
		if ((size_t)length > kind && strncmp(name + length - 1 - kind, kinds[i], kind) == 0)
			return name[length - 1];
	}
	return c;
}

static UChar32 latin_for(const struct likeness *likeness, UChar32 c)
{
	UChar32 skeleton = skeleton_of(likeness->checker, c);
	size_t first = u_islower(c) ? 26 : 0; /* "I" and "l" look alike: keep the case */
	for (size_t i = 0; i < 52 && skeleton != 0; i++)
		if (likeness->letters[(i + first) % 52] == skeleton)
			return letter_at((i + first) % 52);
	return letter_named(c);
}

/* Latin letters with accents are themselves; of the others only letters, and symbols made of letters. */
static bool may_look_latin(UChar32 c)
{
	if (c < 0x80)
		return false;
	int8_t category = u_charType(c);
	if (category == U_OTHER_SYMBOL)
		return true;
	UErrorCode status = U_ZERO_ERROR;
	bool accented = u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE) == U_DT_CANONICAL;
	return u_isalpha(c) && !(accented && uscript_getScript(c, &status) == USCRIPT_LATIN);
}

/* A stroke or line drawn over the letter before it, which no letter has of its own after NFKC. */
static bool is_overlay(UChar32 c)
{
	return u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK;
}

static bool has_any(struct bytes plain)
{
	for (size_t at = 0; at < plain.length;) {
		UChar32 c;
		if ((unsigned char)plain.data[at] < 0x80) {
			at++;
			continue;
		}
		U8_NEXT_OR_FFFD((const uint8_t *)plain.data, at, plain.length, c);
		if (may_look_latin(c) || is_overlay(c))
			return true;
	}
	return false;
}

struct bytes unicode_alike(struct arena *arena, struct bytes plain)
{
	struct likeness likeness;
	if (!has_any(plain) || !likeness_open(&likeness))
		return plain;
	uint8_t *data = arena_alloc(arena, plain.length * 3 + 1); /* a stray byte would become U+FFFD */
	size_t length = 0;
	for (size_t at = 0; at < plain.length;) {
		UChar32 c;
		U8_NEXT_OR_FFFD((const uint8_t *)plain.data, at, plain.length, c);
		if (is_overlay(c))
			continue;
		if (may_look_latin(c))
			c = latin_for(&likeness, c);
		U8_APPEND_UNSAFE(data, length, c);
	}
	uspoof_close(likeness.checker);
	return (struct bytes){ (const char *)data, length };
}
