/* chores.h - the gate's own threads: signals from the parent; own mail and counts. */
#ifndef COPYHOLD_MILTER_CHORES_H
#define COPYHOLD_MILTER_CHORES_H

#include "milter/gate.h"

/* Blocks the signals concerned and starts both threads. Before any other thread is started. */
bool chores_start(struct gate *gate, struct error *err) MUST_CHECK;

#endif
