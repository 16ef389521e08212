package org.whisker.feature.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.diagnosis.Examination;
import org.whisker.diagnosis.result.MeasureTables.LayerPaddingRow;
import org.whisker.diagnosis.result.MeasureTables.MarkRow;
import org.whisker.diagnosis.result.MeasureTables.PlaceRow;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.diagnosis.result.MeasureTables.UnreadRow;
import org.whisker.image.Canvas;
import org.whisker.position.DoseResponse;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.table.MapFiles;

/** Writes the tables of single measures into a folder. */
record DiagnosisTables(Path folder) implements Examination.Sink {
  /** The gradient is per gray value, relative to the mean of its map. */
  static final String RELATIVE = "relative";

  @Override
  public void layers(List<LayerPaddingRow> rows) throws IOException {
    LayerPaddingRow.TABLE.write(folder.resolve(LayerPaddingRow.FILE), rows);
  }

  @Override
  public void shifts(List<ShiftRow> rows) throws IOException {
    ShiftRow.TABLE.write(folder.resolve(ShiftRow.FILE), rows);
  }

  @Override
  public void unread(List<UnreadRow> rows) throws IOException {
    UnreadRow.TABLE.write(folder.resolve(UnreadRow.FILE), rows);
  }

  @Override
  public void marks(List<MarkRow> rows) throws IOException {
    MarkRow.TABLE.write(folder.resolve(MarkRow.FILE), rows);
  }

  @Override
  public void places(List<PlaceRow> rows) throws IOException {
    PlaceRow.TABLE.write(folder.resolve(PlaceRow.FILE), rows);
  }

  @Override
  public void doses(DoseResponse response, RandomGenerator random) throws IOException {
    DoseRow.TABLE.write(folder.resolve(DoseRow.FILE), DoseRow.of("white", response, random));
  }

  @Override
  public void map(String name, Canvas canvas, double[] values) throws IOException {
    MapFiles.write(folder.resolve(name), canvas, values, RELATIVE);
  }
}
