package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.classifier.ModelCard;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.job.input.PictureSize.Pictures;

/** A picture on which a new model is tried: a photo, or a generated one. */
final class TestPicture {
  private TestPicture() {}

  /** The photo at the size of the input; without one, a generated picture. */
  static Raster of(Optional<Path> photo, ModelCard.Input size) throws IOException {
    Canvas canvas = new Canvas(size.width(), size.height());
    return photo.isEmpty()
        ? generated(canvas)
        : Pictures.fitted(ImageFiles.readGray(photo.get()), canvas);
  }

  /** What it is called. */
  static String name(Optional<Path> photo) {
    return photo.map(Path::toString).orElse("a generated picture");
  }

  /** A dark disc with stripes on a light slope: edges, areas and tones. */
  static Raster generated(Canvas canvas) {
    float[] values = new float[canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      int row = i / canvas.width();
      double x = (double) (i % canvas.width()) / canvas.width() - 0.5;
      double y = (double) row / canvas.height() - 0.5;
      boolean inside = x * x + y * y < 0.12;
      double value = inside ? 0.35 + 0.2 * Math.sin(40 * (x + y)) : 0.75 + 0.3 * x;
      values[i] = (float) value;
    }
    return new GrayImage(canvas, values);
  }
}
