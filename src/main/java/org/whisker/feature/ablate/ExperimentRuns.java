package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.ArmProgress;
import org.whisker.ablation.AblationRunner.MissingRuns;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.AblationRunner.RunStore;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.ablation.Observer.Observed;
import org.whisker.ablation.Observer.Observed.Withheld;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.ablation.result.ArmImageRow;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.MoveTables.MoveCurveRow;
import org.whisker.ablation.result.MoveTables.MoveRow;
import org.whisker.ablation.result.NetworkTables.ManipulationRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.OmissionTables.WithheldRow;
import org.whisker.job.FolderSession;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.Workers;
import org.whisker.position.result.ResidueRow;
import org.whisker.table.Table;

/**
 * Does a job's experiments, and writes the files of each as soon as it is done.
 *
 * @param folder the folder of these files
 * @param trained where networks are trained and found again: {@code folder}, or one that others
 *     share
 * @param workers the workers that evolve arms, and measure, side by side
 */
public record ExperimentRuns(
    JobContext context, Path folder, AblateJob job, RunStore store, Path trained, Workers workers) {
  /**
   * Does what is not kept yet: first what needs no training, which may take hours, then experiment
   * by experiment what does.
   *
   * @throws CancellationException when stopped; finished runs, and epochs of training, are kept
   */
  public List<AblationResult> run(BooleanSupplier stopped) throws IOException {
    List<AblationResult> results = new ArrayList<>(run(job.in(trained, false), stopped));
    NetworkTraining training = new NetworkTraining(context, folder);
    for (AblateJob each : job.in(trained, true).single()) {
      train(training, each, stopped);
      results.addAll(run(each, stopped));
    }
    return results;
  }

  /** Holds a folder that others share; its own it has already. */
  private void train(NetworkTraining training, AblateJob single, BooleanSupplier stopped)
      throws IOException {
    AblateJob.Task task = single.tasks().get(0);
    if (trained.equals(folder)) {
      training.train(task, job.plan().networks(), stopped);
      return;
    }
    FolderSession.hold(
        trained,
        () -> {
          training.train(task, job.plan().networks(), stopped);
          return trained;
        });
  }

  private List<AblationResult> run(AblateJob some, BooleanSupplier stopped) throws IOException {
    List<AblateJob.Task> tasks = some.tasks();
    if (tasks.isEmpty()) {
      return List.of();
    }
    try (AblationProgress progress = progress(pending(some))) {
      AblationRunner runner = new AblationRunner(job.plan(), store, progress, stopped);
      return new Dealt(runner, tasks).results(stopped);
    }
  }

  /**
   * Arms and experiments in one queue: arms are evolved side by side, and an experiment is done as
   * soon as its arms are, while others are still evolved. So nobody is idle beside the last arm.
   */
  private final class Dealt {
    private final AblationRunner runner;
    private final List<AblateJob.Task> tasks;
    private final List<MissingRuns> arms;
    private final List<CountDownLatch> evolved;
    private final List<List<Integer>> needed = new ArrayList<>();
    private final List<Integer> order;
    private final AtomicBoolean failed = new AtomicBoolean();

    Dealt(AblationRunner runner, List<AblateJob.Task> tasks) {
      this.runner = runner;
      this.tasks = tasks;
      Map<String, MissingRuns> all = new LinkedHashMap<>();
      List<List<String>> keys = new ArrayList<>();
      for (AblateJob.Task task : tasks) {
        List<MissingRuns> own = workers.count() == 1 ? List.of() : missing(task);
        own.forEach(missing -> all.merge(missing.ofArm(), missing, MissingRuns::and));
        keys.add(own.stream().map(MissingRuns::ofArm).toList());
      }
      this.arms = List.copyOf(all.values());
      List<String> places = List.copyOf(all.keySet());
      keys.forEach(own -> needed.add(own.stream().map(places::indexOf).toList()));
      this.evolved = Stream.generate(() -> new CountDownLatch(1)).limit(arms.size()).toList();
      this.order =
          IntStream.range(0, tasks.size())
              .boxed()
              .sorted(Comparator.comparingInt(this::lastArm).thenComparingLong(this::ahead))
              .toList();
    }

    private List<MissingRuns> missing(AblateJob.Task task) {
      return runner.missing(task.ablation(), task.model(), task.setting());
    }

    /** The last arm that a task needs. Whoever waits, waits for arms that others have begun. */
    private int lastArm(int task) {
      return needed.get(task).stream().mapToInt(Integer::intValue).max().orElse(-1);
    }

    /** Side by side what takes longest begins first, or it would end alone. */
    private long ahead(int task) {
      AblateJob.Task it = tasks.get(task);
      return workers.count() == 1 ? 0 : -it.ablation().observed(it.model(), job.plan().runs());
    }

    List<AblationResult> results(BooleanSupplier stopped) throws IOException {
      Map<Integer, AblationResult> results = new ConcurrentSkipListMap<>();
      workers.deal(
          arms.size() + tasks.size(),
          stopped,
          number -> {
            if (number < arms.size()) {
              evolve(number);
            } else {
              int task = order.get(number - arms.size());
              results.put(task, measured(task));
            }
          });
      if (results.size() < tasks.size()) {
        throw new CancellationException("stopped with some of the experiments undone");
      }
      return List.copyOf(results.values());
    }

    private void evolve(int arm) {
      boolean done = false;
      MissingRuns missing = arms.get(arm);
      long begun = System.nanoTime();
      try {
        List<ArmRun> runs = runner.evolve(missing);
        done = true;
        long images =
            runs.stream()
                .flatMap(run -> run.outcome().stream())
                .mapToLong(ArmRun.Outcome::evaluations)
                .sum();
        String what =
            missing.model().name() + " " + missing.ablation().id() + " " + missing.arm().name();
        took(what + (missing.arm().isFlat() ? "" : ", " + images + " images"), begun);
      } finally {
        if (!done) {
          failed.set(true);
        }
        evolved.get(arm).countDown();
      }
    }

    private AblationResult measured(int task) throws IOException {
      for (int arm : needed.get(task)) {
        try {
          evolved.get(arm).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancellationException("interrupted while an arm was evolved");
        }
      }
      if (failed.get()) {
        throw new CancellationException("an arm was not evolved");
      }
      AblateJob.Task it = tasks.get(task);
      long begun = System.nanoTime();
      AblationResult result = result(runner, it);
      took(it.model().name() + " " + it.ablation().id() + ", measures and charts", begun);
      return result;
    }

    /** Says where the time goes, to who asks for details. */
    private void took(String what, long begun) {
      context
          .listener()
          .detail(
              String.format(Locale.ROOT, "%s: %.1f s", what, (System.nanoTime() - begun) / 1e9));
    }
  }

  private AblationResult result(AblationRunner runner, AblateJob.Task task) throws IOException {
    Path own = folder.resolve(task.model().name()).resolve(task.ablation().id());
    AblationResult result =
        runner
            .run(task.ablation(), task.model(), task.setting())
            .withholding(failedManipulations(own));
    new ExperimentTables(own, result).write(job.plan().seed());
    context.listener().tablesWritten(own);
    return result;
  }

  private static List<Withheld> failedManipulations(Path own) throws IOException {
    return ManipulationRow.TABLE.readIfThere(own.resolve(ManipulationRow.FILE)).stream()
        .flatMap(row -> row.withheld().stream())
        .toList();
  }

  private AblationProgress progress(List<PendingRun> pending) {
    long budget = job.tasks().get(0).setting().base().stop().evaluations().orElseThrow();
    return new AblationProgress(context, pending, budget, workers.count(), System::nanoTime);
  }

  /** The runs that are to be done, each once. */
  public List<PendingRun> pending() {
    return pending(job);
  }

  private List<PendingRun> pending(AblateJob some) {
    return some.tasks().stream().flatMap(t -> job.pending(t, store).stream()).distinct().toList();
  }

  /** All tables of an experiment on a model. */
  private record ExperimentTables(Path folder, AblationResult result) {
    /**
     * Writes {@code arms.csv}, {@code arm_summary.csv} and {@code edge_at_p.csv}; where arms are
     * compared {@code effect.csv} and {@code images.csv}; what was observed of the control's
     * images, what was measured besides, and what has no verdict.
     *
     * @param seed the seed of the intervals' random streams
     */
    void write(long seed) throws IOException {
      ArmRow.TABLE.write(folder.resolve(ArmRow.FILE), ArmRow.of(result));
      ArmSummary.TABLE.write(folder.resolve(ArmSummary.FILE), ArmSummary.of(result, seed));
      EdgeAtConfidence.TABLE.write(
          folder.resolve(EdgeAtConfidence.FILE), EdgeAtConfidence.of(result, seed));
      if (!result.effects().isEmpty()) {
        EffectRow.TABLE.write(folder.resolve(EffectRow.FILE), EffectRow.of(result));
        ArmImageRow.TABLE.write(folder.resolve(ArmImageRow.FILE), ArmImageRow.of(result));
      }
      if (!result.observed().isEmpty()) {
        ObservationRow.TABLE.write(folder.resolve(ObservationRow.FILE), ObservationRow.of(result));
      }
      if (!result.withheld().isEmpty()) {
        WithheldRow.TABLE.write(folder.resolve(WithheldRow.FILE), WithheldRow.of(result));
      }
      for (Observed observed : result.observed()) {
        write(observed);
      }
      for (SupplementaryTable supplement : result.supplements()) {
        for (Table.Rows<?> rows : supplement.tables()) {
          rows.writeIn(folder);
        }
      }
    }

    private void write(Observed observed) throws IOException {
      if (observed instanceof Observed.Moves moves) {
        MoveRow.TABLE.write(folder.resolve(MoveRow.FILE), MoveRow.of(moves.patterns()));
        MoveCurveRow.TABLE.write(
            folder.resolve(MoveCurveRow.FILE), MoveCurveRow.of(moves.curves()));
        StrideComb.TABLE.write(folder.resolve(StrideComb.FILE), moves.combs());
      } else if (observed instanceof Observed.Tabled tabled) {
        for (Table.Rows<?> rows : tabled.tables()) {
          rows.writeIn(folder);
        }
      } else if (observed instanceof Observed.ByResidue by && !by.residues().isEmpty()) {
        ResidueRow.TABLE.write(folder.resolve(ResidueRow.FILE), ResidueRow.of(by.residues()));
        ResidueRow.TestRow.TABLE.write(
            folder.resolve(ResidueRow.TestRow.FILE), ResidueRow.TestRow.of(by.residues()));
      }
    }
  }

  /**
   * How far an ablation is, in images scored, and how long the rest will take: each model's by its
   * own pace, once it has one. Arms may be under way together.
   */
  private static final class AblationProgress implements AblationRunner.Listener, AutoCloseable {
    private final Progress progress;
    private final LongSupplier nanoTime;
    private final long budget;
    private final int together;
    private final Map<String, Long> left = new HashMap<>();
    private final Map<String, Double> nanosAnImage = new HashMap<>();
    private final Set<Arm> underWay = new LinkedHashSet<>();
    private long done;

    /**
     * @param pending what is to be done; the same run may occur several times
     * @param budget images a run
     * @param together how many arms are under way at a time
     */
    AblationProgress(
        JobContext context,
        List<PendingRun> pending,
        long budget,
        int together,
        LongSupplier nanoTime) {
      Set<PendingRun> distinct = new HashSet<>(pending);
      long runs = distinct.stream().filter(PendingRun::asksNetwork).count();
      this.budget = budget;
      this.together = together;
      this.nanoTime = nanoTime;
      distinct.stream()
          .filter(PendingRun::asksNetwork)
          .forEach(run -> left.merge(run.model(), budget, Long::sum));
      this.progress = context.progress("evolving images", runs * budget);
    }

    @Override
    public synchronized ArmProgress onArm(String model, Ablation ablation, AblationArm arm) {
      Arm begun = new Arm(model, model + " " + ablation.id() + " " + arm.name(), !arm.isFlat());
      underWay.add(begun);
      show();
      return begun;
    }

    private void show() {
      if (!underWay.isEmpty()) {
        progress.extraMessage(underWay.iterator().next().name + timeLeft());
      }
      progress.stepTo(done + Math.round(underWay.stream().mapToDouble(Arm::scored).sum()));
    }

    private String timeLeft() {
      double known =
          nanosAnImage.values().stream().mapToDouble(Double::doubleValue).average().orElse(-1);
      if (known < 0) {
        return "";
      }
      double nanos = 0;
      for (Map.Entry<String, Long> each : left.entrySet()) {
        nanos += each.getValue() * nanosAnImage.getOrDefault(each.getKey(), known);
      }
      for (Arm arm : underWay) {
        nanos -= arm.scored() * nanosAnImage.getOrDefault(arm.model, known);
      }
      long minutes = Math.round(nanos / together / 6e10);
      return ", " + (minutes < 1 ? "less than a minute" : minutes + " min") + " left";
    }

    @Override
    public void close() {
      progress.close();
    }

    /** An arm with runs that have not ended. */
    private final class Arm implements ArmProgress {
      private final String model;
      private final String name;
      private final boolean asksNetwork;
      private final long begun = nanoTime.getAsLong();
      private final Map<Long, Double> running = new HashMap<>();
      private double ended;

      Arm(String model, String name, boolean asksNetwork) {
        this.model = model;
        this.name = name;
        this.asksNetwork = asksNetwork;
      }

      /** Images of the runs that have not ended. */
      double scored() {
        return running.values().stream().mapToDouble(Double::doubleValue).sum();
      }

      @Override
      public void onProgress(long seed, double share) {
        synchronized (AblationProgress.this) {
          if (asksNetwork) {
            running.put(seed, share * budget);
            show();
          }
        }
      }

      @Override
      public void onRun(ArmRun run) {
        synchronized (AblationProgress.this) {
          running.remove(run.seed());
          if (asksNetwork) {
            ended += budget;
            double pace = (nanoTime.getAsLong() - begun) / (ended + scored());
            nanosAnImage.merge(model, pace, (old, next) -> 0.8 * old + 0.2 * next);
            left.merge(model, -budget, Long::sum);
            done += budget;
          }
          if (running.isEmpty()) {
            underWay.remove(this);
          }
          show();
        }
      }
    }
  }
}
