// Kernels that go row by row. A row is copied into padded scratch first, so that each is treated alike wherever it lies.

// Copies a row and fills up with `rest`. It reads whole vectors, and so past the end of the row: buffers are padded.
INLINE void pad_row(REAL *to, const REAL *from, int64_t columns, REAL rest) {
    static const REAL numbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const int64_t whole = columns & ~(int64_t)15;
    for (int64_t j = 0; j < whole; j += WIDTH) store(to + j, load(from + j));
    for (int64_t j = whole; j < padded(columns); j += WIDTH)
        store(to + j, SELECT(load(numbers + (j - whole)) < (V)(REAL)(columns - whole), load(from + j), (V)rest));
}

// Stores a row from scratch; the last vector overlaps the one before, so that nothing is written past the end.
INLINE void store_row(REAL *to, const REAL *from, int64_t columns) {
    if (columns < WIDTH) {
        for (int64_t j = 0; j < columns; j++) to[j] = from[j];
        return;
    }
    for (int64_t j = 0; j + WIDTH <= columns; j += WIDTH) store(to + j, load(from + j));
    store(to + columns - WIDTH, load(from + columns - WIDTH));
}

// The same; where `accumulate` is set, what is there is added, and `from` changed.
INLINE void put_row(REAL *to, REAL *from, int64_t columns, int accumulate) {
    if (accumulate)
        for (int64_t j = 0; j < columns; j += WIDTH) store(from + j, load(from + j) + load(to + j));
    store_row(to, from, columns);
}

// Rows whose logarithms are taken together.
enum { ROW_GROUP = 64 };

// Natural logarithms in place.
static void NAME(logarithms)(REAL *x, int64_t count) {
    int64_t j = 0;
    for (; j + WIDTH <= count; j += WIDTH) store(x + j, v_log(load(x + j)));
    for (; j < count; j++) {
        // A lone value goes through the same function as those in vectors.
        REAL last[WIDTH];
        store(last, v_log((V)x[j]));
        x[j] = last[0];
    }
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
        V exponential = v_falling_exp(shifted);
        store(x + j, shifted);
        store(e + j, exponential);
        sum += exponential;
    }
    return lane_sum(sum);
}

// at: losses, probabilities, logits, labels; size: rows, columns. Loss = log(sum exp x) - x[label].
static void NAME(cross_entropy)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *losses = (REAL *)(arena + in->at[0]), *probabilities = (REAL *)(arena + in->at[1]);
    const REAL *logits = (const REAL *)(arena + in->at[2]);
    const int32_t *labels = (const int32_t *)(arena + in->at[3]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *x = (REAL *)scratch, *e = x + padded(columns), *chosen = e + padded(columns);
    for (int64_t start = 0; start < rows; start += ROW_GROUP) {
        const int64_t count = rows - start < ROW_GROUP ? rows - start : ROW_GROUP;
        for (int64_t i = start; i < start + count; i++) {
            pad_row(x, logits + i * columns, columns, (REAL)-__builtin_inf());
            const REAL sum = softmax_row(x, e, columns);
            const int32_t label = labels[i];
            losses[i] = sum;
            chosen[i - start] = label >= 0 && label < columns ? x[label] : (REAL)__builtin_nan("");
            const V factor = (V)(1 / sum);
            for (int64_t j = 0; j < columns; j += WIDTH) store(e + j, load(e + j) * factor);
            store_row(probabilities + i * columns, e, columns);
        }
        NAME(logarithms)(losses + start, count);
        for (int64_t i = 0; i < count; i++) losses[start + i] -= chosen[i];
    }
}

// at: gradient, probabilities, labels, adjoint of losses; size: rows, columns; flag 1 adds. d (p - onehot).
static void NAME(cross_entropy_gradient)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *gradient = (REAL *)(arena + in->at[0]);
    const REAL *probabilities = (const REAL *)(arena + in->at[1]), *adjoints = (const REAL *)(arena + in->at[3]);
    const int32_t *labels = (const int32_t *)(arena + in->at[2]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *x = (REAL *)scratch;
    for (int64_t i = 0; i < rows; i++) {
        const REAL *p = probabilities + i * columns;
        const REAL d = adjoints[i];
        for (int64_t j = 0; j < columns; j += WIDTH) store(x + j, load(p + j) * (V)d);
        put_row(gradient + i * columns, x, columns, in->flags & 1);
        if (labels[i] >= 0 && labels[i] < columns) gradient[i * columns + labels[i]] -= d;
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
        REAL shift = softmax_row(x, e, columns);
        NAME(logarithms)(&shift, 1);
        for (int64_t j = 0; j < columns; j += WIDTH) store(x + j, load(x + j) - (V)shift);
        store_row(result + i * columns, x, columns);
    }
}

// at: gradient, result, adjoint; size: rows, columns; flag 1 adds. dy - exp(y) sum(dy).
static void NAME(log_softmax_gradient)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *gradient = (REAL *)(arena + in->at[0]);
    const REAL *result = (const REAL *)(arena + in->at[1]), *adjoint = (const REAL *)(arena + in->at[2]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *p = (REAL *)scratch, *dy = p + padded(columns);
    for (int64_t i = 0; i < rows; i++) {
        pad_row(p, result + i * columns, columns, (REAL)-__builtin_inf());
        pad_row(dy, adjoint + i * columns, columns, 0);
        const V sum = (V)NAME(block_sum)(dy, padded(columns));
        for (int64_t j = 0; j < columns; j += WIDTH) store(p + j, load(dy + j) - v_falling_exp(load(p + j)) * sum);
        put_row(gradient + i * columns, p, columns, in->flags & 1);
    }
}
