package org.whisker.torch;

import java.util.ArrayList;
import java.util.List;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;

/**
 * The shapes in which pictures go to libtorch, so that a logit does not depend on what is scored
 * beside it. Libraries choose their code, and with it the order of sums, by the shape of a call,
 * the number of threads in it and the processor. So on the CPU each call has one thread, and a
 * shape that follows from network and precision:
 *
 * <ul>
 *   <li>Large layers are computed for one picture at a time. What a layer reads and writes then
 *       stays in the cache, too. Smaller ones are computed for {@value #SOME}, the smallest for
 *       {@value #FEW}, since a call has costs of its own; the last picture is repeated until there
 *       are as many. Only layers whose maps fill all registers are: whatever picture comes last
 *       would be rounded differently.
 *   <li>Linear layers behind the last map multiply {@value #ROWS} rows.
 *   <li>Tiles of a search are computed in blocks of {@value #TILES}.
 *   <li>Patches are followed in batches of one number for each of their sizes.
 *   <li>Derivatives are taken of one picture at a time.
 * </ul>
 *
 * <p>How many threads share the pictures out ({@link PictureThreads}) changes nothing either. GPUs
 * get whole batches, and promise nothing.
 */
final class FixedPasses {
  /** Rows of a product of matrices. */
  static final int ROWS = 16;

  /** Pictures for which small layers are computed at once. */
  static final int FEW = 8;

  /** Pictures for which layers between small and large are computed at once. */
  static final int SOME = 4;

  /** Values of two registers of bfloat16, the longest: maps of a call are a multiple of this. */
  private static final int REGISTERS = 64;

  /** Tiles of a block, of whatever pictures. */
  static final int TILES = 128;

  /** Bytes that a layer reads and writes of a picture; with more, it is computed for one. */
  private static final long LARGE = 1 << 20;

  /** With more it is computed for {@link #SOME}. */
  private static final long SMALL = 1 << 18;

  /** Patches of a batch where all of a size have windows of one size. */
  private static final int PATCHES_ALIKE = 64;

  /** Patches of a batch where windows of one size are fewer. */
  private static final int PATCHES = 16;

  private final Network network;
  private final boolean apart;
  private final int head;
  private final int alone;
  private final int some;

  private FixedPasses(Network network, Precision precision, boolean apart) {
    this.network = network;
    this.apart = apart;
    this.head = separating(network.lastFeatureMap());
    this.some = end(FEW, SMALL / precision.bytes(), head);
    this.alone = end(SOME, LARGE / precision.bytes(), some);
  }

  /** The rule for a device. */
  static FixedPasses of(Network network, Precision precision, TorchDevice device) {
    return new FixedPasses(network, precision, device.isCpu());
  }

  /** The rule for whole batches: a script for others, which promises nothing. */
  static FixedPasses none(Network network) {
    return new FixedPasses(network, Precision.FLOAT32, false);
  }

  /**
   * A part of a network.
   *
   * @param from the node before it, the only one outside that it reads
   * @param to its last node, the only one that is read outside
   * @param pictures at a time; 0 for all
   */
  record Part(int from, int to, int pictures) {}

  /** The node of which the head reads, and nothing before it. */
  int head() {
    return head;
  }

  /** Of how many pictures a thread's share should be a multiple. */
  int step() {
    return some < head ? FEW : alone < some ? SOME : 1;
  }

  /** The layers behind node {@code from}, which separates them from those before it. */
  List<Part> behind(int from) {
    List<Part> parts = new ArrayList<>(body(from));
    parts.addAll(behindMaps(Math.max(from, head)));
    return parts;
  }

  /** Those up to {@link #head} alone. */
  List<Part> body(int from) {
    List<Part> parts = new ArrayList<>();
    add(parts, from, alone, 1);
    add(parts, Math.max(from, alone), some, SOME);
    add(parts, Math.max(from, some), head, FEW);
    return parts;
  }

  /** A single layer on whole maps. */
  List<Part> layer(int position) {
    List<Part> parts = new ArrayList<>();
    add(parts, position - 1, position, 1);
    return parts;
  }

  private void add(List<Part> parts, int from, int to, int pictures) {
    if (from < to) {
      parts.add(new Part(from, to, apart ? pictures : 0));
    }
  }

  /** Linear layers in rows, whatever lies between them for each picture by itself. */
  List<Part> behindMaps(int from) {
    int last = network.nodes().size() - 1;
    List<Part> parts = new ArrayList<>();
    int done = from;
    for (int i = from + 1; i <= last; i++) {
      Node node = network.nodes().get(i);
      boolean chained =
          node.inputs().equals(List.of(i - 1)) && network.separates(i - 1) && network.separates(i);
      if (chained && node.layer() instanceof Layer.Linear) {
        add(parts, done, i - 1, 1);
        add(parts, i - 1, i, ROWS);
        done = i;
      }
    }
    add(parts, done, last, 1);
    return parts;
  }

  /** The node behind all layers, up to {@code to}, that are too large for so many pictures. */
  private int end(int pictures, long most, int to) {
    int large = 0;
    for (int i = 1; i <= to; i++) {
      if (values(i) > most || network.nodes().get(i).shape().size() * pictures % REGISTERS != 0) {
        large = i;
      }
    }
    return separating(large);
  }

  private int separating(int from) {
    int at = from;
    while (!network.separates(at)) {
      at++;
    }
    return at;
  }

  /** Values that a node reads and writes. */
  private long values(int position) {
    Node node = network.nodes().get(position);
    return node.shape().size()
        + node.inputs().stream().mapToLong(i -> network.nodes().get(i).shape().size()).sum();
  }

  /**
   * Patches of a batch.
   *
   * @param alike whether all patches of a size have windows of one size
   * @param most that there is memory for
   * @param asked the most that a GPU takes at once
   */
  int patches(boolean alike, long most, int asked) {
    int wanted = apart ? (alike ? PATCHES_ALIKE : PATCHES) : asked;
    return (int) Math.max(1, Math.min(most, wanted));
  }

  /** How many to add to {@code count} patches, for which the last is repeated. */
  int missing(int count, int multiple) {
    return apart ? Math.floorMod(-count, multiple) : 0;
  }
}
