package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.io.Contained;
import org.whisker.io.InputFile;
import org.whisker.io.JsonFile;

/** What a node of an engine shows of itself in the sweep's folder, for the status alone. */
public final class Presence implements AutoCloseable {
  private final WorkerState state;
  private final Optional<Claims> claims;
  private final Optional<Heartbeat> beat;

  private Presence(WorkerState state, Optional<Claims> claims, Optional<Heartbeat> beat) {
    this.state = state;
    this.claims = claims;
    this.beat = beat;
  }

  /**
   * Shows the presence of a worker in a folder that the node shares.
   *
   * @param id unlike every other worker's
   * @param patience after which a node that shows no sign of life counts as dead
   */
  public static Presence in(SweepFolder folder, String id, Duration patience) throws IOException {
    WorkerState state = new WorkerState(id);
    return new Presence(
        state,
        Optional.of(new Claims(folder.claims(), id)),
        Optional.of(Heartbeat.begin(folder.workers(), state, patience)));
  }

  /** Nowhere. */
  public static Presence hidden(String id) {
    return new Presence(new WorkerState(id), Optional.empty(), Optional.empty());
  }

  String id() {
    return state.id();
  }

  /** Shows what is done. The engine decides who does it: a claim that is there keeps nobody off. */
  void during(List<SweepTask> tasks, WorkerState.Work work) throws IOException {
    TaskKey claim = tasks.get(0).key();
    if (claims.isPresent()) {
      claims.get().takeOver(claim);
    }
    try {
      state.during(tasks, work);
    } finally {
      if (claims.isPresent()) {
        claims.get().release(claim);
      }
    }
  }

  @Override
  public void close() {
    beat.ifPresent(Heartbeat::close);
  }

  /** What a worker says of itself. For several threads. */
  public static final class WorkerState {
    static final String SUFFIX = ".json";

    private final String id;
    private long beat;
    private long done;
    private double busySeconds;
    private double plannedSeconds;
    private String task = "";

    WorkerState(String id) {
      this.id = id;
    }

    /** Unlike every other worker's. */
    public String id() {
      return id;
    }

    synchronized long done() {
      return done;
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Work {
      void run() throws IOException;
    }

    /** Does a batch, and says so until it ends and what it took. */
    void during(List<SweepTask> batch, Work work) throws IOException {
      begins(batch.get(0).what());
      long begun = System.nanoTime();
      work.run();
      double planned = batch.stream().mapToDouble(SweepTask::seconds).sum();
      ends(batch.size(), (System.nanoTime() - begun) / 1e9, planned);
    }

    private synchronized void begins(String what) {
      task = what;
    }

    private synchronized void ends(int tasks, double seconds, double planned) {
      done += tasks;
      busySeconds += seconds;
      plannedSeconds += planned;
    }

    synchronized Map<String, Object> next() {
      beat++;
      return map(true);
    }

    synchronized Map<String, Object> ended() {
      return map(false);
    }

    private Map<String, Object> map(boolean running) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("worker", id);
      map.put("running", running);
      map.put("beat", beat);
      map.put("done", done);
      map.put("busy_seconds", busySeconds);
      map.put("planned_seconds", plannedSeconds);
      map.put("task", running ? task : "");
      return map;
    }

    /**
     * The text of a worker's file, which changes as long as it lives; empty where there is none.
     */
    static String text(Path workers, String id) {
      try {
        return InputFile.text(new Contained(workers).resolve(id + SUFFIX));
      } catch (IOException e) {
        return "";
      }
    }
  }

  /**
   * Claims of workers: they tell who is busy with what, so that others take something else. A claim
   * saves time and decides nothing: two workers that do the same task come to the same result.
   *
   * @param folder a file a claim, which names the worker
   */
  record Claims(Path folder, String worker) {
    /** More than any worker's name. */
    private static final long MOST_BYTES = 1 << 16;

    /** Claims a batch, by the key of its first task; false where another has. */
    boolean take(TaskKey key) throws IOException {
      Files.createDirectories(folder);
      try {
        Files.writeString(
            new Contained(folder).resolve(key.digits()), worker, StandardOpenOption.CREATE_NEW);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }

    /**
     * The worker that has a batch; empty text while the claim is being written, or after a kill
     * right then.
     */
    Optional<String> owner(TaskKey key) throws IOException {
      return text(new Contained(folder).resolve(key.digits()));
    }

    /** A worker's name; of anything but a file, which may never end, none. */
    static Optional<String> text(Path claim) throws IOException {
      // another worker may release and take it at any moment, so it is looked at once
      try {
        BasicFileAttributes seen =
            Files.readAttributes(claim, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!seen.isRegularFile() || seen.size() > MOST_BYTES) {
          throw new IOException(claim + " is no file of a claim; remove it");
        }
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      return InputFile.ifThere(claim).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Takes a batch away from a worker that is no more. */
    boolean takeOver(TaskKey key) throws IOException {
      release(key);
      return take(key);
    }

    void release(TaskKey key) throws IOException {
      Files.deleteIfExists(new Contained(folder).resolve(key.digits()));
    }
  }

  /**
   * A file that changes as long as a worker lives. Others look whether it changes, and never at a
   * time in it: clocks of machines differ.
   */
  static final class Heartbeat implements AutoCloseable {
    private static final int BEATS_A_PATIENCE = 6;

    private final Path file;
    private final WorkerState state;
    private final ScheduledExecutorService timer;

    private Heartbeat(Path file, WorkerState state) {
      this.file = file;
      this.state = state;
      this.timer =
          Executors.newSingleThreadScheduledExecutor(
              work -> {
                Thread thread = new Thread(work, "heartbeat");
                thread.setDaemon(true);
                return thread;
              });
    }

    /**
     * Begins.
     *
     * @param patience after which a worker whose file did not change counts as dead
     */
    static Heartbeat begin(Path folder, WorkerState state, Duration patience) throws IOException {
      Heartbeat beat = new Heartbeat(folder.resolve(state.id() + WorkerState.SUFFIX), state);
      beat.write();
      long every = Math.max(1, patience.toMillis() / BEATS_A_PATIENCE);
      // beat() throws nothing that this would tell
      ScheduledFuture<?> unused =
          beat.timer.scheduleWithFixedDelay(beat::beat, every, every, TimeUnit.MILLISECONDS);
      return beat;
    }

    private void beat() {
      try {
        write();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        // the disk is full or away for a moment: the next beat tries again, which it would not if
        // the timer saw this
      }
    }

    private void write() throws IOException {
      JsonFile.write(file, state.next());
    }

    /** Ends it; the file stays, with what was done, unless that is nothing. */
    @Override
    public void close() {
      timer.shutdown();
      try {
        timer.awaitTermination(1, TimeUnit.MINUTES);
        if (state.done() == 0) {
          Files.deleteIfExists(file);
        } else {
          JsonFile.write(file, state.ended());
        }
      } catch (IOException e) {
        // for the status alone
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
