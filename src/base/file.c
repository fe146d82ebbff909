/* file.c - see file.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#define LOCK_PAUSE_MILLISECONDS 5

static bool read_all(int fd, const char *path, size_t limit, enum error_kind kind, struct text *content, struct error *err)
{
	char chunk[65536];
	for (;;) {
		ssize_t got = read(fd, chunk, sizeof chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(err, kind, "%s: cannot be read: %s", path, strerror(errno));
		if (got == 0)
			return true;
		if ((size_t)got > limit - content->length)
			return error_set(err, kind, "%s: larger than %zu octets", path, limit);
		text_add_bytes(content, (struct bytes){ chunk, (size_t)got });
	}
}

bool file_read(struct arena *arena, const char *path, size_t limit, enum error_kind kind, struct bytes *out, struct error *err)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return error_set(err, kind, "%s: cannot be opened: %s", path, strerror(errno));
	struct text content = TEXT_INIT;
	bool good = read_all(fd, path, limit, kind, &content, err);
	if (!standard)
		close(fd);
	if (good)
		*out = text_to_arena(&content, arena);
	else
		text_release(&content);
	return good;
}

bool file_write_all(int fd, struct bytes content)
{
	while (content.length > 0) {
		ssize_t put = write(fd, content.data, content.length);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		content.data += put;
		content.length -= (size_t)put;
	}
	return true;
}

const char *file_beside(struct arena *arena, const char *file, const char *path)
{
	if (path == NULL || path[0] == '/')
		return path;
	return arena_printf(arena, "%s/%s", dirname(arena_string(arena, file)), path);
}

bool file_remove(const char *path, struct error *err)
{
	struct stat status;
	if (lstat(path, &status) < 0 || !S_ISREG(status.st_mode) || unlink(path) == 0)
		return true;
	return error_set(err, ERROR_RETRY, "%s: cannot be removed: %s", path, strerror(errno));
}

/* What is no plain file, such as /dev/null, must not be replaced by one. */
static bool is_special(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static bool write_into(const char *path, struct bytes content, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && file_write_all(fd, content);
	if (fd >= 0 && close(fd) < 0)
		good = false;
	return good || error_set(err, ERROR_RETRY, "%s: cannot be written: %s", path, strerror(errno));
}

/* Owner and group of a new file; nobody but root may give one away, which is an error only where that is needed. */
static bool own_like(int fd, const struct stat *like)
{
	struct stat mine;
	if (like == NULL || (fstat(fd, &mine) == 0 && mine.st_uid == like->st_uid && mine.st_gid == like->st_gid))
		return true;
	return fchown(fd, like->st_uid, like->st_gid) == 0;
}

/* mkostemp makes it 0600. `like` (or NULL) is whose owner and group it gets. */
static bool write_beside(const char *path, struct bytes content, mode_t mode, const struct stat *like, struct error *err)
{
	char *beside = NULL;
	if (asprintf(&beside, "%s.XXXXXX", path) < 0)
		abort();
	int fd = mkostemp(beside, O_CLOEXEC);
	bool good = fd >= 0 && own_like(fd, like) && fchmod(fd, mode) == 0 && file_write_all(fd, content) && fsync(fd) == 0;
	if (fd >= 0 && close(fd) < 0)
		good = false;
	if (good && rename(beside, path) < 0)
		good = false;
	if (!good) {
		error_set(err, ERROR_RETRY, "%s: cannot be written: %s", path, strerror(errno));
		if (fd >= 0)
			unlink(beside);
	}
	free(beside);
	return good;
}

bool file_write(const char *path, struct bytes content, struct error *err)
{
	if (is_special(path))
		return write_into(path, content, err);
	mode_t mask = umask(0);
	umask(mask);
	return write_beside(path, content, 0666 & ~mask, NULL, err);
}

bool file_write_private(const char *path, struct bytes content, struct error *err)
{
	return write_beside(path, content, 0600, NULL, err);
}

bool file_write_like(const char *path, const char *like, struct bytes content, struct error *err)
{
	struct stat status;
	if (stat(like, &status) < 0)
		return error_set(err, ERROR_RETRY, "%s: cannot be examined: %s", like, strerror(errno));
	return write_beside(path, content, status.st_mode & 07777, &status, err);
}

/* False, with errno, when it cannot be had in time. flock(2) knows no time limit. */
static bool wait_for_lock(int fd, int milliseconds)
{
	for (int waited = 0;; waited += LOCK_PAUSE_MILLISECONDS) {
		if (TEMP_FAILURE_RETRY(flock(fd, LOCK_EX | LOCK_NB)) == 0)
			return true;
		if (errno != EWOULDBLOCK || waited >= milliseconds)
			return false;
		poll(NULL, 0, LOCK_PAUSE_MILLISECONDS);
	}
}

bool file_lock_folder(const char *folder, int milliseconds, int *fd_out, struct error *err)
{
	*fd_out = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd_out >= 0 && wait_for_lock(*fd_out, milliseconds))
		return true;
	error_set(err, ERROR_RETRY, "%s: %s", folder, errno == EWOULDBLOCK ? "another process has it locked" : strerror(errno));
	if (*fd_out >= 0)
		close(*fd_out);
	return false;
}
