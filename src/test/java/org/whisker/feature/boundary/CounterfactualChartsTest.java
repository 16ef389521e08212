package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Removals;
import org.whisker.chart.file.ChartFiles;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tone;
import org.whisker.image.Tones;

class CounterfactualChartsTest {
  private static final Canvas CANVAS = Canvas.square(8);
  private static final BlackPixels INK = BlackPixels.of(CANVAS, 0, 9, 18);

  private static BlackPixels found(Tones tones) {
    OptionalDouble edgeIndex = new EdgeRank(CANVAS).edgeIndex(INK);
    return CounterfactualCharts.ink(
        PlanarImage.from(tones.painted(INK)), tones.ink(), tones.background(), edgeIndex);
  }

  /** Charts lie beside the pictures that they show, in a folder that a table names. */
  @Test
  void nothingIsDrawnElsewhere(@TempDir Path home) throws IOException {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    ImageFiles.writePng(elsewhere.resolve("before.png"), new Tones(0, 1).painted(INK));
    ImageFiles.writePng(
        elsewhere.resolve("after.png"), new Tones(0, 1).painted(BlackPixels.of(CANVAS, 0, 9)));
    Counterfactual.Flip.TABLE.writeIn(
        elsewhere, List.of(new Counterfactual.Flip(2, 2, 1, 0, 0.5f, 0.5f)));
    Path folder = Files.createDirectory(home.resolve("folder"));
    Counterfactual.OfImage.TABLE.writeIn(folder, List.of(crossed("../elsewhere")));
    IOException e =
        assertThrows(
            IOException.class,
            () -> new CounterfactualCharts().draw(folder, ChartFiles.of(folder)));
    assertTrue(String.valueOf(e.getMessage()).contains("'../elsewhere'"), e.getMessage());
    assertFalse(Files.exists(elsewhere.resolve("change.svg")));
  }

  private static Counterfactual.OfImage crossed(String files) {
    OptionalDouble half = OptionalDouble.of(0.5);
    return new Counterfactual.OfImage(
        "group",
        "image",
        Counterfactual.OfImage.Status.CROSSED,
        half,
        0.5,
        -1,
        0.9,
        OptionalInt.of(1),
        OptionalInt.of(1),
        1f,
        half,
        half,
        half,
        OptionalLong.of(9),
        Removals.OneMinimal.YES,
        half,
        files);
  }

  @Test
  void inkIsTheToneOfTheRecordedEdgeIndex() {
    assertEquals(INK, found(Tones.standard()));
    assertEquals(INK, found(new Tones(0, 1)));
    assertEquals(INK, found(new Tones(0.25f, 0.75f)));
    assertEquals(INK, found(new Tones(Tone.parse("#0000ff"), Tone.parse("#ff0000"))));
    assertEquals(INK, found(new Tones(Tone.parse("#ff0000"), Tone.parse("#0000ff"))));
  }
}
