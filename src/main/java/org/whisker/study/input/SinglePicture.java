package org.whisker.study.input;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.Classifier;
import org.whisker.study.InvalidRequestException;

/** Where a command line names one picture, not several. */
public final class SinglePicture {
  private SinglePicture() {}

  /**
   * The picture of that name; of an evolved folder the one with the highest p(cat).
   *
   * @param option for complaints
   * @throws InvalidRequestException when there is none, or more than one that were not evolved
   */
  public static PictureGroup.Picture read(String option, String name, Classifier classifier)
      throws IOException {
    List<PictureGroup> groups = new PictureReader(option, classifier.canvas()).read(name);
    PictureGroup group = groups.get(0);
    int count = groups.stream().mapToInt(each -> each.pictures().size()).sum();
    InvalidRequestException.refuse(
        count > 1 && !group.evolved(),
        "%s %s has %d images; name one of them".formatted(option, name, count));
    float[] logits = classifier.logits(group.rasters());
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] < logits[best] ? i : best;
    }
    return group.pictures().get(best);
  }

  /** What a manifest says of it. */
  public static Map<String, Object> describe(PictureGroup.Picture picture) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", picture.file());
    map.put("resized", picture.resized());
    return map;
  }
}
