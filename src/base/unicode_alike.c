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

/* What all that look alike have in common is the Latin letter among them; "I" and "l" look alike, so the case decides. */
static UChar32 latin_for(const USpoofChecker *checker, UChar32 c)
{
	UChar32 skeleton = skeleton_of(checker, c);
	if (skeleton == 'l' && u_isupper(c))
		return 'I';
	return skeleton > 0 && skeleton < 0x80 && ascii_is_alpha((char)skeleton) ? skeleton : letter_named(c);
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
	unsigned char bits = 0; /* of all bytes: nearly all mail is ASCII, and this loop is quick */
	for (size_t i = 0; i < plain.length; i++)
		bits |= (unsigned char)plain.data[i];
	if (bits < 0x80)
		return false;
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
	UErrorCode status = U_ZERO_ERROR;
	USpoofChecker *checker = has_any(plain) ? uspoof_open(&status) : NULL;
	if (checker == NULL || U_FAILURE(status))
		return plain;
	uint8_t *data = arena_alloc(arena, plain.length * 3 + 1); /* a stray byte would become U+FFFD */
	size_t length = 0;
	for (size_t at = 0; at < plain.length;) {
		UChar32 c;
		U8_NEXT_OR_FFFD((const uint8_t *)plain.data, at, plain.length, c);
		if (is_overlay(c))
			continue;
		if (may_look_latin(c))
			c = latin_for(checker, c);
		U8_APPEND_UNSAFE(data, length, c);
	}
	uspoof_close(checker);
	return (struct bytes){ (const char *)data, length };
}
