// The functions of one value by the C library: the reference. Floats go through doubles, so that they are rounded correctly in all but
// rare cases and do not depend on which of its variants the library picks for the CPU.
INLINE V v_abs(V x) { return (V)fabs((double)x); }
INLINE V v_sqrt(V x) { return (V)sqrt((double)x); }
INLINE V v_floor(V x) { return (V)floor((double)x); }
INLINE V v_round(V x) { return (V)rint((double)x); }
INLINE V v_exp(V x) { return (V)exp((double)x); }
INLINE V v_falling_exp(V x) { return v_exp(x); }
INLINE V v_log(V x) { return (V)log((double)x); }
INLINE V v_sin(V x) { return (V)sin((double)x); }
INLINE V v_cos(V x) { return (V)cos((double)x); }
INLINE V v_tan(V x) { return (V)tan((double)x); }
INLINE V v_sinh(V x) { return (V)sinh((double)x); }
INLINE V v_cosh(V x) { return (V)cosh((double)x); }
INLINE V v_tanh(V x) { return (V)tanh((double)x); }
INLINE V v_asinh(V x) { return (V)asinh((double)x); }
INLINE V v_atan(V x) { return (V)atan((double)x); }
INLINE V v_sinc(V x) { return x == 0 ? (V)1 : (V)(sin((double)x) / (double)x); }
INLINE V v_sigmoid(V x) { return (V)(1 / (1 + exp(-(double)x))); }
INLINE V v_gate(V x) { return v_sigmoid(x); }
INLINE V v_cell(V x) { return v_tanh(x); }
INLINE V v_softplus(V x) { return x != x ? x : (V)((x > 0 ? (double)x : 0) + log1p(exp(-fabs((double)x)))); }
INLINE V v_erf(V x) { return (V)erf((double)x); }
INLINE V v_gelu(V x) { return (V)(0.5 * (double)x * erfc(-(double)x * 0.70710678118654752440)); }
INLINE V v_pow(V x, V y) { return (V)pow((double)x, (double)y); }
