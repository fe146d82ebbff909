/* link.c - see link.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

#define TELL_SECONDS 60 /* compiling a large wording on a busy machine */
#define ASK_SECONDS 5   /* forking takes a millisecond */

/* Nothing of us goes along but its socket and stderr: no environment, no other descriptor, no blocked signal. */
static bool spawn(const char *program, int socket, pid_t *pid_out, struct error *err)
{
	char *argv[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)"--nursery", NULL };
	char *environment[] = { (char *)(uintptr_t)"LANG=C.UTF-8", (char *)(uintptr_t)"TZ=UTC", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, socket, NURSERY_FD);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&actions, NURSERY_FD + 1);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	int why = posix_spawn(pid_out, program, &actions, &attributes, argv, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return why == 0 || error_set(err, ERROR_UNAVAILABLE, "%s cannot be run: %s", program, strerror(why));
}

/* One question and its answer, within the time set. Holds the lock. */
static bool ask(struct link *link, struct packet head, struct bytes bytes, int fd, struct parcel *answer)
{
	if (!link->lost && channel_send(link->socket, head, bytes, fd) == CHANNEL_GOOD &&
	    channel_receive(link->socket, link->room, CHANNEL_INLINE, answer) == CHANNEL_GOOD) {
		if (answer->head.verb == head.verb)
			return true;
		parcel_release(answer);
	}
	link->lost = true;
	return false;
}

static bool tell(struct link *link, struct bytes wording, struct error *err)
{
	struct parcel answer;
	channel_set_timeout(link->socket, TELL_SECONDS);
	if (!ask(link, (struct packet){ .verb = VERB_TELL }, wording, -1, &answer))
		return error_set(err, ERROR_UNAVAILABLE, "copyhold-reader does not answer");
	channel_set_timeout(link->socket, ASK_SECONDS);
	char *words = memory_must(strndup(answer.bytes.length == 0 ? "" : answer.bytes.data, answer.bytes.length));
	bool good = answer.head.number == 0;
	parcel_release(&answer);
	if (!good)
		error_set(err, ERROR_UNAVAILABLE, "copyhold-reader: %s", words);
	if (good && words[0] != '\0')
		link->remark = words;
	else
		free(words);
	return good;
}

struct link *link_start(const char *program, struct bytes wording, struct error *err)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		error_set(err, ERROR_UNAVAILABLE, "socketpair: %s", strerror(errno));
		return NULL;
	}
	struct link *link = memory_must(calloc(1, sizeof *link));
	pthread_mutex_init(&link->lock, NULL);
	link->room = memory_must(malloc(CHANNEL_INLINE));
	link->socket = ends[0];
	link->users = 1;
	bool good = spawn(program, ends[1], &link->pid, err);
	close(ends[1]);
	if (good && tell(link, wording, err))
		return link;
	link_stop(link);
	link_free(link);
	return NULL;
}

void link_stop(struct link *link)
{
	pthread_mutex_lock(&link->lock);
	link->lost = true;
	if (link->pid > 0) {
		kill(link->pid, SIGKILL); /* our own child, not reaped yet */
		while (waitpid(link->pid, NULL, 0) < 0 && errno == EINTR) {
		}
		link->pid = 0;
	}
	pthread_mutex_unlock(&link->lock);
}

void link_free(struct link *link)
{
	close(link->socket);
	pthread_mutex_destroy(&link->lock);
	free(link->remark);
	free(link->room);
	free(link);
}

bool link_is_lost(struct link *link)
{
	siginfo_t ended = { .si_pid = 0 };
	pthread_mutex_lock(&link->lock);
	/* Looked at, not reaped: the number stays ours to kill. */
	if (link->pid > 0 && waitid(P_PID, (id_t)link->pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == link->pid)
		link->lost = true;
	bool lost = link->lost;
	pthread_mutex_unlock(&link->lock);
	return lost;
}

static bool ask_number(struct link *link, struct packet head, int fd, int32_t *number_out)
{
	struct parcel answer;
	pthread_mutex_lock(&link->lock);
	bool good = ask(link, head, BYTES_EMPTY, fd, &answer);
	if (good) {
		*number_out = answer.head.number;
		parcel_release(&answer);
	}
	pthread_mutex_unlock(&link->lock);
	return good;
}

static void worker_free(struct worker *worker)
{
	close(worker->socket);
	free(worker->room);
	free(worker);
}

int link_bury(struct worker *worker)
{
	int32_t status = 0;
	bool known = ask_number(worker->link, (struct packet){ .verb = VERB_END, .number = worker->pid }, -1, &status) && status >= 0;
	worker_free(worker);
	return known ? status : -1;
}

struct worker *link_fork(struct link *link, unsigned seconds, struct error *err)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		error_set(err, ERROR_UNAVAILABLE, "socketpair: %s", strerror(errno));
		return NULL;
	}
	struct worker *worker = memory_must(calloc(1, sizeof *worker));
	worker->link = link;
	worker->socket = ends[0];
	worker->room = memory_must(malloc(CHANNEL_INLINE));
	bool answered = ask_number(link, (struct packet){ .verb = VERB_FORK }, ends[1], &worker->pid);
	close(ends[1]);
	if (!answered || worker->pid <= 0) {
		error_set(err, ERROR_UNAVAILABLE, "the nursery gives no worker: %s", answered ? strerror(-worker->pid) : "it does not answer");
		worker_free(worker);
		return NULL;
	}
	struct parcel hello;
	channel_set_timeout(worker->socket, ASK_SECONDS);
	if (channel_receive(worker->socket, worker->room, 0, &hello) == CHANNEL_GOOD) {
		parcel_release(&hello);
		channel_set_timeout(worker->socket, seconds);
		return worker;
	}
	link_bury(worker);
	error_set(err, ERROR_UNAVAILABLE, "a worker could not be caged, or did not become ready");
	return NULL;
}
