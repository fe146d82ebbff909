/* stated_date.h - the day a sentence names: "by Friday", "until the 20th", "within two weeks", "erbyn 20 Mawrth"; and the time of day.
 *
 * English and Welsh. Only days from `on` to half a year ahead count: what a sentence says of days past, or with a year too far, is no promise. */
#ifndef COPYHOLD_BASE_STATED_DATE_H
#define COPYHOLD_BASE_STATED_DATE_H

#include "base/bytes.h"
#include "base/clock.h"

/* The first day that follows "by", "until", "before", "within" ... or their Welsh; else the first day named. `on`: the day it was
 * written. False when none is named. */
bool stated_date(struct bytes sentence, calendar_date on, calendar_date *out);

/* The first time of day, in minutes after midnight: "10am", "10.30 p.m.", "00:01", "9 y bore", "noon", "midnight" (24 * 60). False when none is
 * named. */
bool stated_time(struct bytes sentence, int *out);

#endif
