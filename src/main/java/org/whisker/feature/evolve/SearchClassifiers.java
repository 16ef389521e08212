package org.whisker.feature.evolve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.whisker.ablation.ArmEvolution.ArmLoad;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.LockStep;
import org.whisker.classifier.SideBySide;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.LogitSource;
import org.whisker.feature.evolve.EvolveConfig.Experiment;
import org.whisker.feature.evolve.EvolveRunner.RunListener;
import org.whisker.feature.evolve.EvolveRunner.RunListener.RunListeners;
import org.whisker.feature.evolve.SingleRun.RunTiming;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * The classifier that searches go by, which those that are under way ask together, and a float32
 * one for what is reported of them.
 */
final class SearchClassifiers implements AutoCloseable {
  private final Classifier search;
  private final LockStep together;
  private final DifferentiableClassifier exact;
  private final ReentrantLock exactly = new ReentrantLock();
  private final boolean rescored;
  private final boolean apart; // whether exact is none of the copies

  private SearchClassifiers(
      List<DifferentiableClassifier> copies, DifferentiableClassifier exact, boolean rescored) {
    this.search = new SideBySide(copies);
    this.apart = !copies.contains(exact);
    this.together = new LockStep(search);
    this.exact = exact;
    this.rescored = rescored;
  }

  /**
   * Opens the classifiers of a search.
   *
   * @param copies networks that score a batch side by side, at least 1
   * @param runs the number of runs that are under way at a time, at least 1
   */
  static SearchClassifiers open(
      StoredModel model, TorchClassifier.Settings settings, int copies, int runs)
      throws IOException {
    boolean rescored = settings.precision() != Precision.FLOAT32;
    List<DifferentiableClassifier> opened = new ArrayList<>();
    try {
      for (int i = 0; i < copies; i++) {
        opened.add(Classifiers.openAny(model, settings));
      }
      // a run that is alone has left the search when its results are measured
      DifferentiableClassifier exact =
          copies == 1 && runs == 1 && !rescored
              ? opened.get(0)
              : Classifiers.openAny(model, settings.in(Precision.FLOAT32));
      return new SearchClassifiers(opened, exact, rescored);
    } catch (IOException | RuntimeException | Error e) {
      opened.forEach(Classifier::close);
      throw e;
    }
  }

  Canvas canvas() {
    return search.canvas();
  }

  /** Logits of pictures in these tones, at most {@code batch} a call. */
  RunScores scores(int batch, Tones tones) {
    LogitSource reported = LogitSource.of(exact, batch, tones);
    return new RunScores() {
      @Override
      public Part enter() {
        Classifier part = together.enter();
        LogitSource quick = LogitSource.of(part, batch, tones);
        LogitSource source = rescored ? quick.reporting(locked(reported)) : quick;
        return RunScores.part(source, part::close);
      }

      @Override
      public LogitSource reported() {
        return reported;
      }

      @Override
      public ReentrantLock reporting() {
        return exactly;
      }
    };
  }

  private LogitSource locked(LogitSource reported) {
    return images -> {
      exactly.lock();
      try {
        return reported.logits(images);
      } finally {
        exactly.unlock();
      }
    };
  }

  @Override
  public void close() {
    try (search) {
      if (apart) {
        exact.close();
      }
    }
  }

  /** Scores the images of runs. */
  interface RunScores {
    /** A run's part in the search; whoever has entered must ask or leave, or others may wait. */
    Part enter();

    /**
     * Scores what is reported of an image once its search is over.
     *
     * @return for whoever holds {@link #reporting}
     */
    LogitSource reported();

    /** The lock that is held while a run's results are measured. */
    ReentrantLock reporting();

    /** What a search asks until it leaves. */
    interface Part extends AutoCloseable {
      LogitSource source();

      /** Leaves the search; a second call does nothing. */
      void leave();

      @Override
      default void close() {
        leave();
      }
    }

    /** Scores by one source for everything; for runs one after another. */
    static RunScores of(LogitSource source) {
      ReentrantLock lock = new ReentrantLock();
      return new RunScores() {
        @Override
        public Part enter() {
          return part(source, () -> {});
        }

        @Override
        public LogitSource reported() {
          return source.exact();
        }

        @Override
        public ReentrantLock reporting() {
          return lock;
        }
      };
    }

    /** A part that does something when it leaves, once or more often. */
    static Part part(LogitSource source, Runnable leave) {
      return new Part() {
        @Override
        public LogitSource source() {
          return source;
        }

        @Override
        public void leave() {
          leave.run();
        }
      };
    }
  }

  /**
   * The workers to which runs are dealt out, each with a listener of its own. On GPUs, and for
   * large networks, there is one a device. On the CPU small networks score a batch side by side, a
   * core each, and as many runs ask them together as fill a batch.
   */
  record SearchWorkers(
      List<SearchClassifiers> classifiers, List<SingleRun> runs, RunListener listener)
      implements AutoCloseable {
    /** How runs are told of, and when they stop. */
    record RunTerms(RunListeners listeners, RunTiming timing, BooleanSupplier stopped) {}

    /**
     * Opens the workers for what is left of an experiment; when one can't be opened, none is left
     * open.
     *
     * @param runs the number of runs that are left
     */
    public static SearchWorkers open(Experiment experiment, int runs, RunTerms terms)
        throws IOException {
      List<TorchClassifier.Settings> devices = experiment.scoring().all();
      int lanes = Math.min(runs, lanes(experiment));
      Supplier<? extends RunListener> listeners =
          terms.listeners().begin(experiment.plan(), runs, lanes * devices.size());
      List<SearchClassifiers> opened = new ArrayList<>();
      List<SingleRun> workers = new ArrayList<>();
      try {
        for (TorchClassifier.Settings settings : devices) {
          SearchClassifiers each =
              SearchClassifiers.open(
                  experiment.model(), settings, experiment.workers().count(), lanes);
          opened.add(each);
          RunScores scores = each.scores(settings.batch(), experiment.plan().options().tones());
          for (int i = 0; i < lanes; i++) {
            workers.add(run(experiment, scores, terms, listeners.get()));
          }
        }
      } catch (IOException | RuntimeException | Error e) {
        opened.forEach(SearchClassifiers::close);
        throw e;
      }
      return new SearchWorkers(opened, workers, listeners.get());
    }

    private static int lanes(Experiment experiment) {
      return experiment.workers().areSmall()
          ? lanes(experiment.plan(), experiment.scoring().settings().batch())
          : 1;
    }

    /** Runs at a time on a small network: one where each has a time of its own. */
    static int lanes(EvolvePlan plan, int batch) {
      return plan.time().isEmpty() ? ArmLoad.together(plan.options(), batch) : 1;
    }

    private static SingleRun run(
        Experiment experiment, RunScores scores, RunTerms terms, RunListener listener) {
      return new SingleRun(
          experiment.plan(),
          experiment.canvas(),
          scores,
          listener,
          terms.timing(),
          terms.stopped());
    }

    @Override
    public void close() {
      classifiers.forEach(SearchClassifiers::close);
    }
  }
}
