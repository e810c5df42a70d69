// The vector types of one inclusion. Before it stand: REAL (float or double), WIDTH (lanes: 16, 8, 4, or 1 for plain scalars) and
// NAME(x), which gives each function of the inclusion a name of its own.
// An inlined function may stand for vectors of two widths.
#define INLINE static inline __attribute__((always_inline, overloadable))

#if WIDTH > 1
typedef REAL V __attribute__((ext_vector_type(WIDTH)));
typedef int32_t VI __attribute__((ext_vector_type(WIDTH)));
typedef double VD __attribute__((ext_vector_type(WIDTH)));
typedef int64_t VL __attribute__((ext_vector_type(WIDTH)));
#else
typedef REAL V;
#endif

INLINE V load(const REAL *p) {
    V v;
    __builtin_memcpy(&v, p, sizeof v);
    return v;
}

INLINE void store(REAL *p, V v) { __builtin_memcpy(p, &v, sizeof v); }

// Lane-wise `mask ? a : b`, where the mask is what a comparison gives.
#define SELECT(mask, a, b) ((mask) ? (V)(a) : (V)(b))

// The sum of all lanes, as a tree, so that its rounding does not depend on the compiler.
INLINE REAL lane_sum(V v) {
    REAL lane[WIDTH];
    __builtin_memcpy(lane, &v, sizeof v);
    for (int half = WIDTH / 2; half > 0; half /= 2)
        for (int j = 0; j < half; j++) lane[j] += lane[j + half];
    return lane[0];
}

INLINE REAL lane_max(V v) {
    REAL lane[WIDTH];
    __builtin_memcpy(lane, &v, sizeof v);
    for (int half = WIDTH / 2; half > 0; half /= 2)
        for (int j = 0; j < half; j++) lane[j] = lane[j] > lane[j + half] ? lane[j] : lane[j + half];
    return lane[0];
}

// Rounded up to a multiple of 16 values.
INLINE int64_t padded(int64_t count) { return (count + 15) & ~(int64_t)15; }

// Rounded up to a whole number of vectors.
INLINE int64_t in_vectors(int64_t count) { return (count + WIDTH - 1) / WIDTH * WIDTH; }
