// Random numbers without a state: each is a function of a key (seed and step), the place in the program where it is drawn, and the number
// of the element. So a backward pass draws what the forward pass drew, and the bits are the same for every instruction set.

// A permutation of 32 bits in which every bit of the result depends on every bit of x (T. Ettinger & C. Wellons, "triple32", 2018).
INLINE uint32_t NAME(mixed)(uint32_t x) {
    x ^= x >> 17;
    x *= 0xed5ad4bbu;
    x ^= x >> 11;
    x *= 0xac4c1b51u;
    x ^= x >> 15;
    x *= 0x31848babu;
    return x ^ x >> 14;
}

// 32 bits for the site from the key.
INLINE uint32_t NAME(site_key)(const uint64_t *key, REAL site, uint32_t salt) {
    const uint64_t seed = key ? key[0] : 0, step = key ? key[1] : 0;
    uint32_t h = NAME(mixed)((uint32_t)seed + salt * 0x9e3779b9u);
    h = NAME(mixed)(h ^ (uint32_t)(seed >> 32));
    h = NAME(mixed)(h ^ (uint32_t)step);
    return NAME(mixed)(h ^ (uint32_t)(int32_t)site);
}

// dst = a * (a standard normal number), by the transformation of Box & Muller (1958).
static void NAME(noise)(const uint64_t *key, int64_t start, int64_t count, REAL *dst, const REAL *a, REAL site) {
    const uint32_t first = NAME(site_key)(key, site, 1), second = NAME(site_key)(key, site, 2);
    for (int64_t i = 0; i < count; i += 16) {
        REAL u[16], angle[16];
        for (int j = 0; j < 16; j++) {
            const uint32_t element = (uint32_t)(start + i + j);
            u[j] = ((REAL)(NAME(mixed)(element ^ first) >> 8) + (REAL)0.5) * (REAL)5.9604644775390625e-8;
            angle[j] = (REAL)(NAME(mixed)(element ^ second) >> 8) * (REAL)3.7450702829239286e-7;  // 2 pi / 2^24
        }
        for (int j = 0; j < 16; j += WIDTH) {
            const V radius = v_sqrt((V)(REAL)-2 * v_log(load(u + j)));
            store(dst + i + j, load(a + i + j) * radius * v_cos(load(angle + j)));
        }
    }
}

// dst = 0 with probability p, else a.
static void NAME(drop)(const uint64_t *key, int64_t start, int64_t count, REAL *dst, const REAL *a, const REAL *p, REAL site) {
    const uint32_t first = NAME(site_key)(key, site, 1);
    for (int64_t i = 0; i < count; i++) {
        const REAL u = ((REAL)(NAME(mixed)((uint32_t)(start + i) ^ first) >> 8) + (REAL)0.5) * (REAL)5.9604644775390625e-8;
        dst[i] = u < p[i] ? 0 : a[i];
    }
}
