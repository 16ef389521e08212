package org.whisker.feature.boundary;

import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import picocli.CommandLine.Command;

/** {@code whisker boundary robustness}: what small changes do to evolved images. */
@Command(
    name = "robustness",
    description = {
      "Perturbs images slightly and reports what is left of p(cat): shifted by one pixel in all"
          + " eight directions, flipped, blurred, saved as JPEG, with one extra pixel at random"
          + " places.",
      "Writes robustness.csv (one row per image, change and draw), summary.csv, robustness.png."
    },
    footer = {
      "",
      "Shifts uncover background: white, or the gray that the images were evolved on.",
      "Blur is Gaussian, mirrored at the border; JPEG uses the JDK's encoder, in gray.",
      "",
      "Examples:",
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary robustness --model vgg16-mini my-run cat.jpg --blur 0.7 \\",
      "      --jpeg 80,20",
      "  whisker boundary robustness --model vgg16-mini photos/test --per-group 50"
    })
final class BoundaryRobustnessCommand extends JobCommand<RobustnessConfig, RobustnessJob.Result> {
  BoundaryRobustnessCommand(Environment environment) {
    super(environment, RobustnessConfig.class, Extra.CHARTS);
  }

  @Override
  protected ResumableJob<RobustnessConfig, RobustnessJob.Result> job(JobContext context) {
    return new RobustnessJob(context);
  }

  @Override
  protected int say(RobustnessJob.Result result) {
    environment().out().print(RobustnessText.of(result));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }
}
