package org.whisker.chart.kit.lane;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Ink.Words;
import org.whisker.chart.kit.Keys;
import org.whisker.chart.kit.lane.ValueAxis.LaneSpan;
import org.whisker.value.Checks;

/**
 * Rows with a name at the left and marks along a horizontal axis of values.
 *
 * @param title above the drawing
 * @param keys legend of the colours; may be empty
 * @param blocks blocks from top to bottom; the left ends of their axes are aligned
 * @param notes lines of text below the drawing
 * @param span length of the axes, in units
 * @param most width of the legend, in units
 */
public record Lanes(
    String title, List<Keys.Key> keys, List<Block> blocks, List<String> notes, int span, int most)
    implements Drawing {
  private static final int SIDE = 12;
  private static final int TOP = 32;
  private static final int KEYS = 15;
  private static final int HEADING = 26;
  private static final int ASIDE = 14;
  private static final int NAMES_APART = 18;
  private static final int BLOCKS_APART = 8;
  private static final int NOTE = 15;
  private static final int SHORTEST = 110;

  /**
   * Rows over one axis.
   *
   * @param axis null when the rows contain text only
   */
  public record Block(@Nullable ValueAxis axis, List<Group> groups) {
    public Block {
      groups = List.copyOf(groups);
    }

    /** A block of rows without a heading. */
    public static Block of(ValueAxis axis, List<LaneRow> rows) {
      return new Block(axis, List.of(new Group("", rows)));
    }

    private List<LaneRow> rows() {
      return groups.stream().flatMap(group -> group.rows.stream()).toList();
    }

    private int lanesHeight() {
      return groups.stream().mapToInt(Group::height).sum();
    }
  }

  /** Rows below a heading, which may be empty. */
  public record Group(String heading, List<LaneRow> rows) {
    public Group {
      rows = List.copyOf(rows);
    }

    private int headingHeight() {
      return heading.isEmpty() ? 0 : HEADING;
    }

    private int height() {
      return headingHeight() + rows.stream().mapToInt(LaneRow::height).sum();
    }
  }

  /** Lanes with axes of the usual length. */
  public Lanes(String title, List<Keys.Key> keys, List<Block> blocks, List<String> notes) {
    this(title, keys, blocks, notes, LaneSpan.WIDTH, Keys.inLine(keys).width());
  }

  public Lanes {
    keys = List.copyOf(keys);
    blocks = List.copyOf(blocks);
    notes = List.copyOf(notes);
    Checks.refuse(blocks.stream().allMatch(block -> block.rows().isEmpty()), "no row to draw");
  }

  private double widest(ToDoubleFunction<LaneRow> width) {
    return blocks.stream()
        .flatMap(block -> block.rows().stream())
        .mapToDouble(width)
        .max()
        .orElse(0);
  }

  private int left() {
    return SIDE + (int) Math.ceil(widest(LaneRow::nameWidth)) + NAMES_APART;
  }

  private LaneSpan span(Block block) {
    return new LaneSpan(block.axis, left(), span);
  }

  private double spanWidth() {
    return blocks.stream().mapToDouble(block -> span(block).wholeWidth()).max().orElseThrow();
  }

  /** Shortens the axes, and breaks texts into more lines. */
  @Override
  public Drawing within(int width) {
    if (width() <= width) {
      return this;
    }
    double texts = width - 2.0 * SIDE;
    Lanes told =
        new Lanes(
            String.join("\n", Words.lines(title, Ink.TITLE, texts)),
            keys,
            blocks,
            Words.wrapped(notes, Ink.TICK, texts),
            span,
            (int) texts);
    int shorter = Math.max(SHORTEST, span - Math.max(0, told.lanesWidth() + SIDE - width));
    return new Lanes(told.title, keys, blocks, told.notes, shorter, told.most);
  }

  private int lanesWidth() {
    double aside = widest(LaneRow::asideWidth);
    return (int) Math.ceil(left() + spanWidth() + (aside > 0 ? ASIDE + aside : 0));
  }

  private Keys legend() {
    return new Keys(keys, most);
  }

  @Override
  public int width() {
    double aside = widest(LaneRow::asideWidth);
    double lanes = left() + spanWidth() + (aside > 0 ? ASIDE + aside : 0);
    List<Double> all = new ArrayList<>(List.of(lanes, SIDE + (double) legend().width()));
    title.lines().forEach(line -> all.add(SIDE + Ink.width(line, Ink.TITLE)));
    notes.forEach(note -> all.add(SIDE + Ink.width(note, Ink.TICK)));
    return SIDE + (int) Math.ceil(all.stream().mapToDouble(w -> w).max().orElseThrow());
  }

  @Override
  public int height() {
    int lanes = blocks.stream().mapToInt(this::height).sum();
    return top() + lanes + BLOCKS_APART * (blocks.size() - 1) + NOTE * notes.size() + SIDE;
  }

  private int top() {
    int legend = keys.isEmpty() ? 0 : KEYS + legend().height() - Keys.LINE;
    return TOP + Words.extraHeight(title) + legend;
  }

  private int height(Block block) {
    return block.lanesHeight() + span(block).heightBelow();
  }

  @Override
  public void paint(Graphics2D g) {
    Words.paint(g, title, Ink.TITLE, Ink.TEXT, SIDE, 20);
    AffineTransform home = g.getTransform();
    g.translate(SIDE, 28 + Words.extraHeight(title));
    legend().paint(g);
    g.setTransform(home);
    double names = left() - NAMES_APART;
    double aside = left() + spanWidth() + ASIDE;
    double y = top();
    for (Block block : blocks) {
      paint(g, block, y, names, aside);
      y += height(block) + BLOCKS_APART;
    }
    for (String note : notes) {
      Ink.text(g, note, Ink.TICK, Ink.MUTED, SIDE, y + 8, 0);
      y += NOTE;
    }
  }

  private void paint(Graphics2D g, Block block, double top, double names, double aside) {
    LaneSpan span = span(block);
    double first = block.groups.isEmpty() ? 0 : block.groups.get(0).headingHeight();
    span.paint(g, top + first, top + block.lanesHeight());
    double y = top;
    for (Group group : block.groups) {
      Ink.text(g, group.heading, Ink.TITLE, Ink.TEXT, SIDE, y + 18, 0);
      y += group.headingHeight();
      for (LaneRow row : group.rows) {
        paint(g, row, span, y, names, aside);
        y += row.height();
      }
    }
  }

  /**
   * Paints a row; its name ends at {@code names}, and the text beside its lanes begins at {@code
   * aside}.
   */
  private static void paint(
      Graphics2D g, LaneRow row, LaneSpan span, double top, double names, double aside) {
    double middle = top + row.height() / 2.0;
    double baseline = middle + (row.below().isEmpty() ? 4 : -3);
    Ink.text(g, row.name(), Ink.LABEL, Ink.TEXT, names, baseline, 1);
    Ink.text(g, row.below(), Ink.TICK, Ink.MUTED, names, baseline + 15, 1);
    double y = middle - row.lanesHeight() / 2.0;
    for (LaneRow.Lane lane : row.lanes()) {
      double centre = y + lane.height() / 2.0;
      for (LaneMark mark : lane.marks()) {
        mark.paint(g, span, centre);
      }
      Ink.text(g, lane.aside(), Ink.TICK, lane.color(), aside, centre + 4, 0);
      y += lane.height();
    }
  }

  /**
   * A named row of {@link Lanes}.
   *
   * @param name label at the left of its lanes
   * @param below second line in small type below the name; may be empty
   * @param lanes from the top
   */
  public record LaneRow(String name, String below, List<Lane> lanes) {
    private static final int GAP = 7;
    private static final int TWO_LINES = 34;

    /**
     * A lane.
     *
     * @param marks marks, in drawing order
     * @param aside text in small type at the right of the axis; may be empty
     * @param color the colour of {@code aside}
     */
    public record Lane(List<? extends LaneMark> marks, String aside, Color color) {
      public Lane {
        marks = List.copyOf(marks);
      }

      public static Lane of(LaneMark... marks) {
        return new Lane(List.of(marks), "", Ink.MUTED);
      }

      int height() {
        return marks.stream().mapToInt(LaneMark::height).max().orElse(0);
      }
    }

    public LaneRow {
      lanes = List.copyOf(lanes);
    }

    public static LaneRow of(String name, Lane... lanes) {
      return new LaneRow(name, "", List.of(lanes));
    }

    double nameWidth() {
      return Math.max(Ink.width(name, Ink.LABEL), Ink.width(below, Ink.TICK));
    }

    double asideWidth() {
      return lanes.stream().mapToDouble(lane -> Ink.width(lane.aside, Ink.TICK)).max().orElse(0);
    }

    int lanesHeight() {
      return lanes.stream().mapToInt(Lane::height).sum();
    }

    int height() {
      return GAP + Math.max(lanesHeight(), below.isEmpty() ? 0 : TWO_LINES);
    }
  }
}
