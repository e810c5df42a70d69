// The functions of vectors of one width.

INLINE V v_abs(V x) { return FLOATS(BITS(x) & 0x7fffffff); }
INLINE V v_copysign(V magnitude, V sign) { return FLOATS((BITS(magnitude) & 0x7fffffff) | (BITS(sign) & (int32_t)0x80000000)); }
INLINE V v_sqrt(V x) { return __builtin_elementwise_sqrt(x); }

#if HAS_ROUNDING
INLINE V v_floor(V x) { return __builtin_elementwise_floor(x); }
INLINE V v_round(V x) { return __builtin_elementwise_roundeven(x); }
#else
// Adding 2^23 leaves no room for a fraction; larger numbers have none.
INLINE V v_round(V x) {
    V big = v_copysign(SPLAT(8388608.0f), x);
    V rounded = v_copysign((x + big) - big, x);
    return SELECT(v_abs(x) < 8388608.0f, rounded, x);
}
INLINE V v_floor(V x) {
    V rounded = v_round(x);
    return SELECT(rounded > x, rounded - 1.0f, v_copysign(rounded, x));
}
#endif

#include "vector_exponential.h"
#include "vector_hyperbolic.h"
#include "vector_trigonometric.h"
#include "vector_error_function.h"
#include "vector_power.h"
