package org.whisker.saliency.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.io.Contained;
import org.whisker.io.JsonFile;
import org.whisker.io.Npy;
import org.whisker.io.Npy.NpyArray;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.LayerProfile;
import org.whisker.saliency.Method;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.table.Column;
import org.whisker.table.MapFiles;
import org.whisker.table.Table;

/**
 * Saliency maps of images, as tables.
 *
 * <ul>
 *   <li>{@code METHOD.csv} and {@code .npy}: the map, with the sign and unit of the method
 *   <li>{@code METHOD-profile.csv}: one {@link ProfileRow} per ring
 *   <li>{@code METHOD-coverage.csv} and so on: the companions
 *   <li>{@code summary.csv}: one {@link SaliencyRow} per image and method
 * </ul>
 */
public final class SaliencyFiles {
  /** The name of the table that has all maps. */
  public static final String SUMMARY = "summary.csv";

  private SaliencyFiles() {}

  /**
   * Writes the tables of one map into its image's folder.
   *
   * @param named whether the column of values names the sign of those that are towards the target
   */
  public static void write(Path folder, ExplainedMap of, boolean named) throws IOException {
    map(folder.resolve(of.stem()), of.map(), named);
    for (Attribution.Companion companion : of.attribution().companions()) {
      map(folder.resolve(of.stem() + "-" + companion.name()), companion.map(), named);
    }
    ProfileRow.TABLE.write(profile(folder, of.stem()), ProfileRow.of(of.profile()));
  }

  /** The files that {@link #write} writes. */
  public static List<Path> of(Path folder, ExplainedMap of) throws IOException {
    List<Path> files = new ArrayList<>(List.of(profile(folder, of.stem())));
    List<String> stems = new ArrayList<>(List.of(of.stem()));
    of.attribution().companions().forEach(each -> stems.add(of.stem() + "-" + each.name()));
    for (String stem : stems) {
      files.add(folder.resolve(stem + ".csv"));
      files.add(folder.resolve(stem + ".npy"));
    }
    return files;
  }

  private static void map(Path stem, SaliencyMap map, boolean named) throws IOException {
    String towards = named && map.sign().isCatAbove() ? "_towards_cat" : "";
    MapFiles.write(
        stem, map.canvas(), MapFiles.doubles(map.values()), column(map.unit()) + towards);
  }

  static Path profile(Path folder, String stem) throws IOException {
    return new Contained(folder).resolve(stem + "-profile.csv");
  }

  /** The prefix of the names of a map's files. */
  public static String stem(String method) {
    return method.replace("++", "-plus-plus");
  }

  /** The unit in the form used in a column's name; logits are differences of logits. */
  static String column(String unit) {
    String squared = unit.endsWith("²") ? "squared_" : "";
    String name = unit.replaceAll("[^A-Za-z0-9]+", " ").strip().replace(' ', '_');
    return squared + (name.equals("logits") ? "delta_logit" : name);
  }

  /** Writes {@code summary.csv}; diagnostics that a method does not report are empty. */
  public static void summary(Path folder, List<SaliencyRow> rows) throws IOException {
    SaliencyRow.TABLE.write(folder.resolve(SUMMARY), rows);
  }

  /**
   * A row of {@code METHOD-profile.csv}: a ring of the canvas, the outermost first. The values are
   * in the unit of the map.
   */
  public record ProfileRow(
      @Column(meaning = "smallest edge rank, 0 at the border") double uFrom,
      @Column(meaning = "largest edge rank, 1 at the centre") double uTo,
      @Column(unit = "px", meaning = "smallest distance to the border, in pixels") int pxNearest,
      @Column(unit = "px", meaning = "largest distance to the border, in pixels") int pxFarthest,
      @Column(unit = "px", meaning = "number of pixels in the ring") int pixels,
      @Column(meaning = "mean of |value|") double meanAbsolute,
      @Column(meaning = "this mean relative to that of the whole map; empty for a zero map")
          OptionalDouble relative,
      @Column(
              meaning =
                  "lower end of the central 95 % of the means of randomly shifted maps, "
                      + "up to null_high")
          double nullLow,
      double nullHigh,
      @Column(
              unit = "probability",
              meaning =
                  "two-sided p-value of the mean with respect to those of the shifted " + "maps")
          double p) {
    static final Table<ProfileRow> TABLE = Table.of(ProfileRow.class);

    static List<ProfileRow> of(RadialProfile radial) {
      List<ProfileRow> rows = new ArrayList<>();
      for (int i = 0; i < radial.bands().size(); i++) {
        rows.add(of(radial.profile().bins().get(i), radial.bands().get(i)));
      }
      return rows;
    }

    private static ProfileRow of(SaliencyProfile.Bin bin, RadialProfile.Band band) {
      EdgeBin where = bin.where();
      return new ProfileRow(
          where.from(),
          where.to(),
          where.nearest(),
          where.farthest(),
          where.pixels(),
          bin.meanAbsolute(),
          bin.relative(),
          band.interval().low(),
          band.interval().high(),
          band.p());
    }

    /** The edge rank in the middle of the ring, at which it is plotted. */
    public double middle() {
      return (uFrom + uTo) / 2;
    }
  }

  /**
   * A row of {@code layers.csv}: a ring of a layer's spatial grid, the outermost first, averaged
   * over all of the layer's channels.
   */
  public record LayerRow(
      String layer,
      @Column(meaning = "smallest edge rank in the grid, 0 at its border") double uFrom,
      @Column(meaning = "largest edge rank in the grid") double uTo,
      @Column(meaning = "smallest distance to the grid's border, in units of the grid")
          int pxNearest,
      @Column(meaning = "largest distance to the grid's border, in units of the grid")
          int pxFarthest,
      @Column(meaning = "number of grid positions in the ring") int places,
      @Column(meaning = "mean absolute output of the layer") double meanActivation,
      @Column(
              unit = "squared logit per activation",
              meaning = "mean squared derivative of the logit with respect to the output")
          double meanEnergy,
      @Column(
              meaning =
                  "mean activation relative to the mean of the layer; empty for a layer "
                      + "of zeros")
          OptionalDouble relativeActivation,
      @Column(
              meaning =
                  "mean energy relative to the mean of the layer; empty when the gradient is zero")
          OptionalDouble relativeEnergy) {
    public static final Table<LayerRow> TABLE = Table.of(LayerRow.class);

    /** The file of this table in an image's folder. */
    public static Path file(Path folder) {
      return folder.resolve("layers.csv");
    }

    public static List<LayerRow> of(List<LayerProfile> layers) {
      List<LayerRow> rows = new ArrayList<>();
      for (LayerProfile layer : layers) {
        layer.bins().forEach(bin -> rows.add(of(layer.layer(), bin)));
      }
      return rows;
    }

    private static LayerRow of(String layer, LayerProfile.Bin bin) {
      EdgeBin where = bin.where();
      return new LayerRow(
          layer,
          where.from(),
          where.to(),
          where.nearest(),
          where.farthest(),
          where.pixels(),
          bin.activation(),
          bin.energy(),
          bin.relativeActivation(),
          bin.relativeEnergy());
    }
  }

  /**
   * A map on disk, which is read again when a command is resumed: the values from its {@code .npy},
   * the rest from {@code STEM.json}, which is written last and thus marks the map as complete.
   *
   * @param stem the prefix of its files' names
   */
  public record SavedAttribution(Path folder, String stem) {
    private static final String HASHES = "sha256";

    /**
     * Marks the files of the map as complete.
     *
     * @param hashes SHA-256 of these files, by their names
     */
    public void write(Attribution of, Map<String, String> hashes) throws IOException {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("method", of.method().label());
      json.put("map", describe(of.map()));
      List<Map<String, Object>> companions = new ArrayList<>();
      for (Attribution.Companion companion : of.companions()) {
        Map<String, Object> map = describe(companion.map());
        map.put("name", companion.name());
        companions.add(map);
      }
      json.put("companions", companions);
      Map<String, Object> numbers = new LinkedHashMap<>();
      for (Diagnostic what : Diagnostic.values()) {
        of.diagnostic(what).ifPresent(value -> numbers.put(what.column(), value));
      }
      json.put("diagnostics", numbers);
      json.put(HASHES, hashes);
      JsonFile.write(file(), json);
    }

    /** The hashes of its files, as they were written; nothing where they were not. */
    public JsonNode hashes() throws IOException {
      return Files.exists(file()) ? JsonFile.read(file()).path(HASHES) : MissingNode.getInstance();
    }

    private Path file() throws IOException {
      return new Contained(folder).resolve(stem + ".json");
    }

    private static Map<String, Object> describe(SaliencyMap map) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("method", map.method());
      json.put("unit", map.unit());
      json.put("sign", map.sign().name());
      return json;
    }

    private static SignConvention sign(JsonNode json) {
      return SignConvention.valueOf(json.path("sign").asText().replaceFirst("_CAT$", "_TARGET"));
    }

    /**
     * The map as it was written; empty when it was not.
     *
     * @throws IOException when its files are damaged
     */
    public Optional<Attribution> read(Method method) throws IOException {
      if (!Files.exists(file())) {
        return Optional.empty();
      }
      JsonNode json = JsonFile.read(file());
      Map<Diagnostic, Double> numbers = new EnumMap<>(Diagnostic.class);
      for (Diagnostic what : Diagnostic.values()) {
        JsonNode value = json.path("diagnostics").path(what.column());
        if (value.isNumber()) {
          numbers.put(what, value.asDouble());
        }
      }
      return Optional.of(
          new Attribution(method, map(stem, json.path("map")), companions(json), numbers));
    }

    /** The values of the map alone, as written. */
    SaliencyMap map() throws IOException {
      return map(stem, JsonFile.read(file()).path("map"));
    }

    /** The companions of the map, as written. */
    List<Attribution.Companion> companions() throws IOException {
      return companions(JsonFile.read(file()));
    }

    private List<Attribution.Companion> companions(JsonNode json) throws IOException {
      List<Attribution.Companion> companions = new ArrayList<>();
      for (JsonNode each : json.path("companions")) {
        String name = each.path("name").asText();
        companions.add(new Attribution.Companion(name, map(stem + "-" + name, each)));
      }
      return companions;
    }

    private SaliencyMap map(String name, JsonNode json) throws IOException {
      NpyArray saved = Npy.read(new Contained(folder).resolve(name + ".npy"));
      try {
        return new SaliencyMap(
            new Canvas(saved.columns(), saved.rows()),
            MapFiles.floats(saved.values()),
            json.path("unit").asText(),
            json.path("method").asText(),
            sign(json));
      } catch (IllegalArgumentException e) {
        throw new IOException(file() + " is damaged: " + e.getMessage() + "; remove it", e);
      }
    }
  }
}
