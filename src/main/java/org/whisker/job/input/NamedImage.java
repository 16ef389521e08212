package org.whisker.job.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** An image and the file that it is from. */
record NamedImage(Path file, BlackPixels image) {

  /** Those of the size that most have; the others are bad. */
  static <T> List<T> ofOneSize(
      List<T> all, java.util.function.Function<T, NamedImage> imageOf, BadInputs bad)
      throws IOException {
    Map<Canvas, Integer> sizes = new LinkedHashMap<>();
    all.forEach(each -> sizes.merge(imageOf.apply(each).image.canvas(), 1, Integer::sum));
    if (sizes.size() < 2) {
      return all;
    }
    // the first of those that are as frequent
    Map.Entry<Canvas, Integer> most = sizes.entrySet().iterator().next();
    for (Map.Entry<Canvas, Integer> size : sizes.entrySet()) {
      most = size.getValue() > most.getValue() ? size : most;
    }
    List<T> same = new ArrayList<>();
    for (T each : all) {
      NamedImage named = imageOf.apply(each);
      if (named.image.canvas().equals(most.getKey())) {
        same.add(each);
      } else {
        bad.found(
            new IOException(
                "%s is %s, but %d of %d images are %s; images of one condition are of one size"
                    .formatted(
                        named.file,
                        named.image.canvas(),
                        most.getValue(),
                        all.size(),
                        most.getKey())));
      }
    }
    return same;
  }
}
