/* client.c - see client.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/client.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "desk/protocol.h"

#define ANSWER_FLAGS (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL)

static bool connect_to(const char *path, int *fd_out, struct error *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t length = strlen(path);
	if (length >= sizeof address.sun_path)
		return error_set(err, ERROR_SETTINGS, "the desk's socket has too long a path: %s", path);
	memcpy(address.sun_path, path, length);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) == 0) {
		*fd_out = fd;
		return true;
	}
	error_set(err, ERROR_UNAVAILABLE, "the desk does not answer on %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return false;
}

static bool parse_answer(struct bytes content, json_t **out, struct error *err)
{
	json_error_t complaint;
	json_t *answer = json_loadb(content.data, content.length, ANSWER_FLAGS, &complaint);
	if (json_is_object(answer)) {
		*out = answer;
		return true;
	}
	json_decref(answer);
	return error_set(err, ERROR_INPUT, "the desk's answer is no JSON object");
}

bool desk_call(const char *path, const json_t *request, int milliseconds, json_t **answer_out, struct error *err)
{
	int64_t deadline = frame_deadline(milliseconds);
	int fd = -1;
	char *asked = json_dumps(request, JSON_COMPACT);
	if (asked == NULL)
		return error_set(err, ERROR_INPUT, "the request cannot be written as JSON");
	struct arena *arena = arena_new();
	struct bytes content = BYTES_EMPTY;
	bool good = connect_to(path, &fd, err) && frame_write(fd, bytes_of(asked), DESK_REQUEST_MOST, deadline, err) &&
		    frame_read(arena, fd, DESK_ANSWER_MOST, deadline, &content, err) && parse_answer(content, answer_out, err);
	if (fd >= 0)
		close(fd);
	free(asked);
	arena_free(&arena);
	return good;
}
