package org.whisker.feature.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.file.ChartFiles;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.io.Manifest;
import org.whisker.job.FolderSession;
import org.whisker.option.Option;
import org.whisker.table.ChartRequest;

/** {@code whisker charts}: the charts of folders, drawn again from their tables. */
@Command(
    name = "charts",
    description = {
      "Redraws the charts of any folder that whisker wrote, and of the folders in it, from their"
          + " tables: in other formats, or for the width of a column. It needs no model.",
      "Charts in formats that are not asked for stay as they are."
    },
    footer = {
      "",
      "Examples:",
      "  whisker charts my-report --format pdf --width one",
      "  whisker charts analyses/* --format pdf,png --width 120"
    })
@HelpOrder("--format --width --own-scales")
public final class ChartsCommand extends RecordCommand<ChartsCommand.Asked> {
  /** Which charts are drawn. */
  record Asked(
      @Option(needed = true, label = "DIR", help = "Folders that whisker wrote.")
          List<Path> folders) {}

  public ChartsCommand(Environment environment) {
    super(environment, Asked.class, Extra.CHARTS, Extra.MAPS);
  }

  @Override
  protected boolean mayBeQuiet() {
    return false;
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    ChartRequest request = charts();
    for (Path folder : asked.folders()) {
      Path top = FolderSession.itself(folder);
      for (Map.Entry<Path, List<Path>> own : byJob(top, inside(top)).entrySet()) {
        FolderSession.draw(own.getKey(), () -> draw(own.getValue(), request));
      }
      environment().out().println(folder);
    }
    return ExitCode.OK;
  }

  private void draw(List<Path> all, ChartRequest request) throws IOException {
    for (Path each : all) {
      environment().charts().draw(each, ChartFiles.of(each).with(request));
    }
  }

  /** Folders by the nearest above them that a command wrote as a whole. */
  private static Map<Path, List<Path>> byJob(Path top, List<Path> all) {
    Map<Path, List<Path>> jobs = new LinkedHashMap<>();
    for (Path each : all) {
      Path job = each;
      while (!job.equals(top) && !hasManifest(job)) {
        job = Objects.requireNonNull(job.getParent());
      }
      jobs.computeIfAbsent(job, key -> new ArrayList<>()).add(each);
    }
    return jobs;
  }

  private static List<Path> inside(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is not a folder; name one that whisker wrote");
    }
    List<Path> folders;
    try (Stream<Path> all = Files.walk(folder)) {
      folders = all.filter(Files::isDirectory).sorted().toList();
    }
    if (folders.stream().noneMatch(ChartsCommand::hasManifest) && !isPart(folder)) {
      throw new IOException(
          folder
              + " holds no manifest.json, so whisker did not write it; name a folder that it did");
    }
    return folders;
  }

  private static boolean hasManifest(Path folder) {
    return Files.exists(folder.resolve(Manifest.NAME));
  }

  /** Whether it lies in a folder that whisker wrote. */
  private static boolean isPart(Path folder) {
    for (@Nullable Path above = folder.toAbsolutePath().normalize();
        above != null;
        above = above.getParent()) {
      if (hasManifest(above)) {
        return true;
      }
    }
    return false;
  }
}
