package org.whisker.feature.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.feature.sweep.SweepManifest.SweepVersions;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.job.JobContext;

/**
 * Does a sweep on a cluster. Found by {@link java.util.ServiceLoader}, so that whisker needs none.
 */
public interface SweepEngine {
  /** The engine's name for people. */
  String name();

  /**
   * The variables that this process needs from its beginning, where tasks are done in it.
   *
   * @throws org.whisker.job.InvalidRequestException when it can't get them
   */
  Map<String, String> variables(EngineRequest request);

  /**
   * Does what is not done. Killed at any moment, it may be begun again.
   *
   * @throws IOException when nothing can be done any more
   */
  WorkResult run(EngineRequest request, JobContext context) throws IOException;

  /**
   * What an engine is asked for.
   *
   * @param folder the folder of the sweep
   * @param numerics the numerics that each node is to compute with
   * @param versions the versions that each node is to have
   * @param master where the engine runs; empty: as it is set up
   * @param results the address of a file system of the engine, where results are to be kept; empty:
   *     in the sweep's folder, which all nodes then have under this path
   * @param send whether nodes are sent the models; else they have them under the same paths
   */
  record EngineRequest(
      SweepFolder folder,
      Numerics numerics,
      SweepVersions versions,
      Optional<String> master,
      Optional<String> results,
      boolean send) {
    /** The request for the sweep in a folder. */
    public static EngineRequest of(
        SweepFolder folder, Optional<String> master, Optional<String> results, boolean send)
        throws IOException {
      SweepManifest manifest = SweepManifest.open(folder.path());
      return new EngineRequest(
          folder, manifest.numerics(), manifest.versions(), master, results, send);
    }
  }

  /**
   * What a worker came to.
   *
   * @param done tasks whose result it kept
   * @param failed tasks of which it kept that they fail each time
   * @param left tasks that it could not do, by key, with the reason; they can be tried again
   * @param conflicts tasks whose result differs from one that was there
   * @param elsewhere batches that other workers are busy with
   * @param stopped whether it was stopped
   */
  record WorkResult(
      int done,
      int failed,
      Map<TaskKey, String> left,
      List<TaskKey> conflicts,
      int elsewhere,
      boolean stopped) {
    public WorkResult {
      left = Map.copyOf(left);
      conflicts = List.copyOf(conflicts);
    }

    public static WorkResult none() {
      return new WorkResult(0, 0, Map.of(), List.of(), 0, false);
    }

    /** What was stopped before its end. */
    public static WorkResult cut() {
      return new WorkResult(0, 0, Map.of(), List.of(), 0, true);
    }

    /** Adds up both results. */
    public WorkResult plus(WorkResult other) {
      Map<TaskKey, String> all = new LinkedHashMap<>(left);
      all.putAll(other.left);
      List<TaskKey> differing = new ArrayList<>(conflicts);
      differing.addAll(other.conflicts);
      return new WorkResult(
          done + other.done,
          failed + other.failed,
          all,
          differing,
          elsewhere + other.elsewhere,
          stopped || other.stopped);
    }
  }
}
