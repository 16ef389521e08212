package org.whisker.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Photos for training, for choosing the best checkpoint, and for the final figures.
 *
 * @param train the training photos
 * @param val the photos by which the best checkpoint is chosen
 * @param test the photos that are used once, at the end
 */
public record PhotoSplits(PhotoFolder train, PhotoFolder val, PhotoFolder test) {
  static final String TRAIN = "train";
  static final String VAL = "val";
  static final String TEST = "test";

  /**
   * Lists the photos in {@code folder/train}, {@code folder/val} and {@code folder/test}.
   *
   * @throws IOException if one of them is missing, or is not a photo folder
   */
  public static PhotoSplits open(Path folder) throws IOException {
    return new PhotoSplits(split(folder, TRAIN), split(folder, VAL), split(folder, TEST));
  }

  private static PhotoFolder split(Path folder, String name) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          folder + " is not a folder; name one that holds train/, val/ and test/");
    }
    Path split = folder.resolve(name);
    if (!Files.isDirectory(split)) {
      throw new IOException(
          "%s has no folder %s/; it must hold train/, val/ and test/, each with cat/ and not_cat/"
              .formatted(folder, name));
    }
    return PhotoFolder.open(split);
  }
}
