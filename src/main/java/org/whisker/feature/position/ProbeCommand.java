package org.whisker.feature.position;

import java.util.List;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.RecordOptions;
import org.whisker.command.ResumableCommand;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import org.whisker.option.OptionValue;
import picocli.CommandLine.Command;

/** {@code whisker probe}: what one pixel, or one block, does at every place. */
@Command(
    name = "probe",
    description = {
      "Changes one pixel (or a block) at every position and maps the effect on the logit of"
          + " not-cat (below 0 is towards cat), next to what the gradient predicts.",
      "Ctrl-C keeps finished results; --resume continues."
    },
    footer = {
      "",
      "Examples:",
      "  whisker probe --model vgg16-mini",
      "  whisker probe --model vgg16-mini --image runs/1/best.png --pairs 100",
      "  whisker probe --model vgg16-mini --block 4 --out probe-4",
      "  whisker probe --resume probe-4"
    })
public final class ProbeCommand extends JobCommand<ProbeConfig, ProbeResult> {
  public ProbeCommand(Environment environment) {
    super(environment, ProbeConfig.class, Extra.CHARTS);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of(
        "--model",
        "--image",
        "--resize",
        "--block",
        "--mode",
        "--pairs",
        "--device",
        "--precision",
        "--format",
        "--width",
        "--own-scales",
        "--quiet",
        "--verbose",
        "--seed",
        "--out",
        "--resume");
  }

  @Override
  protected ResumableJob<ProbeConfig, ProbeResult> job(JobContext context) {
    return new ProbeJob(context);
  }

  @Override
  protected int say(ProbeResult result) {
    if (!result.modes().isEmpty()) {
      environment().out().print(new ProbeSummary(result.modes(), ProbeJob.RINGS).text());
    }
    result.interactions().ifPresent(all -> environment().out().print(ProbeSummary.text(all)));
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  /** On an image, pixels of both colours are changed unless told. */
  @Override
  protected ProbeConfig config() {
    ProbeConfig config = super.config();
    return config.image().isPresent() && !parsed().hasMatchedOption("--mode")
        ? config.withImage(config.image().get())
        : config;
  }

  @Override
  protected String missing(List<OptionValue> missing) {
    return RecordOptions.missing(missing) + " (or --resume=DIR)";
  }
}
