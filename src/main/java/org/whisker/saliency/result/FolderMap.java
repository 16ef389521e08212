package org.whisker.saliency.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.saliency.Attribution;

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
  public static FolderMap read(SaliencyFolder.Picture picture, SaliencyRow row) throws IOException {
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
