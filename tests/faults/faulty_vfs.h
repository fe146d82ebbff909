/* faulty_vfs.h - SQLite's own file layer with a fault at the nth write, sync, open or truncation, for tests. */
#ifndef COPYHOLD_TESTS_FAULTY_VFS_H
#define COPYHOLD_TESTS_FAULTY_VFS_H

#include <stdbool.h>

enum fault {
	FAULT_ONCE, /* one operation fails, the next goes well: a full disk that was mended */
	FAULT_DEAD, /* nothing is written from then on: the disk is gone */
	FAULT_TORN, /* the same, but half of the write had reached the disk */
	FAULT_COUNT
};

/* Becomes the default of this process. */
void faulty_vfs_install(void);
/* From now on the nth operation (from 1) fails; 0: none does. */
void faulty_vfs_arm(int nth, enum fault fault);
/* The operation to fail after this one: the next, or, where COPYHOLD_BRIEF says that another build tries them all, some way on. */
int faulty_vfs_next(int nth);
/* Did the fault happen since it was armed? */
bool faulty_vfs_struck(void);

#endif
