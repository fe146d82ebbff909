/* process.c - see process.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

extern char **environ;

static bool start(const char *const *argv, int output, pid_t *pid_out, struct error *err)
{
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	int why = posix_spawnp(pid_out, argv[0], &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return why == 0 || error_set(err, ERROR_UNAVAILABLE, "%s cannot be run: %s", argv[0], strerror(why));
}

/* All the program prints; what is beyond the limit is read too, so that it can end, but not kept. */
static size_t drain(int fd, size_t limit, struct text *kept)
{
	char chunk[4096];
	size_t total = 0;
	for (;;) {
		ssize_t got = read(fd, chunk, sizeof chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return total;
		total += (size_t)got;
		if (total <= limit)
			text_add_bytes(kept, (struct bytes){ chunk, (size_t)got });
	}
}

bool process_read(struct arena *arena, const char *const *argv, size_t limit, struct bytes *out, struct error *err)
{
	int ends[2], status = 0;
	pid_t pid;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return error_set(err, ERROR_UNAVAILABLE, "%s cannot be run: %s", argv[0], strerror(errno));
	bool started = start(argv, ends[1], &pid, err);
	close(ends[1]);
	struct text kept = TEXT_INIT;
	size_t total = started ? drain(ends[0], limit, &kept) : 0;
	close(ends[0]);
	while (started && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
	}
	*out = text_to_arena(&kept, arena);
	if (!started)
		return false;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return error_set(err, ERROR_UNAVAILABLE, "%s failed", argv[0]);
	return total <= limit || error_set(err, ERROR_UNAVAILABLE, "%s printed more than %zu octets", argv[0], limit);
}
