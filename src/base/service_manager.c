/* service_manager.c - see service_manager.h. One datagram to the socket in NOTIFY_SOCKET.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/service_manager.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

void service_manager_tell(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	if (path == NULL || (path[0] != '/' && path[0] != '@'))
		return;
	size_t length = strlen(path);
	if (length >= sizeof address.sun_path) {
		log_warning("NOTIFY_SOCKET is too long a path: %s", path);
		return;
	}
	memcpy(address.sun_path, path, length);
	if (path[0] == '@')
		address.sun_path[0] = '\0'; /* an abstract socket */
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	if (fd < 0 || sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&address, size) < 0)
		log_warning("cannot tell the service manager: %s", strerror(errno));
	if (fd >= 0)
		close(fd);
}
