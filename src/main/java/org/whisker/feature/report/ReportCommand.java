package org.whisker.feature.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.feature.evolve.EvolvePage;
import org.whisker.feature.explain.ReportPage;
import org.whisker.feature.sweep.SweepPage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Leftovers;
import org.whisker.job.OutputFolder;
import org.whisker.job.input.BadInputs;
import org.whisker.page.HtmlReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker report}: the page of an explanation, drawn again from its tables. */
@Command(
    name = "report",
    description = {
      "Redraws index.html from the tables of a folder that explain or evolve wrote.",
      "It needs neither a model nor any file outside the folder.",
      "A folder that can't be read is reported; the others are drawn, and the exit code is 1."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker report my-report",
      "  whisker report reports/*",
      "  whisker report my-report --share to-send",
      "  whisker report my-report --single-file my-report.html"
    })
public final class ReportCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "Folders that explain or evolve wrote.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--share",
      paramLabel = "DIR",
      description =
          "Also write a copy for sharing: the page and its tables, without those above 100 kB. For"
              + " a single folder only.")
  private @Nullable Path share;

  @Option(
      names = "--single-file",
      paramLabel = "FILE",
      description =
          "Also write the page to one file for sharing, without links to its tables. For a single"
              + " folder only.")
  private @Nullable Path singleFile;

  @Mixin private final CommonOptions common = new CommonOptions();

  public ReportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    InvalidRequestException.refuse(
        share != null && folders.size() > 1, "--share takes one folder, not " + folders.size());
    BadInputs bad = new BadInputs(folders.size() > 1);
    InvalidRequestException.refuse(
        singleFile != null && folders.size() > 1,
        "--single-file takes one folder, not " + folders.size());
    for (Path folder : folders) {
      try {
        draw(folder);
      } catch (IOException e) {
        bad.found(e);
      }
    }
    bad.leftOut().forEach(line -> environment.err().println("whisker: " + line));
    return bad.leftOut().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void draw(Path folder) throws IOException {
    if (SharedCopy.lacksTables(folder)) {
      throw new IOException(
          folder + " is a copy without its large tables; draw the report that it was made of");
    }
    Leftovers.removeAbandoned(folder);
    long bytes = page(folder);
    Path page = folder.resolve("index.html");
    environment.out().println(page);
    if (share != null) {
      share(folder, share);
    }
    if (singleFile != null) {
      SingleFile.write(folder, singleFile);
      environment.out().println(singleFile);
    }
    if (bytes > HtmlReport.COMFORTABLE_BYTES && !common.quiet()) {
      environment
          .err()
          .printf(
              Locale.ROOT,
              "whisker: %s has %.1f MiB, more than the 5 that a phone likes%n",
              page,
              bytes / (double) (1 << 20));
    }
  }

  private static long page(Path folder) throws IOException {
    if (EvolvePage.isFor(folder)) {
      return EvolvePage.write(folder);
    }
    if (SweepPage.isFor(folder)) {
      return SweepPage.write(folder);
    }
    return ReportPage.write(folder);
  }

  private void share(Path folder, Path copy) throws IOException {
    OutputFolder.create(Optional.of(copy), copy, "", environment.clock());
    List<String> left = SharedCopy.write(folder, copy);
    environment.out().println(copy.resolve("index.html"));
    if (!left.isEmpty() && !common.quiet()) {
      environment.err().println("whisker: not in the copy: " + String.join(", ", left));
    }
  }
}
