/* listener.c - see listener.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 256          /* connections that wait while a gate is being replaced */
#define FIRST_INHERITED_FD 3 /* sd_listen_fds(3) */

union address {
	struct sockaddr any;
	struct sockaddr_un local;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

static bool is_loopback(const union address *address)
{
	if (address->any.sa_family == AF_INET)
		return ntohl(address->in.sin_addr.s_addr) >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&address->in6.sin6_addr);
}

static bool parse_local(const char *path, union address *out, socklen_t *size_out, struct error *err)
{
	if (path[0] != '/')
		return error_set(err, ERROR_SETTINGS, "the socket's path must begin with /: \"%s\"", path);
	if (strlen(path) >= sizeof out->local.sun_path)
		return error_set(err, ERROR_SETTINGS, "the socket's path is longer than %zu bytes: \"%s\"", sizeof out->local.sun_path - 1, path);
	out->local.sun_family = AF_UNIX;
	memcpy(out->local.sun_path, path, strlen(path) + 1);
	*size_out = sizeof out->local;
	return true;
}

static bool parse_inet(const char *words, union address *out, socklen_t *size_out, struct error *err)
{
	char *end = NULL;
	unsigned long port = strtoul(words, &end, 10);
	if (end == words || *end != '@' || port == 0 || port > 65535)
		return error_set(err, ERROR_SETTINGS, "expected inet:PORT@ADDRESS, for example inet:8891@127.0.0.1, not \"inet:%s\"", words);
	if (inet_pton(AF_INET, end + 1, &out->in.sin_addr) == 1) {
		out->in.sin_family = AF_INET;
		out->in.sin_port = htons((in_port_t)port);
		*size_out = sizeof out->in;
	} else if (inet_pton(AF_INET6, end + 1, &out->in6.sin6_addr) == 1) {
		out->in6.sin6_family = AF_INET6;
		out->in6.sin6_port = htons((in_port_t)port);
		*size_out = sizeof out->in6;
	} else {
		return error_set(err, ERROR_SETTINGS, "\"%s\" is no IP address", end + 1);
	}
	if (!is_loopback(out))
		return error_set(err, ERROR_SETTINGS, "this service listens on loopback only (127.0.0.1, ::1), not on %s: anybody who reaches it could speak as anybody", end + 1);
	return true;
}

static bool parse(const char *where, union address *out, socklen_t *size_out, struct error *err)
{
	memset(out, 0, sizeof *out);
	if (strncmp(where, "unix:", 5) == 0)
		return parse_local(where + 5, out, size_out, err);
	if (strncmp(where, "inet:", 5) == 0)
		return parse_inet(where + 5, out, size_out, err);
	return error_set(err, ERROR_SETTINGS, "a socket is unix:/path or inet:PORT@ADDRESS, not \"%s\"", where);
}

bool listener_check(const char *where, struct error *err)
{
	union address address;
	socklen_t size;
	return parse(where, &address, &size, err);
}

/* Takes away a socket that a killed process left. Anything else at that path stays. */
static bool clear_stale(const union address *address, socklen_t size, struct error *err)
{
	const char *path = address->local.sun_path;
	struct stat found;
	if (lstat(path, &found) != 0)
		return errno == ENOENT || error_set(err, ERROR_SETTINGS, "%s: %s", path, strerror(errno));
	if (!S_ISSOCK(found.st_mode))
		return error_set(err, ERROR_SETTINGS, "%s is there and is no socket; move it away", path);
	int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (probe < 0)
		return error_set(err, ERROR_RETRY, "socket: %s", strerror(errno));
	bool answered = connect(probe, &address->any, size) == 0;
	int reason = errno;
	close(probe);
	if (answered)
		return error_set(err, ERROR_UNAVAILABLE, "another process answers on %s; is this service running already?", path);
	if (reason != ECONNREFUSED)
		return error_set(err, ERROR_SETTINGS, "%s: %s", path, strerror(reason));
	if (unlink(path) != 0)
		return error_set(err, ERROR_SETTINGS, "cannot remove the stale socket %s: %s", path, strerror(errno));
	return true;
}

/* Only the owner and one group may connect. */
static bool restrict_to(const char *path, const char *group, const struct account *owner, struct error *err)
{
	gid_t wanted = (gid_t)-1;
	if (group != NULL && !account_find_group(group, &wanted, err))
		return false;
	uid_t user = owner != NULL && geteuid() == 0 ? owner->user : (uid_t)-1;
	struct stat made;
	if (lstat(path, &made) != 0)
		return error_set(err, ERROR_RETRY, "%s: %s", path, strerror(errno));
	if (made.st_gid == wanted)
		wanted = (gid_t)-1; /* a set-group-ID folder has seen to it */
	if ((user != (uid_t)-1 || wanted != (gid_t)-1) && lchown(path, user, wanted) != 0)
		return error_set(err, ERROR_SETTINGS, "cannot give %s to group \"%s\": %s; make its folder set-group-ID of that group", path, group, strerror(errno));
	if (chmod(path, group != NULL ? 0660 : 0600) != 0)
		return error_set(err, ERROR_RETRY, "%s: %s", path, strerror(errno));
	return true;
}

static int bind_private(int fd, const union address *address, socklen_t size)
{
	mode_t before = umask(0177); /* nobody gets in between bind and chmod */
	int failed = bind(fd, &address->any, size);
	umask(before);
	return failed;
}

static bool open_socket(const char *where, const char *group, const struct account *owner, struct listener *out, struct error *err)
{
	union address address;
	socklen_t size;
	if (!parse(where, &address, &size, err))
		return false;
	bool local = address.any.sa_family == AF_UNIX;
	if (local && !clear_stale(&address, size, err))
		return false;
	out->fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (out->fd < 0)
		return error_set(err, ERROR_RETRY, "socket: %s", strerror(errno));
	int on = 1;
	if (!local && setsockopt(out->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
		return error_set(err, ERROR_RETRY, "setsockopt: %s", strerror(errno));
	if (bind_private(out->fd, &address, size) != 0)
		return error_set(err, errno == EADDRINUSE ? ERROR_UNAVAILABLE : ERROR_SETTINGS, "cannot listen on %s: %s", where, strerror(errno));
	if (local) {
		out->path = strdup(address.local.sun_path);
		if (out->path == NULL)
			abort();
		if (!restrict_to(out->path, group, owner, err))
			return false;
	}
	if (listen(out->fd, BACKLOG) != 0)
		return error_set(err, ERROR_RETRY, "cannot listen on %s: %s", where, strerror(errno));
	return true;
}

bool listener_open(const char *where, const char *group, const struct account *owner, struct listener *out, struct error *err)
{
	*out = (struct listener){ -1, NULL };
	if (open_socket(where, group, owner, out, err))
		return true;
	if (out->fd >= 0)
		close(out->fd);
	listener_withdraw(out);
	return false;
}

bool listener_inherit(struct listener *out, struct error *err)
{
	const char *count = getenv("LISTEN_FDS"), *whose = getenv("LISTEN_PID");
	if (count == NULL || whose == NULL || strtol(whose, NULL, 10) != (long)getpid())
		return false;
	int listening = 0;
	socklen_t size = sizeof listening;
	if (strcmp(count, "1") != 0)
		return error_set(err, ERROR_SETTINGS, "the service manager hands over %s sockets; exactly one is expected", count);
	if (getsockopt(FIRST_INHERITED_FD, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || !listening)
		return error_set(err, ERROR_SETTINGS, "what the service manager hands over is no listening stream socket");
	if (fcntl(FIRST_INHERITED_FD, F_SETFD, FD_CLOEXEC) != 0)
		return error_set(err, ERROR_RETRY, "fcntl: %s", strerror(errno));
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_PID");
	*out = (struct listener){ FIRST_INHERITED_FD, NULL };
	return true;
}

void listener_withdraw(struct listener *listener)
{
	if (listener->path != NULL)
		unlink(listener->path);
	free(listener->path);
	listener->path = NULL;
}
