package org.whisker.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Pad;
import org.whisker.network.Operation.Range;
import org.whisker.network.PlaceOperation.Kind;

/**
 * Changes of operations that know places, by which no weight changes.
 *
 * <p>Rolled: what an operation reads is moved over the borders of its map, and what it gives is
 * moved back. That changes nothing where the operation is the same at every place. Values that an
 * operation puts into another order are moved back where a later one puts them into rows and
 * columns again.
 *
 * <p>Averaged: a constant by position is its mean over positions, weights by position read the mean
 * over positions, and a map that was made of a vector is its mean over positions. Each is the mean
 * over all rolls of the operation, which is linear. A crop, a change of size or an order of
 * positions gives the mean over {@link #ROLLS} of its rolls.
 */
public final class PlaceChange {
  /** Rolls of a map, the first of which moves nothing. */
  public static final int ROLLS = 8;

  /** Steps of rows between two rolls, in eighths of the height: prime to the number of rolls. */
  private static final int ROWS = 3;

  /** What is linear without weights, and is averaged over some of its rolls. */
  private static final Set<Kind> OF_ROLLS = EnumSet.of(Kind.CROP, Kind.RESIZE, Kind.REORDERING);

  private final Network network;

  /** The operation that put what a node gives out of rows and columns; -1 where none has. */
  private final int[] out;

  private final Map<Integer, Kind> kinds = new HashMap<>();

  /** Of such operations that meet again, such as queries and keys, the other one. */
  private final Map<Integer, Integer> met = new HashMap<>();

  private PlaceChange(Network network) {
    this.network = network;
    this.out = new int[network.nodes().size()];
    for (PlaceOperation each : PlaceOperation.of(network)) {
      if (each.kind() != Kind.PADDING && each.kind() != Kind.STRIDE) {
        kinds.put(each.position(), each.kind());
      }
    }
    out[0] = -1;
    for (int at = 1; at < out.length; at++) {
      out[at] = out(at);
    }
    for (int at = out.length - 1; at > 0; at--) {
      if (network.nodes().get(at).layer() instanceof TokenOperation.Known) {
        out[at] = asRead(at);
      }
    }
  }

  /** A known map is in rows and columns where all that read it are. */
  private int asRead(int known) {
    return IntStream.range(known + 1, out.length)
        .filter(at -> network.nodes().get(at).inputs().contains(known))
        .map(at -> out[at])
        .max()
        .orElse(-1);
  }

  private int out(int at) {
    Node node = network.nodes().get(at);
    Kind kind = kinds.get(at);
    FeatureShape in = shape(node.inputs().get(0));
    int before = out[node.inputs().get(0)];
    if (kind == Kind.FLATTENING && PlaceOperation.isSingle(node.shape())) {
      return before < 0 ? at : before;
    } else if (kind == Kind.UNFLATTENING) {
      return -1;
    } else if (kind == Kind.REORDERING && before < 0) {
      return isSameSize(in, node.shape()) ? -1 : at;
    } else if (kind == Kind.REORDERING && isSameSize(read(before), node.shape())) {
      return -1;
    }
    int[] all =
        node.inputs().stream()
            .filter(
                from ->
                    PlaceOperation.isSingle(shape(from)) == PlaceOperation.isSingle(node.shape()))
            .mapToInt(from -> out[from])
            .filter(from -> from >= 0)
            .toArray();
    for (int from : all) {
      meet(all[0], from);
    }
    return all.length == 0 ? -1 : root(all[0]);
  }

  private void meet(int a, int b) {
    if (root(a) != root(b)) {
      met.put(Math.max(root(a), root(b)), Math.min(root(a), root(b)));
    }
  }

  private int root(int at) {
    return met.containsKey(at) ? root(met.get(at)) : at;
  }

  /** The shape of what an operation reads. */
  private FeatureShape read(int at) {
    return shape(network.nodes().get(at).inputs().get(0));
  }

  private FeatureShape shape(int at) {
    return network.nodes().get(at).shape();
  }

  private static boolean isSameSize(FeatureShape a, FeatureShape b) {
    return a.height() == b.height() && a.width() == b.width();
  }

  /** How far a map is rolled over its borders. */
  public record Roll(int rows, int columns) {
    /**
     * One of {@link #ROLLS}. Each axis is rolled by as many different steps as it has or there are
     * rolls, in another order than the other one: weights may differ along one axis alone. Steps of
     * large maps are even and odd: they may differ between neighbours alone.
     */
    public static Roll of(int number, int height, int width) {
      return new Roll(
          step(ROWS * number % ROLLS, number / 2 % 2, height), step(number, number % 2, width));
    }

    private static int step(int eighths, int odd, int size) {
      return (eighths * size / ROLLS + (size >= 2 * ROLLS && size % 2 == 0 ? odd : 0)) % size;
    }

    boolean isNone() {
      return rows == 0 && columns == 0;
    }
  }

  /** Operations that are rolled together, by the first of them. */
  public static Map<PlaceOperation, List<PlaceOperation>> together(
      Network network, List<PlaceOperation> all) {
    PlaceChange change = new PlaceChange(network);
    Map<Integer, PlaceOperation> firsts = new HashMap<>();
    all.forEach(each -> firsts.put(each.position(), each));
    return all.stream()
        .collect(
            Collectors.groupingBy(
                each -> Optional.ofNullable(firsts.get(change.first(each.position()))).orElse(each),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /** The operation that put out of rows and columns what this one reads; else itself. */
  private int first(int at) {
    int from = out[network.nodes().get(at).inputs().get(0)];
    return root(from < 0 ? at : from);
  }

  /**
   * Without those of an attention between all positions: positions in one line, products of maps,
   * and back. Whatever its weights are, it is the same at every place.
   */
  static List<PlaceOperation> withoutAttention(Network network, List<PlaceOperation> all) {
    PlaceChange change = new PlaceChange(network);
    return together(network, all).values().stream()
        .filter(group -> !change.isAttention(group))
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(PlaceOperation::position))
        .toList();
  }

  private boolean isAttention(List<PlaceOperation> group) {
    int first = first(group.get(0).position());
    return group.stream().anyMatch(each -> each.kind() == Kind.PRODUCT)
        && group.stream().allMatch(this::isOfAttention)
        && IntStream.range(0, out.length)
            .filter(at -> out[at] >= 0 && root(out[at]) == first)
            .mapToObj(at -> Window.of(network.nodes().get(at).layer()))
            .allMatch(window -> window.isEmpty() || window.get().size() == 1);
  }

  private boolean isOfAttention(PlaceOperation each) {
    FeatureShape in = read(each.position());
    FeatureShape gives = shape(each.position());
    int positions = in.height() * in.width();
    boolean enters = out[network.nodes().get(each.position()).inputs().get(0)] < 0;
    return each.kind() == Kind.PRODUCT
        || (each.kind() == Kind.REORDERING
            && (!enters || gives.height() == positions || gives.width() == positions));
  }

  /** Those of some operations that a roll changes, alone or by what came before them. */
  public static List<PlaceOperation> rollable(Network network, List<PlaceOperation> some) {
    PlaceChange change = new PlaceChange(network);
    return some.stream().filter(each -> change.isRolled(each.position())).toList();
  }

  private boolean isRolled(int at) {
    if (!kinds.containsKey(at)) {
      return false;
    } else if (out[network.nodes().get(at).inputs().get(0)] >= 0) {
      return true;
    } else if (kinds.get(at) == Kind.JOINING || kinds.get(at) == Kind.PRODUCT) {
      return false;
    }
    for (int number = 1; number < ROLLS; number++) {
      if (!before(at, number).isNone() || !behind(at, number).isNone()) {
        return true;
      }
    }
    return false;
  }

  /** The roll of what an operation reads. */
  private Roll before(int at, int number) {
    Node node = network.nodes().get(at);
    FeatureShape in = shape(node.inputs().get(0));
    return out[node.inputs().get(0)] >= 0 || PlaceOperation.isSingle(in)
        ? new Roll(0, 0)
        : fitting(at, in, Roll.of(number, in.height(), in.width()));
  }

  /** The roll of a map before an operation, by steps that roll what it gives by whole ones. */
  private Roll fitting(int at, FeatureShape in, Roll roll) {
    FeatureShape gives = shape(at);
    boolean cuts = network.nodes().get(at).layer() instanceof Operation.Cut;
    return new Roll(
        fitting(roll.rows(), in.height(), gives.height(), cuts),
        fitting(roll.columns(), in.width(), gives.width(), cuts));
  }

  private static int fitting(int step, int in, int out, boolean cuts) {
    int unit = cuts || out == 1 ? 1 : in / gcd(in, out);
    return step / unit * unit % in;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** The roll of what an operation gives, by which it is moved back. */
  private Roll behind(int at, int number) {
    FeatureShape gives = shape(at);
    Node node = network.nodes().get(at);
    FeatureShape in = shape(node.inputs().get(0));
    if (out[at] >= 0 || PlaceOperation.isSingle(gives)) {
      return new Roll(0, 0);
    } else if (out[node.inputs().get(0)] >= 0
        || PlaceOperation.isSingle(in)
        || node.layer() instanceof TokenOperation.Known) {
      Roll roll = Roll.of(number, gives.height(), gives.width());
      return new Roll(-roll.rows(), -roll.columns());
    }
    Roll roll = before(at, number);
    boolean cuts = node.layer() instanceof Operation.Cut;
    return new Roll(
        back(roll.rows(), in.height(), gives.height(), cuts),
        back(roll.columns(), in.width(), gives.width(), cuts));
  }

  private static int back(int step, int in, int gives, boolean cuts) {
    return gives == 1 ? 0 : -(cuts ? step % gives : step * gives / in);
  }

  /** The network with one roll of these operations; see {@link Roll#of}. */
  public static Network rolled(Network network, Set<String> layers, int number) {
    PlaceChange change = new PlaceChange(network);
    GraphCopy copy = new GraphCopy(network);
    for (int at = 0; at < network.nodes().size(); at++) {
      Node node = network.nodes().get(at);
      boolean rolls = layers.contains(node.name()) && change.kinds.containsKey(at);
      copy.stands(
          at,
          rolls
              ? change.rolled(copy, at, node.name(), number)
              : copy.put(node.name(), node.layer(), copy.inputs(at)));
    }
    return copy.network();
  }

  /** Puts an operation under a name, what it reads rolled and what it gives moved back. */
  private int rolled(GraphCopy copy, int at, String name, int number) {
    List<Integer> inputs = copy.inputs(at);
    inputs.set(0, roll(copy, name + ".rolled", inputs.get(0), before(at, number)));
    int made = copy.put(name, network.nodes().get(at).layer(), inputs);
    return roll(copy, name + ".back", made, behind(at, number));
  }

  /** Rolls a map down and to the right, by a negative number up and to the left. */
  private static int roll(GraphCopy copy, String name, int from, Roll roll) {
    FeatureShape map = copy.shape(from);
    int rows = Math.floorMod(roll.rows(), map.height());
    int columns = Math.floorMod(roll.columns(), map.width());
    if (rows == 0 && columns == 0) {
      return from;
    }
    Layer pad =
        new Pad(
            Pad.Sides.NONE, new Pad.Sides(rows, 0), new Pad.Sides(columns, 0), Pad.Mode.CIRCULAR);
    Layer cut =
        new Operation.Cut(
            Range.all(map.channels()), Range.all(map.height()), Range.all(map.width()));
    return copy.put(name, cut, List.of(copy.put(name + ".padded", pad, List.of(from))));
  }

  /** Those of some operations that can be averaged, since they are linear by themselves. */
  public static List<PlaceOperation> averageable(Network network, List<PlaceOperation> some) {
    PlaceChange change = new PlaceChange(network);
    return some.stream()
        .filter(each -> change.isAveragedExactly(each) || change.isRolledByItself(each.position()))
        .toList();
  }

  /** Those of some operations that are averaged over all rolls, so that they know no place then. */
  public static List<PlaceOperation> blinded(Network network, List<PlaceOperation> some) {
    PlaceChange change = new PlaceChange(network);
    return some.stream().filter(change::isAveragedExactly).toList();
  }

  private boolean isAveragedExactly(PlaceOperation each) {
    return isAveraged(each.kind())
        && first(each.position()) == each.position()
        && endsAsVector(each.position());
  }

  /** Whether it gives a map in rows and columns of such a one, and a roll changes it. */
  private boolean isRolledByItself(int at) {
    return OF_ROLLS.contains(kinds.get(at))
        && out[at] < 0
        && out[network.nodes().get(at).inputs().get(0)] < 0
        && isRolled(at);
  }

  /** Whether no later operation makes a map of what this one takes out of rows and columns. */
  private boolean endsAsVector(int position) {
    return kinds.keySet().stream().noneMatch(at -> at != position && first(at) == position);
  }

  private static boolean isAveraged(Kind kind) {
    return kind == Kind.CONSTANT_MAP || kind == Kind.FLATTENING || kind == Kind.UNFLATTENING;
  }

  /** The network with these operations averaged over all rolls. */
  public static Network averaged(Network network, Set<String> layers) {
    PlaceChange change = new PlaceChange(network);
    GraphCopy copy = new GraphCopy(network);
    for (int at = 0; at < network.nodes().size(); at++) {
      Node node = network.nodes().get(at);
      Kind kind = layers.contains(node.name()) ? change.kinds.get(at) : null;
      if (kind != null && isAveraged(kind)) {
        copy.stands(at, averaged(copy, node, kind, copy.inputs(at)));
      } else if (kind != null && change.isRolledByItself(at)) {
        copy.stands(at, change.meanOfRolls(copy, at));
      } else {
        copy.stands(at, copy.put(node.name(), node.layer(), copy.inputs(at)));
      }
    }
    return copy.network();
  }

  /** The mean of what an operation without weights gives by its rolls, each moved back. */
  private int meanOfRolls(GraphCopy copy, int at) {
    String name = network.nodes().get(at).name();
    List<Integer> maps = new ArrayList<>();
    for (int number = 0; number < ROLLS; number++) {
      maps.add(rolled(copy, at, number == 0 ? name : name + ".roll" + number, number));
    }
    return meanOfMaps(copy, name, maps);
  }

  /** Maps of one shape are joined along their rows, and each value is pooled with its like. */
  private static int meanOfMaps(GraphCopy copy, String name, List<Integer> maps) {
    FeatureShape map = copy.shape(maps.get(0));
    int n = maps.size();
    int joined = copy.put(name + ".rolls", new TokenOperation.Join(TokenOperation.Axis.ROWS), maps);
    Layer beside =
        new Operation.Rearrange(
            List.of(map.channels(), n, map.height(), map.width()),
            List.of(0, 2, 1, 3),
            new FeatureShape(map.channels(), n * map.height(), map.width()));
    Window window = new Window(new Window.Axis(n, n, 0), new Window.Axis(1, 1, 0));
    return copy.put(
        name + ".average",
        new Layer.AvgPool(window),
        List.of(copy.put(name + ".beside", beside, List.of(joined))));
  }

  private static int averaged(GraphCopy copy, Node node, Kind kind, List<Integer> inputs) {
    String name = node.name();
    int from = inputs.get(0);
    if (node.layer() instanceof TokenOperation.Known) {
      return spread(copy, name, copy.put(name, node.layer(), inputs), FeatureShape.vector(1));
    }
    return switch (kind) {
      case CONSTANT_MAP -> {
        int zero = copy.put(name + ".zero", new Combine(Combine.Kind.SUB), List.of(from, from));
        int constant = copy.put(name, node.layer(), List.of(zero));
        int mean = mean(copy, name, constant, copy.shape(constant));
        yield copy.put(name + ".sum", new Combine(Combine.Kind.ADD), List.of(from, mean));
      }
      case FLATTENING -> {
        List<Integer> means = new ArrayList<>(inputs);
        means.set(0, spread(copy, name, from, node.shape()));
        yield copy.put(name, node.layer(), means);
      }
      default -> {
        int map = copy.put(name, node.layer(), inputs);
        yield spread(copy, name, map, FeatureShape.vector(1));
      }
    };
  }

  private static int mean(GraphCopy copy, String name, int from, FeatureShape map) {
    Window window = new Window(map.height(), map.width(), 1, 0, 0);
    return copy.put(name + ".mean", new Layer.AvgPool(window), List.of(from));
  }

  /** The mean over the axes of which a single position is {@code left}, at all positions. */
  private static int spread(GraphCopy copy, String name, int from, FeatureShape left) {
    FeatureShape map = copy.shape(from);
    FeatureShape over =
        new FeatureShape(
            1, left.height() == 1 ? map.height() : 1, left.width() == 1 ? map.width() : 1);
    int mean = mean(copy, name, from, over);
    return copy.put(
        name + ".spread",
        new Operation.Resize(map.height(), map.width(), Operation.Resize.Interpolation.NEAREST),
        List.of(mean));
  }
}
