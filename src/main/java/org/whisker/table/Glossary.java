package org.whisker.table;

import java.util.Map;

/** The meanings of columns that are the same in every table. */
final class Glossary {
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("x", "column of the pixel, 0 at the left"),
          Map.entry("y", "row of the pixel, 0 at the top"),
          Map.entry("logit", "logit of not-cat; below 0 is cat"),
          Map.entry("p_cat", "the classifier's probability of cat"),
          Map.entry("group", "the set of images that the image belongs to"),
          Map.entry("image", "file of the image"),
          Map.entry("model", "name of the model"),
          Map.entry("run", "number of the run"),
          Map.entry("seed", "seed of the random numbers"),
          Map.entry("method", "name of the method"),
          Map.entry("min", "the least value"),
          Map.entry("q05", "5 % quantile"),
          Map.entry("q25", "lower quartile"),
          Map.entry("median", "median"),
          Map.entry("q75", "upper quartile"),
          Map.entry("q95", "95 % quantile"),
          Map.entry("max", "the largest value"),
          Map.entry("mean", "arithmetic mean"),
          Map.entry("p", "p-value"));

  private Glossary() {}

  /**
   * Empty for a name that is not among them.
   *
   * @param name with the prefix of the record that it is a part of
   * @param field without it
   */
  static String meaning(String name, String field) {
    return MEANINGS.getOrDefault(name, MEANINGS.getOrDefault(field, ""));
  }
}
