package org.whisker.job.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.whisker.dataset.PhotoFolder;

/** The files of a folder, in the order of their names as text, the same on every system. */
public final class ImageListing {
  private ImageListing() {}

  /**
   * The images directly in a folder.
   *
   * @throws IOException when it has none, or can't be read
   */
  public static List<Path> of(Path folder) throws IOException {
    List<Path> images = files(folder, PhotoFolder::isImage);
    if (images.isEmpty()) {
      throw new IOException(folder + " has no images; name a folder that has");
    }
    return images;
  }

  /** The files directly in a folder whose names are wanted; may be none. */
  static List<Path> files(Path folder, Predicate<String> wanted) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content
          .filter(file -> wanted.test(ImageSet.lastName(file)))
          .filter(Files::isRegularFile)
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    }
  }
}
