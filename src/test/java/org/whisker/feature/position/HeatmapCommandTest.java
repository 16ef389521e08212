package org.whisker.feature.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.feature.report.ChartsCommand;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.io.Npy;

class HeatmapCommandTest extends CommandFixture {
  private static final Canvas CANVAS = Canvas.square(32);

  private int heatmap(Object... args) {
    return command(HeatmapCommand::new, List.of("heatmap", "--quiet"), args);
  }

  /** A folder as evolve leaves it, with these images of its runs. */
  private Path evolved(String name, String model, BlackPixels... images) throws IOException {
    Path folder = home.resolve(name);
    for (int i = 0; i < images.length; i++) {
      EvolvedImageFiles.best(folder.resolve("runs").resolve(Integer.toString(i + 1)), images[i]);
    }
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"format\":1,\"command\":\"evolve\",\"model\":{\"name\":\"%s\"},\"status\":\"done\",\"runs\":%d}"
            .formatted(model, images.length));
    return folder;
  }

  private static BlackPixels image(int... pixels) {
    return BlackPixels.of(CANVAS, pixels);
  }

  private Path csv(String... lines) throws IOException {
    return Files.writeString(home.resolve("pixels.csv"), String.join("\n", lines) + "\n");
  }

  private Path pictures(String name, BlackPixels... images) throws IOException {
    Path folder = Files.createDirectories(home.resolve(name));
    for (int i = 0; i < images.length; i++) {
      ImageFiles.writePng(folder.resolve("image" + i + ".png"), images[i]);
    }
    return folder;
  }

  private static JsonNode manifest(Path out) throws IOException {
    return JsonFile.read(out.resolve("manifest.json"));
  }

  @Test
  void chartsAreDrawnAsAskedAndAgain() throws IOException {
    Path evolved = evolved("run", "tiny", image(0, 1, 40), image(5));
    Path out = home.resolve("out");
    assertEquals(0, heatmap(evolved, "--out=" + out, "--format=pdf", "--width=one"), test.err());
    assertTrue(Files.isRegularFile(out.resolve("edge_index.pdf")));
    assertFalse(Files.exists(out.resolve("edge_index.png")));
    JsonNode manifest = manifest(out);
    assertEquals(85, manifest.at("/charts/width_mm").asDouble());
    assertEquals("--width=one", manifest.path("arguments").get(2).asText());
    assertEquals(
        0, test.run(ChartsCommand::new, "charts", out.toString(), "--format=svg"), test.err());
    String svg = Files.readString(out.resolve("tiny/density.svg"));
    assertTrue(svg.contains("<dc:source>whisker heatmap run --format=pdf --width=one</dc:source>"));
    assertFalse(svg.contains(home.toString()), "no folder of this machine");
  }

  @ParameterizedTest
  @CsvSource({"--format=gif, 'png, svg, pdf'", "--width=wide, millimetres", "--width=12, '40 to'"})
  void oddChartsAreRefused(String option, String told) throws IOException {
    Path evolved = evolved("run", "tiny", image(0, 1, 40));
    assertEquals(2, heatmap(evolved, option, "--out=" + home.resolve("out")), test.err());
    assertTrue(test.err().contains(told), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
  }

  @Test
  void readsAllThreeKindsAndComparesThem() throws IOException {
    Path evolved = evolved("run", "tiny", image(0, 1, 40), image(5), image());
    Path pictures = pictures("pictures", image(0, 1, 40), image(5), image());
    Path csv = csv("run,x,y", "1,0,0", "2,5,0", "1,1,0", "1,8,1");
    Path out = home.resolve("out");
    assertEquals(0, heatmap(evolved, pictures, csv, "--canvas=32x32", "--out=" + out), test.err());
    List<CsvRow> summary = Csv.rows(out.resolve("summary.csv"));
    assertEquals(
        List.of("condition", "edge_index", "ci_low", "ci_high", "p_value", "runs", "white_runs"),
        summary.get(0).header().subList(0, 7));
    assertEquals("tiny", summary.get(0).text("condition"));
    assertEquals("pictures", summary.get(1).text("condition"));
    assertEquals("pixels", summary.get(2).text("condition"));
    for (CsvRow row : summary) {
      assertEquals(summary.get(0).text("edge_index"), row.text("edge_index"));
      assertEquals(2, row.integer("runs"));
    }
    assertEquals(1, summary.get(0).integer("white_runs"));
    assertEquals(1, summary.get(1).integer("white_runs"));
    assertEquals(0, summary.get(2).integer("white_runs"));
    assertEquals(3, Csv.rows(out.resolve("compare.csv")).size());
    // two of three runs have a black pixel; CSV, NPY and table agree
    double[] npy = Npy.read(out.resolve("tiny/frequency.npy")).values();
    assertEquals(32 * 32, npy.length);
    assertEquals(1 / 3.0, npy[40]);
    CsvRow cell = Csv.rows(out.resolve("tiny/frequency.csv")).get(40);
    assertEquals(8, cell.integer("x"));
    assertEquals(1, cell.integer("y"));
    assertEquals(1 / 3f, (float) cell.number("share_of_runs"));
    for (String name :
        List.of("density", "log_ratio", "density_profile", "sides", "residues", "frequency")) {
      assertTrue(Files.size(out.resolve("pixels/" + name + ".csv")) > 0);
      assertTrue(Files.size(out.resolve("pixels/" + name + ".png")) > 0);
    }
    assertTrue(Files.size(out.resolve("densities.png")) > 0);
    assertEquals("done", manifest(out).get("status").asText());
    assertEquals("CSV", manifest(out).at("/conditions/2/kind").asText());
    assertTrue(manifest(out).at("/conditions/0/notes/0").asText().contains("no map over all"));
    assertTrue(test.out().contains("written to " + out));
    assertFalse(Files.exists(out.resolve("tiny/all_generations.csv")));
    assertFalse(Files.exists(out.resolve("tiny/contribution.csv")));
  }

  @Test
  void drawsHistoryAndContributionsWhereThereAreSome() throws IOException {
    Path folder = evolved("run", "tiny", image(0, 1));
    Path run = folder.resolve("runs/1");
    Files.writeString(run.resolve("generations.csv"), "generation\n0\n1\n2\n3\n");
    Files.writeString(
        run.resolve("best-history.csv"),
        "generation,x,y,black\n0,0,0,1\n1,9,0,1\n3,9,0,0\n3,1,0,1\n");
    // not in the order of the pixels
    Files.writeString(run.resolve("best.csv"), "x,y,delta_logit\n1,0,-0.25\n0,0,2\n");
    Path out = home.resolve("out");
    assertEquals(0, heatmap(folder, "--out=" + out), test.err());
    double[] share = Npy.read(out.resolve("tiny/all_generations.npy")).values();
    assertEquals(1, share[0]);
    assertEquals(0.25, share[1]);
    assertEquals(0.5, share[9]);
    double[] contribution = Npy.read(out.resolve("tiny/contribution.npy")).values();
    assertEquals(2, contribution[0]);
    assertEquals(-0.25, contribution[1]);
    assertEquals(0, contribution[2]);
    assertEquals(0, manifest(out).at("/conditions/0/notes").size());
  }

  private Path withContributions() throws IOException {
    Path folder = evolved("run", "tiny", image(0, 1));
    Files.writeString(folder.resolve("runs/1/best.csv"), "x,y,delta_logit\n1,0,-0.25\n0,0,0\n");
    return folder;
  }

  private double[] contribution(Path out, String condition) throws IOException {
    return Npy.read(out.resolve(condition).resolve("contribution.npy")).values();
  }

  @Test
  void aFolderOfAnEarlierVersionIsRefusedInOneLine() throws IOException {
    Path folder = withContributions();
    Path out = home.resolve("out");
    assertEquals(0, heatmap(folder, "--out=" + out), test.err());
    assertEquals(-0.25, contribution(out, "tiny")[1]);
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"format\":1,", ""));
    assertEquals(1, heatmap(folder, "--out=" + home.resolve("old")));
    assertEquals(
        "whisker: "
            + folder
            + " was made by whisker 0.2 or older; run its command again, or use version 0.2",
        test.err().strip());
  }

  @Test
  void theDeltasOfATableAreWhatAPixelAdds() throws IOException {
    Path file = csv("run,x,y,delta_logit", "1,1,0,-0.25", "2,4,4,0.5");
    Path out = home.resolve("out");
    assertEquals(0, heatmap(file, "--canvas=32x32", "--out=" + out), test.err());
    assertEquals(-0.125, contribution(out, "pixels")[1]);
  }

  @Test
  void measuresContributionsWithAModel() throws IOException {
    TinyModels.save(home, "tiny");
    Path folder = evolved("run", "other", image(0, 33), image(500));
    Path out = home.resolve("out");
    String[] model = {"--model=tiny", "--device=cpu", "--out=" + out};
    assertEquals(0, heatmap(folder, model[0], model[1], model[2]), test.err());
    double[] contribution = Npy.read(out.resolve("other/contribution.npy")).values();
    assertTrue(contribution[33] != 0 && contribution[500] != 0);
    assertEquals(0, contribution[34]);
    assertEquals("tiny", manifest(out).at("/model/name").asText());
    Path small = pictures("small", BlackPixels.of(Canvas.square(8), 1));
    assertEquals(2, heatmap(small, "--model=tiny", "--device=cpu"));
    assertTrue(test.err().contains("takes 32x32"), test.err());
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    Path folder = evolved("run", "tiny", image(0, 1, 40), image(5, 900), image(77));
    Path one = home.resolve("one");
    Path two = home.resolve("two");
    assertEquals(0, heatmap(folder, "--seed=3", "--out=" + one), test.err());
    assertEquals(0, heatmap(folder, "--seed=3", "--out=" + two), test.err());
    try (Stream<Path> files = Files.walk(one)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path other = two.resolve(one.relativize(file));
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), file.toString());
      }
    }
  }

  @Test
  void conditionsOfOneModelAreToldApartAndWhiteOnesListed() throws IOException {
    Path a = evolved("a", "tiny", image(), image());
    Path b = evolved("b", "tiny", image(3));
    Path out = home.resolve("out");
    assertEquals(0, heatmap(a, b, "--out=" + out), test.err());
    List<CsvRow> summary = Csv.rows(out.resolve("summary.csv"));
    assertEquals("tiny a", summary.get(0).text("condition"));
    assertEquals("", summary.get(0).text("edge_index"));
    assertEquals(2, summary.get(0).integer("white_runs"));
    assertEquals("tiny b", summary.get(1).text("condition"));
    assertTrue(Files.exists(out.resolve("tiny-a/frequency.png")));
    assertFalse(Files.exists(out.resolve("tiny-a/density.png")));
    assertTrue(test.out().contains("all white"), test.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run,x|1,2|pixels.csv:1: has no column \"y\"",
        "1,2,3|1,2,3|pixels.csv:1: has no column \"run\"",
        "run,x,y|1,two,3|pixels.csv:3: x is \"two\", expected a whole number",
        "run,x,y|1,,3|pixels.csv:3: x is empty",
        "run,x,y|1,32,3|pixels.csv:3: x is 32, outside the canvas: it runs from 0 to 31",
        "run,x,y|1,3,-1|pixels.csv:3: y is -1",
        "run,x,y|,3,1|pixels.csv:3: run is empty",
        "run,x,y|1,3|pixels.csv:3: has 2 cells, the header has 3",
        "run,x,y|1,1,1|run 1 has pixel (1, 1) twice",
        "run,x,y,delta_logit|1,2,2,NaN|delta_logit is NaN",
      })
  void namesFileAndLineOfABadTable(String header, String line, String message) throws IOException {
    String good = header.endsWith("delta_logit") ? "1,1,1,0.5" : "1,1,1";
    csv(header, header.equals("run,x") ? "1,1" : good, line, "2,4,4");
    Path out = home.resolve("out");
    Path file = home.resolve("pixels.csv");
    assertEquals(1, heatmap(file, "--canvas=32x32", "--out=" + out));
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(message), test.err());
    assertEquals("", test.out());
    assertFalse(Files.exists(out));
  }

  @Test
  void leavesOutBadRunsWhenTold() throws IOException {
    Path file = csv("run,x,y", "1,1,1", "2,99,1", "2,1,2", "3,4,x", "4,2,2");
    Path out = home.resolve("out");
    assertEquals(0, heatmap(file, "--canvas=32x32", "--skip-bad", "--out=" + out), test.err());
    CsvRow row = Csv.rows(out.resolve("summary.csv")).get(0);
    assertEquals(2, row.integer("runs"));
    assertEquals(2, manifest(out).get("left_out_count").asInt());
    assertTrue(manifest(out).at("/left_out/0").asText().contains("pixels.csv:3: x is 99"));
    assertTrue(test.out().contains("; 2 bad inputs left out"), test.out());
  }

  @Test
  void badRunFolders() throws IOException {
    Path folder = evolved("run", "tiny", image(1), image(2), image(3), image(4), image(5));
    Files.delete(folder.resolve("runs/2/best.png"));
    Files.createDirectories(folder.resolve("runs/6"));
    ImageFiles.writePng(folder.resolve("runs/3/best.png"), image(7));
    EvolvedImageFiles.best(folder.resolve("runs/4"), BlackPixels.of(Canvas.square(16), 4));
    assertEquals(1, heatmap(folder));
    assertTrue(test.err().contains("runs/2 has no best.png"), test.err());
    Path out = home.resolve("out");
    assertEquals(0, heatmap(folder, "--skip-bad", "--out=" + out), test.err());
    JsonNode leftOut = manifest(out).get("left_out");
    assertEquals(4, leftOut.size(), leftOut.toString());
    assertTrue(leftOut.get(1).asText().contains("runs/3/best.csv lists 1"), leftOut.toString());
    assertTrue(leftOut.get(2).asText().contains("runs/6 has no best.png"), leftOut.toString());
    assertTrue(leftOut.get(3).asText().contains("is 16x16, but 2 of 3"), leftOut.toString());
    assertEquals(2, Csv.rows(out.resolve("summary.csv")).get(0).integer("runs"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4,0,0,1|generation 4 is not between 0 and 3",
        "1,0,0,2|black is 2, expected 0 or 1",
        "1,0,0,0|is white already",
        "1,40,0,1|x is 40, outside the canvas",
        "1,0,zero,1|y is \"zero\"",
      })
  void badHistories(String change, String message) throws IOException {
    Path folder = evolved("run", "tiny", image(0));
    Path run = folder.resolve("runs/1");
    Files.writeString(run.resolve("generations.csv"), "generation\n0\n1\n2\n3\n");
    Files.writeString(run.resolve("best-history.csv"), "generation,x,y,black\n" + change + "\n");
    assertEquals(1, heatmap(folder));
    assertTrue(test.err().contains("best-history.csv:2: "), test.err());
    assertTrue(test.err().contains(message), test.err());
    Files.writeString(run.resolve("best-history.csv"), "generation,x,y,black\n0,0,0,1\n");
    Files.writeString(run.resolve("generations.csv"), "generation\n0\n2\n");
    assertEquals(1, heatmap(folder));
    assertTrue(test.err().contains("generations.csv:3: generation is 2, expected 1"), test.err());
  }

  @Test
  void badPictures() throws IOException {
    Path folder = pictures("pictures", image(1), image(2), image(3));
    Files.writeString(folder.resolve("image1.png"), "no picture");
    ImageFiles.writePng(folder.resolve("image7.png"), BlackPixels.none(Canvas.square(9)));
    ImageFiles.writePng(folder.resolve("gray.png"), GrayImage.filled(CANVAS, 0.4f));
    assertEquals(1, heatmap(folder));
    assertTrue(test.err().contains("image1.png"), test.err());
    Path out = home.resolve("out");
    assertEquals(0, heatmap(folder, "--skip-bad", "--out=" + out), test.err());
    assertEquals(3, Csv.rows(out.resolve("summary.csv")).get(0).integer("runs"));
    assertEquals(2, manifest(out).get("left_out_count").asInt());
    assertTrue(manifest(out).at("/conditions/0/notes/0").asText().startsWith("1 image has gray"));
  }

  /** A set of one's own often has copies, a JPEG, or white pixels on black: the reader is told. */
  @Test
  void saysWhatIsOddAboutPictures() throws IOException {
    Path folder = pictures("odd", image(1), image(1), image(1), image(2));
    ImageFiles.writePng(folder.resolve("night.png"), GrayImage.filled(CANVAS, 0));
    Files.writeString(folder.resolve("smeared.jpg"), "a JPEG");
    assertEquals(0, test.run(HeatmapCommand::new, "heatmap", folder.toString()), test.err());
    for (String told :
        List.of(
            "2 images are copies of others here, and count as runs all the same",
            "1 image is more black than white; it counts where its black pixels lie",
            "1 picture is no PNG and was not read, such as smeared.jpg")) {
      assertTrue(test.err().contains(told), test.err());
    }
  }

  @Test
  void emptyFoldersAndDamagedManifests() throws IOException {
    Path empty = Files.createDirectories(home.resolve("empty"));
    assertEquals(1, heatmap(empty));
    assertTrue(test.err().contains("empty has neither runs/"), test.err());
    Files.createDirectories(empty.resolve("runs"));
    assertEquals(1, heatmap(empty, "--skip-bad"));
    assertTrue(test.err().contains("runs is empty"), test.err());
    Path folder = evolved("run", "tiny", image(0));
    Files.writeString(folder.resolve("manifest.json"), "{\"model\":");
    assertEquals(1, heatmap(folder));
    assertTrue(test.err().contains("manifest.json is not valid JSON"), test.err());
    Path out = home.resolve("out");
    assertEquals(0, heatmap(folder, empty, "--skip-bad", "--out=" + out), test.err());
    assertEquals("run", Csv.rows(out.resolve("summary.csv")).get(0).text("condition"));
    assertEquals(2, manifest(out).get("left_out_count").asInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--canvas=32",
        "--canvas=0x4",
        "--canvas=99999x99999",
        "--canvas=10000x10000",
        "--canvas=8x8",
        "--bandwidth=0",
        "--bandwidth=NaN",
        "--bandwidth=33",
        "--seed=x",
        "pictures"
      })
  void impossibleCommandLines(String argument) throws IOException {
    Path pictures = pictures("pictures", image(1));
    Object last = argument.startsWith("--") ? argument : home.resolve(argument);
    assertEquals(2, heatmap(pictures, last), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    String value = argument.substring(argument.indexOf('=') + 1);
    assertTrue(test.err().contains(value), test.err());
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  @Test
  void whatIsNotThereIsAFailure() throws IOException {
    assertEquals(1, heatmap(home.resolve("nowhere")));
    assertTrue(test.err().contains("nowhere does not exist"), test.err());
  }

  @Test
  void aTableNeedsACanvasAndTextIsNoTable() throws IOException {
    Path file = csv("run,x,y", "1,1,1");
    assertEquals(2, heatmap(file));
    assertTrue(test.err().contains("pixels.csv needs --canvas"), test.err());
    Path text = Files.writeString(home.resolve("notes.txt"), "hello");
    assertEquals(2, heatmap(text));
    assertTrue(test.err().contains("neither a folder nor a .csv file"), test.err());
  }
}
