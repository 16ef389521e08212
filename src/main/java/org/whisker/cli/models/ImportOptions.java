package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.input.Pictures;
import picocli.CommandLine.Option;

/** What somebody else's classifier takes and gives. */
final class ImportOptions {
  private static final Pattern INPUT = Pattern.compile("([13])x(\\d{1,5})x(\\d{1,5})");

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      description =
          "Channels (1 or 3), height and width of its input, such as 3x224x224. Default with"
              + " --arch: as published.")
  private @Nullable String input;

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M",
      description =
          "Subtracted from gray values of 0 (black) to 1 (white); one, or one per channel."
              + " Default: 0, or as published.")
  private List<Float> mean = List.of();

  @Option(
      names = "--std",
      split = ",",
      paramLabel = "S",
      description =
          "The difference is divided by this; one, or one per channel. Default: 1, or as"
              + " published.")
  private List<Float> std = List.of();

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description = {
        "sigmoid (one probability, of class 1), logit (one logit, of class 1) or logits (one per"
            + " class, before softmax).",
        "In float32 a sigmoid cannot distinguish logits beyond about 17; prefer logit."
      })
  private @Nullable String output;

  @Option(
      names = "--cat",
      split = ",",
      paramLabel = "CLASS",
      description =
          "Index of the cat class, from 0; with logits, several classes may be given and are"
              + " summed. With sigmoid or logit: 0 if it is high for images that are not cats, 1"
              + " if it is high for cats. ImageNet's cats are 281,282,283,284,285 (the default"
              + " with --arch).")
  private List<Integer> cat = List.of();

  @Option(
      names = "--photo",
      paramLabel = "IMAGE",
      description =
          "A photo to test the model on, in addition to pure white. Default: a generated picture.")
  private @Nullable Path photo;

  /** The input, or {@code published} when none was given. */
  ModelCard.Input input(ModelCard.@Nullable Input published) {
    if (input == null && published != null) {
      return published;
    }
    String text = given("--input", "such as --input 3x224x224", input);
    Matcher matcher = INPUT.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidRequestException(
          "--input is 1xHxW or 3xHxW, such as 3x224x224, was '" + text + "'");
    }
    return InvalidRequestException.check(
        () ->
            new ModelCard.Input(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))));
  }

  /** What is done to gray values. */
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

  Output.Form form() {
    String text = given("--output", "sigmoid, logit or logits", output);
    return InvalidRequestException.check(() -> Output.Form.parse(text));
  }

  boolean givesOutput() {
    return output != null;
  }

  /** The classes that are cats; {@code published} when none was named. */
  List<Integer> cat(List<Integer> published) {
    if (cat.isEmpty() && published.isEmpty()) {
      throw new InvalidRequestException(
          "--cat is missing: name the class that is cat, such as --cat 0");
    }
    return cat.isEmpty() ? published : cat;
  }

  private static String given(String option, String what, @Nullable String value) {
    if (value == null) {
      throw new InvalidRequestException(option + " is missing: " + what);
    }
    return value;
  }

  /** What the photo is called. */
  String photoName() {
    return photo == null ? "a generated picture" : photo.toString();
  }

  /** The photo at the size of the input. */
  Raster photo(ModelCard.Input size) throws IOException {
    Canvas canvas = new Canvas(size.width(), size.height());
    return photo == null ? generated(canvas) : Pictures.fitted(ImageFiles.readGray(photo), canvas);
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
