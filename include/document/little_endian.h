/* little_endian.h - numbers in Microsoft's file formats; false where the bytes end before the number does. */
#ifndef COPYHOLD_DOCUMENT_LITTLE_ENDIAN_H
#define COPYHOLD_DOCUMENT_LITTLE_ENDIAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

static inline bool read_u8(struct bytes bytes, size_t at, uint8_t *out)
{
	if (at >= bytes.length)
		return false;
	*out = (uint8_t)bytes.data[at];
	return true;
}

static inline bool read_u16(struct bytes bytes, size_t at, uint16_t *out)
{
	if (bytes.length < 2 || at > bytes.length - 2)
		return false;
	const unsigned char *from = (const unsigned char *)bytes.data + at;
	*out = (uint16_t)(from[0] | from[1] << 8);
	return true;
}

static inline bool read_u32(struct bytes bytes, size_t at, uint32_t *out)
{
	if (bytes.length < 4 || at > bytes.length - 4)
		return false;
	const unsigned char *from = (const unsigned char *)bytes.data + at;
	*out = (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
	return true;
}

#endif
