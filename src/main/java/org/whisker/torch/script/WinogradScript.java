package org.whisker.torch.script;

import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window;
import org.whisker.value.Text;

/**
 * A convolution of 3 × 3 by Winograd's F(4, 3) (Lavin and Gray, arXiv 1509.09308): four outputs
 * take six products instead of twelve, between sums of what they read and sums of what is found. In
 * both directions a tile of 4 × 4 outputs takes 36 products instead of 144. The points are 0, ±√½,
 * ±√2 and ∞, which round half as much as 0, ±1, ±2 and ∞.
 *
 * <p>All products are one convolution of oneDNN in 6 or 36 groups, for one picture: the outputs do
 * not depend on the pictures beside it.
 *
 * @param top rows of zeros above the map
 * @param left columns of zeros to its left, and as many or more to its right
 * @param square whether in both directions, or along columns alone
 */
public record WinogradScript(Layer.Conv conv, FeatureShape out, int top, int left, boolean square) {
  /** Outputs of a tile along an axis. */
  public static final int TILE = 4;

  /** With fewer channels the sums take longer than the products that they save. */
  private static final int FEWEST_CHANNELS = 64;

  private static final int FEWEST_IN_SQUARES = 128;

  /** oneDNN reads channels by vectors. */
  private static final int VECTOR = 16;

  /** Tiles of a picture; with fewer, most of the time goes into reading the weights. */
  private static final int FEWEST_TILES = 16;

  /** Values of a map; with fewer, the calls take longer than what they save. */
  private static final long FEWEST_VALUES = 1 << 15;

  /** Tiles at a time, so that all between sums and products stays in the cache. */
  private static final int TILES = 100;

  /** Tiles of windows that are multiplied together where a map has fewer tiles than the next. */
  private static final int WINDOW_TILES = 64;

  /** Where a map has so many tiles, as many tiles of windows are multiplied together. */
  private static final int FEWEST_WINDOW_TILES = 48;

  /** Values of a map up to which one direction needs no parts. */
  private static final long CACHED = 1 << 18;

  /**
   * {@code winograd_in}: six sums of six parts. {@code winograd_out}: four sums of six parts, which
   * are overwritten. {@code winograd_both} and {@code winograd_columns}: the outputs of rows of
   * tiles, by what these read, in either direction or along columns alone. {@code winograd_part}:
   * the same with the zeros around, written to {@code y}. A map is [1, rows, columns, channels].
   * {@code winograd_windows}: the outputs of several windows of a multiple of four rows and
   * columns, by what these read, [N, channels, rows, columns]. Products are those of {@code block}
   * tiles of any windows, always as many, so that none depends on the others.
   */
  private static final String METHODS =
      """
        def winograd_in(self: __torch__.Net, d: List[Tensor], r: List[Tensor]) -> int:
          e = torch.add(d[4], d[2], alpha=-2.5)
          _ = torch.add(e, d[0], alpha=1, out=r[0])
          e = torch.add(d[5], d[3], alpha=-2.5)
          _ = torch.add(e, d[1], alpha=1, out=r[5])
          e = torch.add(d[4], d[2], alpha=-2)
          o = torch.add(d[3], d[1], alpha=-2)
          _ = torch.add(e, o, alpha=0.70710678118654757, out=r[1])
          _ = torch.add(e, o, alpha=-0.70710678118654757, out=r[2])
          e = torch.add(d[4], d[2], alpha=-0.5)
          o = torch.add(d[3], d[1], alpha=-0.5)
          _ = torch.add(e, o, alpha=1.4142135623730951, out=r[3])
          _ = torch.add(e, o, alpha=-1.4142135623730951, out=r[4])
          return 0
        def winograd_out(self: __torch__.Net, m: List[Tensor], y: List[Tensor]) -> int:
          e = torch.add(m[1], m[2], alpha=1)
          o = torch.add(m[3], m[4], alpha=1)
          m1 = torch.sub_(m[1], m[2], alpha=1)
          m3 = torch.sub_(m[3], m[4], alpha=1)
          _ = torch.add(m1, m3, alpha=1, out=y[1])
          m5 = torch.add_(m[5], m1, alpha=0.5)
          _ = torch.add(m5, m3, alpha=2, out=y[3])
          m0 = torch.add_(m[0], e, alpha=1.4142135623730951)
          _ = torch.add(m0, o, alpha=0.70710678118654757, out=y[0])
          e = torch.mul_(e, 0.70710678118654757)
          _ = torch.add(e, o, alpha=1.4142135623730951, out=y[2])
          return 0
        def winograd_products(self: __torch__.Net, v: Tensor, u: Tensor, b: Optional[Tensor], groups: int) -> Tensor:
          v = torch.permute(v, [0, 3, 1, 2])
          m = ops.mkldnn._convolution_pointwise(v, u, b, [0, 0], [1, 1], [1, 1], groups, "none", annotate(List[Optional[number]], []), "")
          return torch.permute(m, [0, 2, 3, 1])
        def winograd_both(self: __torch__.Net, q: Tensor, u: Tensor, b: Optional[Tensor], k: int) -> Tensor:
          s = torch.floordiv(torch.size(q, 1), 4)
          t = torch.floordiv(torch.size(q, 2), 4)
          c = torch.size(q, 3)
          r = torch.new_empty(q, [1, s, torch.size(q, 2), 6, c])
          _ = self.winograd_in(torch.unbind(torch.unfold(q, 1, 6, 4), -1), torch.unbind(r, 3))
          v = torch.new_empty(q, [1, s, t, 6, 6, c])
          _ = self.winograd_in(torch.unbind(torch.unfold(r, 2, 6, 4), -1), torch.unbind(v, 3))
          m = self.winograd_products(torch.reshape(v, [1, 1, -1, torch.mul(36, c)]), u, b, 36)
          z = torch.new_empty(q, [1, s, t, 4, 6, k])
          _ = self.winograd_out(torch.unbind(torch.reshape(m, [1, s, t, 6, 6, k]), 3), torch.unbind(z, 3))
          y = torch.new_empty(q, [1, s, 4, t, 4, k])
          _ = self.winograd_out(torch.unbind(z, 4), torch.unbind(y, 2))
          return torch.reshape(y, [1, torch.mul(s, 4), torch.mul(t, 4), k])
        def winograd_columns(self: __torch__.Net, q: Tensor, u: Tensor, b: Optional[Tensor], k: int) -> Tensor:
          s = torch.floordiv(torch.size(q, 1), 4)
          w = torch.size(q, 2)
          c = torch.size(q, 3)
          v = torch.new_empty(q, [1, s, w, 6, c])
          _ = self.winograd_in(torch.unbind(torch.unfold(q, 1, 6, 4), -1), torch.unbind(v, 3))
          m = self.winograd_products(torch.reshape(v, [1, s, w, torch.mul(6, c)]), u, b, 6)
          w = torch.sub(w, 2)
          y = torch.new_empty(q, [1, s, 4, w, k])
          _ = self.winograd_out(torch.unbind(torch.reshape(m, [1, s, w, 6, k]), 3), torch.unbind(y, 2))
          return torch.reshape(y, [1, torch.mul(s, 4), w, k])
        def winograd_part(self: __torch__.Net, x: Tensor, u: Tensor, b: Optional[Tensor], y: Tensor, above: int, below: int, left: int, square: bool, low: Optional[float], high: Optional[float]) -> int:
          w = torch.size(y, 2)
          k = torch.size(y, 3)
          right = torch.sub(torch.add(w, 2), torch.add(torch.size(x, 2), left))
          if square:
            right = torch.add(right, torch.remainder(torch.neg(w), 4))
          else:
            pass
          q = torch.pad(x, [0, 0, left, right, above, below], "constant", None)
          if square:
            t = self.winograd_both(q, u, b, k)
          else:
            t = self.winograd_columns(q, u, b, k)
          t = torch.slice(torch.slice(t, 1, 0, torch.size(y, 1), 1), 2, 0, w, 1)
          if torch.__is__(low, None):
            _ = torch.copy_(y, t, False)
          else:
            _ = torch.clamp(t, low, high, out=y)
          return 0
        def winograd(self: __torch__.Net, x: Tensor, u: Tensor, b: Optional[Tensor], pads: List[int], out: List[int], s: int, square: bool, low: Optional[float], high: Optional[float]) -> Tensor:
          n = torch.size(x, 0)
          x = torch.permute(x, [0, 2, 3, 1])
          y = torch.new_empty(x, [n, out[0], out[1], out[2]])
          rows = torch.mul(s, 4)
          for j in range(n):
            xs = torch.slice(x, 0, j, torch.add(j, 1), 1)
            ys = torch.slice(y, 0, j, torch.add(j, 1), 1)
            for i in range(torch.floordiv(torch.sub(torch.add(out[0], rows), 1), rows)):
              first = torch.mul(i, rows)
              a = torch.sub(first, pads[0])
              z = torch.add(a, torch.add(rows, 2))
              top = ops.prim.max(a, 0)
              end = ops.prim.min(z, torch.size(x, 1))
              o = torch.slice(ys, 1, first, torch.add(first, rows), 1)
              _ = self.winograd_part(torch.slice(xs, 1, top, end, 1), u, b, o, torch.sub(top, a), torch.sub(z, end), pads[1], square, low, high)
          return torch.permute(y, [0, 3, 1, 2])
        def winograd_windows(self: __torch__.Net, x: Tensor, u: Tensor, k: int, block: int) -> Tensor:
          q = torch.permute(x, [0, 2, 3, 1])
          n = torch.size(q, 0)
          s = torch.floordiv(torch.size(q, 1), 4)
          t = torch.floordiv(torch.size(q, 2), 4)
          c = torch.size(q, 3)
          r = torch.new_empty(q, [n, s, torch.size(q, 2), 6, c])
          _ = self.winograd_in(torch.unbind(torch.unfold(q, 1, 6, 4), -1), torch.unbind(r, 3))
          rows = torch.mul(n, s)
          r = torch.reshape(r, [rows, torch.size(q, 2), 6, c])
          v = torch.new_zeros(q, [block, 6, 6, c])
          z = torch.new_empty(q, [block, 4, 6, k])
          y = torch.new_empty(q, [rows, 4, t, 4, k])
          each = torch.floordiv(block, t)
          for i in range(torch.floordiv(torch.sub(torch.add(rows, each), 1), each)):
            first = torch.mul(i, each)
            p = torch.slice(r, 0, first, torch.add(first, each), 1)
            o = torch.slice(y, 0, first, torch.add(first, each), 1)
            h = torch.size(p, 0)
            tiles = torch.mul(h, t)
            d = torch.reshape(torch.slice(v, 0, 0, tiles, 1), [h, t, 6, 6, c])
            _ = self.winograd_in(torch.unbind(torch.unfold(p, 1, 6, 4), -1), torch.unbind(d, 2))
            m = self.winograd_products(torch.reshape(v, [1, 1, block, torch.mul(36, c)]), u, None, 36)
            _ = self.winograd_out(torch.unbind(torch.reshape(m, [block, 6, 6, k]), 1), torch.unbind(z, 1))
            e = torch.reshape(torch.slice(z, 0, 0, tiles, 1), [h, t, 4, 6, k])
            _ = self.winograd_out(torch.unbind(e, 3), torch.unbind(o, 1))
          y = torch.reshape(y, [n, torch.mul(s, 4), torch.mul(t, 4), k])
          return torch.permute(y, [0, 3, 1, 2])
        def winograd_weight(self: __torch__.Net, w: Tensor, square: bool, map: List[int]) -> Tensor:
          k = torch.size(w, 0)
          c = torch.size(w, 1)
          p = 0.47140452079103168
          q = 0.23570226039551584
          t = 0.33333333333333331
          g = torch.tensor([1., 0., 0., torch.neg(p), torch.neg(t), torch.neg(q), torch.neg(p), t, torch.neg(q), q, t, p, q, torch.neg(t), p, 0., 0., 1.], dtype=7, device=None, requires_grad=False)
          g = torch.reshape(g, [6, 3])
          w = torch.to(w, 7)
          n = 6
          if square:
            n = 36
            u = torch.matmul(torch.kron(g, g), torch.t(torch.reshape(torch.transpose(w, 2, 3), [-1, 9])))
          else:
            u = torch.matmul(g, torch.reshape(torch.permute(w, [2, 0, 1, 3]), [3, -1]))
          u = torch.to(torch.reshape(u, [torch.mul(n, k), c, 1, -1]), 6, False, True, 2)
          return ops.mkldnn._reorder_convolution_weight(u, [0, 0], [1, 1], [1, 1], n, [1, torch.mul(n, c), map[0], map[1]])
        def winograd_bias(self: __torch__.Net, b: Tensor, square: bool) -> Tensor:
          c = torch.tensor([-1., 1.2071067811865475, 0.20710678118654752, 0., 0., 0.5], dtype=7, device=None, requires_grad=False)
          if square:
            c = torch.kron(c, c)
          else:
            pass
          return torch.to(torch.flatten(torch.outer(c, torch.to(b, 7)), 0, -1), 6)
      """;

  /**
   * The convolution in this way, where its shape says that this is faster.
   *
   * @param padsApart whether the map that it reads is padded already
   */
  public static Optional<WinogradScript> of(Layer.Conv conv, FeatureShape out, boolean padsApart) {
    Window w = conv.window();
    int fewest = Math.min(conv.in(), conv.out());
    boolean square = fewest >= FEWEST_IN_SQUARES;
    long values = (long) conv.in() * out.height() * out.width();
    boolean suits =
        w.equals(Window.square(3, 1, w.rows().before()))
            && w.rows().before() < 3
            && conv.groups() == 1
            && conv.in() % VECTOR == 0
            && conv.out() % VECTOR == 0
            && fewest >= FEWEST_CHANNELS
            && tiles(out.height()) * tiles(out.width()) >= FEWEST_TILES
            && values >= FEWEST_VALUES
            && (square || values <= CACHED);
    int zeros = padsApart ? 0 : w.rows().before();
    return suits
        ? Optional.of(new WinogradScript(conv, out, zeros, zeros, square))
        : Optional.empty();
  }

  private static int tiles(int size) {
    return (size + TILE - 1) / TILE;
  }

  /** Rows of tiles at a time, of which a map has a multiple. */
  private int rows() {
    int rows = tiles(out.height());
    int columns = tiles(out.width());
    return !square
        ? rows
        : IntStream.rangeClosed(1, rows)
            .filter(each -> rows % each == 0 && (each == 1 || each * columns <= TILES))
            .max()
            .orElseThrow();
  }

  /** How many times the weights of the convolution it has. */
  public int size() {
    return square ? 4 : 2;
  }

  /**
   * The convolution, with the activation after it, if any.
   *
   * @param x a map, as a TorchScript expression, and so on
   * @param weight what {@link #weight} gives
   * @param bias what {@link #bias} gives
   */
  public String call(String x, String weight, String bias, Optional<Activation> activation) {
    return Text.of(
        "self.winograd(%s, %s, %s, [%d, %d], [%d, %d, %d], %d, %s, %s)",
        x,
        weight,
        bias,
        top,
        left,
        out.height(),
        out.width(),
        out.channels(),
        rows(),
        square ? "True" : "False",
        activation.map(WinogradScript::bounds).orElse("None, None"));
  }

  private static String bounds(Activation activation) {
    return activation.kind() == Activation.Kind.RELU
        ? "0., None"
        : activation.parameters().get(0) + ", " + activation.parameters().get(1);
  }

  /**
   * The convolution of windows, without its bias, in both directions.
   *
   * @param x windows of a multiple of four rows and columns, with what these read around them
   * @param weight what {@link #weight} gives, or {@link #weightOfWindows} where {@link
   *     #needsWeightOfWindows}
   */
  public String inWindows(String x, String weight) {
    return Text.of("self.winograd_windows(%s, %s, %d, %d)", x, weight, out.channels(), block());
  }

  /** Tiles at a time: as many as in {@link #call}, for which the weight lies in memory. */
  private int block() {
    return needsWeightOfWindows() ? WINDOW_TILES : width();
  }

  /** Whether a single map has so few tiles that most of the time would go into the weight. */
  public boolean needsWeightOfWindows() {
    return width() < FEWEST_WINDOW_TILES;
  }

  /** The weight as {@link #inWindows} reads it. */
  public String weightOfWindows(String weight) {
    return Text.of("self.winograd_weight(%s, True, [1, %d])", weight, block());
  }

  /** Positions of a row of what is multiplied at a time. */
  private int width() {
    return square ? rows() * tiles(out.width()) : out.width() + 2;
  }

  /** The weight as {@link #call} reads it. */
  public String weight(String weight) {
    return Text.of(
        "self.winograd_weight(%s, %s, [%d, %d])",
        weight, square ? "True" : "False", square ? 1 : rows(), width());
  }

  /** The bias as {@link #call} reads it. */
  public String bias(String bias) {
    return Text.of("self.winograd_bias(%s, %s)", bias, square ? "True" : "False");
  }

  /** The methods that these expressions call. */
  public static String methods() {
    return METHODS;
  }
}
