package org.whisker.table.saliency;

import java.util.Objects;
import org.whisker.image.Raster;

/**
 * A picture whose classification is explained.
 *
 * @param name short and different from that of any other, as titles say it
 * @param folder of its files, below that of the results
 * @param file where it is from, or {@code white}
 * @param raster as the classifier sees it
 * @param resized whether it had another size
 * @param logit of not-cat
 * @param cat p(cat)
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
