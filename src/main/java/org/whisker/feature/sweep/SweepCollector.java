package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.ArmKey;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.KeptRunRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.AblateStudy;
import org.whisker.feature.ablate.ExperimentRuns;
import org.whisker.feature.explain.ExplainJob.Verdicts;
import org.whisker.feature.explain.ReportPage;
import org.whisker.feature.sweep.ArmTasks.ArmConfig;
import org.whisker.feature.sweep.SweepFolder.Share;
import org.whisker.feature.sweep.SweepFolder.SweepGroup;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.io.Contained;
import org.whisker.io.Manifest;
import org.whisker.job.ConfigJson;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobFolder.Place;
import org.whisker.job.JobManifest;
import org.whisker.job.Workers;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.table.Table.TableWriter;
import org.whisker.value.Text;

/** Makes tables of the results that are there, at any time. */
public final class SweepCollector {
  private final SweepFolder sweep;
  private final JobContext context;
  private final Path out;

  /**
   * What was collected.
   *
   * @param done the number of tasks with a result
   * @param unfinished the number of tasks without a result
   */
  record Result(Path folder, long done, long unfinished, List<ExperimentRow> experiments) {
    void say(PrintStream out) {
      for (ExperimentRow row : experiments) {
        if (row.runs() < row.planned()) {
          out.println(
              Text.of(
                  "%s %s on %s: %d of %d runs",
                  row.group(), row.experiment(), row.model(), row.runs(), row.planned()));
        }
      }
      out.println(Text.of("%,d tasks collected, %,d missing or failed", done, unfinished));
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
   * @throws IOException when another process collects it now
   */
  public Result collect(boolean folders) throws IOException {
    JobFolder.Job job =
        new JobFolder.Job(
            sweep.path(),
            out.getFileName().toString(),
            collectedManifest(sweep.path()),
            new CollectConfig(folders),
            List.of());
    return JobFolder.hold(
        context, new Place.Kept(out, List.of()), job, folder -> collect(folders, folder));
  }

  private Result collect(boolean folders, JobFolder folder) throws IOException {
    folder.begin();
    SweptArms arms = new SweptArms(sweep);
    Rows rows;
    try (CollectedSearches searches = new CollectedSearches(context, out, folders);
        TableWriter<UnfinishedRow> unfinished =
            UnfinishedRow.TABLE.whole(out.resolve(UnfinishedRow.FILE))) {
      rows = new Rows(searches, arms, unfinished);
      sweep.scan(new Share(1, 1), task -> rows.take(task, sweep.find(task.key())));
      searches.finish();
      unfinished.finish();
    }
    List<SweepGroup> groups = sweep.groups();
    List<ExperimentRow> experiments = experiments(groups, arms);
    OptionRow.TABLE.writeIn(out, OptionRow.of(groups));
    folder.done();
    return new Result(out, rows.done, rows.unfinished, experiments);
  }

  /** What is collected, as its manifest keeps it. */
  record CollectConfig(boolean folders) {}

  private List<ExperimentRow> experiments(List<SweepGroup> groups, SweptArms arms)
      throws IOException {
    CollectedAblations ablations = new CollectedAblations(context, out, arms);
    List<ExperimentRow> experiments = new ArrayList<>();
    for (SweepGroup group : groups) {
      if (group.command().equals("ablate")) {
        experiments.addAll(ablations.write(group, sweep.path()));
      }
    }
    ExperimentRow.TABLE.writeIn(out, experiments);
    return experiments;
  }

  /** What rows go to. */
  private static final class Rows {
    private final CollectedSearches searches;
    private final SweptArms arms;
    private final TableWriter<UnfinishedRow> unfinishedRows;
    private long done;
    private long unfinished;

    Rows(CollectedSearches searches, SweptArms arms, TableWriter<UnfinishedRow> unfinishedRows) {
      this.searches = searches;
      this.arms = arms;
      this.unfinishedRows = unfinishedRows;
    }

    void take(SweepTask task, Optional<TaskResult> result) throws IOException {
      if (result.isPresent()) {
        if (task.kind() == SweepTask.Kind.ARM) {
          arms.add(task);
        } else {
          searches.add(task, result.get());
        }
      }
      Optional<String> failure = result.flatMap(TaskResult::failure);
      if (result.isPresent() && failure.isEmpty()) {
        done++;
        return;
      }
      unfinished++;
      unfinishedRows.row(
          new UnfinishedRow(
              task.key().digits(),
              result.isPresent() ? "failed" : "missing",
              task.group(),
              task.what(),
              task.seed(),
              failure.orElse("")));
    }
  }

  private static final List<String> KEPT =
      List.of("engine", "numerics", "device", "precision", "models", "tasks");

  /**
   * What the manifest of collected tables begins with ({@link JobManifest#begin}), for their pages:
   * of the sweep's manifest what their numbers depend on. It holds no time, so the same results are
   * collected to the same bytes.
   */
  static Map<String, Object> collectedManifest(Path sweep) throws IOException {
    JsonNode manifest = Manifest.read(sweep);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("command", "sweep collect");
    content.put("whisker", manifest.at("/versions/whisker"));
    KEPT.forEach(name -> content.put(name, manifest.path(name)));
    return content;
  }

  /**
   * The tables of ablations, as {@code ablate} writes them. Of one that is not whole yet they are
   * those of fewer runs: as many as all arms have from the first seed on.
   */
  private record CollectedAblations(JobContext context, Path out, SweptArms runs) {
    /** Writes the tables of a group, and returns how far its experiments are. */
    List<ExperimentRow> write(SweepGroup group, Path sweep) throws IOException {
      AblateConfig config =
          ConfigJson.read(
              group.configuration(), AblateConfig.class, sweep.resolve(SweepFolder.GROUPS));
      AblateJob job = new AblateStudy(context).plan(config);
      Map<String, Object> content = collectedManifest(sweep);
      content.put("group", group.name());
      JobFolder.Job whole = new JobFolder.Job(out, group.name(), content, config, List.of());
      return JobFolder.hold(
          context,
          new Place.Kept(new Contained(out).resolve(group.name()), List.of()),
          whole,
          held -> write(group, job, held));
    }

    private List<ExperimentRow> write(SweepGroup group, AblateJob job, JobFolder held)
        throws IOException {
      Path folder = held.folder();
      List<ExperimentRow> rows = new ArrayList<>();
      List<AblationResult> results = new ArrayList<>();
      if (job.tasks().stream().anyMatch(task -> complete(task, job.plan()) > 0)) {
        held.begin(); // charts say what they were made by, the first time as any other
      }
      for (AblateJob.Task task : job.tasks()) {
        int complete = complete(task, job.plan());
        rows.add(
            new ExperimentRow(
                group.name(),
                task.ablation().id(),
                task.model().name(),
                job.plan().runs(),
                complete));
        if (complete > 0) {
          results.addAll(of(task, job, complete, folder));
        }
      }
      SkippedRow.TABLE.writeIn(folder, job.skipped());
      SummaryRow.TABLE.writeIn(folder, SummaryRow.of(results));
      if (results.isEmpty()) { // no page: nothing is found yet
        context.listener().tablesWritten(folder);
        return rows;
      }
      new Verdicts(job, (experiment, model) -> reason(experiment, model, job))
          .write(results, models(job), folder);
      held.finish(Map.of());
      ReportPage.write(folder);
      return rows;
    }

    private static List<String> models(AblateJob job) {
      return job.tasks().stream().map(task -> task.model().name()).distinct().toList();
    }

    private static String reason(String experiment, String model, AblateJob job) {
      return isPlanned(experiment, model, job) ? "no run is whole yet" : "not planned";
    }

    private static boolean isPlanned(String experiment, String model, AblateJob job) {
      return job.tasks().stream()
          .anyMatch(
              task -> task.ablation().id().equals(experiment) && task.model().name().equals(model));
    }

    private List<AblationResult> of(AblateJob.Task task, AblateJob job, int complete, Path folder)
        throws IOException {
      AblateJob part = new AblateJob(with(job.plan(), complete), List.of(task), job.skipped());
      return new ExperimentRuns(context, folder, part, runs, folder, Workers.single())
          .run(context.stop().listen());
    }

    private static RunPlan with(RunPlan plan, int runs) {
      return new RunPlan(runs, plan.networks(), plan.seed(), plan.target(), plan.batch());
    }

    /** How many runs, from the first seed on, every arm has. */
    private int complete(AblateJob.Task task, RunPlan plan) {
      int complete = plan.runs();
      for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
        int found = complete(arm, task, plan);
        // an arm that needs more runs than were asked for has all of them, or is not whole
        complete = found < arm.fewestRuns() ? 0 : Math.min(complete, found);
      }
      return complete;
    }

    private int complete(AblationArm arm, AblateJob.Task task, RunPlan plan) {
      String owner = AblationRunner.owner(arm, task.model());
      String key = ArmKey.of(arm, task.setting(), plan.target());
      int found = 0;
      while (found < plan.runs(arm) && runs.has(owner, key, plan.seed() + found)) {
        found++;
      }
      return found;
    }
  }

  /** Runs of arms that are results of a sweep. */
  static final class SweptArms implements RunStore {
    private final SweepFolder folder;
    private final Map<Name, TaskKey> keys = new HashMap<>();

    private record Name(String owner, String armKey, long seed) {}

    SweptArms(SweepFolder folder) {
      this.folder = folder;
    }

    /** Counts on a task that is done. */
    void add(SweepTask task) throws IOException {
      ArmConfig arm = ArmConfig.of(task, folder.path().resolve(SweepFolder.TASKS));
      // millions of tasks have few arms
      keys.put(new Name(arm.owner().intern(), arm.armKey().intern(), task.seed()), task.key());
    }

    boolean has(String owner, String armKey, long seed) {
      return keys.containsKey(new Name(owner, armKey, seed));
    }

    @Override
    public Optional<ArmRun> find(String owner, String armKey, long seed) {
      TaskKey key = keys.get(new Name(owner, armKey, seed));
      if (key == null) {
        return Optional.empty();
      }
      try {
        Optional<TaskResult> result = folder.find(key);
        return result.isPresent() ? Optional.of(run(result.get(), seed)) : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private ArmRun run(TaskResult result, long seed) throws IOException {
      if (result.failure().isPresent()) {
        return ArmRun.failed(seed, result.failure().get());
      }
      List<KeptRunRow> rows = KeptRunRow.TABLE.parse(result.table(ArmTasks.RUN), folder.path());
      if (rows.size() != 1) {
        throw new IOException("the result of task " + result.key() + " has no run; remove it");
      }
      return rows.get(0).run();
    }

    @Override
    public void keep(String owner, String armKey, ArmRun run) {
      throw new IllegalStateException("collecting runs nothing");
    }
  }

  /** A row of {@value #FILE}: how far an experiment on a model is. */
  public record ExperimentRow(
      @Column(meaning = "the configuration") String group,
      String experiment,
      String model,
      @Column(meaning = "runs of an arm") int planned,
      @Column(
              meaning =
                  "number of runs in its tables: those first seeds that all arms have; 0"
                      + " where there are no tables yet")
          int runs) {
    public static final String FILE = "experiments.csv";
    public static final Table<ExperimentRow> TABLE = Table.of(ExperimentRow.class, FILE);
  }

  /** A row of {@value #FILE}: a task without a result. */
  public record UnfinishedRow(
      String key,
      @Column(meaning = "missing or failed") String state,
      String group,
      @Column(meaning = "what the run is of") String what,
      long seed,
      @Column(meaning = "why it fails each time; empty otherwise") String message) {
    public static final String FILE = "unfinished.csv";
    public static final Table<UnfinishedRow> TABLE = Table.of(UnfinishedRow.class, FILE);
  }

  /** A row of {@value #FILE}: an option of a configuration. */
  public record OptionRow(
      @Column(meaning = "the configuration") String group,
      @Column(meaning = "option, without dashes") String option,
      String value) {
    public static final String FILE = "options.csv";
    public static final Table<OptionRow> TABLE = Table.of(OptionRow.class, FILE);

    private static List<OptionRow> of(List<SweepGroup> groups) {
      List<OptionRow> rows = new ArrayList<>();
      for (SweepGroup group : groups) {
        group
            .options()
            .forEach((name, value) -> rows.add(new OptionRow(group.name(), name, value)));
      }
      return rows;
    }
  }
}
