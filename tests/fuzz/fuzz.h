/* fuzz.h - what every fuzz target has: the function that libFuzzer calls, and how it says that something does not hold. */
#ifndef COPYHOLD_TESTS_FUZZ_FUZZ_H
#define COPYHOLD_TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Ends the run as a finding. */
static inline void must(bool holds)
{
	if (!holds)
		abort();
}

#endif
