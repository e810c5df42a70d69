// The policy-gradient loss of one masked decision in each row.

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
