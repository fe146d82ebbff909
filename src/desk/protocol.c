/* protocol.c - see protocol.h. Frames with a deadline for the whole of each: octets that trickle in do not move it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/protocol.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/text.h"

#define HEAD_LENGTH ((size_t)4)
#define CHUNK ((size_t)65536) /* memory follows what has come, not what was promised */

static int64_t now_milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t frame_deadline(int milliseconds)
{
	return now_milliseconds() + milliseconds;
}

static bool wait_for(int fd, short event, int64_t deadline, struct error *err)
{
	for (;;) {
		int64_t left = deadline - now_milliseconds();
		struct pollfd polled = { .fd = fd, .events = event };
		int got = left <= 0 ? 0 : poll(&polled, 1, left > 60000 ? 60000 : (int)left);
		if (got > 0)
			return true;
		if (got < 0 && errno != EINTR)
			return error_set(err, ERROR_UNAVAILABLE, "cannot wait for the other side: %s", strerror(errno));
		if (deadline <= now_milliseconds())
			return error_set(err, ERROR_UNAVAILABLE, "the other side took too long");
	}
}

static bool is_passing(int number)
{
	return number == EINTR || number == EAGAIN || number == EWOULDBLOCK;
}

static bool read_exactly(int fd, char *into, size_t length, int64_t deadline, struct error *err)
{
	while (length > 0) {
		if (!wait_for(fd, POLLIN, deadline, err))
			return false;
		ssize_t got = recv(fd, into, length, MSG_DONTWAIT);
		if (got < 0 && is_passing(errno))
			continue;
		if (got <= 0)
			return error_set(err, ERROR_UNAVAILABLE, "the other side hung up%s%s", got < 0 ? ": " : "", got < 0 ? strerror(errno) : "");
		into += got;
		length -= (size_t)got;
	}
	return true;
}

static bool write_exactly(int fd, struct bytes content, int64_t deadline, struct error *err)
{
	while (content.length > 0) {
		if (!wait_for(fd, POLLOUT, deadline, err))
			return false;
		ssize_t put = send(fd, content.data, content.length, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (put < 0 && is_passing(errno))
			continue;
		if (put < 0)
			return error_set(err, ERROR_UNAVAILABLE, "the other side hung up: %s", strerror(errno));
		content = bytes_slice(content, (size_t)put, content.length);
	}
	return true;
}

bool frame_read(struct arena *arena, int fd, size_t most, int64_t deadline, struct bytes *out, struct error *err)
{
	unsigned char head[HEAD_LENGTH];
	if (!read_exactly(fd, (char *)head, sizeof head, deadline, err))
		return false;
	size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
	if (length == 0 || length > most)
		return error_set(err, ERROR_INPUT, "a frame of %zu octets, where 1 to %zu are allowed", length, most);
	struct text content = TEXT_INIT;
	char chunk[CHUNK];
	bool good = true;
	while (good && content.length < length) {
		size_t wanted = length - content.length < sizeof chunk ? length - content.length : sizeof chunk;
		good = read_exactly(fd, chunk, wanted, deadline, err);
		if (good)
			text_add_bytes(&content, (struct bytes){ chunk, wanted });
	}
	if (good)
		*out = text_to_arena(&content, arena);
	text_release(&content);
	return good;
}

bool frame_write(int fd, struct bytes content, size_t most, int64_t deadline, struct error *err)
{
	size_t length = content.length;
	if (length == 0 || length > most)
		return error_set(err, ERROR_INPUT, "a frame of %zu octets, where 1 to %zu are allowed", length, most);
	const unsigned char head[HEAD_LENGTH] = { (unsigned char)(length >> 24), (unsigned char)(length >> 16), (unsigned char)(length >> 8),
						  (unsigned char)length };
	return write_exactly(fd, (struct bytes){ (const char *)head, sizeof head }, deadline, err) && write_exactly(fd, content, deadline, err);
}
