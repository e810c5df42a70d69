// The loop that runs a plan.

enum { ROW_MAJOR = 101, PLAIN = 111, TRANSPOSED = 112 };

// at: c, a, b, row or none; size: m, n, k; flags: 1 a is transposed, 2 b is; value: alpha, beta. Row-major without gaps. With a row,
// each row of c starts from it.
INLINE void NAME(gemm)(const nasl_plan *plan, const nasl_instruction *in) {
    const int64_t m = in->size[0], n = in->size[1], k = in->size[2];
    REAL *c = (REAL *)(plan->arena + in->at[0]);
    const REAL *a = (const REAL *)(plan->arena + in->at[1]), *b = (const REAL *)(plan->arena + in->at[2]);
    const REAL *row = in->at[3] < 0 ? 0 : (const REAL *)(plan->arena + in->at[3]);
    if (m <= 0 || n <= 0) return;
#if OWN_GEMM
    if (NAME(small_gemm)(in->flags & 1, in->flags & 2, m, n, k, a, b, row, in->value[1] != 0, c, plan->scratch)) return;
#endif
    if (row)
        for (int64_t i = 0; i < m; i++)
            for (int64_t j = 0; j < n; j++) c[i * n + j] = row[j];
    const int transA = in->flags & 1 ? TRANSPOSED : PLAIN, transB = in->flags & 2 ? TRANSPOSED : PLAIN;
    const int depth = k > 0 ? (int)k : 1, lda = in->flags & 1 ? (int)m : depth, ldb = in->flags & 2 ? depth : (int)n;
    plan->GEMM(ROW_MAJOR, transA, transB, (int)m, (int)n, (int)k, (REAL)in->value[0], a, lda, b, ldb,
               (REAL)(row ? 1 : in->value[1]), c, (int)n);
}

static void NAME(run)(const nasl_plan *plan, int64_t first, int64_t count) {
    char *const arena = plan->arena, *const scratch = plan->scratch;
    for (const nasl_instruction *in = plan->instructions + first, *end = in + count; in < end; in++) {
        switch (in->kernel) {
        case NASL_GEMM: NAME(gemm)(plan, in); break;
        // size: elements, program, first operand.
        case NASL_ELEMENTWISE:
            NAME(program)(&plan->programs[in->size[1]], plan->operands + in->size[2], arena, scratch, plan->key, in->size[0]);
            break;
        case NASL_FILL: NAME(fill)(in, arena); break;
        case NASL_COPY_COLUMNS: NAME(copy_columns)(in, arena); break;
        case NASL_SUM: NAME(sum)(in, arena); break;
        case NASL_SUM_GRADIENT: NAME(sum_gradient)(in, arena); break;
        case NASL_COLUMN_SUM: NAME(column_sum)(in, arena); break;
        case NASL_EMBEDDING: NAME(embedding)(in, arena); break;
        case NASL_EMBEDDING_GRADIENT: NAME(embedding_gradient)(in, arena); break;
        case NASL_EMBEDDING_SUM: NAME(embedding_sum)(in, arena); break;
        case NASL_EMBEDDING_SUM_GRADIENT: NAME(embedding_sum_gradient)(in, arena); break;
        case NASL_CROSS_ENTROPY: NAME(cross_entropy)(in, arena, scratch); break;
        case NASL_CROSS_ENTROPY_GRADIENT: NAME(cross_entropy_gradient)(in, arena, scratch); break;
        case NASL_CORRECT: NAME(correct)(in, arena); break;
        case NASL_LOG_SOFTMAX: NAME(log_softmax)(in, arena, scratch); break;
        case NASL_LOG_SOFTMAX_GRADIENT: NAME(log_softmax_gradient)(in, arena, scratch); break;
        case NASL_LSTM: NAME(lstm)(in, arena); break;
        case NASL_LSTM_GRADIENT: NAME(lstm_gradient)(in, arena); break;
        case NASL_PAD: NAME(pad)(in, arena); break;
        case NASL_CONVOLUTION: NAME(convolution)(in, arena); break;
        case NASL_FLIP_FILTERS: NAME(flip_filters)(in, arena); break;
        case NASL_FILTER_GRADIENT: NAME(filter_gradient)(in, arena); break;
        case NASL_MAX_POOL: NAME(max_pool)(in, arena); break;
        case NASL_MAX_POOL_GRADIENT: NAME(max_pool_gradient)(in, arena, scratch); break;
        case NASL_AVERAGE_POOL: NAME(average_pool)(in, arena); break;
        case NASL_AVERAGE_POOL_GRADIENT: NAME(average_pool_gradient)(in, arena); break;
        case NASL_BATCH_NORM: NAME(batch_norm)(in, arena, scratch); break;
        case NASL_BATCH_NORM_GRADIENT: NAME(batch_norm_gradient)(in, arena, scratch); break;
        case NASL_LAYER_NORM: NAME(layer_norm)(in, arena, scratch); break;
        case NASL_LAYER_NORM_GRADIENT: NAME(layer_norm_gradient)(in, arena, scratch); break;
        case NASL_COPY_BLOCK: NAME(copy_block)(in, arena); break;
        case NASL_TRANSPOSE: NAME(transpose)(in, arena); break;
        case NASL_GATHER: NAME(gather)(in, arena); break;
        case NASL_GATHER_GRADIENT: NAME(gather_gradient)(in, arena); break;
        }
    }
}
