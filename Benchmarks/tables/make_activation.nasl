# Every activation of the first table: `nasl run Benchmarks/tables/make_activation.nasl > Benchmarks/tables/activation.nasl`, about a quarter of an hour.
import "spaces.nasl"
write_table("activation_rewards", programs(Unit), reads)
