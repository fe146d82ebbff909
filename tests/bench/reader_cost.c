/* reader_cost.c - what reading a message in a process of its own costs beside reading it in this one: CONF MESSAGE ...
 *
 * For each message the two take turns; medians of each, and their difference, in microseconds. Both begin behind our scan of the
 * message, as the gateway does.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <libgen.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "document/document.h"
#include "gateway/snapshot.h"

#define ROUNDS_MOST 1000
#define SECONDS_EACH 2.0
#define OWN_PAGES (1 << 20)
#define KEPT_FREE (4 << 20)

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double read_once(struct reader *reader, struct bytes raw, const struct message_limits *limits, struct pattern_scratch *scratch)
{
	struct arena *arena = arena_new();
	const struct reading *reading;
	const char *why = "";
	struct message *message = message_scan(arena, raw, limits);
	double began = now();
	if (reader->read(reader, arena, message, scratch, &reading, &why) != READER_READ) {
		fprintf(stderr, "%s\n", why);
		exit(1);
	}
	double took = now() - began;
	arena_free(&arena);
	return took;
}

static int ascending(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static double percentile(double *times, size_t count, size_t percent)
{
	qsort(times, count, sizeof *times, ascending);
	return times[(count - 1) * percent / 100] * 1e6;
}

static void measure(const struct snapshot *snapshot, struct reader *here, const char *path, struct bytes raw, struct pattern_scratch *scratch)
{
	static double inside[ROUNDS_MOST], apart[ROUNDS_MOST];
	size_t rounds = 0;
	double began = now();
	while (rounds < ROUNDS_MOST && (rounds < 5 || now() - began < SECONDS_EACH)) {
		inside[rounds] = read_once(here, raw, &snapshot->limits, scratch);
		apart[rounds++] = read_once(snapshot->reader, raw, &snapshot->limits, scratch);
	}
	double in50 = percentile(inside, rounds, 50), apart50 = percentile(apart, rounds, 50);
	printf("%-34s %9zu octets  in process p50 %9.1f us  apart p50 %9.1f  p99 %9.1f us  difference %8.1f us\n", path, raw.length, in50, apart50,
	       percentile(apart, rounds, 99), apart50 - in50);
}

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct snapshot *snapshot = NULL;
	mallopt(M_MMAP_THRESHOLD, OWN_PAGES); /* as the gate has it */
	mallopt(M_TRIM_THRESHOLD, KEPT_FREE);
	struct arena *arena = arena_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	if (argc < 3 || !snapshot_load(argv[1], &snapshot, &err) || !snapshot_open_reader(snapshot, 1, NULL, &err)) {
		fprintf(stderr, "reader_cost: %s\n", argc < 3 ? "CONF MESSAGE ..." : error_text(&err));
		return 1;
	}
	struct reader *here = reader_here(snapshot->lexicon, &document_opener);
	for (int i = 2; i < argc; i++) {
		struct bytes raw;
		if (!file_read(arena, argv[i], (size_t)1 << 30, ERROR_INPUT, &raw, &err)) {
			fprintf(stderr, "reader_cost: %s\n", error_text(&err));
			return 1;
		}
		measure(snapshot, here, basename(argv[i]), message_to_crlf(arena, raw), scratch);
	}
	reader_free(&here);
	snapshot_drop(&snapshot);
	pattern_scratch_free(&scratch);
	arena_free(&arena);
	return 0;
}
