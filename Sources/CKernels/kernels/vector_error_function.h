// erf and gelu of vectors.

// erfc(t) * 2^shift for t = root x >= 0.45, half = root^2 = 1 or 1/2, as exp(-t^2) times a function that falls slowly. The rounding
// error of the square, which t^2 would magnify, is found by a fused product, or by splitting x into halves of 12 bits (Dekker 1971), and made good.
INLINE V erfc_positive(V x, float root, float half, float slope, int32_t shift) {
    VI beyond = x * root > 10.5f;
    x = SELECT(beyond, 0.0f, x);
    V square = x * x;
#if HAS_FMA
    V rest = __builtin_elementwise_fma(x, x, -square);
#else
    V high = FLOATS(BITS(x) & (int32_t)0xfffff000);
    V low = x - high;
    V rest = ((high * high - square) + 2.0f * (high * low)) + low * low;
#endif
#if HAS_FMA
    V denominator = __builtin_elementwise_fma(x, SPLAT(slope), SPLAT(1.0f));
    V lost = __builtin_elementwise_fma(x, SPLAT(slope), 1.0f - denominator);
    V q = 1.0f / denominator;
#else
    VD wide = 1.0 / (__builtin_convertvector(x, VD) * (double)slope + 1.0);
    V q = __builtin_convertvector(wide, V);
#endif
    V p = SPLAT(0.0602609776f);  // relative error 2^-27
    p = p * q + -0.225838766f;
    p = p * q + 0.243130475f;
    p = p * q + -0.0662249774f;
    p = p * q + 0.172381207f;
    p = p * q + 0.159245849f;
    p = p * q + 0.208377242f;
    p = p * q + 0.224267244f;
#if HAS_FMA
    p = p * q + 0.22440964f;
    // The rounding of q is made good, times the relative slope of the tail.
    V missing = __builtin_elementwise_fma(-q, denominator, SPLAT(1.0f)) - q * lost;
    V tail = p * q + (p * q) * (missing * (1.5f * q + 1.0f));
#else
    V tail = __builtin_convertvector((__builtin_convertvector(p, VD) * wide + 0.22440964) * wide, V);
#endif
    V result = scaled_exp(-half * square, half * rest, shift) * tail;
    return SELECT(beyond, 0.0f, result);
}

// erf(t) for |t| <= 1, relative error 2^-29.
INLINE V erf_small(V t) {
    V z = t * t;
    V p = SPLAT(7.80690316e-05f);
    p = p * z + -0.00079978531f;
    p = p * z + 0.0051871622f;
    p = p * z + -0.0268533472f;
    p = p * z + 0.112835787f;
    p = p * z + -0.37612626f;
    p = p * z + 0.128379166f;
    return p * t + t;
}

INLINE V v_erf(V x) {
    V t = v_abs(x);
    return v_copysign(SELECT(t < 1.0f, erf_small(t), 1.0f - erfc_positive(t, 1.0f, 1.0f, 0.397747564f, 0)), x);
}

// x times the normal distribution function, by erf near 0 and else by erfc of the side on which nothing cancels; the tail is held 2^24
// times too large, since it may be denormal where its product with x is not.
INLINE V v_gelu(V x) {
    V magnitude = v_abs(x), t = magnitude * 0.707106781f;
    V tail = erfc_positive(magnitude, 0.707106781f, 0.5f, 0.28125f, 24);
    const float scale = 0x1p-25f;
    V far = SELECT(x > 0.0f, x * (1.0f - tail * scale), (x * tail) * scale);
    V near = x * (0.5f + 0.5f * erf_small(x * 0.707106781f));
    return SELECT(t < 0.5f, near, far);
}
