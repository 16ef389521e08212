package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.FeatureClassifier.UnitGradients;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.models.LayerTables.FieldRingRow;
import org.whisker.feature.models.LayerTables.FoveationTables;
import org.whisker.feature.models.LayerTables.LayerRow;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.GrayImage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.PathCounts;
import org.whisker.network.TokenOperation;
import org.whisker.network.UnitField;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.saliency.EffectiveReceptiveField.CentreUnit;
import org.whisker.saliency.SaliencyMap;
import org.whisker.table.MapFiles;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * Derives layers, receptive fields and path counts from the graph of a network, without running it,
 * and measures the effective receptive field of a layer where it is asked to.
 */
final class NetworkJob extends ResumableJob<NetworkJob.NetworkConfig, NetworkJob.Result> {
  private static final String COMMAND = "network show";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "network",
          "architecture",
          "sha256",
          "input",
          "own_padding",
          "paddings",
          "layer",
          "gradient_pictures");

  private final ModelStore store;

  public NetworkJob(JobContext context) {
    super(context, COMMAND, NetworkConfig.class);
    this.store = new ModelStore(context.home().models());
  }

  /**
   * What was derived, and written to the folder.
   *
   * @param layer position of the layer that paths are counted to
   * @param layers a row a layer
   * @param foveation a padding each
   * @param leftOut paddings that the network can't have, a line each with the reason
   * @param fields effective receptive fields by {@code trained} and {@code untrained}; empty where
   *     none were measured
   */
  public record Result(
      Path folder,
      Network network,
      int layer,
      List<LayerRow> layers,
      List<PaddingFoveation> foveation,
      List<String> leftOut,
      Map<String, EffectiveReceptiveField> fields)
      implements Outcome {}

  /**
   * Writes {@code layers.csv}, the tables of {@link FoveationTables} where paths can be counted
   * and, if measured, {@code receptive_field.csv} with its maps.
   *
   * @throws InvalidRequestException for a network, layer or padding that there is not
   */
  @Override
  public Result run(NetworkConfig config, JobFolder.Place place) throws IOException {
    NetworkChoice choice = NetworkChoice.of(store, config.network());
    Network network = choice.network();
    int layer = layer(config, network);
    InvalidRequestException.refuse(
        config.gradientImages() > 0 && choice.card().isEmpty(),
        "--gradient needs a model with weights; the published " + config.network() + " has none");
    List<String> leftOut = new ArrayList<>();
    List<PaddingFoveation> foveation = foveation(config, network, layer, leftOut);
    JobFolder.Job job =
        new JobFolder.Job(
            context.home().analyses(),
            "network-" + choice.name(),
            manifest(config, choice, layer, foveation),
            config,
            DECISIVE);
    return JobFolder.hold(
        context,
        place,
        job,
        folder -> {
          List<LayerRow> layers = networkLayers(network);
          return new Result(
              folder.folder(),
              network,
              layer,
              layers,
              foveation,
              leftOut,
              derived(config, folder, network, layer, layers, foveation));
        });
  }

  private static int layer(NetworkConfig config, Network network) {
    return config
        .layer()
        .map(name -> InvalidRequestException.check(() -> network.position(name)))
        .orElseGet(network::lastFeatureMap);
  }

  /** What a folder is of whose job is done, without effective receptive fields. */
  Result shown(Path folder) throws IOException {
    NetworkConfig config = JobManifest.open(folder, COMMAND).recorded(type());
    Network network = NetworkChoice.of(store, config.network()).network();
    int layer = layer(config, network);
    List<String> leftOut = new ArrayList<>();
    return new Result(
        folder,
        network,
        layer,
        LayerRow.TABLE.read(folder.resolve(LayerRow.FILE)),
        foveation(config, network, layer, leftOut),
        leftOut,
        Map.of());
  }

  private Map<String, EffectiveReceptiveField> derived(
      NetworkConfig config,
      JobFolder job,
      Network network,
      int layer,
      List<LayerRow> layers,
      List<PaddingFoveation> foveation)
      throws IOException {
    job.begin();
    LayerRow.TABLE.writeIn(job.folder(), layers);
    if (!foveation.isEmpty()) {
      tables(network, foveation).write(job.folder());
    }
    Map<String, EffectiveReceptiveField> fields = fields(config, network, layer);
    if (!fields.isEmpty()) {
      EffectiveFields.write(job.folder(), fields);
    }
    job.finish(Map.of());
    return fields;
  }

  private Map<String, EffectiveReceptiveField> fields(
      NetworkConfig config, Network network, int layer) throws IOException {
    return config.gradientImages() == 0
        ? Map.of()
        : new EffectiveFields(store.open(config.network()), network, layer, config.gradientImages())
            .measure();
  }

  /** All paddings that the network can have, or exactly those asked for. */
  private static List<PaddingFoveation> foveation(
      NetworkConfig config, Network network, int layer, List<String> leftOut) {
    Set<Padding> asked = config.paddings();
    List<PaddingFoveation> all = new ArrayList<>();
    Optional<String> refused = PathCounts.refusal(network, layer);
    if (refused.isPresent() && asked.isEmpty()) {
      leftOut.add("left out path counts: " + refused.get());
      return all;
    }
    for (Padding padding : asked.isEmpty() ? EnumSet.allOf(Padding.class) : asked) {
      try {
        all.add(PaddingFoveation.of(network, layer, padding));
      } catch (IllegalArgumentException e) {
        InvalidRequestException.refuse(
            !asked.isEmpty(), "--padding " + padding.label() + ": " + e.getMessage());
        leftOut.add("left out " + padding.label() + ": " + e.getMessage());
      }
    }
    return all;
  }

  private static FoveationTables tables(Network network, List<PaddingFoveation> foveation) {
    Map<String, double[]> maps = new LinkedHashMap<>();
    foveation.forEach(each -> maps.put(each.padding().label(), each.foveation().relative()));
    return FoveationTables.of(new Canvas(network.input().width(), network.input().height()), maps);
  }

  private Map<String, Object> manifest(
      NetworkConfig config, NetworkChoice choice, int layer, List<PaddingFoveation> foveation) {
    Network network = choice.network();
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", COMMAND);
    manifest.put("created", context.clock().instant().toString());
    manifest.put("network", choice.name());
    manifest.put("architecture", network.name());
    choice.card().ifPresent(card -> manifest.put("sha256", card.weights().sha256()));
    manifest.put("input", network.input().toString());
    manifest.put("own_padding", network.padding().label());
    manifest.put("paddings", foveation.stream().map(each -> each.padding().label()).toList());
    manifest.put("layer", network.nodes().get(layer).name());
    manifest.put("gradient_pictures", config.gradientImages());
    manifest.put("whisker", Provenance.whiskerVersion());
    Provenance.asked(manifest, context.asked());
    return manifest;
  }

  /**
   * The layers of a network as a table.
   *
   * <p>A row a layer, in the order of the graph.
   */
  static List<LayerRow> networkLayers(Network network) {
    List<UnitField> fields = UnitField.of(network);
    List<LayerRow> rows = new ArrayList<>();
    boolean[] moved = new boolean[fields.size()];
    for (int i = 0; i < fields.size(); i++) {
      Node node = network.nodes().get(i);
      moved[i] = movesPlaces(node.layer()) || node.inputs().stream().anyMatch(in -> moved[in]);
      String inputs =
          node.inputs().stream()
              .map(input -> network.nodes().get(input).name())
              .collect(Collectors.joining(" "));
      rows.add(row(node, inputs, moved[i] ? null : fields.get(i)));
    }
    return rows;
  }

  /** Whether units of a layer no longer lie as the pixels do that they see. */
  private static boolean movesPlaces(Layer layer) {
    return layer instanceof TokenOperation
        || (layer instanceof Operation.Rearrange rearrange
            && rearrange.spread() == Operation.Spread.WHOLE);
  }

  private static LayerRow row(Node node, String inputs, @Nullable UnitField field) {
    @Nullable Window window = Window.of(node.layer()).orElse(null);
    Window.@Nullable Axis y = window == null ? null : window.rows();
    Window.@Nullable Axis x = window == null ? null : window.columns();
    FeatureShape shape = node.shape();
    return new LayerRow(
        node.name(),
        kind(node.layer()),
        inputs,
        y == null ? null : y.kernel(),
        x == null ? null : x.kernel(),
        y == null ? null : y.stride(),
        y == null ? null : y.before(),
        x == null ? null : x.before(),
        shape.channels(),
        shape.height(),
        shape.width(),
        parameters(node),
        node.multiplyAdds(),
        field == null ? null : field.rows().size(),
        field == null ? null : field.columns().size(),
        // without a next unit there is no jump
        field == null || shape.height() == 1 ? null : field.rows().jump(),
        field == null || shape.width() == 1 ? null : field.columns().jump(),
        field == null ? null : field.rows().first(),
        field == null ? null : field.columns().first(),
        x == null ? null : x.stride(),
        y == null ? null : y.dilation(),
        x == null ? null : x.dilation(),
        y == null ? null : y.after(),
        x == null ? null : x.after(),
        node.layer() instanceof Layer.Conv conv ? conv.groups() : null);
  }

  /** {@code BatchNorm} is "batch norm"; an activation is called by its function. */
  private static String kind(Layer layer) {
    if (layer instanceof Activation activation) {
      return activation.label();
    }
    String name = layer.getClass().getSimpleName();
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static long parameters(Node node) {
    return node.parameters().stream()
        .filter(p -> p.role().trained())
        .mapToLong(Parameter::size)
        .sum();
  }

  /**
   * The effective receptive field of a model's layer, with its weights and with random ones.
   *
   * @param images number of noise images to average over
   */
  record EffectiveFields(StoredModel model, Network network, int layer, int images) {
    private static final int BATCH = 8;
    private static final long SEED = 1;

    /** Measures the fields, by the keys {@code trained} and {@code untrained}. */
    Map<String, EffectiveReceptiveField> measure() throws IOException {
      TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
      Map<String, EffectiveReceptiveField> fields = new LinkedHashMap<>();
      try (UnitGradients trained = Classifiers.open(model, run)) {
        fields.put("trained", field(trained));
      }
      try (UnitGradients untrained = Classifiers.openUntrained(model, SEED, run)) {
        fields.put("untrained", field(untrained));
      }
      return fields;
    }

    private EffectiveReceptiveField field(UnitGradients classifier) {
      String name = network.nodes().get(layer).name();
      CentreUnit unit =
          InvalidRequestException.check(() -> CentreUnit.randomSigns(classifier, name, SEED));
      List<GrayImage> noise =
          EffectiveReceptiveField.noise(
              classifier.canvas(), images, SplitMix64.stream(SEED, "noise", 0));
      return EffectiveReceptiveField.of(unit, theory(), noise, BATCH);
    }

    private EffectiveReceptiveField.Theory theory() {
      UnitField field = UnitField.of(network).get(layer);
      FeatureShape shape = network.nodes().get(layer).shape();
      return new EffectiveReceptiveField.Theory(
          field.columns().centre(shape.width() / 2),
          field.rows().centre(shape.height() / 2),
          field.columns().size(),
          field.rows().size());
    }

    /** Writes {@code receptive_field.csv} (rings), and each map as CSV and NPY in raw units. */
    static void write(Path folder, Map<String, EffectiveReceptiveField> fields) throws IOException {
      List<FieldRingRow> rings = new ArrayList<>();
      for (Map.Entry<String, EffectiveReceptiveField> each : fields.entrySet()) {
        SaliencyMap map = each.getValue().map();
        Path stem = folder.resolve(FieldRingRow.mapStem(each.getKey()));
        MapFiles.write(stem, map.canvas(), MapFiles.doubles(map.values()), "mean_abs_gradient");
        rings.addAll(FieldRingRow.of(each.getKey(), each.getValue()));
      }
      FieldRingRow.TABLE.writeIn(folder, rings);
    }
  }

  /** What to derive from the graph of a network. */
  public record NetworkConfig(
      @Option(
              label = "NAME",
              candidates = Option.MODELS,
              help =
                  "A classifier, by name or path, or a published network: vgg16, mobilenet-v2,"
                      + " tf-mobilenet-v2 (224x224) or inception-resnet-v2 (299x299).")
          String network,
      @Option(
              names = "--layer",
              label = "LAYER",
              help = {
                "Counts paths to this layer: a name in the table, or a stage.",
                "Default: the last feature map before the head."
              })
          Optional<String> layer,
      @Option(
              names = "--padding",
              split = ",",
              label = "P",
              help =
                  "Counts paths under these only: zero, reflect, replicate, circular. Default:"
                      + " all.")
          Set<Padding> paddings,
      @Option(
              names = "--gradient",
              label = "N",
              defaultValue = "0",
              min = 0,
              help =
                  "Runs a model on N noise images to measure the effective receptive field of the"
                      + " layer's centre unit, with its own weights and with random ones. Default:"
                      + " ${DEFAULT-VALUE}, no run.")
          int gradientImages) {
    public NetworkConfig {
      paddings = paddings.isEmpty() ? EnumSet.noneOf(Padding.class) : EnumSet.copyOf(paddings);
      Options.check(NetworkConfig.class, network, layer, paddings, gradientImages);
    }
  }

  /**
   * How many paths lead from each pixel to a layer under one padding, over the mean of the image.
   *
   * @param padding the padding of all layers
   * @param foveation the paths
   * @param range the least and the greatest of {@link PathCounts#relative}
   * @param border mean over the outermost ring of pixels
   * @param outer mean over the first tenth of the edge rank
   * @param inner mean over the last tenth of the edge rank
   * @param pixelsWithoutPath number of pixels that the layer does not depend on
   */
  public record PaddingFoveation(
      Padding padding,
      PathCounts foveation,
      DoubleSummaryStatistics range,
      double border,
      double outer,
      double inner,
      long pixelsWithoutPath) {
    /**
     * Counts the paths to a layer of a network with this padding.
     *
     * @throws IllegalArgumentException when a map is too small to reflect
     */
    static PaddingFoveation of(Network network, int layer, Padding padding) {
      PathCounts foveation = PathCounts.of(network.withPadding(padding), layer);
      Canvas canvas = new Canvas(network.input().width(), network.input().height());
      double[] map = foveation.relative();
      double[] bins = EdgeBins.of(canvas).means(i -> map[i]);
      return new PaddingFoveation(
          padding,
          foveation,
          Arrays.stream(map).summaryStatistics(),
          border(canvas, map),
          bins[0],
          bins[bins.length - 1],
          Arrays.stream(map).filter(paths -> paths == 0).count());
    }

    private static double border(Canvas canvas, double[] map) {
      return IntStream.range(0, map.length)
          .filter(i -> canvas.borderDistance(i) == 0)
          .mapToDouble(i -> map[i])
          .average()
          .orElseThrow();
    }
  }
}
