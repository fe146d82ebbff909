/* self_test.c - see self_test.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "self_test.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cage.h"

#define MEMORY ((size_t)1 << 30)

/* Each true when it got out. */

static bool opens(const char *path, int flags)
{
	int fd = open(path, flags, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool writes_a_file(void)
{
	char name[64];
	snprintf(name, sizeof name, "/tmp/copyhold-reader-self-test.%d", (int)getpid());
	return opens(name, O_WRONLY | O_CREAT | O_EXCL);
}

static bool writes_a_device(void)
{
	return opens("/dev/null", O_WRONLY);
}

static bool reads_a_file(void)
{
	return opens("/etc/passwd", O_RDONLY);
}

static bool makes_a_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || socket(AF_INET6, SOCK_DGRAM, 0) >= 0;
}

static bool runs_a_program(void)
{
	/* A path that is not there: whether it may be tried is the question, and success would end the test. */
	char *none[] = { NULL };
	return execve("/nonexistent/copyhold", none, none) == 0 || errno != EPERM;
}

static bool forks(void)
{
	pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool traces(void)
{
	return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 || errno != EPERM;
}

static bool signals_others(void)
{
	return kill(getppid(), 0) == 0;
}

static bool makes_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool removes_a_file(void)
{
	return unlink("/nonexistent/copyhold") == 0 || errno != EPERM;
}

static const struct {
	const char *what;
	bool (*gets_out)(void);
	bool needs_landlock;
} ways[] = {
	{ "create a file", writes_a_file, false },
	{ "open a device for writing", writes_a_device, false },
	{ "remove a file", removes_a_file, false },
	{ "read a file that is no library data", reads_a_file, true },
	{ "make a socket", makes_a_socket, false },
	{ "run a program", runs_a_program, false },
	{ "start a process", forks, false },
	{ "look into another process", traces, false },
	{ "send a signal to another process", signals_others, false },
	{ "make memory that holds code", makes_code, false },
};

/* What is printed leaves by a descriptor that was open before, as a worker's answers do. */
static bool try_all(void)
{
	struct error err = ERROR_INIT;
	struct text remarks = TEXT_INIT;
	bool held = cage_nursery(&remarks, &err) && cage_worker(MEMORY, &err), all = held;
	if (!held)
		printf("NOT CAGED: %s\n", error_text(&err));
	for (size_t i = 0; held && i < sizeof ways / sizeof *ways; i++) {
		bool out = ways[i].gets_out(), known = ways[i].needs_landlock && remarks.length > 0;
		printf("%-11s %s\n", !out ? "refused" : known ? "not refused" : "NOT REFUSED", ways[i].what);
		all = all && (!out || known);
	}
	if (remarks.length > 0)
		printf("%s\n", text_string(&remarks));
	fflush(stdout);
	return all;
}

bool self_test(void)
{
	int status = 0;
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0)
		_exit(try_all() ? 0 : 1);
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
