/* suggest.c - "did you mean ...?": the word of a list closest to what was written.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/settings.h"

#include <string.h>

#define SUGGEST_MAX_LENGTH 63

/* Case and the choice between '-', '_' and ' ' do not count. */
static char fold(char c)
{
	return c == '_' || c == ' ' ? '-' : ascii_lower(c);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t cost[SUGGEST_MAX_LENGTH + 1][SUGGEST_MAX_LENGTH + 1];
	for (size_t i = 0; i <= a_length; i++)
		cost[i][0] = i;
	for (size_t j = 0; j <= b_length; j++)
		cost[0][j] = j;
	for (size_t i = 1; i <= a_length; i++)
		for (size_t j = 1; j <= b_length; j++) {
			bool same = fold(a[i - 1]) == fold(b[j - 1]);
			cost[i][j] = least(cost[i - 1][j - 1] + !same, least(cost[i - 1][j], cost[i][j - 1]) + 1);
			if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1]))
				cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	return cost[a_length][b_length];
}

const char *settings_suggest(const char *written, const char *const *words)
{
	size_t length = strlen(written);
	if (length == 0 || length > SUGGEST_MAX_LENGTH)
		return NULL;
	const char *best = NULL;
	size_t best_distance = (size_t)-1;
	for (size_t i = 0; words[i] != NULL; i++) {
		size_t other = strlen(words[i]);
		/* A third of the longer word may differ, but never all of a short one. */
		size_t allowed = (length > other ? length : other) / 3;
		if (other == 0 || other > SUGGEST_MAX_LENGTH)
			continue;
		size_t found = distance(written, length, words[i], other);
		if (found <= allowed && found < best_distance) {
			best = words[i];
			best_distance = found;
		}
	}
	return best;
}
