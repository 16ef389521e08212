package org.whisker.ablation.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observer;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;

/** Experiment {@code landscape}: whether single-pixel effects predict where evolved pixels lie. */
public final class ProbedLandscape {
  /** Equivalence margin of E. */
  private static final double MARGIN = Measure.MARGIN;

  private ProbedLandscape() {}

  public static Ablation ablation() {
    return Ablation.observing(
        "landscape",
        "landscape",
        "\u0394logit of one black pixel everywhere on white, against where the control's evolved"
            + " pixels lie, and their E against that of the same number of best single pixels; if"
            + " single-pixel effects predict the positions, the correlation is above 0 and the"
            + " difference of E is 0",
        ProbedLandscape::observe);
  }

  private static Observed observe(Observer.Input input) {
    double[] delta =
        input.model().probe(input.batch(), done -> {}, input.stopped()).delta().values();
    double[] towardsCat = Arrays.stream(delta).map(value -> -value).toArray();
    Observation.Uncorrected agreement =
        MapAgreement.of(
            "evidence of the pixel alone",
            Prediction.RISES,
            input.marked(),
            towardsCat,
            input.unmarked(),
            input);
    return new Observed.Plain(Observation.corrected(List.of(agreement, best(input, delta))));
  }

  private static Observation.Uncorrected best(Observer.Input input, double[] delta) {
    int[] order =
        IntStream.range(0, delta.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> delta[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<BlackPixels> images = input.marked();
    double[] differences = images.stream().mapToDouble(i -> difference(i, order)).toArray();
    return Observation.Uncorrected.mean(
        "evolved",
        "the best pixels alone",
        "difference of E",
        Prediction.DIFFERS,
        differences,
        MARGIN,
        input.unmarked(),
        input.random("best pixels"));
  }

  /** E of an image minus that of the same number of leading pixels of an order. */
  static double difference(BlackPixels image, int[] order) {
    EdgeRank rank = new EdgeRank(image.canvas());
    BlackPixels best = BlackPixels.of(image.canvas(), Arrays.copyOf(order, image.count()));
    return rank.edgeIndex(image).orElseThrow() - rank.edgeIndex(best).orElseThrow();
  }
}
