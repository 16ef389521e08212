package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.option.Option;
import picocli.CommandLine.Command;

/** {@code whisker models export}: a model for Python. */
@Command(
    name = "export",
    description = {
      "Writes a model for other programs: onnx (network, preprocessing and weights as data, opset"
          + " 17), torchscript (network, preprocessing and weights, for"
          + " torch.jit.load) or safetensors (the weights under torchvision's or timm's names)."
    },
    footer = {
      "",
      "The ONNX file and the TorchScript module take gray values as float32, N x 1 x height x"
          + " width,",
      "0 black to 1 white, and return N x 1 logits of not-cat: p(cat) = 1 -",
      "sigmoid(logit). In Python:",
      "  model = torch.jit.load(\"vgg16-mini.pt\").eval()",
      "  p_cat = 1 - torch.sigmoid(model(gray))",
      "",
      "Examples:",
      "  whisker models export vgg16-mini --format onnx --out vgg16-mini.onnx",
      "  whisker models export vgg16-mini --format torchscript --out vgg16-mini.pt",
      "  whisker models export vgg16-mini --format safetensors \\",
      "      --out vgg16-mini.safetensors"
    })
final class ExportCommand extends RecordCommand<ExportCommand.Asked> {
  /** What is written, and where. */
  record Asked(
      @Option(candidates = Option.MODELS, label = "NAME", help = "The model, by name or path.")
          String name,
      @Option(names = "--format", label = "FORMAT", help = "onnx, torchscript or safetensors.")
          ExportJob.Format format,
      @Option(names = "--out", label = "FILE", help = "A new file.") Path out) {}

  ExportCommand(Environment environment) {
    super(environment, Asked.class);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of("--format", "--out", "--quiet", "--verbose");
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    ExportJob.Format wanted = asked.format();
    ExportJob.Result written = new ExportJob(asked.name(), wanted, asked.out()).run(context());
    if (written.difference().isPresent()) {
      describe(written.readme(), written.difference().getAsDouble());
    } else if (wanted == ExportJob.Format.TORCHSCRIPT) {
      environment()
          .out()
          .println("the module as it was imported; " + written.card().output().label());
    }
    environment().out().println("written to " + asked.out());
    return ExitCode.OK;
  }

  private void describe(String readme, double difference) {
    if (common().quiet()) {
      return;
    }
    environment().out().print(readme);
    environment()
        .out()
        .printf(
            Locale.ROOT,
            "Loaded again, its logits differ from the model's by at most %.2g.%n",
            difference);
  }
}
