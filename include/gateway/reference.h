/* reference.h - what a judgement is called, and what makes two transactions the same mail. */
#ifndef COPYHOLD_GATEWAY_REFERENCE_H
#define COPYHOLD_GATEWAY_REFERENCE_H

#include "facts/facts.h"
#include "message/message.h"

/* Hex SHA-256 over sender, authenticated name, sorted recipients, header fields but for those that an MTA adds anew at each try
 * (Received, Return-Path, Date, Message-ID, X-Copyhold-*), and body (ENGINEERING B.6). */
const char *reference_content_key(struct arena *arena, const struct envelope *envelope, const struct message *message);
/* "CH-20260302-3F7KQ2XM": the day and 40 bits of content key and second, easy to read out over the telephone. The second counts
 * because the same words may be sent twice in a day, each a message of its own. */
const char *reference_id(struct arena *arena, const char *content_key, int64_t at);

#endif
