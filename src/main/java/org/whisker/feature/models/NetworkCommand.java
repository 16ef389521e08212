package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.command.Command;
import org.whisker.command.CommandGroup;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption;
import org.whisker.command.NewFolder;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordOptions;
import org.whisker.command.TextTable;
import org.whisker.feature.models.LayerTables.LayerRow;
import org.whisker.feature.models.NetworkJob.NetworkConfig;
import org.whisker.feature.models.NetworkJob.PaddingFoveation;
import org.whisker.network.Activation;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.option.Option;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.table.Column;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** {@code whisker network}: what a network says of itself before it has run. */
@Command(
    name = "network",
    description =
        "Derives receptive fields, sizes and path counts of a network without running it.",
    footer = {
      "",
      "Examples:",
      "  whisker network show vgg16-mini",
      "  whisker network show inception-resnet-v2 --padding zero,reflect"
    })
public final class NetworkCommand extends CommandGroup {
  public NetworkCommand(Environment environment) {
    super(environment, List.of(new Member(Show::new, Order.HELP_FIRST)));
  }

  @Command(
      name = "show",
      description = {
        "Prints a network's layers, and maps how many paths reach them from each pixel.",
        "Each layer has its output shape (channels x height x width), parameters, multiply-adds per"
            + " image, and the receptive field of its units. That is its size, the distance between"
            + " neighbouring units (jump), and the centre of the first unit, in pixels (0 is the"
            + " middle of the first pixel). Where vertical and horizontal values differ, both are"
            + " given in this order.",
        "Paths are counted to one layer, under every padding (foveation). Writes layers.csv,"
            + " foveation.png, and the maps as CSV, PNG and NPY."
      },
      footer = {
        "",
        "A path takes one position of every kernel window and one branch at every fork;",
        "channels and weights are ignored. Below 1, a pixel has fewer paths than the mean",
        "pixel.",
        "",
        "Examples:",
        "  whisker network show vgg16-mini",
        "  whisker network show vgg16 --layer features.16 --padding zero",
        "  whisker network show vgg16-mini --gradient 16",
        "  whisker network show inception-resnet-v2 --out inception"
      })
  @HelpOrder(
      "--format --width --quiet --verbose --layer --padding --gradient"
          + " --all --out --resume --json")
  private static final class Show extends JobCommand<NetworkConfig, NetworkJob.Result> {
    /** What changes no result. */
    record Shown(
        @Option(
                names = "--all",
                help =
                    "Also lists batch norm, activations and dropout in the table. layers.csv always"
                        + " has them.")
            boolean all) {}

    private final RecordOptions<Shown> shown = RecordOptions.of(Shown.class);

    Show(Environment environment) {
      super(environment, NetworkConfig.class, NetworkJob::new, Optional::of, Extra.CHARTS);
    }

    @Override
    protected List<RecordOptions<?>> others() {
      return List.of(shown);
    }

    @Override
    protected Optional<String> helpOf(String option) {
      return option.equals(NewFolder.NAME) ? Optional.of(NewFolder.IN_ANALYSES) : Optional.empty();
    }

    /** From what it was derived of: how many paths there are is in no table. */
    @Override
    protected JsonOption.Document document(Path folder) throws IOException {
      return tables(new NetworkJob(context()).shown(folder));
    }

    @Override
    protected int say(NetworkJob.Result result) throws IOException {
      if (!common().quiet()) {
        result.leftOut().forEach(environment().err()::println);
      }
      environment().out().println(layers(result.layers(), read(shown).all));
      environment().out().println(totals(result.network()));
      if (!result.foveation().isEmpty()) {
        environment()
            .out()
            .print(foveationText(result.network(), result.layer(), result.foveation()));
      }
      if (!result.fields().isEmpty()) {
        environment().out().println();
        environment().out().print(fields(result.fields()));
      }
      environment().out().println("written to " + result.folder());
      return ExitCode.OK;
    }
  }

  private static JsonOption.Document tables(NetworkJob.Result result) {
    return new JsonOption.Document()
        .table("layers", LayerRow.TABLE, result.layers())
        .table(
            "paths",
            PathCountRow.TABLE,
            result.foveation().stream().map(NetworkCommand::row).toList())
        .value("parameters", result.network().trainedSize())
        .value("multiply_adds", result.network().multiplyAdds())
        .value("folder", result.folder());
  }

  /**
   * The foveation of a network under several paddings, as text: edge against centre.
   *
   * <p>A line a padding.
   */
  private static String foveationText(
      Network network, int layer, List<PaddingFoveation> foveation) {
    Columns<PathCountRow> columns =
        Columns.of(PathCountRow.class)
            .with(
                "PADDING",
                row ->
                    row.padding()
                        + (row.padding().equals(network.padding().label()) ? " (its own)" : ""))
            .with("BORDER", row -> number(row.border()))
            .with("OUTER 10 %", row -> number(row.outer()))
            .with("INNER 10 %", row -> number(row.inner()))
            .with("LEAST", row -> number(row.least()))
            .with("MOST", row -> number(row.most()))
            .with("WITHOUT A PATH", row -> row.withoutPath() + " px")
            .with("MEAN PATHS A PIXEL", row -> power(row.log10Mean()));
    Node node = network.nodes().get(layer);
    return "Paths from a pixel to "
        + node.name()
        + " ("
        + node.shape()
        + "), over their mean; the border is the outermost ring of pixels:\n"
        + TextTable.of(columns, foveation.stream().map(NetworkCommand::row).toList());
  }

  private static PathCountRow row(PaddingFoveation foveation) {
    return new PathCountRow(
        foveation.padding().label(),
        foveation.border(),
        foveation.outer(),
        foveation.inner(),
        foveation.range().getMin(),
        foveation.range().getMax(),
        Math.toIntExact(foveation.pixelsWithoutPath()),
        foveation.foveation().log10MeanPaths());
  }

  private static String number(double value) {
    boolean tiny = value > 0 && value < 0.001;
    return value == 0 ? "0" : String.format(Locale.ROOT, tiny ? "%.1e" : "%.3f", value);
  }

  /** A number of which only the logarithm may fit into a double. */
  private static String power(double log10) {
    double whole = Math.floor(log10);
    return Text.of("%.2fe%.0f", Math.pow(10, log10 - whole), whole);
  }

  private static final int FIRST_NUMBER = 3;
  // these see what the layer before them sees
  private static final Set<String> POINTWISE = Set.of("batch norm", "dropout");

  /**
   * What is known of a network, as text.
   *
   * <p>A row a layer.
   *
   * @param all with batch norm, activations and dropout
   */
  private static String layers(List<LayerRow> layers, boolean all) {
    List<LayerRow> shown =
        layers.stream().filter(layer -> all || !pointwise(layer.kind())).toList();
    return TextTable.of(
        rightAligned(
            Columns.of(LayerRow.class)
                .with("LAYER", LayerRow::layer)
                .with("KIND", layer -> layer.kind() + kernel(layer))
                .with(
                    "OUTPUT",
                    layer -> Text.of("%dx%dx%d", layer.channels(), layer.height(), layer.width()))
                .with("PARAMETERS", layer -> count(layer.parameters()))
                .with("MULTIPLY-ADDS", layer -> count(layer.multiplyAdds()))
                .with("FIELD", layer -> pair(field(layer.fieldHeight()), field(layer.fieldWidth())))
                .with("JUMP", layer -> pair(pixels(layer.jumpY()), pixels(layer.jumpX())))
                .with(
                    "FIRST CENTRE",
                    layer -> pair(pixels(layer.firstCentreY()), pixels(layer.firstCentreX())))
                .lines(shown)));
  }

  private static boolean pointwise(String kind) {
    return POINTWISE.contains(kind)
        || Stream.of(Activation.Kind.values())
            .anyMatch(k -> kind.equals(k.label()) || kind.startsWith(k.label() + " "));
  }

  private static String kernel(LayerRow layer) {
    Integer height = layer.kernelHeight();
    if (height == null) {
      return "";
    }
    return Text.of(" %dx%d", height, layer.kernelWidth())
        + unless("1", " stride ", pair("" + layer.stride(), "" + layer.strideX()))
        + unless("1", " dilation ", pair("" + layer.dilationY(), "" + layer.dilationX()))
        + unless(
            "0",
            " pad ",
            pair(
                pads(layer.padRows(), layer.padBottom()),
                pads(layer.padColumns(), layer.padRight())))
        + groups(layer);
  }

  private static String groups(LayerRow layer) {
    Integer groups = layer.groups();
    if (groups == null || groups == 1) {
      return "";
    }
    return groups == layer.channels() ? " depthwise" : " groups " + groups;
  }

  private static String unless(String usual, String word, String value) {
    return value.equals(usual) ? "" : word + value;
  }

  /** One number where both sides agree, else before+after. */
  private static String pads(@Nullable Integer before, @Nullable Integer after) {
    return Objects.equals(before, after) ? "" + before : before + "+" + after;
  }

  private static String field(@Nullable Integer field) {
    return field == null ? "-" : count(field);
  }

  private static String pixels(@Nullable Double pixels) {
    return pixels == null ? "-" : networkTextNumber(pixels);
  }

  /** One number where both directions agree, else height x width. */
  private static String pair(String y, String x) {
    return y.equals(x) ? x : y + "x" + x;
  }

  private static String count(long count) {
    return Text.of("%,d", count);
  }

  private static String networkTextNumber(double value) {
    return Text.of("%.2f", value).replaceFirst("\\.?0+$", "");
  }

  private static List<List<String>> rightAligned(List<List<String>> rows) {
    List<List<String>> aligned = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row.subList(0, FIRST_NUMBER));
      for (int c = FIRST_NUMBER; c < row.size(); c++) {
        int column = c;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        cells.add(" ".repeat(width - row.get(c).length()) + row.get(c));
      }
      aligned.add(cells);
    }
    return aligned;
  }

  private static String totals(Network network) {
    return TextTable.of(
        List.of(
            List.of("input", network.input().toString()),
            List.of("output", network.output().shape().toString()),
            List.of("layers", Integer.toString(network.nodes().size())),
            List.of("parameters", count(network.trainedSize())),
            List.of("multiply-adds", count(network.multiplyAdds()) + " an image")));
  }

  /** The sizes of effective receptive fields, by their weights. */
  private static String fields(Map<String, EffectiveReceptiveField> fields) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("EFFECTIVE RECEPTIVE FIELD", "95.45 % WITHIN", "OVER THE THEORETICAL"));
    fields.forEach(
        (weights, field) ->
            rows.add(
                List.of(
                    weights + " weights",
                    Text.of("%.0f px", 2 * field.radius(EffectiveReceptiveField.TWO_SIGMA)),
                    Text.of("%.2f", field.shareOfTheory()))));
    return TextTable.of(rows);
  }

  /** How many paths lead from pixels to a layer under one padding, relative to the mean pixel. */
  public record PathCountRow(
      String padding,
      @Column(meaning = "mean over the outermost ring of pixels") double border,
      @Column(meaning = "mean over the outer half of the image") double outer,
      @Column(meaning = "mean over the inner half") double inner,
      @Column(meaning = "least of any pixel") double least,
      @Column(meaning = "most of any pixel") double most,
      @Column(meaning = "pixels that no path begins at") int withoutPath,
      @Column(meaning = "logarithm of the mean number of paths, which may fit into no number")
          double log10Mean) {
    public static final Table<PathCountRow> TABLE = Table.of(PathCountRow.class);
  }
}
