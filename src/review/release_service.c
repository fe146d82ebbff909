/* release_service.c - see release_service.h. The one file that sees libcurl.
 *
 * libcurl tells only whether the whole transaction went well. What a held letter needs to know is finer: was it taken, was
 * it not, or can nobody tell. So we listen to the dialogue. Until the last octet of the message has gone to the socket the server
 * cannot have taken it; from then on, silence means doubt.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/release_service.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define CONNECT_SECONDS 15L
#define DEFAULT_SECONDS 60

struct exchange {
	struct bytes message;
	size_t read; /* by libcurl */
	size_t sent; /* to the socket; dots stuffed by libcurl included, so never less than was really sent */
	bool quitting;
	bool answered; /* to the end of the message */
	int code;      /* of the last whole reply; 0: none yet */
	struct text reply;
};

static void initialise(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		abort();
}

static CURL *curl_or_abort(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, initialise);
	CURL *curl = curl_easy_init();
	if (curl == NULL)
		abort();
	return curl;
}

/* A path that could end the command line, or its own brackets, would be a command of its own. */
static bool is_safe_path(const char *path)
{
	bool quoted = false;
	for (const char *c = path; *c != '\0'; c++) {
		if ((unsigned char)*c <= ' ' || *c == 127)
			return false;
		if (*c == '"')
			quoted = !quoted;
		if (!quoted && (*c == '<' || *c == '>'))
			return false;
	}
	return true;
}

static bool has_bare_newline(struct bytes message)
{
	for (size_t i = bytes_find_char(message, '\n', 0); i != (size_t)-1; i = bytes_find_char(message, '\n', i + 1))
		if (i == 0 || message.data[i - 1] != '\r')
			return true;
	return false;
}

/* A server may take a lone LF for a line end, and then the next line's dot, which libcurl would not have stuffed, for the end of
 * the message. So it is made what such a server sees anyway. */
static struct bytes with_whole_newlines(struct arena *arena, struct bytes message)
{
	if (!has_bare_newline(message))
		return message;
	struct text whole = TEXT_INIT;
	for (size_t i = 0; i < message.length; i++) {
		if (message.data[i] == '\n' && (i == 0 || message.data[i - 1] != '\r'))
			text_add_char(&whole, '\r');
		text_add_char(&whole, message.data[i]);
	}
	return text_to_arena(&whole, arena);
}

static size_t read_message(char *buffer, size_t size, size_t count, void *user)
{
	struct exchange *exchange = user;
	struct bytes piece = bytes_slice(exchange->message, exchange->read, exchange->read + size * count);
	if (piece.length > 0)
		memcpy(buffer, piece.data, piece.length);
	exchange->read += piece.length;
	return piece.length;
}

static size_t ignore_output(char *buffer, size_t size, size_t count, void *user)
{
	(void)buffer;
	(void)user;
	return size * count;
}

/* "250 ..." is whole, "250-..." is followed by more. */
static void hear_reply(struct exchange *exchange, struct bytes line)
{
	line = bytes_trim(line);
	if (exchange->quitting || line.length < 3 || !ascii_is_digit(line.data[0]) || !ascii_is_digit(line.data[1]) ||
	    !ascii_is_digit(line.data[2]) || (line.length > 3 && line.data[3] != ' '))
		return;
	exchange->code = (line.data[0] - '0') * 100 + (line.data[1] - '0') * 10 + (line.data[2] - '0');
	exchange->answered = exchange->message.data != NULL && exchange->sent >= exchange->message.length;
	text_truncate(&exchange->reply, 0);
	text_add_bytes(&exchange->reply, line);
}

static int listen_in(CURL *curl, curl_infotype what, char *data, size_t length, void *user)
{
	struct exchange *exchange = user;
	struct bytes bytes = { data, length };
	(void)curl;
	if (what == CURLINFO_DATA_OUT)
		exchange->sent += length;
	else if (what == CURLINFO_HEADER_OUT && bytes_starts_with(bytes, BYTES("QUIT")))
		exchange->quitting = true;
	else if (what == CURLINFO_HEADER_IN)
		hear_reply(exchange, bytes);
	return 0;
}

static const char *safe_helo(const char *helo)
{
	for (const char *c = helo; c != NULL && *c != '\0'; c++)
		if (!ascii_is_alpha(*c) && !ascii_is_digit(*c) && *c != '.' && *c != '-')
			return "localhost";
	return helo == NULL || *helo == '\0' ? "localhost" : helo;
}

/* The path of an smtp: URL is the name for EHLO. */
static const char *service_url(struct arena *arena, const struct release_service *service)
{
	if (service->socket != NULL)
		return arena_printf(arena, "smtp://localhost/%s", safe_helo(service->helo));
	bool six = strchr(service->host, ':') != NULL;
	return arena_printf(arena, "smtp://%s%s%s:%d/%s", six ? "[" : "", service->host, six ? "]" : "", service->port,
			    safe_helo(service->helo));
}

static void set_connection(CURL *curl, struct arena *arena, const struct release_service *service, struct exchange *exchange)
{
	long seconds = service->timeout > 0 ? service->timeout : DEFAULT_SECONDS;
	curl_easy_setopt(curl, CURLOPT_URL, service_url(arena, service));
	if (service->socket != NULL)
		curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, service->socket);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, seconds < CONNECT_SECONDS ? seconds : CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds);
	curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore_output);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_in);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, exchange);
}

static void set_message(CURL *curl, const char *from, const struct curl_slist *recipients, struct exchange *exchange)
{
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)exchange->message.length);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
	curl_easy_setopt(curl, CURLOPT_READDATA, exchange);
}

static enum release_answer answer_of(const struct exchange *exchange, CURLcode result)
{
	if (result == CURLE_OK)
		return RELEASE_ACCEPTED;
	bool all_sent = exchange->message.data != NULL && exchange->sent >= exchange->message.length;
	if (all_sent && (!exchange->answered || exchange->code < 400))
		return RELEASE_IN_DOUBT;
	return exchange->code >= 500 ? RELEASE_REFUSED : RELEASE_LATER;
}

/* The server's own words when it has said no; else what happened to the connection. */
static const char *reply_of(struct arena *arena, const struct exchange *exchange, CURLcode result)
{
	if (exchange->code >= 400 || result == CURLE_OK)
		return arena_string_of(arena, text_bytes(&exchange->reply));
	return arena_printf(arena, "no answer from the release service: %s%s", curl_easy_strerror(result),
			    exchange->sent == 0 ? "" : ", while the message was being sent");
}

static enum release_answer perform(CURL *curl, struct arena *arena, struct exchange *exchange, const char **reply_out)
{
	CURLcode result = curl_easy_perform(curl);
	enum release_answer answer = answer_of(exchange, result);
	*reply_out = reply_of(arena, exchange, result);
	exchange->quitting = true; /* what QUIT is answered is no longer of interest */
	curl_easy_cleanup(curl);
	text_release(&exchange->reply);
	return answer;
}

enum release_answer release_send(struct arena *arena, const struct release_service *service, const char *from, const char *to,
				 struct bytes message, const char **reply_out)
{
	if (!is_safe_path(from) || !is_safe_path(to) || *to == '\0') {
		*reply_out = "not sent: the address has characters that no address may have";
		return RELEASE_REFUSED;
	}
	if (message.length == 0) {
		*reply_out = "not sent: there is no message";
		return RELEASE_REFUSED;
	}
	struct exchange exchange = { .message = with_whole_newlines(arena, message) };
	CURL *curl = curl_or_abort();
	struct curl_slist *recipients = curl_slist_append(NULL, arena_printf(arena, "<%s>", to));
	set_connection(curl, arena, service, &exchange);
	set_message(curl, arena_printf(arena, "<%s>", from), recipients, &exchange);
	enum release_answer answer = perform(curl, arena, &exchange, reply_out);
	curl_slist_free_all(recipients);
	return answer;
}

enum release_answer release_probe(struct arena *arena, const struct release_service *service, const char **reply_out)
{
	struct exchange exchange = { 0 };
	CURL *curl = curl_or_abort();
	set_connection(curl, arena, service, &exchange);
	/* CURLOPT_CONNECT_ONLY would go without a QUIT, which servers log as a lost connection. */
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "NOOP");
	return perform(curl, arena, &exchange, reply_out);
}
