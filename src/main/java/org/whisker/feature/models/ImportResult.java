package org.whisker.feature.models;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.TextTable;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.table.Column;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.torch.Classifiers;
import org.whisker.torch.ModuleCheck;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.value.Text;
import org.whisker.weights.Weights;

/**
 * A model that was imported, and what it makes of two pictures.
 *
 * @param card as saved
 * @param pictures pure white, and the photo or generated picture
 * @param gradient L2 norm of the logit's derivative at the second picture, in logits per
 *     black-to-white step; empty where it is not measured or there is none
 * @param notes for the user, one line each
 */
record ImportResult(
    ModelCard card, List<Seen> pictures, OptionalDouble gradient, List<String> notes) {
  public ImportResult {
    pictures = List.copyOf(pictures);
    notes = List.copyOf(notes);
  }

  /**
   * What the model makes of a picture.
   *
   * @param logit the logit against the target
   */
  public record Seen(
      @Column(meaning = "name of the picture") String picture,
      @Column(meaning = "the highest of the model's outputs, as text") String outputs,
      float logit) {
    static final Table<Seen> TABLE = Table.of(Seen.class);

    /** The probability of the target class, 0 to 1. */
    @Column(value = "p_target", unit = Column.PROBABILITY, after = "logit")
    public double catProbability() {
      return Classifier.catProbability(logit);
    }
  }

  /** What was imported, and what it makes of two pictures, as text. */
  static void printImportText(ImportResult imported, boolean json, PrintStream out)
      throws IOException {
    if (json) {
      document(imported).print(out);
    } else {
      out.print(importText(imported));
    }
  }

  static String importText(ImportResult imported) {
    ModelCard card = imported.card();
    String photo = imported.pictures().get(1).picture();
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("input", input(card) + ", " + values(card)));
    table.add(List.of("output", card.output().label()));
    imported
        .gradient()
        .ifPresent(norm -> table.add(List.of("gradient", Text.of("L2 %.4g at %s", norm, photo))));
    return TextTable.of(table)
        + "\n"
        + seen(imported.pictures(), card.output().target().toUpperCase(Locale.ROOT))
        + "\nimported as %s; try: whisker score --model %1$s IMAGE\n".formatted(card.name());
  }

  private static String values(ModelCard card) {
    return card.preprocessing().isIdentity()
        ? "values of 0 (black) to 1 (white), not normalised by --mean and --std"
        : card.preprocessing().of(card.planes());
  }

  private static Document document(ImportResult imported) {
    ModelCard card = imported.card();
    Document document =
        new Document()
            .value("name", card.name())
            .value("input", input(card))
            .value("preprocessing", card.preprocessing())
            .value("output", card.output().label())
            .value("target", card.output().target());
    imported.gradient().ifPresent(norm -> document.value("gradient_l2", norm));
    return document.table("pictures", Seen.TABLE, imported.pictures());
  }

  private static String seen(List<ImportResult.Seen> pictures, String target) {
    return TextTable.of(
        Columns.of(ImportResult.Seen.class)
            .with("PICTURE", ImportResult.Seen::picture)
            .with("OUTPUT (HIGHEST)", ImportResult.Seen::outputs)
            .with("LOGIT OF NOT-" + target, seen -> Text.of("%.4f", seen.logit()))
            .with("P(" + target + ")", seen -> Text.of("%.4g", seen.catProbability())),
        pictures);
  }

  private static String input(ModelCard card) {
    ModelCard.Input in = card.input();
    return in.channels() + "x" + in.height() + "x" + in.width();
  }

  /**
   * What a new model makes of white and of a photo, before it is saved.
   *
   * @param names of its classes; none where they are not known
   */
  record FirstLook(ImportRequest request, ClassNames names) {
    /** Scores one picture a pass: a large network needs little more memory than its weights. */
    List<ImportResult.Seen> at(ModelCard card, Weights weights, Raster photo) throws IOException {
      var run = new TorchClassifier.Settings(Precision.FLOAT32, request.device(), 1);
      try (TorchClassifier classifier = Classifiers.of(card, weights, run)) {
        Raster white = BlackPixels.none(classifier.canvas());
        return List.of(
            seen("white", classifier, card, white),
            seen(ImportRequest.testPictureName(request.photo()), classifier, card, photo));
      }
    }

    private ImportResult.Seen seen(
        String picture, FeatureClassifier classifier, ModelCard card, Raster raster)
        throws IOException {
      float logit = classifier.logits(List.of(raster))[0];
      requireNumber(picture, logit);
      return new ImportResult.Seen(
          picture, outputs(picture, classifier, card, raster, logit), logit);
    }

    /** A ReLU may make 0 of what is no number: then the outputs say it, and the logit does not. */
    private void requireNumber(String picture, double output) throws IOException {
      if (!Double.isFinite(output)) {
        throw new IOException(
            "%s gives %s for %s; check --mean, --std, and what it gives where it is from"
                .formatted(request.file(), output, picture));
      }
    }

    private String outputs(
        String picture, FeatureClassifier classifier, ModelCard card, Raster raster, float logit)
        throws IOException {
      if (card.output().isNotCatLogit()) {
        return ModuleCheck.highest(names, logit);
      }
      List<String> layers = classifier.layers();
      FeatureClassifier.Features head =
          classifier.features(layers.get(layers.size() - 2), List.of(raster)).get(0);
      double[] outputs = new double[card.output().size()];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = head.activation(i, 0, 0);
        requireNumber(picture, outputs[i]);
      }
      return ModuleCheck.highest(names, outputs);
    }
  }
}
