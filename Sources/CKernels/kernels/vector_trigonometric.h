// atan, sin, cos, tan and sinc of vectors.

INLINE V v_atan(V x) {
    V t = v_abs(x);
    VI large = t > 1.0f;
    V y = SELECT(large, 1.0f / t, t);
    V z = y * y;
    V p = SPLAT(0.00113452214f);  // relative error 2^-31 for y <= 1
    p = p * z + -0.00742536318f;
    p = p * z + 0.022777617f;
    p = p * z + -0.0449832566f;
    p = p * z + 0.0676364899f;
    p = p * z + -0.0882146209f;
    p = p * z + 0.110612333f;
    p = p * z + -0.142803431f;
    p = p * z + 0.199997157f;
    p = p * z + -0.333333284f;
    V a = (p * z) * y + y;
    return v_copysign(SELECT(large, 1.57079637f - (a + 4.37113883e-8f), a), x);
}

// Beyond this the reduction by pi/2 loses digits, and the C library takes over.
#define TRIGONOMETRIC_LIMIT 1e5f

// x = n pi/2 + r with |r| <= pi/4.
INLINE V reduce_by_quarters(V x, VI *n) {
    V shifted = x * 0.636619772f + 12582912.0f;
    *n = BITS(shifted) - 0x4b400000;
    V whole = shifted - 12582912.0f;
#if HAS_FMA
    V r = __builtin_elementwise_fma(-whole, SPLAT(1.57079637f), x);
    r = __builtin_elementwise_fma(-whole, SPLAT(-4.37113883e-8f), r);
    return __builtin_elementwise_fma(-whole, SPLAT(-1.71512449e-15f), r);
#else
    // Without fused products the reduction is done in double precision; the first part has 33 bits, so that its product is exact.
    VD wide = __builtin_convertvector(whole, VD);
    VD r = (__builtin_convertvector(x, VD) - wide * 1.5707963267341256) - wide * 6.077100506506192e-11;
    return __builtin_convertvector(r, V);
#endif
}

// Sine and cosine on |r| <= pi/4, relative errors 2^-28 and 2^-33.
INLINE V reduced_sin(V r) {
    V z = r * r;
    V p = SPLAT(-0.000195179076f);
    p = p * z + 0.00833218731f;
    p = p * z + -0.166666552f;
    return (p * z) * r + r;
}

INLINE V reduced_cos(V r) {
    V z = r * r;
    V p = SPLAT(2.44323292e-05f);
    p = p * z + -0.00138873095f;
    p = p * z + 0.0416666456f;
    return (p * z) * z + (1.0f - 0.5f * z);
}

INLINE V negated_if(VI condition, V x) { return FLOATS(BITS(x) ^ (condition << 31)); }

// Lanes that `rest` marks are done again by `function`.
#define PATCH(result, x, rest, function)                                          \
    do {                                                                          \
        VI marked = (rest);                                                       \
        if (__builtin_reduce_or(marked)) {                                        \
            float values[WIDTH], arguments[WIDTH];                                \
            int32_t marks[WIDTH];                                                 \
            __builtin_memcpy(values, &result, sizeof values);                     \
            __builtin_memcpy(arguments, &x, sizeof arguments);                    \
            __builtin_memcpy(marks, &marked, sizeof marks);                       \
            for (int j = 0; j < WIDTH; j++)                                       \
                if (marks[j]) values[j] = (float)function((double)arguments[j]);  \
            __builtin_memcpy(&result, values, sizeof values);                     \
        }                                                                         \
    } while (0)

// x - h pi, for h a multiple of 1/2.
INLINE V less_halves(V x, V h) {
#if HAS_FMA
    V r = __builtin_elementwise_fma(-h, SPLAT(3.14159274f), x);
    r = __builtin_elementwise_fma(-h, SPLAT(-8.74227766e-8f), r);
    return __builtin_elementwise_fma(-h, SPLAT(-3.43024899e-15f), r);
#else
    VD wide = __builtin_convertvector(h, VD);
    VD r = (__builtin_convertvector(x, VD) - wide * 3.1415926534682512) - wide * 1.2154201013012384e-10;
    return __builtin_convertvector(r, V);
#endif
}

// Sine on |r| <= pi/2, relative error 2^-27.
INLINE V sin_of_half(V r) {
    V z = r * r;
    V p = SPLAT(2.60563111e-06f);
    p = p * z + -0.00019809539f;
    p = p * z + 0.00833306543f;
    p = p * z + -0.166666595f;
    return (p * z) * r + r;
}

// sin(n pi + r) = (-1)^n sin(r).
INLINE V v_sin(V x) {
    V shifted = x * 0.318309886f + 12582912.0f;
    V r = less_halves(x, shifted - 12582912.0f);
    V result = SELECT(x == 0.0f, x, negated_if(BITS(shifted), sin_of_half(r)));
    PATCH(result, x, v_abs(x) > TRIGONOMETRIC_LIMIT, sin);
    return result;
}

// cos((n + 1/2) pi + r) = -(-1)^n sin(r).
INLINE V v_cos(V x) {
    V shifted = (x * 0.318309886f - 0.5f) + 12582912.0f;
    V r = less_halves(x, (shifted - 12582912.0f) + 0.5f);
    V result = negated_if(BITS(shifted) + 1, sin_of_half(r));
    PATCH(result, x, v_abs(x) > TRIGONOMETRIC_LIMIT, cos);
    return result;
}

INLINE V v_tan(V x) {
    VI n;
    V r = reduce_by_quarters(x, &n);
    V s = reduced_sin(r), c = reduced_cos(r);
    VI odd = (n & 1) != 0;
    V result = SELECT(odd, -c, s) / SELECT(odd, s, c);
    result = SELECT(x == 0.0f, x, result);
    PATCH(result, x, v_abs(x) > TRIGONOMETRIC_LIMIT, tan);
    return result;
}

INLINE V v_sinc(V x) {
    V s = v_sin(x);
    return SELECT(x == 0.0f, 1.0f, s / x);
}
