// One step of a long short-term memory, forward and backward, row by row.

// Stores a vector of which `left` values belong to the row.
INLINE void put(REAL *to, V v, int64_t left) {
    if (left >= WIDTH) {
        store(to, v);
        return;
    }
    REAL lane[WIDTH];
    store(lane, v);
    for (int64_t j = 0; j < left; j++) to[j] = lane[j];
}

// at: h, c', gates (i, f, g, o, tanh c'), x (sums of i, f, g, o), c; size: rows, width.
static void NAME(lstm)(const nasl_instruction *in, char *arena) {
    REAL *h = (REAL *)(arena + in->at[0]), *next = (REAL *)(arena + in->at[1]), *gates = (REAL *)(arena + in->at[2]);
    const REAL *x = (const REAL *)(arena + in->at[3]), *c = (const REAL *)(arena + in->at[4]);
    const int64_t rows = in->size[0], width = in->size[1];
    for (int64_t r = 0; r < rows; r++) {
        const REAL *sums = x + 4 * r * width;
        REAL *gate = gates + 5 * r * width;
        for (int64_t j = 0; j < width; j += WIDTH) {
            const int64_t left = width - j;
            V i = v_gate(load(sums + j)), f = v_gate(load(sums + width + j)), g = v_cell(load(sums + 2 * width + j)), o = v_gate(load(sums + 3 * width + j));
            V cell = f * load(c + r * width + j) + i * g, t = v_cell(cell);
            put(next + r * width + j, cell, left);
            put(h + r * width + j, o * t, left);
            put(gate + j, i, left);
            put(gate + width + j, f, left);
            put(gate + 2 * width + j, g, left);
            put(gate + 3 * width + j, o, left);
            put(gate + 4 * width + j, t, left);
        }
    }
}

// at: dx, dc, gates, c, dh, dc'; any but gates and c may be absent, and dc' may be dc; size: rows, width; flags: 1 adds to dx, 2 adds to dc.
static void NAME(lstm_gradient)(const nasl_instruction *in, char *arena) {
    REAL *dx = in->at[0] < 0 ? 0 : (REAL *)(arena + in->at[0]), *dc = in->at[1] < 0 ? 0 : (REAL *)(arena + in->at[1]);
    const REAL *gates = (const REAL *)(arena + in->at[2]), *c = (const REAL *)(arena + in->at[3]);
    const REAL *dh = in->at[4] < 0 ? 0 : (const REAL *)(arena + in->at[4]), *dnext = in->at[5] < 0 ? 0 : (const REAL *)(arena + in->at[5]);
    const int64_t rows = in->size[0], width = in->size[1];
    const int adds_x = in->flags & 1, adds_c = in->flags & 2;
#define PUT(to, v) put(to, adds_x ? load(to) + (v) : (v), left)
    for (int64_t r = 0; r < rows; r++) {
        const REAL *gate = gates + 5 * r * width, *cell = c + r * width;
        for (int64_t j = 0; j < width; j += WIDTH) {
            const int64_t left = width - j;
            const V i = load(gate + j), f = load(gate + width + j), g = load(gate + 2 * width + j), o = load(gate + 3 * width + j);
            const V t = load(gate + 4 * width + j);
            const V by_h = dh ? load(dh + r * width + j) : ZERO;
            const V by_cell = (dnext ? load(dnext + r * width + j) : ZERO) + by_h * o * (ONE - t * t);
            if (dx) {
                REAL *to = dx + 4 * r * width + j;
                PUT(to, by_cell * g * i * (ONE - i));
                PUT(to + width, by_cell * load(cell + j) * f * (ONE - f));
                PUT(to + 2 * width, by_cell * i * (ONE - g * g));
                PUT(to + 3 * width, by_h * t * o * (ONE - o));
            }
            if (dc) {
                REAL *to = dc + r * width + j;
                put(to, adds_c ? load(to) + by_cell * f : by_cell * f, left);
            }
        }
    }
#undef PUT
}
