package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.command.CommandFixture;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.boundary.BoundaryCommand;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.feature.models.ScoreCommand;
import org.whisker.feature.train.DatasetCommand;
import org.whisker.feature.train.EvaluateCommand;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.torch.Modules;

/** A network of dogs that answers to red alone: what commands show it, and call it. */
class DogInColourTest extends CommandFixture {
  private static final Canvas CANVAS = Canvas.square(8);

  /** Of logits 8 times the mean of red, green and blue, on a picture of red alone. */
  private static final double RED = 1 / (1 + 2 * Math.exp(-8));

  @BeforeEach
  void dogs() throws IOException {
    Path file = Modules.write(home, "y = torch.mul(torch.mean(x, [2, 3], False), 8)");
    run(
        ModelsCommand::new,
        "models",
        "import",
        file.toString(),
        "--name=dogs",
        "--input=3x8x8",
        "--output=logits",
        "--class=dog=0");
  }

  private Path photo(String name, float red, float green, float blue) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    ImageFiles.writePng(file, new Tone(red, green, blue).filled(CANVAS, PlanarImage.COLOURS));
    return file;
  }

  @Test
  void theColumnOfItsProbabilityIsThatOfTheTarget() throws IOException {
    run(ScoreCommand::new, "score", "--model=dogs", photo("red.png", 1, 0, 0).toString());
    List<String> lines = test.out().lines().toList();
    assertEquals("file,logit,p_target", lines.get(0));
    String last = lines.get(1).substring(lines.get(1).lastIndexOf(',') + 1);
    assertEquals(RED, Double.parseDouble(last), 1e-4, lines.get(1));
    assertTrue(test.err().contains("p_target is p(dog)"), test.err());
  }

  /** Luma tells none of these photos from the others. */
  @Test
  void photosAreEvaluatedInColourByTheFoldersOfItsClass() throws IOException {
    photo("photos/test/Dog/a_1.png", 0.75f, 0, 0);
    photo("photos/test/Dog/a_2.png", 0.7f, 0, 0);
    photo("photos/test/cat/b_1.png", 0, 0.35f, 0);
    photo("photos/test/horse/c_1.png", 0, 0.4f, 0);
    run(
        EvaluateCommand::new,
        "evaluate",
        "--model=dogs",
        "--data=" + home.resolve("photos"),
        "--out=" + home.resolve("good"),
        "--device=cpu");
    CsvRow summary = Csv.rows(home.resolve("good/summary.csv")).get(0);
    assertEquals(1, summary.number("accuracy"));
    assertEquals(4, summary.integer("photos"));
    for (CsvRow row : Csv.rows(home.resolve("good/predictions.csv"))) {
      assertEquals(row.text("file").contains("Dog"), row.text("label").equals("target"), "" + row);
    }
  }

  @Test
  void aFolderNotOfTheClassHoldsTheOthersWhereThereIsOne() throws IOException {
    photo("photos/tiger_dog/a_1.png", 1, 0, 0);
    photo("photos/not_tiger_dog/b_1.png", 0, 1, 0);
    photo("photos/notes/c_1.png", 0, 0, 1);
    Files.writeString(home.resolve("photos/list.csv"), "path,label\ntiger_dog/a_1.png,Tiger dog\n");
    Path photos = home.resolve("photos");
    run(
        DatasetCommand::new,
        "dataset",
        "check",
        "--class=tiger dog",
        photos.toString(),
        "--out=" + home.resolve("checked"));
    assertEquals(2, Csv.rows(home.resolve("checked/photos.csv")).size());
    run(
        DatasetCommand::new,
        "dataset",
        "check",
        "--class=tiger dog",
        photos.resolve("list.csv").toString(),
        "--out=" + home.resolve("listed"));
    assertEquals(1, Csv.rows(home.resolve("listed/photos.csv")).size());
    TestEnvironment other = new TestEnvironment(home);
    assertEquals(1, other.run(DatasetCommand::new, "dataset", "check", photos.toString()));
    assertTrue(other.err().contains("no photos in cat/ and not_cat/"), other.err());
  }

  /** Flips are between the colours of an image; a photo is held against what it was in colour. */
  @Test
  void aCounterfactualIsInColour() throws IOException {
    Path run = home.resolve("run");
    run(
        EvolveCommand::new,
        "evolve",
        "--model=dogs",
        "--ink=#0000ff",
        "--background=#ff0000",
        "--runs=1",
        "--generations=3",
        "--device=cpu",
        "--out=" + run);
    Path out = home.resolve("turned");
    run(
        BoundaryCommand::new,
        "boundary",
        "counterfactual",
        "--model=dogs",
        run.toString(),
        photo("red.png", 1, 0, 0).toString(),
        "--device=cpu",
        "--out=" + out);
    List<CsvRow> rows = Csv.rows(out.resolve("counterfactual.csv"));
    assertEquals(2, rows.size());
    assertEquals("", rows.get(0).text("threshold"));
    assertEquals(RED, rows.get(1).number("p_target_original"), 1e-6);
    List<Path> after;
    try (Stream<Path> files = Files.walk(out)) {
      after = files.filter(file -> file.endsWith("after.png")).toList();
    }
    assertEquals(1, after.size());
    Raster picture = ImageFiles.read(after.get(0), PlanarImage.COLOURS);
    float[] values = picture.values();
    int pixels = CANVAS.pixels();
    int blue = 0;
    for (int i = 0; i < pixels; i++) {
      assertEquals(1, values[i] + values[2 * pixels + i], 1e-6, "red or blue at " + i);
      assertEquals(0, values[pixels + i]);
      blue += values[2 * pixels + i] > 0.5 ? 1 : 0;
    }
    assertTrue(blue > pixels / 4 && blue <= pixels / 2 + 2, "blue pixels: " + blue);
  }
}
