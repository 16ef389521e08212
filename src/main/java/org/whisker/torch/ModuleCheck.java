package org.whisker.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.classifier.ModelCard;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;

/**
 * The results of a new module on the white picture and on a photo.
 *
 * @param outputs number of outputs per picture
 * @param white its output for pure white
 * @param photo its output for the photo
 * @param gradient the L2 norm of the logit's derivative at the photo, in logits per black-to-white
 *     step; empty if it is not differentiable
 * @param notes for the user, one line each
 */
public record ModuleCheck(
    int outputs, Seen white, Seen photo, OptionalDouble gradient, List<String> notes) {
  private static final int TOP = 3;

  public ModuleCheck {
    notes = List.copyOf(notes);
  }

  /**
   * The output for one picture.
   *
   * @param top the highest outputs and their classes, or the only output
   * @param logit of not-cat
   */
  public record Seen(String top, float logit) {}

  /**
   * Checks a module.
   *
   * @param photo of the size of the card's input
   * @throws IOException in one line, if it is not a TorchScript module
   * @throws ModuleException in one line, if the module cannot be used
   */
  public static ModuleCheck of(ModelCard card, Path file, TorchDevice device, Raster photo)
      throws IOException {
    ModuleArchive.check(file);
    var run = new TorchClassifier.Settings(Precision.FLOAT32, device, 3);
    try (ModuleClassifier classifier = new ModuleClassifier(card, file, run)) {
      return new ModuleInspection(card, file, classifier, photo).check();
    }
  }

  /** The number of outputs of a module per picture, as needed for {@code --output logits}. */
  public static int outputs(ModelCard card, Path file, TorchDevice device) throws IOException {
    ModuleArchive.check(file);
    var run = new TorchClassifier.Settings(Precision.FLOAT32, device, 1);
    try (ModuleClassifier classifier = new ModuleClassifier(card, file, run)) {
      Raster white = BlackPixels.none(classifier.canvas());
      return new ModuleInspection(card, file, classifier, white).columns(List.of(white), "").length;
    }
  }

  /** The highest of a picture's outputs and their classes, as text; a single output unchanged. */
  public static String highest(double... outputs) {
    if (outputs.length == 1) {
      return String.format(Locale.ROOT, "%.4f", outputs[0]);
    }
    return IntStream.range(0, outputs.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -outputs[i]))
        .limit(TOP)
        .map(i -> String.format(Locale.ROOT, "%d: %.3f", i, outputs[i]))
        .collect(Collectors.joining(", "));
  }
}
