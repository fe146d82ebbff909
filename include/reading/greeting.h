/* greeting.h - lines that greet somebody: "Dear Carl,", "Bore da", "To whom it may concern". */
#ifndef COPYHOLD_READING_GREETING_H
#define COPYHOLD_READING_GREETING_H

#include "base/bytes.h"

enum greeting {
	GREETING_NONE,
	GREETING_WARM,   /* as people who know each other write */
	GREETING_FORMAL, /* as letters begin */
};

/* By the words the line begins with; how long a greeting may be is for the caller to say. */
enum greeting greeting_of(struct bytes plain);

#endif
