/* untouched.c - the closed list of reasons why a message is left as it is, in words; copyhold-footers(7) explains each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/footer.h"

struct untouched_row {
	const char *code, *sentence, *sentence_cy;
};

static const struct untouched_row untouched_rows[] = {
	[TOUCHED] = { "touched", "the line was added", "ychwanegwyd y llinell" },
	[UNTOUCHED_SIGNED] = { "signed", "the message is signed", "mae'r neges wedi'i llofnodi'n ddigidol" },
	[UNTOUCHED_ENCRYPTED] = { "encrypted", "the message is encrypted", "mae'r neges wedi'i hamgryptio" },
	[UNTOUCHED_AMBIGUOUS] = { "ambiguous", "mail programs may disagree about how the message is built",
				  "gall rhaglenni e-bost anghytuno ynghylch strwythur y neges" },
	[UNTOUCHED_CHARSET] = { "charset", "the character set of the message cannot carry the line",
				"ni all set nodau'r neges gario'r llinell" },
	[UNTOUCHED_NOT_ASCII] = { "not-ascii", "the message is written in a form of UTF-16 or UTF-7 that mail programs read differently",
				  "mae'r neges mewn ffurf ar UTF-16 neu UTF-7 y mae rhaglenni e-bost yn ei darllen yn wahanol" },
	[UNTOUCHED_FORMAT] = { "format", "a part of the message is in a format that a line cannot be added to",
			       "mae rhan o'r neges mewn fformat na ellir ychwanegu llinell ato" },
	[UNTOUCHED_ENCODING] = { "encoding", "the transfer encoding of the message is damaged or unknown",
				 "mae amgodiad trosglwyddo'r neges yn ddiffygiol neu'n anhysbys" },
	[UNTOUCHED_NO_TEXT] = { "no-text", "the message has no text that a line could be added to",
				"nid oes testun yn y neges y gellid ychwanegu llinell ato" },
	[UNTOUCHED_LINES] = { "lines", "the message has lines that are too long for mail",
			      "mae llinellau rhy hir i e-bost yn y neges" },
	[UNTOUCHED_CANNOT_WIDEN] = { "cannot-widen", "the message cannot carry the letters of the name",
				     "ni all y neges gario llythrennau'r enw" },
	[UNTOUCHED_NOT_SHOWN] = { "not-shown", "a line at the foot of the message would not be seen",
				  "ni fyddai llinell ar waelod y neges i'w gweld" },
};

const char *untouched_code(enum untouched why)
{
	return untouched_rows[why].code;
}

const char *untouched_sentence(enum untouched why)
{
	return untouched_rows[why].sentence;
}

const char *untouched_sentence_cy(enum untouched why)
{
	return untouched_rows[why].sentence_cy;
}
