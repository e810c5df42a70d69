// Elementary functions of float vectors without branches. Each is right at zero, infinities, NaN and denormals; the tests hold them to
// 4 units in the last place against the C library in double precision. Arguments are reduced as by Cody & Waite (Software Manual for
// the Elementary Functions, 1980); the polynomials are minimax fits on the reduced range, their errors beside them.

// All of this is inlined: no vector is ever passed to a call.
#pragma clang diagnostic ignored "-Wpsabi"

#define BITS(v) (__builtin_bit_cast(VI, (v)))
#define FLOATS(v) (__builtin_bit_cast(V, (v)))
#define SPLAT(x) ((V)(x))
#define EACH(x) ((VI)(x))

// Whether any lane is marked, which is seldom.
#define ANY(marks) __builtin_expect(__builtin_reduce_or(marks) != 0, 0)

#include "vector_functions.h"
