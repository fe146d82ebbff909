/* other_readings.h - what a message shows on other mail clients: looked through for markings that the usual reading has not. */
#ifndef COPYHOLD_READING_OTHER_READINGS_H
#define COPYHOLD_READING_OTHER_READINGS_H

#include "reading/drafts.h"

/* To be asked when the message itself has been read. Sets work->other_text_marked; files found on the way come with `main`. */
void other_readings_take(struct reading_work *work, struct draft *main, const struct message *message);

#endif
