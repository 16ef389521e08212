package org.whisker.feature.models;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.classifier.ModelCard;

/**
 * A model that was imported, and what it makes of two pictures.
 *
 * @param card as saved
 * @param pictures pure white, and the photo or generated picture
 * @param gradient L2 norm of the logit's derivative at the second picture, in logits per
 *     black-to-white step; empty where it is not measured or there is none
 * @param notes for the user, one line each
 */
public record ImportResult(
    ModelCard card, List<Seen> pictures, OptionalDouble gradient, List<String> notes) {
  public ImportResult {
    pictures = List.copyOf(pictures);
    notes = List.copyOf(notes);
  }

  /**
   * What the model makes of a picture.
   *
   * @param picture its name
   * @param outputs the highest of its outputs, as text
   * @param logit of not-cat
   */
  public record Seen(String picture, String outputs, float logit) {}
}
