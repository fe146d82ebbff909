/* zone.c - what the zones of a letter are called.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reading.h"

const char *zone_name(enum zone zone)
{
	static const char *const names[] = { [ZONE_AUTHOR] = "author", [ZONE_SIGNATURE] = "signature", [ZONE_DISCLAIMER] = "disclaimer",
					     [ZONE_HEADER] = "header" };
	return names[zone];
}
