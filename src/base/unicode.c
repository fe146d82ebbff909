/* unicode.c - see unicode.h. ICU keeps the tables; plain ASCII, most of all mail, never reaches it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#define REPLACEMENT "\xEF\xBF\xBD"
/* ICU counts in int32_t, and NFKC makes at most 18 units of one (U+FDFA). */
#define PIECE_MOST ((size_t)1 << 20)

/* The length of the ASCII that stands at `at`, looked at eight bytes at a time. */
static size_t ascii_length(struct bytes bytes, size_t at)
{
	size_t from = at;
	uint64_t eight;
	for (; bytes.length - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, bytes.data + at, sizeof eight);
		if ((eight & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (at < bytes.length && (unsigned char)bytes.data[at] < 0x80)
		at++;
	return at - from;
}

static bool is_ascii(struct bytes bytes)
{
	return ascii_length(bytes, 0) == bytes.length;
}

/* The length of the well-formed sequence at `at`, 0 when there is none. */
static size_t sequence_length(struct bytes bytes, size_t at)
{
	const uint8_t *data = (const uint8_t *)bytes.data + at;
	int32_t left = bytes.length - at < 4 ? (int32_t)(bytes.length - at) : 4;
	int32_t length = 0;
	UChar32 c;
	U8_NEXT(data, length, left, c);
	return c < 0 ? 0 : (size_t)length;
}

bool unicode_is_utf8(struct bytes bytes)
{
	for (size_t at = ascii_length(bytes, 0); at < bytes.length; at += ascii_length(bytes, at)) {
		size_t length = sequence_length(bytes, at);
		if (length == 0)
			return false;
		at += length;
	}
	return true;
}

struct bytes unicode_repair(struct arena *arena, struct bytes bytes)
{
	size_t wrong = 0;
	for (size_t at = 0, length; at < bytes.length; at += length == 0 ? 1 : length) {
		length = sequence_length(bytes, at);
		wrong += length == 0;
	}
	if (wrong == 0)
		return bytes;
	char *data = arena_alloc(arena, bytes.length + wrong * (sizeof REPLACEMENT - 2) + 1);
	char *to = data;
	for (size_t at = 0; at < bytes.length;) {
		size_t length = sequence_length(bytes, at);
		if (length == 0) {
			to = mempcpy(to, REPLACEMENT, sizeof REPLACEMENT - 1);
			at++;
		} else {
			to = mempcpy(to, bytes.data + at, length);
			at += length;
		}
	}
	return (struct bytes){ data, (size_t)(to - data) };
}

struct units {
	UChar *data;
	int32_t length;
};

static struct units to_units(struct bytes utf8)
{
	struct units units = { malloc((utf8.length + 1) * sizeof(UChar)), 0 };
	if (units.data == NULL)
		abort();
	UErrorCode status = U_ZERO_ERROR;
	u_strFromUTF8WithSub(units.data, (int32_t)utf8.length + 1, &units.length, utf8.data, (int32_t)utf8.length,
			     0xFFFD, NULL, &status);
	if (U_FAILURE(status))
		abort();
	return units;
}

static struct bytes to_utf8(struct arena *arena, struct units units)
{
	size_t size = (size_t)units.length * 3 + 1;
	char *data = arena_alloc(arena, size);
	int32_t length = 0;
	UErrorCode status = U_ZERO_ERROR;
	u_strToUTF8WithSub(data, (int32_t)size, &length, units.data, units.length, 0xFFFD, NULL, &status);
	if (U_FAILURE(status))
		abort();
	return (struct bytes){ data, (size_t)length };
}

static bool is_among(UChar32 c, const UChar32 *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == c)
			return true;
	return false;
}

/* What a phrase sees of one character: itself, ' " - or a space, or nothing (-1). */
static UChar32 plain_character(UChar32 c)
{
	static const UChar32 single[] = { 0xB4, 0x60, 0x2BC, 0x2018, 0x2019, 0x201A, 0x201B, 0x2032 };
	static const UChar32 twofold[] = { 0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x201F, 0x2033 };
	static const UChar32 dashes[] = { 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212 };
	if (c == '\n' || c == '\r')
		return c;
	if (u_isUWhiteSpace(c))
		return ' ';
	if (c < ' ' || c == 0x7F)
		return -1; /* NUL inside a word: no mail client shows it */
	if (is_among(c, single, sizeof single / sizeof single[0]))
		return '\'';
	if (is_among(c, twofold, sizeof twofold / sizeof twofold[0]))
		return '"';
	if (is_among(c, dashes, sizeof dashes / sizeof dashes[0]))
		return '-';
	return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ? -1 : c;
}

/* In place: no character grows. */
static void make_plain(struct units *units)
{
	int32_t from = 0, to = 0;
	while (from < units->length) {
		UChar32 c;
		U16_NEXT(units->data, from, units->length, c);
		c = plain_character(c);
		if (c >= 0)
			U16_APPEND_UNSAFE(units->data, to, c);
	}
	units->length = to;
}

static void normalise(struct units *units)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
	if (U_FAILURE(status))
		abort();
	if (unorm2_isNormalized(nfkc, units->data, units->length, &status) && U_SUCCESS(status))
		return;
	status = U_ZERO_ERROR;
	int32_t needed = unorm2_normalize(nfkc, units->data, units->length, NULL, 0, &status);
	UChar *data = malloc(((size_t)needed + 1) * sizeof *data);
	if (data == NULL)
		abort();
	status = U_ZERO_ERROR;
	units->length = unorm2_normalize(nfkc, units->data, units->length, data, needed + 1, &status);
	if (U_FAILURE(status))
		abort();
	free(units->data);
	units->data = data;
}

/* Cut points lie behind a line end or blank, where no character combines with the next. */
static size_t piece_length(struct bytes bytes)
{
	if (bytes.length <= PIECE_MOST)
		return bytes.length;
	for (size_t at = PIECE_MOST; at > PIECE_MOST / 2; at--)
		if (bytes.data[at - 1] == '\n' || bytes.data[at - 1] == ' ')
			return at;
	size_t at = PIECE_MOST;
	while (at > PIECE_MOST - 4 && ((unsigned char)bytes.data[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static struct bytes plain_piece(struct arena *arena, struct bytes bytes)
{
	struct units units = to_units(bytes);
	make_plain(&units); /* before NFKC, which would make a blank and an accent of some quotes */
	normalise(&units);
	make_plain(&units);
	struct bytes plain = to_utf8(arena, units);
	free(units.data);
	return plain;
}

/* True for nearly all mail: ASCII without the few characters that plain_character alters. */
static bool needs_no_change(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char c = (unsigned char)bytes.data[i];
		if (c >= 0x7F || c == '`' || (c < ' ' && c != '\n' && c != '\r'))
			return false;
	}
	return true;
}

static struct bytes plain_ascii(struct arena *arena, struct bytes bytes)
{
	char *data = arena_alloc(arena, bytes.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < bytes.length; i++) {
		UChar32 c = plain_character(bytes.data[i]);
		if (c >= 0)
			data[length++] = (char)c;
	}
	return (struct bytes){ data, length };
}

struct bytes unicode_plain(struct arena *arena, struct bytes bytes)
{
	if (needs_no_change(bytes))
		return bytes;
	if (is_ascii(bytes))
		return plain_ascii(arena, bytes);
	if (bytes.length <= PIECE_MOST)
		return plain_piece(arena, bytes);
	struct bytes *pieces = NULL;
	size_t count = 0, total = 0;
	for (size_t at = 0, length; at < bytes.length; at += length) {
		struct bytes rest = bytes_slice(bytes, at, bytes.length);
		length = piece_length(rest);
		struct bytes piece = plain_piece(arena, bytes_slice(rest, 0, length));
		*ARENA_PUSH(arena, pieces, count) = piece;
		total += piece.length;
	}
	char *data = arena_alloc(arena, total + 1), *to = data;
	for (size_t i = 0; i < count; i++)
		to = mempcpy(to, pieces[i].data, pieces[i].length);
	return (struct bytes){ data, total };
}

static char *squeeze_blanks(struct arena *arena, struct bytes bytes)
{
	char *key = arena_alloc(arena, bytes.length + 1), *to = key;
	for (size_t i = 0; i < bytes.length; i++) {
		if (bytes.data[i] == '\0')
			continue; /* would end the key early */
		if (!ascii_is_space(bytes.data[i]))
			*to++ = bytes.data[i];
		else if (to > key && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > key && to[-1] == ' ')
		to[-1] = '\0';
	return key;
}

static struct bytes fold_case(struct arena *arena, struct bytes utf8)
{
	struct units units = to_units(utf8);
	UErrorCode status = U_ZERO_ERROR;
	int32_t needed = u_strFoldCase(NULL, 0, units.data, units.length, U_FOLD_CASE_DEFAULT, &status);
	UChar *data = malloc(((size_t)needed + 1) * sizeof *data);
	if (data == NULL)
		abort();
	status = U_ZERO_ERROR;
	u_strFoldCase(data, needed + 1, units.data, units.length, U_FOLD_CASE_DEFAULT, &status);
	if (U_FAILURE(status))
		abort();
	free(units.data);
	units = (struct units){ data, needed };
	normalise(&units); /* folding may undo it */
	struct bytes folded = to_utf8(arena, units);
	free(units.data);
	return folded;
}

char *unicode_key(struct arena *arena, struct bytes bytes)
{
	struct bytes plain = bytes_slice(unicode_plain(arena, bytes), 0, PIECE_MOST);
	char *key = squeeze_blanks(arena, is_ascii(plain) ? plain : fold_case(arena, plain));
	for (char *c = key; *c != '\0'; c++)
		*c = ascii_lower(*c);
	return key;
}

static char *lower_ascii(struct arena *arena, struct bytes bytes)
{
	char *lower = arena_string_of(arena, bytes);
	for (size_t i = 0; i < bytes.length; i++)
		lower[i] = ascii_lower(lower[i]);
	return lower;
}

char *unicode_domain(struct arena *arena, struct bytes domain)
{
	char *lower = lower_ascii(arena, domain);
	if (is_ascii(domain) && strstr(lower, "xn--") == NULL)
		return lower;
	char name[256]; /* a DNS name has at most 253 characters; IDNA refuses what does not fit */
	if (domain.length > PIECE_MOST)
		return lower;
	UErrorCode status = U_ZERO_ERROR;
	UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, &status);
	if (U_FAILURE(status))
		return lower;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	int32_t length = uidna_nameToASCII_UTF8(idna, domain.data, (int32_t)domain.length, name, sizeof name, &info, &status);
	uidna_close(idna);
	if (U_FAILURE(status) || info.errors != 0 || length <= 0 || length >= (int32_t)sizeof name)
		return lower;
	return arena_string_of(arena, (struct bytes){ name, (size_t)length });
}
