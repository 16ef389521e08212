package org.whisker.diagnosis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.classifier.Classifier;
import org.whisker.diagnosis.Scenes.Box;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.MarkRow;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.stats.Estimate;
import org.whisker.stats.Samples;

/**
 * Marks in photos: parts near the border in which the photos of a folder are alike, or differ from
 * those of all other folders together, and what the logit does when they are painted over. Each
 * colour channel is looked at, and the differences between channels, in which a mark shows that is
 * as bright as what it covers.
 */
final class MarkSearch {
  /**
   * Photos are alike at a pixel where their standard deviation is below this share of the median
   * over all pixels.
   */
  private static final double ALIKE = 0.2;

  /** Standard errors between the means of two folders. */
  private static final double APART = 6;

  private static final double LEAST_DIFFERENCE = 0.1;
  private static final int FEWEST_PIXELS = 4;
  private static final double BORDER = 0.3;
  private static final double MOST_SHARE = 0.25;
  private static final int MOST_MARKS = 3;

  private final Classifier network;
  private final Canvas canvas;

  MarkSearch(Classifier network) {
    this.network = network;
    this.canvas = network.canvas();
  }

  /**
   * The photos of a folder.
   *
   * @param photos photos of the size of the canvas
   */
  record Group(String name, List<Raster> photos) {
    Group {
      photos = List.copyOf(photos);
    }
  }

  record Mark(Group group, Box box, Effect effect) {
    MarkRow row() {
      Estimate estimate = effect.estimate();
      return new MarkRow(
          group.name(),
          box.left(),
          box.top(),
          box.right() - box.left(),
          box.bottom() - box.top(),
          estimate.value(),
          estimate.interval().low(),
          estimate.interval().high());
    }
  }

  /** All marks of all groups that have enough photos, the strongest first. */
  List<Mark> of(List<Group> groups) {
    List<Mark> marks = new ArrayList<>();
    for (Group group : groups) {
      if (group.photos().size() >= Effect.FEWEST) {
        Optional<Group> other = others(groups, group);
        List<Box> boxes = boxes(group, other);
        for (Box box : boxes) {
          marks.add(new Mark(group, box, effect(group, other, box, boxes)));
        }
      }
    }
    marks.sort(
        Comparator.comparingDouble((Mark mark) -> mark.effect().estimate().value()).reversed());
    return marks;
  }

  /** What is at the block of a folder's photos at which a network looks most. */
  Mark at(List<Group> groups, ClassMapRow peak) {
    Group group =
        groups.stream().filter(each -> each.name().equals(peak.group())).findFirst().orElseThrow();
    Box box =
        new Box(peak.left(), peak.top(), peak.left() + peak.width(), peak.top() + peak.height());
    return new Mark(group, box, effect(group, others(groups, group), box, List.of(box)));
  }

  /** The photos of all other folders, one of each in turn; empty where there are too few. */
  private static Optional<Group> others(List<Group> groups, Group group) {
    List<Group> others = groups.stream().filter(each -> !each.name().equals(group.name())).toList();
    List<Raster> photos = new ArrayList<>();
    int most = others.stream().mapToInt(other -> other.photos().size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      for (Group other : others) {
        if (i < other.photos().size()) {
          photos.add(other.photos().get(i));
        }
      }
    }
    return Optional.of(new Group("others", photos))
        .filter(other -> other.photos().size() >= Effect.FEWEST);
  }

  private List<Box> boxes(Group group, Optional<Group> other) {
    boolean[] marked = new boolean[canvas.pixels()];
    int planes = Math.max(planes(group), other.map(MarkSearch::planes).orElse(1));
    for (int plane = 0; plane < planes; plane++) {
      mark(Seen.channel(planes, plane), group, other, marked);
    }
    if (planes > 1) {
      mark(Seen.difference(planes, 0, 1), group, other, marked);
      mark(Seen.difference(planes, 2, 1), group, other, marked);
    }
    return parts(marked);
  }

  private static int planes(Group group) {
    return group.photos().stream().mapToInt(Raster::planes).max().orElse(1);
  }

  /** Marks the pixels at which the photos are alike, or other than those of the other folders. */
  private void mark(Seen seen, Group group, Optional<Group> other, boolean[] marked) {
    double[][] own = moments(group.photos(), seen);
    double[] sorted = own[1].clone();
    Arrays.sort(sorted);
    double alike = ALIKE * sorted[sorted.length / 2];
    Optional<double[][]> others = other.map(found -> moments(found.photos(), seen));
    // of two means that differ, that which is farther from the rest of its pictures is the mark's
    double ownMean = Samples.mean(own[0]);
    double theirMean = others.map(theirs -> Samples.mean(theirs[0])).orElse(ownMean);
    for (int i = 0; i < marked.length; i++) {
      boolean isAlike = own[1][i] < alike;
      if (others.isPresent()) {
        double[][] theirs = others.get();
        double difference = Math.abs(own[0][i] - theirs[0][i]);
        double error =
            Math.hypot(
                own[1][i] / Math.sqrt(group.photos().size()),
                theirs[1][i] / Math.sqrt(other.orElseThrow().photos().size()));
        boolean inBoth = theirs[1][i] < alike && difference < LEAST_DIFFERENCE;
        boolean apart =
            difference > LEAST_DIFFERENCE
                && difference > APART * error
                && Math.abs(own[0][i] - ownMean) >= Math.abs(theirs[0][i] - theirMean);
        isAlike = !inBoth && (isAlike || apart);
      }
      marked[i] |= isAlike && isNearBorder(i);
    }
  }

  /** What is looked at of a photo: a value for each pixel. */
  private interface Seen {
    float[] of(Raster photo);

    static Seen channel(int planes, int plane) {
      return photo -> {
        int pixels = photo.canvas().pixels();
        float[] values = new float[planes * pixels];
        photo.paint(values, 0, planes);
        return Arrays.copyOfRange(values, plane * pixels, (plane + 1) * pixels);
      };
    }

    static Seen difference(int planes, int plane, int other) {
      return photo -> {
        float[] values = channel(planes, plane).of(photo);
        float[] less = channel(planes, other).of(photo);
        for (int i = 0; i < values.length; i++) {
          values[i] -= less[i];
        }
        return values;
      };
    }
  }

  private boolean isNearBorder(int i) {
    return canvas.borderDistance(i) < BORDER * Math.min(canvas.width(), canvas.height());
  }

  /** Means and standard deviations over photos by pixel. */
  private static double[][] moments(List<Raster> photos, Seen seen) {
    int pixels = photos.get(0).canvas().pixels();
    double[] sums = new double[pixels];
    double[] squares = new double[pixels];
    for (Raster photo : photos) {
      float[] values = seen.of(photo);
      for (int i = 0; i < pixels; i++) {
        sums[i] += values[i];
        squares[i] += (double) values[i] * values[i];
      }
    }
    int n = photos.size();
    for (int i = 0; i < pixels; i++) {
      sums[i] /= n;
      squares[i] = Math.sqrt(Math.max(0, squares[i] / n - sums[i] * sums[i]));
    }
    return new double[][] {sums, squares};
  }

  /** The boxes of connected pixels, those that overlap in one, the largest first. */
  private List<Box> parts(boolean[] marked) {
    List<List<Integer>> parts = new ArrayList<>();
    boolean[] seen = new boolean[marked.length];
    for (int i = 0; i < marked.length; i++) {
      if (marked[i] && !seen[i]) {
        parts.add(connected(marked, seen, i));
      }
    }
    List<Box> boxes = new ArrayList<>();
    parts.stream()
        .filter(part -> part.size() >= FEWEST_PIXELS)
        .filter(part -> part.size() <= MOST_SHARE * canvas.pixels())
        .map(this::box)
        .forEach(box -> unite(boxes, box));
    return boxes.stream()
        .sorted(Comparator.comparingInt(Box::pixels).reversed())
        .limit(MOST_MARKS)
        .toList();
  }

  /** Adds a box, in one with those that it overlaps: lines of letters are one mark. */
  private static void unite(List<Box> boxes, Box added) {
    Box whole = added;
    for (int i = 0; i < boxes.size(); i++) {
      if (boxes.get(i).overlaps(whole)) {
        whole = whole.with(boxes.remove(i));
        i = -1;
      }
    }
    boxes.add(whole);
  }

  private List<Integer> connected(boolean[] marked, boolean[] seen, int start) {
    List<Integer> part = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    seen[start] = true;
    while (!open.isEmpty()) {
      int at = open.remove();
      part.add(at);
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int x = canvas.x(at) + dx;
          int y = canvas.y(at) + dy;
          if (canvas.contains(x, y) && marked[canvas.index(x, y)] && !seen[canvas.index(x, y)]) {
            seen[canvas.index(x, y)] = true;
            open.add(canvas.index(x, y));
          }
        }
      }
    }
    return part;
  }

  /** The box around these pixels, one pixel wider on each side as far as the canvas goes. */
  private Box box(List<Integer> part) {
    int left = part.stream().mapToInt(canvas::x).min().orElseThrow();
    int right = part.stream().mapToInt(canvas::x).max().orElseThrow();
    int top = part.stream().mapToInt(canvas::y).min().orElseThrow();
    int bottom = part.stream().mapToInt(canvas::y).max().orElseThrow();
    return new Box(
        Math.max(0, left - 1),
        Math.max(0, top - 1),
        Math.min(canvas.width(), right + 2),
        Math.min(canvas.height(), bottom + 2));
  }

  /**
   * The change of the logit when a box is painted over, less that elsewhere, in the direction of
   * its mean. Elsewhere is at the mirrored places that no mark holds.
   */
  private Effect effect(Group group, Optional<Group> other, Box box, List<Box> marked) {
    int n = group.photos().size();
    List<Box> mirrored =
        Stream.of(
                box.mirrored(canvas, true, false),
                box.mirrored(canvas, false, true),
                box.mirrored(canvas, true, true))
            .filter(place -> marked.stream().noneMatch(place::overlaps))
            .toList();
    List<Raster> all = new ArrayList<>(group.photos());
    for (int i = 0; i < n; i++) {
      all.add(painted(group, other, i, box));
    }
    for (Box place : mirrored) {
      for (int i = 0; i < n; i++) {
        all.add(painted(group, other, i, place));
      }
    }
    float[] logits = network.logits(all);
    double spread = SystematicChange.spread(Arrays.copyOf(logits, 2 * n));
    double[] changes = new double[n];
    for (int i = 0; i < n; i++) {
      double elsewhere = 0;
      for (int place = 0; place < mirrored.size(); place++) {
        elsewhere += (logits[(2 + place) * n + i] - logits[i]) / mirrored.size();
      }
      changes[i] = (logits[n + i] - logits[i] - elsewhere) / Math.max(spread, Double.MIN_NORMAL);
    }
    double sign = Math.signum(Arrays.stream(changes).sum());
    return new Effect(Arrays.stream(changes).map(change -> sign * change).toArray(), false);
  }

  /**
   * Paints the box with that of a photo of the other folders; without one, with what lies half the
   * width and height away in the same photo.
   */
  private Raster painted(Group group, Optional<Group> other, int photo, Box box) {
    Raster picture = group.photos().get(photo);
    Raster from =
        other
            .map(found -> found.photos().get(photo % found.photos().size()))
            .orElseGet(() -> Scenes.rolled(picture, canvas.width() / 2, canvas.height() / 2));
    return Scenes.patched(picture, box, from);
  }
}
