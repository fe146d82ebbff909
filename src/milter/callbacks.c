/* callbacks.c - see callbacks.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "milter/callbacks.h"

#include <arpa/inet.h>
#include <libmilter/mfapi.h>
#include <netinet/in.h>
#include <string.h>

#include "base/log.h"
#include "milter/conclude.h"

#define ACTIONS (SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_CHGBODY | SMFIF_DELRCPT | SMFIF_SETSYMLIST)
/* Nothing is decided before the end of the message, so most steps need no answer (three times as fast); header values
 * come with their leading blanks, or the message could not be put together byte for byte. */
#define PROTOCOL                                                                                                                   \
	(SMFIP_NOHELO | SMFIP_NOUNKNOWN | SMFIP_NR_CONN | SMFIP_NR_RCPT | SMFIP_NR_HDR | SMFIP_NR_EOH | SMFIP_NR_BODY | SMFIP_HDR_LEADSPC)

/* libmilter hands its callbacks nothing but the session, so the gate they belong to stands here; set once before any
 * session exists. */
static struct gate *gate;

static void end_message(struct session *session)
{
	if (session->in_flight)
		gate_message_ends(gate);
	gate_drop_snapshot(gate, &session->snapshot);
	session_reset(session);
}

static const char *macro(SMFICTX *context, const char *name)
{
	return smfi_getsymval(context, (char *)name);
}

/* Asks for just the macros we read: an administrator's own macro lists could lack them. */
static bool ask_for_macros(SMFICTX *context)
{
	static const struct {
		int stage;
		char *names; /* libmilter copies it, but does not say const */
	} wanted[] = {
		{ SMFIM_CONNECT, (char *)"j" },
		{ SMFIM_ENVFROM, (char *)"i {auth_authen} {mail_mailer}" },
		{ SMFIM_ENVRCPT, (char *)"{rcpt_mailer}" },
		{ SMFIM_EOM, (char *)"i" },
	};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (smfi_setsymlist(context, wanted[i].stage, wanted[i].names) != MI_SUCCESS)
			return false;
	return true;
}

static sfsistat on_negotiate(SMFICTX *context, unsigned long offered_actions, unsigned long offered_protocol, unsigned long unused1,
			     unsigned long unused2, unsigned long *actions, unsigned long *protocol, unsigned long *none1, unsigned long *none2)
{
	*none1 = *none2 = 0;
	*actions = ACTIONS;
	*protocol = PROTOCOL;
	if ((offered_actions & ACTIONS) != ACTIONS || (offered_protocol & PROTOCOL) != PROTOCOL) {
		log_error("the mail server does not offer what is needed (actions %#lx of %#lx, protocol %#lx of %#lx); set milter_protocol = 6", offered_actions,
			  (unsigned long)ACTIONS, offered_protocol, (unsigned long)PROTOCOL);
		return SMFIS_REJECT;
	}
	if (!ask_for_macros(context)) {
		log_error("libmilter does not take the list of macros");
		return SMFIS_REJECT;
	}
	return SMFIS_CONTINUE;
}

/* The client's address as text, or NULL when the mail server did not say one. */
static const char *client_text(const struct sockaddr *address, char *buffer, socklen_t size)
{
	if (address == NULL)
		return NULL;
	if (address->sa_family == AF_INET)
		return inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, buffer, size);
	if (address->sa_family == AF_INET6)
		return inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, buffer, size);
	return NULL;
}

static sfsistat on_connect(SMFICTX *context, char *name, _SOCK_ADDR *address)
{
	char buffer[INET6_ADDRSTRLEN];
	struct session *session = smfi_getpriv(context);
	if (session != NULL) {
		end_message(session);
		session_free(&session);
	}
	session = session_new(&gate->budget, client_text(address, buffer, sizeof buffer));
	if (smfi_setpriv(context, session) != MI_SUCCESS) {
		session_free(&session);
		log_error("libmilter does not keep the session");
	}
	return SMFIS_NOREPLY;
}

static sfsistat on_mail(SMFICTX *context, char **arguments)
{
	struct session *session = smfi_getpriv(context);
	if (session == NULL)
		return SMFIS_TEMPFAIL;
	end_message(session);
	/* Mail of a local program (Postfix's pickup) comes without a mailer and without brackets. */
	bool local = macro(context, "{mail_mailer}") == NULL && arguments[0][0] != '<';
	session_begin(session, arguments[0], macro(context, "{auth_authen}"), local);
	session->snapshot = gate_snapshot(gate);
	return SMFIS_CONTINUE;
}

static sfsistat on_recipient(SMFICTX *context, char **arguments)
{
	struct session *session = smfi_getpriv(context);
	const char *mailer = macro(context, "{rcpt_mailer}");
	bool refused = mailer != NULL && strcmp(mailer, "error") == 0;
	if (session != NULL && session->snapshot != NULL && !refused)
		session_add_recipient(session, arguments[0]);
	return SMFIS_NOREPLY;
}

static sfsistat on_data(SMFICTX *context)
{
	struct session *session = smfi_getpriv(context);
	if (session == NULL || session->snapshot == NULL)
		return SMFIS_TEMPFAIL;
	if (!session->in_flight)
		session->in_flight = gate_message_begins(gate);
	if (session->in_flight)
		return SMFIS_CONTINUE;
	session->starved = true; /* for a local program: refused at the end, where its mail server expects it */
	return session->local ? SMFIS_CONTINUE : SMFIS_TEMPFAIL;
}

static sfsistat on_header(SMFICTX *context, char *name, char *value)
{
	struct session *session = smfi_getpriv(context);
	if (session != NULL && session->snapshot != NULL)
		session_add_header(session, name, value);
	return SMFIS_NOREPLY;
}

static sfsistat on_headers_end(SMFICTX *context)
{
	struct session *session = smfi_getpriv(context);
	if (session != NULL && session->snapshot != NULL)
		session_end_headers(session);
	return SMFIS_NOREPLY;
}

static sfsistat on_body(SMFICTX *context, unsigned char *chunk, size_t size)
{
	struct session *session = smfi_getpriv(context);
	if (session != NULL && session->snapshot != NULL)
		session_add_body(session, (struct bytes){ (const char *)chunk, size });
	return SMFIS_NOREPLY;
}

static sfsistat on_message_end(SMFICTX *context)
{
	struct session *session = smfi_getpriv(context);
	if (session == NULL || session->snapshot == NULL)
		return SMFIS_TEMPFAIL;
	if (!session->in_flight)
		session->in_flight = gate_message_begins(gate);
	if (!session->in_flight)
		session->starved = true;
	sfsistat answer = conclude(context, gate, session, macro(context, "i"));
	end_message(session);
	return answer;
}

static sfsistat on_abort(SMFICTX *context)
{
	struct session *session = smfi_getpriv(context);
	if (session != NULL)
		end_message(session);
	return SMFIS_CONTINUE;
}

static sfsistat on_close(SMFICTX *context)
{
	struct session *session = smfi_getpriv(context);
	if (session != NULL) {
		end_message(session);
		session_free(&session);
		smfi_setpriv(context, NULL);
	}
	return SMFIS_CONTINUE;
}

bool callbacks_register(struct gate *serving, struct error *err)
{
	static char name[] = "copyhold";
	struct smfiDesc table = {
		.xxfi_name = name,
		.xxfi_version = SMFI_VERSION,
		.xxfi_flags = ACTIONS,
		.xxfi_connect = on_connect,
		.xxfi_envfrom = on_mail,
		.xxfi_envrcpt = on_recipient,
		.xxfi_header = on_header,
		.xxfi_eoh = on_headers_end,
		.xxfi_body = on_body,
		.xxfi_eom = on_message_end,
		.xxfi_abort = on_abort,
		.xxfi_close = on_close,
		.xxfi_data = on_data,
		.xxfi_negotiate = on_negotiate,
	};
	gate = serving;
	if (smfi_register(table) != MI_SUCCESS)
		return error_set(err, ERROR_UNAVAILABLE, "libmilter does not take the table of callbacks");
	return true;
}
