package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.SideBySide;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.models.BenchJob.BenchModels;
import org.whisker.feature.models.BenchJob.BenchPlan;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.feature.models.SpeedComparison.TurnTaking;
import org.whisker.feature.models.SpeedComparison.TurnTaking.Pass;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.Provenance;
import org.whisker.job.Workers;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchClassifier.BareForward;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.weights.InitialWeights;

/**
 * Measures how images a second and memory change as the work of one network grows: the images of a
 * forward pass, the side of the canvas, the black pixels of an image, and copies of the network
 * that score side by side. Each size takes turns with a reference of its kind.
 *
 * @param model a stored model, by name or path, or a published network
 */
public record ScalingJob(String model, BenchPlan plan) {
  private static final long SEED = 1;
  private static final int BLOCKS = 5;
  private static final double SHARE = 0.2;
  private static final List<Integer> BATCHES = List.of(1, 4, 16, 64, 256);
  private static final List<Double> SIDES = List.of(0.5, 1.0, 1.5, 2.0);
  private static final List<Integer> BLACK = List.of(1, 10, 100, 1000);

  /** What grows, and what its rows are compared with. */
  enum Growth {
    BATCH("images a forward pass", "passes of --batch images"),
    CANVAS("side of the canvas, pixels", "the model's own side"),
    BLACK_PIXELS("black pixels an image", "bare passes of whole images"),
    COPIES("copies side by side", "one copy");

    private final String label;
    private final String reference;

    Growth(String label, String reference) {
      this.label = label;
      this.reference = reference;
    }

    String label() {
      return label;
    }

    String reference() {
      return reference;
    }
  }

  /**
   * The speed at one size.
   *
   * @param value images, pixels or copies
   * @param rates images a second, this size compared with the reference
   * @param peakShare multiply-adds a second of whole images, divided by those of the product of
   *     matrices; empty where images are not computed whole
   * @param memory highest resident bytes of the process until then; empty where the system does not
   *     tell
   */
  public record ScalingRow(
      Growth growth,
      Precision precision,
      int value,
      PairedRates rates,
      OptionalDouble peakShare,
      OptionalLong memory) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("growth", growth.label());
      json.put("value", value);
      json.put("precision", precision.label());
      json.put("reference", growth.reference());
      json.put("images_per_second", rates.compared());
      json.put("reference_images_per_second", rates.reference());
      json.put("ratio_median", rates.medianRatio());
      peakShare.ifPresent(share -> json.put("share_of_matrix_product", share));
      memory.ifPresent(bytes -> json.put("peak_resident_bytes", bytes));
      return json;
    }
  }

  /** Measures in float32 and bfloat16, or in the precision that was asked for. */
  public List<ScalingRow> run(JobContext context) throws IOException {
    StoredModel stored =
        BenchModels.open(new ModelStore(context.home().models()), model, context.clock());
    List<Precision> precisions = plan.precisions();
    List<ScalingRow> rows = new ArrayList<>();
    int steps = precisions.size() * Growth.values().length;
    try (Progress progress = context.progress("measuring " + model, steps)) {
      long done = 0;
      for (Precision precision : precisions) {
        Sizes sizes = Sizes.of(stored, plan, precision);
        for (Growth growth : Growth.values()) {
          rows.addAll(sizes.rows(growth));
          progress.stepTo(++done);
        }
      }
    }
    return rows;
  }

  /** All rates, and what they were measured on, by name. */
  public Map<String, Object> content(List<ScalingRow> rows, JobContext context) {
    Map<String, Object> json = Provenance.manifest("bench", context);
    json.put("model", model);
    json.put("device", plan.device().label());
    json.put("batch", plan.batch());
    json.put("seconds", plan.seconds());
    json.put("scaling", rows.stream().map(ScalingRow::json).toList());
    return json;
  }

  /**
   * One model in one precision.
   *
   * @param peak multiply-adds a second of the product of matrices
   */
  private record Sizes(
      StoredModel model, BenchPlan plan, Precision precision, double peak, HostInfo host) {
    static Sizes of(StoredModel model, BenchPlan plan, Precision precision) throws IOException {
      double peak = MatrixProduct.multiplyAdds(plan, precision);
      return new Sizes(model, plan, precision, peak, new HostInfo(Path.of("/")));
    }

    List<ScalingRow> rows(Growth growth) throws IOException {
      return switch (growth) {
        case BATCH -> batches();
        case CANVAS -> canvases();
        case BLACK_PIXELS -> blackPixels();
        case COPIES -> copies();
      };
    }

    private List<ScalingRow> batches() throws IOException {
      int most = BATCHES.stream().mapToInt(n -> n).max().orElseThrow();
      List<ScalingRow> rows = new ArrayList<>();
      try (TorchClassifier open = Classifiers.open(model, settings(Math.max(most, plan.batch())));
          BareForward usual = open.bareForward(pictures(open, plan.batch()));
          BareForward bare = open.bareForward(pictures(open, most))) {
        for (int size : BATCHES) {
          rows.add(
              row(Growth.BATCH, size, whole(model.card()), usual::pass, () -> bare.pass(size)));
        }
      }
      return rows;
    }

    private List<ScalingRow> canvases() throws IOException {
      List<ScalingRow> rows = new ArrayList<>();
      try (TorchClassifier own = Classifiers.open(model, settings(plan.batch()));
          BareForward usual = own.bareForward(pictures(own, plan.batch()))) {
        for (double times : SIDES) {
          for (ModelCard card : resized(times).stream().toList()) {
            rows.add(canvas(card, usual));
          }
        }
      }
      return rows;
    }

    private ScalingRow canvas(ModelCard card, BareForward usual) throws IOException {
      try (TorchClassifier other =
              Classifiers.of(
                  card,
                  InitialWeights.of(Networks.of(card).parameters(), SEED),
                  settings(plan.batch()));
          BareForward bare = other.bareForward(pictures(other, plan.batch()))) {
        return row(Growth.CANVAS, card.input().width(), whole(card), usual::pass, bare::pass);
      }
    }

    /** The card of the same network for a larger or smaller canvas, where it can have one. */
    private Optional<ModelCard> resized(double times) {
      ModelCard.Input input = model.card().input();
      try {
        ModelCard card =
            model
                .card()
                .withInput(
                    new ModelCard.Input(
                        input.channels(),
                        (int) Math.round(times * input.height()),
                        (int) Math.round(times * input.width())));
        Networks.of(card);
        return Optional.of(card);
      } catch (IllegalArgumentException tooSmall) {
        return Optional.empty();
      }
    }

    private List<ScalingRow> blackPixels() throws IOException {
      List<ScalingRow> rows = new ArrayList<>();
      try (TorchClassifier open = Classifiers.open(model, settings(plan.batch()));
          BareForward usual = open.bareForward(pictures(open, plan.batch()))) {
        for (int black : BLACK) {
          List<Raster> pictures = SpeedComparison.pictures(open.canvas(), plan.batch(), black);
          rows.add(
              row(
                  Growth.BLACK_PIXELS,
                  black,
                  OptionalDouble.empty(),
                  usual::pass,
                  () -> open.logits(pictures)));
        }
      }
      return rows;
    }

    private List<ScalingRow> copies() throws IOException {
      Workers workers = Workers.of(List.of(model), plan.device());
      List<ScalingRow> rows = new ArrayList<>();
      for (int count : IntStream.rangeClosed(1, workers.count()).toArray()) {
        try (SideBySide one = Copies.open(model, settings(plan.batch()), workers, 1);
            SideBySide several = Copies.open(model, settings(plan.batch()), workers, count)) {
          List<Raster> pictures = pictures(one, plan.batch());
          rows.add(
              row(
                  Growth.COPIES,
                  count,
                  OptionalDouble.empty(),
                  () -> one.logits(pictures),
                  () -> several.logits(pictures)));
        }
      }
      return rows;
    }

    private TorchClassifier.Settings settings(int batch) {
      return new TorchClassifier.Settings(precision, plan.device(), batch);
    }

    private static List<Raster> pictures(Classifier classifier, int count) {
      return SpeedComparison.pictures(classifier.canvas(), count);
    }

    private static OptionalDouble whole(ModelCard card) {
      return OptionalDouble.of((double) Networks.of(card).multiplyAdds());
    }

    private ScalingRow row(
        Growth growth,
        int value,
        OptionalDouble multiplyAdds,
        Scoring reference,
        Scoring compared) {
      PairedRates rates =
          TurnTaking.measure(
              () -> reference.logits().length,
              () -> compared.logits().length,
              BLOCKS,
              plan.seconds() * SHARE / BLOCKS,
              System::nanoTime);
      double speed = PairedRates.median(rates.compared());
      OptionalDouble share =
          multiplyAdds.isPresent()
              ? OptionalDouble.of(speed * multiplyAdds.getAsDouble() / peak)
              : OptionalDouble.empty();
      return new ScalingRow(growth, precision, value, rates, share, host.peakResident());
    }
  }

  /** Scores pictures. */
  @FunctionalInterface
  private interface Scoring {
    float[] logits();
  }

  /**
   * The product of a matrix of {@value #CHANNELS} by {@value #CHANNELS} with one of as many rows
   * and a column a pixel, which is what a convolution of 1 x 1 computes: close to the most that the
   * engine does on this machine. (Layers of matrices at the end of a network stay in float32.)
   */
  private static final class MatrixProduct {
    private static final int CHANNELS = 512;
    private static final int LAYERS = 4;
    private static final int IMAGES = 8;
    private static final Canvas CANVAS = new Canvas(32, 32);

    /** Multiply-adds a second, the median of the blocks. */
    static double multiplyAdds(BenchPlan plan, Precision precision) {
      Network network = network();
      TorchClassifier.Settings settings =
          new TorchClassifier.Settings(precision, plan.device(), IMAGES);
      try (TorchClassifier open =
              new TorchClassifier(
                  "matrices",
                  network,
                  InitialWeights.of(network.parameters(), SEED),
                  new Preprocessing(0, 1),
                  settings);
          BareForward bare = open.bareForward(SpeedComparison.pictures(CANVAS, IMAGES))) {
        Pass pass = () -> bare.pass().length;
        double seconds = plan.seconds() * SHARE / BLOCKS;
        PairedRates rates = TurnTaking.measure(pass, pass, BLOCKS, seconds, System::nanoTime);
        return PairedRates.median(rates.compared()) * network.multiplyAdds();
      }
    }

    private static Network network() {
      List<Node> nodes = new ArrayList<>();
      FeatureShape image = new FeatureShape(1, CANVAS.height(), CANVAS.width());
      nodes.add(new Node("input", new Layer.Input(image), List.of(), image));
      int channels = 1;
      for (int i = 0; i <= LAYERS; i++) {
        Window point = Window.square(1, 1, 0);
        append(nodes, "product." + i, new Layer.Conv(channels, CHANNELS, point, false));
        channels = CHANNELS;
      }
      append(nodes, "pool", new Layer.AdaptiveAvgPool(1));
      append(nodes, "flatten", new Layer.Flatten());
      append(nodes, "logit", new Layer.Linear(CHANNELS, 1));
      return new Network("matrices", nodes, Map.of(), Padding.ZERO);
    }

    private static void append(List<Node> nodes, String name, Layer layer) {
      int last = nodes.size() - 1;
      FeatureShape shape = layer.output(List.of(nodes.get(last).shape()));
      nodes.add(new Node(name, layer, List.of(last), shape));
    }
  }

  /** Copies of a network that score side by side, as workers of a search do. */
  static final class Copies {
    private Copies() {}

    /**
     * Opens copies and scores once by them, so that their threads have begun, and keep the workers'
     * number of threads in each operator.
     */
    static SideBySide open(
        StoredModel model, TorchClassifier.Settings settings, Workers workers, int count)
        throws IOException {
      OperatorThreads.Scope threads = workers.threads();
      try (threads) {
        SideBySide copies = new SideBySide(networks(model, settings, count));
        try {
          copies.logits(SpeedComparison.pictures(copies.canvas(), settings.batch()));
          return copies;
        } catch (RuntimeException | Error e) {
          copies.close();
          throw e;
        }
      }
    }

    private static List<Classifier> networks(
        StoredModel model, TorchClassifier.Settings settings, int count) throws IOException {
      List<Classifier> opened = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          opened.add(Classifiers.openAny(model, settings));
        }
        return opened;
      } catch (IOException | RuntimeException | Error e) {
        opened.forEach(Classifier::close);
        throw e;
      }
    }
  }
}
