package org.whisker.feature.boundary;

import java.util.Optional;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.ResumableCommand;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import picocli.CommandLine.Command;

/** {@code whisker boundary counterfactual}: the fewest flips that make no cat of a cat. */
@Command(
    name = "counterfactual",
    description = {
      "Looks for the smallest set of pixels to flip, black to white or white to black, so that a"
          + " cat is no longer classified as one, and proves that no single flip can be left out."
          + " Gray pictures are binarised first.",
      "Writes counterfactual.csv (one row per image), images/N/ (flips.csv, before.png, after.png,"
          + " change.png), summary.csv. Ctrl-C keeps finished results; --resume continues."
    },
    footer = {
      "",
      "Pixels are flipped one at a time, as in margins. Then flips that are not needed are",
      "undone, and others are tried that make more of them redundant (floating search).",
      "All scoring is in float32; the proof uses full passes. The number is an upper bound.",
      "summary.csv compares the edge index of the flips with that of random toroidal shifts",
      "of them, which have no preferred position.",
      "",
      "Examples:",
      "  whisker boundary counterfactual --model vgg16-mini my-run",
      "  whisker boundary counterfactual --model vgg16-mini cat.jpg --threshold 0.4",
      "  whisker boundary counterfactual --model vgg16-mini photos/test/cat \\",
      "      --per-group 50 --out turned",
      "  whisker boundary counterfactual --resume turned"
    })
final class BoundaryCounterfactualCommand
    extends JobCommand<CounterfactualConfig, Optional<CounterfactualJob.Result>> {
  BoundaryCounterfactualCommand(Environment environment) {
    super(environment, CounterfactualConfig.class, Extra.CHARTS);
  }

  @Override
  protected ResumableJob<CounterfactualConfig, Optional<CounterfactualJob.Result>> job(
      JobContext context) {
    return new CounterfactualJob(context);
  }

  @Override
  protected int say(Optional<CounterfactualJob.Result> result) {
    if (result.isEmpty()) {
      return ExitCode.FAILURE;
    }
    if (result.get().done()) {
      environment().out().print(CounterfactualText.of(result.get().rows(), result.get().summary()));
    }
    ResumableCommand.end(environment(), result.get().folder(), result.get().done());
    return result.get().unread() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }
}
