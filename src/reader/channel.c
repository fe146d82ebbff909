/* channel.c - see channel.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/file.h"

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

union control {
	char room[CMSG_SPACE(sizeof(int))];
	struct cmsghdr align;
};

/* -1 when there is no room for it. */
static int memory_file_of(struct bytes bytes)
{
	int fd = memfd_create("copyhold", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0)
		return -1;
	if (file_write_all(fd, bytes) && fcntl(fd, F_ADD_SEALS, SEALS) == 0)
		return fd;
	close(fd);
	return -1;
}

static enum channel_end send_packet(int socket, struct packet head, struct bytes beside, int fd)
{
	union control control = { .room = { 0 } };
	struct iovec pieces[] = { { &head, sizeof head }, { (void *)(uintptr_t)beside.data, beside.length } };
	struct msghdr message = { .msg_iov = pieces, .msg_iovlen = beside.length > 0 ? 2 : 1 };
	if (fd >= 0) {
		message.msg_control = control.room;
		message.msg_controllen = sizeof control.room;
		struct cmsghdr *with = CMSG_FIRSTHDR(&message);
		with->cmsg_level = SOL_SOCKET;
		with->cmsg_type = SCM_RIGHTS;
		with->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(with), &fd, sizeof fd);
	}
	for (;;) {
		if (sendmsg(socket, &message, MSG_NOSIGNAL) >= 0)
			return CHANNEL_GOOD;
		if (errno == EINTR)
			continue;
		if (errno == EPIPE || errno == ECONNRESET)
			return CHANNEL_CLOSED;
		return errno == EAGAIN ? CHANNEL_SLOW : CHANNEL_BAD;
	}
}

enum channel_end channel_send(int socket, struct packet head, struct bytes bytes, int fd)
{
	head.length = bytes.length;
	if (bytes.length <= CHANNEL_INLINE)
		return send_packet(socket, head, bytes, fd);
	int file = memory_file_of(bytes);
	if (file < 0)
		return CHANNEL_BAD;
	enum channel_end end = send_packet(socket, head, BYTES_EMPTY, file);
	close(file);
	return end;
}

/* The descriptors that came along: the first is kept. */
static int take_fd(struct msghdr *message)
{
	int kept = -1;
	for (struct cmsghdr *with = CMSG_FIRSTHDR(message); with != NULL; with = CMSG_NXTHDR(message, with)) {
		if (with->cmsg_level != SOL_SOCKET || with->cmsg_type != SCM_RIGHTS)
			continue;
		size_t count = (with->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < count; i++) {
			int fd;
			memcpy(&fd, CMSG_DATA(with) + i * sizeof fd, sizeof fd);
			if (kept < 0)
				kept = fd;
			else
				close(fd);
		}
	}
	return kept;
}

/* Without all seals the other side could change what was checked, or cut the file so that reading it is a fault. */
static bool map_file(struct parcel *parcel)
{
	struct stat status;
	size_t length = (size_t)parcel->head.length;
	int seals = fcntl(parcel->fd, F_GET_SEALS);
	if (seals < 0 || (seals & SEALS) != SEALS || fstat(parcel->fd, &status) != 0 || status.st_size < 0 || (size_t)status.st_size != length)
		return false;
	void *memory = mmap(NULL, length, PROT_READ, MAP_PRIVATE, parcel->fd, 0);
	if (memory == MAP_FAILED)
		return false;
	parcel->bytes = (struct bytes){ memory, length };
	parcel->mapped = true;
	return true;
}

enum channel_end channel_receive(int socket, char *room, size_t most, struct parcel *out)
{
	union control control;
	*out = (struct parcel){ .fd = -1 };
	struct iovec pieces[] = { { &out->head, sizeof out->head }, { room, CHANNEL_INLINE } };
	struct msghdr message = { .msg_iov = pieces, .msg_iovlen = 2, .msg_control = control.room, .msg_controllen = sizeof control.room };
	ssize_t got;
	do
		got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return errno == EAGAIN ? CHANNEL_SLOW : errno == ECONNRESET ? CHANNEL_CLOSED : CHANNEL_BAD;
	if (got == 0)
		return CHANNEL_CLOSED;
	out->fd = take_fd(&message);
	size_t beside = (size_t)got;
	bool good = beside >= sizeof out->head && (message.msg_flags & MSG_TRUNC) == 0 && out->head.length <= most;
	if (good && out->head.length <= CHANNEL_INLINE) {
		out->bytes = (struct bytes){ room, beside - sizeof out->head };
		good = out->bytes.length == out->head.length;
	} else if (good) {
		good = beside == sizeof out->head && out->fd >= 0 && map_file(out);
	}
	if (good)
		return CHANNEL_GOOD;
	parcel_release(out);
	return CHANNEL_BAD;
}

void parcel_release(struct parcel *parcel)
{
	if (parcel->mapped)
		munmap((void *)(uintptr_t)parcel->bytes.data, parcel->bytes.length);
	if (parcel->fd >= 0)
		close(parcel->fd);
	*parcel = (struct parcel){ .fd = -1 };
}

void channel_set_timeout(int socket, unsigned seconds)
{
	struct timeval patience = { .tv_sec = seconds };
	/* Fails only on what is no socket, which the next call on it tells. */
	(void)!setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}
