package org.whisker.feature.models;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Output;
import org.whisker.classifier.PublishedModel;
import org.whisker.feature.models.ImportRequest.ModuleLimits;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;

/** What somebody else's classifier takes and gives. */
record ImportOptions(
    @Option(
            parser = InputShape.class,
            names = "--input",
            label = "CxHxW",
            help =
                "Channels (1 or 3), height and width of its input, such as 3x224x224. Default"
                    + " with --arch: as published; for an ONNX file: as the file says.")
        Optional<ModelCard.Input> input,
    @Option(
            names = "--mean",
            split = ",",
            label = "M",
            help =
                "Subtracted from values of 0 (black) to 1 (white); one, or one per channel."
                    + " Default: 0, or as published.")
        List<Float> mean,
    @Option(
            names = "--std",
            split = ",",
            label = "S",
            help =
                "The difference is divided by this; one, or one per channel. Default: 1, or as"
                    + " published.")
        List<Float> std,
    @Option(
            names = "--output",
            label = "FORM",
            help = {
              "sigmoid (one probability, of class 1), logit (one logit, of class 1) or logits (one"
                  + " per class, before softmax).",
              "An ONNX file itself shows whether it ends in a sigmoid or has several classes.",
              "In float32 a sigmoid cannot distinguish logits beyond about 17; prefer logit."
            })
        Optional<Output.Form> output,
    @Option(
            names = "--cat",
            split = ",",
            label = "CLASS",
            help =
                "Index of the cat class, from 0; with logits, several classes may be given and are"
                    + " summed. With sigmoid or logit: 0 if it is high for images that are not"
                    + " cats, 1 if it is high for cats. ImageNet's cats are 281,282,283,284,285"
                    + " (the default with --arch).")
        List<Integer> cat,
    @Option(
            names = "--class",
            label = "NAME=CLASS",
            help = {
              "Ask for another class than cat: its index, several with a name of their own"
                  + " (dog=207,208), or its name where the names are known.",
              "For an image half of CLIP: a file with the vector of a text, or of several, the"
                  + " first of which is asked for (cat=texts.npy). Its logit is 100 times the"
                  + " cosine, or as many times as a vector is long that is not of length 1.",
              "Every command asks for it then; MODEL@CLASS asks for another one."
            })
        Optional<String> target,
    @Option(
            names = "--classes",
            label = "FILE",
            help =
                "The names of the classes: a name a line, or JSON by index. Default: as the"
                    + " metadata of an ONNX file says (names or classes).")
        Optional<Path> classes,
    @Option(
            names = "--photo",
            label = "IMAGE",
            help =
                "A photo to test the model on, in addition to pure white. Default: a generated"
                    + " picture.")
        Optional<Path> photo,
    @Option(
            names = "--trust",
            help = {
              "Import a TorchScript module although its code uses operators that are not tensor"
                  + " mathematics, which may read and write files.",
              "Remembered in models/ by the module's hash; without it, such a module is not opened."
            })
        boolean trust,
    @Option(
            names = "--timeout",
            defaultValue = "" + ModuleLimits.SECONDS,
            label = "SECONDS",
            help = "How long the code of a TorchScript module may run.")
        double timeout,
    @SharedOptions.Device String device) {
  private static final int MOST_SECONDS = 1_000_000;
  private static final Pattern INPUT = Pattern.compile("([13])x(\\d{1,5})x(\\d{1,5})");

  /**
   * Turns these options into a request.
   *
   * @param architecture whose weights the file holds; empty for an ONNX file or a module
   * @throws InvalidRequestException for impossible options
   */
  ImportRequest request(Path file, String name, Optional<PublishedModel> architecture) {
    return InvalidRequestException.check(
        () ->
            new ImportRequest(
                file,
                name,
                architecture,
                input,
                mean,
                std,
                output,
                cat,
                target,
                classes,
                photo,
                TorchDevice.parse(new DeviceConfig(device, Precision.FLOAT32).device()),
                limits()));
  }

  private ModuleLimits limits() {
    if (!(timeout > 0 && timeout <= MOST_SECONDS)) {
      throw new IllegalArgumentException(
          "--timeout must be above 0 and at most " + MOST_SECONDS + " s, was " + timeout);
    }
    return new ModuleLimits(trust, Duration.ofNanos(Math.max(1, Math.round(timeout * 1e9))));
  }

  /** Reads a shape such as {@code 3x224x224}. */
  static final class InputShape implements Option.Parser<ModelCard.Input> {
    @Override
    public ModelCard.Input parse(String text) {
      Matcher matcher = INPUT.matcher(text);
      InvalidRequestException.refuse(
          !matcher.matches(), "--input is 1xHxW or 3xHxW, such as 3x224x224, was '" + text + "'");
      return new ModelCard.Input(
          Integer.parseInt(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)));
    }
  }
}
