package org.whisker.explain;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Models under the same protocol and seeds, each quantity on one scale.
 *
 * @param measures model by model within each quantity
 * @param differences of each pair of models, first less second
 * @param transfers whose images fool whom
 * @param profiles from the border inwards
 */
public record Comparison(
    List<Measured> measures,
    List<Difference> differences,
    List<Transferred> transfers,
    List<ProfilePoint> profiles) {
  public Comparison {
    measures = List.copyOf(measures);
    differences = List.copyOf(differences);
    transfers = List.copyOf(transfers);
    profiles = List.copyOf(profiles);
  }

  /**
   * A quantity of a model.
   *
   * @param unit in a word or two
   * @param low lower end of the 95 % interval; empty where the quantity has none
   * @param count what the interval is over: runs, or photos; 0 where there is none
   */
  public record Measured(
      String quantity,
      String unit,
      String model,
      double value,
      OptionalDouble low,
      OptionalDouble high,
      int count) {}

  /**
   * How two models differ.
   *
   * @param p two-sided, paired by seed; empty where there are no pairs
   * @param pHolm corrected for all differences of the comparison
   * @param pairs seeds at which both have a value; 0 where it is not paired
   */
  public record Difference(
      String quantity,
      String modelA,
      String modelB,
      double value,
      double low,
      double high,
      OptionalDouble p,
      OptionalDouble pHolm,
      int pairs) {}

  /**
   * Images evolved for one model, scored by another.
   *
   * @param cats how many the other takes for cats
   * @param low lower end of the share's 95 % interval
   * @param randomShare of as many pixels at random places, taken for cats by the other
   */
  public record Transferred(
      String from, String to, int images, int cats, double low, double high, double randomShare) {
    public double share() {
      return (double) cats / images;
    }
  }

  /**
   * A point of a profile.
   *
   * @param profile density (1 is chance), probe (Δlogit of not-cat) or gradient (relative to the
   *     map's mean)
   * @param from lower end of the edge ranks, 0 is the border
   */
  public record ProfilePoint(
      String profile,
      String model,
      double from,
      double to,
      double value,
      OptionalDouble low,
      OptionalDouble high) {}
}
