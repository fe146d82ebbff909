/* worker.c - see worker.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "worker.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "cage.h"
#include "channel.h"
#include "document/document.h"
#include "message/decode.h"
#include "reader/wire.h"

/* A library that gets no memory aborts, or steps on the NULL it was given; our own code aborts. */
static void tell_the_cause(int signal_number)
{
	if (errno == ENOMEM)
		_exit(WORKER_OUT_OF_MEMORY);
	/* The handler is gone by now: the fault comes again, abort(3) goes on. */
}

static void watch_memory(void)
{
	static const int signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGTRAP };
	static char stack[16384];
	const stack_t own = { .ss_sp = stack, .ss_size = sizeof stack };
	struct sigaction action = { .sa_handler = tell_the_cause, .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK) };
	sigaltstack(&own, NULL);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &action, NULL);
}

/* Opens nothing: a worker has failed on these files, or on one of them. */
static bool leave_closed(struct documents *documents, const char *place, struct bytes content, const char *name, const char *type)
{
	documents_add_trouble(documents, place, "left closed: the reader failed on the files of this message");
	return true;
}

static struct bytes read_message(struct arena *arena, struct bytes raw, const struct lexicon *lexicon, const struct message_limits *limits,
				 struct pattern_scratch *scratch, bool closed)
{
	struct document_opener opener = document_opener;
	if (closed)
		opener.read = leave_closed;
	struct message *message = message_scan(arena, raw, limits);
	size_t known = message->defect_count;
	message_second_opinion(arena, message);
	const struct reading *reading = reading_make_opening(arena, message, lexicon, scratch, &opener);
	return answer_pack(arena, message, known, reading);
}

static struct bytes view_html(struct arena *arena, struct bytes html)
{
	const struct html_text text = html_read(arena, html);
	return view_pack(arena, &text);
}

void worker_warm(const struct lexicon *lexicon, const struct reader_limits *limits, struct pattern_scratch *scratch)
{
	static const char letter[] =
		"From: =?utf-8?q?Ruth_Ames?= <clerk@council.example>\r\nTo: Carl Moss <moss@council.example>\r\nSubject: Re: Minutes\r\n"
		"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
		"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
		"Dear Carl,\r\n\r\nThe minutes are attached =E2=80=93 please read them.\r\n\r\nKind regards\r\nRuth Ames\r\nTown Clerk\r\n\r\n"
		"On 2 March 2026 Carl Moss wrote:\r\n> Where are they?\r\n"
		"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
		"<html><body><p>Dear Carl,</p><p>The minutes are attached.</p></body></html>\r\n--b--\r\n";
	charset_load_all();
	lexicon_make_ready(lexicon); /* a worker may not make code that runs */
	struct arena *arena = arena_new();
	read_message(arena, BYTES(letter), lexicon, &limits->message, scratch, false);
	arena_free(&arena);
}

_Noreturn void worker_run(int socket, const struct lexicon *lexicon, const struct reader_limits *limits, struct pattern_scratch *scratch)
{
	struct error err = ERROR_INIT;
	char *room = malloc(CHANNEL_INLINE);
	if (room == NULL || !cage_worker(limits->memory, &err))
		_exit(EX_UNAVAILABLE);
	/* Ready: whoever asked for a worker waits for this. */
	if (channel_send(socket, (struct packet){ .verb = VERB_FORK }, BYTES_EMPTY, -1) != CHANNEL_GOOD)
		_exit(EX_IOERR);
	struct parcel parcel;
	for (;;) {
		errno = 0;
		if (channel_receive(socket, room, SIZE_MAX / 2, &parcel) != CHANNEL_GOOD)
			_exit(errno == ENOMEM ? WORKER_OUT_OF_MEMORY : EX_OK);
		watch_memory();
		cage_limit_time(limits->seconds);
		struct arena *arena = arena_new();
		struct bytes answer = parcel.head.verb == VERB_VIEW
					      ? view_html(arena, parcel.bytes)
					      : read_message(arena, parcel.bytes, lexicon, &limits->message, scratch, parcel.head.verb == VERB_READ_CLOSED);
		if (channel_send(socket, (struct packet){ .verb = parcel.head.verb }, answer, -1) != CHANNEL_GOOD)
			_exit(EX_IOERR);
		arena_free(&arena);
		parcel_release(&parcel);
	}
}
