/* families.c - what this layer asks the lexicon for (reading.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reading.h"

const char *const reading_families[] = { "marking",	    "marking-line",	"marking-cancelled", "marking-open", "disclaimer",
					 "sign-off",	    "councillor-title", "officer-title",     NULL };
