/* descent.c - what makes a remembered message one that this one descends from, and how many of its passages are its words.
 *
 * Any two letters of one trade share a phrase now and then. Beside a thread or its author's name fewer are enough than by themselves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#define TOLD_LEAST ((size_t)2)
#define TOLD_SHARE 0.5
#define ALONE_MANY ((size_t)10)
#define ALONE_LEAST ((size_t)4)
#define ALONE_SHARE 0.2

bool ancestor_is_of_thread(const struct ancestor *ancestor)
{
	return (ancestor->hows & (1u << DESCENT_REFERENCES | 1u << DESCENT_THREAD_INDEX)) != 0;
}

static bool is_share(size_t count, const struct ancestor *ancestor, double share)
{
	return ancestor->of > 0 && (double)count >= share * (double)ancestor->of;
}

bool passages_are_half(size_t count, const struct ancestor *ancestor)
{
	return is_share(count, ancestor, TOLD_SHARE);
}

bool passages_are_several(size_t count)
{
	return count >= TOLD_LEAST;
}

bool passages_tell_beside(size_t count, const struct ancestor *ancestor)
{
	return passages_are_several(count) || (count > 0 && passages_are_half(count, ancestor));
}

bool passages_tell_alone(size_t count, const struct ancestor *ancestor)
{
	return count >= ALONE_MANY || (count >= ALONE_LEAST && is_share(count, ancestor, ALONE_SHARE));
}
