package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.whisker.boundary.GreedyStep.GreedyFlips;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;

/**
 * Looks for few flips that bring a picture across the boundary. A flip makes a pixel black or white
 * (of a gray pixel, whichever helps); each pixel flips once. Among the candidates that are most
 * promising by the gradient at the current picture, every step takes the flip that moves the logit
 * most towards the boundary. The number is an upper bound: fewer flips of other pixels may suffice.
 *
 * @param maxFlips number of flips at which the search gives up, at least 1
 * @param candidates largest number of flips scored per step, at least 1
 * @param batch pictures per call, at least 1
 */
public record MarginSearch(int maxFlips, int candidates, int batch) {
  public MarginSearch {
    if (maxFlips < 1 || candidates < 1 || batch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "flips, candidates and batch are at least 1, were %d, %d and %d",
              maxFlips,
              candidates,
              batch));
    }
  }

  /** The margin of one picture. */
  public Margin of(DifferentiableClassifier classifier, Raster picture) {
    float logit = Grays.finite(classifier, classifier.logits(List.of(picture))[0]);
    float[] gradient = classifier.inputGradients(List.of(picture)).get(0);
    int goal = Grays.isCat(logit) ? 1 : -1;
    PlanarImage shown = PlanarImage.from(picture);
    OptionalInt linear = linearFlips(shown, gradient, Math.abs(logit), goal);
    return search(classifier, shown, logit, norm(gradient), linear);
  }

  private Margin search(
      Classifier classifier, PlanarImage picture, float logit, double norm, OptionalInt linear) {
    boolean cat = Grays.isCat(logit);
    GreedyFlips.Trail trail =
        new GreedyFlips(maxFlips, candidates, batch)
            .from(
                classifier,
                picture,
                flips(picture),
                cat ? 1 : -1,
                now -> Grays.isCat(now) != cat,
                () -> false);
    List<GreedyStep.Scored> made = trail.flips();
    return new Margin(
        logit,
        trail.reached() ? OptionalInt.of(made.size()) : OptionalInt.empty(),
        linear,
        norm,
        made.isEmpty() ? logit : made.get(made.size() - 1).logit());
  }

  /** The moves of every pixel to black and to white, except those that change nothing. */
  private static List<GreedyStep.Move> flips(PlanarImage picture) {
    PlanarImage black = PlanarImage.filled(picture.canvas(), 0, picture.planes());
    PlanarImage white = PlanarImage.filled(picture.canvas(), 1, picture.planes());
    List<GreedyStep.Move> flips = new ArrayList<>();
    for (int pixel = 0; pixel < picture.canvas().pixels(); pixel++) {
      if (!picture.isSameAt(black, pixel)) {
        flips.add(new GreedyStep.Move(pixel, 0));
      }
      if (!picture.isSameAt(white, pixel)) {
        flips.add(new GreedyStep.Move(pixel, 1));
      }
    }
    return flips;
  }

  private static double norm(float[] gradient) {
    double sum = 0;
    for (float each : gradient) {
      sum += (double) each * each;
    }
    return Math.sqrt(sum);
  }

  /** The number of largest first-order gains whose sum covers the distance. */
  private static OptionalInt linearFlips(
      PlanarImage picture, float[] gradient, double distance, int goal) {
    double[] gains = new double[picture.canvas().pixels()];
    for (int pixel = 0; pixel < gains.length; pixel++) {
      double black = 0;
      double white = 0;
      for (int i = pixel; i < gradient.length; i += gains.length) {
        double slope = goal * (double) gradient[i];
        black += slope * -picture.at(i);
        white += slope * (1 - picture.at(i));
      }
      gains[pixel] = Math.max(black, white);
    }
    Arrays.sort(gains);
    double sum = 0;
    for (int flips = 0; flips < gains.length; flips++) {
      if (sum >= distance) {
        return OptionalInt.of(flips);
      }
      sum += gains[gains.length - 1 - flips];
    }
    return sum >= distance ? OptionalInt.of(gains.length) : OptionalInt.empty();
  }
}
