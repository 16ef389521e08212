package org.whisker.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.io.Npy;
import org.whisker.io.Npy.NpyArray;

/**
 * The pictures that a folder's tables are about, so that its charts can be drawn again without the
 * files that were named: a matrix of gray values (0 black to 1 white, float32), one picture below
 * the other.
 */
public final class StoredPictures {
  /** Those at both ends of the paths. */
  public static final String ENDS = "ends.npy";

  /** Those that span a slice, A, B and C. */
  public static final String CORNERS = "corners.npy";

  private StoredPictures() {}

  /** Writes pictures of one size. */
  public static void write(Path file, List<? extends Raster> pictures) throws IOException {
    Canvas canvas = pictures.get(0).canvas();
    float[] all = new float[pictures.size() * canvas.pixels()];
    for (int i = 0; i < pictures.size(); i++) {
      pictures.get(i).paint(all, i * canvas.pixels());
    }
    Npy.write(file, pictures.size() * canvas.height(), canvas.width(), all);
  }

  /**
   * Reads what was written.
   *
   * @param count of pictures that it holds
   */
  public static List<GrayImage> read(Path file, int count) throws IOException {
    NpyArray all = Npy.read(file);
    if (all.rows() == 0 || all.rows() % count != 0) {
      throw new IOException(file + " does not hold " + count + " pictures; make its folder again");
    }
    Canvas canvas = new Canvas(all.columns(), all.rows() / count);
    double[] values = all.values();
    List<GrayImage> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] grays = new float[canvas.pixels()];
      for (int j = 0; j < grays.length; j++) {
        grays[j] = (float) values[i * grays.length + j];
      }
      pictures.add(new GrayImage(canvas, grays));
    }
    return pictures;
  }
}
