package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.feature.FolderCharts;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.io.Npy;

class BoundarySliceTest extends CommandFixture {
  private static final Canvas CANVAS = Canvas.square(TinyModels.SIDE);

  @BeforeEach
  void environment() throws IOException {
    TinyModels.save(home, "tiny");
    ImageFiles.writePng(home.resolve("b.png"), BlackPixels.of(CANVAS, 5, 300, 700));
    ImageFiles.writePng(home.resolve("c.png"), TinyModels.picture(50, 40, 0.4, 3));
  }

  private int slice(String... more) {
    List<String> args =
        new ArrayList<>(List.of("boundary", "slice", "--model=tiny", "--device=cpu", "--quiet"));
    args.addAll(List.of(more));
    if (!args.contains("--grid")) {
      args.add("--grid=9");
    }
    return test.run(BoundaryCommand::new, args.toArray(String[]::new));
  }

  private String file(String name) {
    return home.resolve(name).toString();
  }

  @Test
  void everyPlaceHasARow() throws IOException {
    int code = slice("--points", "white", file("b.png"), file("c.png"), "--out", file("s"));
    assertEquals(0, code, test.err());
    Path out = home.resolve("s");
    List<CsvRow> rows = Csv.rows(out.resolve("slice.csv"));
    assertEquals(81, rows.size());
    double[] matrix = Npy.read(out.resolve("p_cat.npy")).values();
    for (int i = 0; i < matrix.length; i++) {
      assertEquals(rows.get(i).number("p_cat"), matrix[i]);
    }
    List<CsvRow> points = Csv.rows(out.resolve("points.csv"));
    assertEquals(List.of("A", "white", "0", "0"), points.get(0).cells().subList(0, 4));
    assertEquals(Math.sqrt(3.0 / 1024), points.get(1).number("x"), 1e-9);
    assertTrue(Files.size(out.resolve("slice.png")) > 1000);
    assertTrue(Files.readString(out.resolve("slice.svg")).startsWith("<svg"));
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals(9, manifest.path("grid").asInt());
    assertTrue(manifest.path("points").get(2).path("resized").asBoolean());
    assertTrue(test.out().contains("p(cat) = ½"), test.out());
  }

  @Test
  void againIsTheSame() throws IOException {
    for (String out : List.of("s1", "s2")) {
      slice("--points", file("b.png"), "white", file("c.png"), "--out", file(out));
    }
    for (String name : List.of("slice.csv", "contour.csv", "slice.png", "slice.svg", "logit.npy")) {
      assertArrayEquals(
          Files.readAllBytes(home.resolve("s1").resolve(name)),
          Files.readAllBytes(home.resolve("s2").resolve(name)),
          name);
    }
  }

  @Test
  void badInputIsOneLine() throws IOException {
    assertEquals(2, slice("--points", "white", "white", file("b.png")));
    assertTrue(test.err().contains("white and white are the same picture"), test.err());
    ImageFiles.writePng(home.resolve("half.png"), new org.whisker.image.GrayImage(CANVAS, half()));
    assertEquals(2, slice("--points", "white", file("b.png"), file("half.png")));
    assertTrue(test.err().contains("on one line"), test.err());
    assertEquals(1, slice("--points", "white", "nowhere.png", file("b.png")));
    assertTrue(test.err().contains("nowhere.png does not exist"), test.err());
    assertEquals(2, slice("--points", "white", file("b.png"), file("c.png"), "--grid", "1"));
    assertTrue(test.err().contains("was 1"), test.err());
    assertEquals(2, slice("--points", "white", file("b.png")));
    assertEquals(
        test.err().lines().filter(line -> line.startsWith("whisker: ")).count(), 5, test.err());
  }

  /** b.png at a third of its blackness: 170 of 255. */
  private static float[] half() {
    float[] gray = new float[CANVAS.pixels()];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = i == 5 || i == 300 || i == 700 ? 170 / 255f : 1;
    }
    return gray;
  }

  @Test
  void chartsDrawsItAgainWithoutTheImages() throws IOException {
    slice("--points", "white", file("b.png"), file("c.png"), "--out", file("s"));
    Path chart = home.resolve("s/slice.png");
    byte[] drawn = Files.readAllBytes(chart);
    Files.delete(chart);
    Files.delete(home.resolve("b.png"));
    FolderCharts.draw(home.resolve("s"));
    assertArrayEquals(drawn, Files.readAllBytes(chart));
  }
}
