// One step of a long short-term memory, forward and backward, row by row.

// at: h, c', gates (i, f, g, o, tanh c'), x (sums of i, f, g, o), c; size: rows, width.
static void NAME(lstm)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *h = (REAL *)(arena + in->at[0]), *next = (REAL *)(arena + in->at[1]), *gates = (REAL *)(arena + in->at[2]);
    const REAL *x = (const REAL *)(arena + in->at[3]), *c = (const REAL *)(arena + in->at[4]);
    const int64_t rows = in->size[0], width = in->size[1], wide = padded(width);
    REAL *i_ = (REAL *)scratch, *f_ = i_ + wide, *g_ = f_ + wide, *o_ = g_ + wide, *c_ = o_ + wide;
    for (int64_t r = 0; r < rows; r++) {
        const REAL *sums = x + 4 * r * width;
        pad_row(i_, sums, width, 0);
        pad_row(f_, sums + width, width, 0);
        pad_row(g_, sums + 2 * width, width, 0);
        pad_row(o_, sums + 3 * width, width, 0);
        pad_row(c_, c + r * width, width, 0);
        REAL *gate = gates + 5 * r * width;
        for (int64_t j = 0; j < wide; j += WIDTH) {
            V i = v_sigmoid(load(i_ + j)), f = v_sigmoid(load(f_ + j)), g = v_tanh(load(g_ + j)), o = v_sigmoid(load(o_ + j));
            V cell = f * load(c_ + j) + i * g;
            store(i_ + j, i);
            store(f_ + j, f);
            store(g_ + j, g);
            store(o_ + j, o);
            store(c_ + j, cell);
        }
        for (int64_t j = 0; j < width; j++) gate[j] = i_[j], gate[width + j] = f_[j], gate[2 * width + j] = g_[j], gate[3 * width + j] = o_[j];
        for (int64_t j = 0; j < width; j++) next[r * width + j] = c_[j];
        for (int64_t j = 0; j < wide; j += WIDTH) {
            V t = v_tanh(load(c_ + j));
            store(c_ + j, t);
            store(o_ + j, load(o_ + j) * t);
        }
        for (int64_t j = 0; j < width; j++) gate[4 * width + j] = c_[j];
        for (int64_t j = 0; j < width; j++) h[r * width + j] = o_[j];
    }
}

// at: dx, dc, gates, c, dh, dc'; any but gates and c may be absent; size: rows, width; flags: 1 adds to dx, 2 adds to dc.
static void NAME(lstm_gradient)(const nasl_instruction *in, char *arena) {
    REAL *dx = in->at[0] < 0 ? 0 : (REAL *)(arena + in->at[0]), *dc = in->at[1] < 0 ? 0 : (REAL *)(arena + in->at[1]);
    const REAL *gates = (const REAL *)(arena + in->at[2]), *c = (const REAL *)(arena + in->at[3]);
    const REAL *dh = in->at[4] < 0 ? 0 : (const REAL *)(arena + in->at[4]), *dnext = in->at[5] < 0 ? 0 : (const REAL *)(arena + in->at[5]);
    const int64_t rows = in->size[0], width = in->size[1];
    const REAL keep_x = in->flags & 1 ? 1 : 0, keep_c = in->flags & 2 ? 1 : 0;
    for (int64_t r = 0; r < rows; r++) {
        const REAL *gate = gates + 5 * r * width;
        for (int64_t j = 0; j < width; j++) {
            const REAL i = gate[j], f = gate[width + j], g = gate[2 * width + j], o = gate[3 * width + j], t = gate[4 * width + j];
            const REAL by_h = dh ? dh[r * width + j] : 0;
            const REAL by_cell = (dnext ? dnext[r * width + j] : 0) + by_h * o * (1 - t * t);
            if (dx) {
                REAL *to = dx + 4 * r * width + j;
                const REAL di = by_cell * g * i * (1 - i), df = by_cell * c[r * width + j] * f * (1 - f);
                const REAL dg = by_cell * i * (1 - g * g), d_o = by_h * t * o * (1 - o);
                to[0] = di + (keep_x ? to[0] : 0);
                to[width] = df + (keep_x ? to[width] : 0);
                to[2 * width] = dg + (keep_x ? to[2 * width] : 0);
                to[3 * width] = d_o + (keep_x ? to[3 * width] : 0);
            }
            if (dc) dc[r * width + j] = by_cell * f + (keep_c ? dc[r * width + j] : 0);
        }
    }
}
