package org.whisker.play;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.study.FailureMessage;
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
   * With these models.
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
}
