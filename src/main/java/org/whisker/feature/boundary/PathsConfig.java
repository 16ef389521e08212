package org.whisker.feature.boundary;

import java.util.Map;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.BoundaryPaths.PathOptions;
import org.whisker.boundary.ImagePath.PathKind;
import org.whisker.job.ModelConfig;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import org.whisker.option.Options;

/**
 * What decides the paths between two pictures.
 *
 * @param from where they begin: an image file, {@code white}, an output folder of evolve (its best
 *     run), or the folder of one run
 * @param to where they end
 * @param resize whether a picture of two grays and another size is resized
 */
public record PathsConfig(
    ModelConfig model,
    @Option(names = "--from", label = "A", help = "Where the paths begin.") String from,
    @Option(names = "--to", label = "B", help = "Where they end.") String to,
    PathOptions options,
    @Resize boolean resize) {

  /** Creates paths between photos, and pictures of the model's size. */
  public PathsConfig(ModelConfig model, String from, String to, PathOptions options) {
    this(model, from, to, options, false);
  }

  /** Paths of all kinds, in the usual resolution. */
  public static PathsConfig of(ModelConfig model, String from, String to) {
    return Options.of(PathsConfig.class).defaults(model, from, to);
  }

  /** Returns the same paths on a model of this name. */
  PathsConfig on(String name) {
    return new PathsConfig(new ModelConfig(name, model.running()), from, to, options, resize);
  }

  void describe(Map<String, Object> manifest, BoundaryPaths found) {
    manifest.put("orders", options.kinds().stream().map(PathKind::label).toList());
    manifest.put("differing_pixels", found.differing());
    manifest.put("steps_at_most", options.steps());
    manifest.put("block", found.block());
    manifest.put("random_orders", options.draws());
    manifest.put("candidates", options.candidates());
    manifest.put(
        "greedy_choice", found.block() > 1 ? "by gradient alone" : "best score of the candidates");
    manifest.put("line_steps", options.lineSteps());
    manifest.put("tolerance_t", options.tolerance());
    manifest.put("seed", options.seed());
  }
}
