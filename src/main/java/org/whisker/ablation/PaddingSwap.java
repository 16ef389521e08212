package org.whisker.ablation;

import java.util.List;
import org.whisker.evolution.RunResult;
import org.whisker.network.Padding;

/**
 * Hypothesis {@code padding}, at inference: the same weights, another padding, evolution from the
 * same seeds. (The network was not trained with that padding; retraining is another experiment.)
 *
 * @param from the padding it was trained with
 * @param to the padding it was swapped to
 * @param whiteLogit logit of the white image under the swapped padding
 * @param transferred logit, under the swapped padding, of each control run's final image
 * @param runs evolution under the swapped padding, in the order of the control's seeds
 * @param shift of the edge index
 */
public record PaddingSwap(
    Padding from,
    Padding to,
    double whiteLogit,
    List<Float> transferred,
    List<RunResult> runs,
    PairedShift shift) {
  public PaddingSwap {
    transferred = List.copyOf(transferred);
    runs = List.copyOf(runs);
  }
}
