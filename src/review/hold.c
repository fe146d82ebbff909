/* hold.c - the legal moves of a held message, as a table; see queue.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/queue.h"

static const struct {
	enum hold_state from, to;
} moves[] = {
	{ HOLD_HELD, HOLD_RELEASING },
	{ HOLD_HELD, HOLD_RETURNED },
	{ HOLD_RELEASING, HOLD_RELEASED },
	{ HOLD_RELEASING, HOLD_HELD },
	{ HOLD_RELEASING, HOLD_IN_DOUBT },
	{ HOLD_IN_DOUBT, HOLD_RELEASING },
	{ HOLD_IN_DOUBT, HOLD_RELEASED },
	{ HOLD_IN_DOUBT, HOLD_RETURNED },
};

bool hold_move_is_legal(enum hold_state from, enum hold_state to)
{
	for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
		if (moves[i].from == from && moves[i].to == to)
			return true;
	return false;
}
