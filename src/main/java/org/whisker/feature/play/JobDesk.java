package org.whisker.feature.play;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.LockStep;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Population.Individual;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.PlayModels.OpenClassifiers;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tones;
import org.whisker.job.FailureMessage;
import org.whisker.saliency.Inputs;
import org.whisker.torch.natives.OperatorThreads;

/**
 * Does one job at a time, on a thread and with classifiers of its own, so that scores go on
 * meanwhile. A new job ends the one before it. Thread-safe.
 */
public final class JobDesk implements AutoCloseable {
  private static final int OPEN = 2;

  /** Few pictures a call, so that a stopped job ends soon. */
  private static final int BATCH = 64;

  private final LatestOnly queue = new LatestOnly("jobs", () -> {});
  private final PlayModels offered;
  private final OpenClassifiers<DifferentiableClassifier> models;
  private final Consumer<JobEvent> listener;
  private final LongSupplier nanoTime;
  private final AtomicLong numbers = new AtomicLong();

  /** Jobs up to this number are to end. */
  private final AtomicLong stopped = new AtomicLong();

  /**
   * Opens a desk for jobs on these models.
   *
   * @param listener is told of every job, on the thread of the jobs
   * @param nanoTime for how long a job took
   */
  public JobDesk(PlayModels models, Consumer<JobEvent> listener, LongSupplier nanoTime) {
    this.offered = models;
    this.models = new OpenClassifiers<>(OPEN, models::open);
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /**
   * Begins a job, and ends the one that runs.
   *
   * @return its number
   */
  public synchronized long start(JobRequest request) {
    long job = numbers.incrementAndGet();
    stopped.set(job - 1);
    CompletableFuture<Void> done =
        queue.submit(
            () -> {
              run(job, request);
              return null;
            });
    done.exceptionally(
        outdated -> {
          listener.accept(new JobEvent.Ended(job, JobControl.STOPPED, 0));
          return null;
        });
    return job;
  }

  /** Ends the job that runs, after its present step. */
  public synchronized void stop() {
    stopped.set(numbers.get());
  }

  private void run(long job, JobRequest request) {
    long from = nanoTime.getAsLong();
    try {
      String how = run(job, request, models.get(request.model()));
      listener.accept(new JobEvent.Ended(job, how, (nanoTime.getAsLong() - from) / 1e9));
    } catch (IOException | RuntimeException | Error e) {
      listener.accept(new JobEvent.Failed(job, FailureMessage.oneLine(FailureMessage.message(e))));
    }
  }

  private String run(long job, JobRequest request, DifferentiableClassifier classifier)
      throws IOException {
    JobControl control = new JobControl(job, BATCH, listener, () -> stopped.get() >= job);
    if (request instanceof JobRequest.OfMap map) {
      return new MapJob(map, classifier, control).run();
    }
    if (request instanceof JobRequest.OfShifts shifts) {
      return new ShiftJob(shifts, classifier, control).run();
    }
    OperatorThreads.Scope threads = offered.workers(request.model()).threads();
    try (threads) {
      return new EvolutionJob((JobRequest.OfEvolution) request, classifier, control).run();
    }
  }

  @Override
  public void close() {
    stop();
    queue.close();
    models.close();
  }

  /** Evolves an image, as {@code whisker evolve --precision float32} does from the same seed. */
  record EvolutionJob(JobRequest.OfEvolution request, Classifier classifier, JobControl control) {
    /** As many as a search of {@code evolve} has in a call. */
    private static final int SEARCH_BATCH = 100;

    /** Returns how it ended. */
    String run() {
      EvolutionOptions options = request.options();
      Classifier filled = new LockStep(classifier).occasional(); // results are rounded so
      RunResult result =
          Evolution.of(options, filled, SEARCH_BATCH)
              .run(
                  request.seed(),
                  (stats, best) -> {
                    tell(stats, best);
                    return !control.stopped().getAsBoolean();
                  });
      return result.ending().name().toLowerCase(Locale.ROOT);
    }

    private void tell(GenerationStats stats, Individual best) {
      control
          .listener()
          .accept(
              new JobEvent.Generation(
                  control.job(),
                  stats.generation(),
                  request.generations(),
                  best.catProbability(),
                  stats.edgeIndex(),
                  stats.evaluations(),
                  best.genome().indices()));
    }
  }

  /** Scores a picture at every shift along an axis. */
  record ShiftJob(JobRequest.OfShifts request, Classifier classifier, JobControl control) {
    private static final int AT_ONCE = 16;

    /** Returns how it ended. */
    String run() {
      Canvas canvas = request.picture().canvas();
      Inputs.checkSize(classifier, canvas);
      boolean right = request.axis() == JobRequest.Axis.RIGHT;
      int shifts = right ? canvas.width() : canvas.height();
      List<Double> all = new ArrayList<>();
      for (int from = 0; from < shifts; from += AT_ONCE) {
        if (control.stopped().getAsBoolean()) {
          return JobControl.STOPPED;
        }
        List<PlanarImage> some =
            IntStream.range(from, Math.min(shifts, from + AT_ONCE))
                .mapToObj(by -> rolled(request.picture(), right ? by : 0, right ? 0 : by))
                .toList();
        for (float logit : classifier.logits(some)) {
          all.add(Classifier.catProbability(logit));
        }
        control.progress(all.size(), shifts);
      }
      control
          .listener()
          .accept(
              new JobEvent.ShiftsDone(
                  control.job(), request.axis(), request.model().toString(), List.copyOf(all)));
      return JobControl.DONE;
    }

    /** The picture moved to the right and down; what leaves it comes in on the other side. */
    static PlanarImage rolled(PlanarImage picture, int dx, int dy) {
      return picture.eachPlane(plane -> rolledPlane(plane, dx, dy));
    }

    private static GrayImage rolledPlane(GrayImage picture, int dx, int dy) {
      Canvas canvas = picture.canvas();
      float[] values = new float[canvas.pixels()];
      for (int i = 0; i < values.length; i++) {
        int x = Math.floorMod(canvas.x(i) - dx, canvas.width());
        int y = Math.floorMod(canvas.y(i) - dy, canvas.height());
        values[i] = picture.at(x, y);
      }
      return new GrayImage(canvas, values);
    }
  }

  /**
   * What a job is given: its number, whom to tell, and whether it was stopped.
   *
   * @param batch pictures scored per call
   */
  record JobControl(long job, int batch, Consumer<JobEvent> listener, BooleanSupplier stopped) {
    static final String DONE = "done";
    static final String STOPPED = "stopped";

    void progress(long done, long total) {
      listener.accept(new JobEvent.Progress(job, done, total));
    }
  }

  /** A request for something that takes longer than a score. */
  public sealed interface JobRequest {
    /** The model that the job is about. */
    ModelChoice model();

    /** The colours of the canvas and of the ink. */
    Tones tones();

    /** The maps that can be laid over a picture. */
    enum MapKind {
      /** What inking each pixel does, by scoring all of them. */
      PROBE,
      /** The derivative by each gray value. */
      GRADIENT,
      /** What hiding each window does. */
      OCCLUSION,
      /** A layer's features, weighted by their gradients. */
      GRAD_CAM;

      /** Name in requests, and among the methods of saliency. */
      public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }

    /** Along which axis a pattern is shifted. */
    enum Axis {
      RIGHT,
      DOWN
    }

    /** A map of a picture, which has the model's size. */
    record OfMap(PlanarImage picture, Tones tones, ModelChoice model, MapKind kind)
        implements JobRequest {}

    /** The score of a picture at each shift along an axis, wrapped at the border. */
    record OfShifts(PlanarImage picture, Tones tones, ModelChoice model, Axis axis)
        implements JobRequest {}

    /**
     * A search as {@code whisker evolve} does it, from the preset's own founders.
     *
     * @param preset quick, question or dense
     * @param generations at most {@value #MOST_GENERATIONS}
     */
    record OfEvolution(ModelChoice model, Tones tones, String preset, long seed, int generations)
        implements JobRequest {
      /** What can still be watched. */
      public static final int MOST_GENERATIONS = 10_000;

      public OfEvolution {
        if (generations < 1 || generations > MOST_GENERATIONS) {
          throw new IllegalArgumentException(
              "generations must be 1 to " + MOST_GENERATIONS + ", was " + generations);
        }
        EvolutionOptions.preset(preset);
      }

      EvolutionOptions options() {
        return EvolutionOptions.preset(preset).withTones(tones).withGenerations(generations);
      }
    }
  }

  public sealed interface JobEvent {
    /** The number of the job that it is about. */
    long job();

    /** The job has done so many of its steps. */
    record Progress(long job, long done, long total) implements JobEvent {}

    /**
     * A map is there.
     *
     * @param values row-major; above 0 is away from the target in every kind, and drawn blue
     * @param unit the unit of the values
     * @param meaning the meaning of their sign, in a sentence
     * @param options the options that it was made with; empty if it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record MapDone(
        long job,
        JobRequest.MapKind kind,
        String model,
        Canvas canvas,
        float[] values,
        String unit,
        String meaning,
        String options)
        implements JobEvent {}

    /**
     * The scores of all shifts are there.
     *
     * @param pTarget p(target) when shifted by 0, 1, 2 … pixels
     */
    record ShiftsDone(long job, JobRequest.Axis axis, String model, List<Double> pTarget)
        implements JobEvent {}

    /**
     * A generation of a search is scored.
     *
     * @param pixels the inked pixels of the best image, as row-major indices
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Generation(
        long job,
        int generation,
        int generations,
        double pTarget,
        OptionalDouble edgeIndex,
        long evaluations,
        int[] pixels)
        implements JobEvent {}

    /**
     * The job is over.
     *
     * @param how done, stopped, or the {@link org.whisker.evolution.Evolution.Ending} of a search
     *     in lower case
     * @param seconds the seconds that it took
     */
    record Ended(long job, String how, double seconds) implements JobEvent {}

    /** The job failed, for the reason in the message. */
    record Failed(long job, String message) implements JobEvent {}
  }
}
