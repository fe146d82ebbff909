/* fuzz_date.c - any bytes as a sentence that may name a day, written on a day that the first two octets choose.
 *
 * What must hold: a day that is named exists, is not past and not more than half a year ahead, and is named again when the sentence is read
 * again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/stated_date.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	if (size < 2)
		return 0;
	calendar_date on = clock_date_add(20240101, (data[0] << 8 | data[1]) % 5000), date, again;
	struct bytes sentence = { (const char *)data + 2, size - 2 };
	if (!stated_date(sentence, on, &date))
		return 0;
	must(clock_date_add(clock_date_add(date, 1), -1) == date);
	must(date >= on && date <= clock_date_add(on, 190));
	must(stated_date(sentence, on, &again) && again == date);
	return 0;
}
