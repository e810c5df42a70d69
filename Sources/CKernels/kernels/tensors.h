// Moving, filling and summing.

// at: result; size: count; value: what.
static void NAME(fill)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    for (int64_t i = 0; i < in->size[0]; i++) to[i] = (REAL)in->value[0];
}

// at: result, from; size: rows, columns, row lengths of result and from; flag 1 adds.
static void NAME(copy_columns)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    const REAL *from = (const REAL *)(arena + in->at[1]);
    for (int64_t i = 0; i < in->size[0]; i++, to += in->size[2], from += in->size[3]) {
        if (in->flags & 1)
            for (int64_t j = 0; j < in->size[1]; j++) to[j] += from[j];
        else
            for (int64_t j = 0; j < in->size[1]; j++) to[j] = from[j];
    }
}

// at: result, from; size: count; value: factor. The sum of blocks of 512, added in order.
static void NAME(sum)(const nasl_instruction *in, char *arena) {
    const REAL *from = (const REAL *)(arena + in->at[1]);
    REAL total = 0;
    for (int64_t start = 0; start < in->size[0]; start += 512)
        total += NAME(block_sum)(from + start, in->size[0] - start < 512 ? in->size[0] - start : 512);
    *(REAL *)(arena + in->at[0]) = total * (REAL)in->value[0];
}

// at: gradient, adjoint of the sum; size: count; value: factor; flag 1 adds.
static void NAME(sum_gradient)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    const REAL d = *(const REAL *)(arena + in->at[1]) * (REAL)in->value[0];
    if (in->flags & 1)
        for (int64_t i = 0; i < in->size[0]; i++) to[i] += d;
    else
        for (int64_t i = 0; i < in->size[0]; i++) to[i] = d;
}

// at: result, from; size: rows, columns; flag 1 adds.
static void NAME(column_sum)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    const REAL *from = (const REAL *)(arena + in->at[1]);
    if (!(in->flags & 1))
        for (int64_t j = 0; j < in->size[1]; j++) to[j] = 0;
    for (int64_t i = 0; i < in->size[0]; i++, from += in->size[1])
        for (int64_t j = 0; j < in->size[1]; j++) to[j] += from[j];
}

// at: result, tokens, table; size: tokens, width, words. A token outside the table gives NaN.
static void NAME(embedding)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    const int32_t *tokens = (const int32_t *)(arena + in->at[1]);
    const REAL *table = (const REAL *)(arena + in->at[2]);
    const int64_t width = in->size[1];
    for (int64_t i = 0; i < in->size[0]; i++, to += width) {
        if (tokens[i] >= 0 && tokens[i] < in->size[2])
            store_row(to, table + tokens[i] * width, width);
        else
            for (int64_t j = 0; j < width; j++) to[j] = (REAL)__builtin_nan("");
    }
}

// at: gradient of the table, tokens, adjoint; size: tokens, width, words. Always adds.
static void NAME(embedding_gradient)(const nasl_instruction *in, char *arena) {
    REAL *table = (REAL *)(arena + in->at[0]);
    const int32_t *tokens = (const int32_t *)(arena + in->at[1]);
    const REAL *from = (const REAL *)(arena + in->at[2]);
    const int64_t width = in->size[1];
    for (int64_t i = 0; i < in->size[0]; i++, from += width) {
        if (tokens[i] < 0 || tokens[i] >= in->size[2]) continue;
        REAL *to = table + tokens[i] * width;
        for (int64_t j = 0; j < width; j++) to[j] += from[j];
    }
}

// at: result, tokens, tables one below another, bias; size: rows, width, tables, words of each. Each row is the bias and one row of each table; a
// token outside gives NaN.
static void NAME(embedding_sum)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    const int32_t *tokens = (const int32_t *)(arena + in->at[1]);
    const REAL *tables = (const REAL *)(arena + in->at[2]), *bias = (const REAL *)(arena + in->at[3]);
    const int64_t width = in->size[1], count = in->size[2], words = in->size[3];
    enum { AT_ONCE = 4 };
    for (int64_t i = 0; i < in->size[0]; i++, to += width, tokens += count)
        for (int64_t first = 0; first < count || first == 0; first += AT_ONCE) {
            const int64_t some = count - first < AT_ONCE ? count - first : AT_ONCE;
            const REAL *start = first == 0 ? bias : to, *from[AT_ONCE];
            REAL spoilt = 0;
            for (int64_t t = 0; t < some; t++) {
                const int32_t token = tokens[first + t];
                const int fits = token >= 0 && token < words;
                from[t] = tables + ((first + t) * words + (fits ? token : 0)) * width;
                if (!fits) spoilt = (REAL)__builtin_nan("");
            }
            for (int64_t j = 0; j < width; j += WIDTH) {
                V sum = load(start + j) + (V)spoilt;
                for (int64_t t = 0; t < some; t++) sum += load(from[t] + j);
                put(to + j, sum, width - j);
            }
        }
}

// at: gradient of the tables, tokens, adjoint; size: rows, width, tables, words of each. Always adds.
static void NAME(embedding_sum_gradient)(const nasl_instruction *in, char *arena) {
    REAL *tables = (REAL *)(arena + in->at[0]);
    const int32_t *tokens = (const int32_t *)(arena + in->at[1]);
    const REAL *from = (const REAL *)(arena + in->at[2]);
    const int64_t width = in->size[1], count = in->size[2], words = in->size[3];
    for (int64_t i = 0; i < in->size[0]; i++, from += width, tokens += count)
        for (int64_t t = 0; t < count; t++) {
            if (tokens[t] < 0 || tokens[t] >= words) continue;
            REAL *restrict to = tables + (t * words + tokens[t]) * width;
            for (int64_t j = 0; j < width; j++) to[j] += from[j];
        }
}
