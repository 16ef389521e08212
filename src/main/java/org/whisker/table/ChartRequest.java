package org.whisker.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.value.Checks;

/**
 * How the charts of a folder are to be drawn, as its manifest says.
 *
 * @param formats at least one, in the order of {@link ChartFormat}
 * @param millimetres the width that they are laid out for, as in print; without one, each chart has
 *     its natural size
 * @param ownScales whether each map of a gallery has a scale of its own, for its pattern, where it
 *     otherwise shares one with those that it is compared with
 * @param overlay how saliency maps lie over their pictures
 * @param layout what a figure of saliency maps has in its rows and columns, where one is asked for
 */
public record ChartRequest(
    List<ChartFormat> formats,
    OptionalDouble millimetres,
    boolean ownScales,
    Overlay overlay,
    Optional<Layout> layout) {
  /** The entry of manifests that holds one that is not {@link #standard}. */
  public static final String KEY = "charts";

  private static final String FORMATS = "formats";
  private static final String WIDTH = "width_mm";
  private static final String OWN_SCALES = "own_scales";
  private static final String OVERLAY = "overlay";
  private static final String LAYOUT = "layout";
  private static final double LEAST = 40;
  private static final double MOST = 1_000;

  /**
   * @throws IllegalArgumentException without a format, or for a width outside 40 to 1,000 mm
   */
  public ChartRequest {
    Checks.refuse(formats.isEmpty(), "no format to draw charts in");
    formats = List.copyOf(new TreeSet<>(formats));
    if (millimetres.isPresent()
        && !(millimetres.getAsDouble() >= LEAST && millimetres.getAsDouble() <= MOST)) {
      throw new IllegalArgumentException(
          "charts are 40 to 1000 mm wide, not " + millimetres.getAsDouble());
    }
  }

  /** Charts in these formats, with shared scales. */
  public ChartRequest(List<ChartFormat> formats, OptionalDouble millimetres) {
    this(formats, millimetres, false, Overlay.STANDARD, Optional.empty());
  }

  /** PNG and SVG, in their natural size. */
  public static ChartRequest standard() {
    return new ChartRequest(List.of(ChartFormat.PNG, ChartFormat.SVG), OptionalDouble.empty());
  }

  public boolean isStandard() {
    return equals(standard());
  }

  /** The value of {@link #KEY} in a manifest. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(FORMATS, formats.stream().map(ChartFormat::extension).toList());
    millimetres.ifPresent(width -> json.put(WIDTH, width));
    if (ownScales) {
      json.put(OWN_SCALES, true);
    }
    if (!overlay.equals(Overlay.STANDARD)) {
      json.put(OVERLAY, overlay.toString());
    }
    layout.ifPresent(asked -> json.put(LAYOUT, asked.label()));
    return json;
  }

  /** What a manifest asks for; {@link #standard} where it asks for nothing, or not in this form. */
  public static ChartRequest of(JsonNode manifest) {
    JsonNode asked = manifest.path(KEY);
    Set<ChartFormat> formats = EnumSet.noneOf(ChartFormat.class);
    for (ChartFormat format : ChartFormat.values()) {
      for (JsonNode name : asked.path(FORMATS)) {
        if (name.asText().equals(format.extension())) {
          formats.add(format);
        }
      }
    }
    double width = asked.path(WIDTH).asDouble();
    return formats.isEmpty()
        ? standard()
        : new ChartRequest(
            List.copyOf(formats),
            width >= LEAST && width <= MOST ? OptionalDouble.of(width) : OptionalDouble.empty(),
            asked.path(OWN_SCALES).asBoolean(),
            Overlay.read(asked.path(OVERLAY).asText("")),
            Layout.named(asked.path(LAYOUT).asText("")));
  }

  /**
   * How a map lies over its picture.
   *
   * @param opacity of its strongest colours, above 0 and at most 1
   */
  public record Overlay(Style style, double opacity) {
    /** All of the map in colours, the stronger the less of the picture is seen. */
    public static final Overlay STANDARD = new Overlay(Style.SIGNED, 0.8);

    /** What is shown of the map. */
    public enum Style {
      /** What is for the class, and what is against it. */
      SIGNED,
      /** What is for the class alone. */
      POSITIVE,
      /** Lines around its strongest places. */
      CONTOUR;

      String label() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public Overlay {
      Checks.require(
          opacity > 0 && opacity <= 1, "an opacity is above 0 and at most 1, not %s", opacity);
    }

    /**
     * Reads such as {@code positive} or {@code signed:0.5}.
     *
     * @throws IllegalArgumentException for another style or opacity
     */
    public static Overlay parse(String text) {
      String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", 2);
      for (Style style : Style.values()) {
        if (style.label().equals(parts[0])) {
          return new Overlay(style, parts.length == 1 ? STANDARD.opacity : number(parts[1]));
        }
      }
      throw new IllegalArgumentException(
          "there are signed, positive and contour, each also with an opacity as in signed:0.5, not"
              + " '"
              + text
              + "'");
    }

    private static double number(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("an opacity is a number, not '" + text + "'", e);
      }
    }

    private static Overlay read(String recorded) {
      try {
        return parse(recorded);
      } catch (IllegalArgumentException e) {
        return STANDARD; // a manifest may be anybody's
      }
    }

    @Override
    public String toString() {
      return style.label() + ":" + opacity;
    }
  }

  /** What a figure of saliency maps has in its rows, by what it has in its columns. */
  public enum Layout {
    PHOTOS_BY_METHODS,
    METHODS_BY_PHOTOS,
    PHOTOS_BY_MODELS,
    MODELS_BY_PHOTOS;

    /** Its name in options and manifests. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its photos are below each other. */
    public boolean hasPhotosInRows() {
      return this == PHOTOS_BY_METHODS || this == PHOTOS_BY_MODELS;
    }

    /** Whether it shows models beside each other, a figure a method. */
    public boolean isOfModels() {
      return this == PHOTOS_BY_MODELS || this == MODELS_BY_PHOTOS;
    }

    /**
     * Reads a label.
     *
     * @throws IllegalArgumentException for another word
     */
    public static Layout parse(String text) {
      return named(text.strip().toLowerCase(Locale.ROOT))
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "there are "
                          + Stream.of(values()).map(Layout::label).collect(Collectors.joining(", "))
                          + ", not '"
                          + text
                          + "'"));
    }

    private static Optional<Layout> named(String label) {
      return Stream.of(values()).filter(each -> each.label().equals(label)).findFirst();
    }
  }

  /** A file format of charts. */
  public enum ChartFormat {
    PNG,
    SVG,
    PDF;

    /** The end of its files' names, without a dot. */
    public String extension() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
