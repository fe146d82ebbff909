/* cage.c - see cage.h. Landlock closes the file system, seccomp the system calls, rlimits the machine; each by itself would do for most
 * attacks. A refused call fails with EPERM and the library goes on as if the system lacked it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "reader/wire.h"

#define OPEN_FILES_MOST 32

#ifdef __has_feature
#define CLANG_SANITIZER (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define CLANG_SANITIZER 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || CLANG_SANITIZER
#define SHADOW_MEMORY 1 /* a sanitizer reserves terabytes of address space */
#else
#define SHADOW_MEMORY 0
#endif

/* What the libraries read while they work: fonts and character maps of PDF, time zones of calendars. */
static const char *const readable[] = {
	"/usr/share/poppler", "/usr/share/fonts",	"/usr/local/share/fonts", "/usr/share/fontconfig",
	"/etc/fonts",	      "/var/cache/fontconfig", "/usr/share/zoneinfo",	 "/usr/share/libical",
};

#define NAME_SPACES (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

enum { IN_WORKER = 1, IN_NURSERY = 2, IN_BOTH = 3 };

static const struct {
	const char *name;
	int where;
} calls[] = {
	{ "read", IN_BOTH }, { "readv", IN_BOTH }, { "pread64", IN_BOTH }, { "write", IN_BOTH }, { "writev", IN_BOTH },
	{ "recvmsg", IN_BOTH }, { "sendmsg", IN_BOTH }, { "close", IN_BOTH }, { "lseek", IN_BOTH },
	{ "fstat", IN_BOTH }, { "newfstatat", IN_BOTH }, { "stat", IN_BOTH }, { "lstat", IN_BOTH }, { "statx", IN_BOTH },
	{ "fstatfs", IN_BOTH }, { "statfs", IN_BOTH }, { "access", IN_BOTH }, { "faccessat", IN_BOTH }, { "faccessat2", IN_BOTH },
	{ "getdents64", IN_BOTH }, { "readlink", IN_BOTH }, { "readlinkat", IN_BOTH }, { "getcwd", IN_BOTH }, { "fcntl", IN_BOTH },
	{ "memfd_create", IN_BOTH }, { "ftruncate", IN_BOTH },
	{ "munmap", IN_BOTH }, { "mremap", IN_BOTH }, { "madvise", IN_BOTH }, { "brk", IN_BOTH },
	{ "futex", IN_BOTH }, { "sched_yield", IN_BOTH }, { "sched_getaffinity", IN_BOTH }, { "getrandom", IN_BOTH },
	{ "clock_gettime", IN_BOTH }, { "clock_getres", IN_BOTH }, { "clock_nanosleep", IN_BOTH }, { "nanosleep", IN_BOTH },
	{ "gettimeofday", IN_BOTH }, { "time", IN_BOTH }, { "times", IN_BOTH },
	{ "getrusage", IN_BOTH }, { "sysinfo", IN_BOTH }, { "uname", IN_BOTH },
	{ "getpid", IN_BOTH }, { "gettid", IN_BOTH }, { "getppid", IN_BOTH }, { "getuid", IN_BOTH }, { "geteuid", IN_BOTH },
	{ "getgid", IN_BOTH }, { "getegid", IN_BOTH },
	{ "rt_sigaction", IN_BOTH }, { "rt_sigprocmask", IN_BOTH }, { "rt_sigreturn", IN_BOTH }, { "sigaltstack", IN_BOTH },
	{ "restart_syscall", IN_BOTH }, { "exit", IN_BOTH }, { "exit_group", IN_BOTH },
	{ "wait4", IN_NURSERY }, { "set_robust_list", IN_NURSERY }, { "rseq", IN_NURSERY }, { "prctl", IN_NURSERY },
	{ "seccomp", IN_NURSERY }, { "prlimit64", IN_NURSERY }, { "setrlimit", IN_NURSERY }, { "dup3", IN_NURSERY },
	{ "setsockopt", IN_NURSERY }, { "close_range", IN_NURSERY },
};

static bool allow(scmp_filter_ctx filter, const char *name, unsigned count, const struct scmp_arg_cmp *conditions)
{
	int number = seccomp_syscall_resolve_name(name);
	if (number == __NR_SCMP_ERROR)
		return true; /* not on this architecture */
	int result = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, count, conditions);
	return result == 0 || result == -EDOM;
}

static struct scmp_arg_cmp without(unsigned argument, uint64_t bits)
{
	return (struct scmp_arg_cmp){ .arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = bits, .datum_b = 0 };
}

static struct scmp_arg_cmp equal(unsigned argument, uint64_t value)
{
	return (struct scmp_arg_cmp){ .arg = argument, .op = SCMP_CMP_EQ, .datum_a = value };
}

/* Calls that are allowed with some arguments only. */
static bool allow_some(scmp_filter_ctx filter, int where)
{
	const uint64_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
	const struct scmp_arg_cmp open_flags = without(1, writing), openat_flags = without(2, writing), no_code = without(2, PROT_EXEC);
	bool good = allow(filter, "open", 1, &open_flags) && allow(filter, "openat", 1, &openat_flags) &&
		    allow(filter, "mmap", 1, &no_code) && allow(filter, "mprotect", 1, &no_code);
	if (where == IN_WORKER) {
		const struct scmp_arg_cmp own_time[] = { equal(0, 0), equal(1, RLIMIT_CPU) };
		const struct scmp_arg_cmp self = equal(0, (uint64_t)getpid());
		return good && allow(filter, "prlimit64", 2, own_time) && allow(filter, "tgkill", 1, &self);
	}
	/* fork(2) without new name spaces; its children and nobody else are killed, see nursery.c. The filter of a worker, which says
	 * tgkill for itself only, comes on top of this one. */
	const struct scmp_arg_cmp plain_fork = without(0, NAME_SPACES);
	const struct scmp_arg_cmp kill_only = equal(1, SIGKILL);
	return good && allow(filter, "clone", 1, &plain_fork) && allow(filter, "kill", 1, &kill_only) && allow(filter, "tgkill", 0, NULL);
}

static bool install_filter(int where, struct error *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (filter == NULL)
		return error_set(err, ERROR_UNAVAILABLE, "no filter of system calls can be made");
	bool good = true;
	for (size_t i = 0; good && i < sizeof calls / sizeof *calls; i++)
		if (calls[i].where & where)
			good = allow(filter, calls[i].name, 0, NULL);
	good = good && allow_some(filter, where);
	int result = good ? seccomp_load(filter) : -EINVAL;
	seccomp_release(filter);
	return result == 0 || error_set(err, ERROR_UNAVAILABLE, "the kernel does not take the filter of system calls: %s", strerror(-result));
}

/* As far as the kernel knows them; the header may be older than the kernel. */
struct ruleset {
	uint64_t files, network, scoped;
};

static struct ruleset ruleset_of(int version)
{
	struct ruleset rules = { .files = (1u << 13) - 1 };
	if (version >= 2)
		rules.files |= 1u << 13; /* link and rename across folders */
	if (version >= 3)
		rules.files |= 1u << 14; /* truncate */
	if (version >= 5)
		rules.files |= 1u << 15; /* ioctl on devices */
	if (version >= 4)
		rules.network = 3; /* bind and connect by TCP */
	if (version >= 6)
		rules.scoped = 3; /* abstract unix sockets, signals */
	return rules;
}

static size_t ruleset_size(int version)
{
	return version >= 6 ? sizeof(struct ruleset) : version >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
}

static void allow_reading(int ruleset, const char *path)
{
	struct landlock_path_beneath_attr beneath = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
		.parent_fd = open(path, O_PATH | O_CLOEXEC),
	};
	if (beneath.parent_fd < 0)
		return; /* not on this machine */
	/* Where it fails the folder stays closed, which is safe. */
	(void)!syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	close(beneath.parent_fd);
}

static bool close_file_system(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (version < 1)
		return false;
	struct ruleset rules = ruleset_of((int)version);
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, ruleset_size((int)version), 0);
	if (ruleset < 0)
		return false;
	for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
		allow_reading(ruleset, readable[i]);
	bool closed = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	close(ruleset);
	return closed;
}

static void limit(int what, rlim_t most)
{
	const struct rlimit both = { most, most };
	/* Fails only where the limit is lower already. */
	(void)!setrlimit((__rlimit_resource_t)what, &both);
}

bool cage_nursery(struct text *remarks, struct error *err)
{
	limit(RLIMIT_CORE, 0);
	if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return error_set(err, ERROR_UNAVAILABLE, "the kernel does not let a process give up its privileges: %s", strerror(errno));
	if (!close_file_system())
		text_add(remarks, "this kernel has no Landlock: readers can open what their user may read, though not write");
	return install_filter(IN_NURSERY, err);
}

bool cage_worker(size_t memory, struct error *err)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		return error_set(err, ERROR_UNAVAILABLE, "a worker cannot be made to end with its nursery");
	if (!SHADOW_MEMORY)
		limit(RLIMIT_AS, memory);
	limit(RLIMIT_FSIZE, ANSWER_MOST);
	limit(RLIMIT_NOFILE, OPEN_FILES_MOST);
	limit(RLIMIT_NPROC, 1);
	limit(RLIMIT_MSGQUEUE, 0);
	return install_filter(IN_WORKER, err);
}

void cage_limit_time(unsigned seconds)
{
	struct rusage used;
	if (getrusage(RUSAGE_SELF, &used) != 0)
		return;
	const struct rlimit time = { (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds + 2, RLIM_INFINITY };
	(void)!setrlimit(RLIMIT_CPU, &time);
}
