package org.whisker.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.io.Npy;
import org.whisker.io.Npy.NpyArray;

/**
 * The pictures that a folder's tables are about, so that its charts can be drawn again without the
 * files that were named: a matrix of gray values (0 black to 1 white, float32), one picture below
 * the other. Of pictures in colours, red, green and blue lie below each other, and a last row holds
 * the number of planes, 3.
 */
public final class StoredPictures {
  /** The file of the pictures at both ends of the paths. */
  public static final String ENDS = "ends.npy";

  private StoredPictures() {}

  /** Writes pictures of one size. */
  public static void write(Path file, List<? extends Raster> pictures) throws IOException {
    Canvas canvas = pictures.get(0).canvas();
    int planes = pictures.stream().mapToInt(Raster::planes).max().orElseThrow();
    int each = planes * canvas.pixels();
    int marks = planes > 1 ? 1 : 0;
    float[] all = new float[pictures.size() * each + marks * canvas.width()];
    Arrays.fill(all, planes);
    for (int i = 0; i < pictures.size(); i++) {
      pictures.get(i).paint(all, i * each, planes);
    }
    Npy.write(file, pictures.size() * planes * canvas.height() + marks, canvas.width(), all);
  }

  /**
   * Reads what was written.
   *
   * @param count the number of pictures that it holds, at least 2
   */
  public static List<PlanarImage> read(Path file, int count) throws IOException {
    NpyArray all = Npy.read(file);
    boolean colours = all.rows() % count == 1;
    int planes = colours ? PlanarImage.COLOURS : 1;
    int rows = colours ? all.rows() - 1 : all.rows();
    if (rows == 0 || rows % (count * planes) != 0) {
      throw new IOException(file + " does not hold " + count + " pictures; make its folder again");
    }
    Canvas canvas = new Canvas(all.columns(), rows / (count * planes));
    double[] values = all.values();
    List<PlanarImage> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] own = new float[planes * canvas.pixels()];
      for (int j = 0; j < own.length; j++) {
        own[j] = (float) values[i * own.length + j];
      }
      pictures.add(PlanarImage.of(canvas, own));
    }
    return pictures;
  }
}
