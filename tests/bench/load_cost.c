/* load_cost.c - what reading a configuration costs: CONF ROUNDS.
 *
 * Medians in milliseconds: reading it (phrases compiled, rules merged, people indexed), starting its readers, running the Council's own
 * tests, which the gate does too whenever it reads it, and the findings of lint. Beside the clock's time, that of this process' CPU, which
 * other work on the machine moves less.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gateway/lint.h"
#include "gateway/policy_test.h"
#include "gateway/snapshot.h"

#define ROUNDS_MOST 100

enum step { STEP_READ, STEP_READERS, STEP_TESTS, STEP_LINT, STEP_END, STEP_COUNT };
static const char *const names[] = { "read", "readers", "tests", "lint", "end" };

struct times {
	double clock[ROUNDS_MOST], cpu[ROUNDS_MOST];
};

struct moment {
	double clock, cpu;
};

static double seconds(clockid_t which)
{
	struct timespec at;
	clock_gettime(which, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* What passed since `from` goes down for the step, and the next one begins. */
static void note(struct times *times, enum step step, size_t round, struct moment *from)
{
	struct moment now = { seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID) };
	times[step].clock[round] = (now.clock - from->clock) * 1e3;
	times[step].cpu[round] = (now.cpu - from->cpu) * 1e3;
	*from = (struct moment){ seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID) };
}

static void must(bool good, const struct error *err)
{
	if (good)
		return;
	fprintf(stderr, "%s\n", error_text(err));
	exit(1);
}

/* Of this program alone: what the system counts otherwise begins with whoever started it. */
static long peak_kb(void)
{
	long peak = 0;
	char line[256];
	FILE *status = fopen("/proc/self/status", "r");
	while (status != NULL && peak == 0 && fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			peak = strtol(line + 6, NULL, 10);
	if (status != NULL)
		fclose(status);
	return peak;
}

/* Lint's findings end with its arena; they are told where it is run by hand. */
static void measure(const char *path, size_t round, struct times *times, long *peak_read)
{
	struct error err = ERROR_INIT;
	struct snapshot *snapshot = NULL;
	struct findings found = { .arena = arena_new() };
	struct moment from = { seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID) };
	must(snapshot_load(path, &snapshot, &err), &err);
	note(times, STEP_READ, round, &from);
	if (round == 0)
		*peak_read = peak_kb();
	must(snapshot_open_reader(snapshot, 1, NULL, &err), &err);
	note(times, STEP_READERS, round, &from);
	must(policy_tests_run(snapshot->tests, snapshot, &err), &err);
	note(times, STEP_TESTS, round, &from);
	snapshot_lint(snapshot, &found);
	note(times, STEP_LINT, round, &from);
	snapshot_drop(&snapshot);
	note(times, STEP_END, round, &from);
	arena_free(&found.arena);
}

static int ascending(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, ascending);
	return values[count / 2];
}

int main(int argc, char **argv)
{
	static struct times times[STEP_COUNT];
	size_t rounds = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	long peak_read = 0;
	if (rounds == 0 || rounds > ROUNDS_MOST) {
		fprintf(stderr, "usage: load_cost CONF ROUNDS\n");
		return 64;
	}
	for (size_t round = 0; round < rounds; round++)
		measure(argv[1], round, times, &peak_read);
	for (enum step step = STEP_READ; step < STEP_COUNT; step++)
		printf("%s %.1f %.1f\n", names[step], median(times[step].clock, rounds), median(times[step].cpu, rounds));
	printf("peak %ld %ld\n", peak_read, peak_kb());
	return 0;
}
