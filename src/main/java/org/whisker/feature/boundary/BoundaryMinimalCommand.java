package org.whisker.feature.boundary;

import java.util.List;
import java.util.Optional;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.ResumableCommand;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import picocli.CommandLine.Command;

/** {@code whisker boundary minimal}: few black pixels that a classifier takes for a cat. */
@Command(
    name = "minimal",
    description = {
      "Looks for the smallest set of black pixels on white that reaches a given p(cat), from"
          + " several starts, and proves that no single pixel of it can be removed.",
      "Writes minimal.csv (one row per start and target), sets/ (each set as PNG, and the scores"
          + " without each of its pixels), minimal.png, sets.png. Ctrl-C keeps finished results;"
          + " --resume continues."
    },
    footer = {
      "",
      "A start below the target is changed pixel by pixel (greedily, by the gradient)",
      "until it reaches the target. Then pixels are removed, and others added that",
      "allow more removals. All scoring is in float32; the proof uses full passes.",
      "1-minimal does not mean smallest: each number is an upper bound.",
      "",
      "Examples:",
      "  whisker boundary minimal --model vgg16-mini",
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds --out few",
      "  whisker boundary minimal --model vgg16-mini --starts greedy --target 0.5 \\",
      "      --evaluations 1000000",
      "  whisker boundary minimal --resume few"
    })
final class BoundaryMinimalCommand extends JobCommand<MinimalConfig, Optional<MinimalJob.Result>> {
  BoundaryMinimalCommand(Environment environment) {
    super(environment, MinimalConfig.class, Extra.CHARTS);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of("--model", "--target", "--starts", "--runs", "--density", "--evaluations");
  }

  @Override
  protected ResumableJob<MinimalConfig, Optional<MinimalJob.Result>> job(JobContext context) {
    return new MinimalJob(context);
  }

  @Override
  protected int say(Optional<MinimalJob.Result> result) {
    if (result.isEmpty()) {
      return ExitCode.FAILURE;
    }
    if (result.get().done()) {
      environment().out().print(MinimalSummary.text(result.get().rows()));
    }
    ResumableCommand.end(environment(), result.get().folder(), result.get().done());
    return result.get().unread() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }
}
