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
    V e = normal_exp(-SELECT(magnitude > 87.0f, 87.0f, magnitude));
    return SELECT(x < 0.0f, e, 1.0f) / (1.0f + e);
}

// tanh of a cell, to 6 units in the last place: a rational function of relative error 2^-29 up to 9.02, where it rounds to 1.
INLINE V v_cell(V x) {
    x = SELECT(x > 9.02f, 9.02f, SELECT(x < -9.02f, -9.02f, x));
    V z = x * x;
    V p = SPLAT(-1.22035466e-11f);
    p = p * z + 3.05851351e-08f;
    p = p * z + 2.80075064e-05f;
    p = p * z + 0.0038683301f;
    p = p * z + 0.136799169f;
    p = p * z + 1.0f;
    V q = SPLAT(1.2873699e-06f);
    q = q * z + 0.000393863527f;
    q = q * z + 0.0272458474f;
    q = q * z + 0.47013249f;
    q = q * z + 1.0f;
    return (x * p) / q;
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
