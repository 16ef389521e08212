package org.whisker.evolution.result;

import com.fasterxml.jackson.databind.JsonNode;
import org.whisker.image.Tones;

/** The gray values in which the images of an experiment are painted, according to its manifest. */
public final class EvolvedTones {
  private EvolvedTones() {}

  /**
   * The tones in this manifest; black on white when it has none.
   *
   * @throws IllegalArgumentException for invalid gray values
   */
  public static Tones of(JsonNode manifest) {
    JsonNode evolution = manifest.path("evolution");
    Tones usual = Tones.standard();
    return new Tones(
        (float) evolution.path("background").asDouble(usual.background()),
        (float) evolution.path("ink").asDouble(usual.ink()));
  }
}
