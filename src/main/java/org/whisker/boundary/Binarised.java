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
 * A picture of two tones, and the one that it was made of.
 *
 * @param image the pixels in ink
 * @param tones its grays
 * @param threshold that it was binarised by; empty where it had two tones already
 * @param originalLogit of not-cat of the picture that it was made of; its own where it had two
 *     tones
 * @param logit of not-cat
 */
public record Binarised(
    BlackPixels image,
    Tones tones,
    Optional<Threshold> threshold,
    float originalLogit,
    float logit) {

  /**
   * A picture as it is, if it has these tones alone; else black and white.
   *
   * @param threshold where to part black from white; empty for Otsu's
   */
  public static Binarised of(
      Classifier classifier, Raster picture, Tones tones, Optional<Threshold> threshold) {
    Optional<BlackPixels> genome = tones.genome(picture);
    if (genome.isPresent()) {
      float logit = Grays.finite(classifier, classifier.logits(List.of(picture))[0]);
      return new Binarised(genome.get(), tones, Optional.empty(), logit, logit);
    }
    GrayImage gray = Grays.image(picture);
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

  /** Whether the picture of two tones is a cat: p(cat) is ½ or more. */
  public boolean isCat() {
    return Grays.isCat(logit);
  }

  /** Whether the picture that it was made of is one. */
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
