// Masked decisions: drawing them, and their policy-gradient loss.

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


// at: losses, log p, entropies, logits, mask, choices, advantages, weights; size: rows, columns; flag 4: one weight for each row.
static void NAME(policy)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *losses = (REAL *)(arena + in->at[0]), *log_p = (REAL *)(arena + in->at[1]), *entropies = (REAL *)(arena + in->at[2]);
    const REAL *logits = (const REAL *)(arena + in->at[3]), *mask = (const REAL *)(arena + in->at[4]);
    const int32_t *choices = (const int32_t *)(arena + in->at[5]);
    const REAL *advantages = (const REAL *)(arena + in->at[6]), *weights = (const REAL *)(arena + in->at[7]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *x = (REAL *)scratch, *e = x + padded(columns);
    for (int64_t i = 0; i < rows; i++) {
        const REAL advantage = advantages[i], weight = weights[in->flags & 4 ? i : 0];
        if (advantage == 0 && weight == 0) {
            losses[i] = 0;
            continue;
        }
        const REAL *row = logits + i * columns, *masked = mask + i * columns;
        for (int64_t j = 0; j < columns; j += WIDTH) store(x + j, load(row + j) + load(masked + j));
        for (int64_t j = columns; j < padded(columns); j++) x[j] = (REAL)-__builtin_inf();
        const REAL sum = softmax_row(x, e, columns), factor = 1 / sum;
        REAL shift = sum;
        NAME(logarithms)(&shift, 1);
        // -sum p log p, where what is impossible has p = 0 and log p = -inf.
        V entropy = ZERO;
        for (int64_t j = 0; j < padded(columns); j += WIDTH) {
            V probability = load(e + j) * (V)factor, logarithm = load(x + j) - (V)shift;
            store(x + j, logarithm);
            entropy -= SELECT(probability == ZERO, ZERO, probability * logarithm);
        }
        entropies[i] = lane_sum(entropy);
        store_row(log_p + i * columns, x, columns);
        const int32_t choice = choices[i];
        const REAL chosen = advantage == 0 ? 0 : choice >= 0 && choice < columns ? advantage * x[choice] : (REAL)__builtin_nan("");
        losses[i] = -chosen - weight * entropies[i];
    }
}

// at: gradient, log p, entropies, choices, advantages, weights, adjoint; size: rows, columns; flags: 1 adds, 4 one weight for each row.
// dloss/dx_j = advantage (p_j - [j = choice]) + weight p_j (log p_j + H).
static void NAME(policy_gradient)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *gradient = (REAL *)(arena + in->at[0]);
    const REAL *log_p = (const REAL *)(arena + in->at[1]), *entropies = (const REAL *)(arena + in->at[2]);
    const int32_t *choices = (const int32_t *)(arena + in->at[3]);
    const REAL *advantages = (const REAL *)(arena + in->at[4]), *weights = (const REAL *)(arena + in->at[5]);
    const REAL *adjoints = (const REAL *)(arena + in->at[6]);
    const int64_t rows = in->size[0], columns = in->size[1];
    REAL *x = (REAL *)scratch;
    for (int64_t i = 0; i < rows; i++) {
        const REAL advantage = advantages[i], weight = weights[in->flags & 4 ? i : 0], d = adjoints[i], entropy = entropies[i];
        REAL *to = gradient + i * columns;
        if (advantage == 0 && weight == 0) {
            if (!(in->flags & 1))
                for (int64_t j = 0; j < columns; j++) to[j] = 0;
            continue;
        }
        pad_row(x, log_p + i * columns, columns, (REAL)-__builtin_inf());
        for (int64_t j = 0; j < padded(columns); j += WIDTH) {
            V logarithm = load(x + j), p = v_exp(logarithm);
            V slope = p * ((V)advantage + (V)weight * (logarithm + (V)entropy));
            store(x + j, (V)d * SELECT(p == ZERO, ZERO, slope));
        }
        put_row(to, x, columns, in->flags & 1);
        if (choices[i] >= 0 && choices[i] < columns) to[choices[i]] -= d * advantage;
    }
}
