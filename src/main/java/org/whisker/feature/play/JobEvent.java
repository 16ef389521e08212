package org.whisker.feature.play;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.Canvas;

/** How a job goes. */
public sealed interface JobEvent {
  /** The number of the job that it is about. */
  long job();

  /** It has done so many of its steps. */
  record Progress(long job, long done, long total) implements JobEvent {}

  /**
   * A map is there.
   *
   * @param values row-major; above 0 is away from cat in every kind, and drawn red
   * @param unit of the values
   * @param meaning of their sign, in a sentence
   * @param options that it was made with; empty if it has none
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
   * @param pCat p(cat) when shifted by 0, 1, 2 … pixels
   */
  record ShiftsDone(long job, JobRequest.Axis axis, String model, List<Double> pCat)
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
      double pCat,
      OptionalDouble edgeIndex,
      long evaluations,
      int[] pixels)
      implements JobEvent {}

  /**
   * It is over.
   *
   * @param how done, stopped, or the {@link org.whisker.evolution.Ending} of a search in lower case
   * @param seconds that it took
   */
  record Ended(long job, String how, double seconds) implements JobEvent {}

  /** It failed, for the reason in the message. */
  record Failed(long job, String message) implements JobEvent {}
}
