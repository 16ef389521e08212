package org.whisker.saliency.result;

import java.util.Objects;
import org.whisker.image.Raster;

/**
 * An image whose classification is explained.
 *
 * @param name short and unique name, used in titles
 * @param folder folder of its files, relative to that of the results
 * @param file its source file, or {@code white}
 * @param raster the gray values that the classifier receives
 * @param resized whether it was resized to the classifier's input size
 * @param logit of not-cat
 * @param cat p(cat), 0 to 1
 */
public record ExplainedPicture(
    String name,
    String folder,
    String file,
    Raster raster,
    boolean resized,
    double logit,
    double cat) {
  public ExplainedPicture {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(raster, "raster");
    if (!folder.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException("no name of a folder: " + folder);
    }
  }
}
