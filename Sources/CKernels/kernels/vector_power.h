// Powers of vectors.

// log2 and exp2 in double precision, good to 2^-45 and 2^-34: enough for a power of floats, whose exponent is below 150.
INLINE VD wide_log2(VD x) {
    VL bits = __builtin_bit_cast(VL, x) - 0x3fe6a09e667f3bcd;  // from sqrt(1/2) on
    VL exponent = bits >> 52;
    VD m = __builtin_bit_cast(VD, __builtin_bit_cast(VL, x) - (exponent << 52));
    VD s = (m - 1.0) / (m + 1.0), z = s * s;
    VD p = (VD)0.28295489325800255;
    p = p * z + 0.31990199091090094;
    p = p * z + 0.4122093394444241;
    p = p * z + 0.5770779415380058;
    p = p * z + 0.9617966941160557;
    p = p * z + 2.8853900817778486;
    return p * s + __builtin_convertvector(exponent, VD);
}

INLINE VD wide_exp2(VD x) {
    VD limited = x < -200.0 ? (VD)-200.0 : x > 200.0 ? (VD)200.0 : x;
    VD shifted = limited + 6755399441055744.0;  // 1.5 * 2^52
    VL n = __builtin_bit_cast(VL, shifted) - 0x4338000000000000;
    VD r = limited - (shifted - 6755399441055744.0);
    VD p = (VD)1.5201707905568123e-05;
    p = p * r + 0.0001546955319982521;
    p = p * r + 0.0013333925485443847;
    p = p * r + 0.009618026441924098;
    p = p * r + 0.055504103472701447;
    p = p * r + 0.24022651204158654;
    p = p * r + 0.6931471807311554;
    p = p * r + 0.9999999999610726;
    return p * __builtin_bit_cast(VD, (n + 1023) << 52);
}

// Ordinary operands; the rest (zeros, infinities, NaN) is left to the C library, lane by lane.
INLINE V v_pow(V x, V y) {
    V t = v_abs(x);
    V result = __builtin_convertvector(wide_exp2(__builtin_convertvector(y, VD) * wide_log2(__builtin_convertvector(t, VD))), V);
    V magnitude = v_abs(y);
    VI whole = v_floor(magnitude) == magnitude;
    V half = 0.5f * magnitude;
    VI odd = whole & (v_floor(half) != half);
    V signed_result = SELECT(whole, FLOATS(BITS(result) ^ (odd & (int32_t)0x80000000)), __builtin_nanf(""));
    result = SELECT(x < 0.0f, signed_result, result);
    VI rest = ~((t > 0.0f) & (t < __builtin_inff()) & (magnitude < __builtin_inff()));
    if (__builtin_reduce_or(rest)) {
        float values[WIDTH], bases[WIDTH], exponents[WIDTH];
        int32_t marks[WIDTH];
        __builtin_memcpy(values, &result, sizeof values);
        __builtin_memcpy(bases, &x, sizeof bases);
        __builtin_memcpy(exponents, &y, sizeof exponents);
        __builtin_memcpy(marks, &rest, sizeof marks);
        for (int j = 0; j < WIDTH; j++)
            if (marks[j]) values[j] = (float)pow((double)bases[j], (double)exponents[j]);
        __builtin_memcpy(&result, values, sizeof values);
    }
    return result;
}
