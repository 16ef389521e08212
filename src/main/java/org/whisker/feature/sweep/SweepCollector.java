package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.whisker.ablation.result.TrainedRow;
import org.whisker.io.Manifest;
import org.whisker.job.JobContext;
import org.whisker.table.TableWriter;

/** Makes tables of the results that are there, at any time. */
public final class SweepCollector {
  private final SweepFolder sweep;
  private final JobContext context;
  private final Path out;

  /**
   * What was collected.
   *
   * @param done tasks with a result
   * @param unfinished those without, or with two
   */
  public record Result(Path folder, long done, long unfinished, List<ExperimentRow> experiments) {
    public Result {
      experiments = List.copyOf(experiments);
    }
  }

  public SweepCollector(SweepFolder sweep, JobContext context) {
    this.sweep = sweep;
    this.context = context;
    this.out = sweep.path().resolve("collected");
  }

  /**
   * Collects.
   *
   * @param folders whether each configuration of a search gets a folder as {@code evolve} makes it
   */
  public Result collect(boolean folders) throws IOException {
    SweptArms arms = new SweptArms(sweep);
    CollectedNetworks networks = new CollectedNetworks();
    Rows rows;
    Settings settings;
    try (CollectedSearches searches = new CollectedSearches(context, out, folders);
        TableWriter<UnfinishedRow> unfinished =
            UnfinishedRow.TABLE.writer(out.resolve(UnfinishedRow.FILE))) {
      rows = new Rows(searches, arms, networks, unfinished, sweep.conflicts());
      TaskFile.scan(sweep.tasks(), (task, index) -> take(task, rows));
      searches.finish();
      settings = searches.settings();
      unfinished.finish();
    }
    List<SweepGroup> groups = SweepPlan.groups(sweep.path());
    List<ExperimentRow> experiments = experiments(groups, arms);
    options(groups, settings);
    networks.write(out, groups);
    CollectedManifest.write(out, sweep.path(), Map.of());
    return new Result(out, rows.done, rows.unfinished, experiments);
  }

  private List<ExperimentRow> experiments(List<SweepGroup> groups, SweptArms arms)
      throws IOException {
    CollectedAblations ablations = new CollectedAblations(context, out, arms);
    List<ExperimentRow> experiments = new ArrayList<>();
    for (SweepGroup group : groups) {
      if (group.command().equals("ablate")) {
        experiments.addAll(ablations.write(group, sweep.path()));
      }
    }
    ExperimentRow.TABLE.write(out.resolve(ExperimentRow.FILE), experiments);
    return experiments;
  }

  private void options(List<SweepGroup> groups, Settings searches) throws IOException {
    List<OptionRow> options = new ArrayList<>();
    for (SweepGroup group : groups) {
      group
          .options()
          .forEach((name, value) -> options.add(new OptionRow(group.name(), name, value)));
    }
    List<SettingRow> settings = searches.rows(groups);
    OptionRow.TABLE.write(out.resolve(OptionRow.FILE), options);
    SettingRow.TABLE.write(out.resolve(SettingRow.FILE), settings);
    OptionEffectRow.TABLE.write(
        out.resolve(OptionEffectRow.FILE), OptionEffects.of(settings, options));
  }

  /** What rows go to. */
  private static final class Rows {
    private final CollectedSearches searches;
    private final SweptArms arms;
    private final CollectedNetworks networks;
    private final TableWriter<UnfinishedRow> unfinishedRows;
    private final Set<String> conflicts;
    private long done;
    private long unfinished;

    Rows(
        CollectedSearches searches,
        SweptArms arms,
        CollectedNetworks networks,
        TableWriter<UnfinishedRow> unfinishedRows,
        Set<String> conflicts) {
      this.searches = searches;
      this.arms = arms;
      this.networks = networks;
      this.unfinishedRows = unfinishedRows;
      this.conflicts = conflicts;
    }

    void done(SweepTask task, TaskResult result) throws IOException {
      switch (task.kind()) {
        case ARM -> arms.add(task);
        case EVOLVE -> searches.add(task, result);
        case TRAIN -> networks.add(task, result);
      }
      if (conflicts.contains(task.key())) {
        unfinished(task, "conflict", "another result differs; both are kept, see conflicts/");
      } else if (result.failure().isPresent()) {
        unfinished(task, "failed", result.failure().get());
      } else {
        done++;
      }
    }

    void unfinished(SweepTask task, String state, String message) throws IOException {
      unfinished++;
      unfinishedRows.row(
          new UnfinishedRow(task.key(), state, task.group(), task.what(), task.seed(), message));
    }
  }

  private boolean take(SweepTask task, Rows rows) throws IOException {
    Optional<TaskResult> result = sweep.find(task.key());
    if (result.isPresent()) {
      rows.done(task, result.get());
    } else {
      rows.unfinished(task, "missing", "");
    }
    return true;
  }

  /** The networks that a sweep has trained. */
  static final class CollectedNetworks {
    private final List<Found> found = new ArrayList<>();

    private record Found(String group, String key, TrainedRow row) {}

    /** Takes a network that is trained. */
    void add(SweepTask task, TaskResult result) throws IOException {
      if (!result.isFailed()) {
        String text = result.table(TrainedRow.FILE);
        TrainedRow row = TrainedRow.TABLE.parse(text, Path.of(TrainedRow.FILE)).get(0);
        found.add(new Found(task.group(), task.key(), row));
      }
    }

    /** Writes the table, in the order of the plan's configurations and of seeds. */
    void write(Path folder, List<SweepGroup> groups) throws IOException {
      Map<String, Integer> places = new HashMap<>();
      groups.forEach(group -> places.put(group.name(), places.size()));
      found.sort(
          Comparator.comparing((Found one) -> places.getOrDefault(one.group(), 0))
              .thenComparing(one -> one.row().seed()));
      SweptNetworkRow.TABLE.write(
          folder.resolve(SweptNetworkRow.FILE),
          found.stream()
              .map(
                  one ->
                      new SweptNetworkRow(
                          one.group(),
                          one.key(),
                          options(groups.get(places.getOrDefault(one.group(), 0))),
                          one.row()))
              .toList());
    }

    private static String options(SweepGroup group) {
      return group.options().entrySet().stream()
          .map(option -> option.getKey() + "=" + option.getValue())
          .collect(Collectors.joining(" "));
    }
  }

  /**
   * Where collected tables come from, for their pages: of the sweep's manifest what their numbers
   * depend on. It holds no time, so the same results are collected to the same bytes.
   */
  static final class CollectedManifest {
    private static final List<String> KEPT =
        List.of("engine", "numerics", "device", "precision", "models", "tasks");

    private CollectedManifest() {}

    static void write(Path folder, Path sweep, Map<String, ?> more) throws IOException {
      JsonNode manifest = Manifest.read(sweep);
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("command", "sweep collect");
      content.put("whisker", manifest.at("/versions/whisker"));
      KEPT.forEach(name -> content.put(name, manifest.path(name)));
      content.putAll(new TreeMap<>(more));
      Manifest.write(folder, content);
    }
  }
}
