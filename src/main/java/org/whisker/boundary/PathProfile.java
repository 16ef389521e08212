package org.whisker.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;

/**
 * A classifier's logits along a path, and where the path crosses the boundary (p(cat) = ½). The
 * whole scan is scored, so a path may cross any number of times; each pair of adjacent positions on
 * different sides is then bisected. A double crossing between two adjacent positions on the same
 * side is missed.
 *
 * @param positions the scanned ones, ascending
 * @param logits of not-cat, one per position
 * @param crossings in their order
 */
public record PathProfile(List<Double> positions, List<Float> logits, List<Crossing> crossings) {
  public PathProfile {
    positions = List.copyOf(positions);
    logits = List.copyOf(logits);
    crossings = List.copyOf(crossings);
    if (positions.isEmpty() || positions.size() != logits.size()) {
      throw new IllegalArgumentException(
          positions.size() + " positions with " + logits.size() + " logits");
    }
  }

  /** p(cat) at each position. */
  public List<Double> catProbabilities() {
    return logits.stream().map(Classifier::catProbability).toList();
  }

  /**
   * Scores a path.
   *
   * @param batch pictures per call, at least 1
   * @param progress receives after each batch the number of scored positions of the scan
   * @throws IllegalArgumentException if a logit is not finite
   */
  public static PathProfile of(
      Classifier classifier, ImagePath path, int batch, IntConsumer progress) {
    List<Double> positions = path.scan();
    List<Float> logits = score(classifier, path, positions, batch, progress);
    List<Crossing> brackets = new ArrayList<>();
    for (int i = 1; i < logits.size(); i++) {
      if (Grays.isCat(logits.get(i - 1)) != Grays.isCat(logits.get(i))) {
        brackets.add(
            new Crossing(positions.get(i - 1), positions.get(i), logits.get(i - 1), logits.get(i)));
      }
    }
    return new PathProfile(positions, logits, narrowed(classifier, path, brackets, batch));
  }

  private static List<Float> score(
      Classifier classifier,
      ImagePath path,
      List<Double> positions,
      int batch,
      IntConsumer progress) {
    List<Float> logits = new ArrayList<>(positions.size());
    for (int from = 0; from < positions.size(); from += batch) {
      List<Double> some = positions.subList(from, Math.min(positions.size(), from + batch));
      List<Raster> pictures = some.stream().map(path::at).toList();
      for (float logit : classifier.logits(pictures)) {
        logits.add(Grays.finite(classifier, logit));
      }
      progress.accept(logits.size());
    }
    return logits;
  }

  /** All brackets are bisected together, so that each round is one call. */
  private static List<Crossing> narrowed(
      Classifier classifier, ImagePath path, List<Crossing> brackets, int batch) {
    List<Crossing> narrow = new ArrayList<>(brackets);
    while (true) {
      List<Integer> open = new ArrayList<>();
      List<Double> middles = new ArrayList<>();
      for (int i = 0; i < narrow.size(); i++) {
        OptionalDouble middle = path.between(narrow.get(i).low(), narrow.get(i).high());
        if (middle.isPresent()) {
          open.add(i);
          middles.add(middle.getAsDouble());
        }
      }
      if (open.isEmpty()) {
        return narrow;
      }
      List<Float> logits = score(classifier, path, middles, batch, scored -> {});
      for (int k = 0; k < open.size(); k++) {
        int i = open.get(k);
        narrow.set(i, halved(narrow.get(i), middles.get(k), logits.get(k)));
      }
    }
  }

  private static Crossing halved(Crossing wide, double middle, float logit) {
    return Grays.isCat(logit) == Grays.isCat(wide.lowLogit())
        ? new Crossing(middle, wide.high(), logit, wide.highLogit())
        : new Crossing(wide.low(), middle, wide.lowLogit(), logit);
  }
}
