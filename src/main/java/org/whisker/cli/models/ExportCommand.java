package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.classifier.UnknownLayersException;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Models;
import org.whisker.study.WhiskerVersion;
import org.whisker.torch.ModelExport;
import org.whisker.weights.DType;
import org.whisker.weights.Safetensors;
import org.whisker.weights.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker models export}: a model for Python. */
@Command(
    name = "export",
    description = {
      "Writes a model for Python: torchscript (network, preprocessing and weights, for"
          + " torch.jit.load) or safetensors (the weights under torchvision's or timm's names)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The TorchScript module takes gray values as float32, N x 1 x height x width,",
      "0 black to 1 white, and returns N x 1 logits of not-cat: p(cat) = 1 -",
      "sigmoid(logit). In Python:",
      "  model = torch.jit.load(\"vgg16-mini.pt\").eval()",
      "  p_cat = 1 - torch.sigmoid(model(gray))",
      "",
      "Examples:",
      "  whisker models export vgg16-mini --format torchscript --out vgg16-mini.pt",
      "  whisker models export vgg16-mini --format safetensors \\",
      "      --out vgg16-mini.safetensors"
    })
final class ExportCommand implements Callable<Integer> {
  /** What is written. */
  enum Format {
    TORCHSCRIPT,
    SAFETENSORS
  }

  private final Environment environment;

  @Parameters(paramLabel = "NAME", description = "The model, by name or path.")
  private String name = "";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "torchscript or safetensors.")
  private String format = "";

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file.")
  private Path out = Path.of("");

  @Mixin private final CommonOptions common = new CommonOptions();

  ExportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    Format wanted = format();
    InvalidRequestException.refuse(
        Files.exists(out), "--out " + out + " exists already; name a new file");
    StoredModel model = Models.open(new ModelStore(environment.home().models()), name);
    if (wanted == Format.SAFETENSORS) {
      safetensors(model);
    } else if (model.card().isModule()) {
      copy(model);
    } else {
      torchScript(model);
    }
    environment.out().println("written to " + out);
    return ExitCode.OK;
  }

  private Format format() {
    for (Format each : Format.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(format)) {
        return each;
      }
    }
    throw new InvalidRequestException(
        "--format is torchscript or safetensors, not '" + format + "'");
  }

  private void safetensors(StoredModel model) throws IOException {
    ModelCard card = model.card();
    if (card.isModule()) {
      throw new UnknownLayersException(card.name());
    }
    Safetensors.write(
        out,
        model.weights(),
        Map.of("format", "pt", "model", card.name(), "output", card.output().label()),
        DType.F32);
  }

  private void copy(StoredModel model) throws IOException {
    Path part = WholeFile.partOf(out);
    Files.copy(model.file(), part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
    environment.out().println("the module as it was imported; " + model.card().output().label());
  }

  private void torchScript(StoredModel model) throws IOException {
    ModelCard card = model.card();
    ModelExport.torchScript(model, out, readme(card));
    Canvas canvas = new Canvas(card.input().width(), card.input().height());
    double difference =
        ModelExport.largestDifference(
            model, out, List.of(BlackPixels.none(canvas), ImportOptions.generated(canvas)));
    if (common.quiet()) {
      return;
    }
    environment.out().print(readme(card));
    environment
        .out()
        .printf(
            Locale.ROOT,
            "Loaded again, its logits differ from the model's by at most %.2g.%n",
            difference);
  }

  private static String readme(ModelCard card) {
    ModelCard.Input in = card.input();
    return """
        %s, exported by whisker %s.
        Input: float32, N x 1 x %d x %d, gray from 0 (black) to 1 (white); preprocessing is part of it.
        Output: N x 1 logits of not-cat; p(cat) = 1 - sigmoid(logit).
        """
        .formatted(card.name(), WhiskerVersion.get(), in.height(), in.width());
  }
}
