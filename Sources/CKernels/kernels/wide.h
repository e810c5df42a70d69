// The elementary functions once more, for two vectors at a time: the second goes on while the first waits for a result. Overloads of the same
// names; where V is to be the wide vector, a block says `typedef WV V`.
typedef REAL WV __attribute__((ext_vector_type(2 * WIDTH)));
typedef int32_t WVI __attribute__((ext_vector_type(2 * WIDTH)));
typedef double WVD __attribute__((ext_vector_type(2 * WIDTH)));
typedef int64_t WVL __attribute__((ext_vector_type(2 * WIDTH)));

INLINE WV load_wide(const REAL *p) {
    WV v;
    __builtin_memcpy(&v, p, sizeof v);
    return v;
}

INLINE void store(REAL *p, WV v) { __builtin_memcpy(p, &v, sizeof v); }

#define V WV
#define VI WVI
#define VD WVD
#define VL WVL
#pragma push_macro("WIDTH")
#if WIDTH == 4
#undef WIDTH
#define WIDTH 8
#elif WIDTH == 8
#undef WIDTH
#define WIDTH 16
#else
#undef WIDTH
#define WIDTH 32
#endif
#include "vector_functions.h"
#pragma pop_macro("WIDTH")
#undef V
#undef VI
#undef VD
#undef VL
