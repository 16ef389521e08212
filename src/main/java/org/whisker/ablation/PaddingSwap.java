package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.RunResult;

/**
 * Hypothesis {@code padding}, at inference: the same weights, another padding, evolution from the
 * same seeds. (The network was not trained with that padding; retraining is another experiment.)
 *
 * @param from the padding it was trained with, by its label (zero, reflect, replicate, circular)
 * @param to the padding it was swapped to
 * @param whiteLogit logit of the white image under the swapped padding
 * @param transferred logit, under the swapped padding, of each control run's final image
 * @param runs evolution under the swapped padding, in the order of the control's seeds
 * @param shift of the edge index; empty when fewer than two pairs have black pixels on both sides
 */
public record PaddingSwap(
    String from,
    String to,
    double whiteLogit,
    List<Float> transferred,
    List<RunResult> runs,
    Optional<PairedShift> shift) {
  public PaddingSwap {
    transferred = List.copyOf(transferred);
    runs = List.copyOf(runs);
  }

  /** p(cat) of the pure white image under the swapped padding. */
  public double whiteCatProbability() {
    return Classifier.catProbability(whiteLogit);
  }
}
