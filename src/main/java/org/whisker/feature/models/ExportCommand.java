package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.ModelNames;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker models export}: a model for Python. */
@Command(
    name = "export",
    description = {
      "Writes a model for other programs: onnx (network, preprocessing and weights as data, opset"
          + " 17), torchscript (network, preprocessing and weights, for"
          + " torch.jit.load) or safetensors (the weights under torchvision's or timm's names)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
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
final class ExportCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description = "The model, by name or path.")
  private String name = "";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "onnx, torchscript or safetensors.")
  private String format = "";

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file.")
  private Path out = Path.of("");

  @Mixin private final CommonOptions common = new CommonOptions();

  ExportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    ExportJob.Format wanted = InvalidRequestException.check(() -> ExportJob.Format.parse(format));
    ExportJob.Result written = new ExportJob(name, wanted, out).run(environment.context(common));
    if (written.difference().isPresent()) {
      describe(written.readme(), written.difference().getAsDouble());
    } else if (wanted == ExportJob.Format.TORCHSCRIPT) {
      environment
          .out()
          .println("the module as it was imported; " + written.card().output().label());
    }
    environment.out().println("written to " + out);
    return ExitCode.OK;
  }

  private void describe(String readme, double difference) {
    if (common.quiet()) {
      return;
    }
    environment.out().print(readme);
    environment
        .out()
        .printf(
            Locale.ROOT,
            "Loaded again, its logits differ from the model's by at most %.2g.%n",
            difference);
  }
}
