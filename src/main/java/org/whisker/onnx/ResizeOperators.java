package org.whisker.onnx;

import java.util.List;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation.Resize;
import org.whisker.network.Operation.Resize.Interpolation;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;

/** Resizing of maps: Resize, and Upsample, which it replaced. */
record ResizeOperators(ResizeForm form) {
  private static final double WHOLE = 1e-4;

  static List<Operator> all() {
    String limits =
        "rows and columns: linear or cubic (half_pixel or align_corners, cubic_coeff_a -0.75), or"
            + " values repeated";
    String mend =
        "export it in one of these forms by opset 11 or later, or import a TorchScript module"
            + " instead";
    Operator.Reader reader = (scope, node) -> List.of(read(scope, node));
    return List.of(
        Operator.named("Resize")
            .since(10)
            .limits(limits)
            .mend(mend)
            .reads(reader)
            .computes(KnownResize::of)
            .writes(Resize.class, ResizeOperators::write),
        Operator.named("Upsample")
            .until(9)
            .limits(limits)
            .mend(mend)
            .reads(reader)
            .computes(KnownResize::of));
  }

  private static View read(Scope scope, GraphNode node) {
    View x = scope.layout().map(scope.view(node, 0));
    FeatureShape in = scope.draft().shape(x.node());
    Resize resize = new ResizeOperators(ResizeForm.of(scope, node)).of(in);
    if (resize.height() == in.height() && resize.width() == in.width()) {
      return x;
    }
    int made = scope.draft().add(resize, x.node());
    return View.map(made, scope.draft().shape(made));
  }

  private Resize of(FeatureShape in) {
    int[] from = {1, in.channels(), in.height(), in.width()};
    int[] to = form.target(from);
    Checks.refuse(
        (!form.sized() && to[0] != 1) || to[1] != in.channels(),
        "only rows and columns can be resized");
    checkFactors(from, to);
    if (form.mode().equals("nearest")) {
      boolean enlarged = to[2] % from[2] == 0 && to[3] % from[3] == 0;
      Checks.require(
          repeats(form.at(), form.nearest(), enlarged),
          "a nearest resize by coordinate_transformation_mode %s and nearest_mode %s can't be read;"
              + " asymmetric and floor can",
          form.at(),
          form.nearest());
      return new Resize(to[2], to[3], Interpolation.NEAREST);
    }
    return interpolated(from, to);
  }

  /** Positions follow from the factor, not from the two sizes, where it gives no whole number. */
  private void checkFactors(int[] from, int[] to) {
    float[] factors = form.factors(from, to);
    for (int i = 2; i < to.length; i++) {
      Checks.refuse(form.old() && factors[i] < 1, "before opset 11 only enlargements can be read");
      Checks.require(
          Math.abs(from[i] * factors[i] - to[i]) < WHOLE,
          "%d times %s is no whole number of pixels",
          from[i],
          factors[i]);
    }
  }

  /** Whether each value is repeated, or the first of those that become one is taken. */
  private static boolean repeats(String at, String nearest, boolean enlarged) {
    if (nearest.equals("floor")) {
      return at.equals("asymmetric") || (enlarged && at.equals("tf_half_pixel_for_nn"));
    }
    return enlarged && isHalfPixel(at) && nearest.startsWith("round_prefer");
  }

  private static boolean isHalfPixel(String at) {
    return at.equals("half_pixel") || at.equals("pytorch_half_pixel");
  }

  private Resize interpolated(int[] from, int[] to) {
    boolean corners = form.at().equals("align_corners");
    Checks.require(
        corners || isHalfPixel(form.at()),
        "a %s resize by coordinate_transformation_mode %s can't be read; half_pixel and"
            + " align_corners can",
        form.mode(),
        form.at());
    boolean first = form.at().equals("pytorch_half_pixel");
    Checks.refuse(
        first && ((to[2] == 1 && from[2] > 1) || (to[3] == 1 && from[3] > 1)),
        "coordinate_transformation_mode pytorch_half_pixel, which makes a single row or column of"
            + " the first one, can't be read; half_pixel can");
    Checks.refuse(
        form.antialias(), "antialiasing (antialias 1) of the picture can't be read; 0 can");
    return new Resize(to[2], to[3], interpolation(), corners);
  }

  private Interpolation interpolation() {
    if (form.mode().equals("linear")) {
      return Interpolation.LINEAR;
    }
    Checks.require(
        form.mode().equals("cubic"), "mode %s; nearest, linear and cubic can be read", form.mode());
    Checks.require(
        form.hasUsualCoefficient(),
        "cubic_coeff_a %s can't be read; -0.75, as of PyTorch's interpolate, can",
        (float) form.coefficient());
    Checks.refuse(form.excludesOutside(), "exclude_outside 1 can't be read; 0 can");
    return Interpolation.CUBIC;
  }

  private static String write(LayerWriter to, Resize resize) {
    FeatureShape from = to.from();
    String factors =
        to.floats(
            new long[] {4},
            1,
            1,
            factor(from.height(), resize.height()),
            factor(from.width(), resize.width()));
    List<String> inputs = List.of(to.x(), "", factors);
    if (resize.by() == Interpolation.NEAREST) {
      return to.node(
          "Resize",
          inputs,
          NodeWriter.with("mode", "nearest"),
          NodeWriter.with("coordinate_transformation_mode", "asymmetric"),
          NodeWriter.with("nearest_mode", "floor"));
    }
    return to.node(
        "Resize",
        inputs,
        NodeWriter.with("mode", resize.by() == Interpolation.LINEAR ? "linear" : "cubic"),
        NodeWriter.with(
            "coordinate_transformation_mode", resize.corners() ? "align_corners" : "half_pixel"));
  }

  /** Readers round the product down, so it may not be a little less than the size. */
  private static float factor(int from, int to) {
    float factor = (float) to / from;
    return (int) (from * factor) < to ? Math.nextUp(factor) : factor;
  }
}
