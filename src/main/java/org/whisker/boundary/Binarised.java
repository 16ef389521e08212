package org.whisker.boundary;

import java.util.List;
import java.util.Optional;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Threshold;
import org.whisker.image.Tones;

/**
 * A two-tone picture, and the picture that it was binarised from.
 *
 * @param image the inked pixels
 * @param tones its grays
 * @param threshold of the binarisation; empty if the picture already had two tones
 * @param originalLogit of not-cat of the original picture; the same as {@code logit} if that had
 *     two tones
 * @param logit of not-cat
 */
public record Binarised(
    BlackPixels image,
    Tones tones,
    Optional<Threshold> threshold,
    float originalLogit,
    float logit) {

  /**
   * The picture unchanged if it has only these tones, otherwise binarised to black and white.
   *
   * @param threshold between black and white; empty for Otsu's
   */
  public static Binarised of(
      Classifier classifier, Raster picture, Tones tones, Optional<Threshold> threshold) {
    Optional<BlackPixels> genome = tones.genome(picture);
    if (genome.isPresent()) {
      float logit = Grays.finite(classifier, classifier.logits(List.of(picture))[0]);
      return new Binarised(genome.get(), tones, Optional.empty(), logit, logit);
    }
    GrayImage gray = GrayImage.of(picture);
    Threshold parting = threshold.orElseGet(() -> Threshold.otsu(gray));
    BlackPixels black = parting.black(gray);
    float[] logits = classifier.logits(List.of(gray, black));
    return new Binarised(
        black,
        Tones.standard(),
        Optional.of(parting),
        Grays.finite(classifier, logits[0]),
        Grays.finite(classifier, logits[1]));
  }

  /** Whether the two-tone picture is a cat: p(cat) is ½ or more. */
  public boolean isCat() {
    return Grays.isCat(logit);
  }

  /** Whether the original picture is a cat. */
  public boolean wasCat() {
    return Grays.isCat(originalLogit);
  }

  public double catProbability() {
    return Classifier.catProbability(logit);
  }

  public double originalCatProbability() {
    return Classifier.catProbability(originalLogit);
  }
}
