package org.whisker.saliency.result;

import java.util.Optional;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.RadialProfile.MapEdgeIndex;
import org.whisker.saliency.SaliencyMap;
import org.whisker.value.Checks;

/**
 * A method's map of an image, with its statistics.
 *
 * @param settings settings of the method, in a few words; empty when it has none
 * @param profile radial profile of the map, from the border inwards
 * @param edgeIndex edge index of the map, weighted by |value|; empty for a zero map
 */
public record ExplainedMap(
    Picture picture,
    String settings,
    Attribution attribution,
    RadialProfile profile,
    Optional<MapEdgeIndex> edgeIndex) {
  /**
   * Turns the map so that values above 0 mean towards the target; its statistics are of magnitudes,
   * and stay.
   */
  public ExplainedMap towardsCat() {
    return new ExplainedMap(picture, settings, attribution.towardsCat(), profile, edgeIndex);
  }

  SaliencyMap map() {
    return attribution.map();
  }

  String method() {
    return attribution.method().label();
  }

  /** The prefix of its files' names. */
  String stem() {
    return SaliencyFiles.stem(method());
  }

  /**
   * An image whose classification is explained.
   *
   * @param name short and unique name, used in titles
   * @param folder folder of its files, relative to that of the results
   * @param file its source file, or {@code white}
   * @param raster the gray values that the classifier receives
   * @param resized whether it was resized to the classifier's input size
   * @param logit the logit against the target
   * @param cat p(target), 0 to 1
   */
  public record Picture(
      String name,
      String folder,
      String file,
      Raster raster,
      boolean resized,
      double logit,
      double cat) {
    public Picture {
      Checks.require(folder.matches("[A-Za-z0-9._-]+"), "no name of a folder: %s", folder);
    }
  }
}
