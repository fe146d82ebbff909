/* report_mail.h - a mail of ours in two forms, either of which is enough. Private to src/review. */
#ifndef COPYHOLD_REVIEW_REPORT_MAIL_H
#define COPYHOLD_REVIEW_REPORT_MAIL_H

#include "base/arena.h"
#include "base/error.h"

struct two_forms {
	const char *from_name, *from, *to, *subject;
	const char *id;          /* begins the left side of the Message-ID; the rest comes from who gets it and the content */
	const char *languages;   /* as in Content-Language */
	int64_t at;
	struct bytes text, html; /* UTF-8, lines ended by LF */
};
/* ERROR_SETTINGS: `from` or `to` is no mail address. */
bool two_forms_mail(struct arena *arena, const struct two_forms *mail, struct bytes *out, struct error *err) MUST_CHECK;

#endif
