// Masked choices: drawing them, and their policy-gradient loss.

// Rows that are judged together.
enum { JUDGED_ROWS = 16 };

// The alternative on which `point` falls, by the inverse of the cumulated weights; never one of weight 0 while there is another.
INLINE int32_t NAME(fallen)(const REAL *weights, const REAL *priors, int64_t count, REAL point) {
    int64_t block = 0;
    REAL passed = 0;
    for (; block + WIDTH < padded(count); block += WIDTH) {
        const REAL after = passed + lane_sum(load(weights + block));
        if (point < after) break;
        passed = after;
    }
    for (int64_t j = block; j < block + WIDTH && j < count; j++) {
        passed += weights[j];
        if (point < passed && weights[j] > 0) return (int32_t)j;
    }
    // Rounding has left the sum a little below the total: the last one before that is possible.
    for (int64_t j = (block + WIDTH < count ? block + WIDTH : count) - 1; j >= 0; j--)
        if (weights[j] > 0) return (int32_t)j;
    // The logits are no numbers.
    for (int64_t j = 0; j < count; j++)
        if (priors[j] > (REAL)-__builtin_inf()) return (int32_t)j;
    return 0;
}

// See nasl_kernels.
static void NAME(draw)(const void *logits, int64_t columns, const void *priors, nasl_draw *draws, int64_t rows, char *scratch) {
    REAL *x = (REAL *)scratch, *e = x + padded(columns), totals[ROW_GROUP];
    for (int64_t first = 0; first < rows; first += ROW_GROUP) {
        const int64_t group = rows - first < ROW_GROUP ? rows - first : ROW_GROUP;
        for (int64_t i = 0; i < group; i++) {
            nasl_draw *draw = draws + first + i;
            const int64_t count = draw->count;
            totals[i] = 1;
            if (count <= 0) continue;
            const REAL *row = (const REAL *)logits + (first + i) * columns + draw->column, *prior = (const REAL *)priors + draw->priors;
            for (int64_t j = 0; j < count; j += WIDTH) store(x + j, load(row + j) + load(prior + j));
            for (int64_t j = count; j < padded(count); j++) x[j] = (REAL)-__builtin_inf();
            totals[i] = softmax_row(x, e, count);
            draw->choice = NAME(fallen)(e, prior, count, (REAL)draw->point * totals[i]);
            draw->log_p = x[draw->choice];
        }
        NAME(logarithms)(totals, group);
        for (int64_t i = 0; i < group; i++)
            if (draws[first + i].count > 0) draws[first + i].log_p -= totals[i];
    }
}

// See nasl_kernels.
static void NAME(judge)(const void *logits, int64_t columns, const void *priors, nasl_choice *choices, int64_t rows, void *slopes, double *loss, char *scratch) {
    // A row of each: logits with priors, less their maximum; their exponentials.
    REAL *x = (REAL *)scratch, *e = x + JUDGED_ROWS * padded(columns), totals[JUDGED_ROWS], shifts[JUDGED_ROWS];
    for (int64_t first = 0; first < rows; first += JUDGED_ROWS) {
        const int64_t group = rows - first < JUDGED_ROWS ? rows - first : JUDGED_ROWS;
        for (int64_t i = 0; i < JUDGED_ROWS; i++) totals[i] = 1;
        for (int64_t i = 0; i < group; i++) {
            const nasl_choice *choice = choices + first + i;
            const int64_t count = choice->count;
            if (count <= 0) continue;
            const REAL *row = (const REAL *)logits + (first + i) * columns + choice->column, *prior = (const REAL *)priors + choice->priors;
            REAL *sums = x + i * padded(columns);
            for (int64_t j = 0; j < count; j += WIDTH) store(sums + j, load(row + j) + load(prior + j));
            for (int64_t j = count; j < padded(count); j++) sums[j] = (REAL)-__builtin_inf();
            totals[i] = softmax_row(sums, e + i * padded(columns), count);
        }
        for (int64_t i = 0; i < JUDGED_ROWS; i++) shifts[i] = totals[i];
        NAME(logarithms)(shifts, JUDGED_ROWS);
        for (int64_t i = 0; i < group; i++) {
            nasl_choice *choice = choices + first + i;
            const int64_t count = choice->count;
            REAL *to = slopes ? (REAL *)slopes + (first + i) * columns : 0;
            if (to)
                for (int64_t j = 0; j < columns; j++) to[j] = 0;
            if (count <= 0) continue;
            REAL *logarithms = x + i * padded(columns), *p = e + i * padded(columns);
            choice->log_p = logarithms[choice->taken] - shifts[i];
            if (!to) continue;
            const V factor = (V)(1 / totals[i]), shift = (V)shifts[i], advantage = (V)(REAL)choice->advantage, weight = (V)(REAL)choice->entropy_weight;
            // -sum p log p, where what is impossible has p = 0 and log p = -inf.
            V entropies = ZERO;
            for (int64_t j = 0; j < count; j += WIDTH) {
                const V probability = load(p + j) * factor, logarithm = load(logarithms + j) - shift;
                store(p + j, probability);
                store(logarithms + j, logarithm);
                entropies -= SELECT(probability == ZERO, ZERO, probability * logarithm);
            }
            const REAL entropy = lane_sum(entropies);
            for (int64_t j = 0; j < count; j += WIDTH) {
                const V probability = load(p + j), slope = probability * (advantage + weight * (load(logarithms + j) + (V)entropy));
                store(p + j, SELECT(probability == ZERO, ZERO, slope));
            }
            p[choice->taken] -= (REAL)choice->advantage;
            store_row(to + choice->column, p, count);
            *loss -= choice->advantage * choice->log_p + choice->entropy_weight * entropy;
        }
    }
}
