// Counts the calls for memory that one thread makes, for tests.
#pragma once
#include <stdint.h>

/// Starts counting on this thread, from zero.
void allocations_watch(void);
/// Stops, and gives the number of calls of malloc and its kin since `allocations_watch`.
int64_t allocations_seen(void);
