package org.whisker.chart.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.chart.kit.HeatmapFigure.HeatmapRow;
import org.whisker.chart.kit.Ink.Words;
import org.whisker.chart.kit.matrix.MatrixPlot;
import org.whisker.chart.kit.matrix.MatrixPlot.Swatch;
import org.whisker.image.Canvas;

/** Drawings laid out for a column. */
class WithinTest {
  private static final int COLUMN = 382;

  private static HeatmapFigure map(String title) {
    Canvas canvas = Canvas.square(128);
    return HeatmapFigure.of(
        title, canvas, new float[canvas.pixels()], new Scale(0, 1, "unit"), ColorMap.SEQUENTIAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lines", "profile", "strip", "calibration", "roc"})
  void plotsFitAColumn(String name) {
    Drawing chart = SampleFigures.chart(name);
    assertTrue(chart.width() > COLUMN);
    Drawing narrow = chart.within(COLUMN);
    assertTrue(narrow.width() <= COLUMN, name + ": " + narrow.width());
    assertTrue(narrow.height() > chart.height() / 2, "it is not just smaller");
    assertTrue(narrow.svg().text().length() > chart.svg().text().length() / 2, "all of it");
  }

  /** Two lines are told apart by their markers where there is no colour. */
  @Test
  void markersDiffer() {
    assertEquals(
        Set.of(Ink.Shape.values()),
        IntStream.range(0, 4)
            .mapToObj(i -> Ink.shape(Ink.series(i)))
            .collect(Collectors.toUnmodifiableSet()));
    assertEquals(Ink.Shape.DISC, Ink.shape(Ink.MUTED));
  }

  @Test
  void aRowBreaksItsLines() {
    Drawing one = SampleFigures.chart("lines");
    Row four = Row.across(10, List.of(one, one, one, one));
    Drawing narrow = four.within(2 * COLUMN);
    assertTrue(narrow.width() <= 2 * COLUMN, narrow.width() + "");
    assertTrue(narrow.height() > 1.5 * one.within(COLUMN).height(), "two lines at least");
    assertSame(four, four.within(four.width()));
  }

  @Test
  void mapsShrinkTogetherWithTheirBar() {
    HeatmapRow row =
        new HeatmapRow(List.of(map("one"), map("a title that is very long"), map("c")));
    Drawing narrow = row.within(2 * COLUMN);
    assertTrue(narrow.width() <= 2 * COLUMN, narrow.width() + "");
    assertTrue(narrow.height() < row.height());
    Drawing single =
        map("a title that is far longer than a column of a journal is wide").within(200);
    assertTrue(single.width() <= 200, single.width() + "");
  }

  @Test
  void aLongTitleMakesNoPanelWider() {
    MapPanel a = map("one").map();
    MapPanel b = map("a title that is much longer than the map that it stands above, by far").map();
    assertTrue(b.width() > a.width());
    List<MapPanel> equal = MapPanel.equallyWide(List.of(a, b));
    assertEquals(equal.get(0).width(), equal.get(1).width());
    assertEquals(equal.get(0).height(), equal.get(1).height());
  }

  @Test
  void aGridContinuesBelow() {
    Swatch cell = Swatch.of(Color.WHITE, "1", "of 2", false, 92, 38);
    List<Grid.Name> columns = Collections.nCopies(12, new Grid.Name("model", "zero"));
    List<Grid.Line> rows =
        List.of(new Grid.Line(new Grid.Name("row", ""), Collections.nCopies(12, cell), null));
    Grid wide = new Grid("A title", columns, rows, List.of("a note"));
    Drawing narrow = wide.within(COLUMN);
    assertTrue(narrow.width() <= COLUMN, narrow.width() + "");
    assertEquals(4, ((Row) narrow).parts().size());
  }

  /** Cells shrink to their texts before columns go on below. */
  @Test
  void aMatrixIsNarrowedFirst() {
    MatrixPlot.Cell cell = new MatrixPlot.Cell(0.5, "0.5", "1 of 2", false);
    List<Grid.Name> rows = List.of(new Grid.Name("images", "at random"));
    List<Grid.Name> columns = Collections.nCopies(4, new Grid.Name("zero", "padding"));
    List<List<MatrixPlot.Cell>> cells = List.of(Collections.nCopies(4, cell));
    MatrixPlot matrix = new MatrixPlot("", rows, columns, cells, ColorMap.P_TARGET, List.of());
    assertTrue(matrix.width() > COLUMN, matrix.width() + "");
    Drawing narrow = matrix.within(COLUMN);
    assertTrue(narrow.width() <= COLUMN, narrow.width() + "");
    assertEquals(matrix.height(), narrow.height());
    assertEquals(matrix.width(), matrix.within(matrix.width()).width());
  }

  @Test
  void captionsAreWrapped() {
    String many = "a caption of many words ".repeat(8).strip();
    Captioned captioned = new Captioned(SampleFigures.chart("lines"), List.of(many));
    Drawing narrow = captioned.within(COLUMN);
    assertTrue(narrow.width() <= COLUMN);
    List<String> words = new ArrayList<>();
    for (String line : Words.lines(many, Ink.TICK, 300)) {
      assertTrue(Ink.width(line, Ink.TICK) <= 300);
      words.add(line);
    }
    assertEquals(many, String.join(" ", words));
  }
}
