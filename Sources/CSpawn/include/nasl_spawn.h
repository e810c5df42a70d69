// Starting a program without a shell, so that nothing of it outlives the process that has started it.
#pragma once
#include <sys/types.h>

/// Starts `arguments[0]`, looked for in the path, in a process group of its own, with default signals and the given files as its standard
/// input, output and errors. It is killed when the thread that has started it ends, however that comes about.
///
/// - Returns: 0, or an error number.
int nasl_spawn(char *const arguments[], char *const environment[], int input, int output, int errors, pid_t *process);
