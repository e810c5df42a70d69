// exp, log and log1p of vectors.

// 2^n for n in -126...127.
INLINE V power_of_two(VI n) { return FLOATS((n + 127) << 23); }

// x = n ln 2 + r with |r| <= ln 2 / 2, for |x| < 1000.
INLINE V reduce_exp(V x, VI *n) {
    V shifted = x * 1.44269504f + 12582912.0f;  // 1.5 * 2^23: the whole part ends up in the low bits
    *n = BITS(shifted) - 0x4b400000;
    V whole = shifted - 12582912.0f;
    return (x - whole * 0.693359375f) - whole * -2.12194440e-4f;
}

// exp(r) - 1 on the reduced range, relative error 2^-26.
INLINE V reduced_expm1(V r) {
    V p = SPLAT(0.00138718786f);
    p = p * r + 0.00836687628f;
    p = p * r + 0.0416674316f;
    p = p * r + 0.16666542f;
    p = p * r + 0.49999997f;
    return (p * r) * r + r;
}

// exp(x - low) * 2^shift for small `low`; the scale is applied in two factors, so that results may be denormal or just below infinity.
INLINE V scaled_exp(V x, V low, int32_t shift) {
    // What is 0 in any case is not computed: products that underflow are slow.
    VI vanishes = x < -104.0f - 0.6931472f * (float)shift;
    V limited = SELECT(vanishes, 0.0f, SELECT(x > 90.0f, 90.0f, x));
    VI n;
    V r = reduce_exp(limited, &n) - low;
    n += shift;
    VI half = n >> 1;
    V result = ((reduced_expm1(r) + 1.0f) * power_of_two(half)) * power_of_two(n - half);
    return SELECT(vanishes, 0.0f, result);
}

// exp(x) for |x| <= 87, in one scaling; NaN for NaN.
INLINE V normal_exp(V x) {
    VI n;
    V r = reduce_exp(x, &n);
    return (reduced_expm1(r) + 1.0f) * power_of_two(n);
}

// Where both ways can be gone, they give the same bits.
INLINE V v_exp(V x) { return ANY(v_abs(x) > 87.0f) ? scaled_exp(x, SPLAT(0.0f), 0) : normal_exp(x); }

// exp(x) for x <= 0, and 0 instead of what is below 2e-38.
INLINE V v_falling_exp(V x) {
    VI vanishes = x < -87.0f;
    return SELECT(vanishes, 0.0f, normal_exp(SELECT(vanishes, 0.0f, x)));
}

// exp(x) - 1 for 0 <= x <= 40, accurate near 0 too.
INLINE V small_expm1(V x) {
    VI n;
    V r = reduce_exp(x, &n);
    V scale = power_of_two(n);
    return scale * reduced_expm1(r) + (scale - 1.0f);
}

// log(1 + f) for f in sqrt(1/2) - 1 ... sqrt(2) - 1, plus e ln 2: with s = f / (2 + f) it is 2 artanh(s) = f - s (f - R), relative error 2^-30.
INLINE V log_of_parts(V f, V e) {
    V s = f / (2.0f + f), z = s * s;
    V r = SPLAT(0.298712075f);
    r = r * z + 0.399775654f;
    r = r * z + 0.666667759f;
    V low = s * (f - z * r) - e * -2.12194440e-4f;
    return (f - low) + e * 0.693359375f;
}

// Any argument.
INLINE V full_log(V x) {
    VI tiny = x < 1.17549435e-38f;
    V scaled = SELECT(tiny, x * 8388608.0f, x);
    VI bits = BITS(scaled) - 0x3f3504f3;  // from sqrt(1/2) on
    VI exponent = bits >> 23;
    V f = FLOATS(BITS(scaled) - (exponent << 23)) - 1.0f;
    V e = __builtin_convertvector(exponent, V) - SELECT(tiny, 23.0f, 0.0f);
    V result = log_of_parts(f, e);
    result = SELECT(x < __builtin_inff(), result, x);  // infinity and NaN
    result = SELECT(x == 0.0f, -__builtin_inff(), result);
    return FLOATS(BITS(result) | ~(x >= 0.0f));
}

// The same bits, where no lane is zero, denormal or infinite; negative numbers and NaN give NaN.
INLINE V v_log(V x) {
    V t = v_abs(x);
    if (ANY((t < 1.17549435e-38f) | (t == __builtin_inff()))) return full_log(x);
    VI exponent = (BITS(x) - 0x3f3504f3) >> 23;  // from sqrt(1/2) on
    V f = FLOATS(BITS(x) - (exponent << 23)) - 1.0f;
    return FLOATS(BITS(log_of_parts(f, __builtin_convertvector(exponent, V))) | ~(x > 0.0f));
}

// log(1 + u) for u in 0 ... 1; above sqrt(2) - 1 the argument is halved, which is exact.
INLINE V log1p_of_fraction(V u) {
    VI large = u > 0.414213562f;
    return log_of_parts(SELECT(large, 0.5f * (u - 1.0f), u), SELECT(large, 1.0f, 0.0f));
}
