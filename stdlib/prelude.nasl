## The part of the library that is written in the language itself. Every name here can be looked up with `help`.

## A leaky rectifier (Maas et al. 2013).
fn leaky_relu(x, slope: 0.01) = max(slope * x, x)

## x * sigmoid(x) (Elfwing et al. 2017; Ramachandran et al. 2017).
fn silu(x) = x * sigmoid(x)

## Root of the mean squared error.
fn rmse(predicted, target) = sqrt(mean(square(predicted - target)))

## `rmse` over the standard deviation of the target.
fn nrmse(predicted, target) = rmse(predicted, target) / sqrt(mean(square(target - mean(target))))

## Share of the target's variance that is explained.
fn r2(predicted, target) = 1 - mean(square(predicted - target)) / mean(square(target - mean(target)))

## Learning-rate factors over progress t from 0 to 1 (Bello et al. 2017).
fn linear_decay(t) = 1 - t
fn cosine_decay(t) = 0.5 * (1 + cos(pi * t))
fn restart_decay(t, times: 20) = 0.5 * (1 + cos(pi * ((times * t) % 1)))
