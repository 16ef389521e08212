package org.whisker.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.job.Provenance.WhiskerVersion;
import picocli.CommandLine.Command;

/** {@code whisker cite}: how to cite this version. */
@Command(
    name = "cite",
    description = {
      "Prints a BibTeX entry for this version of whisker.",
      "The methods that it uses have references of their own: see docs/guide.md, and whisker"
          + " saliency --method list."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  whisker cite >> paper.bib"})
final class CiteCommand implements Callable<Integer> {
  /** Year in which the version in pom.xml was begun. */
  private static final int YEAR = 2026;

  private final Environment environment;

  CiteCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    environment
        .out()
        .print(
            String.format(
                Locale.ROOT,
                """
              @software{whisker,
                title = {whisker: why an image classifier sees a cat in a handful of black pixels},
                author = {{The whisker authors}},
                year = {%d},
                version = {%s},
                license = {Apache-2.0}
              }
              """,
                YEAR,
                WhiskerVersion.get()));
    return ExitCode.OK;
  }
}
