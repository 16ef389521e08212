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

/** Whether what one black pixel does alone already predicts where evolved pixels go. */
public final class ProbedLandscape {
  /** A difference of E that does not matter. */
  private static final double MARGIN = Measure.MARGIN;

  private ProbedLandscape() {}

  public static Ablation ablation() {
    return Ablation.observing(
        "landscape",
        "landscape",
        "\u0394logit of one black pixel everywhere on white, against where the control's evolved"
            + " pixels lie, and their E against that of as many pixels, each the best alone; if"
            + " single pixels predict, the first is above 0, and the second is 0",
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

  /** E of an image less that of as many first pixels of an order. */
  static double difference(BlackPixels image, int[] order) {
    EdgeRank rank = new EdgeRank(image.canvas());
    BlackPixels best = BlackPixels.of(image.canvas(), Arrays.copyOf(order, image.count()));
    return rank.edgeIndex(image).orElseThrow() - rank.edgeIndex(best).orElseThrow();
  }
}
