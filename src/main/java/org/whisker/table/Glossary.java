package org.whisker.table;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The meanings of columns that are the same in every table. */
final class Glossary {
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("accuracy", "share of the photos that are classified correctly"),
          Map.entry("against", "what it is compared with"),
          Map.entry("architecture", "the network's architecture"),
          Map.entry("arm", "name of the arm of the experiment"),
          Map.entry("bare_p_target_treated", "p(target) of the empty canvas of the treated arm"),
          Map.entry("baseline_logit", "logit against the target of the baseline"),
          Map.entry("black_pixels", "number of black pixels of the image"),
          Map.entry("ci_high", "upper end of the 95 % interval"),
          Map.entry("ci_low", "lower end of the 95 % interval"),
          Map.entry("comparison", "what is compared with the control"),
          Map.entry(
              "completeness_error", "sum of the map minus the difference that it should add up to"),
          Map.entry("control", "name of the arm that is compared with"),
          Map.entry("control_mean", "mean over the runs of the control"),
          Map.entry("coverage_max", "largest number of windows that cover a pixel"),
          Map.entry("coverage_min", "least number of windows that cover a pixel"),
          Map.entry("curve", "whether pixels are removed or restored"),
          Map.entry("delta_b", "change of the logit by the second pixel alone"),
          Map.entry("delta_both", "change of the logit by both pixels"),
          Map.entry("dilation_x", "columns between two taps of the kernel"),
          Map.entry("distance", "distance between the two pixels"),
          Map.entry("duplicates", "number of drawn sets that occurred before"),
          Map.entry(
              "edge_index",
              "mean edge rank of the black pixels: 0 at the border, ½ expected by chance, 1 at the centre"),
          Map.entry("epochs", "number of epochs of the training"),
          Map.entry("experiment", "name of the experiment"),
          Map.entry("file", "name of the file"),
          Map.entry("flips", "number of flipped pixels"),
          Map.entry("generation", "number of the generation"),
          Map.entry("generations", "number of generations bred"),
          Map.entry("group", "the set of images that the image belongs to"),
          Map.entry("height", "number of rows"),
          Map.entry("high", "upper end"),
          Map.entry("hypothesis", "the hypothesis that is tested"),
          Map.entry("image", "file of the image"),
          Map.entry("images", "number of images"),
          Map.entry("intercept", "intercept of the line"),
          Map.entry("item", "what the value is of"),
          Map.entry("kernel_width", "number of columns that the kernel reads"),
          Map.entry("key", "key of the task"),
          Map.entry(
              "largest_difference", "largest difference between two values that should agree"),
          Map.entry("layer", "name of the layer"),
          Map.entry("logit", "logit against the target; below 0 is the target"),
          Map.entry("logit_after", "logit against the target after the change"),
          Map.entry("logit_without", "logit against the target without the pixel"),
          Map.entry("low", "lower end"),
          Map.entry("max", "the largest value"),
          Map.entry("mean", "arithmetic mean"),
          Map.entry("mean_absolute", "mean of the absolute values"),
          Map.entry("mean_black_pixels", "mean number of black pixels over runs"),
          Map.entry("mean_fitness", "mean fitness of the population"),
          Map.entry("mean_p_target", "mean p(target) over the images"),
          Map.entry("mean_standard_error", "standard error of the map's values, mean over pixels"),
          Map.entry("median", "median"),
          Map.entry("method", "name of the method"),
          Map.entry("min", "the least value"),
          Map.entry("mode", "what is changed at each place"),
          Map.entry("model", "name of the model"),
          Map.entry("name", "the name"),
          Map.entry("network", "name of the network"),
          Map.entry("noise", "standard deviation of the noise, in gray"),
          Map.entry("noisy_p_target", "mean p(target) of the noisy copies of the image"),
          Map.entry("null_draws", "number of random maps"),
          Map.entry("option", "name of the option"),
          Map.entry("origin", "where the photos come from"),
          Map.entry("p", "p-value"),
          Map.entry("p_target", "the classifier's probability of the class that it is asked for"),
          Map.entry("p_target_after", "p(target) after the change"),
          Map.entry("p_target_treated", "mean p(target) of the final images of the treated arm"),
          Map.entry("p_target_without", "p(target) without the pixel"),
          Map.entry("p_edge_rank", "p-value of the rank correlation with the edge rank"),
          Map.entry("p_equivalence", "p-value of the equivalence test"),
          Map.entry("p_value", "p-value"),
          Map.entry("pad_bottom", "rows of padding at the bottom"),
          Map.entry("pad_right", "columns of padding at the right"),
          Map.entry(
              "padding", "how convolutions treat the border: zero, reflect, replicate or circular"),
          Map.entry("pairs", "number of pairs"),
          Map.entry("part", "the part of the image"),
          Map.entry("path", "path of the file"),
          Map.entry("pearson_predicted", "correlation of predicted and measured change"),
          Map.entry("pixels", "number of black pixels"),
          Map.entry(
              "pixels_treated",
              "mean number of black pixels of the final images of the treated arm"),
          Map.entry("plant", "name of the planted classifier"),
          Map.entry("q05", "5 % quantile"),
          Map.entry("q25", "lower quartile"),
          Map.entry("q75", "upper quartile"),
          Map.entry("q95", "95 % quantile"),
          Map.entry(
              "roc_auc",
              "probability that a photo of the target has a higher p(target) than another photo"),
          Map.entry("run", "number of the run"),
          Map.entry(
              "runs_needed",
              "estimated number of runs needed for a decision, when these do not suffice"),
          Map.entry("samples", "number of samples"),
          Map.entry("scored", "number of images scored"),
          Map.entry("seed", "seed of the random numbers"),
          Map.entry("sha256", "SHA-256 of the file"),
          Map.entry("share", "the share"),
          Map.entry("share_targets", "share of the images that are classified as the target"),
          Map.entry("share_removed", "share of the control's edge bias that the treatment removes"),
          Map.entry("shifts", "number of random shifts"),
          Map.entry("start_p_target", "p(target) of the image that the search began with"),
          Map.entry("status", "how it ended"),
          Map.entry("steps", "number of steps of the path"),
          Map.entry("stride_x", "columns from one unit's kernel to the next"),
          Map.entry(
              "success_treated", "share of the treated runs whose p(target) reached the target"),
          Map.entry("test_photos", "number of photos of the test split"),
          Map.entry("treated_mean", "mean over the treated runs"),
          Map.entry("unchanged", "number of windows that change nothing"),
          Map.entry("value", "the value"),
          Map.entry("verdict", "what the tests say together"),
          Map.entry("verified", "number of values that full passes confirmed"),
          Map.entry("width", "number of columns"),
          Map.entry("windows", "number of windows"),
          Map.entry("worst_fitness", "fitness of the least fit individual"),
          Map.entry("x", "column of the pixel, 0 at the left"),
          Map.entry("x_a", "column of the first pixel"),
          Map.entry("x_b", "column of the second pixel"),
          Map.entry("y", "row of the pixel, 0 at the top"),
          Map.entry("y_a", "row of the first pixel"),
          Map.entry("y_b", "row of the second pixel"));

  /** What the last words of a name say, whatever stands before them. */
  private static final List<Map.Entry<String, String>> ENDINGS =
      List.of(
          Map.entry("_a", "the first of the two that are compared"),
          Map.entry("_b", "the second of the two that are compared"),
          Map.entry("ci_low", "lower end of the 95 % interval"),
          Map.entry("ci_high", "upper end of the 95 % interval"),
          Map.entry("_low", "lower end of the range"),
          Map.entry("_high", "upper end of the range"));

  private Glossary() {}

  /**
   * The known meaning of a column; empty for a name that is not among them.
   *
   * @param name with the prefix of the record that it is a part of
   * @param field without it
   */
  static String meaning(String name, String field) {
    String known = MEANINGS.getOrDefault(name, MEANINGS.getOrDefault(field, ""));
    return ENDINGS.stream()
        .filter(ending -> known.isEmpty() && name.endsWith(ending.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(known);
  }

  /** The units of columns. */
  static final class Units {
    /** All known units; a table with another one has a spelling mistake, or adds it here. */
    public static final Set<String> KNOWN =
        Set.of(
            Column.PROBABILITY,
            "1/gray",
            "count",
            "gray",
            "images",
            "log2",
            "logit",
            "logit/gray",
            "nat",
            "nats",
            "px",
            "runs",
            "sd",
            "s",
            "share",
            "squared logit",
            "squared logit per activation");

    private Units() {}
  }
}
