# Every loss of the second table: `nasl run Benchmarks/tables/make_loss.nasl > Benchmarks/tables/loss.nasl`, about two minutes.
import "spaces.nasl"
write_table("loss_rewards", programs(Penalties), teaches)
