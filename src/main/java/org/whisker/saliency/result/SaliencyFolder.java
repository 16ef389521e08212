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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.io.Manifest;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Method;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.result.SaliencyFiles.ProfileRow;

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
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("a folder of no map");
    }
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
      folders.put(image.path("name").asText(), folder.resolve(image.path("folder").asText()));
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

  /** The maps of one method. */
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
   * @param pCat p(cat), 0 to 1
   * @param pixels what the classifier is shown, in steps of 1/255
   */
  public record Picture(
      Path folder, String name, boolean resized, double pCat, PlanarImage pixels) {
    static Picture read(Path folder, SaliencyRow row) throws IOException {
      return new Picture(
          folder,
          row.image(),
          row.resized(),
          row.pCat(),
          ImageFiles.read(folder.resolve("picture.png"), PlanarImage.COLOURS));
    }

    public String score() {
      return String.format(Locale.ROOT, "p(cat) %.3f", pCat);
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

    private static Companion companion(Attribution.Companion of) {
      return new Companion(of.name(), PictureMap.of(of.map()));
    }
  }
}
