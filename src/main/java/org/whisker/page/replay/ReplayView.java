package org.whisker.page.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;

/** The model of replays for their template: runs one can choose from, frames as short text. */
public final class ReplayView {
  /** Frames of all runs of a page together: some 2 MB, and more than anybody looks at. */
  private static final int MOST_FRAMES = 8000;

  private static final int LEAST_FRAMES = 100;

  private ReplayView() {}

  /**
   * One element of a page.
   *
   * @param replays runs on canvases of one size, the one shown at first in front
   */
  public static Map<String, Object> of(List<Replay> replays) {
    Replay first = replays.get(0);
    int most = Math.max(LEAST_FRAMES, MOST_FRAMES / replays.size());
    int width = first.canvas().width();
    int height = first.canvas().height();
    Map<String, Object> view = new HashMap<>();
    view.put("width", width);
    view.put("height", height);
    view.put("side", Decimals.shortest(side(first.canvas())));
    view.put("paper", first.tones().background().hex());
    view.put("ink", first.tones().ink().hex());
    view.put("path", svgPixels(first.last().image()));
    view.put("runs", replays.stream().map(r -> run(r.thinned(most), r.frames().size())).toList());
    return view;
  }

  private static Map<String, Object> run(Replay replay, int all) {
    List<String> frames = new ArrayList<>();
    BlackPixels before = BlackPixels.none(replay.canvas());
    for (Replay.Frame frame : replay.frames()) {
      frames.add(text(frame, before));
      before = frame.image();
    }
    Map<String, Object> view = new HashMap<>();
    view.put("name", replay.name());
    view.put("frames", String.join(";", frames));
    view.put("count", frames.size());
    view.put("all", all);
    view.put("climb", line(replay, Replay.Frame::catProbability));
    view.put("edge", line(replay, f -> f.edgeIndex().orElse(Double.NaN)));
    return view;
  }

  /** generation:images:p(target):E:changed pixels, each as the gap to the one before in base 36. */
  private static String text(Replay.Frame frame, BlackPixels before) {
    return String.join(
        ":",
        Integer.toString(frame.generation()),
        frame.evaluations().isPresent() ? Long.toString(frame.evaluations().getAsLong()) : "",
        Decimals.shortest(Math.round(1e4 * frame.catProbability()) / 1e4),
        rounded(frame.edgeIndex()),
        changes(before, frame.image()));
  }

  private static String rounded(OptionalDouble value) {
    return value.isPresent() ? Decimals.shortest(Math.round(1e3 * value.getAsDouble()) / 1e3) : "";
  }

  /** The pixels that change, in ascending order. */
  private static String changes(BlackPixels before, BlackPixels now) {
    List<String> changed = new ArrayList<>();
    int last = 0;
    for (int pixel : now.changedFrom(before)) {
      changed.add(Integer.toString(pixel - last, Character.MAX_RADIX));
      last = pixel;
    }
    return String.join(" ", changed);
  }

  /**
   * Points of a line from 0 to 1 across a drawing of 1000 by 100 units.
   *
   * @param value a value of a frame, or NaN
   */
  private static String line(Replay replay, ToDoubleFunction<Replay.Frame> value) {
    StringBuilder points = new StringBuilder();
    int n = replay.frames().size();
    for (int i = 0; i < n; i++) {
      double v = value.applyAsDouble(replay.frames().get(i));
      if (!Double.isNaN(v)) {
        points
            .append(points.isEmpty() ? "" : " ")
            .append(n == 1 ? 1000 : Math.round(1000.0 * i / (n - 1)))
            .append(',')
            .append(Decimals.shortest(Math.round(1000 * (1 - v)) / 10.0));
      }
    }
    return points.toString();
  }

  /** A pixel narrower than this share of the picture is drawn larger, or it could not be seen. */
  private static final double VISIBLE = 1 / 80.0;

  /**
   * The black pixels of an image as the path of an SVG, in units of its pixels.
   *
   * <p>The side of the square that stands for a pixel of the canvas; at least 1.
   */
  public static double side(Canvas canvas) {
    int longer = Math.max(canvas.width(), canvas.height());
    return Math.max(1, Math.round(10 * VISIBLE * longer) / 10.0);
  }

  /** A square around the middle of each black pixel; empty text for none. */
  public static String svgPixels(BlackPixels image) {
    double side = side(image.canvas());
    StringBuilder path = new StringBuilder();
    for (int pixel : image.indices()) {
      path.append('M')
          .append(start(image.canvas().x(pixel), side))
          .append(' ')
          .append(start(image.canvas().y(pixel), side))
          .append("h%1$sv%1$sh-%1$sz".formatted(Decimals.shortest(side)));
    }
    return path.toString();
  }

  private static String start(int at, double side) {
    return Decimals.shortest(Math.round(100 * (at + 0.5 - side / 2)) / 100.0);
  }
}
