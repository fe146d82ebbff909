/* nursery.c - see nursery.h. It never looks at a message, so that nothing hostile can make it fork or kill; and it kills only
 * children that it has not reaped, whose numbers nobody else can have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "nursery.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "cage.h"
#include "channel.h"
#include "worker.h"

#define WORDING_MOST ((size_t)64 << 20)
#define CHILDREN_MOST 1024
#define OWN_PAGES (1 << 20)   /* a worker's large pieces go back to the system at once */
#define KEPT_FREE (16 << 20)

struct nursery {
	int socket;
	struct lexicon *lexicon; /* NULL until told */
	struct reader_limits limits;
	struct pattern_scratch *scratch;
	pid_t children[CHILDREN_MOST]; /* not reaped; 0: a free place */
};

static bool answer(const struct nursery *nursery, const struct parcel *to, int32_t number, struct bytes bytes)
{
	struct packet head = { .verb = to->head.verb, .number = number };
	return channel_send(nursery->socket, head, bytes, -1) == CHANNEL_GOOD;
}

/* Library messages about broken files are nobody's business, and stderr may be the gateway's log. */
static bool give_up_stderr(struct error *err)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	bool good = nowhere >= 0 && dup2(nowhere, STDERR_FILENO) >= 0;
	if (!good)
		error_set(err, ERROR_UNAVAILABLE, "standard error cannot be given up: %s", strerror(errno));
	if (nowhere > STDERR_FILENO) /* it is that itself where it had been closed */
		close(nowhere);
	return good;
}

/* False ends the nursery: it is of no use. */
static bool hear(struct nursery *nursery, const struct parcel *parcel)
{
	struct error err = ERROR_INIT;
	struct text remarks = TEXT_INIT;
	bool good = nursery->lexicon == NULL && wording_unpack(parcel->bytes, &nursery->lexicon, &nursery->limits, &err);
	if (good) {
		worker_warm(nursery->lexicon, &nursery->limits, nursery->scratch);
		good = give_up_stderr(&err) && cage_nursery(&remarks, &err);
	}
	bool answered = answer(nursery, parcel, good ? 0 : 1, good ? text_bytes(&remarks) : bytes_of(error_text(&err)));
	text_release(&remarks);
	error_release(&err);
	return good && answered;
}

static pid_t *place_of(struct nursery *nursery, pid_t pid)
{
	for (size_t i = 0; i < CHILDREN_MOST; i++)
		if (nursery->children[i] == pid)
			return &nursery->children[i];
	return NULL;
}

static int32_t bear(struct nursery *nursery, int socket)
{
	pid_t *place = place_of(nursery, 0), self = getpid();
	if (nursery->lexicon == NULL || place == NULL || socket < 0)
		return -EINVAL;
	pid_t pid = fork();
	if (pid < 0)
		return -errno;
	if (pid == 0) {
		close(nursery->socket);
		if (getppid() != self)
			_exit(EX_OK);
		worker_run(socket, nursery->lexicon, &nursery->limits, nursery->scratch);
	}
	*place = pid;
	return pid;
}

static int32_t bury(struct nursery *nursery, pid_t pid)
{
	int status = 0;
	pid_t *place = pid > 0 ? place_of(nursery, pid) : NULL;
	if (place == NULL)
		return -ESRCH;
	kill(pid, SIGKILL); /* changes nothing when it is dead */
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
	}
	*place = 0;
	return status;
}

static bool obey(struct nursery *nursery, const struct parcel *parcel)
{
	switch (parcel->head.verb) {
	case VERB_TELL:
		return hear(nursery, parcel);
	case VERB_FORK:
		return answer(nursery, parcel, bear(nursery, parcel->fd), BYTES_EMPTY);
	case VERB_END:
		return answer(nursery, parcel, bury(nursery, parcel->head.number), BYTES_EMPTY);
	default:
		return false;
	}
}

int nursery_run(int socket)
{
	struct nursery nursery = { .socket = socket, .scratch = pattern_scratch_new() };
	char *room = malloc(CHANNEL_INLINE);
	struct parcel parcel;
	if (room == NULL || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		return EX_OSERR;
	/* Another allocator (a sanitizer's) knows none of these, and goes its own way. */
	(void)!mallopt(M_ARENA_MAX, 1);
	(void)!mallopt(M_MMAP_THRESHOLD, OWN_PAGES);
	(void)!mallopt(M_TRIM_THRESHOLD, KEPT_FREE);
	bool good = true;
	while (good && channel_receive(socket, room, WORDING_MOST, &parcel) == CHANNEL_GOOD) {
		good = obey(&nursery, &parcel);
		parcel_release(&parcel);
	}
	/* Workers end with us. */
	return good ? EX_OK : EX_UNAVAILABLE;
}
