// Kernels that go row by row. A row whose length is no multiple of the vector width is copied into padded scratch first, so that each
// row is treated alike wherever it lies.

// Copies a row and fills up with `rest`.
INLINE void pad_row(REAL *to, const REAL *from, int64_t columns, REAL rest) {
    for (int64_t j = 0; j < columns; j++) to[j] = from[j];
    for (int64_t j = columns; j < padded(columns); j++) to[j] = rest;
}

// With x the row less its maximum and e = exp(x), both padded: gives the sum of e. NaN anywhere makes it NaN.
INLINE REAL softmax_row(REAL *x, REAL *e, int64_t columns) {
    V top = load(x);
    for (int64_t j = WIDTH; j < padded(columns); j += WIDTH) {
        V v = load(x + j);
        top = SELECT(v > top, v, top);
    }
    const REAL maximum = lane_max(top);
    V sum = ZERO;
    for (int64_t j = 0; j < padded(columns); j += WIDTH) {
        V shifted = load(x + j) - (V)maximum;
        V exponential = v_exp(shifted);
        store(x + j, shifted);
        store(e + j, exponential);
        sum += exponential;
    }
    return lane_sum(sum);
}

INLINE REAL scalar_log(REAL x) {
    return (REAL)log((double)x);
}

// at: losses, probabilities, logits, labels; size: rows, columns. Loss = log(sum exp x) - x[label].
static void NAME(cross_entropy)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *losses = (REAL *)(arena + in->at[0]), *probabilities = (REAL *)(arena + in->at[1]);
    const REAL *logits = (const REAL *)(arena + in->at[2]);
    const int32_t *labels = (const int32_t *)(arena + in->at[3]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *x = (REAL *)scratch, *e = x + padded(columns);
    for (int64_t i = 0; i < rows; i++) {
        pad_row(x, logits + i * columns, columns, (REAL)-__builtin_inf());
        const REAL sum = softmax_row(x, e, columns);
        const int32_t label = labels[i];
        losses[i] = label >= 0 && label < columns ? scalar_log(sum) - x[label] : (REAL)__builtin_nan("");
        const REAL factor = 1 / sum;
        for (int64_t j = 0; j < columns; j++) probabilities[i * columns + j] = e[j] * factor;
    }
}

// at: gradient, probabilities, labels, adjoint of losses; size: rows, columns; flag 1 adds. d (p - onehot).
static void NAME(cross_entropy_gradient)(const nasl_instruction *in, char *arena) {
    REAL *gradient = (REAL *)(arena + in->at[0]);
    const REAL *probabilities = (const REAL *)(arena + in->at[1]), *adjoints = (const REAL *)(arena + in->at[3]);
    const int32_t *labels = (const int32_t *)(arena + in->at[2]);
    const int64_t rows = in->size[0], columns = in->size[1];
    for (int64_t i = 0; i < rows; i++) {
        REAL *to = gradient + i * columns;
        const REAL *p = probabilities + i * columns;
        const REAL d = adjoints[i];
        if (in->flags & 1)
            for (int64_t j = 0; j < columns; j++) to[j] += d * p[j];
        else
            for (int64_t j = 0; j < columns; j++) to[j] = d * p[j];
        if (labels[i] >= 0 && labels[i] < columns) to[labels[i]] -= d;
    }
}

// at: result, logits, labels; size: rows, columns. 1 where the label's value is the largest, the first of equals.
static void NAME(correct)(const nasl_instruction *in, char *arena) {
    REAL *result = (REAL *)(arena + in->at[0]);
    const REAL *logits = (const REAL *)(arena + in->at[1]);
    const int32_t *labels = (const int32_t *)(arena + in->at[2]);
    const int64_t rows = in->size[0], columns = in->size[1];
    for (int64_t i = 0; i < rows; i++) {
        const REAL *x = logits + i * columns;
        const int32_t label = labels[i];
        int32_t better = !(label >= 0 && label < columns);
        if (!better) {
            const REAL own = x[label];
            for (int64_t j = 0; j < label; j++) better |= !(x[j] < own);
            for (int64_t j = label; j < columns; j++) better |= !(x[j] <= own);
        }
        result[i] = better ? 0 : 1;
    }
}

// at: result, x; size: rows, columns. x - log(sum exp x).
static void NAME(log_softmax)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *result = (REAL *)(arena + in->at[0]);
    const REAL *from = (const REAL *)(arena + in->at[1]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *x = (REAL *)scratch, *e = x + padded(columns);
    for (int64_t i = 0; i < rows; i++) {
        pad_row(x, from + i * columns, columns, (REAL)-__builtin_inf());
        const REAL shift = scalar_log(softmax_row(x, e, columns));
        for (int64_t j = 0; j < columns; j++) result[i * columns + j] = x[j] - shift;
    }
}

// at: gradient, result, adjoint; size: rows, columns; flag 1 adds. dy - exp(y) sum(dy).
static void NAME(log_softmax_gradient)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *gradient = (REAL *)(arena + in->at[0]);
    const REAL *result = (const REAL *)(arena + in->at[1]), *adjoint = (const REAL *)(arena + in->at[2]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *p = (REAL *)scratch;
    for (int64_t i = 0; i < rows; i++) {
        const REAL *dy = adjoint + i * columns;
        REAL *to = gradient + i * columns;
        pad_row(p, result + i * columns, columns, (REAL)-__builtin_inf());
        for (int64_t j = 0; j < padded(columns); j += WIDTH) store(p + j, v_exp(load(p + j)));
        const REAL sum = NAME(block_sum)(dy, columns);
        if (in->flags & 1)
            for (int64_t j = 0; j < columns; j++) to[j] += dy[j] - p[j] * sum;
        else
            for (int64_t j = 0; j < columns; j++) to[j] = dy[j] - p[j] * sum;
    }
}
