// The block interpreter: a program's steps over one block of registers after the other, so that intermediate values never leave the
// first cache.

// Where the registers begin in scratch memory, behind the table of their addresses. Each is 64 bytes longer than its block, so that
// registers do not all fall on the same cache sets.
INLINE int64_t NAME(table_bytes)(const nasl_program *p) { return (p->register_count * (int64_t)sizeof(REAL *) + 63) & ~(int64_t)63; }

static void NAME(fill_columns)(REAL *reg, const REAL *from, int64_t start, int64_t period, int64_t count) {
    int64_t phase = start % period;
    for (int64_t i = 0; i < count;) {
        int64_t part = period - phase < count - i ? period - phase : count - i;
        for (int64_t j = 0; j < part; j++) reg[i + j] = from[phase + j];
        i += part;
        phase = 0;
    }
}

static void NAME(fill_rows)(REAL *reg, const REAL *from, int64_t start, int64_t period, int64_t count) {
    int64_t row = start / period, left = period - start % period;
    for (int64_t i = 0; i < count; row++, left = period) {
        int64_t part = left < count - i ? left : count - i;
        REAL value = from[row];
        for (int64_t j = 0; j < part; j++) reg[i + j] = value;
        i += part;
    }
}

// The sum of `count` values in a fixed order.
static REAL NAME(block_sum)(const REAL *from, int64_t count) {
    V lanes = ZERO;
    int64_t whole = count - count % WIDTH;
    for (int64_t i = 0; i < whole; i += WIDTH) lanes += load(from + i);
    REAL sum = lane_sum(lanes);
    for (int64_t i = whole; i < count; i++) sum += from[i];
    return sum;
}

// Adds segments of a block to the sums of their columns.
static void NAME(add_columns)(REAL *to, const REAL *reg, int64_t start, int64_t period, int64_t count) {
    int64_t phase = start % period;
    for (int64_t i = 0; i < count;) {
        int64_t part = period - phase < count - i ? period - phase : count - i;
        for (int64_t j = 0; j < part; j++) to[phase + j] += reg[i + j];
        i += part;
        phase = 0;
    }
}

static void NAME(add_rows)(REAL *to, const REAL *reg, int64_t start, int64_t period, int64_t count) {
    int64_t row = start / period, left = period - start % period;
    for (int64_t i = 0; i < count; row++, left = period) {
        int64_t part = left < count - i ? left : count - i;
        to[row] += NAME(block_sum)(reg + i, part);
        i += part;
    }
}

// What an output is set to before the first block, if it is a sum.
static void NAME(clear_sums)(const nasl_operand *output, char *arena, int64_t count) {
    REAL *to = (REAL *)(arena + output->at);
    int64_t sums = 0;
    if (output->accumulate) return;
    if (output->kind == NASL_SCALAR) sums = 1;
    if (output->kind == NASL_COLUMNS) sums = output->period;
    if (output->kind == NASL_ROWS) sums = (count + output->period - 1) / output->period;
    for (int64_t i = 0; i < sums; i++) to[i] = 0;
}

static void NAME(store_output)(const nasl_operand *output, char *arena, const REAL *reg, int64_t start, int64_t count) {
    REAL *to = (REAL *)(arena + output->at);
    switch (output->kind) {
    case NASL_SCALAR: to[0] += NAME(block_sum)(reg, count); break;
    case NASL_COLUMNS: NAME(add_columns)(to, reg, start, output->period, count); break;
    case NASL_ROWS: NAME(add_rows)(to, reg, start, output->period, count); break;
    case NASL_COPIED:
        if (output->accumulate)
            for (int64_t i = 0; i < count; i++) to[start + i] += reg[i];
        else
            for (int64_t i = 0; i < count; i++) to[start + i] = reg[i];
        break;
    }
}

// One step on the `n` elements from `start`; draws depend on where an element stands, not on how elements are grouped.
INLINE void NAME(step)(const nasl_step *s, REAL **reg, const uint64_t *key, int64_t start, int64_t n) {
    switch (s->op) {
    case NASL_NOISE: NAME(noise)(key, start, n, reg[s->dst], reg[s->a], reg[s->b][0]); break;
    case NASL_DROP: NAME(drop)(key, start, n, reg[s->dst], reg[s->a], reg[s->b], reg[s->c][0]); break;
    default: NAME(map)(s->op, n, reg[s->dst], reg[s->a], reg[s->b], reg[s->c]);
    }
}

static void NAME(program)(const nasl_program *p, const nasl_operand *operands, char *arena, char *scratch, const uint64_t *key, int64_t count) {
    if (count <= 0) return;
    REAL **reg = (REAL **)scratch;
    REAL *slots = (REAL *)(scratch + NAME(table_bytes)(p));
    const int64_t block = p->block, stride = block + 64 / (int64_t)sizeof(REAL);
    for (int32_t r = 0; r < p->register_count; r++) reg[r] = slots + r * stride;
    const nasl_operand *inputs = operands, *outputs = operands + p->input_count;

    // Constants, scalars and what follows from them hold for all blocks.
    const int64_t widest = in_vectors(count < block ? count : block);
    for (int32_t k = 0; k < p->constant_count; k++)
        for (int64_t i = 0; i < widest; i++) reg[p->input_count + k][i] = (REAL)p->constants[k];
    for (int32_t k = 0; k < p->input_count; k++)
        if (inputs[k].kind == NASL_SCALAR) {
            REAL value = *(const REAL *)(arena + inputs[k].at);
            for (int64_t i = 0; i < widest; i++) reg[k][i] = value;
        }
    for (const nasl_step *s = p->steps, *end = s + p->uniform_count; s < end; s++)
        NAME(map)(s->op, widest, reg[s->dst], reg[s->a], reg[s->b], reg[s->c]);
    for (int32_t k = 0; k < p->output_count; k++) NAME(clear_sums)(&outputs[k], arena, count);

    for (int64_t start = 0; start < count; start += block) {
        const int64_t exact = count - start < block ? count - start : block, n = in_vectors(exact);
        for (int32_t k = 0; k < p->input_count; k++) {
            REAL *from = (REAL *)(arena + inputs[k].at);
            switch (inputs[k].kind) {
            case NASL_FULL: reg[k] = from + start; break;
            case NASL_COLUMNS:
                if (start == 0 || block % inputs[k].period != 0) NAME(fill_columns)(reg[k], from, start, inputs[k].period, n);
                break;
            case NASL_ROWS: NAME(fill_rows)(reg[k], from, start, inputs[k].period, exact); break;
            }
        }
        for (int32_t k = 0; k < p->output_count; k++)
            if (outputs[k].kind == NASL_FULL) reg[p->outputs[k]] = (REAL *)(arena + outputs[k].at) + start;
        for (const nasl_step *s = p->steps + p->uniform_count, *end = p->steps + p->step_count; s < end; s++)
            NAME(step)(s, reg, key, start, n);
        for (int32_t k = 0; k < p->output_count; k++)
            if (outputs[k].kind != NASL_FULL) NAME(store_output)(&outputs[k], arena, reg[p->outputs[k]], start, exact);
    }
}
