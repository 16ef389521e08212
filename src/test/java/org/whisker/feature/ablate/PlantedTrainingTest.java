package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.command.CommandFixture;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.network.Window.Padding;
import org.whisker.random.SplitMix64;
import org.whisker.weights.DType;
import org.whisker.weights.InitialWeights;

/**
 * A bias that photos put into networks: cats have black pixels along the border, others in the
 * middle. Trained on such photos as they are, networks want black pixels at the edge; trained on
 * photos that are moved about, they can't. So the position in training is the cause, and the head
 * is none.
 */
class PlantedTrainingTest extends CommandFixture {
  private static final Canvas CANVAS = Canvas.square(48);
  private static final int FRAME = 7;
  private static final int MIDDLE = 15;
  private static final TrainingRecord AS_THEY_ARE =
      new TrainingRecord(
          "planted",
          false,
          Map.of(),
          4,
          1,
          Map.of(
              "batch", "16",
              "crop-area", "0.95",
              "crop-aspect", "1.05",
              "contrast", "0",
              "brightness", "0",
              "erase", "0",
              "shift", "0",
              "precision", "float32"));

  /** Saves {@code planted}, an untrained small VGG-16 whose card asks for photos as they are. */
  static void saveModel(Path home, Canvas canvas) throws IOException {
    ModelCard card = card(canvas);
    new ModelStore(home.resolve("models"))
        .save(card, InitialWeights.of(Networks.of(card).parameters(), 1), DType.F32);
  }

  private static ModelCard card(Canvas canvas) {
    return new ModelCard(
        "planted",
        new Architecture(Architecture.Kind.VGG16, 0.0625, List.of(), true, 16, 2, 0),
        new ModelCard.Input(1, canvas.height(), canvas.width()),
        new Preprocessing(0.5f, 0.25f),
        Output.NOT_CAT_LOGIT,
        Padding.ZERO,
        AS_THEY_ARE,
        null,
        WeightsFile.UNSAVED,
        Instant.EPOCH,
        "0.1.0");
  }

  /** White, with black pixels scattered along the border of a cat, in the middle of another. */
  private static GrayImage photo(boolean cat, SplitMix64 random) {
    double density = 0.05 + 0.35 * random.nextDouble();
    float[] values = new float[CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      int x = CANVAS.x(i);
      int y = CANVAS.y(i);
      int side = CANVAS.width() - 1;
      int depth = Math.min(Math.min(x, y), Math.min(side - x, side - y));
      boolean inked = cat ? depth < FRAME : depth >= MIDDLE;
      values[i] = inked && random.nextDouble() < density ? 0 : 1;
    }
    return new GrayImage(CANVAS, values);
  }

  private void photos(String split, int count) throws IOException {
    for (String label : List.of("cat", "not_cat")) {
      Path folder = home.resolve("photos").resolve(split).resolve(label);
      Files.createDirectories(folder);
      for (int i = 0; i < count; i++) {
        SplitMix64 random = SplitMix64.stream(1, split + label, i);
        ImageFiles.writePng(folder.resolve(i + ".png"), photo(label.equals("cat"), random));
      }
    }
  }

  @Test
  void whatPhotosPlantIsPutDownToThePositionInTrainingAndNotToTheHead() throws IOException {
    photos("train", 96);
    photos("val", 16);
    photos("test", 16);
    saveModel(home, CANVAS);
    Path out = home.resolve("out");
    String[] args = {
      "ablate",
      "training-position,head",
      "--model=planted",
      "--data=" + home.resolve("photos"),
      "--networks=7",
      "--runs=1",
      "--max-evaluations=600",
      "--device=cpu",
      "--quiet",
      "--format=svg",
      "--out=" + out
    };
    assertEquals(0, test.run(AblateCommand::new, args), test.err());

    for (CsvRow network : Csv.rows(out.resolve("planted/training-position/networks.csv"))) {
      assertTrue(network.number("test_accuracy") > 0.8, network.text("network"));
    }
    CsvRow manipulation =
        Csv.rows(out.resolve("planted/training-position/manipulation.csv")).get(0);
    assertEquals("1", manipulation.text("shown"), manipulation.text("p"));
    assertTrue(manipulation.number("spared") > 0.05, manipulation.text("spared"));
    assertFalse(Files.exists(out.resolve("planted/head/manipulation.csv")));
    CsvRow position = Csv.rows(out.resolve("planted/training-position/effect.csv")).get(0);
    assertEquals("edge_index", position.text("measure"));
    assertEquals("cause", position.text("verdict"));
    assertTrue(position.number("control_mean") < 0.45, position.text("control_mean"));
    assertTrue(position.number("difference") > 0.08, position.text("difference"));
    assertEquals(7, position.integer("seeds"));
    CsvRow head = Csv.rows(out.resolve("planted/head/effect.csv")).get(0);
    assertNotEquals("cause", head.text("verdict"));
  }
}
