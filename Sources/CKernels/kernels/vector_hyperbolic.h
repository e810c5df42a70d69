// tanh, sigmoid, softplus, sinh, cosh and asinh of vectors, by exp and log.

INLINE V v_tanh(V x) {
    V magnitude = v_abs(x);
    V limited = SELECT(magnitude > 10.0f, 10.0f, magnitude);
    V e = small_expm1(2.0f * limited);
    return v_copysign(e / (e + 2.0f), x);
}

INLINE V v_sigmoid(V x) {
    V e = v_exp(-v_abs(x));
    return SELECT(x < 0.0f, e, 1.0f) / (1.0f + e);
}

// The sigmoid of a gate, in one scaling: below -87 it is 1.6e-38 instead of less.
INLINE V v_gate(V x) {
    V magnitude = v_abs(x);
    VI n;
    V r = reduce_exp(-SELECT(magnitude > 87.0f, 87.0f, magnitude), &n);
    V e = (reduced_expm1(r) + 1.0f) * power_of_two(n);
    return SELECT(x < 0.0f, e, 1.0f) / (1.0f + e);
}

INLINE V v_softplus(V x) {
    V result = log1p_of_fraction(v_exp(-v_abs(x))) + SELECT(x > 0.0f, x, 0.0f);
    return SELECT(x == x, result, x);
}

INLINE V v_sinh(V x) {
    V t = v_abs(x), z = t * t;
    V p = SPLAT(2.78221319e-06f);  // relative error 2^-31 for t <= 1
    p = p * z + 0.000198428956f;
    p = p * z + 0.00833331048f;
    p = p * z + 0.166666672f;
    V small = (p * z) * t + t;
    V half = scaled_exp(t, SPLAT(0.0f), -1);
    return v_copysign(SELECT(t < 1.0f, small, half - 0.25f / half), x);
}

INLINE V v_cosh(V x) {
    V half = scaled_exp(v_abs(x), SPLAT(0.0f), -1);
    return half + 0.25f / half;
}

INLINE V v_asinh(V x) {
    V t = v_abs(x);
    VI large = t > 1e4f;
    V z = SELECT(large, 0.0f, t * t);
    V u = t + z / (1.0f + v_sqrt(z + 1.0f));
    V w = SELECT(large, t, 1.0f + u);
    V lost = SELECT(large, 0.0f, u - (w - 1.0f));
    V result = v_log(w) + (lost / w + SELECT(large, 0.693147181f, 0.0f));
    return v_copysign(result, x);
}
