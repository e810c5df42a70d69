// Normalising by mean and variance: of each channel over the batch, or of each row.

// Rows that are summed side by side, so that no sum waits for the one before it.
enum { SUM_ROWS = 8 };

// to[j] = sum over `rows` rows of x[j] (and of x[j] * y[j], where y is given: `products`). `partial` holds SUM_ROWS * columns values.
INLINE void NAME(column_sums)(REAL *restrict to, const REAL *restrict x, const REAL *restrict y, const REAL *restrict middle, int64_t rows,
                              int64_t columns, REAL *restrict partial) {
    for (int64_t j = 0; j < SUM_ROWS * columns; j++) partial[j] = 0;
    for (int64_t i = 0; i < rows; i++) {
        REAL *restrict sum = partial + (i % SUM_ROWS) * columns;
        const REAL *restrict a = x + i * columns;
        if (y) {
            const REAL *restrict b = y + i * columns;
            for (int64_t j = 0; j < columns; j++) sum[j] += (a[j] - middle[j]) * b[j];
        } else if (middle) {
            for (int64_t j = 0; j < columns; j++) sum[j] += (a[j] - middle[j]) * (a[j] - middle[j]);
        } else {
            for (int64_t j = 0; j < columns; j++) sum[j] += a[j];
        }
    }
    for (int half = SUM_ROWS / 2; half > 0; half /= 2)
        for (int64_t j = 0; j < half * columns; j++) partial[j] += partial[j + half * columns];
    for (int64_t j = 0; j < columns; j++) to[j] = partial[j];
}

// Rows of a block that stays in the first cache.
INLINE int64_t NAME(block_rows)(int64_t columns) { return columns > 512 ? 8 : 4096 / columns; }

// at: result, x, scale, shift, saved (mean, 1 / deviation), running (mean, variance); size: rows, columns; value: epsilon, momentum.
// Means and squares of blocks are joined as by Chan, Golub & LeVeque (1983), so that no large numbers cancel.
static void NAME(batch_norm)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *result = (REAL *)(arena + in->at[0]);
    const REAL *x = (const REAL *)(arena + in->at[1]), *scale = (const REAL *)(arena + in->at[2]), *shift = (const REAL *)(arena + in->at[3]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *mean = (REAL *)(arena + in->at[4]), *inverse = mean + columns;
    REAL *running_mean = (REAL *)(arena + in->at[5]), *running_variance = running_mean + columns;
    REAL *partial = (REAL *)scratch, *block_mean = partial + SUM_ROWS * columns, *block_square = block_mean + columns;
    REAL *square = block_square + columns;
    for (int64_t j = 0; j < columns; j++) mean[j] = square[j] = 0;
    const int64_t block = NAME(block_rows)(columns);
    for (int64_t start = 0; start < rows; start += block) {
        const int64_t count = rows - start < block ? rows - start : block;
        NAME(column_sums)(block_mean, x + start * columns, 0, 0, count, columns, partial);
        for (int64_t j = 0; j < columns; j++) block_mean[j] /= (REAL)count;
        NAME(column_sums)(block_square, x + start * columns, 0, block_mean, count, columns, partial);
        const REAL share = (REAL)count / (REAL)(start + count), weight = (REAL)start * share;
        for (int64_t j = 0; j < columns; j++) {
            const REAL difference = block_mean[j] - mean[j];
            mean[j] += difference * share;
            square[j] += block_square[j] + difference * difference * weight;
        }
    }
    const REAL momentum = (REAL)in->value[1], unbiased = 1 / (REAL)(rows > 1 ? rows - 1 : 1);
    for (int64_t j = 0; j < columns; j++) {
        inverse[j] = 1 / __builtin_elementwise_sqrt(square[j] / (REAL)rows + (REAL)in->value[0]);
        running_mean[j] += momentum * (mean[j] - running_mean[j]);
        running_variance[j] += momentum * (square[j] * unbiased - running_variance[j]);
        block_mean[j] = scale[j] * inverse[j];
        block_square[j] = shift[j] - mean[j] * block_mean[j];
    }
    for (int64_t i = 0; i < rows; i++) {
        REAL *restrict to = result + i * columns;
        const REAL *restrict from = x + i * columns;
        for (int64_t j = 0; j < columns; j++) to[j] = (from[j] - mean[j]) * block_mean[j] + shift[j];
    }
}

// at: gradients of x, scale, shift (any may be absent), x, scale, saved, adjoint; size: rows, columns; flags: 1, 2, 4 add to these.
static void NAME(batch_norm_gradient)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *dx = in->at[0] < 0 ? 0 : (REAL *)(arena + in->at[0]);
    REAL *dscale = in->at[1] < 0 ? 0 : (REAL *)(arena + in->at[1]), *dshift = in->at[2] < 0 ? 0 : (REAL *)(arena + in->at[2]);
    const REAL *x = (const REAL *)(arena + in->at[3]), *scale = (const REAL *)(arena + in->at[4]);
    const int64_t rows = in->size[0], columns = in->size[1];
    const REAL *mean = (const REAL *)(arena + in->at[5]), *inverse = mean + columns, *adjoint = (const REAL *)(arena + in->at[6]);
    REAL *partial = (REAL *)scratch, *one = partial + SUM_ROWS * columns, *two = one + columns, *sum = two + columns, *product = sum + columns;
    for (int64_t j = 0; j < columns; j++) sum[j] = product[j] = 0;
    const int64_t block = NAME(block_rows)(columns);
    for (int64_t start = 0; start < rows; start += block) {
        const int64_t count = rows - start < block ? rows - start : block;
        NAME(column_sums)(one, adjoint + start * columns, 0, 0, count, columns, partial);
        NAME(column_sums)(two, x + start * columns, adjoint + start * columns, mean, count, columns, partial);
        for (int64_t j = 0; j < columns; j++) sum[j] += one[j], product[j] += two[j];
    }
    for (int64_t j = 0; j < columns; j++) {
        product[j] *= inverse[j];
        if (dscale) dscale[j] = in->flags & 2 ? dscale[j] + product[j] : product[j];
        if (dshift) dshift[j] = in->flags & 4 ? dshift[j] + sum[j] : sum[j];
        one[j] = scale[j] * inverse[j];
        sum[j] /= (REAL)rows;
        two[j] = product[j] * inverse[j] / (REAL)rows;
    }
    if (!dx) return;
    for (int64_t i = 0; i < rows; i++) {
        REAL *restrict to = dx + i * columns;
        const REAL *restrict from = x + i * columns, *restrict d = adjoint + i * columns;
        if (in->flags & 1)
            for (int64_t j = 0; j < columns; j++) to[j] += one[j] * (d[j] - sum[j] - (from[j] - mean[j]) * two[j]);
        else
            for (int64_t j = 0; j < columns; j++) to[j] = one[j] * (d[j] - sum[j] - (from[j] - mean[j]) * two[j]);
    }
}

// at: result, x, scale, shift, saved (mean and 1 / deviation of each row); size: rows, columns; value: epsilon.
static void NAME(layer_norm)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *result = (REAL *)(arena + in->at[0]);
    const REAL *x = (const REAL *)(arena + in->at[1]), *scale = (const REAL *)(arena + in->at[2]), *shift = (const REAL *)(arena + in->at[3]);
    REAL *saved = (REAL *)(arena + in->at[4]), *square = (REAL *)scratch;
    const int64_t rows = in->size[0], columns = in->size[1];
    for (int64_t i = 0; i < rows; i++) {
        const REAL *from = x + i * columns;
        REAL *restrict to = result + i * columns;
        const REAL mean = NAME(block_sum)(from, columns) / (REAL)columns;
        for (int64_t j = 0; j < columns; j++) square[j] = (from[j] - mean) * (from[j] - mean);
        const REAL inverse = 1 / __builtin_elementwise_sqrt(NAME(block_sum)(square, columns) / (REAL)columns + (REAL)in->value[0]);
        saved[2 * i] = mean;
        saved[2 * i + 1] = inverse;
        for (int64_t j = 0; j < columns; j++) to[j] = (from[j] - mean) * inverse * scale[j] + shift[j];
    }
}

// at: gradients of x, scale, shift (any may be absent), x, scale, saved, adjoint; size: rows, columns; flags: 1, 2, 4 add to these.
static void NAME(layer_norm_gradient)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *dx = in->at[0] < 0 ? 0 : (REAL *)(arena + in->at[0]);
    REAL *dscale = in->at[1] < 0 ? 0 : (REAL *)(arena + in->at[1]), *dshift = in->at[2] < 0 ? 0 : (REAL *)(arena + in->at[2]);
    const REAL *x = (const REAL *)(arena + in->at[3]), *scale = (const REAL *)(arena + in->at[4]);
    const REAL *saved = (const REAL *)(arena + in->at[5]), *adjoint = (const REAL *)(arena + in->at[6]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *restrict normal = (REAL *)scratch, *restrict slope = normal + padded(columns), *restrict product = slope + padded(columns);
    if (dscale && !(in->flags & 2))
        for (int64_t j = 0; j < columns; j++) dscale[j] = 0;
    if (dshift && !(in->flags & 4))
        for (int64_t j = 0; j < columns; j++) dshift[j] = 0;
    for (int64_t i = 0; i < rows; i++) {
        const REAL *from = x + i * columns, *d = adjoint + i * columns;
        const REAL mean = saved[2 * i], inverse = saved[2 * i + 1];
        for (int64_t j = 0; j < columns; j++) {
            normal[j] = (from[j] - mean) * inverse;
            slope[j] = d[j] * scale[j];
            product[j] = slope[j] * normal[j];
        }
        if (dscale)
            for (int64_t j = 0; j < columns; j++) dscale[j] += d[j] * normal[j];
        if (dshift)
            for (int64_t j = 0; j < columns; j++) dshift[j] += d[j];
        if (!dx) continue;
        const REAL first = NAME(block_sum)(slope, columns) / (REAL)columns, second = NAME(block_sum)(product, columns) / (REAL)columns;
        REAL *to = dx + i * columns;
        for (int64_t j = 0; j < columns; j++) {
            const REAL share = inverse * (slope[j] - first - normal[j] * second);
            to[j] = in->flags & 1 ? to[j] + share : share;
        }
    }
}
