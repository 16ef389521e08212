package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.StoredModel;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.AtomicFiles;
import org.whisker.job.FolderSession;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.network.Network;
import org.whisker.onnx.OnnxExport;
import org.whisker.option.Option;
import org.whisker.torch.ModelExport;
import org.whisker.value.Labelled;
import org.whisker.value.Text;
import org.whisker.weights.DType;
import org.whisker.weights.Layouts;
import org.whisker.weights.Safetensors;
import org.whisker.weights.WholeFile;

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
      "0 black to 1 white, and return N x 1 logits of not-cat: p(target) = 1 -",
      "sigmoid(logit). In Python:",
      "  model = torch.jit.load(\"vgg16-mini.pt\").eval()",
      "  p_target = 1 - torch.sigmoid(model(gray))",
      "",
      "Examples:",
      "  whisker models export vgg16-mini --format onnx --out vgg16-mini.onnx",
      "  whisker models export vgg16-mini --format torchscript --out vgg16-mini.pt",
      "  whisker models export vgg16-mini --format safetensors \\",
      "      --out vgg16-mini.safetensors"
    })
@HelpOrder("--format --out --quiet --verbose")
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

  /**
   * Writes a model for other programs.
   *
   * @param model by name or path
   * @param format the format of the file
   * @param out a new file
   */
  record ExportJob(String model, Format format, Path out) {
    public enum Format implements Labelled {
      /** Network, preprocessing and weights as data, of opset 17. */
      ONNX,
      /** The network as code, for {@code torch.jit.load}. */
      TORCHSCRIPT,
      /** The weights under torchvision's or timm's names. */
      SAFETENSORS;

      /**
       * The format as users type it.
       *
       * @throws IllegalArgumentException for another word
       */
      public static Format parse(String label) {
        return Labelled.find(values(), label)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--format is onnx, torchscript or safetensors, not '" + label + "'"));
      }
    }

    /**
     * What was written.
     *
     * @param card the card of the model
     * @param readme what the file takes and returns; empty unless it was made as TorchScript
     * @param difference largest difference between the logits of the file, loaded again, and the
     *     model's; empty unless it was made as TorchScript
     */
    public record Result(ModelCard card, String readme, OptionalDouble difference) {}

    /**
     * Writes the file.
     *
     * @throws InvalidRequestException when the file exists
     * @throws UnknownLayersException for the weights of a TorchScript module
     * @throws IOException when the model can't be opened or the file can't be written
     */
    public Result run(JobContext context) throws IOException {
      requireNew();
      return FolderSession.making(out, () -> made(context));
    }

    private void requireNew() {
      InvalidRequestException.refuse(
          Files.exists(out), "--out " + out + " exists already; name a new file");
    }

    private Result made(JobContext context) throws IOException {
      requireNew();
      StoredModel stored = Models.open(new ModelStore(context.home().models()), model);
      if (format == Format.SAFETENSORS) {
        safetensors(stored);
      } else if (format == Format.ONNX) {
        onnx(stored);
      } else if (stored.card().isModule()) {
        copy(stored);
      } else {
        return torchScript(stored);
      }
      return new Result(stored.card(), "", OptionalDouble.empty());
    }

    private void safetensors(StoredModel stored) throws IOException {
      ModelCard card = stored.card();
      if (card.isModule()) {
        throw new UnknownLayersException(card.name());
      }
      Safetensors.write(
          out,
          stored.weights(),
          Map.of("format", "pt", "model", card.name(), "output", card.output().label()),
          DType.F32);
    }

    private void onnx(StoredModel stored) throws IOException {
      ModelCard card = stored.card();
      if (card.isModule()) {
        throw new UnknownLayersException(card.name());
      }
      Network network = Networks.of(card);
      OnnxExport.write(
          network,
          Layouts.fit(stored.weights(), network.parameters()),
          card.preprocessing().mean(),
          card.preprocessing().sd(),
          readme(card),
          out);
    }

    private void copy(StoredModel stored) throws IOException {
      Path part = WholeFile.partOf(out);
      try {
        Files.copy(stored.file(), part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw AtomicFiles.inOneLine(out, e);
      } finally {
        Files.deleteIfExists(part);
      }
    }

    private Result torchScript(StoredModel stored) throws IOException {
      ModelCard card = stored.card();
      String readme = readme(card);
      ModelExport.torchScript(stored, out, readme);
      Canvas canvas = card.input().canvas();
      double difference =
          ModelExport.largestDifference(
              stored, out, List.of(BlackPixels.none(canvas), ImportRequest.generated(canvas)));
      return new Result(card, readme, OptionalDouble.of(difference));
    }

    private static String readme(ModelCard card) {
      ModelCard.Input in = card.input();
      return Text.of(
          """
          %s, exported by whisker %s.
          Input: float32, N x 1 x %d x %d, gray from 0 (black) to 1 (white); preprocessing is part of it.
          Output: N x 1 logits of not-cat; p(target) = 1 - sigmoid(logit).
          """,
          card.name(), Provenance.whiskerVersion(), in.height(), in.width());
    }
  }
}
