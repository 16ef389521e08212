package org.whisker.job.input;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whisker.classifier.Classifier;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;

/** Reads the picture of a command line that names one, not several. */
public final class SinglePicture {
  private SinglePicture() {}

  /**
   * The picture of that name; of an evolved folder the one with the highest p(cat).
   *
   * @param option for complaints
   * @param resize whether a picture of two grays and another size is resized
   * @throws InvalidRequestException when there is none, or more than one that were not evolved
   */
  public static PictureGroup.Picture read(
      String option, String name, Classifier classifier, boolean resize) throws IOException {
    PictureSize size = PictureSize.of(classifier, resize);
    List<PictureGroup> groups = new PictureReader(option, size).read(name);
    PictureGroup group = groups.get(0);
    int count = groups.stream().mapToInt(each -> each.pictures().size()).sum();
    InvalidRequestException.refuse(
        count > 1 && !group.evolved(),
        String.format(Locale.ROOT, "%s %s has %d images; name one of them", option, name, count));
    float[] logits = classifier.logits(group.rasters());
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] < logits[best] ? i : best;
    }
    return group.pictures().get(best);
  }

  /** Notes that a picture was resized. */
  public static void noteResized(PictureGroup.Picture picture, JobContext context) {
    if (picture.resized()) {
      context.note(
          "%s resized to %s, cropped to its middle"
              .formatted(picture.file(), picture.raster().canvas()));
    }
  }

  /** What a manifest says of it. */
  public static Map<String, Object> describe(PictureGroup.Picture picture) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", picture.file());
    map.put("resized", picture.resized());
    return map;
  }
}
