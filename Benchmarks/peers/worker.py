"""One peer for one figure: worker.py PEER FIGURE. Says "ready", then answers each line of the standard input with the seconds of the CPU that one unit of work
takes.

Every figure of a peer is a function that gives (body, units): `body()` does so many units."""
import importlib
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"


def main():
    peer, figure = sys.argv[1:]
    body, units = getattr(importlib.import_module(peer + "_peer"), figure)()
    body()
    body()
    print("ready", flush=True)
    for _ in sys.stdin:
        begin = time.process_time()
        body()
        print((time.process_time() - begin) / units, flush=True)


main()
