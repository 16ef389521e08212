package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.boundary.Robustness;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.TextTable;
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
      "Blur is Gaussian, mirrored at the border; JPEG uses the JDK's encoder.",
      "",
      "Examples:",
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary robustness --model vgg16-mini my-run docs/cat.png --blur 0.7 \\",
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
  protected Optional<Path> shown(RobustnessJob.Result result) {
    return Optional.of(result.folder());
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Robustness.Summary.TABLE);
  }

  @Override
  protected int say(RobustnessJob.Result result) {
    environment().out().print(RobustnessText.of(result));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  /** What the command line says of small changes. */
  private static final class RobustnessText {
    private static final List<String> HEADER =
        List.of("IMAGES", "CHANGE", "MEAN P(CAT)", "LOWEST", "STAY ON THEIR SIDE");

    private RobustnessText() {}

    /** A table with a row a group and change. */
    static String of(RobustnessJob.Result result) {
      List<List<String>> table = new ArrayList<>(List.of(HEADER));
      for (Robustness.Group group : Robustness.Group.of(result.summary(), result.rows())) {
        for (int change = 0; change < group.changes().size(); change++) {
          table.add(row(group.changes().get(change), group.catProbabilities(change)));
        }
      }
      return TextTable.of(table);
    }

    private static List<String> row(Robustness.Summary row, List<List<Double>> images) {
      double lowest = images.stream().flatMap(List::stream).mapToDouble(p -> p).min().orElseThrow();
      return List.of(
          row.group(),
          row.change(),
          String.format(Locale.ROOT, "%.4f", row.meanPCat()),
          String.format(Locale.ROOT, "%.4f", lowest),
          String.format(Locale.ROOT, "%.0f %%", 100 * row.sameSide()));
    }
  }
}
