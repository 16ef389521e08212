package org.whisker.study.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.whisker.boundary.Margin;
import org.whisker.image.Raster;
import org.whisker.io.CsvWriter;
import org.whisker.study.input.PictureGroup;
import org.whisker.table.MarginFiles;

/**
 * Measures margins image by image, each safe on the disk before the next.
 *
 * @param target the table to write
 * @param resumed whether to keep the rows that are there
 */
public record MarginRecorder(Path target, boolean resumed) {
  /**
   * Measures what has no row yet.
   *
   * @param stopped asked before each image
   * @param progress told after each how many have a row
   * @return whether all have one; the table then has its name
   */
  public boolean measure(
      Function<Raster, Margin> search,
      List<PictureGroup> groups,
      BooleanSupplier stopped,
      LongConsumer progress)
      throws IOException {
    int known = resumed && CsvWriter.length(target) > 0 ? MarginFiles.known(target) : 0;
    try (CsvWriter csv = open(known)) {
      int at = 0;
      for (PictureGroup group : groups) {
        for (PictureGroup.Picture picture : group.pictures()) {
          if (at++ < known) {
            continue;
          }
          if (stopped.getAsBoolean()) {
            return false;
          }
          Margin margin = search.apply(picture.raster());
          MarginFiles.append(csv, new MarginFiles.Row(group.name(), picture.file(), margin));
          csv.sync();
          progress.accept(at);
        }
      }
      csv.finish();
      return true;
    }
  }

  private CsvWriter open(int known) throws IOException {
    return known == 0
        ? CsvWriter.create(target, MarginFiles.HEADER)
        : CsvWriter.resume(target, MarginFiles.HEADER, known);
  }
}
