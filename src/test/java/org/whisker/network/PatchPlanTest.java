package org.whisker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.PatchPlan.Fit;
import org.whisker.network.PatchPlan.Reach;
import org.whisker.network.PatchPlan.Track;
import org.whisker.network.Window.Padding;

/** Windows against what really changes, found by following every single input. */
class PatchPlanTest {
  private static Network vgg(int height, int width) {
    Vgg16.Head head = new Vgg16.Head.Flattening(2, 16, 0.3);
    return Vgg16.of(new Vgg16.Options(new FeatureShape(1, height, width), 0.125, false, head, 1));
  }

  private static final Window.Axis LONG = new Window.Axis(5, 2, 1, 0, 2);

  static Stream<Network> networks() {
    FeatureShape in = new FeatureShape(1, 23, 30);
    Window five = Window.square(5, 2, 2);
    return Stream.of(
        vgg(64, 77),
        Chains.of(in, new Layer.Conv(1, 2, five, true), new Layer.MaxPool(Window.square(3, 2, 0))),
        Chains.of(in, new Layer.Conv(1, 2, new Window(1, 4, 3, 0, 2), true), Activation.relu()),
        Chains.of(in, new Layer.MaxPool(Window.square(2, 3, 0)), Activation.relu()),
        Chains.of(
            in,
            new Layer.Conv(1, 4, Window.same(3, 2, in), true),
            Activation.relu6(),
            Layer.Conv.depthwise(4, new Window(new Window.Axis(3, 1, 2, 1, 2), LONG), true)),
        // mirrored values reach outputs that do not see the value itself: not to be followed
        Chains.of(in, new Layer.Conv(1, 2, Window.square(3, 1, 2), true), Activation.relu()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void windowsHoldAllThatChangesAndHardlyMore(Network network) {
    for (Padding padding : List.of(Padding.ZERO, Padding.REPLICATE, Padding.REFLECT)) {
      Network padded = network.withPadding(padding);
      for (int size = 1; size <= 7; size++) {
        PatchPlan plan = PatchPlan.of(padded, size, size);
        for (Fit fit : List.of(Fit.ALIKE, new Fit(dense(network), 4))) {
          for (int at = 0; at <= network.input().height() - size; at++) {
            checkRows(padded, plan, at, size, fit);
          }
          for (int at = 0; at <= network.input().width() - size; at++) {
            checkColumns(padded, plan, at, size, fit);
          }
        }
      }
    }
  }

  /** The convolutions that move by one position; none may be followed in tiles but these. */
  private static Set<Integer> dense(Network network) {
    Set<Integer> dense = new HashSet<>(Set.of(-1)); // not alike even where there are none
    for (int i = 1; i < network.nodes().size(); i++) {
      if (network.nodes().get(i).layer() instanceof Layer.Conv conv && conv.window().dense()) {
        dense.add(i);
      }
    }
    return dense;
  }

  private static void checkRows(Network network, PatchPlan plan, int at, int size, Fit fit) {
    boolean[] changed = changed(network.input().height(), at, size);
    Track track = plan.rows(at, fit);
    for (int i = 1; i < track.first().size(); i++) {
      int outputs = network.nodes().get(i).shape().height();
      changed = after(changed, outputs, PatchPlan.rows(network, i), network.padding());
      check(changed, track.first().get(i), track.length().get(i), fit);
    }
  }

  private static void checkColumns(Network network, PatchPlan plan, int at, int size, Fit fit) {
    boolean[] changed = changed(network.input().width(), at, size);
    Track track = plan.columns(at, fit);
    for (int i = 1; i < track.first().size(); i++) {
      int outputs = network.nodes().get(i).shape().width();
      changed = after(changed, outputs, PatchPlan.columns(network, i), network.padding());
      check(changed, track.first().get(i), track.length().get(i), fit);
    }
  }

  private static boolean[] changed(int length, int at, int size) {
    boolean[] changed = new boolean[length];
    for (int i = at; i < at + size; i++) {
      changed[i] = true;
    }
    return changed;
  }

  /** An output changes when an input that it reads does, mirrored ones too. */
  private static boolean[] after(boolean[] in, int outputs, Reach reach, Padding padding) {
    boolean[] out = new boolean[outputs];
    for (int o = 0; o < outputs; o++) {
      for (int k = 0; k < reach.kernel(); k++) {
        int i = beyond(o * reach.stride() - reach.padding() + k, in.length, padding);
        out[o] |= i >= 0 && i < in.length && in[i];
      }
    }
    return out;
  }

  private static int beyond(int i, int length, Padding padding) {
    int last = length - 1;
    return switch (padding) {
      case REFLECT -> last - Math.abs(last - Math.abs(i));
      case REPLICATE -> Math.max(0, Math.min(last, i));
      default -> i;
    };
  }

  private static void check(boolean[] changed, int first, int size, Fit fit) {
    int count = 0;
    for (int o = 0; o < changed.length; o++) {
      boolean inWindow = o >= first && o < first + size;
      assertTrue(inWindow || !changed[o], "output " + o + " outside " + first + "+" + size);
      count += changed[o] ? 1 : 0;
    }
    boolean cut = first < 0 || first + size > changed.length;
    // after several strides, a window may be one longer than what its place needs, at either end
    int more = 2 + fit.side() - 1;
    assertTrue(cut || count >= size - more, count + " of a window of " + size + " change");
  }

  @Test
  void sizesOfTheFullNetworkAreKryptons() {
    PatchPlan plan = PatchPlan.of(Vgg16.of(Vgg16.Options.published()), 16, 16);
    List<Integer> heights = plan.windows().stream().map(PatchPlan.Extent::height).toList();
    assertEquals(
        List.of(16, 18, 18, 20, 20, 11, 13, 13, 15, 15, 8, 10, 10, 12, 12, 14, 14, 8),
        heights.subList(0, 18));
    assertEquals(30, heights.size() - 1, "the last pooling changes everywhere");
    assertEquals(9.04, ratio(plan), 0.01);
  }

  private static double ratio(PatchPlan plan) {
    return (double) plan.network().multiplyAdds() / plan.multiplyAdds();
  }

  @Test
  void aPatchOfTheWholePictureIsAFullPass() {
    Network network = vgg(64, 64);
    PatchPlan plan = PatchPlan.of(network, 64, 64);
    assertEquals(1, plan.windows().size());
    assertEquals(network.multiplyAdds(), plan.multiplyAdds());
  }

  @ParameterizedTest
  @EnumSource(Padding.class)
  void branchesEndTheChain(Padding padding) {
    Network network =
        InceptionResNetV2.of(InceptionResNetV2.Options.published()).withPadding(padding);
    int end = PatchPlan.followed(network);
    int stem = network.position("maxpool_5a") + 1;
    // around a ring the very first convolution, without padding, shortens the map
    assertEquals(padding == Padding.CIRCULAR ? 1 : stem, end);
  }

  @Test
  void aNodeReadTwiceIsTheLastFollowed() {
    FeatureShape in = new FeatureShape(1, 9, 9);
    Node input = new Node("input", new Layer.Input(in), List.of(), in);
    Node first = new Node("first", Activation.relu(), List.of(0), in);
    Node second = new Node("second", Activation.relu(), List.of(1), in);
    Node sum = new Node("sum", new Layer.ScaledAdd(1), List.of(2, 1), in);
    Network network =
        new Network(
            "residual", List.of(input, first, second, sum), java.util.Map.of(), Padding.ZERO);
    assertEquals(2, PatchPlan.followed(network));
  }

  @Test
  void aRingEndsWhereAMapLeavesARest() {
    Network even = vgg(64, 96).withPadding(Padding.CIRCULAR);
    Network odd = vgg(64, 72).withPadding(Padding.CIRCULAR);
    // 72, 36, 18, 9: the fourth pooling leaves a column
    assertEquals(even.position("features.30") + 1, PatchPlan.followed(even));
    assertEquals(odd.position("features.23"), PatchPlan.followed(odd));
  }
}
