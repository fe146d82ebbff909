/* process_filter.c - a program fed and read at once, under a time limit; see process.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

#define CANNOT_RUN 127 /* what a shell says too */

struct filter {
	const char *const *argv;
	pid_t pid;
	int to, from; /* -1 once closed */
	struct bytes rest;
	size_t limit;
	struct text kept;
	int64_t deadline; /* milliseconds */
};

static int64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* After fork, so nothing here may allocate. A namespace of its own has no network but a loopback that is down. */
static void become(const char *const *argv, int input, int output)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 || nowhere < 0 || dup2(nowhere, STDERR_FILENO) < 0)
		_exit(CANNOT_RUN);
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
		/* The system forbids it; what is run still asks for nothing. */
	}
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	execvp(argv[0], (char *const *)argv);
	_exit(CANNOT_RUN);
}

static bool start(struct filter *filter)
{
	int input[2], output[2];
	if (pipe2(input, O_CLOEXEC) < 0)
		return false;
	if (pipe2(output, O_CLOEXEC) < 0) {
		close(input[0]);
		close(input[1]);
		return false;
	}
	filter->pid = fork();
	if (filter->pid == 0)
		become(filter->argv, input[0], output[1]);
	close(input[0]);
	close(output[1]);
	filter->to = input[1];
	filter->from = output[0];
	return filter->pid > 0 && fcntl(filter->to, F_SETFL, O_NONBLOCK) == 0 && fcntl(filter->from, F_SETFL, O_NONBLOCK) == 0;
}

/* SIGPIPE would end us, were the reader gone: it is kept from this thread, and taken off it again. */
static ssize_t write_quietly(int fd, struct bytes bytes)
{
	sigset_t pipe_signal, before;
	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
	ssize_t written = write(fd, bytes.data, bytes.length);
	int why = errno;
	if (written < 0 && why == EPIPE && !sigismember(&before, SIGPIPE))
		sigtimedwait(&pipe_signal, NULL, &(struct timespec){ 0, 0 });
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = why;
	return written;
}

static void feed(struct filter *filter)
{
	ssize_t written = filter->rest.length == 0 ? 0 : write_quietly(filter->to, filter->rest);
	if (written > 0)
		filter->rest = bytes_slice(filter->rest, (size_t)written, filter->rest.length);
	if (filter->rest.length == 0 || (written < 0 && errno != EAGAIN && errno != EINTR))
		shut(&filter->to); /* all told, or it listens no more */
}

static void drain(struct filter *filter)
{
	char chunk[16384];
	ssize_t got = read(filter->from, chunk, sizeof chunk);
	if (got > 0)
		text_add_bytes(&filter->kept, (struct bytes){ chunk, (size_t)got });
	else if (got == 0 || (errno != EAGAIN && errno != EINTR))
		shut(&filter->from);
}

/* Until it says no more, too much, or time is up. */
static void converse(struct filter *filter)
{
	while (filter->from >= 0 && filter->kept.length <= filter->limit) {
		struct pollfd ends[] = { { filter->from, POLLIN, 0 }, { filter->to, POLLOUT, 0 } };
		int64_t left = filter->deadline - milliseconds();
		if (left <= 0)
			return;
		if (poll(ends, 2, (int)left) < 0 && errno != EINTR)
			return;
		if (ends[1].revents != 0)
			feed(filter);
		if (ends[0].revents != 0)
			drain(filter);
	}
}

static bool judge(const struct filter *filter, int status, bool killed, bool *missing_out, struct error *err)
{
	const char *name = filter->argv[0];
	if (filter->kept.length > filter->limit)
		return error_set(err, ERROR_UNAVAILABLE, "%s printed more than %zu octets", name, filter->limit);
	if (killed)
		return error_set(err, ERROR_UNAVAILABLE, "%s took too long and was stopped", name);
	*missing_out = WIFEXITED(status) && WEXITSTATUS(status) == CANNOT_RUN;
	if (*missing_out)
		return error_set(err, ERROR_UNAVAILABLE, "%s cannot be run", name);
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || error_set(err, ERROR_UNAVAILABLE, "%s failed", name);
}

/* Waits for its end, which may come after the last word; not beyond the deadline. */
static bool end(struct filter *filter, int *status)
{
	bool killed = filter->from >= 0;
	for (pid_t got = 0; !killed && got != filter->pid;) {
		got = waitpid(filter->pid, status, WNOHANG);
		if (got == filter->pid || (got < 0 && errno != EINTR))
			return false;
		killed = milliseconds() >= filter->deadline;
		if (got == 0)
			nanosleep(&(struct timespec){ 0, 5000000 }, NULL);
	}
	kill(filter->pid, SIGKILL);
	while (waitpid(filter->pid, status, 0) < 0 && errno == EINTR) {
	}
	return killed;
}

bool process_filter(struct arena *arena, const char *const *argv, struct bytes input, const struct process_limits *limits, struct bytes *out,
		    bool *missing_out, struct error *err)
{
	struct filter filter = { .argv = argv, .to = -1, .from = -1, .rest = input, .limit = limits->output };
	int status = 0;
	*missing_out = false;
	*out = BYTES_EMPTY;
	filter.deadline = milliseconds() + (int64_t)limits->seconds * 1000;
	bool good = start(&filter) || error_set(err, ERROR_UNAVAILABLE, "%s cannot be run: %s", argv[0], strerror(errno));
	if (good)
		converse(&filter);
	shut(&filter.to);
	if (filter.pid > 0) {
		bool killed = end(&filter, &status);
		good = good && judge(&filter, status, killed, missing_out, err);
	}
	shut(&filter.from);
	*out = text_to_arena(&filter.kept, arena);
	return good;
}
