package org.whisker.cli.position;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.study.position.HeatmapConfig;
import org.whisker.study.position.HeatmapJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whisker heatmap}: where the black pixels of evolved images lie. */
@Command(
    name = "heatmap",
    description = {
      "Maps where black pixels lie in sets of evolved images, and tests whether chance would put"
          + " them there: the edge index E (1/2 is chance, below it is nearer the edge) with"
          + " interval, p and verdict; maps of frequency, density and contribution; density by"
          + " edge rank, side, corner and residue. Several conditions are compared pairwise.",
      "",
      "The null distributions are simulated: 399 maps of random sets of the same sizes (199 above"
          + " 40,000 pixels), and toroidal shifts of each run (9,999, fewer where there are many"
          + " pixels).",
      "",
      "A table run,x,y cannot represent a run without black pixels: such runs are missing from it,"
          + " and from the count of white runs. If there may be any, give the images instead.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker heatmap analyses/evolve-vgg16-mini-20261125-101500",
      "  whisker heatmap run-zero run-reflect --out padding --bandwidth 4",
      "  whisker heatmap pixels.csv --canvas 128x128 pictures/ --skip-bad",
      "  whisker heatmap my-run --model vgg16-mini"
    })
public final class HeatmapCommand implements Callable<Integer> {
  private final Environment environment;
  @Mixin private final HeatmapOptions options = new HeatmapOptions();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public HeatmapCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    HeatmapConfig config = options.config(running, HeatmapConfig.BATCH);
    HeatmapJob job = new HeatmapJob(config, environment.context(common, charts));
    job.run(options.out()).ifPresent(new HeatmapReport(environment, common)::print);
    return ExitCode.OK;
  }
}
