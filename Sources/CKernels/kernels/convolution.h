// Convolution without unfolding the image: for one row of a filter, the values under it are one stretch of the image, so a tile of the
// result (some pixels of one row by some filters) is a sum over stretches. Images are [height, width, channels], filters
// [rows, columns, channels, filters]. What looks over the edge reads a copy of the image with a border of zeros.

// at: copy, image; size: batch, height, width, channels, height and width of the copy, rows above, columns to the left, spacing.
// The border (and what lies between spaced pixels) is never written: it is zero from the start.
static void NAME(pad)(const nasl_instruction *in, char *arena) {
    REAL *copy = (REAL *)(arena + in->at[0]);
    const REAL *from = (const REAL *)(arena + in->at[1]);
    const int64_t batch = in->size[0], height = in->size[1], width = in->size[2], channels = in->size[3];
    const int64_t tall = in->size[4], wide = in->size[5], top = in->size[6], left = in->size[7], spacing = in->size[8];
    for (int64_t b = 0; b < batch; b++)
        for (int64_t y = 0; y < height; y++) {
            REAL *to = copy + ((b * tall + top + y * spacing) * wide + left) * channels;
            if (spacing == 1) {
                __builtin_memcpy(to, from, (size_t)(width * channels) * sizeof(REAL));
            } else {
                for (int64_t x = 0; x < width; x++)
                    for (int64_t c = 0; c < channels; c++) to[x * spacing * channels + c] = from[x * channels + c];
            }
            from += width * channels;
        }
}

// How many of `left` rows the next tile takes: the longest stretches that are nearly equal.
INLINE int64_t NAME(tile_rows)(int64_t left) {
    static const int8_t sizes[] = {12, 8, 6, 4, 2, 1};
    const int64_t count = (left + LONG_TILE - 1) / LONG_TILE, wanted = (left + count - 1) / count;
    int64_t best = 1;
    for (int s = 0; s < 6; s++)
        if (sizes[s] <= LONG_TILE && sizes[s] >= wanted && sizes[s] <= left) best = sizes[s];
    if (best >= wanted) return best;
    for (int s = 0; s < 6; s++)
        if (sizes[s] <= LONG_TILE && sizes[s] <= left) return sizes[s];
    return 1;
}

// CASE(r) for the number of rows in a tile.
#if WIDTH == 16
#define FOR_ROWS(rows, CASE) switch (rows) { case 12: CASE(12); case 8: CASE(8); case 6: CASE(6); case 4: CASE(4); case 2: CASE(2); default: CASE(1); }
#else
#define FOR_ROWS(rows, CASE) switch (rows) { case 6: CASE(6); case 4: CASE(4); case 2: CASE(2); default: CASE(1); }
#endif

// at: result, image (with its border), filters, bias or none; size: batch, height and width of the image, channels, height and width of the
// result, filters, rows and columns of a filter, stride; flag 1 adds to the result.
static void NAME(convolution)(const nasl_instruction *in, char *arena) {
    REAL *result = (REAL *)(arena + in->at[0]);
    const REAL *image = (const REAL *)(arena + in->at[1]), *filters = (const REAL *)(arena + in->at[2]);
    const REAL *bias = in->at[3] < 0 ? 0 : (const REAL *)(arena + in->at[3]);
    const int64_t batch = in->size[0], tall = in->size[1], wide = in->size[2], channels = in->size[3];
    const int64_t height = in->size[4], width = in->size[5], count = in->size[6], rows = in->size[7], columns = in->size[8], stride = in->size[9];
    const int accumulate = in->flags & 1;
    const int64_t depth = columns * channels, pixels = height * width;
    for (int64_t b = 0; b < batch; b++)
        for (int64_t j = 0; j < count; j += 2 * WIDTH) {
            const int64_t rest = count - j, vectors = rest > WIDTH ? 2 : 1;
            const int64_t last = rest >= vectors * WIDTH ? WIDTH : rest - (vectors - 1) * WIDTH;
            // A tile may go on in the next row of the image, so that all but the last are of one size.
            for (int64_t pixel = 0, y = 0, x = 0, taken; pixel < pixels; pixel += taken) {
                taken = NAME(tile_rows)(pixels - pixel);
                const REAL *at[LONG_TILE];
                for (int64_t r = 0; r < taken; r++) {
                    at[r] = image + ((b * tall + y * stride) * wide + x * stride) * channels;
                    if (++x == width) x = 0, y++;
                }
                REAL *c = result + (b * pixels + pixel) * count + j;
                const REAL *start = accumulate ? c : bias ? bias + j : 0;
#define TILE(rows_, vectors)                                                                                                     \
    tile_of_rows(rows_, vectors, rows, depth, at, 1, wide * channels, filters + j, count, depth * count, start, accumulate ? count : 0, c, count, last)
#define CASE(r) if (vectors == 1) TILE(r, 1); else TILE(r, 2); break
                FOR_ROWS(taken, CASE)
#undef TILE
            }
        }
}

// at: turned, filters; size: rows, columns, channels, filters. Rows and columns backwards, channels and filters exchanged.
static void NAME(flip_filters)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    const REAL *from = (const REAL *)(arena + in->at[1]);
    const int64_t places = in->size[0] * in->size[1], channels = in->size[2], filters = in->size[3];
    for (int64_t p = 0; p < places; p++)
        for (int64_t c = 0; c < channels; c++)
            for (int64_t f = 0; f < filters; f++) to[((places - 1 - p) * filters + f) * channels + c] = from[(p * channels + c) * filters + f];
}

// at: gradient of the filters, image (with its border), adjoint of the result; sizes as for the convolution; flag 1 adds.
static void NAME(filter_gradient)(const nasl_instruction *in, char *arena) {
    REAL *gradient = (REAL *)(arena + in->at[0]);
    const REAL *image = (const REAL *)(arena + in->at[1]), *adjoint = (const REAL *)(arena + in->at[2]);
    const int64_t batch = in->size[0], tall = in->size[1], wide = in->size[2], channels = in->size[3];
    const int64_t height = in->size[4], width = in->size[5], count = in->size[6], rows = in->size[7], columns = in->size[8], stride = in->size[9];
    const int64_t depth = columns * channels;
    for (int64_t b = 0; b < batch; b++) {
        const int accumulate = b > 0 || in->flags & 1;
        for (int64_t j = 0; j < count; j += 2 * WIDTH) {
            const int64_t rest = count - j, vectors = rest > WIDTH ? 2 : 1;
            const int64_t last = rest >= vectors * WIDTH ? WIDTH : rest - (vectors - 1) * WIDTH;
            const REAL *right = adjoint + b * height * width * count + j;
            for (int64_t r = 0; r < rows; r++)
                for (int64_t i = 0, taken; i < depth; i += taken) {
                    taken = NAME(tile_rows)(depth - i);
                    REAL *c = gradient + (r * depth + i) * count + j;
                    const REAL *a = image + (b * tall + r) * wide * channels + i;
#define TILE(rows, vectors)                                                                                                                       \
    tile(rows, vectors, height, width, a, 1, stride * channels, stride * wide * channels, right, count, width * count, accumulate ? c : 0, count, c, \
         count, last)
                    FOR_ROWS(taken, CASE)
#undef TILE
#undef CASE
                }
        }
    }
}
