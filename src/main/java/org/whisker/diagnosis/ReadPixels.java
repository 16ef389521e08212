package org.whisker.diagnosis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.diagnosis.result.MeasureTables.UnreadRow;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.network.CutPoints;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.PlaceOperation;
import org.whisker.network.Window;

/**
 * Rows and columns of pixels that no logit depends on: their derivative is 0 in every picture, and
 * no logit changes where they are exchanged.
 */
final class ReadPixels {
  /** Share of the largest derivative below which a derivative is rounding. */
  private static final double ROUNDING = 1e-7;

  private static final double SAME = 1e-5;
  private static final double MOST = 0.75;

  private final Canvas canvas;
  private final List<UnreadRow> bands;

  private ReadPixels(Canvas canvas, List<UnreadRow> bands) {
    this.canvas = canvas;
    this.bands = bands;
  }

  /**
   * Finds the pixels that are not read by the derivatives of all pictures.
   *
   * @param strength largest absolute derivative of each pixel over pictures
   */
  static ReadPixels of(Canvas canvas, double[] strength) {
    double most = IntStream.range(0, strength.length).mapToDouble(i -> strength[i]).max().orElse(0);
    double[] columns = new double[canvas.width()];
    double[] rows = new double[canvas.height()];
    for (int i = 0; i < strength.length; i++) {
      columns[canvas.x(i)] = Math.max(columns[canvas.x(i)], strength[i]);
      rows[canvas.y(i)] = Math.max(rows[canvas.y(i)], strength[i]);
    }
    List<UnreadRow> bands = new ArrayList<>();
    if (most > 0) {
      bands(columns, most * ROUNDING, "columns", bands);
      bands(rows, most * ROUNDING, "rows", bands);
    }
    return new ReadPixels(canvas, bands);
  }

  private static void bands(double[] lines, double zero, String axis, List<UnreadRow> bands) {
    int from = -1;
    for (int i = 0; i <= lines.length; i++) {
      boolean unread = i < lines.length && lines[i] <= zero;
      if (unread && from < 0) {
        from = i;
      } else if (!unread && from >= 0) {
        boolean border = from == 0 || i == lines.length;
        bands.add(new UnreadRow(axis, from, i - 1, border ? UnreadRow.BORDER : UnreadRow.WITHIN));
        from = -1;
      }
    }
  }

  List<UnreadRow> bands() {
    return List.copyOf(bands);
  }

  /** Whether no logit changes where the unread pixels of each picture are those of another. */
  boolean isConfirmed(Classifier network, List<Raster> pictures) {
    List<Raster> exchanged = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      float[] values = pictures.get(i).values();
      float[] other = new float[values.length];
      pictures.get((i + 1) % pictures.size()).paint(other, 0, values.length / canvas.pixels());
      for (int at = 0; at < values.length; at++) {
        if (isUnread(at % canvas.pixels())) {
          values[at] = other[at];
        }
      }
      exchanged.add(PlanarImage.of(canvas, values));
    }
    float[] before = network.logits(pictures);
    float[] after = network.logits(exchanged);
    double spread = SystematicChange.spread(before);
    return IntStream.range(0, before.length)
        .allMatch(i -> Math.abs(before[i] - after[i]) <= SAME * (spread + Math.abs(before[i])));
  }

  private boolean isUnread(int at) {
    return bands.stream().anyMatch(band -> holds(band, at));
  }

  private boolean holds(UnreadRow band, int at) {
    int line = band.axis().equals("columns") ? canvas.x(at) : canvas.y(at);
    return band.from() <= line && line <= band.to();
  }

  private int length(UnreadRow band) {
    return band.to() - band.from() + 1;
  }

  /** The widest gap within the picture. */
  private int gap() {
    return bands.stream()
        .filter(band -> band.where().equals(UnreadRow.WITHIN))
        .mapToInt(this::length)
        .max()
        .orElse(0);
  }

  /**
   * Bands along the border that are wider than what a stride leaves over. A network without a crop
   * that reads less than a quarter of the picture looks at one place.
   *
   * @param crops whether a layer is known to crop
   */
  List<UnreadRow> cut(boolean crops) {
    List<UnreadRow> wide = wide();
    return !crops && share(wide) > MOST ? List.of() : wide;
  }

  /** Whether all of these bands lie behind: what windows leave over there that stride too far. */
  static boolean areBehind(List<UnreadRow> bands) {
    return bands.stream().allMatch(band -> band.from() > 0);
  }

  private List<UnreadRow> wide() {
    return bands.stream()
        .filter(band -> band.where().equals(UnreadRow.BORDER))
        .filter(
            band -> {
              int side = band.axis().equals("columns") ? canvas.width() : canvas.height();
              return length(band) >= PlaceOperation.leastCrop(side) && length(band) > gap();
            })
        .toList();
  }

  /** Bands between rows or columns that are read. */
  List<UnreadRow> missed() {
    return bands.stream().filter(band -> band.where().equals(UnreadRow.WITHIN)).toList();
  }

  /** The share of the pixels that lie in some of these bands. */
  double share(List<UnreadRow> some) {
    long count =
        IntStream.range(0, canvas.pixels())
            .filter(at -> some.stream().anyMatch(band -> holds(band, at)))
            .count();
    return (double) count / canvas.pixels();
  }

  /** The bands in words, such as "columns 0 to 3 and 28 to 31, rows 0 to 3". */
  static String text(List<UnreadRow> bands) {
    List<String> parts = new ArrayList<>();
    for (String axis : List.of("columns", "rows")) {
      List<UnreadRow> own = bands.stream().filter(band -> band.axis().equals(axis)).toList();
      if (!own.isEmpty()) {
        List<String> ranges =
            own.stream()
                .limit(4)
                .map(
                    band ->
                        band.from() == band.to()
                            ? Integer.toString(band.from())
                            : band.from() + " to " + band.to())
                .toList();
        parts.add(axis + " " + String.join(", ", ranges) + (own.size() > 4 ? ", …" : ""));
      }
    }
    return String.join("; ", parts);
  }

  /** The first layer that leaves out a part of its map along the border, for all that follows. */
  static Optional<String> cutter(Network network) {
    return IntStream.range(1, network.nodes().size())
        .filter(at -> crops(network, at) && CutPoints.isCut(network, at))
        .mapToObj(at -> network.nodes().get(at).name())
        .findFirst();
  }

  /** Slices of channels, as in a channel split, leave out no part of the picture. */
  private static boolean crops(Network network, int at) {
    Node node = network.nodes().get(at);
    if (!(node.layer() instanceof Operation.Cut cut)) {
      return false;
    }
    FeatureShape in = network.nodes().get(node.inputs().get(0)).shape();
    return isPart(cut.rows(), in.height()) || isPart(cut.columns(), in.width());
  }

  private static boolean isPart(Operation.Range range, int size) {
    return range.from() > 0 || range.to() + range.step() <= size;
  }

  /**
   * A layer behind which a part of its map is lost, in rows and columns between others.
   *
   * @param share the share of the positions of that map
   */
  record Skipped(String layer, double share) {}

  /**
   * The first map of which nothing reads some rows or columns, by the layer that leaves them out.
   */
  static Optional<Skipped> skipped(Network network) {
    for (int at = 1; at < network.nodes().size(); at++) {
      int map = at;
      List<Node> readers =
          network.nodes().stream().filter(node -> node.inputs().contains(map)).toList();
      FeatureShape shape = network.nodes().get(at).shape();
      double read =
          shareRead(readers, shape.height(), true) * shareRead(readers, shape.width(), false);
      if (read < 1) {
        return Optional.of(new Skipped(readers.get(0).name(), 1 - read));
      }
    }
    return Optional.empty();
  }

  /** The share of rows or columns that any of these reads, from the first to the last of them. */
  private static double shareRead(List<Node> readers, int size, boolean rows) {
    BitSet read = new BitSet(size);
    readers.forEach(node -> mark(node.layer(), size, rows, read));
    if (read.isEmpty()) {
      return 1;
    }
    return (double) read.cardinality() / (read.length() - read.nextSetBit(0));
  }

  private static void mark(Layer layer, int size, boolean rows, BitSet read) {
    Optional<Window> window = Window.of(layer);
    if (layer instanceof Operation.Cut cut) {
      Operation.Range range = rows ? cut.rows() : cut.columns();
      for (int i = range.from(); i < range.to(); i += range.step()) {
        read.set(i);
      }
    } else if (window.isPresent()) {
      mark(rows ? window.get().rows() : window.get().columns(), size, read);
    } else if (layer instanceof Operation.Resize resize) {
      int to = rows ? resize.height() : resize.width();
      IntStream.range(0, to).flatMap(i -> resize.read(i, size, to)).forEach(read::set);
    } else {
      read.set(0, size);
    }
  }

  private static void mark(Window.Axis axis, int size, BitSet read) {
    int last = size + axis.after() - axis.extent();
    for (int start = -axis.before(); start <= last; start += axis.stride()) {
      for (int k = 0; k < axis.kernel(); k++) {
        int i = start + k * axis.dilation();
        if (i >= 0 && i < size) {
          read.set(i);
        }
      }
    }
  }
}
