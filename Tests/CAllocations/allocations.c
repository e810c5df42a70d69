// Stands before the C library's malloc in the program that links it.
#include "allocations.h"
#include <errno.h>
#include <stddef.h>

static __thread int watching;
static __thread int64_t seen;

void allocations_watch(void) {
    seen = 0;
    watching = 1;
}

int64_t allocations_seen(void) {
    watching = 0;
    return seen;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1  // has a malloc of its own
#endif
#endif

#if defined(__linux__) && defined(__GLIBC__) && !defined(SANITIZED)
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
    seen += watching;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    seen += watching;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    seen += watching;
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    seen += watching;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    seen += watching;
    *result = __libc_memalign(alignment, size);
    return *result ? 0 : ENOMEM;
}
#endif
