package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Pad;
import org.whisker.network.Operation.Range;
import org.whisker.network.Operation.Rearrange;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * Random graphs of a known truth: all padding wraps around, so that one operation alone knows
 * places, or none. The main method has many of them diagnosed; see docs/design/experiments.md.
 */
final class RandomNetworks {
  private static final TorchClassifier.Settings RUN =
      TorchClassifier.Settings.cpu(Precision.FLOAT32);
  private static final int PICTURES = 24;

  private RandomNetworks() {}

  /** Where an operation stands. */
  enum Where {
    INPUT,
    MIDDLE,
    BRANCH,
    END
  }

  /** An operation that knows places; where a twin is clean, it is the same at each of them. */
  enum Plant {
    ADDED_MAP,
    MULTIPLIED_MAP,
    JOINED_MAP,
    GATE,
    DEEP_GATE,
    WIDE_GATE,
    ROWS_GATE,
    MASK,
    BRANCH_TO_HEAD,
    PYRAMID,
    CROP,
    CORNER_CROP,
    RESIZE,
    ENLARGEMENT,
    REORDERED_ROWS,
    REORDERED_COLUMNS,
    FLATTENED_HEAD,
    WIDE_HEAD;

    boolean isOfHead() {
      return this == FLATTENED_HEAD || this == WIDE_HEAD;
    }
  }

  /**
   * A network.
   *
   * @param knows whether the plant knows places; else it is a twin that does not
   * @param period a roll of the picture by so many pixels rolls every map by whole positions
   */
  record Made(Plant plant, Where where, boolean knows, int side, int period, StoredModel model) {
    List<Raster> pictures(int count) {
      return Scene.drawn(Canvas.square(side), count, 7);
    }

    /**
     * The mean change of the logit by rolls of the picture through whole periods, over the mean
     * difference of the logit between two pictures: what knows places, and nothing else, changes
     * it.
     */
    double shifted() throws IOException {
      return shifted(Set.of());
    }

    /** The same, where these operations are averaged over their rolls. */
    double shifted(Set<String> averaged) throws IOException {
      List<Raster> pictures = pictures(PICTURES);
      try (Classifier own = Classifiers.openBlind(model, false, false, averaged, RUN)) {
        double[] still = doubles(own.logits(pictures));
        double sum = 0;
        int steps = side / period;
        for (int step = 1; step < steps * steps; step++) {
          int dx = step % steps * period;
          int dy = step / steps * period;
          double[] rolled =
              doubles(
                  own.logits(pictures.stream().map(each -> Scenes.rolled(each, dx, dy)).toList()));
          sum +=
              IntStream.range(0, still.length)
                      .mapToDouble(i -> Math.abs(rolled[i] - still[i]))
                      .average()
                      .orElseThrow()
                  / (steps * steps - 1);
        }
        return sum / SystematicChange.difference(still);
      }
    }

    private static double[] doubles(float[] values) {
      return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    Diagnosis diagnosed() throws IOException {
      return ExaminationTest.diagnosed(model, new Scene(pictures(PICTURES), List.of(), true));
    }
  }

  /** The network of that plant at that place, with the first weights drawn for it. */
  static Made of(Plant plant, Where where, boolean knows) {
    List<Plant> plants = List.of(Plant.values());
    int number = plants.indexOf(plant) + plants.size() * List.of(Where.values()).indexOf(where);
    return of(2L * number + (knows ? 0 : 1));
  }

  /** The network of a seed; odd seeds are the clean twins of the even ones before them. */
  static Made of(long seed) {
    SplitMix64 random = SplitMix64.stream(seed / 2, "random networks", 0);
    int number = (int) (seed / 2);
    Plant plant = Plant.values()[number % Plant.values().length];
    Where where = Where.values()[number / Plant.values().length % Where.values().length];
    return new Drawing(plant, where, seed % 2 == 0, random).made(seed);
  }

  /** A network under construction. */
  private static final class Drawing {
    private final Plant plant;
    private final Where where;
    private final boolean knows;
    private final SplitMix64 random;
    private final int side;
    private final boolean late;
    private final DiagnosedNetworks.Builder net;

    /** Nodes whose values are drawn by position, or are the same at each. */
    private final List<String> constants = new ArrayList<>();

    private Optional<Integer> beside = Optional.empty();

    Drawing(Plant plant, Where where, boolean knows, SplitMix64 random) {
      this.plant = plant;
      this.where = where;
      this.knows = knows;
      this.random = random;
      this.side = random.nextInt(2) == 0 ? 16 : 32;
      this.late = random.nextInt(2) == 0;
      this.net = new DiagnosedNetworks.Builder(side);
    }

    Made made(long seed) {
      Network network = network();
      Weights weights =
          Weights.of(placed(network)).over(InitialWeights.of(network.parameters(), 11 + seed / 2));
      StoredModel model =
          DiagnosedNetworks.model("random-" + seed, network, Padding.CIRCULAR, weights);
      return new Made(plant, where, knows, side, 8, model);
    }

    private Network network() {
      put(Where.INPUT);
      conv("a", 3, late ? 1 : 2);
      put(Where.MIDDLE);
      conv("b", random.nextInt(2) == 0 ? 3 : 5, late ? 2 : 1);
      int from = net.last();
      conv("c", 3, 1);
      put(Where.BRANCH);
      join("sum", from, net.last());
      conv("d", random.nextInt(2) == 0 ? 1 : 3, 1);
      put(Where.END);
      head();
      return net.network();
    }

    private void put(Where here) {
      if (here == where && !plant.isOfHead()) {
        insert();
        if (here == Where.END) {
          conv("e", 1, 1); // or an average over positions undoes what only moves them
        }
      }
    }

    private void conv(String name, int kernel, int stride) {
      int channels = net.shape().channels();
      net.add(name, new Layer.Conv(channels, 8, Window.square(kernel, stride, kernel / 2), true));
      activation(name);
    }

    private void activation(String name) {
      net.add(
          name + ".activation",
          switch (random.nextInt(3)) {
            case 0 -> Activation.relu();
            case 1 -> Activation.of(Activation.Kind.SIGMOID);
            default -> Activation.of(Activation.Kind.TANH);
          });
    }

    private void join(String name, int a, int b) {
      if (random.nextInt(2) == 0) {
        net.add(name, new Combine(Combine.Kind.ADD), a, b);
      } else {
        net.add(name, new Layer.Concat(), a, b);
      }
    }

    private void head() {
      FeatureShape map = net.shape();
      if (plant == Plant.FLATTENED_HEAD) {
        net.add("flatten", new Layer.Flatten());
        constants.add("hidden");
        net.add("hidden", new Layer.Linear((int) map.size(), 8));
        activation("hidden");
      } else if (plant == Plant.WIDE_HEAD) {
        constants.add("wide");
        net.add("wide", new Layer.Conv(map.channels(), 8, Window.square(map.height(), 1, 0), true));
        activation("wide");
        net.add("flatten", new Layer.Flatten());
      } else {
        net.add(
            "pooled",
            random.nextInt(2) == 0
                ? new Layer.AdaptiveAvgPool(1)
                : new Operation.Reduce(Operation.Reduce.How.MEAN, Operation.Reduce.Over.POSITIONS));
        net.add("flatten", new Layer.Flatten());
      }
      beside.ifPresent(other -> net.add("heads", new Layer.Concat(), net.last(), other));
      net.add("linear", new Layer.Linear((int) net.shape().size(), 1));
    }

    private void insert() {
      FeatureShape map = net.shape();
      int at = net.last();
      switch (plant) {
        case ADDED_MAP -> {
          constant(map);
          activation("added");
        }
        case MULTIPLIED_MAP -> {
          zeroWith(map);
          net.add("product", new Combine(Combine.Kind.MUL), at, net.last());
        }
        case JOINED_MAP -> {
          zeroWith(map);
          net.add("beside", new Layer.Concat(), at, net.last());
          conv("mixed", 1, 1);
        }
        case GATE -> gate(map, at, 1);
        case DEEP_GATE -> gate(map, at, 2);
        case WIDE_GATE -> {
          constants.add("wide");
          net.add(
              "wide", new Layer.Conv(map.channels(), 1, Window.square(map.height(), 1, 0), true));
          net.add("product", new Combine(Combine.Kind.MUL), at, net.last());
        }
        case ROWS_GATE -> {
          constants.add("rows");
          net.add(
              "rows",
              new Layer.Conv(map.channels(), 1, new Window(map.height(), 1, 1, 0, 0), true));
          net.add("product", new Combine(Combine.Kind.MUL), at, net.last());
        }
        case MASK -> mask(map, at);
        case BRANCH_TO_HEAD -> {
          constants.add("branch.linear");
          net.add("branch.flatten", new Layer.Flatten());
          net.add("branch.linear", new Layer.Linear((int) map.size(), 4));
          activation("branch");
          beside = Optional.of(net.last());
          net.add("through", Activation.relu(), at);
        }
        case PYRAMID -> {
          constants.add("quarters.linear");
          net.add("quarters", new Layer.AdaptiveAvgPool(2));
          net.add("quarters.flatten", new Layer.Flatten());
          net.add("quarters.linear", new Layer.Linear(4 * map.channels(), 4));
          beside = Optional.of(net.last());
          net.add("through", Activation.relu(), at);
        }
        case CROP -> cropped(map, 2, 2);
        case CORNER_CROP -> cropped(map, 0, 3);
        default -> moved(map, at);
      }
    }

    /** Plants without weights; their twins move values, and know no places. */
    private void moved(FeatureShape map, int at) {
      switch (plant) {
        case RESIZE -> known(() -> resized(map, 3 * map.height() / 4), () -> blocks(map));
        case ENLARGEMENT -> known(() -> resized(map, map.height() / 2), () -> repeated(map));
        case REORDERED_ROWS -> known(() -> reordered(map, true), () -> halves(map, at));
        case REORDERED_COLUMNS -> known(() -> reordered(map, false), () -> own(map, at));
        default -> throw new IllegalStateException(plant.name());
      }
    }

    private void known(Runnable plant, Runnable twin) {
      (knows ? plant : twin).run();
    }

    /** A mask of the map itself. */
    private void own(FeatureShape map, int at) {
      net.add("own", new Layer.Conv(map.channels(), 1, Window.square(3, 1, 1), true));
      net.add("own.product", new Combine(Combine.Kind.MUL), at, net.last());
    }

    private void constant(FeatureShape map) {
      constants.add("places");
      net.add("places", new Operation.Shift(map));
    }

    private void zeroWith(FeatureShape map) {
      net.add("zero", new Combine(Combine.Kind.SUB), net.last(), net.last());
      constant(map);
    }

    private void gate(FeatureShape map, int at, int layers) {
      constants.add("gate.linear");
      net.add("gate.flatten", new Layer.Flatten());
      net.add("gate.linear", new Layer.Linear((int) map.size(), map.channels()));
      if (layers > 1) {
        activation("gate.linear");
        net.add("gate.second", new Layer.Linear(map.channels(), map.channels()));
      }
      net.add(
          "gate",
          new Rearrange(
              List.of(map.channels()), List.of(0), new FeatureShape(map.channels(), 1, 1)));
      net.add("gate.sigmoid", Activation.of(Activation.Kind.SIGMOID));
      net.add("gate.product", new Combine(Combine.Kind.MUL), at, net.last());
    }

    private void mask(FeatureShape map, int at) {
      int places = map.height() * map.width();
      net.add("mask.mean", new Layer.AdaptiveAvgPool(1));
      net.add("mask.flatten", new Layer.Flatten());
      constants.add("mask.linear");
      net.add("mask.linear", new Layer.Linear(map.channels(), places));
      net.add(
          "mask",
          new Rearrange(
              List.of(places), List.of(0), new FeatureShape(1, map.height(), map.width())));
      net.add("mask.product", new Combine(Combine.Kind.MUL), at, net.last());
    }

    /** A twin wraps around by as much as is cut away. */
    private void cropped(FeatureShape map, int before, int after) {
      Pad.Sides sides = new Pad.Sides(before, after);
      Range within = new Range(before, map.height() - after, 1);
      Range back = new Range(before, before + map.height(), 1);
      if (knows) {
        net.add("crop", new Operation.Cut(Range.all(map.channels()), within, within));
      }
      net.add("wrapped", new Pad(Pad.Sides.NONE, sides, sides, Pad.Mode.CIRCULAR));
      if (!knows) {
        net.add("crop", new Operation.Cut(Range.all(map.channels()), back, back));
      }
    }

    private void resized(FeatureShape map, int to) {
      net.add("smaller", new Operation.Resize(to, to, Operation.Resize.Interpolation.LINEAR));
      net.add(
          "larger",
          new Operation.Resize(map.height(), map.width(), Operation.Resize.Interpolation.CUBIC));
    }

    /** Means of four, repeated. */
    private void repeated(FeatureShape map) {
      net.add("means", new Layer.AvgPool(Window.square(2, 2, 0)));
      net.add(
          "repeated",
          new Operation.Resize(map.height(), map.width(), Operation.Resize.Interpolation.NEAREST));
    }

    /** Blocks of four become channels, and these become blocks again. */
    private void blocks(FeatureShape map) {
      int c = map.channels();
      int rows = map.height() / 2;
      int columns = map.width() / 2;
      net.add(
          "blocks",
          new Rearrange(
              List.of(c, rows, 2, columns, 2),
              List.of(0, 2, 4, 1, 3),
              new FeatureShape(4 * c, rows, columns)));
      net.add("back", new Rearrange(List.of(c, 2, 2, rows, columns), List.of(0, 3, 1, 4, 2), map));
    }

    /** The first channel comes last. */
    private void halves(FeatureShape map, int at) {
      Range all = Range.all(map.height());
      net.add("first", new Operation.Cut(new Range(0, 1, 1), all, all));
      net.add("rest", new Operation.Cut(new Range(1, map.channels(), 1), all, all), at);
      net.add("joined", new Layer.Concat(), net.last(), net.last() - 1);
    }

    private void reordered(FeatureShape map, boolean rows) {
      int height = map.height();
      int width = map.width();
      if (rows) {
        net.add(
            "order",
            new Rearrange(List.of(map.channels(), 2, height / 2, width), List.of(0, 2, 1, 3), map));
      } else {
        net.add(
            "order",
            new Rearrange(List.of(map.channels(), height, 4, width / 4), List.of(0, 1, 3, 2), map));
      }
    }

    /** The weights that differ by place; in a twin they are the same at each. */
    private Map<String, Tensor> placed(Network network) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Node node : network.nodes()) {
        if (constants.contains(node.name())) {
          node.parameters()
              .forEach(
                  parameter ->
                      tensors.put(
                          parameter.name(),
                          Tensor.of(parameter.shape(), values(network, node, parameter))));
        }
      }
      return tensors;
    }

    private float[] values(Network network, Node node, Layer.Parameter parameter) {
      int size = (int) parameter.size();
      double scale =
          node.layer() instanceof Operation.Shift
              ? 2
              : 2 / Math.sqrt((double) size / parameter.shape().get(0));
      double[] drawn = IntStream.range(0, size).mapToDouble(i -> random.nextGaussian()).toArray();
      int places = places(network, node);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (scale * drawn[knows ? i : alike(node, parameter, places, i)]);
      }
      return values;
    }

    /** Positions of the map that a layer reads or gives, of which each has weights of its own. */
    private static int places(Network network, Node node) {
      Node from = network.nodes().get(node.inputs().get(0));
      FeatureShape map =
          from.layer() instanceof Layer.Flatten
              ? network.nodes().get(from.inputs().get(0)).shape()
              : from.shape();
      return node.name().equals("rows") ? map.height() : map.height() * map.width();
    }

    /** The first of the values that are the same where no place is known. */
    private static int alike(Node node, Layer.Parameter parameter, int places, int i) {
      boolean isBias = parameter.name().endsWith("bias");
      if (node.name().startsWith("mask")) {
        return isBias ? 0 : i % parameter.shape().get(1);
      }
      return isBias && !(node.layer() instanceof Operation.Shift) ? i : i / places;
    }
  }

  /** Diagnoses the networks of so many seeds, and writes a row for each. */
  public static void main(String[] args) throws IOException {
    System.out.println("seed,plant,where,knows,side,shifted,verdict,found,effect,low,high,open");
    for (long seed = Long.parseLong(args[0]); seed < Long.parseLong(args[1]); seed++) {
      Made made = of(seed);
      double shifted = made.shifted();
      Diagnosis diagnosis = made.diagnosed();
      CauseRow other =
          diagnosis.causes().stream()
              .filter(row -> row.cause().equals(Cause.OTHER.label()))
              .findFirst()
              .orElseThrow();
      List<String> open = new ArrayList<>(diagnosis.labels(CauseRow.UNDECIDED));
      open.addAll(diagnosis.labels(CauseRow.UNTESTED));
      open.remove("mark");
      System.out.printf(
          Locale.ROOT,
          "%d,%s,%s,%s,%d,%.4f,%s,%s,%.4f,%.4f,%.4f,%s%n",
          seed,
          made.plant(),
          made.where(),
          made.knows(),
          made.side(),
          shifted,
          diagnosis.verdict(),
          String.join(" ", diagnosis.labels()),
          other.estimate().orElse(-1),
          other.ciLow().orElse(-1),
          other.ciHigh().orElse(-1),
          String.join(" ", open));
    }
  }
}
