import "nasl/batch_size.nasl"

## A record of settings for training: what "Random Search for Hyper-Parameter Optimization" (Bergstra & Bengio, JMLR 2012) draws, as a grammar.
grammar Recipe {
    R     = (lr: log_real(1e-5..1e-1), batch: BatchSize, width: Width, optimizer: Opt)
    Width = 32 | 64 | 128
    Opt   = sgd | adam | lion
}
