package org.whisker.feature.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.whisker.chart.file.ChartFiles;
import org.whisker.command.ChartOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.job.Leftovers;
import org.whisker.table.ChartRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whisker charts}: the charts of folders, drawn again from their tables. */
@Command(
    name = "charts",
    description = {
      "Redraws the charts of any folder that whisker wrote, and of the folders in it, from their"
          + " tables: in other formats, or for the width of a column. It needs no model.",
      "Charts in formats that are not asked for stay as they are."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker charts my-report --format pdf --width one",
      "  whisker charts analyses/* --format pdf,png --width 120"
    })
public final class ChartsCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders that whisker wrote.")
  private List<Path> folders = new ArrayList<>();

  @Mixin private final ChartOptions charts = new ChartOptions();

  public ChartsCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    ChartRequest request = charts.charts();
    for (Path folder : folders) {
      List<Path> all = inside(folder);
      Leftovers.drawing(folder, () -> draw(all, request));
      environment.out().println(folder);
    }
    return ExitCode.OK;
  }

  private void draw(List<Path> all, ChartRequest request) throws IOException {
    for (Path each : all) {
      environment.charts().draw(each, ChartFiles.of(each).with(request));
    }
  }

  private static List<Path> inside(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is not a folder; name one that whisker wrote");
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }
}
