package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.boundary.MinimalSearch;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
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
  protected Optional<Path> shown(Optional<MinimalJob.Result> result) {
    return result.filter(MinimalJob.Result::done).map(MinimalJob.Result::folder);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, MinimalSearch.Outcome.OfStart.TABLE);
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

  /** What the command line says of minimal sets. */
  private static final class MinimalSummary {
    private static final List<String> HEADER =
        List.of(
            "START",
            "TARGET",
            "PIXELS",
            "P(CAT)",
            "E",
            "SCORED",
            "1-MINIMAL",
            "LARGEST WITHOUT ONE");

    private MinimalSummary() {}

    /** A table with a row a search, and the smallest set of each target. */
    static String text(List<MinimalSearch.Outcome.OfStart> rows) {
      List<List<String>> table = new ArrayList<>(List.of(HEADER));
      rows.forEach(row -> table.add(row(row)));
      StringBuilder text = new StringBuilder(TextTable.of(table));
      MinimalSearch.Outcome.OfStart.smallestFirst(rows)
          .forEach(
              (target, sets) ->
                  text.append(
                      sets.isEmpty()
                          ? format(
                              "p(cat) %s: no search reached it; try more --max-flips, or a start from evolve\n",
                              target)
                          : smallest(target, sets.get(0))));
      return text.toString();
    }

    private static String smallest(double target, MinimalSearch.Outcome.OfStart row) {
      return format(
          "p(cat) %s: %d pixels at most are needed, from %s (%s.png)\n",
          target, row.pixels().orElseThrow(), row.start(), row.set());
    }

    private static List<String> row(MinimalSearch.Outcome.OfStart row) {
      List<String> cells = new ArrayList<>(List.of(row.start(), Double.toString(row.target())));
      cells.addAll(
          List.of(
              row.reached() ? Integer.toString(row.pixels().orElseThrow()) : "-",
              number(row.pCat(), "%.4f"),
              number(row.edgeIndex(), "%.3f"),
              Long.toString(row.evaluations()),
              row.reached() ? row.oneMinimal().label() : "-",
              number(row.largestPCatWithoutOne(), "%.4f")));
      return cells;
    }

    private static String number(OptionalDouble value, String form) {
      return value.isPresent() ? format(form, value.getAsDouble()) : "-";
    }

    private static String format(String form, Object... values) {
      return String.format(Locale.ROOT, form, values);
    }
  }
}
