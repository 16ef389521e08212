package org.whisker.explain;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.value.Checks;

/**
 * The control arm of a model in short.
 *
 * @param runs number of runs, including failed ones
 * @param target p(target) that counts as success
 * @param cats how many runs reached it
 * @param half how many reached p(target) of ½
 * @param best the highest p(target); empty if no run has one
 * @param white p(target) of the empty canvas
 * @param atTarget E of the images that reached the target, where any did
 * @param atHalf E of the images that reached ½, where any did
 * @param all E of the final images of all runs, whatever their p(target)
 * @param withoutPreference E of the same search behind a random roll of the image, see {@code
 *     geometry}, by the same measure as what it is compared with
 * @param rising runs whose p(target) still rose in the last fifth of their images: more images may
 *     make cats of them
 */
public record ControlRuns(
    String model,
    int runs,
    double target,
    int cats,
    int half,
    OptionalDouble best,
    OptionalDouble white,
    Optional<EdgeMean> atTarget,
    Optional<EdgeMean> atHalf,
    Optional<EdgeMean> all,
    Optional<EdgeMean> withoutPreference,
    int rising) {
  /**
   * A mean edge index.
   *
   * @param low lower end of its 95 % interval; empty for a single run
   * @param high upper end
   * @param runs the number of runs that have a value
   */
  public record EdgeMean(double mean, OptionalDouble low, OptionalDouble high, int runs) {}

  public ControlRuns {
    Checks.refuse(
        cats < 0 || half < cats || half > runs,
        "of %d runs of %s %d reached the target and %d reached ½",
        runs,
        model,
        cats,
        half);
  }
}
