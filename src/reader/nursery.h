/* nursery.h - the process that knows the wording, and from which workers are forked, warm. */
#ifndef COPYHOLD_READER_NURSERY_H
#define COPYHOLD_READER_NURSERY_H

/* Serves the gateway's end of `socket` until that is closed; an exit code. */
int nursery_run(int socket);

#endif
