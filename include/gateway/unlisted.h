/* unlisted.h - what must not be written down of mail from or to protected correspondents (DOMAIN X2, X4).
 *
 * Oversight bodies, auditors, a union, occupational health: that somebody wrote to them is nobody's business here. Mail between a person
 * and them alone is not recorded at all, but for an anonymous count of the exemption used. Where such a person is one of several
 * recipients of mail that is recorded for another reason, they are left out of it: their address, their name, the subject
 * and the words of the text. Only what is held for others, byte for byte, still has its own header, until it is decided and disposed of. */
#ifndef COPYHOLD_GATEWAY_UNLISTED_H
#define COPYHOLD_GATEWAY_UNLISTED_H

#include "facts/facts.h"

struct unlisted {
	bool anybody;  /* a protected correspondent has part in it */
	bool wholly;   /* they sent it, or everybody who gets it is one of them, or the sender */
	const char *const *words; /* their names and addresses */
	size_t word_count;
	const bool *recipients;   /* parallel to envelope->recipients: left out of the record */
};

struct unlisted unlisted_of(struct arena *arena, const struct facts *facts);
/* The text without their names and addresses; NULL stays NULL. */
const char *unlisted_text(struct arena *arena, const struct unlisted *unlisted, const char *text);

#endif
