package org.whisker.feature.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.feature.position.ProbeJob.ProbeFolder;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.FolderLock;
import org.whisker.io.Npy;

class ProbeCommandTest extends CommandFixture {
  @BeforeEach
  void environment() throws IOException {
    TinyModels.save(home, "tiny");
  }

  private int probe(String... more) {
    return command(
        ProbeCommand::new, List.of("probe", "--model=tiny", "--device=cpu", "--quiet"), more);
  }

  @Test
  void anEvolvedImageOfAnotherSizeIsNotResizedSilently() throws IOException {
    Path best = home.resolve("best.png");
    ImageFiles.writePng(best, BlackPixels.of(new Canvas(40, 40), 7, 70));
    Path out = home.resolve("out");
    assertEquals(1, probe("--image=" + best, "--out=" + out));
    assertTrue(test.err().contains("--resize does it"), test.err());
    assertFalse(Files.exists(out));
    assertEquals(0, probe("--image=" + best, "--resize", "--block=16", "--out=" + out), test.err());
  }

  @Test
  void mapsTheWhiteImage() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, probe("--out=" + out, "--pairs=5"), test.err());
    assertEquals("", test.err());
    Set<String> expected = new TreeSet<>();
    for (String map : List.of("probe", "predicted")) {
      expected.addAll(List.of(map + ".csv", map + ".npy", map + ".png", map + ".svg"));
    }
    expected.addAll(List.of(".lock", "gradient.csv", "gradient.npy", "maps.png", "scatter.png"));
    expected.addAll(List.of("profile.csv", "profile.png", "summary.csv", "pairs.csv"));
    expected.addAll(List.of("maps.svg", "scatter.svg", "profile.svg"));
    expected.addAll(List.of("interactions.csv", "manifest.json", "COLUMNS.md", "index.html"));
    assertEquals(expected, Folders.names(out));
    int side = TinyModels.SIDE;
    assertEquals(side * side, Csv.rows(out.resolve("probe.csv")).size());
    assertEquals(15, Csv.rows(out.resolve("pairs.csv")).size());
    String columns = Files.readString(out.resolve("COLUMNS.md"));
    assertTrue(
        columns.contains("## pairs.csv") && columns.contains("## interactions.csv"), columns);
    CsvRow summary = Csv.rows(out.resolve("summary.csv")).get(0);
    double[] delta = Npy.read(out.resolve("probe.npy")).values();
    long helping = Arrays.stream(delta).filter(d -> d < 0).count();
    assertEquals(helping / (double) (side * side), summary.number("share_helping"), 1e-12);
    assertEquals(
        Arrays.stream(delta).average().orElseThrow(), summary.number("mean_delta_logit"), 1e-12);
    // to first order, what black does is the negative gradient
    double[] gradient = Npy.read(out.resolve("gradient.npy")).values();
    double[] predicted = Npy.read(out.resolve("predicted.npy")).values();
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(-gradient[i], predicted[i], 1e-12);
    }
    assertTrue(test.out().contains("RHO(GRADIENT)"), test.out());
    assertTrue(test.out().contains("edge less centre"), test.out());
  }

  @Test
  void anImageIsProbedBothWays() throws IOException {
    Canvas canvas = Canvas.square(TinyModels.SIDE);
    Path image = home.resolve("image.png");
    ImageFiles.writePng(image, BlackPixels.of(canvas, 40, 41, 500));
    Path out = home.resolve("out");
    assertEquals(0, probe("--out=" + out, "--image=" + image), test.err());
    List<CsvRow> summary = Csv.rows(out.resolve("summary.csv"));
    assertEquals("add", summary.get(0).text("mode"));
    assertEquals(canvas.pixels() - 3, summary.get(0).integer("places"));
    assertEquals("remove", summary.get(1).text("mode"));
    assertEquals(3, summary.get(1).integer("places"));
    assertTrue(Files.exists(out.resolve("maps_remove.png")));
    Path block = home.resolve("block");
    assertEquals(
        0, probe("--out=" + block, "--image=" + image, "--block=3", "--mode=remove"), test.err());
    // 3x3 blocks over (8, 1) and (9, 1): 4 columns by 2 rows of places; 9 over the lone one
    assertEquals(8 + 9, Csv.rows(block.resolve("summary.csv")).get(0).integer("places"));
    assertEquals(30 * 30, Csv.rows(block.resolve("probe_remove.csv")).size());
  }

  @Test
  void countsOfPixelsAreAddedZoneByZone() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, probe("--out=" + out, "--count=1,4", "--draws=3"), test.err());
    assertEquals("", test.err());
    assertEquals(
        Set.of(
            ".lock",
            "COLUMNS.md",
            "index.html",
            "manifest.json",
            "dose.csv",
            "dose.png",
            "dose.svg",
            "barrier.csv"),
        Folders.names(out));
    List<CsvRow> doses = Csv.rows(out.resolve("dose.csv"));
    assertEquals(2 * 5, doses.size());
    assertEquals("white", doses.get(0).text("base"));
    assertEquals(4, doses.get(1).integer("pixels"));
    assertEquals(3, doses.get(1).integer("units"));
    assertEquals(1, Csv.rows(out.resolve("barrier.csv")).size());
    assertTrue(test.out().contains("NEXT PIXEL"), test.out());

    Path half = home.resolve("half");
    Files.createDirectories(half);
    String manifest = Files.readString(out.resolve("manifest.json"));
    Files.writeString(half.resolve("manifest.json"), manifest.replace("\"done\"", "\"stopped\""));
    // base, five zones and two rolled ones of three draws, two doses, four rolls
    double[] known = new double[1 + 5 * 3 * 2 + 2 * 3 * 2 * 4];
    Arrays.fill(known, Double.NaN);
    known[0] = 77; // what is known is not measured again
    new ProbeFolder(half).save(new double[][] {known});
    assertEquals(0, probe("--resume=" + half, "--count=1,4", "--draws=3"), test.err());
    assertEquals(77, Csv.rows(half.resolve("barrier.csv")).get(0).number("baseline_logit"));
    assertFalse(Files.exists(half.resolve("checkpoint.bin")));

    assertEquals(0, probe("--resume=" + out), test.err());
    assertTrue(test.out().contains("nothing left to do"), test.out());
  }

  @Test
  void aPictureIsAddedToAsItIs() throws IOException {
    Path image = home.resolve("image.png");
    ImageFiles.writePng(image, BlackPixels.of(Canvas.square(TinyModels.SIDE), 40, 41, 500));
    Path out = home.resolve("out");
    assertEquals(
        0, probe("--out=" + out, "--count=2", "--draws=2", "--image=" + image), test.err());
    assertEquals("image.png", Csv.rows(out.resolve("dose.csv")).get(0).text("base"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--count=0", "--count=3,1", "--count=400", "--count=1 --pairs=4", "--draws=3"})
  void impossibleCountsAreRefused(String options) {
    Path out = home.resolve("out");
    List<String> all =
        new ArrayList<>(List.of(options.replace(' ', '\n').lines().toArray(String[]::new)));
    all.add("--out=" + out);
    int code = probe(all.toArray(String[]::new));
    assertTrue(code == 1 || code == 2, code + " " + test.err());
    assertTrue(test.err().lines().findFirst().orElseThrow().contains("count"), test.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void goesOnAfterAnInterruption() throws IOException {
    Path whole = home.resolve("whole");
    assertEquals(0, probe("--out=" + whole, "--block=2"), test.err());
    Path half = home.resolve("half");
    Files.createDirectories(half);
    String manifest = Files.readString(whole.resolve("manifest.json"));
    Files.writeString(half.resolve("manifest.json"), manifest.replace("\"done\"", "\"stopped\""));
    double[] known = Npy.read(whole.resolve("probe.npy")).values();
    known[3] = 77; // what is known is not measured again
    Arrays.fill(known, 400, known.length, Double.NaN);
    new ProbeFolder(half).save(new double[][] {known});
    Path killed = half.resolve(".probe.npy.4194305-1.partial"); // no process has that number
    Files.writeString(killed, "half");
    FolderLock.run(half, () -> assertEquals(1, probe("--resume=" + half, "--block=2")));
    assertTrue(test.err().contains("is being written by another whisker"), test.err());
    assertEquals(0, probe("--resume=" + half, "--block=2"), test.err());
    assertFalse(Files.exists(killed));
    double[] resumed = Npy.read(half.resolve("probe.npy")).values();
    assertEquals(77, resumed[3]);
    resumed[3] = Npy.read(whole.resolve("probe.npy")).values()[3];
    assertArrayEquals(Npy.read(whole.resolve("probe.npy")).values(), resumed);
    assertFalse(Files.exists(half.resolve("checkpoint.bin")));
    assertEquals(0, probe("--resume=" + half, "--block=2"), test.err());
    assertTrue(test.out().contains(half + " is done; there is nothing left to do"), test.out());
  }

  @Test
  void resumingWithOtherOptionsIsRefused() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, probe("--out=" + out, "--block=4"), test.err());
    assertEquals(2, probe("--resume=" + out, "--block=2"));
    assertTrue(test.err().contains("leave out --block=2"), test.err());
    assertEquals(1, probe("--resume=" + home.resolve("none")));
    assertTrue(test.err().contains("manifest.json"), test.err());
    assertEquals(2, probe("--resume=" + out, "--out=" + out));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--block=0", "--block=33", "--mode=x", "--mode=remove", "--pairs=1", "--pairs=-2"})
  void impossibleOptions(String option) {
    assertEquals(2, probe(option), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(option.substring(option.indexOf('=') + 1)), test.err());
    assertFalse(Files.exists(home.resolve("analyses")));
  }
}
