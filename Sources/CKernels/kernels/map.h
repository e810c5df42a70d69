// One operation of the language on a block of registers: `count` values, whole vectors. `dst` may be one of the arguments.
#if WIDTH > 1
#define WIDE_UNARY(expression)                                \
    for (; i + 2 * WIDTH <= count; i += 2 * WIDTH) {          \
        typedef WV V;                                         \
        V x = load_wide(a + i);                               \
        store(dst + i, expression);                           \
    }
#else
#define WIDE_UNARY(expression)
#endif

#define UNARY(expression)                                \
    {                                                    \
        int64_t i = 0;                                   \
        WIDE_UNARY(expression)                           \
        for (; i < count; i += WIDTH) {                  \
            V x = load(a + i);                           \
            store(dst + i, expression);                  \
        }                                                \
    }                                                    \
    break

#define BINARY(expression)                               \
    for (int64_t i = 0; i < count; i += WIDTH) {         \
        V x = load(a + i), y = load(b + i);              \
        store(dst + i, expression);                      \
    }                                                    \
    break

#define TERNARY(expression)                              \
    for (int64_t i = 0; i < count; i += WIDTH) {         \
        V x = load(a + i), y = load(b + i), z = load(c + i); \
        store(dst + i, expression);                      \
    }                                                    \
    break

#define ONE ((V)(REAL)1)
#define ZERO ((V)(REAL)0)
#define NOT_A_NUMBER ((V)(REAL)__builtin_nan(""))
#define EITHER_NAN(x, y) ((x) != (x)) | ((y) != (y))

static void NAME(map)(int32_t op, int64_t count, REAL *dst, const REAL *a, const REAL *b, const REAL *c) {
    switch (op) {
    case NASL_NEG: UNARY(-x);
    case NASL_ABS: UNARY(v_abs(x));
    case NASL_SIGN: UNARY(SELECT(x > ZERO, ONE, SELECT(x < ZERO, -ONE, x)));
    case NASL_SQUARE: UNARY(x * x);
    case NASL_CUBE: UNARY(x * x * x);
    case NASL_SQRT: UNARY(v_sqrt(x));
    case NASL_EXP: UNARY(v_exp(x));
    case NASL_LOG: UNARY(v_log(x));
    case NASL_SIN: UNARY(v_sin(x));
    case NASL_COS: UNARY(v_cos(x));
    case NASL_TAN: UNARY(v_tan(x));
    case NASL_SINH: UNARY(v_sinh(x));
    case NASL_COSH: UNARY(v_cosh(x));
    case NASL_TANH: UNARY(v_tanh(x));
    case NASL_ASINH: UNARY(v_asinh(x));
    case NASL_ATAN: UNARY(v_atan(x));
    case NASL_SINC: UNARY(v_sinc(x));
    case NASL_SIGMOID: UNARY(v_sigmoid(x));
    case NASL_RELU: UNARY(SELECT(x <= ZERO, ZERO, x));
    case NASL_SOFTPLUS: UNARY(v_softplus(x));
    case NASL_ERF: UNARY(v_erf(x));
    case NASL_GELU: UNARY(v_gelu(x));
    case NASL_FLOOR: UNARY(v_floor(x));
    case NASL_ROUND: UNARY(v_round(x));
    case NASL_ID:
    case NASL_LEFT: UNARY(x);
    case NASL_ADD: BINARY(x + y);
    case NASL_SUB: BINARY(x - y);
    case NASL_MUL: BINARY(x * y);
    case NASL_DIV: BINARY(x / y);
    case NASL_POW: BINARY(v_pow(x, y));
    case NASL_MAX: BINARY(SELECT(EITHER_NAN(x, y), NOT_A_NUMBER, SELECT(x >= y, x, y)));
    case NASL_MIN: BINARY(SELECT(EITHER_NAN(x, y), NOT_A_NUMBER, SELECT(x <= y, x, y)));
    case NASL_MOD: BINARY(x - y * v_floor(x / y));
    case NASL_CLIP: BINARY(SELECT(EITHER_NAN(x, y), NOT_A_NUMBER, SELECT(SELECT(x > -y, x, -y) < y, SELECT(x > -y, x, -y), y)));
    case NASL_LESS: BINARY(SELECT(x < y, ONE, ZERO));
    case NASL_LESS_OR_EQUAL: BINARY(SELECT(x <= y, ONE, ZERO));
    case NASL_GREATER: BINARY(SELECT(x > y, ONE, ZERO));
    case NASL_GREATER_OR_EQUAL: BINARY(SELECT(x >= y, ONE, ZERO));
    case NASL_EQUAL: BINARY(SELECT(x == y, ONE, ZERO));
    case NASL_NOT_EQUAL: BINARY(SELECT(x != y, ONE, ZERO));
    case NASL_SELECT: TERNARY(SELECT(x != ZERO, y, z));
    case NASL_MULTIPLY_ADD: TERNARY(x * y + z);
    case NASL_MULTIPLY_SUBTRACT: TERNARY(x * y - z);
    case NASL_SUBTRACT_PRODUCT: TERNARY(z - x * y);
    }
}

// For tests and benchmarks.
static void NAME(map_any)(int32_t op, int64_t count, void *dst, const void *a, const void *b, const void *c) {
    NAME(map)(op, count, dst, a, b, c);
}
