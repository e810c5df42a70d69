// Which kernels this machine can run.
#include <string.h>
#include "include/nasl_kernels.h"
#include "kernels/tables.h"

const char *nasl_opcode_name(int32_t opcode) {
    switch (opcode) {
#define ROW(symbol, number, name) case number: return name;
        NASL_PRIMITIVES(ROW)
#undef ROW
    default: return NULL;
    }
}

const nasl_kernels *nasl_float_kernels(int32_t index) {
    const nasl_kernels *present[4] = {&nasl_kernels_float_reference, &nasl_kernels_float_base, NULL, NULL};
#if defined(__x86_64__)
    int32_t count = 2;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) present[count++] = &nasl_kernels_float_avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        present[count++] = &nasl_kernels_float_avx512;
#endif
    return index >= 0 && index < 4 ? present[index] : NULL;
}

const nasl_kernels *nasl_double_kernels(void) { return &nasl_kernels_double; }

const nasl_kernels *nasl_float_kernels_named(const char *name) {
    const nasl_kernels *best = NULL;
    for (int32_t index = 0; nasl_float_kernels(index); index++) {
        const nasl_kernels *kernels = nasl_float_kernels(index);
        if (!name) best = kernels;
        else if (strcmp(name, kernels->name) == 0) return kernels;
    }
    return best;
}

int64_t nasl_program_scratch(const nasl_program *p, int64_t width) {
    const int64_t table = (p->register_count * (int64_t)sizeof(void *) + 63) & ~(int64_t)63;
    return table + p->register_count * (p->block * width + 64) + 64;
}
