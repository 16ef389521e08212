package org.whisker.feature.boundary;

import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.ResumableCommand;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import picocli.CommandLine.Command;

/** {@code whisker boundary attack}: small changes that turn images, and success by budget. */
@Command(
    name = "attack",
    description = {
      "Looks for the smallest change that takes an image across p(cat) = ½, by gradient attacks"
          + " (few pixels: sigma-zero; the largest change of a pixel: fmn; Euclidean length: ddn)"
          + " and by the searches among flips (greedy-flips as in margins, fewest-flips as in"
          + " counterfactual).",
      "Writes attacks.csv (one row per image and search), success.csv (the share turned within each"
          + " budget, with its interval), success.png, success.svg. Ctrl-C keeps finished results;"
          + " --resume continues."
    },
    footer = {
      "",
      "Attacks change gray values within black and white, each by as much as it likes;",
      "flips make pixels black or white. Every number is an upper bound. p_cat_rounded",
      "is p(cat) with grays rounded to 256 steps, as image files keep them: a change",
      "below half a step is gone. fewest-flips takes cats of two tones, such as evolved",
      "ones, and leaves other images out.",
      "",
      "Examples:",
      "  whisker boundary attack --model vgg16-mini my-run",
      "  whisker boundary attack --model vgg16-mini photos/test --per-group 50 \\",
      "      --searches sigma-zero,greedy-flips --out near",
      "  whisker boundary attack --resume near"
    })
final class BoundaryAttackCommand extends JobCommand<AttackConfig, AttackJob.Result> {
  BoundaryAttackCommand(Environment environment) {
    super(environment, AttackConfig.class, Extra.CHARTS);
  }

  @Override
  protected ResumableJob<AttackConfig, AttackJob.Result> job(JobContext context) {
    return new AttackJob(context);
  }

  @Override
  protected int say(AttackJob.Result result) {
    if (result.done()) {
      environment().out().print(AttackText.of(result.success()));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }
}
