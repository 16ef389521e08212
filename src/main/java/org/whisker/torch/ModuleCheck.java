package org.whisker.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Output;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.torch.ModelExport.ModuleArchive;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.value.Text;

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
   * @param logit the logit against the target
   */
  public record Seen(String top, float logit) {}

  /**
   * Checks that a file is a TorchScript archive, without opening it.
   *
   * @throws IOException in one line: what it is, and how to convert it
   */
  public static void archive(Path file) throws IOException {
    ModuleArchive.check(file);
  }

  /**
   * Checks a module.
   *
   * @param names of its classes; none where they are not known
   * @param photo the photo of the size of the card's input
   * @throws IOException in one line, if it is not a TorchScript module
   * @throws ModuleException in one line, if the module cannot be used
   */
  public static ModuleCheck of(
      ModelCard card, ClassNames names, Path file, TorchDevice device, Raster photo)
      throws IOException {
    ModuleArchive.check(file);
    var run = new TorchClassifier.Settings(Precision.FLOAT32, device, 3);
    try (ModuleClassifier classifier = new ModuleClassifier(card, file, run)) {
      return new ModuleInspection(card, names, file, classifier, photo).check();
    }
  }

  /** The number of outputs of a module per picture, as needed for {@code --output logits}. */
  public static int outputs(ModelCard card, Path file, TorchDevice device) throws IOException {
    ModuleArchive.check(file);
    var run = new TorchClassifier.Settings(Precision.FLOAT32, device, 1);
    try (ModuleClassifier classifier = new ModuleClassifier(card, file, run)) {
      Raster white = BlackPixels.none(classifier.canvas());
      return new ModuleInspection(card, new ClassNames(List.of()), file, classifier, white)
          .columns(List.of(white), "")
          .length;
    }
  }

  /** The highest of a picture's outputs and their classes, as text; a single output unchanged. */
  public static String highest(ClassNames names, double... outputs) {
    if (outputs.length == 1) {
      return Text.of("%.4f", outputs[0]);
    }
    return IntStream.range(0, outputs.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -outputs[i]))
        .limit(TOP)
        .map(
            i ->
                Text.of(
                    "%s: %.3f", names.names().isEmpty() ? i.toString() : names.name(i), outputs[i]))
        .collect(Collectors.joining(", "));
  }

  /** Inspects a module; each possible problem is reported in one line. */
  private static final class ModuleInspection {
    private static final double AGREEMENT = 1e-3;

    private final ModelCard card;
    private final ClassNames names;
    private final Path file;
    private final ModuleClassifier classifier;
    private final Raster white;
    private final Raster photo;
    private final List<String> notes = new ArrayList<>();

    ModuleInspection(
        ModelCard card, ClassNames names, Path file, ModuleClassifier classifier, Raster photo) {
      this.card = card;
      this.names = names;
      this.file = file;
      this.classifier = classifier;
      this.white = BlackPixels.none(classifier.canvas());
      this.photo = photo;
    }

    ModuleCheck check() {
      double[] first = columns(List.of(white), "the white picture");
      requireSize(first.length);
      double[] second = columns(List.of(photo), "the photo");
      requireRange(first);
      requireRange(second);
      requireSame(
          first,
          columns(List.of(white), "the white picture"),
          "gives other numbers when it"
              + " is called again (dropout or batch norm in training mode?)");
      double[] three = columns(List.of(photo, white, photo), "three pictures");
      if (three.length != 3 * first.length) {
        throw bad(
            Text.of(
                "gives %d numbers for three pictures and %d for one", three.length, first.length),
            "let it take any batch: script it, or trace it without fixed sizes");
      }
      int n = first.length;
      requireSame(
          first,
          Arrays.copyOfRange(three, n, 2 * n),
          "sees a picture otherwise when others" + " are in its batch");
      noteProbabilities(first, second);
      OptionalDouble gradient = gradient();
      float[] logits = classifier.logits(List.of(white, photo));
      return new ModuleCheck(
          n,
          new ModuleCheck.Seen(ModuleCheck.highest(names, first), logits[0]),
          new ModuleCheck.Seen(ModuleCheck.highest(names, second), logits[1]),
          gradient,
          notes);
    }

    /** The outputs for pictures, after checking their form. */
    double[] columns(List<Raster> pictures, String what) {
      ModuleClassifier.Raw raw;
      String returns;
      try {
        returns = classifier.returnType(pictures);
      } catch (ModuleException e) {
        throw bad(
            Text.of(
                "does not take %s of %s as %dx%s float32 (%s)",
                what.isEmpty() ? "a picture" : what,
                classifier.canvas(),
                card.input().channels(),
                classifier.canvas(),
                ModuleException.reason(causeOf(e))),
            "check --input; a batch is N x channels x height x width");
      }
      if (!returns.equals("Tensor")) {
        throw bad(
            "returns " + returns + ", not one tensor",
            "segmentation and detection return several; of a classifier, let forward return its"
                + " outputs alone");
      }
      try {
        raw = classifier.raw(pictures);
      } catch (ModuleException e) {
        throw bad(
            "returns a tensor that can't be read (%s)"
                .formatted(ModuleException.reason(causeOf(e))),
            "return a dense tensor of floating-point numbers");
      }
      List<Integer> shape = raw.shape();
      if (!raw.floating()) {
        throw bad(
            "returns no floating-point numbers but whole numbers, such as classes, or complex ones",
            "return the logits themselves");
      }
      if (shape.isEmpty() || shape.get(0) != pictures.size()) {
        throw bad(
            Text.of("returns a tensor of shape %s for %d pictures", shape, pictures.size()),
            "return one row a picture, for a batch of any size");
      }
      if (shape.stream().skip(1).filter(size -> size > 1).count() > 1) {
        throw bad(
            Text.of("returns a tensor of shape %s, as of segmentation or detection", shape),
            "whisker explains classifiers: let it return one row of classes a picture");
      }
      for (double value : raw.values()) {
        if (!Double.isFinite(value)) {
          throw bad("gives " + value + " for " + what, "check its weights, --mean and --std");
        }
      }
      return raw.values().stream().mapToDouble(v -> v).toArray();
    }

    private static Throwable causeOf(ModuleException e) {
      Throwable cause = e.getCause();
      return cause == null ? e : cause;
    }

    private void requireSize(int outputs) {
      Output output = card.output();
      if (outputs != output.size()) {
        throw bad(
            Text.of(
                "gives %d numbers a picture, %s needs %d",
                outputs, output.form().label(), output.size()),
            outputs == 1 ? "take --output sigmoid or logit" : "take --output logits");
      }
    }

    private void requireRange(double[] values) {
      if (card.output().form() == Output.Form.SIGMOID && (values[0] < 0 || values[0] > 1)) {
        throw bad("gives " + values[0] + ", which is no probability", "take --output logit");
      }
    }

    private void requireSame(double[] wanted, double[] got, String what) {
      double scale = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
      for (int i = 0; i < wanted.length; i++) {
        if (Math.abs(wanted[i] - got[i]) > AGREEMENT * Math.max(scale, AGREEMENT)) {
          throw bad(what, "call model.eval() before it is scripted or traced");
        }
      }
    }

    private void noteProbabilities(double[]... rows) {
      boolean softmax =
          card.output().form() == Output.Form.LOGITS
              && Arrays.stream(rows)
                  .allMatch(
                      row ->
                          Arrays.stream(row).allMatch(v -> v >= 0 && v <= 1)
                              && Math.abs(Arrays.stream(row).sum() - 1) < 1e-4);
      if (softmax) {
        notes.add(
            "its outputs sum to 1: they look like softmax probabilities, and are read as logits;"
                + " export it without its softmax");
      }
    }

    private OptionalDouble gradient() {
      try {
        double sum = 0;
        for (float each : classifier.inputGradients(List.of(photo)).get(0)) {
          sum += (double) each * each;
        }
        if (sum == 0) {
          notes.add(
              "its derivative at the photo is 0 everywhere (a saturated sigmoid?); gradient methods"
                  + " see nothing there");
        }
        if (Double.isFinite(sum)) {
          return OptionalDouble.of(Math.sqrt(sum));
        }
        notes.add("its derivative at the photo is no number; gradient methods will not work on it");
      } catch (ModuleException e) {
        notes.add(
            "no derivative goes through it (%s); gradient methods will not work on it"
                .formatted(ModuleException.reason(causeOf(e))));
      }
      return OptionalDouble.empty();
    }

    private ModuleException bad(String what, String mend) {
      return new ModuleException(file + " " + what + "; " + mend);
    }
  }
}
