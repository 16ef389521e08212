package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.PublishedModel;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.input.PictureSize;
import org.whisker.option.Records;
import org.whisker.torch.TorchDevice;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * A classifier to import: an ONNX file, a TorchScript module, or weights of a published
 * architecture.
 *
 * @param file an ONNX file (.onnx), the module, or a safetensors file
 * @param name the name of the new model
 * @param architecture whose weights the file holds; empty for an ONNX file or a module
 * @param input its channels, height and width; needed for a module, else as the file says or as
 *     published
 * @param mean subtracted from gray values of 0 (black) to 1 (white): one, or one a channel; none:
 *     0, or as published
 * @param std what the difference is divided by: one, or one a channel; none: 1, or as published
 * @param output form of the output of an ONNX file or a module, and of nothing else
 * @param cat indices of the classes that are cats; none: as published
 * @param target another class that it is asked for, see {@link ClassNames#target}
 * @param classes file with the names of its classes
 * @param photo the photo that the model is tried on; without one, a generated picture
 * @param device the device that it is tried on
 * @param limits the limits of a module
 */
record ImportRequest(
    Path file,
    String name,
    Optional<PublishedModel> architecture,
    Optional<ModelCard.Input> input,
    List<Float> mean,
    List<Float> std,
    Optional<Output.Form> output,
    List<Integer> cat,
    Optional<String> target,
    Optional<Path> classes,
    Optional<Path> photo,
    TorchDevice device,
    ModuleLimits limits) {
  public ImportRequest {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    cat = List.copyOf(cat);
    Checks.refuse(
        target.isPresent() && !cat.isEmpty(),
        "--class and --cat both say what is asked for; give one");
    Checks.refuse(
        target.filter(asked -> asked.startsWith(":")).isPresent(),
        "--class names a class before the colon, as in dog:wolf");
    Checks.refuse(
        architecture.isPresent() && output.isPresent(),
        "--output is for ONNX files and modules; with --arch the weights give logits");
  }

  /** Returns the request for the same model from another file. */
  ImportRequest from(Path other) {
    return Records.changed(this, ImportRequest::file).to(other);
  }

  /** What is done to gray values; what was not given is as in {@code published}. */
  Preprocessing preprocessing(Preprocessing published, int channels) {
    List<Float> means = mean.isEmpty() ? published.mean() : mean;
    List<Float> sds = std.isEmpty() ? published.sd() : std;
    return InvalidRequestException.check(
        () -> new Preprocessing(filled(means, sds), filled(sds, means)).checked(channels));
  }

  /** One number stands for all channels. */
  private static List<Float> filled(List<Float> values, List<Float> like) {
    return values.size() == 1 ? Collections.nCopies(like.size(), values.get(0)) : values;
  }

  /**
   * The classes that are cats; {@code published} when none was named. Where another class is asked
   * for it stands in their place later, see {@link #asked}.
   *
   * @param single whether the network gives one number, high for cats (1) or for other images (0)
   */
  List<Integer> cat(List<Integer> published, boolean single) {
    if (target.isPresent()) {
      return List.of(0);
    }
    InvalidRequestException.refuse(
        cat.isEmpty() && published.isEmpty(),
        single
            ? "--cat is missing: take --cat 1 if the one output is high for cats, --cat 0 if it is"
                + " high for other images; of another class, such as --class dog=1"
            : "--cat is missing: name the class that is cat, such as --cat 0, or another, such as"
                + " --class dog=0");
    return cat.isEmpty() ? published : cat;
  }

  Output asked(Output output, ClassNames names) {
    return target.isEmpty()
        ? output
        : InvalidRequestException.check(() -> names.target(output, target.get()));
  }

  /**
   * The names of the classes.
   *
   * @param own what the file itself says of them, as text; may be empty
   * @throws InvalidRequestException for another number than there are outputs
   */
  ClassNames names(String own, int outputs) throws IOException {
    if (classes.isEmpty()) {
      ClassNames told = ClassNames.parse(own);
      return told.names().size() == outputs ? told : new ClassNames(List.of());
    }
    ClassNames read = ClassNames.read(classes.get());
    InvalidRequestException.refuse(
        outputs > 1 && read.names().size() != outputs,
        Text.of(
            "--classes %s names %d classes, the network has %d",
            classes.get(), read.names().size(), outputs));
    return read;
  }

  /**
   * What a TorchScript module may do when it is imported.
   *
   * @param trusted whether its code may use operators that are not tensor mathematics
   * @param timeout how long its code may run, above 0
   */
  public record ModuleLimits(boolean trusted, Duration timeout) {
    /** Seconds that a module's code may run unless asked otherwise. */
    public static final int SECONDS = 300;

    public ModuleLimits {
      Checks.refuse(timeout.isNegative() || timeout.isZero(), "--timeout must be above 0 s");
    }
  }

  /**
   * A picture on which a new model is tried: a photo, or a generated one.
   *
   * <p>The photo as the input takes it, in colours or gray; without one, a generated picture.
   */
  static Raster testPicture(Optional<Path> photo, ModelCard.Input size) throws IOException {
    Canvas canvas = new Canvas(size.width(), size.height());
    int planes = size.channels() == PlanarImage.COLOURS ? PlanarImage.COLOURS : 1;
    return photo.isEmpty()
        ? generated(canvas)
        : PictureSize.fitted(ImageFiles.read(photo.get(), planes), canvas);
  }

  /** The name of the tried picture. */
  static String testPictureName(Optional<Path> photo) {
    return photo.map(Path::toString).orElse("a generated picture");
  }

  /** A dark disc with stripes on a light slope: edges, areas and tones. */
  static Raster generated(Canvas canvas) {
    float[] values = new float[canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      int row = i / canvas.width();
      double x = (double) (i % canvas.width()) / canvas.width() - 0.5;
      double y = (double) row / canvas.height() - 0.5;
      boolean inside = x * x + y * y < 0.12;
      double value = inside ? 0.35 + 0.2 * Math.sin(40 * (x + y)) : 0.75 + 0.3 * x;
      values[i] = (float) value;
    }
    return new GrayImage(canvas, values);
  }
}
