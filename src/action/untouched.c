/* untouched.c - the closed list of reasons why a message is left as it is, in words; copyhold-footers(7) explains each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/footer.h"

#include "base/catalogue.h"

struct untouched_row {
	const char *code, *sentence;
};

static const struct untouched_row untouched_rows[] = {
	[TOUCHED] = { "touched", N_("the line was added") },
	[UNTOUCHED_SIGNED] = { "signed", N_("the message is signed") },
	[UNTOUCHED_ENCRYPTED] = { "encrypted", N_("the message is encrypted") },
	[UNTOUCHED_AMBIGUOUS] = { "ambiguous", N_("mail programs may disagree about how the message is built") },
	[UNTOUCHED_CHARSET] = { "charset", N_("the character set of the message cannot carry the line") },
	[UNTOUCHED_NOT_ASCII] = { "not-ascii", N_("the message is written in a form of UTF-16 or UTF-7 that mail programs read differently") },
	[UNTOUCHED_FORMAT] = { "format", N_("a part of the message is in a format that a line cannot be added to") },
	[UNTOUCHED_ENCODING] = { "encoding", N_("the transfer encoding of the message is damaged or unknown") },
	[UNTOUCHED_NO_TEXT] = { "no-text", N_("the message has no text that a line could be added to") },
	[UNTOUCHED_LINES] = { "lines", N_("the message has lines that are too long for mail") },
	[UNTOUCHED_CANNOT_WIDEN] = { "cannot-widen", N_("the message cannot carry the letters of the name") },
	[UNTOUCHED_NOT_SHOWN] = { "not-shown", N_("a line at the foot of the message would not be seen") },
};

const char *untouched_code(enum untouched why)
{
	return untouched_rows[why].code;
}

const char *untouched_sentence(enum untouched why)
{
	return untouched_rows[why].sentence;
}
