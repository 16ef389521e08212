package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation.Range;

/**
 * An operation that is not the same under a shift: rolling what it reads does not simply roll what
 * it gives. What follows from the graph alone is told; whatever the weights are, all else is the
 * same at every place. Windows without padding of their own are not counted: they read the border
 * less often, and what they leave unread is a matter of pixels.
 *
 * @param position of its node
 * @param layer the name of that node
 */
public record PlaceOperation(int position, String layer, Kind kind) {
  /** What an operation does to a map. */
  public enum Kind {
    PADDING("pads a map"),
    STRIDE("strides over a map"),
    FLATTENING("reads each position of a map by weights of its own"),
    UNFLATTENING("makes a map of a vector"),
    REORDERING("puts positions into another order"),
    CONSTANT_MAP("adds a constant for each position"),
    TOKENS("adds a constant for each token or pair of tokens"),
    CROP("crops a map"),
    RESIZE("resizes a map by steps that are not whole"),
    UNEVEN_POOLING("pools a map by windows of different sizes"),
    JOINING("joins maps side by side"),
    PRODUCT("multiplies maps as matrices");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private static final int NAMED = 3;
  private static final int THIN = 2;
  private static final double THIN_SHARE = 0.03;

  /** Rows or columns along the border that are a crop; fewer are what a stride may leave over. */
  public static double leastCrop(int size) {
    return Math.max(THIN, THIN_SHARE * size);
  }

  /** All of a network, from its input on. */
  public static List<PlaceOperation> of(Network network) {
    List<PlaceOperation> found = new ArrayList<>();
    Set<String> padded = Set.copyOf(CircularPadding.paddedLayers(network));
    PlacedMaps places = PlacedMaps.of(network);
    for (int at = 1; at < network.nodes().size(); at++) {
      Node node = network.nodes().get(at);
      if (padded.contains(node.name())) {
        found.add(new PlaceOperation(at, node.name(), Kind.PADDING));
      }
      FeatureShape in = network.nodes().get(node.inputs().get(0)).shape();
      Optional<Kind> kind = kind(node.layer(), in, node.shape());
      if (!places.has(node.inputs().get(0))) {
        kind = kind.flatMap(PlaceOperation::ofTokens);
      }
      if (kind.isPresent()
          && !isPartOfRoll(network, at)
          && !(kind.get() == Kind.CROP && cutsPadding(network, node))) {
        found.add(new PlaceOperation(at, node.name(), kind.get()));
      }
    }
    return List.copyOf(found);
  }

  /**
   * Those that are left where padding wraps around, the map that the head reads is rolled, pictures
   * are shifted through the phases of strides, and pixels that nothing reads are looked for: no
   * test of these parts tells of them.
   */
  public static List<PlaceOperation> untested(Network network) {
    Set<String> wrapping = CircularPadding.wrappingLayers(network);
    List<PlaceOperation> heads = heads(network);
    int head = CutPoints.isHeadCut(network) ? network.headMap() : network.nodes().size();
    return PlaceChange.withoutAttention(
        network,
        of(network).stream()
            .filter(found -> found.position <= head && !heads.contains(found))
            .filter(found -> found.kind != Kind.STRIDE)
            .filter(found -> found.kind != Kind.PADDING || !wrapping.contains(found.layer))
            .filter(found -> found.kind != Kind.CROP || !isOfPixels(network, found.position))
            .toList());
  }

  /**
   * Those that read positions by weights of their own behind the map that the head reads; where the
   * head reads more than one map, all behind which no map follows.
   */
  public static List<PlaceOperation> heads(Network network) {
    boolean[] leads = leadsToMaps(network);
    int head = CutPoints.isHeadCut(network) ? network.headMap() : 0;
    return of(network).stream()
        .filter(found -> found.kind == Kind.FLATTENING)
        .filter(found -> found.position > head && !leads[found.position])
        .toList();
  }

  /** Of each node, whether it or what reads it is a map. */
  private static boolean[] leadsToMaps(Network network) {
    boolean[] leads = new boolean[network.nodes().size()];
    for (int at = leads.length - 1; at >= 0; at--) {
      boolean own = leads[at] || !isSingle(network.nodes().get(at).shape());
      leads[at] = own;
      network.nodes().get(at).inputs().forEach(from -> leads[from] |= own);
    }
    return leads;
  }

  /** The first of them in words. */
  public static String text(List<PlaceOperation> all) {
    return all.stream()
            .limit(NAMED)
            .map(each -> "layer " + each.layer + " " + each.does())
            .collect(Collectors.joining("; "))
        + (all.size() > NAMED ? "; and " + (all.size() - NAMED) + " more" : "");
  }

  /** What it does, as a predicate. */
  public String does() {
    return kind.words;
  }

  /** What is done to a map whose rows and columns are no places, such as tokens in a row. */
  private static Optional<Kind> ofTokens(Kind kind) {
    return switch (kind) {
      case CONSTANT_MAP -> Optional.of(Kind.TOKENS);
      case CROP, JOINING -> Optional.empty();
      default -> Optional.of(kind);
    };
  }

  private static Optional<Kind> kind(Layer layer, FeatureShape in, FeatureShape out) {
    boolean map = !isSingle(in);
    if (layer instanceof Operation operation) {
      return kind(operation, in, out);
    } else if (layer instanceof Layer.Flatten
        || layer instanceof Layer.Linear
        || layer instanceof Layer.ClassLogit) {
      return when(map, Kind.FLATTENING);
    } else if (layer instanceof Layer.AdaptiveAvgPool pool) {
      return when(
          map && (in.height() % pool.side() > 0 || in.width() % pool.side() > 0),
          Kind.UNEVEN_POOLING);
    } else if (layer instanceof Layer.Conv conv && collapses(conv.window(), in, out)) {
      return Optional.of(Kind.FLATTENING);
    }
    return when(
        map && !isSingle(out) && Window.of(layer).filter(window -> !window.dense()).isPresent(),
        Kind.STRIDE);
  }

  private static Optional<Kind> kind(Operation operation, FeatureShape in, FeatureShape out) {
    if (operation instanceof Operation.Shift) {
      return when(!isSingle(in), Kind.CONSTANT_MAP);
    } else if (operation instanceof Operation.Cut cut) {
      return when(crops(cut.rows(), in.height()) || crops(cut.columns(), in.width()), Kind.CROP);
    } else if (operation instanceof Operation.Resize resize) {
      boolean whole =
          resize.isWhole(in.height(), out.height()) && resize.isWhole(in.width(), out.width());
      return when(!whole, Kind.RESIZE);
    } else if (operation instanceof Operation.Rearrange rearrange) {
      return rearranged(rearrange, in, out);
    } else if (operation instanceof TokenOperation token) {
      return kind(token, in, out);
    }
    return Optional.empty();
  }

  private static Optional<Kind> kind(TokenOperation token, FeatureShape in, FeatureShape out) {
    if (token instanceof TokenOperation.Known) {
      return when(!isSingle(out), Kind.CONSTANT_MAP);
    } else if (token instanceof TokenOperation.Join join) {
      return when(join.axis() != TokenOperation.Axis.CHANNELS, Kind.JOINING);
    } else if (token instanceof TokenOperation.Product) {
      return when(!isSingle(in) || !isSingle(out), Kind.PRODUCT);
    } else if (token instanceof TokenOperation.Pick pick) {
      int size = pick.axis().of(in);
      return when(
          pick.axis() != TokenOperation.Axis.CHANNELS && !isRoll(pick.indices(), size),
          pick.indices().size() < size ? Kind.CROP : Kind.REORDERING);
    }
    return Optional.empty();
  }

  private static boolean isRoll(List<Integer> indices, int size) {
    return indices.size() == size
        && IntStream.range(0, size).allMatch(i -> indices.get(i) == (indices.get(0) + i) % size);
  }

  private static Optional<Kind> when(boolean is, Kind kind) {
    return is ? Optional.of(kind) : Optional.empty();
  }

  static boolean isSingle(FeatureShape shape) {
    return shape.height() == 1 && shape.width() == 1;
  }

  /** Whether all of an axis becomes one position, by a weight for each. */
  private static boolean collapses(Window window, FeatureShape in, FeatureShape out) {
    return (in.height() > 1 && out.height() == 1 && window.rows().kernel() > 1)
        || (in.width() > 1 && out.width() == 1 && window.columns().kernel() > 1);
  }

  /** Whether more is left at an end than every step leaves. */
  private static boolean crops(Range range, int size) {
    int last = range.from() + (range.count() - 1) * range.step();
    return range.from() >= range.step() || size - 1 - last >= range.step();
  }

  /** Whether a map is cut in two and joined the other way round, as a roll is written. */
  private static boolean isPartOfRoll(Network network, int at) {
    Node node = network.nodes().get(at);
    if (node.layer() instanceof Operation.Cut) {
      List<Integer> readers =
          IntStream.range(at + 1, network.nodes().size())
              .filter(i -> network.nodes().get(i).inputs().contains(at))
              .boxed()
              .toList();
      return readers.size() == 1
          && network.nodes().get(readers.get(0)).layer() instanceof TokenOperation.Join
          && isPartOfRoll(network, readers.get(0));
    }
    return node.layer() instanceof TokenOperation.Join join
        && node.inputs().size() == 2
        && rolls(network, node, join.axis() == TokenOperation.Axis.ROWS);
  }

  private static boolean rolls(Network network, Node node, boolean rows) {
    Node last = network.nodes().get(node.inputs().get(0));
    Node first = network.nodes().get(node.inputs().get(1));
    if (!(last.layer() instanceof Operation.Cut b) || !(first.layer() instanceof Operation.Cut a)) {
      return false;
    }
    Range behind = rows ? b.rows() : b.columns();
    Range before = rows ? a.rows() : a.columns();
    return last.inputs().equals(first.inputs())
        && node.shape().equals(network.nodes().get(first.inputs().get(0)).shape())
        && before.from() == 0
        && before.to() == behind.from()
        && behind.step() == 1
        && before.step() == 1;
  }

  /** Whether a cut leaves out no more than was padded right before, or before windows. */
  private static boolean cutsPadding(Network network, Node node) {
    if (!(node.layer() instanceof Operation.Cut cut)) {
      return false;
    }
    int from = node.inputs().get(0);
    FeatureShape in = network.nodes().get(from).shape();
    int[] padded = padded(network, from);
    return cut.rows().from() <= padded[0]
        && in.height() - cut.rows().to() <= padded[1]
        && cut.columns().from() <= padded[2]
        && in.width() - cut.columns().to() <= padded[3];
  }

  /** Rows above and below, columns left and right of a map that stem from padding layers. */
  private static int[] padded(Network network, int at) {
    int[] padded = new int[4];
    int stride = 1;
    Node node = network.nodes().get(at);
    while (node.inputs().size() == 1) {
      if (node.layer() instanceof Operation.Pad pad) {
        padded[0] += ceilDiv(pad.rows().before(), stride);
        padded[1] += ceilDiv(pad.rows().after(), stride);
        padded[2] += ceilDiv(pad.columns().before(), stride);
        padded[3] += ceilDiv(pad.columns().after(), stride);
      } else if (Window.of(node.layer()).isPresent()) {
        stride *= Window.of(node.layer()).orElseThrow().rows().stride();
      } else if (!isOfOnePosition(node.layer())) {
        break;
      }
      node = network.nodes().get(node.inputs().get(0));
    }
    return padded;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** A wide crop that all pixels come to, none of them mixed with others before. */
  private static boolean isOfPixels(Network network, int position) {
    FeatureShape canvas = network.input();
    return network.nodes().get(position).layer() instanceof Operation.Cut cut
        && isWide(cut.rows(), canvas.height())
        && isWide(cut.columns(), canvas.width())
        && CutPoints.isCut(network, position)
        && IntStream.range(1, position)
            .allMatch(at -> network.nodes().get(at).shape().equals(network.input()))
        && IntStream.range(1, position)
            .mapToObj(at -> network.nodes().get(at).layer())
            .allMatch(PlaceOperation::isOfOnePosition);
  }

  private static boolean isWide(Range range, int size) {
    int behind = size - range.to();
    return range.step() == 1
        && (range.from() == 0 || range.from() >= leastCrop(size))
        && (behind == 0 || behind >= leastCrop(size));
  }

  private static boolean isOfOnePosition(Layer layer) {
    return layer instanceof Layer.BatchNorm
        || layer instanceof Activation
        || layer instanceof Layer.Dropout
        || (layer instanceof Operation operation
            && operation.spread() == Operation.Spread.POINT
            && !(operation instanceof Operation.Shift))
        || (layer instanceof Layer.Conv conv && conv.window().equals(Window.square(1, 1, 0)));
  }

  static Optional<Kind> rearranged(
      Operation.Rearrange rearrange, FeatureShape in, FeatureShape out) {
    boolean same = in.height() == out.height() && in.width() == out.width();
    if (same && rearrange.spread() == Operation.Spread.POINT) {
      return Optional.empty();
    } else if (isSingle(in) || isSingle(out)) {
      return when(
          isSingle(in) != isSingle(out), isSingle(in) ? Kind.UNFLATTENING : Kind.FLATTENING);
    }
    int[] sources = sources(rearrange);
    boolean rolls = rolls(sources, in, out, true) && rolls(sources, in, out, false);
    return when(!rolls, Kind.REORDERING);
  }

  /** Where each value of the result comes from. */
  static int[] sources(Operation.Rearrange rearrange) {
    List<Integer> split = rearrange.split();
    int n = split.size();
    int[] steps = new int[n];
    int size = 1;
    for (int axis = n - 1; axis >= 0; axis--) {
      steps[axis] = size;
      size *= split.get(axis);
    }
    int[] sources = new int[size];
    for (int i = 0; i < size; i++) {
      int rest = i;
      for (int k = n - 1; k >= 0; k--) {
        int axis = rearrange.order().get(k);
        sources[i] += rest % split.get(axis) * steps[axis];
        rest /= split.get(axis);
      }
    }
    return sources;
  }

  /** Whether some roll of rows, or of columns, of what is read rolls what is given. */
  private static boolean rolls(int[] sources, FeatureShape in, FeatureShape out, boolean rows) {
    int from = rows ? in.height() : in.width();
    int to = rows ? out.height() : out.width();
    return from == 1
        ? to == 1
        : IntStream.range(1, from)
            .filter(step -> from % step == 0 && step * to % from == 0 && step * to / from < to)
            .anyMatch(
                step ->
                    IntStream.range(0, sources.length)
                        .allMatch(
                            i ->
                                sources[rolled(i, out, step * to / from, rows)]
                                    == rolled(sources[i], in, step, rows)));
  }

  private static int rolled(int index, FeatureShape shape, int by, boolean rows) {
    int step = rows ? shape.width() : 1;
    int size = rows ? shape.height() : shape.width();
    int at = index / step % size;
    return index + ((at + by) % size - at) * step;
  }
}
