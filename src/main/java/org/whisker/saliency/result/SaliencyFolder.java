package org.whisker.saliency.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.io.Contained;
import org.whisker.io.Manifest;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Method;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.result.SaliencyFiles.ProfileRow;
import org.whisker.saliency.result.SaliencyFiles.SavedAttribution;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * The results of a saliency job, read back from its tables: all maps listed in {@code summary.csv}.
 *
 * @param manifest as JSON
 * @param folders folder of each image's files, by the image's name; includes images without maps
 * @param maps maps ordered by image, then by method; at least one
 */
public record SaliencyFolder(JsonNode manifest, Map<String, Path> folders, List<FolderMap> maps) {
  public SaliencyFolder {
    folders = Collections.unmodifiableMap(new LinkedHashMap<>(folders));
    maps = List.copyOf(maps);
    Checks.refuse(maps.isEmpty(), "a folder of no map");
  }

  /** Whether a folder contains the tables of a saliency job. */
  public static boolean isIn(Path folder) throws IOException {
    return Manifest.isIn(folder) && SaliencyRow.TABLE.isIn(folder.resolve(SaliencyFiles.SUMMARY));
  }

  /**
   * Reads the tables.
   *
   * @throws IOException in one line that names what is missing or can't be read
   */
  public static SaliencyFolder read(Path folder) throws IOException {
    JsonNode manifest = Manifest.read(folder);
    Map<String, Path> folders = new LinkedHashMap<>();
    for (JsonNode image : manifest.path("images")) {
      String own = image.path("folder").asText();
      folders.put(image.path("name").asText(), new Contained(folder).resolve(own));
    }
    List<FolderMap> maps = maps(folder.resolve(SaliencyFiles.SUMMARY), folders);
    return new SaliencyFolder(manifest, folders, maps);
  }

  private static List<FolderMap> maps(Path summary, Map<String, Path> folders) throws IOException {
    Map<String, Picture> pictures = new HashMap<>();
    List<FolderMap> maps = new ArrayList<>();
    for (SaliencyRow row : SaliencyRow.TABLE.read(summary)) {
      Path own = folders.get(row.image());
      if (own == null) {
        throw new IOException(
            "%s names the image \"%s\", which %s beside it does not"
                .formatted(summary, row.image(), Manifest.NAME));
      }
      Picture picture = pictures.get(row.image());
      if (picture == null) {
        picture = Picture.read(own, row);
        pictures.put(row.image(), picture);
      }
      maps.add(FolderMap.read(picture, row));
    }
    if (maps.isEmpty()) {
      throw new IOException(summary + " has no row");
    }
    return maps;
  }

  /** The model that the maps explain. */
  public String model() {
    return manifest.path("model").path("name").asText();
  }

  /** The images that have maps. */
  public List<Picture> pictures() {
    return maps.stream().map(FolderMap::picture).distinct().toList();
  }

  /** The methods for which any image has a map, in the standard order. */
  public List<String> methods() {
    Set<String> methods = new LinkedHashSet<>();
    Methods.known().forEach(method -> methods.add(method.label()));
    Set<String> made = new LinkedHashSet<>();
    maps.forEach(map -> made.add(map.method()));
    methods.addAll(made);
    methods.retainAll(made);
    return List.copyOf(methods);
  }

  public List<FolderMap> of(String method) {
    return maps.stream().filter(map -> map.method().equals(method)).toList();
  }

  /** The maps of one image. */
  public List<FolderMap> of(Picture picture) {
    return maps.stream().filter(map -> map.picture().equals(picture)).toList();
  }

  /** A one-line description of a method; empty for a method unknown to this version. */
  public static String describe(String method) {
    return Methods.known().stream()
        .filter(each -> each.label().equals(method))
        .map(Method::line)
        .findFirst()
        .orElse("");
  }

  /**
   * An image in the folder of a saliency job.
   *
   * @param folder the folder of its maps
   * @param name short name, used in titles
   * @param resized whether it was resized to the classifier's input size
   * @param pTarget p(target), 0 to 1
   * @param pixels what the classifier is shown, in steps of 1/255
   */
  public record Picture(
      Path folder, String name, boolean resized, double pTarget, PlanarImage pixels) {
    static Picture read(Path folder, SaliencyRow row) throws IOException {
      return new Picture(
          folder,
          row.image(),
          row.resized(),
          row.pTarget(),
          ImageFiles.read(folder.resolve("picture.png"), PlanarImage.COLOURS));
    }

    public String score() {
      return Text.of("p(target) %.3f", pTarget);
    }
  }

  /**
   * A map in the folder of a saliency job.
   *
   * @param row its row of {@code summary.csv}
   * @param profile radial profile of the map, from the border inwards
   */
  public record FolderMap(
      SaliencyFolder.Picture picture, SaliencyRow row, PictureMap map, List<ProfileRow> profile) {
    /**
     * A companion of the map, such as its coverage.
     *
     * @param name name as used in file names
     */
    public record Companion(String name, PictureMap map) {}

    public FolderMap {
      profile = List.copyOf(profile);
    }

    /**
     * Reads a map.
     *
     * @throws IOException when a file is missing or can't be read
     */
    public static FolderMap read(SaliencyFolder.Picture picture, SaliencyRow row)
        throws IOException {
      String stem = SaliencyFiles.stem(row.method());
      return new FolderMap(
          picture,
          row,
          PictureMap.of(new SavedAttribution(picture.folder(), stem).map()),
          ProfileRow.TABLE.read(SaliencyFiles.profile(picture.folder(), stem)));
    }

    /** The method that made it. */
    public String method() {
      return row.method();
    }

    /** The prefix of its files' names. */
    public String stem() {
      return SaliencyFiles.stem(row.method());
    }

    /** Path of the map's chart, which exists once charts are drawn. */
    public Path png() {
      return picture.folder().resolve(stem() + ".png");
    }

    /** Reads the companions of the map. */
    public List<Companion> companions() throws IOException {
      return new SavedAttribution(picture.folder(), stem())
          .companions().stream().map(FolderMap::companion).toList();
    }

    /**
     * The map as it is laid over its picture: one of a layer's grid goes smoothly from the centre
     * of a cell to the next, any other is as it is.
     */
    public PictureMap smooth() throws IOException {
      for (Attribution.Companion each :
          new SavedAttribution(picture.folder(), stem()).companions()) {
        if (each.name().equals(Attribution.GRID)) {
          return PictureMap.of(Upsampling.BILINEAR.apply(each.map(), map.canvas()));
        }
      }
      return map;
    }

    private static Companion companion(Attribution.Companion of) {
      return new Companion(of.name(), PictureMap.of(of.map()));
    }
  }

  /** One value per pixel of an image, with unit and meaning. Immutable. */
  public static final class PictureMap {
    private final Canvas canvas;
    private final float[] values;
    private final String unit;
    private final MapMeaning meaning;
    private final boolean catAbove;

    /**
     * A map of the given values.
     *
     * @param values row-major, one per pixel; copied
     * @param unit as shown in a legend
     * @param catAbove whether values above 0, rather than below 0, are towards the target; without
     *     meaning for magnitudes
     */
    public PictureMap(
        Canvas canvas, float[] values, String unit, MapMeaning meaning, boolean catAbove) {
      if (values.length != canvas.pixels()) {
        throw new IllegalArgumentException(
            "a " + canvas + " map has " + canvas.pixels() + " values, got " + values.length);
      }
      this.canvas = canvas;
      this.values = values.clone();
      this.unit = unit;
      this.meaning = meaning;
      this.catAbove = catAbove;
    }

    public static PictureMap of(SaliencyMap map) {
      SignConvention sign = map.sign();
      return new PictureMap(
          map.canvas(), map.values(), map.unit(), MapMeaning.of(sign), sign.isCatAbove());
    }

    /** The size of the image. */
    public Canvas canvas() {
      return canvas;
    }

    /** The values in row-major order; a copy. */
    public float[] values() {
      return values.clone();
    }

    /** The unit of the values, as shown in a legend. */
    public String unit() {
      return unit;
    }

    /** The quantity that the values refer to. */
    public MapMeaning meaning() {
      return meaning;
    }

    /** Whether values above 0, rather than below 0, are towards the target. */
    public boolean isCatAbove() {
      return catAbove;
    }

    /** Whether the nonzero pixels differ in |value|, so that they can be ranked. */
    public boolean hasStrengthOrder() {
      return some().map(Math::abs).distinct().limit(2).count() == 2;
    }

    /** Whether the map is signed, and its nonzero pixels differ in value. */
    public boolean hasOrder() {
      return meaning != MapMeaning.STRENGTH && some().distinct().limit(2).count() == 2;
    }

    private DoubleStream some() {
      return IntStream.range(0, values.length).mapToDouble(i -> values[i]).filter(v -> v != 0);
    }

    /**
     * The quantity that the values of a map refer to, which determines the wording of its colour
     * legend.
     */
    public enum MapMeaning {
      /** The effect of making a pixel lighter. */
      LIGHTER,
      /** The effect of the content of a pixel, compared with its replacement. */
      CONTENT,
      /** The effect of the features at a pixel. */
      FEATURES,
      /** The magnitude of the effect without its sign: 0 or more. */
      STRENGTH;

      static MapMeaning of(SignConvention sign) {
        return switch (sign) {
          case WHITE_TOWARDS_NOT_TARGET, WHITE_TOWARDS_TARGET -> LIGHTER;
          case CONTENT_TOWARDS_NOT_TARGET, CONTENT_TOWARDS_TARGET -> CONTENT;
          case FEATURES_TOWARDS_NOT_TARGET, FEATURES_TOWARDS_TARGET -> FEATURES;
          case MAGNITUDE -> STRENGTH;
        };
      }
    }
  }
}
