package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RunOptions;
import org.whisker.command.SearchRunningOptions;
import org.whisker.feature.train.RetrainingData;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SearchPrecision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code explain} and {@code compare} have in common. */
final class ReportOptions {
  @Mixin private final RunOptions run = new RunOptions();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "Search that all arms change one thing of: question, under which the bias was seen;"
              + " quick, which searches harder; or dense. Default: question.")
  private @Nullable String preset;

  @Option(
      names = "--max-evaluations",
      paramLabel = "N",
      description =
          "Most images scored per run. Default: as in the budget; in a comparison, as in standard.")
  private @Nullable Long evaluations;

  @Option(
      names = "--fresh",
      description = "Repeat every run, and keep the runs in the report's own folder.")
  private boolean fresh;

  @Mixin
  private final SearchRunningOptions running = new SearchRunningOptions(SearchPrecision.AUTO);

  /**
   * These as a configuration.
   *
   * @throws InvalidRequestException for what can't be
   */
  ExplainConfig config(
      String budget, List<String> models, OptionalInt networks, Optional<RetrainingData> training) {
    return new ExplainConfig(
        models,
        budget,
        Optional.ofNullable(preset),
        run.asked(),
        networks,
        evaluations == null ? OptionalLong.empty() : OptionalLong.of(evaluations),
        run.generations(),
        run.seed(),
        fresh,
        training,
        running.config());
  }

  /** The folder that was asked for. */
  Optional<Path> out() {
    return run.out();
  }

  /** Draws the page and says what came of it. */
  static int say(ExplainResult result, String budget, Environment environment) throws IOException {
    if (result.took().isPresent()) {
      ReportPage.write(result.folder());
      say(result.took().get(), result.folder(), environment);
    } else {
      String how =
          budget.equals(ExplainJob.COMPARE)
              ? "the same command goes on with the runs that are done"
              : "go on with: whisker explain --resume " + result.folder();
      environment.err().println("whisker: stopped; " + how);
    }
    return ExitCode.OK;
  }

  private static void say(Duration took, Path folder, Environment environment) throws IOException {
    ReportPage.answer(folder).forEach(environment.out()::println);
    environment.out().println();
    ReportPage.verdicts(folder).forEach(environment.out()::println);
    environment
        .out()
        .printf(
            Locale.ROOT,
            "%nThe report (%d min %d s): %s%n",
            took.toMinutes(),
            took.toSecondsPart(),
            folder.resolve("index.html"));
  }
}
