package org.whisker.torch.script;

import java.util.function.UnaryOperator;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.PatchPlan;
import org.whisker.network.PatchPlan.Reach;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.value.Text;

/**
 * TorchScript for windows of maps whose positions differ by patch. A kept map is a matrix with one
 * row of channels for each position, followed by a row of zeros for everything outside: a window is
 * then a selection of rows, in channels-last order. Positions {@code at} are first rows and
 * columns, [2, N]; they may lie outside the map. The rows and columns of each map's window are
 * {@code sizes}, [windows, 2].
 */
public final class WindowScript {
  /**
   * Methods. {@code places}: a map as such a matrix. {@code look}: a window of a kept map. {@code
   * place}: the differences of the windows at {@code at}, in windows at {@code to}; 0 elsewhere.
   * {@code whole}: a kept map with each difference added. {@code near}: whether a window comes
   * nearer than {@code by} to the border. {@code inside}: a difference without its parts outside
   * the map. %1$s is the position that {@code i} mirrors, %2$s the position of {@code j} under
   * circular padding.
   */
  private static final String HELPERS =
      """
        def places(self: __torch__.Net, v: Tensor) -> Tensor:
          m = torch.reshape(torch.permute(v, [0, 2, 3, 1]), [-1, torch.size(v, 1)])
          return torch.cat([m, torch.zeros_like(torch.slice(m, 0, 0, 1, 1))], 0)
        def along(self: __torch__.Net, first: Tensor, n: int) -> Tensor:
          device = ops.prim.device(first)
          steps = torch.arange(n, dtype=4, layout=None, device=device, pin_memory=None)
          return torch.add(torch.unsqueeze(first, 1), steps)
        def mirrored(self: __torch__.Net, i: Tensor, n: int) -> Tensor:
          return %1$s
        def within(self: __torch__.Net, j: Tensor, map: int, n: int) -> Tensor:
          i = %2$s
          return torch.where(torch.logical_and(torch.ge(i, 0), torch.lt(i, n)), i, -1)
        def grid(self: __torch__.Net, i: Tensor, j: Tensor, columns: int) -> Tensor:
          r = torch.unsqueeze(i, 2)
          c = torch.unsqueeze(j, 1)
          ok = torch.logical_and(torch.ge(r, 0), torch.ge(c, 0))
          return torch.where(ok, torch.add(torch.mul(r, columns), c), -1)
        def choose(self: __torch__.Net, m: Tensor, g: Tensor) -> Tensor:
          i = torch.where(torch.ge(g, 0), g, torch.sub(torch.size(m, 0), 1))
          w = torch.index_select(m, 0, torch.reshape(i, [-1]))
          n = torch.size(g, 0)
          h = torch.size(g, 1)
          c = torch.size(m, 1)
          return torch.permute(torch.reshape(w, [n, h, torch.size(g, 2), c]), [0, 3, 1, 2])
        def look(self: __torch__.Net, m: Tensor, at: Tensor, h: int, w: int,
            rows: int, columns: int) -> Tensor:
          i = self.within(self.along(torch.select(at, 0, 0), h), rows, rows)
          j = self.within(self.along(torch.select(at, 0, 1), w), columns, columns)
          return self.choose(m, self.grid(i, j, columns))
        def place(self: __torch__.Net, d: Tensor, at: Tensor, to: Tensor, h: int, w: int,
            rows: int, columns: int) -> Tensor:
          dh = torch.size(d, 2)
          dw = torch.size(d, 3)
          y = self.mirrored(self.along(torch.select(to, 0, 0), h), rows)
          x = self.mirrored(self.along(torch.select(to, 0, 1), w), columns)
          i = torch.sub(y, torch.unsqueeze(torch.select(at, 0, 0), 1))
          j = torch.sub(x, torch.unsqueeze(torch.select(at, 0, 1), 1))
          g = self.grid(self.within(i, rows, dh), self.within(j, columns, dw), dw)
          zero = torch.zeros_like(torch.slice(torch.select(at, 0, 0), 0, 0, 1, 1))
          before = torch.mul(self.along(zero, torch.size(d, 0)), torch.mul(dh, dw))
          before = torch.reshape(before, [-1, 1, 1])
          g = torch.where(torch.ge(g, 0), torch.add(g, before), -1)
          return self.choose(self.places(d), g)
        def whole(self: __torch__.Net, m: Tensor, d: Tensor, at: Tensor, rows: int, columns: int) -> Tensor:
          v = torch.slice(m, 0, 0, torch.mul(rows, columns), 1)
          v = torch.permute(torch.reshape(v, [1, rows, columns, -1]), [0, 3, 1, 2])
          return torch.add(self.place(d, at, torch.zeros_like(at), rows, columns, rows, columns), v)
        def near(self: __torch__.Net, at: Tensor, n: int, limit: int, by: int) -> bool:
          last = torch.sub(torch.sub(limit, n), by)
          return bool(torch.any(torch.logical_or(torch.lt(at, by), torch.gt(at, last))))
        def inside(self: __torch__.Net, d: Tensor, at: Tensor, rows: int, columns: int) -> Tensor:
          y = torch.select(at, 0, 0)
          x = torch.select(at, 0, 1)
          h = torch.size(d, 2)
          w = torch.size(d, 3)
          out = d
          if torch.__or__(self.near(y, h, rows, 0), self.near(x, w, columns, 0)):
            i = self.within(self.along(y, h), rows, rows)
            j = self.within(self.along(x, w), columns, columns)
            ok = torch.ge(self.grid(i, j, columns), 0)
            out = torch.mul(d, torch.unsqueeze(ok, 1))
          return out
      """;

  private WindowScript() {}

  /** The methods that the other statements call. */
  public static String helpers(Padding padding) {
    String mirrored =
        switch (padding) {
          case REFLECT ->
              "torch.sub(torch.sub(n, 1), torch.abs(torch.sub(torch.abs(i), torch.sub(n, 1))))";
          case REPLICATE -> "torch.clamp(i, 0, torch.sub(n, 1))";
          case ZERO, CIRCULAR -> "i";
        };
    String ring = padding == Padding.CIRCULAR ? "torch.remainder(j, map)" : "j";
    return HELPERS.replace("%1$s", mirrored).replace("%2$s", ring);
  }

  /** A map's rows and columns, as two arguments. */
  public static String size(Network network, int position) {
    FeatureShape map = network.nodes().get(position).shape();
    return map.height() + ", " + map.width();
  }

  /** Moves the difference {@code d} into the window {@code r} that the node reads. */
  public static String read(Network network, int i) {
    Reach y = PatchPlan.rows(network, i);
    Reach x = PatchPlan.columns(network, i);
    return "    r = torch.stack([%s, %s], 0)\n".formatted(first(i, 0, y), first(i, 1, x))
        + Text.of(
            "    d = self.place(d, at[%d], r, %s, %s, %s)\n",
            i - 1, length(i, 0, y), length(i, 1, x), size(network, i - 1));
  }

  private static String first(int i, int axis, Reach reach) {
    return Text.of(
        "torch.sub(torch.mul(at[%d][%d], %d), %d)", i, axis, reach.stride(), reach.padding());
  }

  private static String length(int i, int axis, Reach reach) {
    return Text.of(
        "torch.add(%d, torch.mul(torch.sub(int(sizes[%d][%d]), 1), %d))",
        reach.kernel(), i, axis, reach.stride());
  }

  /** A layer of float32 maps that reads bfloat16. */
  public static String inBfloat16(String x, UnaryOperator<String> layer) {
    return "torch.to(" + layer.apply("torch.to(" + x + ", 15)") + ", 6)";
  }

  /**
   * Spreads the difference {@code d} by a convolution's weight.
   *
   * @param rounded whether the weight is in bfloat16, in which it then reads the difference
   */
  public static String convolution(
      Network network, int i, Layer.Conv conv, String weight, boolean rounded) {
    Window w = conv.window();
    boolean mirrors =
        network.padding() == Padding.REFLECT || network.padding() == Padding.REPLICATE;
    // a convolution's own zero padding costs nothing, the zeros of a larger window do; but it knows
    // nothing of values that are mirrored, and which patches are near the border is their affair
    return w.dense() && !(w.padded() && mirrors)
        ? spread(weight, conv, w.rows().extent() - 1, w.columns().extent() - 1, rounded)
        : read(network, i) + spread(weight, conv, 0, 0, rounded);
  }

  private static String spread(
      String weight, Layer.Conv conv, int padRows, int padColumns, boolean rounded) {
    Window.Axis y = conv.window().rows();
    Window.Axis x = conv.window().columns();
    UnaryOperator<String> layer =
        d ->
            Text.of(
                "torch.conv2d(%s, %s, None, [%d, %d], [%d, %d], [%d, %d], %d)",
                d,
                weight,
                y.stride(),
                x.stride(),
                padRows,
                padColumns,
                y.dilation(),
                x.dilation(),
                conv.groups());
    return "    d = " + (rounded ? inBfloat16("d", layer) : layer.apply("d")) + "\n";
  }
}
