package org.whisker.classifier;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a model was trained.
 *
 * @param data what the photos were and where they came from
 * @param researchOnly whether the photos may be used for research only
 * @param photos number of photos, by split and class ("train/cat")
 * @param epochs passes over the training photos
 * @param seed of all random numbers
 * @param options every other option, by name
 */
public record TrainingRecord(
    String data,
    boolean researchOnly,
    Map<String, Integer> photos,
    int epochs,
    long seed,
    Map<String, String> options) {
  public TrainingRecord {
    Objects.requireNonNull(data, "data");
    photos = Collections.unmodifiableMap(new TreeMap<>(photos));
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs must not be negative: " + epochs);
    }
    if (photos.values().stream().anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException("photos must not be negative: " + photos);
    }
  }

  /** This without the options of these names. */
  public TrainingRecord without(String... names) {
    Map<String, String> fewer = new TreeMap<>(options);
    fewer.keySet().removeAll(List.of(names));
    return new TrainingRecord(data, researchOnly, photos, epochs, seed, fewer);
  }
}
