/* supervisor.c - see supervisor.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "milter/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/service_manager.h"
#include "milter/gate.h"

#define GRACE_SECONDS 10      /* past a gate's own deadline */
#define LONG_LIFE_SECONDS 60  /* a gate that lived as long died of something new */
#define LONGEST_PAUSE_SECONDS 30

struct supervisor {
	struct listener *listener;
	const struct snapshot *initial; /* as started with: a reload cannot change socket and user */
	pid_t gate;                     /* 0 while none runs */
	time_t started, pause;          /* the next one starts no sooner than started + pause */
	int exit_code;                  /* of the last gate */
};

static time_t uptime(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static sigset_t our_signals(void)
{
	sigset_t signals;
	sigemptyset(&signals);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGCHLD);
	return signals;
}

/* In the child: never outlives its parent, and leaves no signal blocked but the two it waits for. */
static _Noreturn void be_the_gate(const struct supervisor *supervisor, pid_t parent, int ready_fd)
{
	sigset_t signals;
	setpgid(0, 0); /* Ctrl-C is the parent's to understand */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EX_OSERR);
	sigemptyset(&signals);
	sigaddset(&signals, SIGUSR1);
	sigaddset(&signals, SIGUSR2);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	_exit(gate_run(supervisor->initial->path, supervisor->listener->fd, ready_fd));
}

/* True once the gate takes messages. A gate that ends first says why itself. */
static bool start_gate(struct supervisor *supervisor)
{
	int ready[2];
	char byte;
	pid_t parent = getpid();
	supervisor->started = uptime();
	if (pipe2(ready, O_CLOEXEC) != 0) {
		log_error("pipe: %s", strerror(errno));
		return false;
	}
	pid_t pid = fork();
	if (pid == 0) {
		close(ready[0]);
		be_the_gate(supervisor, parent, ready[1]);
	}
	close(ready[1]);
	if (pid < 0)
		log_error("fork: %s", strerror(errno));
	else
		supervisor->gate = pid;
	bool is_ready = pid > 0 && TEMP_FAILURE_RETRY(read(ready[0], &byte, 1)) == 1;
	close(ready[0]);
	return is_ready;
}

/* Counted from the last start, so that only gates that die young are waited for. */
static void choose_pause(struct supervisor *supervisor)
{
	if (uptime() - supervisor->started >= LONG_LIFE_SECONDS)
		supervisor->pause = 0;
	else
		supervisor->pause = supervisor->pause == 0 ? 1 : supervisor->pause * 2;
	if (supervisor->pause > LONGEST_PAUSE_SECONDS)
		supervisor->pause = LONGEST_PAUSE_SECONDS;
}

/* Takes note of a gate that has ended; false while it lives. */
static bool reap(struct supervisor *supervisor, int options)
{
	int status = 0;
	if (supervisor->gate == 0)
		return true;
	if (waitpid(supervisor->gate, &status, options) != supervisor->gate)
		return false;
	supervisor->gate = 0;
	choose_pause(supervisor);
	supervisor->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE;
	if (WIFSIGNALED(status))
		log_error("the gate was ended by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
	return true;
}

static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void warn_of(const struct supervisor *supervisor, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->warning_count; i++)
		log_warning("%s", snapshot->warnings[i]);
	if (!same(snapshot->socket, supervisor->initial->socket) || !same(snapshot->user, supervisor->initial->user))
		log_warning("the milter's socket and user change at the next restart only");
}

/* A bad one is the gate's to refuse: it has the journal, which the status page is made from. */
static void reload(const struct supervisor *supervisor)
{
	struct error err = ERROR_INIT;
	struct snapshot *snapshot = NULL;
	if (snapshot_load(supervisor->initial->path, &snapshot, &err))
		warn_of(supervisor, snapshot);
	else if (supervisor->gate == 0)
		log_error("%s; nor does a gate run that has an earlier one in force", error_text(&err));
	if (supervisor->gate != 0)
		kill(supervisor->gate, SIGUSR1);
	snapshot_drop(&snapshot);
	error_release(&err);
}

/* Waits for one of our signals, at most until `until` (uptime; 0: for ever). 0 when the time is up. */
static int next_signal(time_t until)
{
	sigset_t signals = our_signals();
	if (until == 0)
		return TEMP_FAILURE_RETRY(sigwaitinfo(&signals, NULL));
	time_t left = until - uptime();
	struct timespec timeout = { .tv_sec = left > 0 ? left : 0 };
	int got = sigtimedwait(&signals, NULL, &timeout);
	return got > 0 ? got : 0;
}

static void drain(struct supervisor *supervisor)
{
	log_info("no new messages; waiting for those under way");
	service_manager_tell("STOPPING=1");
	listener_withdraw(supervisor->listener);
	if (supervisor->gate != 0)
		kill(supervisor->gate, SIGUSR2);
	time_t until = uptime() + DRAIN_SECONDS + GRACE_SECONDS;
	while (!reap(supervisor, WNOHANG)) {
		int got = next_signal(until);
		if (got == SIGHUP || got == SIGCHLD || uptime() < until)
			continue;
		log_warning("the gate did not end in time; the senders of messages under way try again");
		kill(supervisor->gate, SIGKILL);
		reap(supervisor, 0);
	}
	log_info("stopped");
}

static void serve(struct supervisor *supervisor)
{
	for (;;) {
		time_t start_at = supervisor->gate == 0 ? supervisor->started + supervisor->pause : 0;
		if (supervisor->gate == 0 && uptime() >= start_at) {
			if (start_gate(supervisor))
				log_info("the gate runs again");
			continue;
		}
		int got = next_signal(start_at);
		if (got == SIGTERM || got == SIGINT)
			return;
		if (got == SIGHUP)
			reload(supervisor);
		if (got == SIGCHLD && supervisor->gate != 0 && reap(supervisor, WNOHANG))
			log_warning("the gate has ended; connections wait for the next one");
	}
}

int supervisor_run(struct listener *listener, const struct snapshot *snapshot)
{
	struct supervisor supervisor = { .listener = listener, .initial = snapshot };
	sigset_t signals = our_signals();
	sigprocmask(SIG_BLOCK, &signals, NULL);
	if (start_gate(&supervisor)) {
		service_manager_tell("READY=1");
		log_info("ready");
		serve(&supervisor);
		drain(&supervisor);
		supervisor.exit_code = 0;
	} else {
		reap(&supervisor, 0);
		listener_withdraw(listener);
	}
	return supervisor.exit_code;
}
