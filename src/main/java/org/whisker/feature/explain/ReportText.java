package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.explain.Finding;
import org.whisker.feature.explain.ExplainJob.ExplainResult;

/** What {@code explain} and {@code compare} say at their end. */
final class ReportText {
  private ReportText() {}

  /** The folder with the verdicts; empty where it was stopped. */
  static Optional<Path> shown(ExplainResult result) {
    return result.took().map(took -> result.folder());
  }

  /** The verdicts of a folder for a program to read. */
  static Document document(Path folder) throws IOException {
    return new Document()
        .table("findings", Finding.TABLE, Finding.read(folder.resolve(Finding.FILE)))
        .value("folder", folder);
  }

  /** Draws the page and says what came of it. */
  static int say(ExplainResult result, String command, Environment environment) throws IOException {
    if (result.took().isPresent()) {
      ReportPage.write(result.folder());
      say(result.took().get(), result.folder(), environment);
    } else {
      environment
          .err()
          .println(
              "whisker: stopped; go on with: whisker %s --resume %s"
                  .formatted(command, result.folder()));
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
