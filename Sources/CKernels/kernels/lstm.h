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
        store_row(gate, i_, width);
        store_row(gate + width, f_, width);
        store_row(gate + 2 * width, g_, width);
        store_row(gate + 3 * width, o_, width);
        store_row(next + r * width, c_, width);
        for (int64_t j = 0; j < wide; j += WIDTH) {
            V t = v_tanh(load(c_ + j));
            store(c_ + j, t);
            store(o_ + j, load(o_ + j) * t);
        }
        store_row(gate + 4 * width, c_, width);
        store_row(h + r * width, o_, width);
    }
}

// at: dx, dc, gates, c, dh, dc'; any but gates and c may be absent; size: rows, width; flags: 1 adds to dx, 2 adds to dc.
static void NAME(lstm_gradient)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *dx = in->at[0] < 0 ? 0 : (REAL *)(arena + in->at[0]), *dc = in->at[1] < 0 ? 0 : (REAL *)(arena + in->at[1]);
    const REAL *gates = (const REAL *)(arena + in->at[2]), *c = (const REAL *)(arena + in->at[3]);
    const REAL *dh = in->at[4] < 0 ? 0 : (const REAL *)(arena + in->at[4]), *dnext = in->at[5] < 0 ? 0 : (const REAL *)(arena + in->at[5]);
    const int64_t rows = in->size[0], width = in->size[1], wide = padded(width);
    REAL *di = (REAL *)scratch, *df = di + wide, *dg = df + wide, *d_o = dg + wide, *dcell = d_o + wide;
    for (int64_t r = 0; r < rows; r++) {
        const REAL *gate = gates + 5 * r * width, *cell = c + r * width;
        for (int64_t j = 0; j < width; j += WIDTH) {
            const V i = load(gate + j), f = load(gate + width + j), g = load(gate + 2 * width + j), o = load(gate + 3 * width + j);
            const V t = load(gate + 4 * width + j);
            const V by_h = dh ? load(dh + r * width + j) : ZERO;
            const V by_cell = (dnext ? load(dnext + r * width + j) : ZERO) + by_h * o * (ONE - t * t);
            store(di + j, by_cell * g * i * (ONE - i));
            store(df + j, by_cell * load(cell + j) * f * (ONE - f));
            store(dg + j, by_cell * i * (ONE - g * g));
            store(d_o + j, by_h * t * o * (ONE - o));
            store(dcell + j, by_cell * f);
        }
        if (dx) {
            REAL *to = dx + 4 * r * width;
            put_row(to, di, width, in->flags & 1);
            put_row(to + width, df, width, in->flags & 1);
            put_row(to + 2 * width, dg, width, in->flags & 1);
            put_row(to + 3 * width, d_o, width, in->flags & 1);
        }
        if (dc) put_row(dc + r * width, dcell, width, in->flags & 2);
    }
}
