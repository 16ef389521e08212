package org.whisker.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.random.SplitMix64;

/**
 * Which place of the picture each value of a map belongs to, also where tokens lie in a row or in
 * windows, and in matrices of attention, whose values belong to a query and a key. It is known
 * where values are moved, changed by themselves, mixed over channels, or multiplied as attention
 * does it: then the network is the same for every patch, but for constants by token.
 *
 * <p>Constants by token are averaged over all tokens of the picture, constants by pairs of tokens
 * over all pairs of the same distance, with borders that wrap around. Pairs that are forbidden (by
 * {@value #FORBIDDEN} or less, as by the mask of shifted windows) do not count, where a pair of the
 * same distance is allowed elsewhere. Class tokens keep what is their own.
 */
public final class TokenPlaces {
  /** No place: the whole picture, or a class token. */
  public static final int NONE = -1;

  /** Added to the score of a pair, this leaves no attention. */
  private static final double FORBIDDEN = -50;

  private final Network network;
  private final @Nullable Owners[] owners;

  private TokenPlaces(Network network) {
    this.network = network;
    this.owners = new Owners[network.nodes().size()];
    PlacedMaps placed = PlacedMaps.of(network);
    for (int at = 0; at < owners.length; at++) {
      FeatureShape shape = network.nodes().get(at).shape();
      boolean grid = placed.has(at) && !PlaceOperation.isSingle(shape);
      owners[at] = grid ? Owners.grid(shape) : owners(network.nodes().get(at));
    }
  }

  public static TokenPlaces of(Network network) {
    return new TokenPlaces(network);
  }

  /** Whom the values of a map belong to. */
  private static final class Owners {
    private final FeatureShape shape;

    /**
     * The place of each value, row by row of its grid, or {@link #NONE}; for each position alone
     * where all channels agree.
     */
    private final int[] first;

    /** In matrices of attention, the place of the key. */
    private final int @Nullable [] second;

    private final int rows;
    private final int columns;

    Owners(FeatureShape shape, int[] first, int @Nullable [] second, int rows, int columns) {
      this.shape = shape;
      this.first = first;
      this.second = second;
      this.rows = rows;
      this.columns = columns;
    }

    static Owners grid(FeatureShape shape) {
      int[] places = IntStream.range(0, shape.height() * shape.width()).toArray();
      return new Owners(shape, places, null, shape.height(), shape.width());
    }

    static Owners none(FeatureShape shape) {
      int[] places = new int[shape.height() * shape.width()];
      Arrays.fill(places, NONE);
      return new Owners(shape, places, null, 1, 1);
    }

    /** The place of a value by its number among all. */
    int first(int value) {
      return first[value % first.length];
    }

    int second(int value) {
      return second == null ? NONE : second[value % second.length];
    }

    int value(int channel, int row, int column) {
      return ((shape.channels() == 1 ? 0 : channel) * shape.height() + row) * shape.width()
          + column;
    }

    /** The owners of values that stem from these, by their numbers. */
    Owners moved(FeatureShape to, IntUnaryOperator source) {
      int n = (int) to.size();
      int[] places = IntStream.range(0, n).map(i -> first(source.applyAsInt(i))).toArray();
      int[] keys =
          second == null
              ? null
              : IntStream.range(0, n).map(i -> second(source.applyAsInt(i))).toArray();
      return new Owners(to, places, keys, rows, columns).shortened();
    }

    /** Without channels, where all agree. */
    private Owners shortened() {
      int positions = shape.height() * shape.width();
      boolean same =
          IntStream.range(0, first.length)
              .allMatch(
                  i -> first(i) == first[i % positions] && second(i) == second(i % positions));
      int[] keys = same && second != null ? Arrays.copyOf(second, positions) : second;
      return same ? new Owners(shape, Arrays.copyOf(first, positions), keys, rows, columns) : this;
    }

    /** Each group of channels becomes some that have what all of the group agree on. */
    @Nullable Owners mixed(int groups, FeatureShape to) {
      int positions = shape.height() * shape.width();
      if (first.length == positions) {
        return new Owners(to, first, second, rows, columns);
      }
      int each = shape.channels() / groups * positions;
      boolean agree =
          IntStream.range(0, (int) shape.size())
              .allMatch(i -> same(i, i / each * each + i % positions));
      int made = to.channels() / groups * positions;
      return agree ? moved(to, i -> i / made * each + i % positions) : null;
    }

    private boolean same(int a, int b) {
      return first(a) == first(b) && second(a) == second(b);
    }

    /** Whether values agree where both have an owner. */
    boolean agrees(Owners other) {
      return IntStream.range(0, (int) shape.size())
          .allMatch(
              i ->
                  first(i) < 0
                      || other.first(i) < 0
                      || (first(i) == other.first(i) && second(i) == other.second(i)));
    }

    boolean isNone() {
      return Arrays.stream(first).allMatch(i -> i < 0);
    }
  }

  private @Nullable Owners owners(Node node) {
    Layer layer = node.layer();
    FeatureShape shape = node.shape();
    if (layer instanceof TokenOperation.Known || PlaceOperation.isSingle(shape)) {
      return Owners.none(shape);
    }
    List<Owners> in = new ArrayList<>();
    for (int from : node.inputs()) {
      Owners each = owners[from];
      if (each == null) {
        return null;
      }
      in.add(each);
    }
    Owners first = in.get(0);
    if (layer instanceof Operation operation) {
      return owners(operation, in, shape);
    } else if (layer instanceof Layer.Conv conv) {
      return conv.window().size() == 1 ? first.mixed(conv.groups(), shape) : null;
    } else if (layer instanceof Activation
        || layer instanceof Layer.BatchNorm
        || layer instanceof Layer.Dropout) {
      return first;
    } else if (layer instanceof Layer.Concat) {
      return joined(in, TokenOperation.Axis.CHANNELS, shape);
    }
    return layer instanceof Layer.ScaledAdd ? combined(in, shape) : null;
  }

  private static @Nullable Owners owners(Operation operation, List<Owners> in, FeatureShape shape) {
    Owners first = in.get(0);
    if (operation instanceof Operation.Combine) {
      return combined(in, shape);
    } else if (operation instanceof Operation.Rearrange rearrange) {
      int[] sources = PlaceOperation.sources(rearrange);
      return first.moved(shape, i -> sources[i]);
    } else if (operation instanceof Operation.Cut cut) {
      return first.moved(
          shape,
          i ->
              source(
                  first,
                  shape,
                  i,
                  c -> at(cut.channels(), c),
                  r -> at(cut.rows(), r),
                  q -> at(cut.columns(), q)));
    } else if (operation instanceof TokenOperation.Pick pick) {
      return first.moved(
          shape,
          i ->
              source(
                  first,
                  shape,
                  i,
                  c -> picked(pick, TokenOperation.Axis.CHANNELS, c),
                  r -> picked(pick, TokenOperation.Axis.ROWS, r),
                  q -> picked(pick, TokenOperation.Axis.COLUMNS, q)));
    } else if (operation instanceof TokenOperation.Join join) {
      return joined(in, join.axis(), shape);
    } else if (operation instanceof TokenOperation.Product product) {
      return product(first, in.get(1), product.inner(), shape);
    } else if (operation instanceof Operation.ChannelNorm
        || operation instanceof Operation.Softmax
        || operation instanceof Operation.Reduce) {
      return first.mixed(1, shape);
    }
    boolean own =
        operation instanceof Operation.Shift
            || operation instanceof Operation.Prelu
            || operation instanceof TokenOperation.RowSoftmax;
    return own ? first : null;
  }

  private static int at(Operation.Range range, int index) {
    return range.from() + index * range.step();
  }

  private static int picked(TokenOperation.Pick pick, TokenOperation.Axis axis, int index) {
    return pick.axis() == axis ? pick.indices().get(index) : index;
  }

  /** The number of the value that the {@code i}-th of a map stems from. */
  private static int source(
      Owners of,
      FeatureShape shape,
      int i,
      IntUnaryOperator channel,
      IntUnaryOperator row,
      IntUnaryOperator column) {
    int positions = shape.height() * shape.width();
    return of.value(
        channel.applyAsInt(i / positions),
        row.applyAsInt(i % positions / shape.width()),
        column.applyAsInt(i % shape.width()));
  }

  private static @Nullable Owners combined(List<Owners> in, FeatureShape shape) {
    List<Owners> whole = in.stream().filter(each -> each.shape.equals(shape)).toList();
    Optional<Owners> known = whole.stream().filter(each -> !each.isNone()).findFirst();
    return known.isEmpty()
        ? whole.stream().findFirst().orElse(null)
        : known.filter(one -> whole.stream().allMatch(one::agrees)).orElse(null);
  }

  private static @Nullable Owners joined(
      List<Owners> in, TokenOperation.Axis axis, FeatureShape shape) {
    int[] places = new int[(int) shape.size()];
    int inner = axis == TokenOperation.Axis.COLUMNS ? 1 : shape.width();
    inner *= axis == TokenOperation.Axis.CHANNELS ? shape.height() : 1;
    int all = axis.of(shape);
    int before = 0;
    Owners grid = in.get(0);
    for (Owners each : in) {
      if (each.second != null) {
        return null;
      }
      int own = axis.of(each.shape);
      for (int i = 0; i < each.shape.size(); i++) {
        int place = i / inner / own * all + before + i / inner % own;
        places[place * inner + i % inner] = each.first(i);
      }
      before += own;
      grid = each.rows * each.columns > grid.rows * grid.columns ? each : grid;
    }
    return new Owners(shape, places, null, grid.rows, grid.columns).shortened();
  }

  /**
   * Queries times keys, and the attention that follows times values; also sums over all tokens, as
   * in attention between channels.
   */
  private static @Nullable Owners product(Owners a, Owners b, int inner, FeatureShape shape) {
    Owners grid = a.isNone() ? b : a;
    boolean ofQueries = agree(a, inner, true);
    boolean ofKeys = agree(b, inner, false);
    int[] places = new int[(int) shape.size()];
    int[] keys = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      int channel = i / (shape.height() * shape.width());
      int query = a.value(channel, i / shape.width() % shape.height(), 0);
      int key = b.value(channel, 0, i % shape.width());
      places[i] = ofQueries ? a.first(query) : NONE;
      keys[i] = ofKeys && a.second == null ? b.first(key) : NONE;
      if (a.second != null || !ofQueries || !ofKeys) {
        for (int k = 0; k < inner; k++) {
          int of = a.second == null ? a.first(query + k) : a.second(query + k);
          if (b.second != null || of != b.first(key + k * b.shape.width())) {
            return null;
          }
        }
      }
    }
    boolean pairs = ofQueries && ofKeys && a.second == null && !a.isNone() && !b.isNone();
    return new Owners(
            shape, a.isNone() ? keys : places, pairs ? keys : null, grid.rows, grid.columns)
        .shortened();
  }

  /** Whether all values that one sum of a product reads have the same owner. */
  private static boolean agree(Owners of, int inner, boolean rows) {
    int width = of.shape.width();
    int positions = of.shape.height() * width;
    return inner == 1
        || IntStream.range(0, (int) of.shape.size())
            .allMatch(
                i ->
                    of.first(i)
                        == of.first(
                            rows ? i / width * width : i / positions * positions + i % width));
  }

  /** Whether it is known whom the values of a map belong to. */
  public boolean knows(int position) {
    return owners[position] != null;
  }

  /**
   * The place of each position of a map of tokens, row by row of {@link #grid}, or {@link #NONE};
   * empty where it is not known, or not the same for all channels.
   */
  public Optional<int[]> places(int position) {
    Owners own = owners[position];
    return own == null || own.second != null || own.isNone()
        ? Optional.empty()
        : Optional.of(own.first)
            .filter(all -> all.length == positions(own))
            .filter(all -> isEach(all, own.rows * own.columns))
            .map(int[]::clone);
  }

  private static boolean isEach(int[] places, int count) {
    int[] some = Arrays.stream(places).filter(place -> place >= 0).toArray();
    return some.length == count && Arrays.stream(some).distinct().count() == count;
  }

  private static int positions(Owners own) {
    return own.shape.height() * own.shape.width();
  }

  /** The grid of places that the values of a map belong to. */
  public FeatureShape grid(int position) {
    Owners own = owners[position];
    return own == null
        ? network.nodes().get(position).shape()
        : new FeatureShape(own.shape.channels(), own.rows, own.columns);
  }

  /**
   * The last map of tokens of which more than the class token is read: what the last attention
   * reads, where there is a class token. Empty where tokens never lie in a row.
   */
  public OptionalInt last() {
    int end =
        attentions().stream().reduce((a, b) -> b).filter(this::hasClass).orElse(owners.length);
    return IntStream.range(0, end)
        .filter(this::isNormOfTokens)
        .filter(at -> places(at).isPresent())
        .max();
  }

  /** Some transformers have batch norms; those before the tokens lie as the picture does. */
  private boolean isNormOfTokens(int at) {
    Node node = network.nodes().get(at);
    return node.layer() instanceof Operation.ChannelNorm
        || (node.layer() instanceof Layer.BatchNorm
            && (grid(at).height() != node.shape().height()
                || grid(at).width() != node.shape().width()));
  }

  /** Whether some rows of a matrix of attention are those of class tokens. */
  private boolean hasClass(int attention) {
    return Arrays.stream(queries(attention)).anyMatch(place -> place < 0);
  }

  /** Positions of the softmaxes of attention between tokens, from the input on. */
  public List<Integer> attentions() {
    return IntStream.range(0, owners.length)
        .filter(at -> network.nodes().get(at).layer() instanceof TokenOperation.RowSoftmax)
        .filter(at -> queries(at).length > 0)
        .boxed()
        .toList();
  }

  /**
   * The place of each query of a matrix of attention; none where it is not between all tokens, such
   * as in windows.
   */
  public int[] queries(int attention) {
    Owners own = owners[attention];
    int width = network.nodes().get(attention).shape().width();
    if (own == null || own.second == null || own.first.length != positions(own)) {
      return new int[0];
    }
    int[] places = IntStream.range(0, own.shape.height()).map(i -> own.first[i * width]).toArray();
    int[] keys = Arrays.copyOf(own.second, width);
    return Arrays.equals(places, keys) && isEach(places, own.rows * own.columns)
        ? places
        : new int[0];
  }

  /**
   * Whether an operation on tokens is the same for all of them, such as their order, windows that
   * are attended to apart (for what strides are, too: a shift by whole ones), and attention itself.
   */
  public boolean isAlike(PlaceOperation operation) {
    return knows(operation.position())
        && switch (operation.kind()) {
          case REORDERING, JOINING, PRODUCT -> true;
          default -> false;
        };
  }

  /** Whether a node adds constants by token or by pairs of tokens that can be averaged. */
  public boolean isAveraged(int position) {
    Owners own = owners[position];
    return network.nodes().get(position).layer() instanceof Operation.Shift
        && own != null
        && !own.isNone();
  }

  /** Whether a node adds constants by token, so that they can change places. */
  public boolean isPermuted(int position) {
    return isAveraged(position) && places(position).isPresent();
  }

  /** The constants of a node, each in place of that of another place of the same grid. */
  public float[] permuted(int position, float[] constants, IntUnaryOperator place) {
    int[] places = places(position).orElseThrow();
    Map<Integer, Integer> at = new HashMap<>();
    IntStream.range(0, places.length).forEach(i -> at.put(places[i], i));
    float[] changed = constants.clone();
    for (int i = 0; i < changed.length; i++) {
      int to = i % places.length;
      if (places[to] >= 0) {
        changed[i] = constants[i - to + at.getOrDefault(place.applyAsInt(places[to]), to)];
      }
    }
    return changed;
  }

  /** The constants of a node with its places in a random order, one of a seed's. */
  public float[] shuffled(int position, float[] constants, int number) {
    FeatureShape grid = grid(position);
    SplitMix64 random = SplitMix64.stream(number, "places of tokens", 0);
    int[] order = IntStream.range(0, grid.height() * grid.width()).toArray();
    for (int i = order.length; i > 1; i--) {
      int j = random.nextInt(i);
      int swapped = order[j];
      order[j] = order[i - 1];
      order[i - 1] = swapped;
    }
    return permuted(position, constants, place -> order[place]);
  }

  /** The constants of a node, each averaged as said above. */
  public float[] averaged(int position, float[] constants) {
    Owners own = owners[position];
    if (own == null) {
      throw new IllegalArgumentException("constants of unknown places");
    }
    int[] groups = own.second == null ? groups(own) : new Pairs(own).groups();
    int n = 1 + Arrays.stream(groups).max().orElse(0);
    double[] sums = new double[n];
    int[] counts = new int[n];
    for (int i = 0; i < constants.length; i++) {
      if (constants[i] > FORBIDDEN || own.second == null) {
        sums[groups[i]] += constants[i];
        counts[groups[i]]++;
      }
    }
    float[] averaged = constants.clone();
    for (int i = 0; i < constants.length; i++) {
      if (counts[groups[i]] > 0) {
        averaged[i] = (float) (sums[groups[i]] / counts[groups[i]]);
      }
    }
    return averaged;
  }

  /** Tokens of the picture are one group of each channel, others their own. */
  private static int[] groups(Owners own) {
    int positions = positions(own);
    return IntStream.range(0, (int) own.shape.size())
        .map(i -> i / positions * (positions + 1) + (own.first(i) < 0 ? i % positions : positions))
        .toArray();
  }

  /** Pairs of tokens by their distance, in whatever window they are. */
  private static final class Pairs {
    private final Owners own;
    private final Map<List<Integer>, Integer> groups = new HashMap<>();

    /** Channels of the same window, by its first token. */
    private final Map<Integer, Integer> heads = new HashMap<>();

    Pairs(Owners own) {
      this.own = own;
    }

    int[] groups() {
      int positions = positions(own);
      int[] found = new int[(int) own.shape.size()];
      for (int channel = 0; channel < own.shape.channels(); channel++) {
        int from = channel * positions;
        int head = heads.merge(own.first(from), 1, Integer::sum);
        int[] rows = ranks(from, place -> place / own.columns);
        int[] columns = ranks(from, place -> place % own.columns);
        for (int i = from; i < from + positions; i++) {
          List<Integer> key = key(i, i - from, rows, columns);
          List<Integer> group = new ArrayList<>(key);
          group.add(head);
          found[i] = groups.computeIfAbsent(group, k -> groups.size());
        }
      }
      return found;
    }

    private List<Integer> key(int value, int at, int[] rows, int[] columns) {
      int query = own.first(value);
      int key = own.second(value);
      int width = own.shape.width();
      return query < 0 || key < 0
          ? List.of(query < 0 ? at / width : NONE, key < 0 ? at % width : NONE)
          : List.of(
              NONE,
              NONE,
              distance(rows, query / own.columns, key / own.columns),
              distance(columns, query % own.columns, key % own.columns));
    }

    private static int distance(int[] sorted, int a, int b) {
      return Math.floorMod(
          Arrays.binarySearch(sorted, a) - Arrays.binarySearch(sorted, b), sorted.length);
    }

    /** The rows, or columns, of the tokens of a channel, sorted. */
    private int[] ranks(int from, IntUnaryOperator of) {
      return IntStream.range(from, from + positions(own))
          .flatMap(i -> IntStream.of(own.first(i), own.second(i)))
          .filter(place -> place >= 0)
          .map(of)
          .distinct()
          .sorted()
          .toArray();
    }
  }
}
