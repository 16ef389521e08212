package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.whisker.explain.Finding;
import org.whisker.feature.explain.ReportFolder;
import org.whisker.feature.explain.ReportPage;
import org.whisker.feature.sweep.CollectedSearches.SweptRunRow;
import org.whisker.feature.sweep.OptionEffects.OptionEffectRow;
import org.whisker.feature.sweep.OptionEffects.OptionRow;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.feature.sweep.SweepCollector.ExperimentRow;
import org.whisker.feature.sweep.SweepCollector.SweptNetworkRow;
import org.whisker.feature.sweep.SweepCollector.UnfinishedRow;
import org.whisker.io.Contained;
import org.whisker.io.Manifest;
import org.whisker.page.HtmlReport;
import org.whisker.page.PageText;
import org.whisker.page.Report;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.table.Columns;
import org.whisker.value.Text;

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
      Path group = new Contained(collected).resolve(row.group());
      if (Files.exists(group.resolve(Finding.FILE)) && reported.add(row.group())) {
        ReportPage.write(group);
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
    sections.add(progress(experiments, unfinished));
    SettingSections.of(
            settings, options, OptionEffectRow.TABLE.read(folder.resolve(OptionEffectRow.FILE)))
        .forEach(sections::add);
    networkSection(networks).ifPresent(sections::add);
    for (String group : reported) {
      sections.add(ablation(folder, group));
    }
    JsonNode manifest = Manifest.read(folder);
    return new Report(
        "What a sweep has found",
        summary(settings.size(), experiments.size(), networks.size()),
        List.of(progressAnswer(experiments, settings, networks.size(), unfinished)),
        List.of(),
        sections,
        Report.manifestLines(manifest, INTERNAL),
        files(folder, reported));
  }

  /** Reads the networks; none where no network was trained. */
  private static List<SweptNetworkRow> networks(Path table) throws IOException {
    return Files.exists(table) ? SweptNetworkRow.TABLE.read(table) : List.of();
  }

  private static String summary(int settings, int experiments, int networks) {
    return Text.of("%,d settings of searches, %,d experiments", settings, experiments)
        + (networks > 0 ? Text.of(", %,d networks", networks) : "");
  }

  private static List<String> files(Path folder, List<String> reported) {
    List<String> files = new ArrayList<>();
    for (String file :
        List.of(SweptRunRow.FILE, UnfinishedRow.FILE, OptionRow.FILE, Manifest.NAME)) {
      if (new Contained(folder).has(file)) {
        files.add(file);
      }
    }
    reported.forEach(group -> files.add(group + "/index.html"));
    return files;
  }

  /** The verdicts of a configuration of {@code ablate}, whose own page has the figures. */
  static Section ablation(Path folder, String group) throws IOException {
    String table = group + "/" + Finding.FILE;
    Path own = new Contained(folder).resolve(group);
    ReportFolder report = ReportFolder.open(own);
    List<List<String>> rows =
        report.findings().stream()
            .filter(Finding::isTested)
            .map(
                finding ->
                    List.of(
                        finding.hypothesis(),
                        finding.model(),
                        finding.words(),
                        finding.evidence(report.alpha())))
            .toList();
    return new Section(
        group,
        group,
        group + ": " + (rows.isEmpty() ? "no hypothesis is tested yet" : "verdicts so far"),
        ReportPage.answer(own),
        List.of(),
        rows.isEmpty()
            ? List.of()
            : List.of(
                new DataTable(
                    List.of("hypothesis", "model", "verdict", "in words"),
                    rows,
                    "Corrected within this configuration. Its figures: " + group + "/index.html.",
                    table)),
        List.of());
  }

  private static final int MOST_NETWORKS = 40;

  /**
   * The section of the networks that a sweep has trained, with settings and figures on photos for
   * testing; empty without any.
   */
  static Optional<Section> networkSection(List<SweptNetworkRow> networks) {
    return networks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "networks",
                "Networks",
                "Networks that were trained",
                List.of(
                    "Each is a model in networks/ of the sweep's folder; models:"
                        + " [SWEEP/networks/*] of another spec names all."),
                List.of(),
                List.of(networkTable(networks)),
                List.of()));
  }

  private static DataTable networkTable(List<SweptNetworkRow> networks) {
    List<SweptNetworkRow> rows =
        networks.stream()
            .sorted(
                Comparator.comparingDouble((SweptNetworkRow row) -> -row.trained().testAccuracy()))
            .limit(MOST_NETWORKS)
            .toList();
    return DataTable.of(
        Columns.of(SweptNetworkRow.class)
            .with("network", row -> row.trained().network())
            .with("options", SweptNetworkRow::options)
            .with("seed", row -> row.trained().seed())
            .with("epochs", row -> row.trained().epochs())
            .with("accuracy", row -> share(row.trained().testAccuracy()))
            .with("cats", row -> share(row.trained().recallCat()))
            .with("others", row -> share(row.trained().recallNotCat()))
            .with("AUC", row -> share(row.trained().rocAuc()))
            .with("white", row -> share(row.trained().whiteCatProbability())),
        rows,
        (rows.size() < networks.size()
                ? Text.of("The %d of highest test accuracy, of %d.", MOST_NETWORKS, networks.size())
                : "By test accuracy.")
            + " Cats, others: the share of them that is recognised; white: p(cat) of white.",
        SweptNetworkRow.FILE);
  }

  private static String share(double value) {
    return PageText.number(OptionalDouble.of(value), 3);
  }

  private static final int MOST_STATES = 20;

  /** How far a sweep is, in one sentence. */
  static String progressAnswer(
      List<ExperimentRow> experiments,
      List<SettingRow> settings,
      int networks,
      UnfinishedTasks unfinished) {
    int runs = settings.stream().mapToInt(SettingRow::runs).sum();
    long whole = experiments.stream().filter(row -> row.runs() == row.planned()).count();
    List<String> parts = new ArrayList<>();
    if (!settings.isEmpty()) {
      parts.add(counted("%,d runs of searches with %,d settings are done", runs, settings.size()));
    }
    if (!experiments.isEmpty()) {
      parts.add(Text.of("%d of %d experiments have all their runs", whole, experiments.size()));
    }
    if (networks > 0) {
      parts.add(counted("%,d networks are trained", networks));
    }
    parts.add(
        unfinished.size() == 0
            ? "no task is left"
            : counted("%,d tasks are left", unfinished.size()));
    return String.join("; ", parts) + ".";
  }

  /** Formats a text alike wherever it is written. */
  private static String counted(String text, Object... numbers) {
    return String.format(Locale.ROOT, text, numbers);
  }

  static Section progress(List<ExperimentRow> experiments, UnfinishedTasks unfinished) {
    List<DataTable> tables = new ArrayList<>();
    if (!experiments.isEmpty()) {
      tables.add(experimentTable(experiments));
    }
    if (unfinished.size() > 0) {
      tables.add(states(unfinished));
    }
    if (unfinished.wrongs() > 0) {
      tables.add(failures(unfinished));
    }
    return new Section(
        "progress",
        "Progress",
        unfinished.size() == 0 ? "The sweep is done" : "The sweep is not whole",
        List.of(),
        List.of(),
        tables,
        List.of());
  }

  private static DataTable experimentTable(List<ExperimentRow> experiments) {
    return DataTable.of(
        Columns.of(ExperimentRow.class)
            .with("group", ExperimentRow::group)
            .with("experiment", ExperimentRow::experiment)
            .with("model", ExperimentRow::model)
            .with("runs of an arm", ExperimentRow::runs)
            .with("of", ExperimentRow::planned),
        experiments,
        "Experiments: their tables are of as many runs as all arms have from the first seed on.",
        ExperimentRow.FILE);
  }

  private static DataTable states(UnfinishedTasks unfinished) {
    List<List<String>> rows =
        unfinished.counts().entrySet().stream()
            .limit(MOST_STATES)
            .map(
                each ->
                    List.of(
                        each.getKey().group(),
                        each.getKey().state(),
                        Integer.toString(each.getValue())))
            .toList();
    int all = unfinished.counts().size();
    return new DataTable(
        List.of("group", "state", "tasks"),
        rows,
        rows.size() < all
            ? counted("Tasks without one result: the first %,d rows of %,d.", rows.size(), all)
            : "Tasks without one result.",
        UnfinishedRow.FILE);
  }

  private static DataTable failures(UnfinishedTasks unfinished) {
    return DataTable.of(
        Columns.of(UnfinishedRow.class)
            .with("group", UnfinishedRow::group)
            .with("task", UnfinishedRow::what)
            .with("seed", UnfinishedRow::seed)
            .with("state", UnfinishedRow::state)
            .with("message", UnfinishedRow::message),
        unfinished.wrong(),
        unfinished.wrongs() <= UnfinishedTasks.MOST_WRONG
            ? "What failed each time, or has two results."
            : Text.of(
                "The first %d of %d that failed each time, or have two results.",
                UnfinishedTasks.MOST_WRONG, unfinished.wrongs()),
        UnfinishedRow.FILE);
  }

  /**
   * Tasks without one result, counted row by row: when a sweep begins that are all of them, and
   * there may be a million.
   */
  static final class UnfinishedTasks {
    static final int MOST_WRONG = 20;

    private static final String MISSING = "missing";

    private final Map<State, Integer> counts = new LinkedHashMap<>();
    private final List<UnfinishedRow> wrong = new ArrayList<>();

    /** A state of tasks of a group. */
    record State(String group, String state) {}

    private UnfinishedTasks() {}

    static UnfinishedTasks of(Path table) throws IOException {
      UnfinishedTasks tasks = new UnfinishedTasks();
      UnfinishedRow.TABLE.scan(table, (row, at) -> tasks.add(row));
      return tasks;
    }

    private void add(UnfinishedRow row) {
      counts.merge(new State(row.group(), row.state()), 1, Integer::sum);
      if (!row.state().equals(MISSING) && wrong.size() < MOST_WRONG) {
        wrong.add(row);
      }
    }

    /** How many there are in each state, in the order of the table. */
    Map<State, Integer> counts() {
      return counts;
    }

    /** The first that failed each time, or have two results. */
    List<UnfinishedRow> wrong() {
      return wrong;
    }

    int size() {
      return counts.values().stream().mapToInt(n -> n).sum();
    }

    /** How many are not merely missing. */
    int wrongs() {
      return counts.entrySet().stream()
          .filter(each -> !each.getKey().state().equals(MISSING))
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }
}
