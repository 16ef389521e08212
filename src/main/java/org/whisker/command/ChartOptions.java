package org.whisker.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.job.InvalidRequestException;
import org.whisker.table.ChartRequest;
import org.whisker.table.ChartRequest.ChartFormat;
import org.whisker.table.ChartRequest.Layout;
import org.whisker.table.ChartRequest.Overlay;
import picocli.CommandLine.Option;

/** How charts are drawn, for all commands that draw some. */
public final class ChartOptions {
  private static final double ONE_COLUMN = 85;
  private static final double TWO_COLUMNS = 178;

  @Option(
      names = "--format",
      paramLabel = "F",
      split = ",",
      description =
          "Formats of charts: png, svg, pdf; several separated by commas. Default: png,svg.")
  private List<String> formats = List.of();

  @Option(
      names = "--width",
      paramLabel = "W",
      description =
          "Width of charts in print: one or two columns (85 and 178 mm), or millimetres. Charts are"
              + " laid out for it, with type of 7 to 8 points. Default: the size for screens.")
  private @Nullable String width;

  /**
   * What was asked for.
   *
   * @param maps how saliency maps are drawn; untouched by a command that has none
   * @throws InvalidRequestException for a format or width that there is not
   */
  ChartRequest charts(MapOptions maps) {
    List<ChartFormat> asked =
        formats.isEmpty()
            ? ChartRequest.standard().formats()
            : formats.stream().map(ChartOptions::format).toList();
    return InvalidRequestException.check(
        () ->
            new ChartRequest(asked, millimetres(), maps.ownScales, maps.overlay(), maps.layout()));
  }

  private static ChartFormat format(String name) {
    return Stream.of(ChartFormat.values())
        .filter(format -> format.extension().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "--format takes %s, not '%s'"
                        .formatted(
                            Stream.of(ChartFormat.values())
                                .map(ChartFormat::extension)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  private OptionalDouble millimetres() {
    if (width == null) {
      return OptionalDouble.empty();
    }
    return switch (width) {
      case "one" -> OptionalDouble.of(ONE_COLUMN);
      case "two" -> OptionalDouble.of(TWO_COLUMNS);
      default -> OptionalDouble.of(number(width));
    };
  }

  private static double number(String width) {
    try {
      return Double.parseDouble(width);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--width takes one, two, or millimetres, not '" + width + "'", e);
    }
  }

  /** How saliency maps are drawn, for the commands that have any. */
  static final class MapOptions {
    @Option(
        names = "--own-scales",
        description =
            "Each map of a gallery of saliency maps on a scale of its own. By default the maps of a"
                + " method share one, so that they can be compared.")
    private boolean ownScales;

    @Option(
        names = "--overlay",
        paramLabel = "STYLE",
        description =
            "How saliency maps lie over their pictures: signed (red for the class, blue against it),"
                + " positive (only what is for it) or contour (lines around the strongest places);"
                + " with an opacity from 0 to 1 as in positive:0.5. Default: signed:0.8.")
    private @Nullable String overlay;

    @Option(
        names = "--layout",
        paramLabel = "ROWS-by-COLUMNS",
        description =
            "Also a figure of saliency maps for a paper (figure.png): photos-by-methods,"
                + " methods-by-photos, or of several models photos-by-models, models-by-photos (a"
                + " figure a method). With --width it fits a column.")
    private @Nullable String layout;

    private Overlay overlay() {
      try {
        return overlay == null ? Overlay.STANDARD : Overlay.parse(overlay);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--overlay: " + e.getMessage(), e);
      }
    }

    private Optional<Layout> layout() {
      try {
        return Optional.ofNullable(layout).map(Layout::parse);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--layout: " + e.getMessage(), e);
      }
    }
  }
}
