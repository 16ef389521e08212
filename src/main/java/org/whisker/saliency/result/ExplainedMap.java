package org.whisker.saliency.result;

import java.util.Objects;
import java.util.Optional;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.MapEdgeIndex;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.SaliencyMap;

/**
 * A method's map of an image, with its statistics.
 *
 * @param settings settings of the method, in a few words; empty when it has none
 * @param profile radial profile of the map, from the border inwards
 * @param edgeIndex edge index of the map, weighted by |value|; empty for a zero map
 */
public record ExplainedMap(
    ExplainedPicture picture,
    String settings,
    Attribution attribution,
    RadialProfile profile,
    Optional<MapEdgeIndex> edgeIndex) {
  public ExplainedMap {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(attribution, "attribution");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(edgeIndex, "edgeIndex");
  }

  public SaliencyMap map() {
    return attribution.map();
  }

  public String method() {
    return attribution.method().label();
  }

  /** The prefix of its files' names. */
  public String stem() {
    return SaliencyFiles.stem(method());
  }
}
