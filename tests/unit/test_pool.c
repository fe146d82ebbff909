/* test_pool.c - what the pool makes of a reader that is not there, refuses, dies, lies or hangs.
 *
 * The test is its own reader: the pool starts this program again by another name, and the name says how it misbehaves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reader/channel.h"
#include "reader/link.h"
#include "reader/pool.h"
#include "reader/wire.h"
#include "reader/worker.h"
#include "reading_case.h"

#define WORDING_MOST ((size_t)64 << 20)
#define SECONDS 1 /* for one message */
#define PLAIN PLAIN_FROM("Minutes")
#define MIXED "From: Ruth Ames <clerk@marlbrook.example>\nTo: moss@marlbrook.example\nSubject: Minutes\nMIME-Version: 1.0\n" \
	"Content-Type: multipart/mixed; boundary=b\n"
#define FILES "--b\nContent-Type: text/plain\n\nDear Carl,\n\nThis is strictly confidential.\n--b\nContent-Type: application/rtf\n" \
	"Content-Disposition: attachment; filename=fees.rtf\n\n{\\rtf1 The fees stay.}\n--b--\n"

/* ---- the reader ------------------------------------------------------------------------------------------------ */

static void say(int socket, uint32_t verb, int32_t number, struct bytes bytes)
{
	if (channel_send(socket, (struct packet){ .verb = verb, .number = number }, bytes, -1) != CHANNEL_GOOD)
		_exit(1);
}

/* A head that says `length`, and a memory file of as many octets that nobody sealed; without one when `length` fits beside the head. */
static void say_raw(int socket, size_t length)
{
	struct packet head = { .verb = VERB_READ, .length = length };
	struct iovec piece = { &head, sizeof head };
	struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1 };
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = { .room = { 0 } };
	int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0 || ftruncate(fd, (off_t)length) != 0)
		_exit(1);
	if (length > CHANNEL_INLINE) {
		message.msg_control = control.room;
		message.msg_controllen = sizeof control.room;
		struct cmsghdr *with = CMSG_FIRSTHDR(&message);
		*with = (struct cmsghdr){ .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof fd) };
		memcpy(CMSG_DATA(with), &fd, sizeof fd);
	}
	if (sendmsg(socket, &message, MSG_NOSIGNAL) < 0)
		_exit(1);
}

static void say_too_much(int socket)
{
	struct bytes bytes = { memory_must(calloc(1, ANSWER_MOST + 1)), ANSWER_MOST + 1 };
	say(socket, VERB_READ, 0, bytes);
}

static void answer_well(int socket, uint32_t verb, struct bytes raw, const struct lexicon *lexicon, const struct reader_limits *limits)
{
	struct arena *arena = arena_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct message *message = message_scan(arena, raw, &limits->message);
	say(socket, verb, 0, answer_pack(arena, message, message->defect_count, reading_make(arena, message, lexicon, scratch)));
	pattern_scratch_free(&scratch);
	arena_free(&arena);
}

static bool is(const char *name, const char *wanted)
{
	return strcmp(name, wanted) == 0;
}

static void read_badly(const char *name, int socket, const struct parcel *parcel, const struct lexicon *lexicon, const struct reader_limits *limits)
{
	if (is(name, "garbled"))
		say(socket, VERB_READ, 0, BYTES("\xff\xff\xff"));
	else if (is(name, "crossed"))
		say(socket, VERB_VIEW, 0, BYTES_EMPTY);
	else if (is(name, "short"))
		say_raw(socket, 10);
	else if (is(name, "unsealed"))
		say_raw(socket, CHANNEL_INLINE + 1);
	else if (is(name, "boundless"))
		say_too_much(socket);
	else if (is(name, "fatal"))
		raise(SIGKILL);
	else if (is(name, "brittle") && parcel->head.verb == VERB_READ)
		raise(SIGKILL);
	else if (is(name, "slow") && parcel->head.verb == VERB_READ)
		pause();
	else if (is(name, "endless"))
		raise(SIGXCPU);
	else if (is(name, "swollen"))
		raise(SIGXFSZ);
	else if (is(name, "greedy"))
		_exit(WORKER_OUT_OF_MEMORY);
	else if (is(name, "hanging"))
		pause();
	else
		answer_well(socket, parcel->head.verb, parcel->bytes, lexicon, limits);
}

static _Noreturn void serve(const char *name, int socket, const struct lexicon *lexicon, const struct reader_limits *limits)
{
	char *room = memory_must(malloc(CHANNEL_INLINE));
	struct parcel parcel;
	if (is(name, "stillborn"))
		_exit(1);
	if (is(name, "deaf"))
		shutdown(socket, SHUT_RD);
	say(socket, VERB_FORK, 0, BYTES_EMPTY);
	while (channel_receive(socket, room, WORDING_MOST, &parcel) == CHANNEL_GOOD) {
		if (parcel.head.verb == VERB_VIEW)
			say(socket, VERB_VIEW, 0, BYTES("\xff"));
		else
			read_badly(name, socket, &parcel, lexicon, limits);
		parcel_release(&parcel);
	}
	_exit(0);
}

static int32_t bear(const char *name, int socket, const struct lexicon *lexicon, const struct reader_limits *limits)
{
	if (is(name, "barren"))
		return -EAGAIN;
	if (is(name, "forbidden"))
		return -EPERM;
	if (is(name, "fleeting"))
		_exit(0);
	pid_t pid = fork();
	if (pid == 0)
		serve(name, socket, lexicon, limits);
	return pid;
}

static int32_t bury(pid_t pid)
{
	int status = 0;
	kill(pid, SIGKILL);
	return waitpid(pid, &status, 0) == pid ? status : -ESRCH;
}

static void hear(const char *name, struct bytes wording, struct lexicon **lexicon, struct reader_limits *limits)
{
	struct error err = ERROR_INIT;
	if (is(name, "silent"))
		_exit(0);
	if (is(name, "unwilling"))
		say(NURSERY_FD, VERB_TELL, 1, BYTES("not with this wording"));
	else if (is(name, "confused"))
		say(NURSERY_FD, VERB_END, 0, BYTES_EMPTY);
	else if (wording_unpack(wording, lexicon, limits, &err))
		say(NURSERY_FD, VERB_TELL, 0, is(name, "remarking") ? BYTES("a remark") : BYTES_EMPTY);
	else
		say(NURSERY_FD, VERB_TELL, 1, bytes_of(error_text(&err)));
}

static int nursery(const char *name)
{
	const struct rlimit none = { 0, 0 };
	char *room = memory_must(malloc(CHANNEL_INLINE));
	struct lexicon *lexicon = NULL;
	struct reader_limits limits;
	struct parcel parcel;
	setrlimit(RLIMIT_CORE, &none);
	while (channel_receive(NURSERY_FD, room, WORDING_MOST, &parcel) == CHANNEL_GOOD) {
		if (parcel.head.verb == VERB_TELL)
			hear(name, parcel.bytes, &lexicon, &limits);
		else if (parcel.head.verb == VERB_FORK)
			say(NURSERY_FD, VERB_FORK, bear(name, parcel.fd, lexicon, &limits), BYTES_EMPTY);
		else
			say(NURSERY_FD, VERB_END, bury(parcel.head.number), BYTES_EMPTY);
		parcel_release(&parcel);
	}
	return 0;
}

/* ---- the gateway's side ---------------------------------------------------------------------------------------- */

static pthread_mutex_t told_lock = PTHREAD_MUTEX_INITIALIZER;
static char told[4096]; /* what the administrator heard, a sentence a line */

static void hear_sentence(const char *sentence)
{
	pthread_mutex_lock(&told_lock);
	size_t length = strlen(told);
	snprintf(told + length, sizeof told - length, "%s\n", sentence);
	pthread_mutex_unlock(&told_lock);
}

static void forget(void)
{
	pthread_mutex_lock(&told_lock);
	told[0] = '\0';
	pthread_mutex_unlock(&told_lock);
}

static bool was_told(const char *words)
{
	pthread_mutex_lock(&told_lock);
	bool found = strstr(told, words) != NULL;
	pthread_mutex_unlock(&told_lock);
	return found;
}

struct scene {
	struct reading_case c;
	struct reader *reader;
	struct error err;
	char *folder, *program;
};

static struct scene open_scene(const char *name)
{
	struct scene scene = { .c = reading_open(PLAIN, BYTES("Dear Carl,\n")), .err = ERROR_INIT };
	char self[4096], folder[] = "/tmp/test_pool.XXXXXX";
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
	assert_true(length > 0);
	self[length] = '\0';
	assert_non_null(mkdtemp(folder));
	scene.folder = arena_string(scene.c.arena, folder);
	scene.program = arena_printf(scene.c.arena, "%s/%s", folder, name);
	assert_int_equal(symlink(self, scene.program), 0);
	forget();
	return scene;
}

static bool start(struct scene *scene)
{
	struct pool_settings settings = {
		.program = scene->program,
		.lexicon = scene->c.lexicon,
		.limits = { MESSAGE_LIMITS_DEFAULT, SECONDS, (size_t)1 << 30 },
		.ready = 1,
		.most = 2,
		.tell = hear_sentence,
	};
	return pool_start(&settings, &scene->reader, &scene->err);
}

static void close_scene(struct scene *scene)
{
	reader_free(&scene->reader);
	unlink(scene->program);
	rmdir(scene->folder);
	error_release(&scene->err);
	reading_close(&scene->c);
}

static struct message *message_of(struct scene *scene, const char *headers, struct bytes body)
{
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct text raw = TEXT_INIT;
	text_printf(&raw, "%s\n", headers);
	text_add_bytes(&raw, body);
	return message_scan(scene->c.arena, message_to_crlf(scene->c.arena, text_to_arena(&raw, scene->c.arena)), &limits);
}

static enum reader_end read_message(struct scene *scene, struct message *message, const struct reading **out, const char **why_out)
{
	return scene->reader->read(scene->reader, scene->c.arena, message, scene->c.scratch, out, why_out);
}

static enum reader_end read_body(struct scene *scene, struct bytes body, const struct reading **out, const char **why_out)
{
	return read_message(scene, message_of(scene, PLAIN, body), out, why_out);
}

static enum reader_end read_some(struct scene *scene, const struct reading **out, const char **why_out)
{
	return read_body(scene, BYTES("Dear Carl,\n\nIs this in confidence?\n"), out, why_out);
}

/* A pool of such a reader is not started, and the error says `why`. */
static void assert_no_start(const char *name, const char *why)
{
	struct scene scene = open_scene(name);
	if (is(name, "missing"))
		unlink(scene.program);
	assert_false(start(&scene));
	assert_int_equal(scene.err.kind, ERROR_UNAVAILABLE);
	if (strstr(error_text(&scene.err), why) == NULL)
		fail_msg("%s: \"%s\", not \"%s\"", name, error_text(&scene.err), why);
	assert_null(scene.reader);
	close_scene(&scene);
}

static void test_what_cannot_read_is_not_started(void **state)
{
	assert_no_start("missing", "missing cannot be run: No such file or directory");
	assert_no_start("silent", "copyhold-reader does not answer");
	assert_no_start("confused", "copyhold-reader does not answer");
	assert_no_start("unwilling", "copyhold-reader: not with this wording");
	assert_no_start("barren", "the nursery gives no worker: Resource temporarily unavailable");
	assert_no_start("forbidden", "the nursery gives no worker: Operation not permitted");
	assert_no_start("fleeting", "the nursery gives no worker: it does not answer");
	assert_no_start("stillborn", "a worker could not be caged, or did not become ready");
}

static void test_a_good_reader_reads(void **state)
{
	struct scene scene = open_scene("remarking");
	const struct reading *reading = NULL;
	const char *why = NULL;
	struct html_text seen;
	assert_true(start(&scene));
	assert_true(was_told("a remark\n"));
	for (int i = 0; i < 3; i++)
		assert_int_equal(read_some(&scene, &reading, &why), READER_READ);
	assert_string_equal(reading->outer->subject, "Minutes");
	/* Its views do not hold: there is none then, and messages are read as before. */
	assert_false(reading->viewer->view(reading->viewer, scene.c.arena, BYTES("<p>x</p>"), &seen));
	assert_int_equal(read_some(&scene, &reading, &why), READER_READ);
	close_scene(&scene);
}

/* Each message fails with `why`, and the next finds a reader again. */
static void assert_fails(const char *name, const char *why)
{
	struct scene scene = open_scene(name);
	assert_true(start(&scene));
	for (int i = 0; i < 2; i++) {
		const struct reading *reading = NULL;
		const char *said = "";
		assert_int_equal(read_some(&scene, &reading, &said), READER_FAILED);
		if (strcmp(said, why) != 0)
			fail_msg("%s: \"%s\", not \"%s\"", name, said, why);
		assert_null(reading);
	}
	close_scene(&scene);
}

static void test_a_lie_costs_the_message(void **state)
{
	assert_fails("garbled", "the reader gave no answer that holds (the answer is not of the agreed form)");
	assert_fails("crossed", "the reader gave no answer that holds (it answers another question)");
	assert_fails("short", "the reader gave no answer that holds");
	assert_fails("unsealed", "the reader gave no answer that holds");
	assert_fails("boundless", "the reader gave no answer that holds");
}

static void test_a_death_costs_the_message_and_says_why(void **state)
{
	assert_fails("fatal", "the reader stopped on it");
	assert_fails("endless", "the reader needed more time than allowed");
	assert_fails("swollen", "the reader found more in it than can be taken");
	assert_fails("greedy", "the reader needed more memory than allowed");
	assert_fails("hanging", "the reader took longer than 1 s");
}

static void assert_read_closed(const char *name, const char *why)
{
	struct scene scene = open_scene(name);
	const struct reading *reading = NULL;
	const char *said = "";
	assert_true(start(&scene));
	assert_int_equal(read_message(&scene, message_of(&scene, MIXED, BYTES(FILES)), &reading, &said), READER_READ);
	assert_string_equal(reading->outer->subject, "Minutes");
	assert_true(was_told(arena_printf(scene.c.arena, "a message is read again with its files left closed: %s\n", why)));
	/* A message of nothing but text is not read twice. */
	forget();
	reading = NULL;
	assert_int_equal(read_some(&scene, &reading, &said), READER_FAILED);
	assert_string_equal(said, why);
	assert_false(was_told("again"));
	close_scene(&scene);
}

static void test_a_file_costs_itself(void **state)
{
	assert_read_closed("brittle", "the reader stopped on it");
	assert_read_closed("slow", "the reader took longer than 1 s");
}

/* Where it was not the files the message fails, and a lie is not asked for twice. */
static void test_a_message_is_read_no_more_than_twice(void **state)
{
	static const char *const names[] = { "fatal", "greedy", "garbled" };
	for (size_t i = 0; i < 3; i++) {
		struct scene scene = open_scene(names[i]);
		const struct reading *reading = NULL;
		const char *why = "";
		assert_true(start(&scene));
		assert_int_equal(read_message(&scene, message_of(&scene, MIXED, BYTES(FILES)), &reading, &why), READER_FAILED);
		assert_null(reading);
		assert_int_equal(was_told("again"), !is(names[i], "garbled"));
		close_scene(&scene);
	}
}

/* What copyhold-reader itself makes of both questions. */
static void assert_worker_reads(struct scene *scene, struct worker *worker, enum verb verb, size_t unreadable)
{
	struct message *message = message_of(scene, MIXED, BYTES(FILES));
	struct parcel answer;
	struct reading *reading = NULL;
	assert_int_equal(channel_send(worker->socket, (struct packet){ .verb = verb }, message->raw, -1), CHANNEL_GOOD);
	assert_int_equal(channel_receive(worker->socket, worker->room, ANSWER_MOST, &answer), CHANNEL_GOOD);
	assert_int_equal(answer.head.verb, verb);
	if (!answer_unpack(scene->c.arena, message, answer.bytes, &reading, &scene->err))
		fail_msg("%s", error_text(&scene->err));
	parcel_release(&answer);
	assert_int_equal(reading->outer->marking_count, 1);
	assert_int_equal(reading->unreadable_count, unreadable);
	if (unreadable > 0)
		assert_string_equal(reading->unreadable[0].why, "fees.rtf: left closed: the reader failed on the files of this message");
}

static void test_a_worker_leaves_files_closed(void **state)
{
	struct scene scene = open_scene("good");
	struct reader_limits limits = { MESSAGE_LIMITS_DEFAULT, 30, (size_t)1 << 30 };
	struct link *link = link_start("./copyhold-reader", wording_pack(scene.c.arena, scene.c.lexicon, &limits), &scene.err);
	if (link == NULL)
		fail_msg("%s", error_text(&scene.err));
	struct worker *worker = link_fork(link, limits.seconds, &scene.err);
	assert_non_null(worker);
	assert_worker_reads(&scene, worker, VERB_READ, 0);
	assert_worker_reads(&scene, worker, VERB_READ_CLOSED, 1);
	assert_worker_reads(&scene, worker, VERB_READ, 0);
	link_bury(worker);
	link_stop(link);
	link_free(link);
	close_scene(&scene);
}

static void test_readers_that_hear_nothing_are_given_up(void **state)
{
	struct scene scene = open_scene("deaf");
	const struct reading *reading = NULL;
	const char *why = "";
	assert_true(start(&scene));
	assert_int_equal(read_some(&scene, &reading, &why), READER_AWAY);
	assert_string_equal(why, "readers end as soon as they are started");
	close_scene(&scene);
}

/* More than goes beside the head needs a memory file. */
static void test_without_descriptors_the_message_waits(void **state)
{
	struct scene scene = open_scene("good");
	struct text body = TEXT_INIT;
	struct rlimit usual, few;
	const struct reading *reading = NULL;
	const char *why = "";
	while (body.length <= 2 * CHANNEL_INLINE)
		text_add(&body, "The fees stay as they are.\n");
	assert_true(start(&scene));
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
	few = (struct rlimit){ 3, usual.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	assert_int_equal(read_body(&scene, text_bytes(&body), &reading, &why), READER_AWAY);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
	assert_string_equal(why, "a message cannot be handed to its reader");
	assert_int_equal(read_body(&scene, text_bytes(&body), &reading, &why), READER_READ);
	text_release(&body);
	close_scene(&scene);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_cannot_read_is_not_started),
		cmocka_unit_test(test_a_good_reader_reads),
		cmocka_unit_test(test_a_lie_costs_the_message),
		cmocka_unit_test(test_a_death_costs_the_message_and_says_why),
		cmocka_unit_test(test_a_file_costs_itself),
		cmocka_unit_test(test_a_message_is_read_no_more_than_twice),
		cmocka_unit_test(test_a_worker_leaves_files_closed),
		cmocka_unit_test(test_readers_that_hear_nothing_are_given_up),
		cmocka_unit_test(test_without_descriptors_the_message_waits),
	};
	if (argc == 2 && strcmp(argv[1], "--nursery") == 0)
		return nursery(strrchr(argv[0], '/') + 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
