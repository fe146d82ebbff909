/* self_test.h - whether the cage holds on this machine. */
#ifndef COPYHOLD_READER_SELF_TEST_H
#define COPYHOLD_READER_SELF_TEST_H

#include <stdbool.h>

/* One line on standard output for each way out that was tried, from a process caged as a worker is: "refused" or "NOT REFUSED". True
 * when all were refused; what only Landlock refuses is told but not counted where the kernel has none. */
bool self_test(void);

#endif
