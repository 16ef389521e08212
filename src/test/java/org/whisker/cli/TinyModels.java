package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.network.Window.Padding;
import org.whisker.random.SplitMix64;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

/** Small models and photos on disk. */
public final class TinyModels {
  public static final int SIDE = 32;

  private TinyModels() {}

  public static ModelCard card(String name) {
    return new ModelCard(
        name,
        new Architecture(Architecture.Kind.VGG16, 0.125, List.of(), true, 8, 1, 0.3),
        new ModelCard.Input(1, SIDE, SIDE),
        new Preprocessing(0.5f, 0.25f),
        Output.NOT_CAT_LOGIT,
        Padding.ZERO,
        null,
        new Figures(100, 0.9, 0.875, 0.925, 0.96, Map.of("web", 0.9), 0.125),
        WeightsFile.UNSAVED,
        Instant.parse("2026-03-01T12:00:00Z"),
        "0.1.0");
  }

  /** The card of a model that was trained as this record says. */
  public static ModelCard trained(ModelCard card, TrainingRecord record) {
    return new ModelCard(
        card.name(),
        card.architecture(),
        card.input(),
        card.preprocessing(),
        card.output(),
        card.padding(),
        record,
        card.figures(),
        card.weights(),
        card.created(),
        card.whiskerVersion());
  }

  /** Saves a tiny VGG-16 with formula weights in {@code home/models}. */
  public static ModelCard save(Path home, String name) throws IOException {
    return save(home, name, 7);
  }

  /** Saves a tiny VGG-16 with the formula weights of another seed. */
  public static ModelCard save(Path home, String name, long seed) throws IOException {
    ModelCard card = card(name);
    FormulaWeights weights = new FormulaWeights(Networks.of(card).parameters(), seed);
    return new ModelStore(home.resolve("models")).save(card, weights, DType.F32);
  }

  /** Saves a tiny VGG-16 that says how it was trained, and so can be trained again. */
  public static ModelCard saveTrained(Path home, String name) throws IOException {
    Map<String, String> options =
        Map.of("batch", "4", "averaging", "0.5", "warmup", "0.5", "precision", "float32");
    ModelCard card =
        trained(card(name), new TrainingRecord("noise", true, Map.of(), 2, 5, options));
    FormulaWeights weights = new FormulaWeights(Networks.of(card).parameters(), 7);
    return new ModelStore(home.resolve("models")).save(card, weights, DType.F32);
  }

  /** A picture with noise around a gray. */
  public static GrayImage picture(int width, int height, double gray, long seed) {
    SplitMix64 random = SplitMix64.stream(seed, "photo", 0);
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.min(1, Math.max(0, gray + 0.3 * (random.nextDouble() - 0.5)));
    }
    return new GrayImage(new Canvas(width, height), values);
  }

  /** Dark "cats" and light others, {@code each} of both, of two origins. */
  public static void photos(Path folder, int each) throws IOException {
    for (int i = 0; i < each; i++) {
      String name = (i % 2 == 0 ? "web_" : "lab_") + i + ".png";
      write(folder.resolve("cat"), name, picture(40, 36, 0.3, i));
      write(folder.resolve("not_cat"), name, picture(40, 36, 0.7, 1000 + i));
    }
  }

  private static void write(Path folder, String name, GrayImage picture) throws IOException {
    Files.createDirectories(folder);
    ImageFiles.writePng(folder.resolve(name), picture);
  }
}
