package org.whisker.table.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import org.whisker.image.Tones;

/** The grays that the images of an experiment are painted in, as its manifest says them. */
public final class EvolvedTones {
  private EvolvedTones() {}

  /**
   * Those of this manifest; black on white where it says nothing.
   *
   * @throws IllegalArgumentException for grays that can't be
   */
  public static Tones of(JsonNode manifest) {
    JsonNode evolution = manifest.path("evolution");
    Tones usual = Tones.standard();
    return new Tones(
        (float) evolution.path("background").asDouble(usual.background()),
        (float) evolution.path("ink").asDouble(usual.ink()));
  }
}
