/* channel.h - packets between gateway, nursery and workers: a head, and bytes beside it or in a sealed memory file.
 *
 * Sockets are of type SEQPACKET: a packet comes whole or not at all. */
#ifndef COPYHOLD_READER_CHANNEL_H
#define COPYHOLD_READER_CHANNEL_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"

#define CHANNEL_INLINE ((size_t)64 << 10) /* more goes by memory file: below, copying is cheaper than mapping */
#define NURSERY_FD 3                      /* the nursery's end of its channel */

enum verb {
	VERB_TELL = 1, /* to the nursery: the wording. Answer: number 0 and a remark or nothing; else the bytes say why not */
	VERB_FORK,     /* to the nursery, with a socket: a worker that serves it. Answer: its pid; else -errno. When it is ready the
	                  worker says the same there */
	VERB_END,      /* to the nursery: ends the worker `number`. Answer: its wait(2) status; else -errno */
	VERB_READ,     /* to a worker: a message. Answer: wire.h's */
	VERB_READ_CLOSED, /* the same, with its attached files left closed */
	VERB_VIEW,     /* to a worker: HTML. Answer: wire.h's */
};

struct packet {
	uint32_t verb;
	int32_t number;
	uint64_t length; /* of the bytes, wherever they are */
};

struct parcel {
	struct packet head;
	struct bytes bytes;   /* in the caller's room, or mapped */
	int fd;               /* the one that came along, or -1 */
	bool mapped;
};

enum channel_end { CHANNEL_GOOD, CHANNEL_CLOSED, CHANNEL_SLOW, CHANNEL_BAD };

/* Bytes beside the head when they fit, else in a memory file; `fd` (or -1) goes along when they are beside. */
enum channel_end channel_send(int socket, struct packet head, struct bytes bytes, int fd);
/* Waits as long as the socket's receive timeout says. `room` is CHANNEL_INLINE octets for what comes beside the head. A memory
 * file is taken only when it is sealed, so that the other side cannot change or cut it any more, and no longer than `most`. */
enum channel_end channel_receive(int socket, char *room, size_t most, struct parcel *out);
void parcel_release(struct parcel *parcel);
void channel_set_timeout(int socket, unsigned seconds);

#endif
