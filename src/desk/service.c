/* service.c - see service.h. One thread for each connection, of which there are only so many; each has one request and one answer, and a
 * deadline for both, so that whoever connects can keep busy no more than that.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/service.h"

#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/service_manager.h"
#include "desk/call.h"
#include "desk/protocol.h"

#define THREAD_STACK ((size_t)2 << 20)
#define PAUSE_MILLISECONDS 100 /* when there are no descriptors or threads to be had */

struct service {
	struct house *house;
	const char *group;      /* whose members may connect besides ourselves and root; NULL: nobody */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	size_t busy;
	uid_t last_peer;        /* told to the log when it is another one */
	bool peer_known;
};
struct connection {
	struct service *service;
	int fd;
};

/* --- who connects --- */

static bool is_member(uid_t user, const char *group)
{
	char room[16384];
	struct group *found = NULL, entry;
	struct passwd *account = NULL, person;
	char names[16384];
	gid_t groups[256];
	int count = sizeof groups / sizeof *groups;
	if (getgrnam_r(group, &entry, room, sizeof room, &found) != 0 || found == NULL ||
	    getpwuid_r(user, &person, names, sizeof names, &account) != 0 || account == NULL ||
	    getgrouplist(account->pw_name, account->pw_gid, groups, &count) < 0)
		return false;
	for (int i = 0; i < count; i++)
		if (groups[i] == found->gr_gid)
			return true;
	return false;
}

/* The socket's permissions say the same; this holds should somebody have loosened them. */
static bool may_connect(struct service *service, int fd)
{
	struct ucred peer;
	socklen_t size = sizeof peer;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
		return false;
	bool may = peer.uid == 0 || peer.uid == geteuid() || (service->group != NULL && is_member(peer.uid, service->group));
	pthread_mutex_lock(&service->mutex);
	bool told = service->peer_known && service->last_peer == peer.uid;
	service->last_peer = peer.uid;
	service->peer_known = true;
	pthread_mutex_unlock(&service->mutex);
	if (!may)
		log_warning("refused a connection of user %ld, process %ld", (long)peer.uid, (long)peer.pid);
	else if (!told)
		log_info("user %ld, process %ld, comes to the desk", (long)peer.uid, (long)peer.pid);
	return may;
}

/* --- one connection --- */

static void answer(const struct connection *connection)
{
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	struct bytes request;
	if (frame_read(arena, connection->fd, DESK_REQUEST_MOST, frame_deadline(SERVICE_READ_SECONDS * 1000), &request, &err)) {
		struct bytes written = calls_answer(arena, connection->service->house, request, clock_now());
		if (!frame_write(connection->fd, written, DESK_ANSWER_MOST, frame_deadline(SERVICE_WRITE_SECONDS * 1000), &err))
			log_info("an answer was not taken: %s", error_text(&err));
	} else {
		log_info("a connection without a request: %s", error_text(&err));
	}
	error_release(&err);
	arena_free(&arena);
}

static void leave(struct service *service)
{
	pthread_mutex_lock(&service->mutex);
	service->busy--;
	pthread_cond_broadcast(&service->changed);
	pthread_mutex_unlock(&service->mutex);
}

static void *serve_connection(void *argument)
{
	struct connection connection = *(struct connection *)argument;
	free(argument);
	if (may_connect(connection.service, connection.fd))
		answer(&connection);
	close(connection.fd);
	leave(connection.service);
	return NULL;
}

static bool start_thread(struct service *service, int fd)
{
	pthread_attr_t attributes;
	pthread_t thread;
	struct connection *connection = memory_must(malloc(sizeof *connection));
	*connection = (struct connection){ service, fd };
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, THREAD_STACK);
	int failed = pthread_create(&thread, &attributes, serve_connection, connection);
	pthread_attr_destroy(&attributes);
	if (failed == 0)
		return true;
	log_warning("cannot start a thread: %s", strerror(failed));
	free(connection);
	return false;
}

/* --- the round --- */

static sigset_t our_signals(void)
{
	sigset_t signals;
	sigemptyset(&signals);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	return signals;
}

void service_block_signals(void)
{
	sigset_t signals = our_signals();
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static bool is_full(struct service *service)
{
	pthread_mutex_lock(&service->mutex);
	bool full = service->busy >= SERVICE_CONNECTIONS;
	pthread_mutex_unlock(&service->mutex);
	return full;
}

static void take_connection(struct service *service, int listening)
{
	int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0) {
		if (errno != EINTR && errno != EAGAIN && errno != ECONNABORTED) {
			log_warning("accept: %s", strerror(errno));
			poll(NULL, 0, PAUSE_MILLISECONDS);
		}
		return;
	}
	pthread_mutex_lock(&service->mutex);
	service->busy++;
	pthread_mutex_unlock(&service->mutex);
	if (start_thread(service, fd))
		return;
	close(fd);
	leave(service);
	poll(NULL, 0, PAUSE_MILLISECONDS);
}

/* False when it is time to stop. */
static bool obey_signal(struct service *service, int signals)
{
	struct signalfd_siginfo got;
	if (read(signals, &got, sizeof got) != (ssize_t)sizeof got)
		return true;
	if (got.ssi_signo != SIGHUP)
		return false;
	house_reload(service->house);
	return true;
}

/* While all places are taken new connections wait in the kernel; a place is free at the latest when a deadline passes. */
static void serve(struct service *service, const struct listener *listener, int signals)
{
	for (;;) {
		bool full = is_full(service);
		struct pollfd polled[] = { { .fd = signals, .events = POLLIN }, { .fd = full ? -1 : listener->fd, .events = POLLIN } };
		if (poll(polled, 2, full ? PAUSE_MILLISECONDS : -1) < 0)
			continue;
		if ((polled[0].revents & POLLIN) != 0 && !obey_signal(service, signals))
			return;
		if ((polled[1].revents & POLLIN) != 0)
			take_connection(service, listener->fd);
	}
}

static bool drain(struct service *service)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += SERVICE_DRAIN_SECONDS;
	pthread_mutex_lock(&service->mutex);
	int waited = 0;
	while (service->busy > 0 && waited == 0)
		waited = pthread_cond_timedwait(&service->changed, &service->mutex, &until);
	size_t left = service->busy;
	pthread_mutex_unlock(&service->mutex);
	if (left > 0)
		log_warning("%zu calls did not end in time", left);
	return left == 0;
}

int service_run(struct house *house, struct listener *listener, const char *group, bool *idle_out)
{
	struct service service = { .house = house, .group = group };
	*idle_out = true;
	sigset_t taken = our_signals();
	int signals = signalfd(-1, &taken, SFD_CLOEXEC);
	if (signals < 0 || pthread_mutex_init(&service.mutex, NULL) != 0 || pthread_cond_init(&service.changed, NULL) != 0) {
		log_error("the desk cannot be set up: %s", strerror(errno));
		return EX_OSERR;
	}
	service_manager_tell("READY=1");
	log_info("ready");
	serve(&service, listener, signals);
	log_info("no new calls; waiting for those under way");
	service_manager_tell("STOPPING=1");
	close(listener->fd);
	listener_withdraw(listener);
	*idle_out = drain(&service);
	close(signals);
	log_info("stopped");
	return EX_OK;
}
