package org.whisker.table.saliency;

import java.util.Objects;
import java.util.Optional;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.MapEdgeIndex;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.SaliencyMap;

/**
 * What a method says of a picture.
 *
 * @param settings what it was set to, in a few words; empty where there is nothing to set
 * @param profile of its map, from the border inwards
 * @param edgeIndex of its map; empty where that is zero
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

  /** The beginning of its files' names. */
  public String stem() {
    return SaliencyFiles.stem(method());
  }
}
