/* reference.h - what a judgement is called, and what makes two transactions the same mail. */
#ifndef COPYHOLD_GATEWAY_REFERENCE_H
#define COPYHOLD_GATEWAY_REFERENCE_H

#include "base/settings.h"
#include "facts/facts.h"
#include "message/message.h"

/* Hex SHA-256 over sender, authenticated name, sorted recipients, header fields but for those that an MTA adds anew at each try
 * (Received, Return-Path, Date, Message-ID, X-Copyhold-*), and body (ENGINEERING B.6). */
const char *reference_content_key(struct arena *arena, const struct envelope *envelope, const struct message *message);
/* "CH-20260302-3F7KQ2XM": the day and 40 bits of envelope, length, both ends of the message and second, easy to read out over the
 * telephone. Every message has one, so it does not wait for a digest of megabytes; the second counts because the same words may
 * be sent twice in a day, each a message of its own. Should two that differ only in the middle of a long body meet within one
 * second, the store refuses the later one and its sender tries again. */
const char *reference_id(struct arena *arena, const struct envelope *envelope, const struct message *message);

/* The Message-ID, with brackets, of the letter that began the conversation, as far as References and In-Reply-To tell: the message's own
 * when they do not, NULL when there is none. What a stranger writes there joins threads, and does no more. */
const char *reference_thread(struct arena *arena, const struct message *message);
/* All that a message names of its conversation: the Message-IDs of References and In-Reply-To, with brackets, as written; at most some
 * hundreds, from the beginning. */
struct string_list reference_ids(struct arena *arena, const struct message *message);

#endif
