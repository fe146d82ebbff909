/* quiet.h - libraries that would write to the log what they think of each file. */
#ifndef COPYHOLD_DOCUMENT_QUIET_H
#define COPYHOLD_DOCUMENT_QUIET_H

/* What is wrong with a file is told as a trouble; libgsf and poppler would log it as well, as often as the sender likes. */
void libraries_keep_quiet(void);

#endif
