package org.whisker.feature.position;

import java.io.IOException;
import java.util.List;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import picocli.CommandLine.Command;

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
    footer = {
      "",
      "Examples:",
      "  whisker heatmap analyses/evolve-vgg16-mini-20261125-101500",
      "  whisker heatmap run-zero run-reflect --out padding --bandwidth 4",
      "  whisker heatmap pixels.csv --canvas 128x128 pictures/ --skip-bad",
      "  whisker heatmap my-run --model vgg16-mini"
    })
public final class HeatmapCommand extends RecordCommand<HeatmapConfig> {
  public HeatmapCommand(Environment environment) {
    super(environment, HeatmapConfig.class, Extra.OUT, Extra.CHARTS);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of("--canvas", "--bandwidth", "--model", "--skip-bad");
  }

  @Override
  public Integer call() throws IOException {
    new HeatmapJob(config(), context())
        .run(out().asked())
        .ifPresent(new HeatmapReport(environment(), common())::print);
    return ExitCode.OK;
  }
}
