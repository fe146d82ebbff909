/* clock_shim.c - preloaded into the desk, so that a test can let days pass: CLOCK_SHIM names a file with the seconds it is ahead.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static time_t ahead(void)
{
	long seconds = 0;
	FILE *file = fopen(getenv("CLOCK_SHIM"), "re");
	if (file == NULL)
		return 0;
	if (fscanf(file, "%ld", &seconds) != 1)
		seconds = 0;
	fclose(file);
	return seconds;
}

int clock_gettime(clockid_t which, struct timespec *now)
{
	int (*real)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	int result = real(which, now);
	if (result == 0 && which == CLOCK_REALTIME)
		now->tv_sec += ahead();
	return result;
}

time_t time(time_t *out)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (out != NULL)
		*out = now.tv_sec;
	return now.tv_sec;
}
