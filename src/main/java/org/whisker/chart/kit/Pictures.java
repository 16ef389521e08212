package org.whisker.chart.kit;

import java.io.IOException;
import java.nio.file.Path;

/** Writes drawings to files. */
public final class Pictures {
  private Pictures() {}

  /** Writes {@code STEM.png} and {@code STEM.svg}. */
  public static void write(Path folder, String stem, Drawing drawing) throws IOException {
    drawing.writePng(folder.resolve(stem + ".png"));
    drawing.writeSvg(folder.resolve(stem + ".svg"));
  }
}
