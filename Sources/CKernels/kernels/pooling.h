// Pooling over windows of an image, [height, width, channels]. A window that reaches over the edge is cut off there.

typedef struct NAME(window) {
    int64_t batch, height, width, channels, out_height, out_width, rows, columns, stride, top, left;
} NAME(window);

// size: batch, height, width, channels, height and width of the result, rows and columns of a window, stride, rows above, columns to the left.
INLINE NAME(window) NAME(window_of)(const nasl_instruction *in) {
    const int64_t *s = in->size;
    return (NAME(window)){s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10]};
}

// Runs through all windows: `first` and `end` are what is left of one inside the image, `out` the number of its place in the result.
#define EACH_WINDOW(w)                                                                                      \
    for (int64_t b = 0, out = 0; b < (w).batch; b++)                                                        \
        for (int64_t oy = 0; oy < (w).out_height; oy++)                                                     \
            for (int64_t ox = 0; ox < (w).out_width; ox++, out++)

#define INSIDE(w)                                                                                           \
    const int64_t y0 = oy * (w).stride - (w).top, x0 = ox * (w).stride - (w).left;                          \
    const int64_t first_y = y0 < 0 ? 0 : y0, end_y = y0 + (w).rows > (w).height ? (w).height : y0 + (w).rows; \
    const int64_t first_x = x0 < 0 ? 0 : x0, end_x = x0 + (w).columns > (w).width ? (w).width : x0 + (w).columns

// at: result, image; size: a window.
static void NAME(max_pool)(const nasl_instruction *in, char *arena) {
    REAL *result = (REAL *)(arena + in->at[0]);
    const REAL *image = (const REAL *)(arena + in->at[1]);
    const NAME(window) w = NAME(window_of)(in);
    EACH_WINDOW(w) {
        INSIDE(w);
        REAL *restrict to = result + out * w.channels;
        for (int64_t y = first_y; y < end_y; y++)
            for (int64_t x = first_x; x < end_x; x++) {
                const REAL *restrict from = image + ((b * w.height + y) * w.width + x) * w.channels;
                if (y == first_y && x == first_x)
                    for (int64_t c = 0; c < w.channels; c++) to[c] = from[c];
                else
                    for (int64_t c = 0; c < w.channels; c++) to[c] = from[c] > to[c] || from[c] != from[c] ? from[c] : to[c];
            }
    }
}

// at: gradient, image, result, adjoint; size: a window. Always adds; of equal values the first gets it all.
static void NAME(max_pool_gradient)(const nasl_instruction *in, char *arena, char *scratch) {
    REAL *gradient = (REAL *)(arena + in->at[0]);
    const REAL *image = (const REAL *)(arena + in->at[1]), *result = (const REAL *)(arena + in->at[2]);
    const REAL *adjoint = (const REAL *)(arena + in->at[3]);
    const NAME(window) w = NAME(window_of)(in);
    REAL *restrict left = (REAL *)scratch;  // what has not been given away
    EACH_WINDOW(w) {
        INSIDE(w);
        const REAL *restrict top = result + out * w.channels, *restrict share = adjoint + out * w.channels;
        for (int64_t c = 0; c < w.channels; c++) left[c] = share[c];
        for (int64_t y = first_y; y < end_y; y++)
            for (int64_t x = first_x; x < end_x; x++) {
                const int64_t at = ((b * w.height + y) * w.width + x) * w.channels;
                const REAL *restrict from = image + at;
                REAL *restrict to = gradient + at;
                int64_t c = 0;
                for (; c + WIDTH <= w.channels; c += WIDTH) {
                    const V open = load(left + c), given = SELECT(load(from + c) == load(top + c), open, ZERO);
                    store(to + c, load(to + c) + given);
                    store(left + c, open - given);
                }
                for (; c < w.channels; c++) {
                    const REAL given = from[c] == top[c] ? left[c] : 0;
                    to[c] += given;
                    left[c] -= given;
                }
            }
    }
}

// at: result, image; size: a window. The mean of what lies inside the image.
static void NAME(average_pool)(const nasl_instruction *in, char *arena) {
    REAL *result = (REAL *)(arena + in->at[0]);
    const REAL *image = (const REAL *)(arena + in->at[1]);
    const NAME(window) w = NAME(window_of)(in);
    EACH_WINDOW(w) {
        INSIDE(w);
        REAL *restrict to = result + out * w.channels;
        const REAL factor = 1 / (REAL)((end_y - first_y) * (end_x - first_x));
        for (int64_t c = 0; c < w.channels; c++) to[c] = 0;
        for (int64_t y = first_y; y < end_y; y++)
            for (int64_t x = first_x; x < end_x; x++) {
                const REAL *restrict from = image + ((b * w.height + y) * w.width + x) * w.channels;
                for (int64_t c = 0; c < w.channels; c++) to[c] += from[c];
            }
        for (int64_t c = 0; c < w.channels; c++) to[c] *= factor;
    }
}

// at: gradient, adjoint; size: a window. Always adds.
static void NAME(average_pool_gradient)(const nasl_instruction *in, char *arena) {
    REAL *gradient = (REAL *)(arena + in->at[0]);
    const REAL *adjoint = (const REAL *)(arena + in->at[1]);
    const NAME(window) w = NAME(window_of)(in);
    EACH_WINDOW(w) {
        INSIDE(w);
        const REAL *restrict share = adjoint + out * w.channels;
        const REAL factor = 1 / (REAL)((end_y - first_y) * (end_x - first_x));
        for (int64_t y = first_y; y < end_y; y++)
            for (int64_t x = first_x; x < end_x; x++) {
                REAL *restrict to = gradient + ((b * w.height + y) * w.width + x) * w.channels;
                for (int64_t c = 0; c < w.channels; c++) to[c] += factor * share[c];
            }
    }
}
#undef EACH_WINDOW
#undef INSIDE
