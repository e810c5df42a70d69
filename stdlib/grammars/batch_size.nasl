## How many examples a training step takes, and how that may change during training ("Don't Decay the Learning Rate, Increase the Batch
## Size", Smith et al., ICLR 2018; "An Empirical Model of Large-Batch Training", McCandlish et al. 2018).
grammar BatchSize { Size = 8 | 16 | 32 | 64 | 128 | 256 | 512 }

## t: progress from 0 to 1; noise_scale: of the gradient, as McCandlish et al. estimate it.
grammar BatchSchedule(t: Scalar, noise_scale: Scalar) -> Scalar {
    B = 16 | 64 | 256 | 512 * t | noise_scale | 2 * B | max(B, B)
    limit depth <= 4
}
