/* milter_wire.c - see milter_wire.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "milter_wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CHUNK ((size_t)65535)
#define PACKET_MOST ((size_t)1 << 20)
#define OFFERED_ACTIONS 0x1ffU
#define OFFERED_PROTOCOL 0x1fffffU

static void queue_bytes(struct wire *wire, const void *data, size_t length)
{
	if (wire->out_length + length > wire->out_size) {
		wire->out_size = (wire->out_length + length) * 2;
		wire->out = realloc(wire->out, wire->out_size);
		if (wire->out == NULL)
			abort();
	}
	if (length > 0)
		memcpy(wire->out + wire->out_length, data, length);
	wire->out_length += length;
}

static bool flush_out(struct wire *wire)
{
	size_t done = 0;
	while (done < wire->out_length) {
		ssize_t put = send(wire->fd, wire->out + done, wire->out_length - done, MSG_NOSIGNAL);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		done += (size_t)put;
	}
	wire->out_length = 0;
	return true;
}

static void queue_packet(struct wire *wire, char command, const void *data, size_t length)
{
	uint32_t size = htonl((uint32_t)length + 1);
	queue_bytes(wire, &size, sizeof size);
	queue_bytes(wire, &command, 1);
	queue_bytes(wire, data, length);
}

/* NUL-terminated strings one after the other, as most commands carry them. */
static void queue_strings(struct wire *wire, char command, char prefix, const char *const *strings, size_t count)
{
	char room[4096];
	size_t length = 0;
	if (prefix != '\0')
		room[length++] = prefix;
	for (size_t i = 0; i < count; i++) {
		size_t more = strlen(strings[i]) + 1;
		if (length + more > sizeof room)
			abort();
		memcpy(room + length, strings[i], more);
		length += more;
	}
	queue_packet(wire, command, room, length);
}

static bool read_exactly(int fd, char *room, size_t length)
{
	while (length > 0) {
		ssize_t got = recv(fd, room, length, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		room += got;
		length -= (size_t)got;
	}
	return true;
}

/* One packet: its command, the data in wire->room. '\0' when the connection is gone. */
static char read_packet(struct wire *wire, size_t *length_out)
{
	uint32_t size;
	if (!flush_out(wire) || !read_exactly(wire->fd, (char *)&size, sizeof size))
		return '\0';
	size_t length = ntohl(size);
	if (length == 0 || length > PACKET_MOST)
		return '\0';
	if (length > wire->room_size) {
		wire->room = realloc(wire->room, length);
		if (wire->room == NULL)
			abort();
		wire->room_size = length;
	}
	if (!read_exactly(wire->fd, wire->room, length))
		return '\0';
	*length_out = length - 1;
	return wire->room[0];
}

static bool negotiate(struct wire *wire)
{
	uint32_t offer[3] = { htonl(6), htonl(OFFERED_ACTIONS), htonl(OFFERED_PROTOCOL) }, answer[3];
	size_t length;
	queue_packet(wire, SMFIC_OPTNEG, offer, sizeof offer);
	if (read_packet(wire, &length) != SMFIC_OPTNEG || length < sizeof answer)
		return false;
	memcpy(answer, wire->room + 1, sizeof answer);
	wire->actions = ntohl(answer[1]);
	wire->protocol = ntohl(answer[2]);
	return true;
}

/* Sends a command unless the filter asked not to see it, and waits for its reply unless it asked not to give one. */
static bool step(struct wire *wire, uint32_t not_wanted, uint32_t no_reply)
{
	size_t length;
	if ((wire->protocol & not_wanted) != 0)
		abort(); /* the caller asks before it queues */
	if ((wire->protocol & no_reply) != 0)
		return true;
	char reply = read_packet(wire, &length);
	return reply == SMFIR_CONTINUE || reply == SMFIR_SKIP;
}

bool wire_open(struct wire *wire, const char *socket_path, const char *client)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	*wire = (struct wire){ .fd = -1 };
	if (strlen(socket_path) >= sizeof address.sun_path) {
		fprintf(stderr, "%s: too long for a socket\n", socket_path);
		return false;
	}
	strcpy(address.sun_path, socket_path);
	wire->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (wire->fd < 0 || connect(wire->fd, (struct sockaddr *)&address, sizeof address) < 0 || !negotiate(wire)) {
		fprintf(stderr, "%s: %s\n", socket_path, errno ? strerror(errno) : "no milter there");
		wire_close(wire);
		return false;
	}
	if ((wire->protocol & SMFIP_NOCONNECT) == 0) {
		const char *const macros[] = { "j", "bench.example", "{client_addr}", client };
		queue_strings(wire, SMFIC_MACRO, SMFIC_CONNECT, macros, 4);
		char data[256];
		uint16_t port = htons(25);
		size_t length = (size_t)snprintf(data, sizeof data - 64, "client.example") + 1;
		data[length++] = SMFIA_INET;
		memcpy(data + length, &port, 2);
		length += 2;
		length += (size_t)snprintf(data + length, 64, "%s", client) + 1;
		queue_packet(wire, SMFIC_CONNECT, data, length);
		if (!step(wire, SMFIP_NOCONNECT, SMFIP_NR_CONN))
			return false;
	}
	if ((wire->protocol & SMFIP_NOHELO) == 0) {
		const char *const helo[] = { "client.example" };
		queue_strings(wire, SMFIC_HELO, '\0', helo, 1);
		if (!step(wire, SMFIP_NOHELO, SMFIP_NR_HELO))
			return false;
	}
	return true;
}

static bool send_envelope(struct wire *wire, const struct wire_message *message)
{
	char path[1024];
	const char *argument[] = { path };
	const char *const macros[] = { "i", "BENCH", "{auth_authen}", message->auth, "{auth_type}", "PLAIN" };
	queue_strings(wire, SMFIC_MACRO, SMFIC_MAIL, macros, message->auth == NULL ? 2 : 6);
	snprintf(path, sizeof path, "<%s>", message->from);
	if ((wire->protocol & SMFIP_NOMAIL) == 0) {
		queue_strings(wire, SMFIC_MAIL, '\0', argument, 1);
		if (!step(wire, SMFIP_NOMAIL, SMFIP_NR_MAIL))
			return false;
	}
	for (size_t i = 0; i < message->recipient_count && (wire->protocol & SMFIP_NORCPT) == 0; i++) {
		snprintf(path, sizeof path, "<%s>", message->recipients[i]);
		queue_strings(wire, SMFIC_RCPT, '\0', argument, 1);
		if (!step(wire, SMFIP_NORCPT, SMFIP_NR_RCPT))
			return false;
	}
	if ((wire->protocol & SMFIP_NODATA) == 0) {
		queue_packet(wire, SMFIC_DATA, NULL, 0);
		if (!step(wire, SMFIP_NODATA, SMFIP_NR_DATA))
			return false;
	}
	return true;
}

/* name NUL value NUL, folds as LF, the leading blank kept only when the filter wants it. */
static void queue_header(struct wire *wire, const char *field, size_t length)
{
	char *room = malloc(length + 2);
	const char *colon = memchr(field, ':', length);
	size_t name = colon == NULL ? length : (size_t)(colon - field), put = 0;
	if (room == NULL)
		abort();
	memcpy(room, field, name);
	put = name;
	room[put++] = '\0';
	size_t at = name < length ? name + 1 : length;
	if ((wire->protocol & SMFIP_HDR_LEADSPC) == 0 && at < length && field[at] == ' ')
		at++;
	for (; at < length; at++)
		if (field[at] != '\r')
			room[put++] = field[at];
	room[put++] = '\0';
	queue_packet(wire, SMFIC_HEADER, room, put);
	free(room);
}

static bool send_headers(struct wire *wire, const struct wire_message *message)
{
	size_t at = 0, end = message->body < 2 ? 0 : message->body - 2;
	while (at < end && (wire->protocol & SMFIP_NOHDRS) == 0) {
		size_t stop = at;
		do {
			const char *line_end = memchr(message->data + stop, '\n', end - stop);
			stop = line_end == NULL ? end : (size_t)(line_end - message->data) + 1;
		} while (stop < end && (message->data[stop] == ' ' || message->data[stop] == '\t'));
		queue_header(wire, message->data + at, stop - at - 2);
		if (!step(wire, SMFIP_NOHDRS, SMFIP_NR_HDR))
			return false;
		at = stop;
	}
	if ((wire->protocol & SMFIP_NOEOH) == 0) {
		queue_packet(wire, SMFIC_EOH, NULL, 0);
		if (!step(wire, SMFIP_NOEOH, SMFIP_NR_EOH))
			return false;
	}
	for (at = message->body; at < message->length && (wire->protocol & SMFIP_NOBODY) == 0; at += CHUNK) {
		size_t left = message->length - at;
		queue_packet(wire, SMFIC_BODY, message->data + at, left < CHUNK ? left : CHUNK);
		if (!flush_out(wire) || !step(wire, SMFIP_NOBODY, SMFIP_NR_BODY))
			return false;
	}
	return true;
}

static bool read_verdict(struct wire *wire, struct wire_result *result)
{
	for (;;) {
		size_t length;
		char reply = read_packet(wire, &length);
		switch (reply) {
		case '\0':
			return false;
		case SMFIR_PROGRESS:
			break;
		case SMFIR_ADDHEADER:
		case SMFIR_INSHEADER:
		case SMFIR_CHGHEADER:
			result->headers_changed++;
			break;
		case SMFIR_REPLBODY:
			result->bodies_replaced++;
			break;
		case SMFIR_DELRCPT:
			result->recipients_removed++;
			break;
		case SMFIR_ADDRCPT:
		case SMFIR_QUARANTINE:
		case SMFIR_CHGFROM:
			break;
		default:
			result->verdict = reply;
			return true;
		}
	}
}

bool wire_send(struct wire *wire, const struct wire_message *message, struct wire_result *result)
{
	*result = (struct wire_result){ 0 };
	if (!send_envelope(wire, message) || !send_headers(wire, message))
		return false;
	queue_packet(wire, SMFIC_BODYEOB, NULL, 0);
	return read_verdict(wire, result);
}

void wire_close(struct wire *wire)
{
	if (wire->fd >= 0) {
		queue_packet(wire, SMFIC_QUIT, NULL, 0);
		flush_out(wire);
		close(wire->fd);
	}
	free(wire->room);
	free(wire->out);
	*wire = (struct wire){ .fd = -1 };
}
