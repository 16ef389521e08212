package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.AblatedModel.Photo;
import org.whisker.dataset.PhotoFolder;
import org.whisker.dataset.PhotoSet;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Resample;

/** Some of the photos of {@code test/} of a folder, as many of either label where there are. */
final class TestPhotos {
  private static final int EACH = 60;
  private static final String TEST = "test";

  private TestPhotos() {}

  /**
   * Reads them, in the size of a classifier; those that can't be read are left out.
   *
   * @param folder with {@code test/cat/} and {@code test/not_cat/}
   */
  static List<Photo> of(Path folder, Canvas canvas) {
    try {
      List<Photo> photos = new ArrayList<>();
      PhotoSet all = PhotoSet.of(PhotoFolder.open(folder.resolve(TEST)));
      for (Label label : Label.values()) {
        List<PhotoSet.Photo> own = all.photos().stream().filter(p -> p.label() == label).toList();
        // evenly over their order, since neighbours are often of one origin
        for (int i = 0; i < Math.min(EACH, own.size()); i++) {
          add(own.get(i * own.size() / Math.min(EACH, own.size())), canvas, photos);
        }
      }
      return photos;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(PhotoSet.Photo photo, Canvas canvas, List<Photo> photos) {
    try {
      GrayImage fitted =
          Resample.shorterSideThenCentreCrop(ImageFiles.readGray(photo.file()), canvas);
      photos.add(
          new Photo(
              photo.label().folder() + "/" + photo.file().getFileName(),
              photo.label() == Label.CAT,
              fitted));
    } catch (IOException e) {
      // one photo fewer; that it can't be read is said where networks are trained on it
    }
  }
}
