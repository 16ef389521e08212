package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.TextTable;
import org.whisker.feature.models.BenchCommand.AgainstJob.AgainstResult;
import org.whisker.feature.models.BenchJob.BenchPlan;
import org.whisker.feature.models.BenchJob.BenchResult;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.io.JsonFile;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Leftovers;
import org.whisker.job.Provenance;
import org.whisker.job.SearchPrecision;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.table.Columns;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.value.Text;

/** {@code whisker bench}: what evolution costs beyond the network. */
@Command(
    name = "bench",
    description = {
      "Compares evolution with bare forward passes, and bfloat16 with float32.",
      "They take turns in one process, on the same modules. After each generation, its batches are"
          + " scored again by bare forward passes, so both score the same number of images in"
          + " batches of the same sizes.",
      "On the CPU, evolve runs one copy of a small network per core, each with one thread in"
          + " its operators. These are compared with one copy that uses all cores.",
      "With --against, compares the scoring of two models instead, such as the same network read"
          + " from ONNX and from TorchScript."
    },
    footer = {
      "",
      "Examples:",
      "  whisker bench --model vgg16-mini",
      "  whisker bench --model inception-resnet-v2 --precision bfloat16 --population 50",
      "  whisker bench --all --seconds 30 --out bench.json",
      "  whisker bench --model cats-onnx --against cats-torchscript"
    })
@HelpOrder("--quiet --verbose --json --model --all --device")
public final class BenchCommand extends RecordCommand<BenchCommand.Asked> {
  /** What is measured, and for how long. */
  record Asked(
      @Option(
              names = "--model",
              label = "NAME",
              candidates = Option.MODELS,
              help =
                  "A folder in models/ or the path of one, or vgg16, inception-resnet-v2,"
                      + " mobilenet-v2 or tf-mobilenet-v2: full size, with random weights.")
          Optional<String> model,
      @Option(names = "--all", help = "All of the above, one after another, in place of --model.")
          boolean all,
      @SharedOptions.Device String device,
      @Option(
              names = "--precision",
              label = "P",
              defaultValue = SearchPrecision.AUTO,
              help =
                  "Precision in which evolution scores: float32, bfloat16, or auto (the faster"
                      + " one).")
          String precision,
      @Option(
              names = "--population",
              label = "N",
              defaultValue = "100",
              min = 2,
              help = "Images in a generation.")
          int population,
      @Option(
              names = "--batch",
              label = "N",
              min = 1,
              help = "Maximum number of images per forward pass. Default: as in evolve.")
          OptionalInt batch,
      @Option(
              names = "--seconds",
              label = "S",
              defaultValue = "10",
              above = 0,
              max = 3600,
              help = "Measure evolution for at least this long.")
          double seconds,
      @Option(
              names = "--against",
              label = "NAME",
              candidates = Option.MODELS,
              help =
                  "Score the same pictures with this model and with --model in turn, and say how"
                      + " fast the one is relative to the other, in float32 and bfloat16, and how"
                      + " far their logits differ.")
          Optional<String> against,
      @Option(names = "--out", label = "FILE.json", help = "Also write all rates to this file.")
          Optional<Path> out) {
    Asked {
      InvalidRequestException.refuse(
          all && against.isPresent(), "--all and --against exclude each other");
      InvalidRequestException.refuse(
          all == model.isPresent(), "give --model NAME or --all, and not both");
    }

    private BenchPlan plan() {
      return BenchPlan.of(
          TorchDevice.parse(device), SearchPrecision.parse(precision), population, batch, seconds);
    }
  }

  public BenchCommand(Environment environment) {
    super(environment, Asked.class, Extra.JSON);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    BenchPlan plan = config(Asked::plan);
    JobContext context = context();
    if (asked.against().isPresent()) {
      AgainstJob job = new AgainstJob(asked.model().orElseThrow(), asked.against().get(), plan);
      List<AgainstResult> results = job.run(context);
      tell(job.content(results, context), against(results), asked.out());
    } else {
      BenchJob job = new BenchJob(asked.model(), plan);
      List<BenchResult> results = job.run(context);
      tell(job.content(results, context), text(results), asked.out());
    }
    return ExitCode.OK;
  }

  private void tell(Map<String, Object> content, String text, Optional<Path> file)
      throws IOException {
    environment().out().print(json() ? JsonFile.ascii(content) + "\n" : text);
    if (file.isPresent()) {
      Leftovers.removeAbandonedOf(file.get());
      JsonFile.write(file.get(), content);
    }
  }

  /** Speeds for the terminal, a row a model. */
  private static String text(List<BenchResult> all) {
    return TextTable.of(
        Columns.of(BenchResult.class)
            .with("MODEL", bench -> bench.card().name())
            .with("FLOAT32 img/s", bench -> rate(bench.precisions().reference()))
            .with("BFLOAT16 img/s", bench -> rate(bench.precisions().compared()))
            .with("BFLOAT16 / FLOAT32", bench -> ratio(bench.precisions()))
            .with("EVOLUTION IN", bench -> bench.precision().label())
            .with("BARE img/s", bench -> rate(bench.evolution().reference()))
            .with("EVOLUTION img/s", bench -> rate(bench.evolution().compared()))
            .with("EVOLUTION / BARE", bench -> ratio(bench.evolution()))
            .with(
                "A COPY A CORE / ONE",
                bench -> bench.copies().map(BenchCommand::ratio).orElse("\u2013")),
        all);
  }

  /** A row a precision. */
  private static String against(List<AgainstResult> all) {
    return TextTable.of(
        Columns.of(AgainstResult.class)
            .with("MODEL", AgainstResult::model)
            .with("IN", each -> each.precision().label())
            .with("img/s", each -> rate(each.rates().compared()))
            .with("AGAINST", AgainstResult::against)
            .with("IN", each -> each.other().label())
            .with("img/s", each -> rate(each.rates().reference()))
            .with("RATIO", each -> ratio(each.rates()))
            .with("GREATEST DIFFERENCE OF LOGITS", each -> Text.of("%.2g", each.difference())),
        all);
  }

  private static String rate(List<Double> rates) {
    return Text.of("%.1f", PairedRates.median(rates));
  }

  private static String ratio(PairedRates rates) {
    return Text.of(
        "%.3f (%.3f to %.3f, %d pairs)",
        rates.medianRatio(), rates.leastRatio(), rates.greatestRatio(), rates.ratios().size());
  }

  /**
   * Measures how fast a model scores, compared with another one of the same input size: for
   * instance a network read from ONNX with the same network as a TorchScript module. They take
   * turns in one process, in each precision that the model can be had in.
   *
   * @param model a stored model, by name or path, or a published network
   * @param against the other, likewise
   */
  public record AgainstJob(String model, String against, BenchPlan plan) {
    /** Measures in float32 and, where the layers of the model are known, in bfloat16. */
    public List<AgainstResult> run(JobContext context) throws IOException {
      ModelStore store = new ModelStore(context.home().models());
      StoredModel compared = BenchJob.openAny(store, model, context.clock());
      StoredModel reference = BenchJob.openAny(store, against, context.clock());
      List<AgainstResult> results = new ArrayList<>();
      for (Precision precision : precisions(compared)) {
        results.add(AgainstResult.of(compared, reference, precision, plan, System::nanoTime));
      }
      return results;
    }

    private List<Precision> precisions(StoredModel compared) {
      return compared.card().isModule() ? List.of(Precision.FLOAT32) : plan.precisions();
    }

    /** All rates, and what they were measured on, by name. */
    public Map<String, Object> content(List<AgainstResult> results, JobContext context) {
      Map<String, Object> json = Provenance.manifest("bench", context);
      json.put("device", plan.device().label());
      json.put("batch", plan.batch());
      json.put("seconds", plan.seconds());
      json.put("comparisons", results.stream().map(AgainstResult::json).toList());
      return json;
    }

    /**
     * The speed of a model against that of another one on the same pictures.
     *
     * @param precision the precision of the model
     * @param other precision of the other one, float32 where its layers are not known
     * @param rates images a second, the model compared with the other one
     * @param difference the greatest difference of their logits over the pictures
     */
    public record AgainstResult(
        String model,
        String against,
        Precision precision,
        Precision other,
        PairedRates rates,
        double difference) {

      /**
       * Measures in one precision.
       *
       * @throws InvalidRequestException when the models take pictures of different sizes
       */
      static AgainstResult of(
          StoredModel model,
          StoredModel against,
          Precision precision,
          BenchPlan plan,
          LongSupplier nanoTime)
          throws IOException {
        Canvas canvas = model.card().input().canvas();
        Canvas others = against.card().input().canvas();
        InvalidRequestException.refuse(
            !canvas.equals(others),
            "%s takes %s pictures and %s %s; name two models of one size"
                .formatted(model.card().name(), canvas, against.card().name(), others));
        Precision other = against.card().isModule() ? Precision.FLOAT32 : precision;
        try (Classifier compared = Classifiers.openAny(model, plan.settings(precision));
            Classifier reference = Classifiers.openAny(against, plan.settings(other))) {
          List<Raster> pictures = SpeedComparison.pictures(canvas, plan.batch());
          return new AgainstResult(
              model.card().name(),
              against.card().name(),
              precision,
              other,
              SpeedComparison.takeTurns(
                  () -> reference.logits(pictures).length,
                  () -> compared.logits(pictures).length,
                  plan.blocks(),
                  plan.blockSeconds(),
                  nanoTime),
              difference(compared.logits(pictures), reference.logits(pictures)));
        }
      }

      private static double difference(float[] some, float[] others) {
        double greatest = 0;
        for (int i = 0; i < some.length; i++) {
          greatest = Math.max(greatest, Math.abs((double) some[i] - others[i]));
        }
        return greatest;
      }

      /** All rates, for a file. */
      Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("against", against);
        json.put("precision", precision.label());
        json.put("against_precision", other.label());
        json.put("images_per_second", rates.compared());
        json.put("against_images_per_second", rates.reference());
        json.put("ratio_median", rates.medianRatio());
        json.put("logits_differ_by", difference);
        return json;
      }
    }
  }
}
