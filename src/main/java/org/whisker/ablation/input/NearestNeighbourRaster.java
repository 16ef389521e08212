package org.whisker.ablation.input;

import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** An image resampled to another size by nearest-neighbour interpolation. */
public record NearestNeighbourRaster(Raster picture, Canvas canvas) implements Raster {
  @Override
  public void paint(float[] target, int offset) {
    Canvas from = picture.canvas();
    float[] small = new float[from.pixels()];
    picture.paint(small, 0);
    for (int y = 0; y < canvas.height(); y++) {
      int row = from.width() * (int) ((y + 0.5) * from.height() / canvas.height());
      for (int x = 0; x < canvas.width(); x++) {
        int column = (int) ((x + 0.5) * from.width() / canvas.width());
        target[offset + y * canvas.width() + x] = small[row + column];
      }
    }
  }
}
