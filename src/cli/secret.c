/* secret.c - see secret.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"

#define SECRET_MOST 1024

/* Octet by octet, so that nothing behind the line end is taken from whoever reads on. */
static bool read_line(struct arena *arena, int fd, const char **out, struct error *err)
{
	char *line = arena_alloc(arena, SECRET_MOST + 1);
	size_t length = 0;
	for (;;) {
		char c;
		ssize_t got = read(fd, &c, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(err, ERROR_USAGE, "the password cannot be read: %s", strerror(errno));
		if (got == 0 || c == '\n')
			break;
		if (c == '\0' || length == SECRET_MOST)
			return error_set(err, ERROR_INPUT, "this is no password: %s", c == '\0' ? "it has a NUL" : "it is too long");
		line[length++] = c;
	}
	*out = line;
	return length > 0 || error_set(err, ERROR_INPUT, "no password was given");
}

/* Signals wait meanwhile, so that an interrupted question does not leave a terminal that shows nothing. */
static bool ask(struct arena *arena, int terminal, const char *prompt, const char **out, struct error *err)
{
	struct termios before, silent;
	sigset_t all, old;
	if (tcgetattr(terminal, &before) != 0)
		return error_set(err, ERROR_USAGE, "the terminal cannot be asked: %s", strerror(errno));
	silent = before;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	bool good = tcsetattr(terminal, TCSAFLUSH, &silent) == 0 && file_write_all(terminal, bytes_of(prompt));
	if (!good)
		error_set(err, ERROR_USAGE, "the terminal cannot be asked: %s", strerror(errno));
	good = good && read_line(arena, terminal, out, err);
	tcsetattr(terminal, TCSAFLUSH, &before);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return file_write_all(terminal, BYTES("\n")) && good;
}

static bool read_terminal(struct arena *arena, const char **out, struct error *err)
{
	const char *again = NULL;
	int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (terminal < 0)
		return error_set(err, ERROR_USAGE, "there is no terminal to ask for a password; give --password-fd NUMBER");
	bool good = ask(arena, terminal, "Password: ", out, err) && ask(arena, terminal, "The same again: ", &again, err);
	close(terminal);
	return good && (strcmp(*out, again) == 0 || error_set(err, ERROR_INPUT, "the two differ; nothing was changed"));
}

bool secret_read(struct arena *arena, const char *fd, const char **out, struct error *err)
{
	if (fd == NULL)
		return read_terminal(arena, out, err);
	char *end = NULL;
	long number = strtol(fd, &end, 10);
	if (*fd == '\0' || *end != '\0' || number < 0 || number > 65535)
		return error_set(err, ERROR_USAGE, "--password-fd: \"%s\" is no file descriptor", fd);
	return read_line(arena, (int)number, out, err);
}
