package org.whisker.page.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.whisker.io.JsonFile;
import org.whisker.page.HtmlReport;
import org.whisker.page.ManifestLines;
import org.whisker.page.Report;
import org.whisker.page.ReportFolder;
import org.whisker.page.ReportPage;
import org.whisker.page.Section;
import org.whisker.table.report.FindingRow;
import org.whisker.table.sweep.ExperimentRow;
import org.whisker.table.sweep.OptionEffectRow;
import org.whisker.table.sweep.OptionRow;
import org.whisker.table.sweep.SettingRow;
import org.whisker.table.sweep.SweptNetworkRow;
import org.whisker.table.sweep.SweptRunRow;
import org.whisker.table.sweep.UnfinishedRow;

/**
 * {@code index.html} of what a sweep has collected, drawn from its tables: how far it is, searches
 * by their options, and a report of each configuration of {@code ablate}, which has a page of its
 * own.
 */
public final class SweepPage {
  private static final Set<String> INTERNAL = Set.of("configuration", "arguments");

  private SweepPage() {}

  /** Whether the folder is what a sweep has collected, and not one of its configurations. */
  public static boolean isFor(Path folder) {
    return Files.isRegularFile(folder.resolve(ExperimentRow.FILE))
        && Files.isRegularFile(folder.resolve(UnfinishedRow.FILE));
  }

  /**
   * Writes the pages.
   *
   * @param collected the folder of the tables
   * @return the size of its own page in bytes
   * @throws IOException in one line that names the file that is missing or can't be read
   */
  public static long write(Path collected) throws IOException {
    Set<String> reported = new TreeSet<>();
    for (ExperimentRow row : ExperimentRow.TABLE.read(collected.resolve(ExperimentRow.FILE))) {
      if (Files.exists(collected.resolve(row.group()).resolve(FindingRow.FILE))
          && reported.add(row.group())) {
        ReportPage.write(collected.resolve(row.group()));
      }
    }
    return HtmlReport.write(collected, () -> report(collected, List.copyOf(reported)));
  }

  private static Report report(Path folder, List<String> reported) throws IOException {
    List<ExperimentRow> experiments = ExperimentRow.TABLE.read(folder.resolve(ExperimentRow.FILE));
    UnfinishedTasks unfinished = UnfinishedTasks.of(folder.resolve(UnfinishedRow.FILE));
    List<SettingRow> settings = SettingRow.TABLE.read(folder.resolve(SettingRow.FILE));
    List<OptionRow> options = OptionRow.TABLE.read(folder.resolve(OptionRow.FILE));
    List<SweptNetworkRow> networks = networks(folder.resolve(SweptNetworkRow.FILE));
    List<Section> sections = new ArrayList<>();
    sections.add(ProgressSection.of(experiments, unfinished));
    SettingSections.of(
            settings, options, OptionEffectRow.TABLE.read(folder.resolve(OptionEffectRow.FILE)))
        .forEach(sections::add);
    NetworkSection.of(networks).ifPresent(sections::add);
    for (String group : reported) {
      sections.add(AblationSection.of(folder, group));
    }
    JsonNode manifest = JsonFile.read(folder.resolve(ReportFolder.MANIFEST));
    return new Report(
        "What a sweep has found",
        summary(settings.size(), experiments.size(), networks.size()),
        List.of(ProgressSection.answer(experiments, settings, networks.size(), unfinished)),
        List.of(),
        sections,
        ManifestLines.of(manifest, INTERNAL),
        files(folder, reported));
  }

  /** None in a folder that an earlier whisker has collected. */
  private static List<SweptNetworkRow> networks(Path table) throws IOException {
    return Files.exists(table) ? SweptNetworkRow.TABLE.read(table) : List.of();
  }

  private static String summary(int settings, int experiments, int networks) {
    return String.format(
            Locale.ROOT, "%,d settings of searches, %,d experiments", settings, experiments)
        + (networks > 0 ? String.format(Locale.ROOT, ", %,d networks", networks) : "");
  }

  private static List<String> files(Path folder, List<String> reported) {
    List<String> files = new ArrayList<>();
    for (String file :
        List.of(SweptRunRow.FILE, UnfinishedRow.FILE, OptionRow.FILE, ReportFolder.MANIFEST)) {
      if (Files.exists(folder.resolve(file))) {
        files.add(file);
      }
    }
    reported.forEach(group -> files.add(group + "/index.html"));
    return files;
  }
}
