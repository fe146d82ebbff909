/* callbacks.h - the table of what libmilter calls; each collects, one concludes. */
#ifndef COPYHOLD_MILTER_CALLBACKS_H
#define COPYHOLD_MILTER_CALLBACKS_H

#include "milter/gate.h"

/* Gives the table to libmilter. `gate` serves all sessions from then on. */
bool callbacks_register(struct gate *gate, struct error *err) MUST_CHECK;

#endif
