/* fake_milter.c - see fake_milter.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake_milter.h"

#include <string.h>

/* libmilter's table is one for the process, so is this. */
static struct {
	struct smfiDesc table;
	void *private;
	const char *auth;
	size_t calls, fail_at, early_verdicts;
	unsigned long wanted_actions, wanted_steps;
	struct fake_result result;
} fake;

SMFICTX *fake_context(void)
{
	return (SMFICTX *)(void *)&fake;
}

const struct smfiDesc *fake_table(void)
{
	return &fake.table;
}

unsigned long fake_wanted_actions(void)
{
	return fake.wanted_actions;
}

size_t fake_early_verdicts(void)
{
	return fake.early_verdicts;
}

static int call(const char *name)
{
	if (++fake.calls != fake.fail_at)
		return MI_SUCCESS;
	fake.result.failed = name;
	return MI_FAILURE;
}

static int change(const char *name)
{
	int result = call(name);
	if (result == MI_SUCCESS)
		fake.result.changes++;
	return result;
}

int smfi_register(struct smfiDesc table)
{
	fake.table = table;
	return MI_SUCCESS;
}

int smfi_setconn(char *where)
{
	return where != NULL ? MI_SUCCESS : MI_FAILURE;
}

int smfi_main(void)
{
	return MI_FAILURE; /* nobody to serve: the test calls the table itself */
}

int smfi_setpriv(SMFICTX *context, void *private)
{
	int result = call("smfi_setpriv");
	if (result == MI_SUCCESS)
		fake.private = private;
	return result;
}

void *smfi_getpriv(SMFICTX *context)
{
	return fake.private;
}

char *smfi_getsymval(SMFICTX *context, char *name)
{
	if (strcmp(name, "{auth_authen}") == 0)
		return (char *)fake.auth;
	if (strcmp(name, "{mail_mailer}") == 0 || strcmp(name, "{rcpt_mailer}") == 0)
		return (char *)"smtp";
	return strcmp(name, "i") == 0 ? (char *)"4F0000" : NULL;
}

int smfi_setsymlist(SMFICTX *context, int stage, char *names)
{
	return call("smfi_setsymlist");
}

int smfi_progress(SMFICTX *context)
{
	return call("smfi_progress");
}

int smfi_delrcpt(SMFICTX *context, char *recipient)
{
	return change("smfi_delrcpt");
}

int smfi_chgheader(SMFICTX *context, char *name, int index, char *value)
{
	return change("smfi_chgheader");
}

int smfi_insheader(SMFICTX *context, int index, char *name, char *value)
{
	return change("smfi_insheader");
}

int smfi_replacebody(SMFICTX *context, unsigned char *body, int length)
{
	return change("smfi_replacebody");
}

/* libmilter refuses a text it would have to read as a format, and lines that are no reply. */
int smfi_setreply(SMFICTX *context, char *code, char *extended, char *words)
{
	for (const char *at = words; (at = strchr(at, '%')) != NULL; at += 2)
		if (at[1] != '%')
			return MI_FAILURE;
	if (strlen(code) != 3 || strpbrk(words, "\r\n") != NULL || strlen(words) >= sizeof fake.result.words)
		return MI_FAILURE;
	if (call("smfi_setreply") != MI_SUCCESS)
		return MI_FAILURE;
	memcpy(fake.result.code, code, 4);
	memcpy(fake.result.words, words, strlen(words) + 1);
	return MI_SUCCESS;
}

bool fake_connect(unsigned long actions, unsigned long steps, size_t fail_at)
{
	unsigned long none1 = 0, none2 = 0;
	fake.calls = 0;
	fake.fail_at = fail_at;
	fake.result = (struct fake_result){ .answer = SMFIS_CONTINUE };
	if (fake.table.xxfi_negotiate(fake_context(), actions, steps, 0, 0, &fake.wanted_actions, &fake.wanted_steps, &none1, &none2) !=
	    SMFIS_CONTINUE)
		return false;
	static char host[] = "client.example";
	fake.table.xxfi_connect(fake_context(), host, NULL);
	return true;
}

void fake_close(void)
{
	fake.table.xxfi_close(fake_context());
}

/* Whether the mail server goes on after a step's answer; an unanswered step must have been negotiated. */
static bool goes_on(sfsistat answer, unsigned long unanswered)
{
	if (answer == SMFIS_CONTINUE || (answer == SMFIS_NOREPLY && (fake.wanted_steps & unanswered) != 0))
		return true;
	if (answer != SMFIS_TEMPFAIL)
		fake.early_verdicts++;
	fake.result.answer = answer;
	return false;
}

static bool send_headers(const struct fake_mail *mail)
{
	for (size_t i = 0; mail->headers[i][0] != NULL; i++)
		if (!goes_on(fake.table.xxfi_header(fake_context(), (char *)mail->headers[i][0], (char *)mail->headers[i][1]), SMFIP_NR_HDR))
			return false;
	return goes_on(fake.table.xxfi_eoh(fake_context()), SMFIP_NR_EOH);
}

static bool send_steps(const struct fake_mail *mail)
{
	char *from[] = { (char *)mail->from, NULL };
	fake.auth = mail->auth;
	if (!goes_on(fake.table.xxfi_envfrom(fake_context(), from), SMFIP_NR_MAIL))
		return false;
	for (size_t i = 0; mail->recipients[i] != NULL; i++) {
		char *recipient[] = { (char *)mail->recipients[i], NULL };
		if (!goes_on(fake.table.xxfi_envrcpt(fake_context(), recipient), SMFIP_NR_RCPT))
			return false;
	}
	return goes_on(fake.table.xxfi_data(fake_context()), SMFIP_NR_DATA) && send_headers(mail) &&
	       goes_on(fake.table.xxfi_body(fake_context(), (unsigned char *)(void *)mail->body, strlen(mail->body)), SMFIP_NR_BODY);
}

struct fake_result fake_send(const struct fake_mail *mail)
{
	const char *failed = fake.result.failed;
	fake.result = (struct fake_result){ .failed = failed };
	if (send_steps(mail)) {
		fake.result.answer = fake.table.xxfi_eom(fake_context());
		fake.result.at_end = true;
	} else {
		fake.table.xxfi_abort(fake_context());
	}
	fake.result.calls = fake.calls;
	return fake.result;
}

void fake_abort(const struct fake_mail *mail)
{
	send_steps(mail);
	fake.table.xxfi_abort(fake_context());
}
