/* file.h - whole files, read under a limit and written so that a crash leaves the old or the new one. */
#ifndef COPYHOLD_BASE_FILE_H
#define COPYHOLD_BASE_FILE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

/* Reads a file, or standard input for "-", of at most `limit` octets. An error is of `kind` (whose fault a bad file is, only the
 * caller knows) and names the path and why. */
bool file_read(struct arena *arena, const char *path, size_t limit, enum error_kind kind, struct bytes *out, struct error *err)
	MUST_CHECK;
/* Writes beside it, fsyncs, renames into place; what is no plain file, such as /dev/null or a pipe, is written to as it is. */
bool file_write(const char *path, struct bytes content, struct error *err) MUST_CHECK;
/* The same for what only its owner may read, whatever the umask. */
bool file_write_private(const char *path, struct bytes content, struct error *err) MUST_CHECK;
/* The same with mode, owner and group of `like`, which may be the file that is replaced; an error when they cannot be had. */
bool file_write_like(const char *path, const char *like, struct bytes content, struct error *err) MUST_CHECK;
/* All of it to an open descriptor, however often a signal comes between; false, with errno, when that cannot be. */
bool file_write_all(int fd, struct bytes content) MUST_CHECK;
/* A path that is written in a file is relative to the folder that file is in; an absolute one is taken as it is, and so is NULL. */
const char *file_beside(struct arena *arena, const char *file, const char *path);
/* Sees that no plain file stands there. */
bool file_remove(const char *path, struct error *err) MUST_CHECK;
/* Waits until no other process or thread has the folder locked, for so long at most: one that was stopped must not stop everybody. *fd_out is
 * the lock, and closing it gives it back. ERROR_RETRY otherwise. */
bool file_lock_folder(const char *folder, int milliseconds, int *fd_out, struct error *err) MUST_CHECK;

#endif
