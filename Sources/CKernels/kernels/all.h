// Every kernel once, for one instruction set and one precision.
#include "lanes.h"
#if WIDTH > 1
#include "vector_math.h"
#include "wide.h"
#else
#include "libm_math.h"
#endif
#include "map.h"
#include "random.h"
#include "program.h"
#include "rows.h"
#include "policy.h"
#include "lstm.h"
#include "tensors.h"
#include "tile.h"
#include "gemm.h"
#include "convolution.h"
#include "pooling.h"
#include "normalization.h"
#include "blocks.h"
#include "run.h"

const nasl_kernels NAME(nasl_kernels) = {KERNEL_SET, NAME(run), NAME(program), NAME(map_any), NAME(draw), NAME(judge)};
