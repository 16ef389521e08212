package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.boundary.Margin;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import picocli.CommandLine.Command;

/** {@code whisker boundary margins}: how far images lie from the decision boundary. */
@Command(
    name = "margins",
    description = {
      "Counts the pixels of an image that must be flipped until p(cat) crosses ½, and gives a"
          + " linear estimate beside it: |logit| / gradient, and the number of flips that it"
          + " implies.",
      "Writes margins.csv (one row per image), summary.csv, margins.png. Ctrl-C keeps finished"
          + " results; --resume continues."
    },
    footer = {
      "",
      "A flip makes a pixel black or white. The search is greedy: each step scores the",
      "flips that the gradient finds most promising and takes the best, so its number",
      "is an upper bound. An image that it gives up on counts as not reached.",
      "linear_distance is in gray levels: one pixel from black to white is 1.",
      "",
      "Examples:",
      "  whisker boundary margins --model vgg16-mini my-run white",
      "  whisker boundary margins --model vgg16-mini photos/test --per-group 50",
      "  whisker boundary margins --model vgg16-mini photos/test --max-flips 1000 \\",
      "      --out far",
      "  whisker boundary margins --resume far"
    })
final class BoundaryMarginsCommand extends JobCommand<MarginsConfig, MarginsJob.Result> {
  BoundaryMarginsCommand(Environment environment) {
    super(environment, MarginsConfig.class, Extra.CHARTS);
  }

  @Override
  protected ResumableJob<MarginsConfig, MarginsJob.Result> job(JobContext context) {
    return new MarginsJob(context);
  }

  @Override
  protected Optional<Path> shown(MarginsJob.Result result) {
    return result.done() ? Optional.of(result.folder()) : Optional.empty();
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Margin.Summary.TABLE);
  }

  @Override
  protected int say(MarginsJob.Result result) {
    if (result.done()) {
      environment().out().print(MarginsSummary.text(result.summary()));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  /** What the command line says of margins. */
  private static final class MarginsSummary {
    private static final String BOUND =
        "flips: of the picture as it is (a gray pixel becomes black or white), found greedily and"
            + " none taken back, so at most so many are needed"
            + System.lineSeparator();

    private MarginsSummary() {}

    /** A table with a row a group and side; a dash where more than half are not reached. */
    static String text(List<Margin.Summary> summary) {
      return TextTable.of(Margin.Summary.TABLE, summary) + BOUND;
    }
  }
}
