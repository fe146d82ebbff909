/* milter_load.c - sends messages to a milter over a unix socket and measures it from outside.
 *
 * usage: milter_load --socket PATH [--pid PID] [--connections N] [--messages N] [--per-session N] [--from A] [--auth U]
 *                    [--client IP] [--rcpt A]... [--slow FILE] FILE...
 * Prints one line of JSON.
 *
 * Files are sent in turn. With --slow, one extra connection sends FILE over and over while the others are timed.
 * --pid adds CPU per message and peak memory of that process and its children, from /proc.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <getopt.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "milter_wire.h"

#define RECIPIENTS_MOST 64
#define FILES_MOST 256
#define CONNECTIONS_MOST 512

struct load {
	const char *socket, *from, *auth, *client, *recipients[RECIPIENTS_MOST], *slow;
	size_t recipient_count, connections, messages, per_session;
	int pid;
	struct wire_message files[FILES_MOST], slow_file;
	size_t file_count;
};

struct worker {
	const struct load *load;
	pthread_t thread;
	double *seconds; /* of each message */
	size_t count, failed;
	size_t verdicts[256], changed, replaced, removed;
};

static atomic_size_t next_message;
static atomic_bool finished;

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void die(const char *what, const char *why)
{
	fprintf(stderr, "milter_load: %s: %s\n", what, why);
	exit(2);
}

/* Reads a file with CRLF line ends made of LF, and finds its body. */
static void read_file(const struct load *load, const char *path, struct wire_message *message)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		die(path, "cannot be opened");
	char *data = NULL;
	size_t length = 0, size = 0;
	for (int c, before = 0; (c = getc(file)) != EOF; before = c) {
		if (length + 2 > size && (data = realloc(data, size = size == 0 ? 65536 : size * 2)) == NULL)
			abort();
		if (c == '\n' && before != '\r')
			data[length++] = '\r';
		data[length++] = (char)c;
	}
	fclose(file);
	if (data == NULL)
		die(path, "is empty");
	char *blank = memmem(data, length, "\r\n\r\n", 4);
	*message = (struct wire_message){
		.from = load->from,
		.auth = load->auth,
		.client = load->client,
		.recipients = load->recipients,
		.recipient_count = load->recipient_count,
		.data = data,
		.length = length,
		.body = blank == NULL ? length : (size_t)(blank - data) + 4,
	};
}

static void work_on(struct worker *worker, struct wire *wire, size_t index)
{
	struct wire_result result;
	double start = now();
	if (!wire_send(wire, &worker->load->files[index % worker->load->file_count], &result)) {
		worker->failed++;
		return;
	}
	worker->seconds[worker->count++] = now() - start;
	worker->verdicts[(unsigned char)result.verdict]++;
	worker->changed += result.headers_changed;
	worker->replaced += result.bodies_replaced > 0;
	worker->removed += result.recipients_removed;
}

static void *run_worker(void *context)
{
	struct worker *worker = context;
	const struct load *load = worker->load;
	for (size_t index = 0; index < load->messages;) {
		struct wire wire;
		if (!wire_open(&wire, load->socket, load->client))
			die(load->socket, "no connection");
		for (size_t i = 0; i < load->per_session; i++) {
			index = atomic_fetch_add(&next_message, 1);
			if (index >= load->messages)
				break;
			size_t failed = worker->failed;
			work_on(worker, &wire, index);
			if (worker->failed > failed)
				break;
		}
		wire_close(&wire);
	}
	return NULL;
}

static void *run_slow(void *context)
{
	const struct load *load = context;
	struct wire wire;
	struct wire_result result;
	if (!wire_open(&wire, load->socket, load->client))
		die(load->socket, "no connection");
	while (!atomic_load(&finished) && wire_send(&wire, &load->slow_file, &result)) {
	}
	wire_close(&wire);
	return NULL;
}

/* The process and those that any of its threads started, the readers too: CPU seconds so far, peak resident kB. */
static void process_cost(int pid, double *cpu_out, long *peak_out)
{
	char path[64], line[1024];
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	FILE *file = fopen(path, "r");
	unsigned long user = 0, system = 0;
	if (file != NULL && fgets(line, sizeof line, file) != NULL) {
		const char *after = strrchr(line, ')');
		if (after != NULL && sscanf(after + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) == 2)
			*cpu_out += (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
	}
	if (file != NULL)
		fclose(file);
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	long peak;
	for (file = fopen(path, "r"); file != NULL && fgets(line, sizeof line, file) != NULL;)
		if (sscanf(line, "VmHWM: %ld kB", &peak) == 1)
			*peak_out += peak;
	if (file != NULL)
		fclose(file);
	snprintf(path, sizeof path, "/proc/%d/task", pid);
	DIR *threads = opendir(path);
	for (struct dirent *thread; threads != NULL && (thread = readdir(threads)) != NULL;) {
		if (thread->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "/proc/%d/task/%.20s/children", pid, thread->d_name);
		file = fopen(path, "r");
		for (int child; file != NULL && fscanf(file, "%d", &child) == 1;)
			process_cost(child, cpu_out, peak_out);
		if (file != NULL)
			fclose(file);
	}
	if (threads != NULL)
		closedir(threads);
}

static int compare_seconds(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static double percentile(const double *sorted, size_t count, double share)
{
	size_t at = (size_t)(share * (double)(count - 1) + 0.5);
	return count == 0 ? 0 : sorted[at] * 1000;
}

static void print_result(const struct load *load, struct worker *workers, double seconds, double cpu, long peak)
{
	double *all = calloc(load->messages + 1, sizeof *all);
	size_t count = 0, failed = 0, changed = 0, replaced = 0, removed = 0, discarded = 0, tempfailed = 0;
	if (all == NULL)
		abort();
	for (size_t i = 0; i < load->connections; i++) {
		memcpy(all + count, workers[i].seconds, workers[i].count * sizeof *all);
		count += workers[i].count;
		failed += workers[i].failed;
		changed += workers[i].changed;
		replaced += workers[i].replaced;
		removed += workers[i].removed;
		discarded += workers[i].verdicts['d'];
		tempfailed += workers[i].verdicts['t'] + workers[i].verdicts['y'];
	}
	qsort(all, count, sizeof *all, compare_seconds);
	double per_message = count == 0 ? 0 : cpu * 1e6 / (double)count;
	printf("{\"messages\":%zu,\"failed\":%zu,\"per_second\":%.1f,\"p50_ms\":%.3f,\"p95_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
	       "\"cpu_us\":%.1f,\"peak_kb\":%ld,\"header_edits\":%zu,\"bodies\":%zu,\"removed\":%zu,\"discarded\":%zu,\"put_off\":%zu}\n",
	       count, failed, (double)count / seconds, percentile(all, count, 0.5), percentile(all, count, 0.95),
	       percentile(all, count, 0.99), percentile(all, count, 1), per_message, peak, changed, replaced, removed, discarded, tempfailed);
	free(all);
	if (failed > 0)
		exit(1);
}

static void parse_options(int argc, char **argv, struct load *load)
{
	static const struct option table[] = {
		{ "socket", required_argument, NULL, 's' },   { "pid", required_argument, NULL, 'p' },
		{ "connections", required_argument, NULL, 'c' }, { "messages", required_argument, NULL, 'm' },
		{ "per-session", required_argument, NULL, 'n' }, { "from", required_argument, NULL, 'f' },
		{ "auth", required_argument, NULL, 'a' },     { "client", required_argument, NULL, 'i' },
		{ "rcpt", required_argument, NULL, 'r' },     { "slow", required_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 },
	};
	for (int c; (c = getopt_long(argc, argv, "", table, NULL)) != -1;) {
		switch (c) {
		case 's': load->socket = optarg; break;
		case 'p': load->pid = atoi(optarg); break;
		case 'c': load->connections = strtoul(optarg, NULL, 10); break;
		case 'm': load->messages = strtoul(optarg, NULL, 10); break;
		case 'n': load->per_session = strtoul(optarg, NULL, 10); break;
		case 'f': load->from = optarg; break;
		case 'a': load->auth = optarg; break;
		case 'i': load->client = optarg; break;
		case 'w': load->slow = optarg; break;
		case 'r':
			if (load->recipient_count == RECIPIENTS_MOST)
				die("--rcpt", "too many");
			load->recipients[load->recipient_count++] = optarg;
			break;
		default: exit(64);
		}
	}
}

int main(int argc, char **argv)
{
	struct load load = { .from = "sender@bench.example", .client = "192.0.2.1", .connections = 1, .messages = 100, .per_session = 1 };
	parse_options(argc, argv, &load);
	if (load.socket == NULL || optind == argc || argc - optind > FILES_MOST || load.connections < 1 ||
	    load.connections > CONNECTIONS_MOST || load.per_session < 1)
		die("usage", "--socket PATH and message FILEs are needed");
	if (load.recipient_count == 0)
		load.recipients[load.recipient_count++] = "rcpt@bench.example";
	for (int i = optind; i < argc; i++)
		read_file(&load, argv[i], &load.files[load.file_count++]);
	if (load.slow != NULL)
		read_file(&load, load.slow, &load.slow_file);

	static struct worker workers[CONNECTIONS_MOST];
	pthread_t slow;
	double cpu_before = 0, cpu_after = 0;
	long peak = 0, ignored = 0;
	process_cost(load.pid, &cpu_before, &ignored);
	if (load.slow != NULL && pthread_create(&slow, NULL, run_slow, &load) != 0)
		die("thread", "cannot be started");
	double start = now();
	for (size_t i = 0; i < load.connections; i++) {
		workers[i] = (struct worker){ .load = &load, .seconds = calloc(load.messages + 1, sizeof(double)) };
		if (workers[i].seconds == NULL || pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]) != 0)
			die("thread", "cannot be started");
	}
	for (size_t i = 0; i < load.connections; i++)
		pthread_join(workers[i].thread, NULL);
	double seconds = now() - start;
	atomic_store(&finished, true);
	if (load.slow != NULL)
		pthread_join(slow, NULL);
	process_cost(load.pid, &cpu_after, &peak);
	print_result(&load, workers, seconds, cpu_after - cpu_before, peak);
	return 0;
}
