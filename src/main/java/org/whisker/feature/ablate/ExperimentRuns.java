package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.MissingRuns;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.ablation.Observations;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.ablation.result.ArmImageRow;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.MoveTables.MoveCurveRow;
import org.whisker.ablation.result.MoveTables.MoveRow;
import org.whisker.ablation.result.NetworkTables.ManipulationRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.job.FolderSession;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener;
import org.whisker.job.Workers;
import org.whisker.table.Table;
import org.whisker.value.IoRunnable;
import org.whisker.value.Text;

/**
 * Does a job's experiments, and writes the files of each as soon as it is done.
 *
 * @param folder the folder of these files
 * @param trained where networks are trained and found again: {@code folder}, or one that others
 *     share
 * @param workers the workers that evolve arms, and measure, side by side
 * @param progress is told what is done; whoever made it closes it
 */
public record ExperimentRuns(
    JobContext context,
    Path folder,
    AblateJob job,
    RunStore store,
    Path trained,
    Workers workers,
    PlannedProgress progress) {
  /** Experiments that tell nobody how far they are. */
  public ExperimentRuns(
      JobContext context,
      Path folder,
      AblateJob job,
      RunStore store,
      Path trained,
      Workers workers) {
    this(
        context,
        folder,
        job,
        store,
        trained,
        workers,
        new PlannedProgress(context.with(JobListener.silent()), new WorkPlan(List.of())));
  }

  /**
   * Does what is not kept yet: first what needs no training, which may take hours, then experiment
   * by experiment what does.
   *
   * @throws CancellationException when stopped; finished runs, and epochs of training, are kept
   */
  public List<AblationResult> run(BooleanSupplier stopped) throws IOException {
    List<AblationResult> results = new ArrayList<>(untrained(stopped, Until.DONE).results());
    NetworkTraining training = new NetworkTraining(context, folder);
    for (AblateJob each : job.in(trained, true).single()) {
      progress.close();
      train(training, each, stopped);
      results.addAll(run(each, stopped, Until.DONE).results());
    }
    return results;
  }

  /**
   * Does what needs no training, as far as there is time.
   *
   * @throws CancellationException when stopped; finished runs are kept
   */
  public Begun untrained(BooleanSupplier stopped, Until until) throws IOException {
    return run(job.in(trained, false), stopped, until);
  }

  /**
   * Until when work is done. Arms and experiments are then begun in an order, and what is not done
   * in time ends after the generation or batch that it is at. Runs that have ended are kept.
   *
   * @param over whether the time is used up, from now on
   * @param order the ids of all experiments; none where all of them are done
   * @param always ids of those that are done nevertheless
   */
  public record Until(BooleanSupplier over, List<String> order, Set<String> always) {
    static final Until DONE = new Until(() -> false, List.of(), Set.of());

    private boolean isLimited() {
      return !order.isEmpty();
    }

    private boolean isLate(AblateJob.Task task) {
      return !always.contains(task.ablation().id()) && over.getAsBoolean();
    }
  }

  /**
   * What was done.
   *
   * @param results in the order of the tasks
   * @param late the tasks that were not done in time; of their runs some may have been
   */
  public record Begun(List<AblationResult> results, List<AblateJob.Task> late) {}

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

  private Begun run(AblateJob some, BooleanSupplier stopped, Until until) throws IOException {
    List<AblateJob.Task> tasks = some.tasks();
    if (tasks.isEmpty()) {
      return new Begun(List.of(), List.of());
    }
    return new Dealt(tasks, until, stopped).begun();
  }

  /**
   * Arms and experiments in one queue: arms are evolved side by side, and an experiment is done as
   * soon as its arms are, while others are still evolved. So nobody is idle beside the last arm.
   * Where time is limited, each experiment comes right after its arms.
   */
  private final class Dealt {
    private final List<AblateJob.Task> tasks;
    private final Until until;
    private final BooleanSupplier stopped;
    private final List<MissingRuns> arms;
    private final List<CountDownLatch> evolved;
    private final List<List<Integer>> needed = new ArrayList<>();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final Set<Integer> lateArms = ConcurrentHashMap.newKeySet();
    private final Set<Integer> lateTasks = new ConcurrentSkipListSet<>();

    Dealt(List<AblateJob.Task> tasks, Until until, BooleanSupplier stopped) {
      this.tasks = tasks;
      this.until = until;
      this.stopped = stopped;
      boolean apart = workers.count() > 1 || until.isLimited();
      Map<String, MissingRuns> all = new LinkedHashMap<>();
      List<List<String>> keys = new ArrayList<>();
      for (AblateJob.Task task : tasks) {
        List<MissingRuns> own = apart ? missing(task) : List.of();
        own.forEach(missing -> all.merge(missing.ofArm(), missing, MissingRuns::and));
        keys.add(own.stream().map(MissingRuns::ofArm).toList());
      }
      this.arms = List.copyOf(all.values());
      List<String> places = List.copyOf(all.keySet());
      keys.forEach(own -> needed.add(own.stream().map(places::indexOf).toList()));
      this.evolved = Stream.generate(() -> new CountDownLatch(1)).limit(arms.size()).toList();
    }

    private List<MissingRuns> missing(AblateJob.Task task) {
      return runner(() -> false).missing(task.ablation(), task.model(), task.setting());
    }

    private AblationRunner runner(BooleanSupplier late) {
      return new AblationRunner(
          job.plan(), store, progress, () -> stopped.getAsBoolean() || late.getAsBoolean());
    }

    /**
     * Numbers of arms, and, from their number on, of tasks. Whoever waits, waits for arms begun.
     */
    private List<Integer> queue() {
      Stream<Integer> all = IntStream.range(0, tasks.size()).boxed();
      if (!until.isLimited()) {
        Comparator<Integer> soonest =
            Comparator.comparingInt(this::lastArm).thenComparingLong(this::ahead);
        return Stream.concat(
                IntStream.range(0, arms.size()).boxed(),
                all.sorted(soonest).map(task -> arms.size() + task))
            .toList();
      }
      Set<Integer> queue = new LinkedHashSet<>();
      all.sorted(Comparator.comparingInt(this::turn))
          .forEach(
              task -> {
                queue.addAll(needed.get(task));
                queue.add(arms.size() + task);
              });
      return List.copyOf(queue);
    }

    private int turn(int task) {
      return until.order().indexOf(tasks.get(task).ablation().id());
    }

    /** The last arm that a task needs. */
    private int lastArm(int task) {
      return needed.get(task).stream().mapToInt(Integer::intValue).max().orElse(-1);
    }

    /** Side by side what takes longest begins first, or it would end alone. */
    private long ahead(int task) {
      AblateJob.Task it = tasks.get(task);
      return workers.count() == 1 ? 0 : -it.ablation().observed(it.model(), job.plan().runs());
    }

    Begun begun() throws IOException {
      Map<Integer, AblationResult> results = new ConcurrentSkipListMap<>();
      List<Integer> queue = queue();
      workers.deal(
          queue.size(),
          stopped,
          place -> {
            int number = queue.get(place);
            int task = number - arms.size();
            if (task < 0) {
              inTime(number);
            } else if (!isThere(task)
                || !inTime(() -> results.put(task, measured(task)), () -> isLate(task))) {
              lateTasks.add(task);
            }
          });
      if (results.size() + lateTasks.size() < tasks.size()) {
        throw new CancellationException("stopped with some of the experiments undone");
      }
      return new Begun(List.copyOf(results.values()), lateTasks.stream().map(tasks::get).toList());
    }

    private boolean isLate(int task) {
      return until.isLate(tasks.get(task));
    }

    /** Evolves an arm, as long as there is time for a task that needs it. */
    private void inTime(int arm) throws IOException {
      BooleanSupplier late =
          () ->
              IntStream.range(0, tasks.size())
                  .filter(task -> needed.get(task).contains(arm))
                  .allMatch(this::isLate);
      boolean ended = false;
      try {
        if (late.getAsBoolean() || !inTime(() -> evolve(arm, late), late)) {
          lateArms.add(arm);
        }
        ended = true;
      } finally {
        MissingRuns of = arms.get(arm);
        progress.end(of.model().name(), of.ablation(), of.arm().name());
        failed.compareAndSet(false, !ended);
        evolved.get(arm).countDown();
      }
    }

    /** Whether something was done before it was late, and not stopped by that. */
    private boolean inTime(IoRunnable doing, BooleanSupplier late) throws IOException {
      try {
        doing.run();
        return true;
      } catch (CancellationException e) {
        if (stopped.getAsBoolean() || !late.getAsBoolean()) {
          throw e;
        }
        return false;
      }
    }

    /** Waits for the arms of a task; whether it may begin. */
    private boolean isThere(int task) {
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
      return needed.get(task).stream().noneMatch(lateArms::contains) && !isLate(task);
    }

    private void evolve(int arm, BooleanSupplier late) {
      MissingRuns missing = arms.get(arm);
      long begun = System.nanoTime();
      long images =
          runner(late).evolve(missing).stream()
              .flatMap(run -> run.outcome().stream())
              .mapToLong(ArmRun.Outcome::evaluations)
              .sum();
      String what =
          missing.model().name() + " " + missing.ablation().id() + " " + missing.arm().name();
      took(what + (missing.arm().isFlat() ? "" : ", " + images + " images"), begun);
    }

    private AblationResult measured(int task) throws IOException {
      AblateJob.Task it = tasks.get(task);
      long begun = System.nanoTime();
      AblationResult result = result(runner(() -> isLate(task)), it);
      progress.end(it.model().name(), it.ablation(), "");
      took(it.model().name() + " " + it.ablation().id() + ", measures and charts", begun);
      return result;
    }

    /** Says where the time goes, to who asks for details. */
    private void took(String what, long begun) {
      context.listener().detail(Text.of("%s: %.1f s", what, (System.nanoTime() - begun) / 1e9));
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

  private static List<WithheldComparison> failedManipulations(Path own) throws IOException {
    return ManipulationRow.TABLE.readIn(own).stream()
        .flatMap(row -> row.withheld().stream())
        .toList();
  }

  /** The runs that are to be done, each once. */
  public List<PendingRun> pending() {
    return job.tasks().stream().flatMap(t -> job.pending(t, store).stream()).distinct().toList();
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
      ArmRow.TABLE.writeIn(folder, ArmRow.of(result));
      ArmSummary.TABLE.writeIn(folder, ArmSummary.of(result, seed));
      EdgeAtConfidence.TABLE.writeIn(folder, EdgeAtConfidence.of(result, seed));
      if (!result.effects().isEmpty()) {
        EffectRow.TABLE.writeIn(folder, EffectRow.of(result));
        ArmImageRow.TABLE.writeIn(folder, ArmImageRow.of(result));
      }
      if (!result.observed().isEmpty()) {
        ObservationRow.TABLE.writeIn(folder, ObservationRow.of(result));
      }
      if (!result.withheld().isEmpty()) {
        WithheldComparison.TABLE.writeIn(folder, result.withheld().stream().distinct().toList());
      }
      for (Observations observed : result.observed()) {
        write(observed);
      }
      for (SupplementaryTable supplement : result.supplements()) {
        for (Table.Rows<?> rows : supplement.tables()) {
          rows.writeIn(folder);
        }
      }
    }

    private void write(Observations observed) throws IOException {
      if (observed instanceof Observations.Moves moves) {
        MoveRow.TABLE.writeIn(folder, MoveRow.of(moves.patterns()));
        MoveCurveRow.TABLE.writeIn(folder, MoveCurveRow.of(moves.curves()));
        StrideComb.TABLE.writeIn(folder, moves.combs());
      } else if (observed instanceof Observations.Tabled tabled) {
        for (Table.Rows<?> rows : tabled.tables()) {
          rows.writeIn(folder);
        }
      }
    }
  }
}
