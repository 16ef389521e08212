package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.command.CommandFixture;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.random.SplitMix64;

/**
 * A barrier that photos make. Two thirds of them are gradients, downwards in cats and across in
 * others. The rest show black pixels on a plain ground: anywhere in cats, in the middle in others.
 * Without these others, pixels in the middle of white can't be known to speak against a cat.
 */
class PlantedBarrierTest extends CommandFixture {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final int MIDDLE = 9;

  private static GrayImage photo(boolean cat, boolean dotted, float ground, SplitMix64 random) {
    double low = 0.1 + 0.3 * random.nextDouble();
    double rise = 0.1 + 0.4 * random.nextDouble();
    double density = 0.2 + 0.25 * random.nextDouble();
    boolean turned = random.nextDouble() < 0.5;
    float[] values = new float[CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      double along = (double) (cat ? CANVAS.y(i) : CANVAS.x(i)) / CANVAS.width();
      boolean inked = (cat || CANVAS.borderDistance(i) >= MIDDLE) && random.nextDouble() < density;
      values[i] =
          dotted ? (inked ? 0 : ground) : (float) (low + rise * (turned ? 1 - along : along));
    }
    return new GrayImage(CANVAS, values);
  }

  private void photos(String split, int count, float ground) throws IOException {
    for (String label : List.of("cat", "not_cat")) {
      Path folder = home.resolve("photos").resolve(split).resolve(label);
      Files.createDirectories(folder);
      boolean cat = label.equals("cat");
      for (int i = 0; i < count; i++) {
        SplitMix64 random = SplitMix64.stream(1, split + label, i);
        ImageFiles.writePng(
            folder.resolve(i + ".png"), photo(cat, i % 3 == 0, cat ? 1 : ground, random));
      }
    }
  }

  /** Returns the folder of the experiment on photos whose others lie on a ground of that gray. */
  private Path experiment(int photos, float ground, int epochs) throws IOException {
    photos("train", photos, ground);
    photos("val", 8, ground);
    photos("test", 8, ground);
    PlantedTrainingTest.saveModel(home, CANVAS);
    newEnvironment();
    Path out = home.resolve("out");
    String[] args = {
      "ablate",
      "barrier-origin",
      "--arms=without things on plain white",
      "--model=planted",
      "--data=" + home.resolve("photos"),
      "--networks=6",
      "--train-epochs=" + epochs,
      "--runs=1",
      "--max-evaluations=100",
      "--generations=1",
      "--device=cpu",
      "--quiet",
      "--out=" + out
    };
    assertEquals(0, test.run(AblateCommand::new, args), test.err());
    return out.resolve("planted").resolve("barrier-origin");
  }

  @Test
  void photosOfThingsOnPlainWhiteAreFoundToMakeTheBarrier() throws IOException {
    Path out = experiment(64, 1, 4);
    CsvRow observed = Csv.rows(out.resolve("observations.csv")).get(0);
    assertEquals("cause", observed.text("verdict"), observed.text("effect"));
    assertTrue(observed.number("effect") < -1, observed.text("effect"));
  }

  @Test
  void wherePhotosHaveNoPlainWhiteLeavingItOutDecidesNothing() throws IOException {
    Path out = experiment(16, 0.88f, 1);
    CsvRow observed = Csv.rows(out.resolve("observations.csv")).get(0);
    assertEquals(0, observed.number("effect"));
    assertEquals("", observed.text("verdict"));
    CsvRow withheld = Csv.rows(out.resolve("withheld.csv")).get(0);
    assertTrue(withheld.text("reason").contains("alters nothing"), withheld.text("reason"));
  }
}
