/* faulty_vfs.c - see faulty_vfs.h. Everything goes through to the real layer, but for the one that is to fail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty_vfs.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdlib.h>

/* Faults are of one process that tests; nothing else has such a state. */
static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	int countdown;
	enum fault fault;
	bool struck;
} layer;

struct faulty_file {
	sqlite3_file base;
	sqlite3_file *real; /* in the same allocation */
};

static bool strikes(void)
{
	if (layer.struck)
		return layer.fault != FAULT_ONCE;
	if (layer.countdown == 0 || --layer.countdown > 0)
		return false;
	layer.struck = true;
	return true;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct faulty_file *)file)->real;
}

static int file_close(sqlite3_file *file)
{
	return real_of(file)->pMethods == NULL ? SQLITE_OK : real_of(file)->pMethods->xClose(real_of(file));
}

static int file_read(sqlite3_file *file, void *data, int length, sqlite3_int64 at)
{
	return real_of(file)->pMethods->xRead(real_of(file), data, length, at);
}

static int file_write(sqlite3_file *file, const void *data, int length, sqlite3_int64 at)
{
	bool before = layer.struck;
	if (!strikes())
		return real_of(file)->pMethods->xWrite(real_of(file), data, length, at);
	if (layer.fault == FAULT_TORN && !before)
		(void)real_of(file)->pMethods->xWrite(real_of(file), data, length / 2, at);
	return layer.fault == FAULT_ONCE ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 length)
{
	return strikes() ? SQLITE_IOERR_TRUNCATE : real_of(file)->pMethods->xTruncate(real_of(file), length);
}

static int file_sync(sqlite3_file *file, int flags)
{
	return strikes() ? SQLITE_IOERR_FSYNC : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *length)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), length);
}

static int file_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int file_check_lock(sqlite3_file *file, int *answer)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), answer);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int file_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int file_traits(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int file_shm_unmap(sqlite3_file *file, int erase)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), erase);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_check_lock,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_traits,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
	struct faulty_file *faulty = (struct faulty_file *)file;
	(void)vfs;
	faulty->real = (sqlite3_file *)(faulty + 1);
	faulty->base.pMethods = NULL;
	if (strikes())
		return SQLITE_CANTOPEN;
	int code = layer.real->xOpen(layer.real, name, faulty->real, flags, flags_out);
	if (faulty->real->pMethods != NULL)
		faulty->base.pMethods = &methods;
	return code;
}

void faulty_vfs_install(void)
{
	layer.real = sqlite3_vfs_find(NULL);
	layer.vfs = *layer.real;
	layer.vfs.zName = "faulty";
	layer.vfs.pNext = NULL;
	layer.vfs.szOsFile = (int)sizeof(struct faulty_file) + layer.real->szOsFile;
	layer.vfs.xOpen = vfs_open;
	if (sqlite3_vfs_register(&layer.vfs, 1) != SQLITE_OK)
		abort();
}

void faulty_vfs_arm(int nth, enum fault fault)
{
	layer.countdown = nth;
	layer.fault = fault;
	layer.struck = false;
}

int faulty_vfs_next(int nth)
{
	const char *brief = getenv("COPYHOLD_BRIEF");
	return nth + (brief != NULL && brief[0] != '\0' ? 5 : 1);
}

bool faulty_vfs_struck(void)
{
	return layer.struck;
}
