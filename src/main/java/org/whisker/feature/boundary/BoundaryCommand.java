package org.whisker.feature.boundary;

import java.util.List;
import java.util.function.Function;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import org.whisker.option.OptionValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code whisker boundary}: paths across the decision boundary, and the commands beside them. */
@Command(
    name = "boundary",
    description = {
      "Follows paths from one picture to another and reports where p(cat) crosses ½.",
      "Pixel by pixel in several orders, and in gray levels along a straight line. Writes path.csv,"
          + " crossings.csv, pixels.csv, band.csv, logit-band.csv, pixel-paths.png, straight.png,"
          + " filmstrip.png.",
      "A picture is an image file, white, an output folder of evolve (its best run), or the folder"
          + " of one run."
    },
    footer = {
      "",
      "Each step of best-first changes the pixel that moves the logit most towards",
      "that of --to. If there are many pixels, only the most promising by gradient are",
      "scored; where they change in blocks (photos differ nearly everywhere), the",
      "gradient alone decides. The search is greedy: an order that crosses earlier may",
      "exist. worst-first does the opposite. All crossings are in crossings.csv.",
      "",
      "Examples:",
      "  whisker boundary --model vgg16-mini --from white --to my-run",
      "  whisker boundary --model vgg16-mini --from a.jpg --to white --orders straight",
      "  whisker boundary --model vgg16-mini --from my-run/runs/1 --to a.jpg \\",
      "      --random 50",
      "  whisker boundary attack --model vgg16-mini my-run",
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds",
      "  whisker boundary slice --model vgg16-mini --points white my-run a.jpg"
    })
public final class BoundaryCommand extends JobCommand<PathsConfig, PathsJob.Result> {
  /** The commands below this one, in the order in which help lists them. */
  private static final List<Function<Environment, Object>> SUBCOMMANDS =
      List.of(
          BoundaryAttackCommand::new,
          BoundaryCounterfactualCommand::new,
          BoundaryMarginsCommand::new,
          BoundaryMinimalCommand::new,
          BoundarySliceCommand::new,
          BoundaryTransferCommand::new,
          BoundaryRobustnessCommand::new);

  public BoundaryCommand(Environment environment) {
    super(environment, PathsConfig.class, Extra.CHARTS);
  }

  @Override
  public void setSpec(CommandSpec spec) {
    super.setSpec(spec);
    for (Function<Environment, Object> command : SUBCOMMANDS) {
      CommandLine line = new CommandLine(command.apply(environment()));
      spec.addSubcommand(line.getCommandName(), line);
    }
  }

  @Override
  protected boolean isNeededAtOnce() {
    return false; // the commands below have their own
  }

  @Override
  protected String missing(List<OptionValue> missing) {
    return "Missing required option: '%s' (or name a subcommand)".formatted(missing.get(0).name());
  }

  @Override
  protected ResumableJob<PathsConfig, PathsJob.Result> job(JobContext context) {
    return new PathsJob(context);
  }

  @Override
  protected int say(PathsJob.Result result) {
    BoundaryPaths found = result.paths();
    environment().out().print(PathsSummary.text(found));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }
}
