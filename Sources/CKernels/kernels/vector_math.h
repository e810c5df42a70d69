// Elementary functions of float vectors without branches. Each is right at zero, infinities, NaN and denormals; the tests hold them to
// 4 units in the last place against the C library in double precision. Arguments are reduced as by Cody & Waite (Software Manual for
// the Elementary Functions, 1980); the polynomials are minimax fits on the reduced range, their errors beside them.

// All of this is inlined: no vector is ever passed to a call.
#pragma clang diagnostic ignored "-Wpsabi"

#define BITS(v) (__builtin_bit_cast(VI, (v)))
#define FLOATS(v) (__builtin_bit_cast(V, (v)))
#define SPLAT(x) ((V)(x))
#define EACH(x) ((VI)(x))

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

INLINE V v_exp(V x) { return scaled_exp(x, SPLAT(0.0f), 0); }

// exp(x) - 1 for 0 <= x <= 40, accurate near 0 too.
INLINE V small_expm1(V x) {
    VI n;
    V r = reduce_exp(x, &n);
    V scale = power_of_two(n);
    return scale * reduced_expm1(r) + (scale - 1.0f);
}

// log(1 + f) for f in sqrt(1/2) - 1 ... sqrt(2) - 1, plus e ln 2, relative error 2^-30.
INLINE V log_of_parts(V f, V e) {
    V q = SPLAT(0.0679251701f);
    q = q * f + -0.117280975f;
    q = q * f + 0.11894761f;
    q = q * f + -0.123968266f;
    q = q * f + 0.142175928f;
    q = q * f + -0.166684866f;
    q = q * f + 0.20002237f;
    q = q * f + -0.25f;
    q = q * f + 0.333333105f;
    V square = f * f;
    V low = (q * f) * square + e * -2.12194440e-4f;
    return (f - (0.5f * square - low)) + e * 0.693359375f;
}

INLINE V v_log(V x) {
    VI tiny = x < 1.17549435e-38f;
    V scaled = SELECT(tiny, x * 8388608.0f, x);
    VI bits = BITS(scaled) - 0x3f3504f3;  // from sqrt(1/2) on
    VI exponent = bits >> 23;
    V f = FLOATS(BITS(scaled) - (exponent << 23)) - 1.0f;
    V e = __builtin_convertvector(exponent, V) - SELECT(tiny, 23.0f, 0.0f);
    V result = log_of_parts(f, e);
    result = SELECT(x < __builtin_inff(), result, x);  // infinity and NaN
    result = SELECT(x == 0.0f, -__builtin_inff(), result);
    return SELECT(x < 0.0f, __builtin_nanf(""), result);
}

// log(1 + u) for u >= 0: the rounding of 1 + u is made good to first order.
INLINE V v_log1p_positive(V u) {
    V w = 1.0f + u;
    V lost = u - (w - 1.0f);
    V result = v_log(w) + lost / w;
    return SELECT(u < __builtin_inff(), result, u);
}

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

INLINE V v_softplus(V x) {
    V result = v_log1p_positive(v_exp(-v_abs(x))) + SELECT(x > 0.0f, x, 0.0f);
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

INLINE V sin_of_quarters(V r, VI n) {
    V value = SELECT((n & 1) != 0, reduced_cos(r), reduced_sin(r));
    return negated_if((n >> 1) & 1, value);
}

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

INLINE V v_sin(V x) {
    VI n;
    V r = reduce_by_quarters(x, &n);
    V result = SELECT(x == 0.0f, x, sin_of_quarters(r, n));
    PATCH(result, x, ~(v_abs(x) <= TRIGONOMETRIC_LIMIT), sin);
    return result;
}

INLINE V v_cos(V x) {
    VI n;
    V r = reduce_by_quarters(x, &n);
    V result = sin_of_quarters(r, n + 1);
    PATCH(result, x, ~(v_abs(x) <= TRIGONOMETRIC_LIMIT), cos);
    return result;
}

INLINE V v_tan(V x) {
    VI n;
    V r = reduce_by_quarters(x, &n);
    V s = reduced_sin(r), c = reduced_cos(r);
    VI odd = (n & 1) != 0;
    V result = SELECT(odd, -c, s) / SELECT(odd, s, c);
    result = SELECT(x == 0.0f, x, result);
    PATCH(result, x, ~(v_abs(x) <= TRIGONOMETRIC_LIMIT), tan);
    return result;
}

INLINE V v_sinc(V x) {
    V s = v_sin(x);
    return SELECT(x == 0.0f, 1.0f, s / x);
}

// erfc(t) * 2^shift for t = root x >= 0.45, half = root^2 = 1 or 1/2, as exp(-t^2) times a function that falls slowly. The rounding error of
// the square, which t^2 would magnify, is found by splitting x into halves of 12 bits (Dekker 1971) and made good.
INLINE V erfc_positive(V x, float root, float half, float slope, int32_t shift) {
    VI beyond = x * root > 10.5f;
    x = SELECT(beyond, 0.0f, x);
    V high = FLOATS(BITS(x) & (int32_t)0xfffff000);
    V low = x - high;
    V square = x * x;
    V rest = ((high * high - square) + 2.0f * (high * low)) + low * low;
    V q = 1.0f / (x * slope + 1.0f);
    V missing = __builtin_convertvector(1.0 - __builtin_convertvector(q, VD) * (__builtin_convertvector(x, VD) * (double)slope + 1.0), V);
    V p = SPLAT(0.0602609776f);  // relative error 2^-27
    p = p * q + -0.225838766f;
    p = p * q + 0.243130475f;
    p = p * q + -0.0662249774f;
    p = p * q + 0.172381207f;
    p = p * q + 0.159245849f;
    p = p * q + 0.208377242f;
    p = p * q + 0.224267244f;
    p = p * q + 0.22440964f;
    // The rounding of q is made good, times the relative slope of the tail.
    V correction = (p * q) * (missing * (1.5f * q + 1.0f));
    V tail = p * q + correction;
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
