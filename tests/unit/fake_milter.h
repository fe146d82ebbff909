/* fake_milter.h - libmilter with nobody behind it: a test plays the mail server, and any call may be made to fail.
 *
 * Linked instead of libmilter. One connection at a time. */
#ifndef COPYHOLD_TESTS_FAKE_MILTER_H
#define COPYHOLD_TESTS_FAKE_MILTER_H

#include <stdbool.h>
#include <stddef.h>

#include <libmilter/mfapi.h>

#define FAKE_MOST 8
#define EVERY_ACTION 0x1ffUL   /* all that a mail server of protocol version 6 offers */
#define EVERY_STEP 0x1fffffUL

struct fake_mail {
	const char *from, *auth;
	const char *recipients[FAKE_MOST];         /* with brackets, up to NULL */
	const char *headers[FAKE_MOST][2];         /* name and value, up to NULL */
	const char *body;
};

/* What the last message came to. */
struct fake_result {
	sfsistat answer;
	bool at_end;               /* the answer to the end of the message, not to an earlier step */
	char code[4];              /* of the reply the filter chose; "" when it chose none */
	char words[512];
	size_t calls;              /* that could have failed, up to the answer */
	const char *failed;        /* the call that was made to fail, or NULL */
	size_t changes;            /* taken by the mail server */
};

/* Negotiates and connects; false when the filter declines. `fail_at` counts calls from 1 on and over the whole connection. */
bool fake_connect(unsigned long actions, unsigned long steps, size_t fail_at);
struct fake_result fake_send(const struct fake_mail *mail);
/* The same, but the mail server gives up before the end. */
void fake_abort(const struct fake_mail *mail);
void fake_close(void);
/* What the filter asked for when it was last asked. */
unsigned long fake_wanted_actions(void);
/* Answers to steps before the end that a filter may not give if it is to see the end of this message and of the next. */
size_t fake_early_verdicts(void);
/* The table as the filter registered it, for steps out of order. */
const struct smfiDesc *fake_table(void);
SMFICTX *fake_context(void);

#endif
